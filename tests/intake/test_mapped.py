"""Spreadsheets of others: which mapping is meant, what it makes of rows, what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hscb_report.intake.mapped import read_mapped
from hscb_report.intake.mapping import Column, Kind, Word, headed
from hscb_report.intake.proposed import Proposals, Sender
from hscb_report.schema.intake import ANY_OTHER, IN_TITLE, LEFT_OUT, TAKEN
from hscb_report.spreadsheets.grid import Cell, Span
from tests.intake.others import AREA, LONG, MERGED, RATE, REFERRALS, SCHEMAS, kind, read
from tests.intake.sheets import sheet


def test_each_column_of_a_value_gives_a_row_with_what_its_heading_says() -> None:
    made = read(sheet(LONG, "C1", merged=MERGED), kind(AREA, REFERRALS, RATE))
    assert [row.cells for row in made.rows] == [
        {"period": "2023-24", "area": "Northshire", "measure": measure, "value": value}
        for measure, value in (("referrals", "3414"), ("referral_rate", "950.2"))
    ]
    assert [row.origin.cell("value") for row in made.rows] == ["B7", "C7"]
    assert made.left_out == {'"Local authority" is none of those named': 2}
    assert made.told == [
        'left out below "Local authority", for they are not named: England, '
        "1 Rounded to the nearest ten"
    ]


def test_a_share_of_a_measure_in_percent_is_read_as_it_is_seen() -> None:
    """Whether its column stands before what the row is of, or behind it."""
    which = Column("Indicator", "measure", words={"share": Word("share"), "count": Word("count")})
    columns = (Column("Value", "value"), AREA, which)
    rows = [["Value", "Local authority", "Indicator"]]
    rows += [[Cell("percent", "0.61"), "Northshire", name] for name in ("share", "count")]
    of, by = sheet(rows), Kind("x", "*", "measurements", columns, {"period": "2023-24"})
    place = headed(of, ["Value", "Indicator"])
    assert place is not None
    made = read_mapped(of, by, place, "f.xlsx", SCHEMAS, {}, Sender(), {"share"})
    assert [row.cells["value"] for row in made.rows] == ["61"]
    assert [(f.row, f.found) for f in made.findings] == [(3, "0.61")]


def test_a_year_that_stands_in_the_title_is_that_of_each_file() -> None:
    said = {"period": IN_TITLE, "measure": "referrals"}
    by = Kind("x", "*", "measurements", (AREA, Column("Number", "value")), said)
    table = [["Local authority", "Number"], ["Northshire", 5], ["Revised in 2020-21"]]
    for title, year in (("Year: 2017-18", "2017-18"), ("2015/16 to 2018/19", "2018-19")):
        assert [row.cells["period"] for row in read(sheet([[title], *table]), by).rows] == [year]
    (finding,) = read(sheet([["No year"], *table]), by).findings
    assert "column also" in finding.hint


def test_a_number_goes_with_the_value_that_says_the_same_besides() -> None:
    """And with no other: a share of another measure rests on another number."""
    rate = Column("Rate", "value", {"measure": "referrals"})
    of_rate = Column("Number", "numerator", {"measure": "referrals"})
    share = Column("Again", "value", {"measure": "rereferrals"})
    rows = [["Local authority", "Number", "Rate", "Again"], ["Northshire", 655630, 552.5, 21.9]]
    made = read(sheet(rows), kind(AREA, rate, of_rate, share))
    assert [
        (row.cells["measure"], row.cells["value"], row.cells.get("numerator")) for row in made.rows
    ] == [("referrals", "552.5", "655630"), ("rereferrals", "21.9", None)]


@pytest.mark.parametrize("other", [None, Word(LEFT_OUT)])
def test_marks_among_numbers_are_words_and_numbers_are_numbers(other: Word | None) -> None:
    words = {"x": Word(LEFT_OUT, {"status": "not_available"})}
    words |= {ANY_OTHER: other} if other else {}
    value = Column("Number", "value", {"measure": "referrals"}, words)
    rows = [["Local authority", "Number"], ["Northshire", "x"], ["Northshire", "7,730"]]
    made = read(sheet([*rows, ["Northshire", 950]]), kind(AREA, value))
    assert [(row.cells.get("value"), row.cells.get("status")) for row in made.rows] == [
        (None, "not_available"),
        ("7,730", None),
        ("950", None),
    ]
    made = read(sheet([*rows, ["Northshire", "z"]]), kind(AREA, value))
    assert len(made.findings) == (0 if other else 1)


def test_a_word_may_say_something_besides_in_the_place_of_a_value() -> None:
    hidden = Word(LEFT_OUT, {"status": "not_available"})
    value = Column("Number", "value", {"measure": "referrals"}, {"x": hidden, "c": Word(LEFT_OUT)})
    rows = [["Local authority", "Number"], ["Northshire", "x"], ["Northshire", "c"]]
    made = read(sheet(rows), kind(AREA, value))
    assert [(row.cells.get("value"), row.cells.get("status")) for row in made.rows] == [
        (None, "not_available")
    ]


def test_a_column_that_is_left_out_may_still_say_which_rows_are_meant() -> None:
    which = Column("Measure", LEFT_OUT, words={"count": Word(TAKEN), "rate": Word(LEFT_OUT)})
    rows = [["Local authority", "Measure", "Value"], ["Northshire", "Count", 5]]
    rows += [["Northshire", "Rate", 7]]
    value = Column("Value", "value", {"measure": "referrals"})
    made = read(sheet(rows), kind(AREA, which, value))
    assert [row.cells["value"] for row in made.rows] == ["5"]
    assert made.left_out == {'"Measure" is none of those named': 1}


def test_a_mapping_that_does_not_say_what_its_rows_are_of_is_told_once_and_mended_as_told() -> None:
    """Of a sheet whose years stand beside each other nobody can guess the measure."""
    rows = [["Local authority", "2016", "2017"], ["Northshire", 5, 6], ["Northshire", 7, 8]]
    years = [Column(year, "value", {"period": year}) for year in ("2016", "2017")]
    (finding,) = read(sheet(rows[:2]), kind(AREA, *years)).findings
    assert (finding.column, finding.row) == ("measure", None)
    assert "the measure of 2016, 2017." in finding.message
    assert "Write measure=… in its column also" in finding.hint
    mended = [replace(year, also={**year.also, "measure": "plans"}) for year in years]
    made = read(sheet(rows[:2]), kind(AREA, *mended))
    assert (made.findings, len(made.rows)) == ([], 2)
    (finding,) = read(sheet(rows), kind(AREA, years[0])).findings
    assert finding.column == "measure"


def test_a_word_that_the_mapping_does_not_name_is_told_once() -> None:
    which = Column("Measure", LEFT_OUT, words={"count": Word(TAKEN)})
    rows = [["Local authority", "Measure"], *[["Northshire", "Share"]] * 3]
    made = read(sheet(rows), kind(replace(AREA, also={"measure": "referrals"}), which))
    (finding,) = made.findings
    assert (finding.row, finding.column, finding.found) == (2, "B", "Share")
    assert "part word" in finding.hint
    assert made.rows == []


def test_a_hidden_row_that_would_be_taken_is_told_and_one_that_would_not_is_no_matter() -> None:
    made = read(
        sheet(LONG, merged=MERGED, hidden_rows=frozenset({5, 7})), kind(AREA, REFERRALS, RATE)
    )
    assert [(f.message, f.row) for f in made.findings] == [("the row is hidden.", 7)]


@pytest.mark.parametrize("period", ["2017/18", "2017 / 18", "2017-18"])
def test_a_year_with_a_slash_can_mean_nothing_else(period: str) -> None:
    columns = (AREA, Column("Year", "period"), Column("Value", "value", {"measure": "m"}))
    rows = [["Local authority", "Year", "Value"], ["Northshire", period, 5]]
    made = read(sheet(rows), Kind("x", "*", "measurements", columns))
    assert [row.cells["period"] for row in made.rows] == ["2017-18"]


def test_a_mapping_that_names_what_there_is_not_is_told() -> None:
    wrong = kind(AREA, Column("Referrals / Number", "values"))
    (finding,) = read(sheet(LONG, merged=MERGED), wrong).findings
    assert finding.found == "values"
    assert '"value"' in finding.hint
    of = Kind("c1", "C1", "measurement", (AREA,))
    (finding,) = read(sheet(LONG, merged=MERGED), of).findings
    assert (finding.found, '"measurements"' in finding.hint) == ("measurement", True)


PAID = ("Partner", "Called", "Amount")
OURS = ("agency", "organisation", "amount")


def paid(*rows: list[Any], headings: tuple[str, ...] = PAID, **given: Any) -> Proposals:
    """Return what is read of a sheet of contributions, with a total that is left out."""
    words = {"total": Word(LEFT_OUT)}
    columns = [
        Column(theirs, ours, words=words if ours == "agency" else {})
        for theirs, ours in zip(PAID, OURS, strict=True)
    ]
    of = sheet([list(headings), *rows], "Paid", **given)
    by = Kind("paid", "Paid", "contributions", tuple(columns))
    place = headed(of, PAID)
    assert place is not None
    named = {"agencies.agency": {"police": "police", "fire": "fire"}}
    return read_mapped(of, by, place, "file.xlsx", SCHEMAS, named, Sender())


def told(made: Proposals) -> list[tuple[str, int | None, str | None]]:
    return [(finding.message, finding.row, finding.column) for finding in made.findings]


TWO = (["Police", "P", 1], ["Fire", "F", 2])


def test_what_is_hidden_is_not_taken_unseen() -> None:
    assert told(paid(*TWO, is_hidden=True)) == [("the sheet is hidden.", None, None)]
    hidden = paid(*TWO, hidden_columns=frozenset({3, 4}))
    assert told(hidden) == [("the column is hidden.", None, "C")]


def test_a_value_that_is_merged_over_rows_is_told_and_a_title_or_a_total_is_not() -> None:
    rows = (["Police", "P", 1], ["Fire", "F", None], ["Total", None, 3], [None, None, None])
    made = paid(*rows, merged=(Span(2, 3, 3, 3), Span(4, 1, 5, 1), Span(6, 1, 6, 3)))
    assert told(made) == [("cells are merged here.", 2, "C")]
    rows = (["Police", "P", 1], [None, "Q", 2], [None, "R", 3])
    assert told(paid(*rows, merged=(Span(2, 1, 4, 1),))) == [("cells are merged here.", 2, "A")]


def test_two_columns_of_one_heading_are_told_if_it_is_taken() -> None:
    headings = (*PAID, "Amount", "Note", "Note")
    made = paid(["Police", "P", 1, 2, "a", "b"], headings=headings)
    assert told(made) == [("two columns have this heading: C and D.", 1, "C")]
    assert made.findings[0].found == "Amount"
    assert told(paid(["Police", "P", 1, None, "a"], headings=headings)) == []


OF_POLICE = {"agency": "police"}


def test_two_columns_of_remarks_of_one_heading_keep_no_file_from_being_read() -> None:
    of = sheet([["Amount", "Remark", "Remark"], [1, "in kind", "late"]])
    remarks = Column("Remark", LEFT_OUT, words={"in kind": Word(TAKEN)})
    made = read(
        of, Kind("x", "*", "contributions", (Column("Amount", "amount"), remarks), OF_POLICE)
    )
    assert (made.findings, len(made.rows)) == ([], 1)


def test_a_row_without_a_remark_is_taken_where_every_remark_is() -> None:
    remarks = Column("Remark", LEFT_OUT, words={"in kind": Word(TAKEN)})
    apart = Column("Remark", LEFT_OUT, words={"in kind": Word(TAKEN), "planned": Word(LEFT_OUT)})
    for column, amounts in ((remarks, ["1", "2"]), (apart, ["1"])):
        of = sheet([["Amount", "Remark"], [1, "in kind"], [2, None]])
        columns = (Column("Amount", "amount"), column)
        by = Kind("x", "*", "contributions", columns, OF_POLICE)
        assert [row.cells["amount"] for row in read(of, by).rows] == amounts
