"""The smallest board, to begin years from: copies of it, and what is asked of them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from hscb_report.new_year.states import Item
from hscb_report.report import PROJECT, year_status

SMALLSHIRE = PROJECT / "examples" / "smallshire"
LAST, NEXT, LATER = "2016-17", "2017-18", "2018-19"
CHOSEN_FOR_YEARS = ("key_figures",)
"""The tables that stand until somebody changes them: no work of a year."""
_FILES = (path.stem for path in (SMALLSHIRE / LAST).glob("*.csv"))
TABLES = tuple(sorted(name for name in _FILES if name not in CHOSEN_FOR_YEARS))
REVIEW = "text/review-of-the-year.md"
"""The one text that it has."""


def copied_board(folder: Path) -> Path:
    """Copy the board, with its one year, into a folder that is not there yet."""
    shutil.copytree(SMALLSHIRE, folder)
    return folder


def with_year(folder: Path, year: str = NEXT, status: str = "final") -> Path:
    """Copy the board, and add a year to it that holds nothing but its settings."""
    board = copied_board(folder)
    (board / year / "text").mkdir(parents=True)
    settings = f'year = "{year}"\nkind = "example"\nstatus = "{status}"\n'
    (board / year / "year.toml").write_text(settings, "utf-8")
    return board


def with_last_year_again(board: Path, year: str = NEXT) -> Path:
    """Copy the folder of the board's first year to a later one, and correct the year it names."""
    shutil.copytree(board / LAST, board / year)
    settings = board / year / "year.toml"
    settings.write_text(settings.read_text("utf-8").replace(LAST, year), "utf-8")
    return board


def records(name: str, year: str = LAST, board: Path = SMALLSHIRE) -> list[list[str]]:
    """Return the records of a table, its heading first."""
    raw = (board / year / f"{name}.csv").read_text("utf-8")
    return list(csv.reader(io.StringIO(raw)))


def write_records(file: Path, rows: Sequence[Sequence[str]], **form: object) -> None:
    """Write a table's file in a form of CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\n", **form}).writerows(rows)  # type: ignore[arg-type]
    file.write_bytes(text.getvalue().encode("utf-8"))


def items(board: Path, year: str = NEXT) -> Mapping[str, Item]:
    """Return how far each table and text of a year is, by its name."""
    return {item.name: item for item in year_status(year, board).items}


def states(board: Path, year: str = NEXT) -> dict[str, str]:
    """Return the state of each table and text of a year, by its name."""
    return {name: item.state for name, item in items(board, year).items()}


def content_of(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder by its path, with its bytes; folders end in a stroke."""
    return {
        path.relative_to(folder).as_posix() + ("" if path.is_file() else "/"): (
            path.read_bytes() if path.is_file() else b""
        )
        for path in folder.rglob("*")
    }
