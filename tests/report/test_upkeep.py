"""How far a year is, of whole folders: what is last year's is known, however it got there."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hscb_report.report import check_year, year_status
from hscb_report.report.confirming import confirm
from tests.small_board import (
    LAST,
    LATER,
    NEXT,
    REVIEW,
    SMALLSHIRE,
    TABLES,
    copied_board,
    items,
    records,
    states,
    with_last_year_again,
    with_year,
    write_records,
)

TEXT = """\
# The year 2016-17

In 2016-17 the Board's aim - "to see neglect" - was met. {{ budget.spend }} was spent
by March 2017.

It held {{ training.sessions_neglect.counted }} of a course on it.
"""
CONTRIBUTIONS = records("contributions")
Rows = list[list[str]]


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Return the board with a year that has nothing yet."""
    return with_year(tmp_path / "board")


def y_errors(board: Path) -> dict[str, str]:
    """Return the rule of each error about what is not done, by its file."""
    findings = check_year(NEXT, board).findings
    return {f.file: f.rule for f in findings if f.severity == "error" and f.rule.startswith("Y")}


# A folder copied whole ----------------------------------------------------------------------------


def test_nothing_of_a_copied_folder_is_done_even_with_its_confirmations(tmp_path: Path) -> None:
    board = copied_board(tmp_path / "board")
    confirm(LAST, [*TABLES, REVIEW], "Clerk", date(2017, 5, 1), board)
    assert len(records("confirmed", LAST, board)) == len(TABLES) + 2
    with_last_year_again(board)
    found = states(board)
    assert set(found) == {*TABLES, REVIEW}
    assert set(found.values()) <= {"unchanged", "to_confirm"}
    assert y_errors(board) == {item.file: "Y1" for item in items(board).values()}


def test_a_copy_of_the_year_before_last_is_known_too(tmp_path: Path) -> None:
    board = with_year(tmp_path / "board")
    write_records(board / NEXT / "contributions.csv", [CONTRIBUTIONS[0], ["council", "C", "1"]])
    (board / NEXT / REVIEW).write_text("# The year\n\nSomething else.\n", "utf-8")
    with_last_year_again(board, LATER)
    found = items(board, LATER)
    assert found["contributions"].told == f"every row as in {LAST}"
    assert found[REVIEW].told == f"the same as in {LAST}"
    assert "done" not in {item.state for item in found.values()}


# One table copied ---------------------------------------------------------------------------------


def no_change(rows: Rows) -> Rows:
    return rows


def turned(rows: Rows) -> Rows:
    return [row[::-1] for row in rows]


def sorted_otherwise(rows: Rows) -> Rows:
    return [rows[0], *rows[:0:-1]]


def blank_columns(rows: Rows) -> Rows:
    return [[*row, "", ""] for row in rows]


def pounds(rows: Rows) -> Rows:
    place = rows[0].index("amount")
    return [rows[0], *([*r[:place], f"£{int(r[place]):,}.00", *r[place + 1 :]] for r in rows[1:])]


def with_a_note(rows: Rows) -> Rows:
    return [[*rows[0], "note"], *([*row, "As agreed"] for row in rows[1:])]


def one_row_less(rows: Rows) -> Rows:
    return rows[:-1]


@pytest.mark.parametrize("table", TABLES)
def test_one_table_copied_is_known(table: str, board: Path) -> None:
    shutil.copy(SMALLSHIRE / LAST / f"{table}.csv", board / NEXT)
    found = items(board)[table]
    kept = ("membership", "training_offers")
    assert found.state == ("to_confirm" if table in kept else "unchanged")
    assert found.told == f"every row as in {LAST}"
    assert y_errors(board)[found.file] == "Y1"


