"""From sheets to the bytes of an Excel workbook, which are the same whenever they are written."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from hscb_report.look import LIGHT, OFFICE_FONT
from hscb_report.outputs.archive import archive
from hscb_report.outputs.workbook.cells import Heading, Link, Number, Written
from hscb_report.outputs.workbook.sheets import Line, Sheet

_SIZES = {"title": 16, "heading": 14, "text": 12}
_STYLES = (("title", "Heading 1", 16), ("heading", "Heading 2", 17))
"""Lines that are headings, by the names and numbers that Excel has for such cells."""
_LEAST, _WIDEST, _OF_HEADING, _ROOM = 9, 60, 16, 4
_WIDEST_LINK = 100
"""A link is one line: not every program breaks it."""
_SIGNS_IN_WIDTH = 1.08
"""Signs of a text that stand where a nought does, by which widths are told."""
_COVER_WIDTH = 100
_LINE, _HIGHEST = 15.75, 409
"""Points of a line of text, and of the highest row that there can be."""
_HEIGHTS = {"title": 27, "heading": 30, "text": _LINE}
_BEFORE_TABLE = 30
_PAPER_A4 = 9
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|'")
"""How a text begins that a program would take for something else as soon as somebody edits it."""


@dataclass(frozen=True)
class About:
    """What the properties of a workbook say, and the colour of its headings."""

    title: str
    author: str
    told: str
    status: str
    language: str
    day: date
    colour: str


def workbook(sheets: Sequence[Sheet], about: About) -> bytes:
    """Return the workbook; nothing in it is taken for a formula, a link or a number but these."""

    def fill(book: Any, formats: Formats) -> None:
        for sheet in sheets:
            write_sheet(book.add_worksheet(sheet.name), sheet, formats)

    return filled(fill, about)


def filled(fill: Callable[[Any, Formats], None], about: About) -> bytes:
    """Return a workbook whose sheets `fill` adds, and which says what it is `about`.

    Texts are written as texts, whatever they look like.
    """
    from xlsxwriter import Workbook

    made = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": OFFICE_FONT, "font_size": _SIZES["text"]},
    }
    with Workbook(made, options) as book:
        fill(book, Formats(book, about.colour))
        book.set_properties(
            {
                "title": about.title,
                "author": about.author,
                "comments": about.told,
                "status": about.status,
                "created": datetime(about.day.year, about.day.month, about.day.day),
            }
        )
    return _with_styles_and_language(made, about.language)


class Formats:
    """The formats of cells, each made once."""

    def __init__(self, book: Any, colour: str) -> None:
        self._book, self.colour = book, colour
        self._made: dict[Any, Any] = {}

    def line(self, kind: str, *, is_link: bool, wraps: bool) -> Any:
        """Return the format of a line above a table."""
        looks = {"font_size": _SIZES[kind], "text_wrap": wraps, **self._link(is_link)}
        if kind != "text":
            looks |= {"bold": True, "font_color": self.colour}
        if kind == "heading":
            looks["valign"] = "bottom"
        found = self.of(looks, kind)
        for number, (styled, *_) in enumerate(_STYLES, 1):
            if kind == styled:
                found.xf_id = number
        return found

    def heading(self, *, column: int, is_numeric: bool) -> Any:
        """Return the format of a column's heading."""
        lined = {"bottom": 2, "bottom_color": self.colour, "font_color": self.colour}
        looks = {"bold": True, "text_wrap": True, "valign": "bottom"}
        return self.of({**looks, **_side(column, is_numeric), **lined})

    def cell(self, cell: Written, *, column: int, is_numeric: bool) -> Any:
        """Return the format of a cell of a table."""
        looks: dict[str, Any] = {"bottom": 1, "bottom_color": LIGHT["rule"], "text_wrap": True}
        looks |= {**_side(column, is_numeric), **self._link(isinstance(cell, Link))}
        if isinstance(cell, Number):
            looks["num_format"] = cell.shown_as
        elif isinstance(cell, str):
            looks |= kept_as_text(cell)
        return self.of(looks)

    def _link(self, is_link: bool) -> dict[str, Any]:
        return {"font_color": self.colour, "underline": 1} if is_link else {}

    def of(self, looks: Mapping[str, Any], *key: str) -> Any:
        """Return the format of these looks, in the report's font and colour of text."""
        whole = {"font_name": OFFICE_FONT, "font_size": _SIZES["text"], "valign": "top"}
        # A scheme would have Excel put the font of its theme in the place of ours.
        whole |= {"font_color": LIGHT["text"], "font_scheme": "none", **looks}
        known = (*sorted(whole.items()), *key)
        if known not in self._made:
            self._made[known] = self._book.add_format(whole)
        return self._made[known]


def kept_as_text(text: str) -> dict[str, Any]:
    """Return how the cell of a text is formatted so that it stays text when somebody edits it."""
    return {"quote_prefix": True} if _FORMULA.match(text) else {}


def _side(column: int, is_numeric: bool) -> dict[str, Any]:
    """Return where a cell stands in its column: numbers at the right, text a little off them."""
    return {"align": "right"} if is_numeric else {"align": "left", "indent": min(column, 1)}


def write_sheet(into: Any, sheet: Sheet, formats: Formats) -> None:
    """Write the lines of a sheet, and its table if it has one."""
    has_table = bool(sheet.rows)
    set_up_page(into, high=0 if has_table else 1)
    write_lines(into, 0, sheet.lines, formats, wraps=not has_table)
    if has_table:
        into.set_row(sheet.first_row - 2, _BEFORE_TABLE)
        _write_table(into, sheet, formats)
    else:
        into.set_column(0, 0, _COVER_WIDTH)


