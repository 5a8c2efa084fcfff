"""A finding is told in one line that leads to its cell, and in JSON with fixed names."""

import itertools

import pytest

from hscb_report.findings import Finding, errors

WHERE = list(itertools.product((None, 3), (None, "begun"), (None, "1x", "")))


@pytest.mark.parametrize(("row", "column", "found"), WHERE)
def test_a_finding_names_its_place_as_far_as_it_has_one(row, column, found):
    finding = Finding("L5", "error", "a.csv", "expected a number.", "Type it.", row, column, found)
    line = str(finding)
    assert line.startswith("[L5] a.csv")
    assert line.endswith("expected a number. Type it.")
    assert ("row 3" in line) == (row is not None)
    assert ('column "begun"' in line) == (column is not None)
    assert (f'found "{found}"; ' in line) == (found is not None)
    assert "None" not in line


def test_without_a_hint_nothing_stands_behind_the_message():
    assert str(Finding("L1", "error", "a.csv", "is empty.", "")) == "[L1] a.csv: is empty."


def test_the_fields_in_json_keep_their_names_and_their_order():
    told = Finding("R1", "warning", "a.csv", "m", "h", 2, "c", "f").as_json()
    assert list(told.items()) == [
        ("rule", "R1"),
        ("severity", "warning"),
        ("file", "a.csv"),
        ("row", 2),
        ("column", "c"),
        ("found", "f"),
        ("message", "m"),
        ("hint", "h"),
    ]


def test_errors_stop_a_report_and_warnings_do_not():
    both = [Finding("R1", severity, "a", "m", "h") for severity in ("warning", "error")]
    assert errors(both) == (both[1],)
    assert errors(both[:1]) == ()
