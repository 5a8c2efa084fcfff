"""What differs between records and a summary table: every cell, and nothing that agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.records.worked_out import (
    WorkedOut,
    differences,
    in_order,
    text_of,
)
from hscb_report.schema.board import AttendanceAgency, AttendanceCount
from hscb_report.schema.cells import Month
from tests.made_up_records import row_of

NAMES = ("meetings", "attended", "deputy")
agencies = st.sampled_from(("police", "nhs", "council"))
numbers = st.tuples(*[st.integers(0, 3)] * 3)
tables = st.dictionaries(agencies, numbers)


def there(table):
    return [
        row_of(AttendanceCount, n, agency=a, group="board", **dict(zip(NAMES, cells, strict=True)))
        for n, (a, cells) in enumerate(table.items(), 2)
    ]


def given_rows(table, **more):
    rows = [
        {"agency": a, "group": "board", **dict(zip(NAMES, map(str, cells), strict=True))}
        for a, cells in table.items()
    ]
    return WorkedOut(AttendanceCount, NAMES, in_order(rows, AttendanceCount), **more)


@given(tables, tables)
def test_each_cell_that_differs_is_found_once_and_no_other(given_table, table):
    found = differences(given_rows(given_table), there(table))
    told = {(d.key["agency"], d.column): (d.found, d.given) for d in found}
    expected = {
        (agency, name): (str(table[agency][n]) if agency in table else None, str(cells[n]))
        for agency, cells in given_table.items()
        for n, name in enumerate(NAMES)
        if agency not in table or table[agency][n] != cells[n]
    }
    assert told == expected
    assert len(found) == len(expected)


@given(tables)
def test_a_table_agrees_with_itself(table):
    assert differences(given_rows(table), there(table)) == ()


@given(tables, tables)
def test_a_row_that_records_would_have_is_one_of_zeros(given_table, table):
    """If an agency is there that no record names, its count was of nothing."""
    all_ = given_rows(given_table, counts_none=lambda row: row.group == "board")
    extra = {a: c for a, c in table.items() if a not in given_table}
    found = [d for d in differences(all_, there(table)) if d.key["agency"] in extra]
    assert [(d.key["agency"], d.column, d.given) for d in found] == [
        (a, name, "0") for a, cells in extra.items() for n, name in enumerate(NAMES) if cells[n]
    ]
    assert differences(given_rows({}), there(table)) == ()


def test_an_empty_cell_is_no_contradiction_and_another_number_is():
    table = given_rows({"police": (3, 2, 1)})
    row = row_of(AttendanceCount, agency="police", group="board", meetings=4, attended=2)
    found = differences(table, [row])
    assert [(d.column, d.found, d.is_contradiction) for d in found] == [
        ("meetings", "4", True),
        ("deputy", None, False),
    ]


def test_what_is_only_compared_adds_no_row():
    table = replace(given_rows({"police": (3, 2, 1)}), is_added=False)
    assert differences(table, []) == ()


def test_a_row_of_which_nothing_is_counted_is_found_where_it_is_lacking():
    table = WorkedOut(AttendanceAgency, (), ({"agency": "police", "organisation": "Police"},))
    (found,) = differences(table, [])
    assert (found.key, found.column, found.given) == ({"agency": "police"}, "", "")
    assert differences(table, [row_of(AttendanceAgency, agency="police")]) == ()


def test_values_are_written_as_tables_have_them():
    values = (None, 0, date(2016, 4, 1), Month(2016, 4), "present")
    assert [*map(text_of, values)] == ["", "0", "2016-M04-01", "2016-M04", "present"]
