"""A board's own captions and headings: what is printed changes, and nothing that is worked out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hscb_report.report import check_year, open_report
from hscb_report.report.headings import strange_headings, with_own_headings
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.schema.damage import damage_in
from hscb_report.schema.reference import OwnHeading
from hscb_report.units import POUNDS
from tests.made_up import only_own
from tests.strategies import exhibits

NAMES = {"year": "2013-14", "plan_year": "2014-15"}

TABLE = exhibit("a-table", "A table", (Column("Who"), Column("Paid", POUNDS)), [])
OTHER = exhibit("b-table", "Another", (Column("Who"),), [])


def headings(*rows):
    cells = [dict(zip(("exhibit", "usual", "own"), row, strict=True)) for row in rows]
    return only_own("reference/headings.csv", cells, OwnHeading)


def renamed(*rows):
    return with_own_headings((TABLE, OTHER), headings(*rows), NAMES)


def test_a_caption_and_a_heading_of_one_table_are_replaced_with_the_year_filled_in():
    """Of no other table, though it has the same heading."""
    table, other = renamed(
        ("a-table", "caption", "Money, {{ year }}"), ("a-table", "Who", "Agency")
    )
    assert table.caption == "Money, 2013-14"
    assert [column.heading for column in table.columns] == ["Agency", "Paid"]
    assert other == OTHER


def test_charts_still_know_a_column_by_its_usual_heading():
    """And of those that keep theirs nothing changes."""
    table, _ = renamed(("a-table", "Who", "Agency"))
    assert [column.name for column in table.columns] == ["Who", "Paid"]
    assert table.columns[1] == TABLE.columns[1]
    again = with_own_headings((table,), headings(("a-table", "Who", "Partner")), NAMES)
    assert [column.heading for column in again[0].columns] == ["Partner", "Paid"]


def test_a_column_called_caption_is_not_the_caption():
    assert renamed(("a-table", "Caption", "x")) == (TABLE, OTHER)


@given(exhibits(), st.data())
def test_no_cell_unit_or_record_changes_with_the_headings(table, data):
    chosen = data.draw(st.sampled_from([column.heading for column in table.columns]))
    assume(damage_in(chosen) is None)
    (found,) = with_own_headings((table,), headings((table.label, chosen, "Own words")), NAMES)
    assert found.rows == table.rows
    assert [column.unit for column in found.columns] == [column.unit for column in table.columns]
    assert found.records() == table.records()


@pytest.mark.parametrize("usual", ["Whom", "caption ", "Caption"])
def test_a_heading_that_the_table_does_not_have_is_told_with_the_nearest(usual):
    rows = headings(("a-table", "Who", "Agency"), ("a-table", usual, "x"))
    (told,) = strange_headings((TABLE, OTHER), rows)
    assert (told.rule, told.severity) == ("C1", "error")
    assert (told.file, told.row, told.column) == ("reference/headings.csv", 3, "usual")
    assert (told.found, told.message) == (usual, "the table a-table has no such heading.")
    assert told.hint.startswith("Did you mean ")


@pytest.mark.parametrize("rows", [[("Who", "Paid")], [("Who", "Money"), ("Paid", "Money")]])
def test_two_columns_of_a_table_are_not_headed_alike(rows):
    """Nobody could tell them apart."""
    chosen = headings(*(("a-table", usual, own) for usual, own in rows))
    found = list(strange_headings(with_own_headings((TABLE,), chosen, NAMES), chosen))
    assert [(f.rule, f.row, f.column, f.found) for f in found] == [
        ("C2", 2 + number, "own", own) for number, (_, own) in enumerate(rows)
    ]
    assert {f.message for f in found} == {"two columns of the table a-table are headed alike."}


def test_a_table_that_this_year_does_not_publish_may_be_one_of_another_year():
    """One that no year up to this has is told: its name may be mistyped."""
    rows = headings(("c-table", "Whom", "x"))
    assert list(strange_headings((TABLE,), rows, {"c-table"})) == []
    (found,) = strange_headings((TABLE,), rows)
    assert (found.severity, found.column, found.found) == ("warning", "exhibit", "c-table")
    assert "a-table" in found.hint


def test_a_heading_that_was_chosen_is_no_strange_one():
    """The tables are looked at as they are published, by their usual headings."""
    rows = headings(("a-table", "Who", "Agency"), ("a-table", "caption", "Money"))
    assert list(strange_headings(with_own_headings((TABLE,), rows, NAMES), rows)) == []


# Through the door -------------------------------------------------------------------------------


def test_the_board_s_headings_stand_in_the_report(report, table, data):
    assert report.exhibit("headline-measures").caption == "Child Protection Headlines, 2013-14"
    outcomes = report.exhibit("referral-outcomes")
    assert outcomes.columns[0].heading == "Outcome of Referral to JCR"
    table("headings").path.unlink()
    usual = open_report("2013-14", data=data).exhibit("referral-outcomes")
    assert usual.columns[0].heading == "Outcome of referral"
    assert [replace(c, heading="", usual="") for c in usual.columns] == [
        replace(c, heading="", usual="") for c in outcomes.columns
    ]
    assert usual.rows == outcomes.rows


def test_a_heading_of_none_stops_the_report(table, data):
    table("headings").set(3, "usual", "Outcome of referral?")
    (told,) = [f for f in check_year("2013-14", data).findings if f.severity == "error"]
    assert (told.rule, told.file, told.row) == ("C1", "reference/headings.csv", 3)
    assert told.hint == 'Did you mean "Outcome of referral"?'


def test_a_name_that_no_heading_may_hold_is_told():
    chosen = headings(("a-table", "caption", "Due {{ plan_year }} {{ yaer }}"))
    (told,) = strange_headings(with_own_headings((TABLE,), chosen, NAMES), chosen)
    assert (told.rule, told.column, told.message) == ("C1", "own", 'there is no name "yaer".')
