"""An OpenDocument table, .ods: its sheets, read from the one part that holds them all.

It says of each cell what it holds, formats apart; and of cells, rows and columns how often they are
repeated, up to a million times, so nothing is unfolded that holds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hscb_report.spreadsheets.gathering import GrowingSheet, Room
from hscb_report.spreadsheets.grid import EMPTY, Cell, Sheet, Span
from hscb_report.spreadsheets.markup import Elements, read_part
from hscb_report.spreadsheets.package import PROTECTED, TAKE_OFF, Package
from hscb_report.spreadsheets.refusal import RefusedError
from hscb_report.spreadsheets.values import duration_cell, moment_cell, number_cell, text_cell

MACROS = "The file has macros: they are passed over."
_CONTENT, _MANIFEST, _ABOUT = "content.xml", "META-INF/manifest.xml", "meta.xml"
_CELLS = ("table-cell", "covered-table-cell")
_NOT_SEEN = ("collapse", "filter")
_BESIDE_TEXT = ("annotation", "frame", "note", "ruby-text", "shapes")
"""What may stand in a cell, or in its text, and is no part of it: comments, pictures."""
_ERROR = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]?|Err:[0-9]{3}")
_MOST_SPACES = 1000
_WORKS_OUT = ("LibreOffice", "OpenOffice", "Collabora")
"""Programs that store every result; of one that is an empty text they say nothing at all."""


def told_of(package: Package) -> tuple[str, ...]:
    """Return what the sender of a table should know."""
    has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in package.names)
    return (MACROS,) if has_macros else ()


def read_sheets(package: Package) -> tuple[Sheet, ...]:
    """Return the sheets of a table, in their order, hidden ones too.

    Raises RefusedError for one that cannot be read, or is protected with a password.
    """
    if _MANIFEST in package.names:
        read_part(package, _MANIFEST, _Manifest())
    about = _About()
    if _ABOUT in package.names:
        read_part(package, _ABOUT, about)
    content = _Content(stores_results=any(name in about.program for name in _WORKS_OUT))
    read_part(package, _CONTENT, content)
    return tuple(content.sheets)


class _Manifest(Elements):
    """Refuses what is encrypted."""

    def begin(self, name: str, given: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "encryption-data":
            raise RefusedError(PROTECTED, TAKE_OFF)


class _About(Elements):
    """The program that wrote the file, as it names itself."""

    def __init__(self) -> None:
        super().__init__()
        self.program = ""
        self._is_program = False

    def begin(self, name: str, given: Mapping[str, str]) -> None:  # noqa: ARG002
        self._is_program = name == "generator"

    def text(self, text: str) -> None:
        self.program += text if self._is_program else ""

    def end(self, name: str) -> None:  # noqa: ARG002
        self._is_program = False


class _Paragraphs:
    """The text of a cell: paragraphs, in which space counts once, but for what says otherwise."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._after_space = True

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        if name == "p":
            self.lines.append("")
            self._after_space = True
        elif not self.lines:
            return
        elif name == "s":
            self._add(" " * min(int(given.get("c", "1")), _MOST_SPACES))
        elif name in ("tab", "line-break"):
            self._add("\t" if name == "tab" else "\n")

    def text(self, text: str) -> None:
        spaced = re.sub(r"[ \t\r\n]+", " ", text)
        if self._after_space:
            spaced = spaced.removeprefix(" ")
        if spaced:
            self._add(spaced)
            self._after_space = spaced.endswith(" ")

    def _add(self, text: str) -> None:
        self.lines[-1] += text
        self._after_space = False


