"""Sheets of templates: known by their heads, read by the codes of their headings."""

from __future__ import annotations

from typing import Any

import pytest

from hscb_report.intake.layout import LABELS, ROW, heading
from hscb_report.intake.ours import head_of, read_ours
from hscb_report.intake.proposed import Proposals
from hscb_report.report import table_schemas
from hscb_report.schema.vocabularies import BASIS
from hscb_report.spreadsheets.grid import Cell, Sheet, Span
from tests.intake.sheets import sheet

SCHEMAS = {schema.name: schema for schema in table_schemas()}
COLUMNS = {column.name: column for column in SCHEMAS["contributions"].columns}
NAMES = ("agency", "organisation", "amount")
LAST_YEAR = "Last year (2023-24): What it paid"


def filled(
    *rows: list[Any], said: dict[str, str] | None = None, headings: list[str] | None = None
) -> list[list[Any]]:
    """Return the rows of a sheet of contributions."""
    told = {"table": "contributions", "year": "2024-25", "sender": "police"} | (said or {})
    head = [[LABELS[name], text] for name, text in told.items() if text]
    heads = headings or [ROW, *(heading(COLUMNS[name]) for name in NAMES), LAST_YEAR]
    return [["Contributions"], *head, ["Fill in the white cells."], heads, *rows]


def read(given: Sheet, year: str = "2024-25") -> Proposals:
    head = head_of(given)
    assert head is not None
    return read_ours(given, head, "police.xlsx", SCHEMAS, year)


def told(made: Proposals) -> list[tuple[str, int | None, str | None]]:
    return [(finding.message, finding.row, finding.column) for finding in made.findings]


def test_a_row_is_read_by_the_codes_of_its_headings_and_knows_its_cells() -> None:
    made = read(sheet(filled(["1", "police", "Northshire Police", 41870, 40000]), "contributions"))
    (row,) = made.rows
    assert row.cells == {
        "agency": "police",
        "organisation": "Northshire Police",
        "amount": "41870",
    }
    assert (row.origin.locator, row.origin.cell("amount")) == ("sheet contributions, row 7", "D7")
    assert (made.sender.agency, made.findings) == ("police", [])


def test_columns_may_be_moved_and_the_sheet_renamed() -> None:
    heads = [heading(COLUMNS["amount"]), "Own notes", heading(COLUMNS["agency"])]
    made = read(sheet(filled([5, "asked again", "police"], headings=heads), "Renamed"))
    assert [row.cells for row in made.rows] == [{"amount": "5", "agency": "police"}]
    assert made.findings == []
    assert made.told == ['column B is not read: its heading, "Own notes", ends in no code.']


def test_a_column_whose_heading_was_overwritten_or_cleared_is_told_to_be_unread() -> None:
    heads = [ROW, heading(COLUMNS["agency"]), heading(COLUMNS["organisation"]), "", "7", LAST_YEAR]
    made = read(sheet(filled(["1", "police", "P", 1, "", 9], ["2"], headings=heads)))
    assert made.told == ["column D is not read: it has no heading."]
    made = read(sheet(filled(["1", "police", "P", 1, 2, 9], headings=heads)))
    assert made.told[1:] == ['column E is not read: its heading, "7", ends in no code.']


def test_the_example_and_rows_without_an_entry_are_passed_over() -> None:
    made = read(sheet(filled(["Example", "council", "A council", 1234], ["1"], ["2", None, None])))
    assert (made.rows, made.findings) == ([], [])


@pytest.mark.parametrize(
    ("said", "headings", "message"),
    [
        ({"table": "contribution"}, None, "there is no table of this name."),
        ({"year": "2023-24"}, None, "the sheet is of another year than 2024-25."),
        ({"year": ""}, None, "the sheet does not say of which year it is."),
        ({}, [ROW, "5", "Name (organisation)", "Paid (amount)"], "no heading names agency."),
        ({"basis": "guessed"}, None, "this is no basis."),
        ({}, ["Who", "What"], "the headings of the table are gone."),
        ({}, [ROW, "Who (agency)", "What (amounts)"], "contributions has no column of this code."),
        (
            {},
            [ROW, "Who (agency)", "And who (agency)"],
            "the column stands twice, also in B.",
        ),
    ],
)
def test_a_head_that_is_not_sound_is_told(
    said: dict[str, str], headings: list[str] | None, message: str
) -> None:
    made = read(sheet(filled(["1", "police"], said=said, headings=headings)))
    assert [finding.message for finding in made.findings] == [message]
    assert all(finding.hint for finding in made.findings)


@pytest.mark.parametrize("basis", ["own_record", BASIS["own_record"], BASIS["own_record"].upper()])
def test_what_is_said_of_the_whole_sheet_is_said_of_its_rows(basis: str) -> None:
    said = {"basis": basis, "locator": "page 4"}
    made = read(sheet(filled(["1", "police", "P", 4], said=said)))
    assert (made.about, made.where) == ({"basis": "own_record"}, "page 4")
    made = read(sheet(filled(["1", "police", "P", 4], said={"source": "accounts", **said})))
    assert made.where == "accounts, page 4"


def test_what_is_hidden_or_merged_or_beside_the_table_is_told_and_not_taken_unseen() -> None:
    rows = filled(["1", "police", "P", 1], ["2", "council", "C", 2], ["", "", "", "", "", "why?"])
    made = read(
        sheet(
            rows,
            hidden_rows=frozenset({7}),
            hidden_columns=frozenset({4}),
            merged=(Span(1, 1, 1, 5), Span(7, 2, 8, 2)),
        )
    )
    assert told(made) == [
        ("the row is hidden.", 7, None),
        ("the column is hidden.", None, "D"),
        ("cells are merged here.", 7, "B"),
        ('"why?" stands beside the table, where nothing is read.', 9, "F"),
    ]
    one = read(sheet(filled(["1", "police", "P", 1]), hidden_columns=frozenset({4})))
    assert told(one) == [("the column is hidden.", None, "D")]
    hidden = read(sheet(filled(["1", "police"]), is_hidden=True))
    assert told(hidden) == [("the sheet is hidden.", None, None)]


def test_every_cell_that_cannot_be_taken_is_told_and_its_row_is_not_taken() -> None:
    error, formula = Cell("error", "#DIV/0!"), Cell("number", "", lacks_value=True)
    made = read(sheet(filled(["1", "police", "P", error], ["2", "council", "C", formula])))
    assert [(f.row, f.column) for f in made.findings] == [(7, "D"), (8, "D")]
    assert made.rows == []


def test_a_sheet_of_something_else_has_no_head() -> None:
    assert head_of(sheet([["Table 1: referrals"], ["Area", "Number"], ["Northshire", 5]])) is None
