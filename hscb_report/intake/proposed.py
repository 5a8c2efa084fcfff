"""What a received file says for the data: rows for tables, each with the cells it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hscb_report.findings import Finding
from hscb_report.spreadsheets.grid import column_letters

RULE = "I2"
"""The rule of what is found in the cells of a received file; I1 is of a file as a whole."""


@dataclass(frozen=True)
class Sender:
    """Who sends a sheet: an agency of the Board's, or whoever else by name; "" for nobody known."""

    agency: str | None = None
    name: str = ""

    @property
    def key(self) -> str:
        """What tells senders apart."""
        return self.agency or self.name.casefold()


@dataclass(frozen=True)
class Origin:
    """Where a proposed row comes from: a file, a sheet, a row, and the column of each cell."""

    file: str
    sheet: str
    row: int
    columns: Mapping[str, int] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The file and the sheet, as messages name them."""
        return f"{self.file}, {_of_sheet(self.file, self.sheet)}".rstrip(", ")

    @property
    def locator(self) -> str:
        """Where in the file, as a row of the data tells it; a CSV file has no sheets."""
        return f"{_of_sheet(self.file, self.sheet)}row {self.row}"

    def cell(self, name: str) -> str:
        """Return where the cell of a column of ours stands: "B7"; of one that has none, the row."""
        column = self.columns.get(name)
        return f"{column_letters(column)}{self.row}" if column else f"row {self.row}"


@dataclass(frozen=True)
class Proposed:
    """A row for a table: its cells as our file would have them, without the empty ones."""

    table: str
    cells: Mapping[str, str]
    origin: Origin


@dataclass
class Proposals:
    """What a sheet says: rows for a table, what is wrong in it, and what was passed over, counted.

    `about` are the cells that hold for all of its rows, such as the basis; `where` is the document
    and the place in it that the sheet itself gives, "" for none; `told` is what else its reader
    should know.
    """

    table: str
    file: str
    sheet: str
    sender: Sender = Sender()
    rows: list[Proposed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    about: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    mapping: str = ""
    is_confirmed: bool = True

    @property
    def place(self) -> str:
        """The file and the sheet, as messages name them."""
        return f"{self.file}, {_of_sheet(self.file, self.sheet)}".rstrip(", ")

    def leave_out(self, why: str) -> None:
        """Count a row that is passed over, by why."""
        self.left_out[why] = self.left_out.get(why, 0) + 1

    def report(
        self,
        message: str,
        hint: str,
        row: int | None = None,
        column: str | None = None,
        found: str | None = None,
    ) -> None:
        """Add what is wrong with the sheet or a cell of it."""
        self.findings.append(
            in_sheet(self.file, self.sheet, message, hint, row=row, column=column, found=found)
        )


def in_sheet(
    file: str,
    sheet: str,
    message: str,
    hint: str,
    *,
    row: int | None = None,
    column: str | None = None,
    found: str | None = None,
    rule: str = RULE,
) -> Finding:
    """Return what is wrong in a sheet of a file."""
    where = f"{file}, {_of_sheet(file, sheet)}".rstrip(", ")
    return Finding(rule, "error", where, message, hint, row, column, found)


def _of_sheet(file: str, sheet: str) -> str:
    return "" if sheet == file else f"sheet {sheet}, "
