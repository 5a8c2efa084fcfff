"""A sheet while it is read: cells as they come, and at the end the sheet that they make.

A file may say of a cell that it stands a million times, or in the last column of all: it is counted
before it is unfolded, and what holds nothing is not unfolded at all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from hscb_report.spreadsheets.grid import EMPTY, Cell, Sheet, Span
from hscb_report.spreadsheets.package import damaged
from hscb_report.spreadsheets.refusal import RefusedError

MAX_CELLS = 1_000_000
"""The most cells of a file, empty ones before the last of a row counted."""
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""The last row and column that a spreadsheet program has."""
_MOST_COVERED = 4 * MAX_CELLS
"""How often cells are looked for under merged spans; spans that do not overlap ask for less."""

Run = tuple[int, int]
"""The first and the last of rows or columns."""


@dataclass
class Room:
    """How many cells a file may still have."""

    left: int = MAX_CELLS

    def take(self, cells: int) -> None:
        """Count cells. Raises RefusedError when there are too many."""
        self.left -= cells
        if self.left < 0:
            what = f"the file has more than {MAX_CELLS:,} cells."
            hint = "Copy the rows and columns that matter into a new workbook, values alone."
            raise RefusedError(what, hint)


@dataclass
class GrowingSheet:
    """A sheet to which cells are added."""

    name: str
    room: Room
    is_hidden: bool = False
    hidden_rows: list[Run] = field(default_factory=list)
    hidden_columns: list[Run] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    _rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    _taken: int = 0

    def put(self, row: int, column: int, cell: Cell, columns: int = 1) -> None:
        """Add a cell, in so many columns. Raises RefusedError where no sheet has a cell."""
        if cell == EMPTY:
            return
        if not (1 <= row <= MAX_ROW and 1 <= column <= column + columns - 1 <= MAX_COLUMN):
            raise damaged(f"a cell of {self.name} stands where no sheet has one")
        self._take(columns)
        cells = self._rows.setdefault(row, {})
        cells.update(dict.fromkeys(range(column, column + columns), cell))

    def repeat(self, row: int, last: int) -> None:
        """Have the cells of a row stand in the rows after it too, until the last."""
        cells = self._rows.get(row)
        if not cells:
            return
        if last > MAX_ROW:
            raise damaged(f"a row of {self.name} stands where no sheet has one")
        self._take(len(cells) * (last - row))
        self._rows |= {other: dict(cells) for other in range(row + 1, last + 1)}

    def sheet(self) -> Sheet:
        """Return the sheet: without what is merged away, and without last rows that are empty."""
        self._blank_covered()
        widths = {row: max(cells) for row, cells in self._rows.items() if cells}
        self.room.take(max(sum(widths.values()) - self._taken, 0))
        height, width = max(widths, default=0), max(widths.values(), default=0)
        return Sheet(
            self.name,
            tuple(self._row(row, widths.get(row, 0)) for row in range(1, height + 1)),
            self.is_hidden,
            _within(self.hidden_rows, height),
            _within(self.hidden_columns, width),
            tuple(self.merged),
        )

    def _take(self, cells: int) -> None:
        self.room.take(cells)
        self._taken += cells

    def _row(self, row: int, width: int) -> tuple[Cell, ...]:
        if not width:
            return ()
        cells = self._rows[row]
        return tuple(cells.get(column, EMPTY) for column in range(1, width + 1))

    def _blank_covered(self) -> None:
        """Take out the cells that a merged span covers, but for its first."""
        filled = sorted(self._rows)
        looked_at = 0
        for span in self.merged:
            begins = bisect_left(filled, span.first_row)
            for row in filled[begins : bisect_right(filled, span.last_row)]:
                covered = self._covered(row, span)
                looked_at += 1 + len(covered)
                for column in covered:
                    self._rows[row].pop(column, None)
            if looked_at > _MOST_COVERED:
                raise damaged(f"merged cells of {self.name} overlap")

    def _covered(self, row: int, span: Span) -> Sequence[int]:
        """Return the columns of a row that a span covers, at the most as many as it has cells."""
        first = span.first_column + (row == span.first_row)
        columns, cells = range(first, span.last_column + 1), self._rows[row]
        return columns if len(columns) <= len(cells) else [c for c in cells if c in columns]


def _within(runs: list[Run], last: int) -> frozenset[int]:
    """Return the numbers of runs, up to the last that matters."""
    numbers: list[int] = []
    reached = 0
    for first, end in sorted(runs):
        numbers.extend(range(max(first, reached + 1), min(end, last) + 1))
        reached = max(reached, end)
    return frozenset(numbers)