@pytest.mark.parametrize(
    "change",
    [turned, sorted_otherwise, blank_columns, pounds, with_a_note, one_row_less],
    ids=lambda change: change.__name__,
)
def test_a_table_is_known_whatever_was_done_to_its_rows(
    change: Callable[[Rows], Rows], board: Path
) -> None:
    write_records(board / NEXT / "contributions.csv", change(CONTRIBUTIONS))
    assert states(board)["contributions"] == "unchanged"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["bare", "quoted"])
def test_a_table_is_known_in_whatever_form_a_program_saved_it(
    mark: bytes, ends: str, quoting: int, board: Path
) -> None:
    file = board / NEXT / "contributions.csv"
    write_records(file, blank_columns(turned(CONTRIBUTIONS)), lineterminator=ends, quoting=quoting)
    file.write_bytes(mark + file.read_bytes())
    assert states(board)["contributions"] == "unchanged"


def test_new_figures_are_done_and_a_mixture_names_the_rows_that_are_old(board: Path) -> None:
    new = [CONTRIBUTIONS[0], *([*row[:2], str(n)] for n, row in enumerate(CONTRIBUTIONS[1:], 7))]
    write_records(board / NEXT / "contributions.csv", new)
    assert states(board)["contributions"] == "done"
    assert f"{NEXT}/contributions.csv" not in y_errors(board)
    write_records(board / NEXT / "contributions.csv", [*new[:-1], CONTRIBUTIONS[-1]])
    found = items(board)["contributions"]
    assert (found.state, found.rows) == ("to_confirm", (len(CONTRIBUTIONS),))


# One text copied ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace(LAST, NEXT).replace("2017", "2018"),
        TEXT.replace("Board's", "Board’s").replace(' "', " “").replace('" ', "” "),
        TEXT.replace(" - ", " – "),
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        TEXT.replace(". ", ".\n"),
        TEXT.replace("# The year 2016-17", "# A title of its own\n\n## And a section"),
        "\n\n".join(reversed(TEXT.split("\n\n"))),
    ],
    ids=["same", "years", "quotes", "dashes", "crlf", "bom", "lines", "headings", "turned"],
)
def test_a_copied_text_is_known(text: str, board: Path) -> None:
    (board / LAST / REVIEW).write_text(TEXT, "utf-8")
    (board / NEXT / REVIEW).write_bytes(text.encode("utf-8"))
    assert states(board)[REVIEW] == "unchanged"


def test_a_copied_text_is_known_under_another_name(board: Path) -> None:
    other = "text/what-happened.md"
    (board / LAST / REVIEW).write_text(TEXT, "utf-8")
    (board / NEXT / other).write_text(TEXT, "utf-8")
    found = states(board)
    assert (found[other], found[REVIEW]) == ("unchanged", "missing")


def test_a_text_that_is_partly_last_years_is_to_be_confirmed_and_a_new_one_is_done(
    board: Path,
) -> None:
    (board / LAST / REVIEW).write_text(TEXT, "utf-8")
    (board / NEXT / REVIEW).write_text(f"{TEXT}\nNothing was left over.\n", "utf-8")
    found = items(board)[REVIEW]
    assert (found.state, found.told) == ("to_confirm", f"3 of 4 sentences as in {LAST}")
    (board / NEXT / REVIEW).write_text("# The year\n\nA year of its own.\n", "utf-8")
    assert states(board)[REVIEW] == "done"


# What cannot be read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfea\x00", b"agency;organisation;amount\n", b'agency\n"never closed\n']
)
def test_a_table_that_cannot_be_read_is_not_missing_and_nobody_can_confirm_it(
    raw: bytes, board: Path
) -> None:
    """To confirm what is missing is to say that it is left out: nobody meant that here."""
    (board / NEXT / "contributions.csv").write_bytes(raw)
    found = items(board)["contributions"]
    assert (found.state, found.told) == ("empty", "its file cannot be read")
    assert not found.may_be_confirmed


