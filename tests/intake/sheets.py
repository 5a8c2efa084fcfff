"""Sheets made of plain values, as a file would have given them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hscb_report.spreadsheets.grid import EMPTY, Cell, Sheet


def cell(value: Any) -> Cell:
    """Return a cell as a spreadsheet would keep a value."""
    if isinstance(value, Cell):
        return value
    if value is None or value == "":
        return EMPTY
    return Cell("text" if isinstance(value, str) else "number", str(value))


def sheet(rows: Sequence[Sequence[Any]], name: str = "Sheet1", **given: Any) -> Sheet:
    """Return a sheet of values."""
    return Sheet(name, tuple(tuple(map(cell, row)) for row in rows), **given)
