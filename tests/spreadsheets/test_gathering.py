"""A sheet that grows: nothing is unfolded that holds nothing, and nothing past the limit."""

from __future__ import annotations

import pytest

from hscb_report.spreadsheets.gathering import MAX_CELLS, MAX_COLUMN, MAX_ROW, GrowingSheet, Room
from hscb_report.spreadsheets.grid import EMPTY, Cell, Span
from hscb_report.spreadsheets.refusal import RefusedError

X = Cell("text", "x")
TOO_MANY = "the file has more than 1,000,000 cells."


def growing(**about):
    return GrowingSheet("S", Room(), **about)


def refusal(act, *arguments):
    with pytest.raises(RefusedError) as refused:
        act(*arguments)
    return refused.value.message


def test_cells_stand_where_they_were_put():
    sheet = growing(is_hidden=True)
    sheet.put(3, 2, X)
    sheet.put(1, 1, X, 2)
    sheet.put(9, 9, EMPTY)
    made = sheet.sheet()
    assert made.rows == ((X, X), (), (EMPTY, X))
    assert (made.name, made.is_hidden) == ("S", True)


def test_a_formula_without_its_result_is_a_cell():
    sheet = growing()
    sheet.put(1, 2, Cell(lacks_value=True))
    assert sheet.sheet().rows == ((EMPTY, Cell(lacks_value=True)),)


def test_rows_are_repeated():
    sheet = growing()
    sheet.put(1, 1, X)
    sheet.repeat(1, 3)
    sheet.repeat(4, MAX_ROW)
    assert sheet.sheet().rows == ((X,), (X,), (X,))


def test_a_repeated_row_is_its_own():
    """What a merged span covers in one of them is not taken out of the others."""
    sheet = growing(merged=[Span(1, 1, 1, 2)])
    sheet.put(1, 1, X, 2)
    sheet.repeat(1, 2)
    assert sheet.sheet().rows == ((X,), (X, X))


def test_hidden_rows_and_columns_are_told_as_far_as_there_are_cells():
    sheet = growing(hidden_rows=[(2, 3), (3, MAX_ROW)], hidden_columns=[(5, 9), (1, 1), (1, 2)])
    sheet.put(4, 3, X)
    made = sheet.sheet()
    assert made.hidden_rows == {2, 3, 4}
    assert made.hidden_columns == {1, 2}


def test_what_a_merged_span_covers_is_empty():
    sheet = growing(merged=[Span(1, 1, MAX_ROW, 2), Span(2, 3, 2, 3)])
    for row in (1, 2, 3):
        sheet.put(row, 1, X, 3)
    assert sheet.sheet().rows == ((X, EMPTY, X), (EMPTY, EMPTY, X), (EMPTY, EMPTY, X))


def test_more_cells_than_a_file_may_have_are_never_unfolded():
    sheet = growing()
    sheet.put(1, 1, X, 2)
    assert refusal(sheet.repeat, 1, MAX_ROW) == TOO_MANY


def test_cells_far_to_the_right_count_with_the_empty_ones_before_them():
    sheet = growing()
    for row in range(1, MAX_CELLS // MAX_COLUMN + 2):
        sheet.put(row, MAX_COLUMN, X)
    assert refusal(sheet.sheet) == TOO_MANY


def test_sheets_share_the_room_of_their_file():
    room = Room(3)
    one, two = GrowingSheet("1", room), GrowingSheet("2", room)
    one.put(1, 1, X, 2)
    one.sheet()
    assert refusal(two.put, 1, 1, X, 2) == TOO_MANY


@pytest.mark.parametrize(("row", "column"), [(0, 1), (MAX_ROW + 1, 1), (1, 0), (1, MAX_COLUMN + 1)])
def test_no_cell_stands_where_no_sheet_has_one(row, column):
    told = refusal(growing().put, row, column, X)
    assert told == "the file is damaged (a cell of S stands where no sheet has one)."


def test_no_row_is_repeated_past_the_last():
    sheet = growing()
    sheet.put(1, 1, X)
    assert "stands where no sheet has one" in refusal(sheet.repeat, 1, MAX_ROW + 1)


def test_spans_over_each_other_are_damage_and_end_soon():
    sheet = growing(merged=[Span(1, 1, MAX_ROW, MAX_COLUMN)] * 100_000)
    for row in range(1, 1001):
        sheet.put(row, 1, X)
    assert refusal(sheet.sheet) == "the file is damaged (merged cells of S overlap)."
