"""What a spreadsheet holds, whatever program wrote it: sheets of cells, and what misleads in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

CellKind = Literal["empty", "text", "number", "percent", "day", "time", "boolean", "error"]


@dataclass(frozen=True)
class Cell:
    """A cell of a sheet, as its program keeps it.

    `text` is what it holds: text with the space around it taken off; a number with all its digits
    and no more (`45203`, `0.1`), of a "percent" cell the number kept (0.61 where 61% is seen); a
    "day" as `2024-10-01`, a "time" as `2024-10-01T10:30`, or `10:30` alone; a boolean as `TRUE`; an
    error as `#DIV/0!`. One that `lacks_value` is a formula whose result nobody has stored.
    """

    kind: CellKind = "empty"
    text: str = ""
    lacks_value: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it, nor is meant to."""
        return self.kind == "empty" and not self.lacks_value


EMPTY = Cell()


@dataclass(frozen=True)
class Span:
    """Cells that are merged: the first and last row and column, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells, and what of it a reader does not see.

    `rows` begin with the first row of the sheet, and each with its first column; what a merged
    span covers is empty but for its first cell. Rows and columns are counted from 1.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, an empty one where the sheet has none."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1] if 0 < column <= len(cells) else EMPTY


@dataclass(frozen=True)
class Book:
    """A file of sheets; the one sheet of a CSV file has the file's name."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    told: tuple[str, ...] = field(default=())
    """What its sender should know though nothing has to be mended, such as macros passed over."""

    @property
    def by_name(self) -> Mapping[str, Sheet]:
        """The sheets by their names."""
        return {sheet.name: sheet for sheet in self.sheets}


def column_letters(number: int) -> str:
    """Return a column as a spreadsheet names it: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