@pytest.mark.parametrize("name", [REVIEW, "text/another.md"])
def test_a_text_that_cannot_be_read_is_not_missing(name: str, board: Path) -> None:
    (board / NEXT / name).write_bytes(b"\xff\xfe\x00")
    found = items(board)[name]
    assert (found.state, found.told) == ("empty", "its file cannot be read")
    assert not found.may_be_confirmed


# What is listed, and where ------------------------------------------------------------------------


def test_a_commentary_that_no_page_shows_is_listed_and_holds_no_report_up(board: Path) -> None:
    folder = board / NEXT / "text" / "commentary"
    folder.mkdir()
    (folder / "audits.md").write_text("TODO: say it.\n", "utf-8")
    found = items(board)["text/commentary/audits.md"]
    assert found.state == "empty"
    assert found.file not in y_errors(board)
    (folder / "audits.md").unlink()
    assert "text/commentary/audits.md" not in items(board)


def test_a_commentary_of_last_year_is_asked_for_where_its_page_is_shown(board: Path) -> None:
    for year, name in ((LAST, "budget"), (LAST, "audits")):
        file = board / year / "text" / "commentary" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text("Some words.\n", "utf-8")
    for name in ("contributions", "expenditure", "fund_balances"):
        shutil.copy(SMALLSHIRE / LAST / f"{name}.csv", board / NEXT)
    found = states(board)
    assert found["text/commentary/budget.md"] == "missing"
    assert "text/commentary/audits.md" not in found


def test_what_belongs_to_a_chapter_stands_with_it(tmp_path: Path) -> None:
    board = with_last_year_again(copied_board(tmp_path / "board"))
    file = board / NEXT / "text" / "commentary" / "budget.md"
    file.parent.mkdir()
    file.write_text("Some words.\n", "utf-8")
    (file.parent / "index.md").write_text("Welcome.\n", "utf-8")
    places = {c.name: [i.name for i in c.items] for c in year_status(NEXT, board).chapters}
    assert places["budget"] == [
        *("contributions", "expenditure", "fund_balances"),
        "text/commentary/budget.md",
    ]
    assert places["review_of_the_year"] == [REVIEW]
    assert places["report"] == ["points", "text/commentary/index.md"]
    assert list(places)[-1] == "report"


def test_the_first_year_of_a_board_has_nothing_to_confirm() -> None:
    assert set(states(SMALLSHIRE, LAST).values()) == {"done"}


def test_settings_and_what_stands_for_years_are_no_work_to_be_done(board: Path) -> None:
    (board / NEXT / "exempt_numbers.csv").write_text("pattern,reason\nunder 18,An age\n", "utf-8")
    (board / NEXT / "contents.csv").write_text("page,place\n", "utf-8")
    (board / NEXT / "confirmed.csv").write_text("content,role,confirmed,hash\n", "utf-8")
    assert set(states(board)) == {*TABLES, REVIEW}


def test_a_table_and_a_picture_of_last_year_s_own_are_known_though_their_lists_are_new(
    board: Path,
) -> None:
    """The list of them has another caption; what it names is what a reader sees."""
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 20 + b"IEND\xaeB`\x82"
    for year in (LAST, NEXT):
        for folder in ("tables", "pictures"):
            (board / year / folder).mkdir()
        (board / year / "tables" / "visits.csv").write_text("Where,Visits\nNorth,3\n", "utf-8")
        (board / year / "pictures" / "poster.png").write_bytes(picture)
        caption = "Visits" if year == LAST else "Visits of the year by area"
        own = f"label,caption\nvisits,{caption}\n"
        (board / year / "own_tables.csv").write_text(own, "utf-8")
        named = f"picture,file,caption,alternative,licence\nposter,poster.png,{caption},z,CC0\n"
        (board / year / "pictures.csv").write_text(named, "utf-8")
    found = items(board)
    for name in ("tables/visits.csv", "pictures/poster.png"):
        assert found[name].state == "unchanged", name
    assert found["own_tables"].state == found["pictures"].state == "done"