@dataclass
class _CellBeingRead:
    """A cell, before its text is known."""

    given: Mapping[str, str]
    is_covered: bool
    paragraphs: _Paragraphs = field(default_factory=_Paragraphs)

    def cell(self, stores_results: bool) -> Cell:
        """Return what the cell holds, written by a program that stores all results or may not."""
        text = "\n".join(self.paragraphs.lines)
        if self.is_covered:
            return EMPTY
        if self._is_error(text.strip()):
            return Cell("error", text.strip())
        kind = self.given.get("value-type", "")
        value = self.given.get("value")
        if kind in ("float", "currency", "percentage") and value is not None:
            return number_cell(value, "percent" if kind == "percentage" else "number")
        if kind == "date" and "date-value" in self.given:
            return moment_cell(self.given["date-value"])
        if kind == "time" and "time-value" in self.given:
            return duration_cell(self.given["time-value"])
        if kind == "boolean" and "boolean-value" in self.given:
            return Cell("boolean", self.given["boolean-value"].upper())
        if "formula" in self.given and kind != "string" and not (stores_results and not kind):
            return Cell(lacks_value=True)
        return text_cell(self.given.get("string-value", text))

    def _is_error(self, text: str) -> bool:
        """Whether a formula went wrong: LibreOffice says so, others only show it."""
        return "formula" in self.given and bool(_ERROR.fullmatch(text))


class _Content(Elements):
    """Adds up the sheets of a table from its elements."""

    def __init__(self, stores_results: bool) -> None:
        super().__init__()
        self._stores_results = stores_results
        self.sheets: list[Sheet] = []
        self._room = Room()
        self._open: list[str] = []
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._sheet: GrowingSheet | None = None
        self._is_copy = False
        self._row = self._column = self._repeated = 0
        self._cell: _CellBeingRead | None = None
        self._beside = 0

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        self._open.append(name)
        if self._beside or name in _BESIDE_TEXT:
            self._beside += 1
        elif self._cell is not None:
            self._cell.paragraphs.begin(name, given)
        elif self._sheet is not None:
            self._begin_in_sheet(self._sheet, name, given)
        elif name == "style":
            self._style = given.get("name", "")
        elif name == "table-properties" and given.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table" and self._open[-2:-1] == ["spreadsheet"]:
            hidden = given.get("style-name", "") in self._hidden_styles
            self._sheet = GrowingSheet(given.get("name", ""), self._room, hidden)
            self._is_copy = False
            self._row = self._column = self._repeated = 0

    def text(self, text: str) -> None:
        if self._cell is not None and not self._beside and self._cell.paragraphs.lines:
            self._cell.paragraphs.text(text)

    def end(self, name: str) -> None:
        self._open.pop()
        if self._beside:
            self._beside -= 1
        elif self._sheet is None:
            return
        elif self._cell is not None:
            if name in _CELLS:
                self._end_cell(self._sheet, self._cell)
        elif name == "table-row":
            self._sheet.repeat(self._row, self._row + self._repeated - 1)
            self._row += self._repeated - 1
        elif name == "table":
            if not self._is_copy:
                self.sheets.append(self._sheet.sheet())
            self._sheet = None

    def _begin_in_sheet(self, sheet: GrowingSheet, name: str, given: Mapping[str, str]) -> None:
        is_hidden = given.get("visibility") in _NOT_SEEN
        if name == "table-source":  # what another file held when it was last looked at
            self._is_copy = True
        elif name == "table-column":
            first = self._column + 1
            self._column += int(given.get("number-columns-repeated", "1"))
            if is_hidden:
                sheet.hidden_columns.append((first, self._column))
        elif name == "table-row":
            self._row, self._column = self._row + 1, 0
            self._repeated = int(given.get("number-rows-repeated", "1"))
            if is_hidden:
                sheet.hidden_rows.append((self._row, self._row + self._repeated - 1))
        elif name in _CELLS:
            self._cell = _CellBeingRead(given, name != "table-cell")

    def _end_cell(self, sheet: GrowingSheet, read: _CellBeingRead) -> None:
        first = self._column + 1
        columns = int(read.given.get("number-columns-repeated", "1"))
        wide = int(read.given.get("number-columns-spanned", "1"))
        high = int(read.given.get("number-rows-spanned", "1"))
        sheet.put(self._row, first, read.cell(self._stores_results), columns)
        if (wide > 1 or high > 1) and not read.is_covered:
            sheet.merged.append(Span(self._row, first, self._row + high - 1, first + wide - 1))
        self._column += columns
        self._cell = None
