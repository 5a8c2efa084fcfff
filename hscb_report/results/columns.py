"""Columns that a table can do without: what is the same in every row is told once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from hscb_report.figures import Figure
from hscb_report.results.exhibit import Cell, Exhibit, Mark
from hscb_report.wording import first_lower


def without_alike(exhibit: Exhibit, *columns: str) -> Exhibit:
    """Return a table whose caption tells what every row has alike in one of the `columns`.

    "…; status of all 13: overdue". A table of one row, which repeats nothing, is as it was.
    """
    places = [n for n, column in enumerate(exhibit.columns) if column.name in columns]
    alike = [n for n in places if len({row[n] for row in exhibit.rows}) == 1]
    if len(exhibit.rows) < 2 or not alike:
        return exhibit
    said = (
        f"{first_lower(exhibit.columns[n].heading)} of all {len(exhibit.rows)}: "
        f"{first_lower(_word(exhibit.rows[0][n]) or exhibit.text(0, n))}"
        for n in alike
    )
    return replace(_without(exhibit, alike), caption="; ".join((exhibit.caption, *said)))


def without_zeros(exhibit: Exhibit) -> Exhibit:
    """Return a table without the columns of counts in which every row has none."""
    zero = [
        n
        for n in range(exhibit.row_headers, len(exhibit.columns))
        if exhibit.rows and all(_is_zero(row[n]) for row in exhibit.rows)
    ]
    return _without(exhibit, zero)


def _without(exhibit: Exhibit, left_out: Collection[int]) -> Exhibit:
    kept = [n for n in range(len(exhibit.columns)) if n not in left_out]
    return replace(
        exhibit,
        columns=tuple(exhibit.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in exhibit.rows),
    )


def _word(cell: Cell) -> str:
    return cell.word if isinstance(cell, Mark) else ""


def _is_zero(cell: Cell) -> bool:
    return isinstance(cell, Figure) and cell.value == 0
