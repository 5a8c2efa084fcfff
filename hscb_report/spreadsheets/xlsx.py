"""An Excel workbook, .xlsx or .xlsm: its sheets, its texts, and which of its formats are of days.

It is read part by part and not with a library that makes a whole workbook of it: that would spread
merged cells and links over all that they name, keep either the formula of a cell or its value, and
give up at a style that it does not know.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from hscb_report.spreadsheets.gathering import GrowingSheet, Room
from hscb_report.spreadsheets.grid import Cell, Sheet
from hscb_report.spreadsheets.markup import Elements, read_part
from hscb_report.spreadsheets.package import Package, damaged
from hscb_report.spreadsheets.values import FormatKind, kind_of_format, text_cell
from hscb_report.spreadsheets.xlsx_sheet import YES, OfWorkbook, SheetElements, TextOfCell

MACROS = "The file has macros: they are passed over."
_MACROS = "vbaProject.bin"
_AnyElements = TypeVar("_AnyElements", bound=Elements)
_BUILT_IN: Mapping[int, FormatKind] = MappingProxyType(
    {
        **dict.fromkeys((9, 10), "percent"),
        **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), "day"),
        **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 47), "clock"),
        46: "duration",
    }
)
"""What number formats are that have no code in the file."""


def told_of(package: Package) -> tuple[str, ...]:
    """Return what the sender of a workbook should know."""
    has_macros = any(name.endswith(_MACROS) for name in package.names)
    return (MACROS,) if has_macros else ()


def read_sheets(package: Package) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, in their order, hidden ones too; none of charts alone.

    Raises RefusedError for a workbook that cannot be read.
    """
    main = next(iter(_related(package, "").of_kind("officeDocument")), "xl/workbook.xml")
    workbook = _Workbook()
    read_part(package, main, workbook)
    related = _related(package, main)
    of_workbook = OfWorkbook(
        _read(package, related.of_kind("sharedStrings"), _Texts()).cells,
        _read(package, related.of_kind("styles"), _Formats()).kinds,
        workbook.from_1904,
        workbook.awaits_results,
    )
    room, sheets = Room(), []
    for name, state, link in workbook.sheets:
        part = related.targets.get(link)
        if part is None:
            raise damaged(f"its sheet {name} is missing")
        if related.kinds[link] != "worksheet":
            continue
        sheet = GrowingSheet(name, room, is_hidden=state != "visible")
        read_part(package, part, SheetElements(sheet, of_workbook))
        sheets.append(sheet.sheet())
    return tuple(sheets)


def _read(package: Package, parts: list[str], elements: _AnyElements) -> _AnyElements:
    """Have a part that a workbook may have read, and return what read it."""
    for part in parts[:1]:
        read_part(package, part, elements)
    return elements


def _related(package: Package, part: str) -> _Related:
    """Return the parts that a part names."""
    folder, name = posixpath.split(part)
    related = _Related(folder)
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    if links in package.names:
        read_part(package, links, related)
    return related


class _Related(Elements):
    """The parts that another names, by their links: where each is, and of what kind."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def of_kind(self, kind: str) -> list[str]:
        return [part for link, part in self.targets.items() if self.kinds[link] == kind]

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        if name == "Relationship" and given.get("TargetMode") != "External":
            path = posixpath.join("/", self._folder, given["Target"])
            self.targets[given["Id"]] = posixpath.normpath(path).lstrip("/")
            self.kinds[given["Id"]] = given["Type"].rpartition("/")[2]


class _Workbook(Elements):
    """The names of the sheets, whether they are seen, and their links; how days are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.from_1904 = False
        self.awaits_results = False

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((given["name"], given.get("state", "visible"), given["id"]))
        elif name == "workbookPr":
            self.from_1904 = given.get("date1904") in YES
        elif name == "calcPr":
            self.awaits_results = given.get("fullCalcOnLoad") in YES


class _Formats(Elements):
    """What the style of a cell makes of a number, in the order in which cells name them."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[FormatKind] = []
        self._own: dict[int, FormatKind] = {}
        self._is_of_cells = False

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        if name == "numFmt" and "formatCode" in given:
            self._own.setdefault(int(given["numFmtId"]), kind_of_format(given["formatCode"]))
        elif name == "cellXfs":
            self._is_of_cells = True
        elif name == "xf" and self._is_of_cells:
            number = int(given.get("numFmtId", "0"))
            self.kinds.append(self._own.get(number) or _BUILT_IN.get(number, "number"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_of_cells = False


class _Texts(Elements):
    """The texts that cells share, in the order in which cells name them."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[Cell] = []
        self._text = TextOfCell()

    def begin(self, name: str, given: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._text = TextOfCell()
        self._text.begin(name)

    def text(self, text: str) -> None:
        self._text.add(text)

    def end(self, name: str) -> None:
        self._text.end(name)
        if name == "si":
            self.cells.append(text_cell(self._text.whole))
