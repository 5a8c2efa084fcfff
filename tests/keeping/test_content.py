"""The content of results as a signature: the same for the same alone, in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.keeping.content import signature_of
from hscb_report.report import PROJECT
from hscb_report.results.published import Published

SIMPLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.binary(max_size=8)
    | st.dates()
    | st.decimals(allow_nan=False)
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@dataclass(frozen=True)
class Pair:
    first: object
    second: object


@given(VALUES, VALUES)
def test_two_values_have_one_signature_only_if_they_are_alike(one: object, other: object) -> None:
    same = signature_of(one) == signature_of(other)
    assert not same or repr(one) == repr(other) or one == other


@given(VALUES)
def test_what_is_nested_otherwise_is_told_apart(value: object) -> None:
    forms = [(value, value), [[value], value], Pair(value, value), {"first": value}, value]
    told = [signature_of(form) for form in forms]
    assert len(set(told)) == len(told)


def test_what_looks_alike_and_is_of_another_kind_is_told_apart() -> None:
    forms = ["1", 1, True, Decimal(1), b"1", date(1, 1, 1), "0001-01-01", None, "None", (), {}, ""]
    assert len({signature_of(form) for form in forms}) == len(forms)


def test_a_set_is_known_by_what_is_in_it_and_what_cannot_be_told_is_refused() -> None:
    assert signature_of({"a", "b", "c"}) == signature_of({"c", "b", "a"})
    with pytest.raises(TypeError, match="cannot be told"):
        signature_of(object())


@pytest.mark.parametrize(
    ("data", "year"),
    [("data", "2013-14"), ("examples/northshire", "2024-25"), ("examples/smallshire", "2016-17")],
)
def test_a_report_has_one_signature_whatever_process_reads_it(data: str, year: str) -> None:
    code = (
        "from pathlib import Path; from hscb_report.report import open_report; "
        "from hscb_report.keeping.content import signature_of; "
        f"print(signature_of(open_report({year!r}, 'public', Path({data!r}))))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "7")
    }
    assert len(told) == 1


def test_any_number_and_word_of_a_report_is_in_its_signature(report: Published) -> None:
    before = signature_of(report)
    results = report.results
    changed = (
        replace(report, edition="board"),
        replace(report, texts={**report.texts, "text/journey": "# Other\n"}),
        replace(report, results=replace(results, exhibits=results.exhibits[:-1])),
        replace(report, names={**report.names, "board": "Another board"}),
    )
    assert before not in {signature_of(other) for other in changed}
