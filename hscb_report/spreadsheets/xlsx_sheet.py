"""A sheet of an Excel workbook: cells with what is stored for them, what is hidden or merged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hscb_report.spreadsheets.gathering import GrowingSheet
from hscb_report.spreadsheets.grid import EMPTY, Cell, Span
from hscb_report.spreadsheets.markup import Elements
from hscb_report.spreadsheets.package import damaged
from hscb_report.spreadsheets.values import (
    FormatKind,
    moment_cell,
    number_cell,
    plain_number,
    text_cell,
)

YES = ("1", "true")
"""How an attribute says that something is so."""
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSPOKEN = "rPh"
"""How a Japanese word is read aloud, which is no part of the text."""


@dataclass(frozen=True)
class OfWorkbook:
    """What the sheets of a workbook share.

    Cells name `texts` and `formats` by their place. Where it `awaits_results`, a program has
    written formulas that none has worked out yet, and perhaps a nought beside each.
    """

    texts: Sequence[Cell]
    formats: Sequence[FormatKind]
    from_1904: bool
    awaits_results: bool


def unescaped(text: str) -> str:
    """Return text with the characters that XML cannot hold, written `_x000D_`, in their places."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _place(address: str) -> tuple[int, int]:
    """Return the row and column of an address such as B7."""
    if not (match := _ADDRESS.fullmatch(address)):
        raise damaged(f"a cell has the address {address[:20]}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _span(addresses: str) -> Span:
    first, _, last = addresses.partition(":")
    return Span(*_place(first), *_place(last or first))


class TextOfCell:
    """The text of a cell while it is read, of parts with a look of their own perhaps."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_text = self._is_unspoken = False

    def begin(self, name: str) -> None:
        """Take the beginning of an element."""
        if name == _UNSPOKEN:
            self._is_unspoken = True
        self._is_text = name == "t" and not self._is_unspoken

    def add(self, text: str) -> None:
        """Take a piece of text, if it is one of the cell's."""
        if self._is_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._is_text = False
        if name == _UNSPOKEN:
            self._is_unspoken = False

    @property
    def whole(self) -> str:
        """The text of all the parts."""
        return unescaped("".join(self._pieces))


class SheetElements(Elements):
    """Adds to a sheet what the elements of its part say."""

    def __init__(self, sheet: GrowingSheet, of_workbook: OfWorkbook) -> None:
        super().__init__()
        self._sheet = sheet
        self._shared = of_workbook
        self._row = self._column = 0
        self._given: Mapping[str, str] | None = None
        self._value: list[str] | None = None
        self._is_value = self._has_formula = False
        self._text = TextOfCell()

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        """Take the beginning of an element, and its attributes."""
        if self._given is not None:
            self._begin_in_cell(name)
        elif name == "c":
            self._begin_cell(given)
        elif name == "row":
            self._row = int(given["r"]) if "r" in given else self._row + 1
            self._column = 0
            if _is_hidden(given, "ht"):
                self._sheet.hidden_rows.append((self._row, self._row))
        elif name == "col" and _is_hidden(given, "width"):
            self._sheet.hidden_columns.append((int(given["min"]), int(given["max"])))
        elif name == "mergeCell":
            self._sheet.merged.append(_span(given["ref"]))

    def text(self, text: str) -> None:
        """Take a piece of text, if it is one of a cell's."""
        if self._is_value and self._value is not None:
            self._value.append(text)
        elif self._given is not None:
            self._text.add(text)

    def end(self, name: str) -> None:
        """Take the end of an element: of a cell, what it holds."""
        if self._given is None:
            return
        self._is_value = False
        self._text.end(name)
        if name == "c":
            self._sheet.put(self._row, self._column, self._cell(self._given))
            self._given = None

    def _begin_cell(self, given: Mapping[str, str]) -> None:
        self._given, self._value, self._has_formula = given, None, False
        if given.get("t") == "inlineStr":
            self._text = TextOfCell()
        if "r" in given:
            self._row, self._column = _place(given["r"])
        else:
            self._column += 1

    def _begin_in_cell(self, name: str) -> None:
        self._text.begin(name)
        if name == "v":
            self._is_value, self._value = True, []
        elif name == "f":
            self._has_formula = True

    def _cell(self, given: Mapping[str, str]) -> Cell:
        kind = given.get("t", "n")
        if kind == "inlineStr":
            return text_cell(self._text.whole)
        value = "".join(self._value or ())
        if self._has_formula and self._lacks_value(kind, value):
            return Cell(lacks_value=True)
        if self._value is None or (kind != "str" and not value):
            return EMPTY
        if kind == "s":
            return self._shared.texts[_place_in_list(value)]
        if kind == "n":
            style = _place_in_list(given.get("s", "0"))
            shown = self._shared.formats[style] if style < len(self._shared.formats) else "number"
            return number_cell(value.strip(), shown, from_1904=self._shared.from_1904)
        return _other_cell(kind, value)

    def _lacks_value(self, kind: str, value: str) -> bool:
        """Whether nobody has stored what a formula comes to; an empty text may be that."""
        if self._value is None or (kind != "str" and not value):
            return True
        return self._shared.awaits_results and kind == "n" and plain_number(value) == "0"


def _place_in_list(text: str) -> int:
    """Return a place in a list, as it is counted from its beginning."""
    if (place := int(text)) < 0:
        raise ValueError(text)
    return place


def _other_cell(kind: str, value: str) -> Cell:
    if kind == "b":
        return Cell("boolean", "TRUE" if value.strip() in YES else "FALSE")
    if kind == "e":
        return Cell("error", value.strip())
    return moment_cell(value.strip()) if kind == "d" else text_cell(unescaped(value))


def _is_hidden(given: Mapping[str, str], size: str) -> bool:
    """Whether a row or column is not seen; one of no height or width is not."""
    return given.get("hidden") in YES or (size in given and float(given[size]) == 0)
