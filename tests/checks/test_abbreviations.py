"""Abbreviations: what is one, and which of a text are explained by no list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.abbreviations import EXPLAINED, abbreviations_in, unexplained
from hscb_report.checks.prose import Passage


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The CDOP met.", ["CDOP"]),
        ("Two SCRs and an SCR", ["SCR", "SCR"]),
        ("The T&WD group, A&E and the DfE", ["T&WD", "A&E", "DfE"]),
        ("Part II, Mr McDonald, JupyterLab, a V and an I", []),
        ("the NHS's share (NHS)", ["NHS", "NHS"]),
        ("https://example.org/NHS and R2-D2", []),
        ("Children and Families", []),
    ],
)
def test_two_capitals_or_more_are_an_abbreviation(text, found):
    assert [short for _, short in abbreviations_in(text)] == found


def test_each_one_that_no_list_has_is_told_once_with_its_place():
    passages = [
        Passage("a.md", "# Page\n\nThe XYZ met, the NHS too; {{ budget.ABC }} and `QRS`.\n\nXYZ."),
        Passage("b.md", "XYZ again, and TUV."),
    ]
    found = [*unexplained(passages, {"NHS"})]
    assert [(f.file, f.row, f.found) for f in found] == [("a.md", 3, "XYZ"), ("b.md", 1, "TUV")]
    assert {(f.rule, f.severity) for f in found} == {(EXPLAINED.code, "warning")}


@given(st.text(max_size=60), st.sets(st.sampled_from(("NHS", "CDOP", "SCR"))))
def test_what_is_known_is_never_told(text, known):
    told = {f.found for f in unexplained([Passage("a.md", f"{text} NHS CDOP SCRs")], known)}
    assert told.isdisjoint(known)
