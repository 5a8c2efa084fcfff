"""Marks in the place of a number, answered by how to record them in their column."""

from __future__ import annotations

import pytest

from hscb_report.schema import TableSchema
from hscb_report.schema.cases import Referral
from hscb_report.schema.finance import Contribution
from hscb_report.schema.measurements import Measurement
from hscb_report.schema.missing import (
    AS_EMPTY,
    KEPT_BACK,
    how_to_record_none,
    inexact,
    said_of_none,
)

MEASURED = {column.name: column for column in TableSchema(Measurement).columns}
PAID = {column.name: column for column in TableSchema(Contribution).columns}
MARKS = ("c", "*", "[c]", ":", "..", "<5", "x", "< 10", "fewer than 5", "suppressed", "[z]", "~")


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_suppression_is_known_in_a_number_and_is_text_elsewhere(mark):
    assert said_of_none(mark, MEASURED["value"]) == KEPT_BACK
    assert said_of_none(mark, PAID["amount"]) == KEPT_BACK
    assert said_of_none(mark, PAID["organisation"]) is None


@pytest.mark.parametrize("word", ["n/a", "-", "–", "NULL"])
def test_a_word_for_what_is_missing_is_known_in_every_column(word):
    assert {said_of_none(word, column) for column in PAID.values()} == {AS_EMPTY}


def test_how_to_record_it_follows_from_the_columns_that_the_table_has():
    told = {name: how_to_record_none(c, MEASURED.values()) for name, c in MEASURED.items()}
    assert told["value"] == 'Leave the cell empty, and write "not_available" in the column status.'
    assert told["note"] == "Leave the cell empty."
    assert told["measure"] == "This column needs a value."
    paid = how_to_record_none(PAID["amount"], PAID.values())
    assert paid == "This column needs the number itself; if nobody knows it, leave the row out."
    counted = {c.name: c for c in TableSchema(Referral).columns if not c.required}
    assert how_to_record_none(counted["note"], counted.values()) == "Leave the cell empty."


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("300+", 'Write "300", and "over" in the column qualifier.'),
        (">95", 'Write "95", and "over" in the column qualifier.'),
        ("c. 1,200", 'Write "1,200", and "approximately" in the column qualifier.'),
        ("about lots", None),
        ("300", None),
    ],
)
def test_a_number_that_is_not_exact_is_written_with_its_qualifier(cell, hint):
    assert inexact(cell, MEASURED["value"], MEASURED.values()) == hint


def test_where_there_is_no_qualifier_the_note_says_it():
    assert inexact("~40", PAID["amount"], PAID.values()) == (
        'Write "40", and the rest in the column note.'
    )