def set_up_page(into: Any, *, high: int = 0) -> None:
    """Have a sheet printed one page wide, and so many high, if that is given."""
    into.hide_gridlines(2)
    into.set_landscape()
    into.set_paper(_PAPER_A4)
    into.fit_to_pages(1, high)


def write_lines(
    into: Any, first: int, lines: Sequence[Line], formats: Formats, *, wraps: bool = False
) -> None:
    """Write lines one below the other; they reach over the cells beside them unless one `wraps`."""
    for row, line in enumerate(lines, first):
        is_link = isinstance(line.text, Link)
        looks = formats.line(line.kind, is_link=is_link, wraps=wraps)
        _write_cell(into, row, 0, line.text, looks)
        further = _lines(line.text, _COVER_WIDTH) - 1 if wraps else 0
        into.set_row(row, _HEIGHTS[line.kind] + further * _LINE)


def _write_table(into: Any, sheet: Sheet, formats: Formats) -> None:
    first, last = sheet.first_row - 1, sheet.first_row - 1 + len(sheet.rows)
    columns = [
        {"header": h.text, "header_format": formats.heading(column=n, is_numeric=h.is_numeric)}
        for n, h in enumerate(sheet.headings)
    ]
    into.add_table(
        *(first, 0, last, len(columns) - 1),
        {
            "name": f"table_{sheet.name.replace(' ', '_')}",
            "title": sheet.title,
            "columns": columns,
            "autofilter": False,
            "style": None,
            "first_column": sheet.row_headers > 0,
        },
    )
    into.repeat_rows(first)
    into.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    for row, cells in enumerate(sheet.rows, first + 1):
        for column, (cell, heading) in enumerate(zip(cells, sheet.headings, strict=True)):
            looks = formats.cell(cell, column=column, is_numeric=heading.is_numeric)
            _write_cell(into, row, column, cell, looks)
    widths = [_width(h, [row[n] for row in sheet.rows]) for n, h in enumerate(sheet.headings)]
    for column, width in enumerate(widths):
        into.set_column(column, column, width)
    into.set_row(first, row_height([heading.text for heading in sheet.headings], widths))
    for row, cells in enumerate(sheet.rows, first + 1):
        into.set_row(row, row_height(cells, widths))


def _write_cell(into: Any, row: int, column: int, cell: Written, looks: Any) -> None:
    if isinstance(cell, Number):
        into.write_number(row, column, cell.value, looks)
    elif isinstance(cell, Link):
        into.write_url(row, column, f"internal:'{cell.sheet}'!{cell.cell}", looks, cell.text)
    else:
        into.write_string(row, column, cell, looks)


def _width(heading: Heading, cells: Sequence[Written]) -> int:
    """Return how many signs wide a column is: its longest line, but none is a page wide."""
    words = max(map(len, heading.text.split()), default=0)
    lines = [line for cell in cells for line in _shown(cell).splitlines()]
    longest = max(map(len, lines), default=0)
    needed = max(longest, words, min(len(heading.text), _OF_HEADING), _LEAST)
    has_link = any(isinstance(cell, Link) for cell in cells)
    return min(needed, _WIDEST_LINK if has_link else _WIDEST) + _ROOM


def row_height(cells: Sequence[Written], widths: Sequence[int]) -> float:
    """Return how high a row is in which every cell is to be read whole.

    It has to be said: not every program works it out when it opens a file.
    """
    lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
    return min(lines * _LINE + 3, _HIGHEST)


def _lines(cell: Written, width: int) -> int:
    """Return how many lines the text of a cell takes."""
    texts = _shown(cell).splitlines()
    room = int((width - 1) * _SIGNS_IN_WIDTH)
    return max(sum(len(wrap(text, room)) or 1 for text in texts), 1)


def _shown(cell: Written) -> str:
    if isinstance(cell, Number):
        return cell.printed
    return cell.text if isinstance(cell, Link) else cell


def _with_styles_and_language(made: io.BytesIO, language: str) -> bytes:
    """Return a workbook whose titles are headings to Excel, and which says its language.

    XlsxWriter knows neither; without them a screen reader finds no heading.
    """
    with ZipFile(made) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    styles = files["xl/styles.xml"].decode("utf-8")
    files["xl/styles.xml"] = _with_styles(styles).encode("utf-8")
    told = f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    core = files["docProps/core.xml"].decode("utf-8")
    files["docProps/core.xml"] = core.replace("</cp:coreProperties>", told).encode("utf-8")
    return archive(files)


def _with_styles(styles: str) -> str:
    """Return the styles with those of headings, which look as the cells that have them."""
    bases, names = "", ""
    for number, (_, name, known) in enumerate(_STYLES, 1):
        used = re.search(rf'<xf numFmtId="0" (fontId="\d+") [^>]*xfId="{number}"', styles)
        if used is None:  # only a sheet of that kind has it
            continue
        bases += f'<xf numFmtId="0" {used[1]} fillId="0" borderId="0" applyFont="1"/>'
        names += f'<cellStyle name="{name}" xfId="{number}" builtinId="{known}"/>'
    added = names.count("<cellStyle ")
    for ending, more in (("cellStyleXfs", bases), ("cellStyles", names)):
        styles = styles.replace(f'<{ending} count="1">', f'<{ending} count="{1 + added}">')
        styles = styles.replace(f"</{ending}>", f"{more}</{ending}>")
    return styles
