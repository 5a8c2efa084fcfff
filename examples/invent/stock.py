"""The stock that modules choose from: lists of what boards have, each a file of `lists/`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lists"


@cache
def stock(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a list, each with its cells by their headings."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def without(row: dict[str, str], *columns: str) -> dict[str, str]:
    """Return a row without some columns, and without its empty cells."""
    return {name: cell for name, cell in row.items() if cell and name not in columns}
