"""A year's figures from agencies' spreadsheets, from the command line alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from hscb_report.keeping.shelf import hashes_of
from hscb_report.report import PROJECT, table_schemas
from hscb_report.store.csv_text import read_records
from tests.author import fill_in_year, sent
from tests.book.readers import html_pages, words
from tests.commands import Command, Told, commands_of
from tests.intake.agencies import Agency
from tests.libreoffice import converted, needs_office

pytestmark = pytest.mark.slow
YEAR = "2025-26"
AGENCIES = ("council", "care_board", "police", "partnership_itself", "schools_forum")
OF_POLICE = (
    *("first_time_entrants", "missing_children", "missing_episodes", "exploitation"),
    *("domestic_abuse", "encompass"),
)
DAY = ("--on", "2026-05-04")


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Return Northshire with a new year that has been begun."""
    return Path(shutil.copytree(PROJECT / "examples" / "northshire", tmp_path / "northshire"))


@pytest.fixture
def command(board: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs a command of that board."""
    return commands_of(board, capsys)


def rows_of(board: Path, table: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table, by what stands in their first columns."""
    head, *body = read_records((board / YEAR / f"{table}.csv").read_bytes())
    rows = [dict(zip(head.cells, row.cells, strict=True)) for row in body]
    return {" ".join(row[name] for name in head.cells[:2]): row for row in rows}


def asked(command: Command, board: Path, folder: Path) -> dict[str, Agency]:
    """Return the agencies with the templates that they were sent."""
    made = {}
    for code in AGENCIES:
        told = command("template", YEAR, "--agency", code, "--out", folder)
        assert told.code == 0, told.err
        made[code] = Agency(folder / f"nscp-{YEAR}-{code}.xlsx", board)
    return made


def tables_of(board: Path) -> dict[str, str]:
    """Return the hash of every file of a board but of what is kept back."""
    return {name: h for name, h in hashes_of(board).items() if not name.startswith("private")}


def assert_holds(board: Path, table: str, sent_rows: Sequence[Mapping[str, str]]) -> None:
    """Every cell that was sent stands in the table, in one row."""
    head, *body = read_records((board / YEAR / f"{table}.csv").read_bytes())
    rows = [dict(zip(head.cells, row.cells, strict=True)) for row in body]
    keys = next(schema.info.keys for schema in table_schemas() if schema.name == table)
    there = {tuple(row.get(key, "") for key in keys): row for row in rows}
    for row in sent_rows:
        found = there[tuple(row.get(key, "") for key in keys)]
        for name, cell in row.items():
            assert _same(found[name], cell), (table, name, found[name], cell)


def _same(one: str, other: str) -> bool:
    try:
        return one == other or float(one) == float(other)
    except ValueError:
        return False


def errors(told: Told) -> list[str]:
    return [line for line in told.err.splitlines() if line.startswith("error: ")]


def filled_in(command: Command, board: Path, folder: Path) -> dict[str, Agency]:
    """Return the agencies with the templates that they have filled in."""
    agencies, figures = asked(command, board, folder), sent(2025)
    for code, agency in agencies.items():
        for table in agency.asked:
            rows = figures.get(table, [])
            by_police = [
                row for row in rows if table == "measurements" and row.get("measure") in OF_POLICE
            ]
            own = by_police if code == "police" else [r for r in rows if r not in by_police]
            # Of recommendations the author has what is still open: nobody sends it.
            agency.fill_in(table, own if table != "recommendation_status" else ())
    return agencies


def mistaken(agencies: dict[str, Agency]) -> list[tuple[str, str, Callable[[], None]]]:
    """Let agencies make mistakes; return where each is, what is told of it, and what mends it.

    What mends it is what the message says, done in the file that was sent.
    """
    council, care_board = agencies["council"], agencies["care_board"]
    schools = agencies["schools_forum"]

    def changed(
        agency: Agency, table: str, row: int, name: str, value: object, shown_as: str = "General"
    ) -> tuple[str, Callable[[], None]]:
        cell = agency.page(table)[agency.cell(table, row, name)]
        before = cell.value, cell.number_format
        cell.value, cell.number_format = value, shown_as

        def mend() -> None:
            cell.value, cell.number_format = before

        where = f'sheet {table}, row {cell.row}, column "{cell.column_letter}"'
        return where, mend

    hidden = schools.page("establishment_coverage").row_dimensions
    row = schools.row_of("establishment_coverage", 1)
    hidden[row].hidden = True

    def show() -> None:
        hidden[row].hidden = False

    merged = council.page("other_income")
    place = f"F{council.row_of('other_income', 1)}:F{council.row_of('other_income', 2)}"
    below = merged[place.split(":")[1]].value
    merged.merge_cells(place)

    def take_apart() -> None:
        merged.unmerge_cells(place)
        merged[place.split(":")[1]].value = below

    first = council.row_of("other_income", 1)
    return [
        (
            *(told := changed(council, "expenditure", 1, "amount", 0.61, "0%"))[:1],
            *("the cell is shown as a percentage", told[1]),
        ),
        (
            *(
                told := changed(
                    council, "expenditure", 2, "line", datetime(2026, 2, 1), "dd/mm/yyyy"
                )
            )[:1],
            *("a spreadsheet program has made a date of the cell", told[1]),
        ),
        (
            *(told := changed(council, "fund_balances", 1, "amount", "n/a"))[:1],
            *('found "n/a"', told[1]),
        ),
        (
            *(told := changed(care_board, "child_deaths", 1, "children", "=SUM(1,2)"))[:1],
            *("a formula whose result is not stored", told[1]),
        ),
        (
            *(told := changed(care_board, "child_deaths", 2, "children", -1))[:1],
            *("expected a whole number", told[1]),
        ),
        (f"sheet establishment_coverage, row {row}", "the row is hidden", show),
        (f'sheet other_income, row {first}, column "F"', "cells are merged here", take_apart),
    ]


@needs_office
def test_a_year_is_filled_in_from_what_agencies_send_with_their_mistakes(
    board: Path, command: Command, tmp_path: Path
) -> None:
    assert command("create", YEAR).code == 0
    begun = hashes_of(board)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    agencies = filled_in(command, board, tmp_path / "templates")
    mistakes = mistaken(agencies)
    files = [agency.send(inbox) for agency in agencies.values()]

    # Everything is told at once, and nothing is written.
    told = command("import", *files, "--year", YEAR, "--write", *DAY)
    assert told.code == 1
    assert hashes_of(board) == begun
    assert told.err.endswith("Nothing was taken over: mend the errors above first.\n")
    assert len(errors(told)) == len(mistakes), "\n".join(errors(told))
    for where, what, _ in mistakes:
        assert any(where in line and what in line for line in errors(told)), (where, told.err)

    # Each message mends its cell. One agency uses LibreOffice.
    for _, _, mend in mistakes:
        mend()
    files = [agency.send(inbox) for agency in agencies.values()]
    odd = converted(files[-1], "ods", inbox)
    files[-1].unlink()
    files = [*files[:-1], odd]
    told = command("import", *files, "--year", YEAR, *DAY)
    assert (told.code, told.err) == (0, "")
    assert told.out.endswith("To write it, say it again with --write.\n")
    assert hashes_of(board) == begun

    # It is written, taken back to the same bytes, and written again.
    assert command("import", *files, "--year", YEAR, "--write", *DAY).code == 0
    written = tables_of(board)
    assert command("import", "--undo").code == 0
    assert tables_of(board) == {name: h for name, h in begun.items() if "private" not in name}
    assert command("import", *files, "--year", YEAR, "--write", *DAY).code == 0
    assert tables_of(board) == written
    again = command("import", *files, "--year", YEAR, *DAY)
    assert "new row" not in again.out
    assert "changed" not in again.out

    # What was sent stands there, and every row says where it is from.
    figures = sent(2025)
    for agency in agencies.values():
        for table in agency.asked:
            if table in ("recommendation_status", "measurements"):
                continue
            assert_holds(board, table, figures.get(table, []))
    row = rows_of(board, "contributions")["police Northshire Police"]
    assert (row["source"], row["basis"]) == ("nscp_2025_26_council", "invented")
    assert re.fullmatch(r"sheet contributions, row \d+", row["locator"])
    kept = board / "private/received" / YEAR
    assert {path.stem for path in kept.iterdir()} == {f"nscp_2025_26_{code}" for code in AGENCIES}

    # The author does the rest, and the final report is made.
    fill_in_year(board / YEAR)
    settings = board / YEAR / "year.toml"
    text = settings.read_text("utf-8").replace("draft = 1\n", "")
    settings.write_text(text.replace('status = "draft"', 'status = "final"'), "utf-8")
    says = ("--role", "Business Manager", "--on", "2026-07-01")
    told = command("confirm", YEAR, *says)
    left = re.findall(r"named: (.*)\.", told.out)[0].split(", ")
    assert command("confirm", YEAR, *left, *says).code == 0
    out = tmp_path / "out"
    told = command("render", YEAR, "--out", out)
    assert told.code == 0, told.err
    pages = html_pages(out / YEAR / "html")
    assert "nscp-2025-26-council.xlsx" in words(pages["pages/sources.html"].get_text())
    assert '"private/' not in (out / YEAR / "manifest.json").read_text("utf-8")
