"""A mapping proposed by likeness: what is known by name is found, the rest is for the author."""

from __future__ import annotations

from typing import Any

import pytest

from hscb_report.errors import ReportError
from hscb_report.intake.proposing import Known, proposed_mapping
from hscb_report.report import table_schemas
from hscb_report.spreadsheets.grid import Span
from tests.intake.sheets import sheet

SCHEMAS = {schema.name: schema for schema in table_schemas()}
AREAS = {"england": "England", "northshire": "Northshire"}
KNOWN = Known(
    {"areas.area": AREAS, "measures.measure": {"teeth checked": "teeth"}},
    {"referrals": "Referrals in the year", "teeth": "Teeth checked"},
)
AGENCIES = Known({"agencies.agency": {"northshire police": "police", "police": "police"}})


def proposed(
    rows: list[list[Any]], table: str = "measurements", known: Known = KNOWN, **given: Any
) -> list[tuple[str, str, str, str]]:
    made = proposed_mapping(sheet(rows, "C1", **given), SCHEMAS[table], "c1", "Department", known)
    assert {row["mapping"] for row in made} == {"c1"}
    return [(row["part"], row["theirs"], row["ours"], row["also"]) for row in made]


def test_a_wide_table_with_two_rows_of_headings_and_footnotes() -> None:
    rows = [
        ["Table C1: referrals"],
        ["Year: 2017-18"],
        [],
        ["Local authority", "Referrals", None],
        [None, "Number of referrals in the year", "Rate per 10,000"],
        ["England1", 655630, 552.5],
        ["Northshire", 3414, 950.2],
        ["Elsewhere", 1, 2],
        ["1 Rounded."],
    ]
    assert proposed(rows, merged=(Span(4, 2, 4, 3),)) == [
        ("sheet", "C1", "measurements", "period=in_title"),
        ("column", "Local authority", "area", ""),
        ("word", "England1", "England", ""),
        ("word", "Northshire", "Northshire", ""),
        ("word", "*", "left_out", ""),
        ("column", "Referrals / Number of referrals in the year", "value", "measure=referrals"),
        ("column", "Referrals / Rate per 10,000", "left_out", ""),
    ]


def test_a_long_table_of_text_as_csv_gives_it() -> None:
    rows = [
        ["area_name", "period", "indicator", "measure", "unit", "value"],
        ["Northshire", "2017/18", "Teeth checked", "Percentage", "Persons", "93"],
        ["Northshire", "2017/18", "Teeth checked", "Count", "Persons", "12"],
    ]
    assert proposed(rows) == [
        ("sheet", "C1", "measurements", ""),
        ("column", "area_name", "area", ""),
        ("word", "Northshire", "Northshire", ""),
        ("column", "period", "period", ""),
        ("column", "indicator", "measure", ""),
        ("word", "Teeth checked", "teeth", ""),
        ("column", "measure", "left_out", ""),
        ("word", "Percentage", "taken", ""),
        ("word", "Count", "taken", ""),
        ("column", "unit", "left_out", ""),
        ("column", "value", "value", ""),
    ]


def test_headings_and_agencies_of_an_ordinary_spreadsheet() -> None:
    rows = [
        ["Partner contributions", None, None],
        ["Partner", "Amount", "Comments"],
        ["Northshire Police", 41870, None],
        ["Total", 41870, None],
    ]
    assert proposed(rows, "contributions", AGENCIES) == [
        ("sheet", "C1", "contributions", ""),
        ("column", "Partner", "agency", ""),
        ("word", "Northshire Police", "police", ""),
        ("word", "*", "left_out", ""),
        ("column", "Amount", "amount", ""),
    ]


def test_years_beside_each_other_are_values_of_these_years() -> None:
    rows = [["Area", "2016", "2017-18", "2018/19"], ["Northshire", 5, 6, 7]]
    assert [(theirs, ours, also) for _, theirs, ours, also in proposed(rows)[3:]] == [
        ("2016", "value", "period=2016"),
        ("2017-18", "value", "period=2017-18"),
        ("2018/19", "value", "period=2018-19"),
    ]


@pytest.mark.parametrize("rows", [[["A title"], ["and no table"]], [["Only headings", "here"]], []])
def test_what_has_no_headings_above_rows_is_refused(rows: list[list[Any]]) -> None:
    with pytest.raises(ReportError, match="no row of headings above rows of values"):
        proposed(rows)


def test_of_columns_of_one_heading_those_left_out_are_listed_once_and_others_told() -> None:
    rows = [["Agency", "Amount", "Remark", "Remark"], ["Police", 5, "a b", "c d"]]
    made = proposed(rows, "contributions", AGENCIES)
    assert [theirs for part, theirs, _, _ in made if part == "column"] == rows[0][:3]
    wide = [["Area", "Teeth checked", "Teeth checked"], ["Northshire", 5, 6], ["England", 7, 8]]
    with pytest.raises(ReportError, match='columns B and C have the heading "Teeth checked"'):
        proposed(wide)
