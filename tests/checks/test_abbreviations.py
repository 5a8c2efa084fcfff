"""Abbreviations: what is one, and which of a text are explained by no list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.abbreviations import EXPLAINED, abbreviations_in, unexplained
from hscb_report.checks.prose import Passage
from hscb_report.report.reading import PROJECT, Run
from hscb_report.schema.reference import UsualAbbreviation

PAGES_OF_ALL = [*(PROJECT / "book").glob("*.md"), *(PROJECT / "book/pages").glob("*.md")]


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


def test_no_text_that_every_board_has_waits_for_the_list_of_one():
    """What the package itself says is explained by the list that comes with it."""
    texts = [Passage(str(path), path.read_text("utf-8")) for path in PAGES_OF_ALL]
    assert len(texts) > 10
    usual = {
        row.short for row in Run.of("2013-14", PROJECT / "data").loaded.tables[UsualAbbreviation]
    }
    assert [finding.found for finding in unexplained(texts, usual)] == []


@given(st.text(max_size=60), st.sets(st.sampled_from(("NHS", "CDOP", "SCR"))))
def test_what_is_known_is_never_told(text, known):
    told = {f.found for f in unexplained([Passage("a.md", f"{text} NHS CDOP SCRs")], known)}
    assert told.isdisjoint(known)
