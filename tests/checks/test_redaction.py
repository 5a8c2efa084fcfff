"""What a finding may tell of a protected table: where to look, and nothing that stands there."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.redaction import redacted
from hscb_report.findings import Finding

FILE = "2013-14/referrals.csv"


def told(rule, found, column="received", protected=(FILE,)):
    finding = Finding(rule, "error", FILE, "No.", "Do.", 3, column, found)
    return redacted(finding, protected)


def test_a_finding_of_another_file_is_told_as_it_is():
    for rule in ("R7", "L2", "L4", "L6", "R28"):
        assert told(rule, "a1", protected=()).found == "a1"


def test_of_a_protected_file_the_place_is_told_and_not_the_cell():
    for rule in ("R7", "R28", "L1", "L3", "L6"):
        found = told(rule, "12x")
        assert (found.found, found.file, found.row, found.column) == (None, FILE, 3, "received")
        assert (found.rule, found.message, found.hint) == (rule, "No.", "Do.")


def test_no_cell_is_told_whatever_is_wrong_with_it():
    """Who mends it opens the file at the row and column that are told."""
    for rule in ("L4", "L6", "L7", "R7"):
        for cell in ("4O2", "2013-13", "7", "7.0", "<5", "2 boys", "the boy of 12", ""):
            found = told(rule, cell)
            assert (found.found, found.row, found.column) == (None, 3, "received")


def test_two_rows_of_one_key_are_told_by_their_codes():
    assert told("L5", "children").found == "children"


def test_an_unknown_heading_may_be_a_cell_whose_row_above_was_lost():
    assert told("L2", "7", column="7").column is None
    assert told("L2", None, column="received").column == "received"


@given(st.text() | st.integers(0, 10**6).map(str), st.sampled_from(("L4", "L7", "R7", "L3")))
def test_no_number_and_no_sentence_is_ever_told(cell, rule):
    found = told(rule, cell).found
    assert found is None or (len(found) <= 12 and not found.isdecimal())
