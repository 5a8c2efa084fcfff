"""From a template to the bytes of its workbook, the same whenever it is drawn.

It follows the rules of the project's other workbook: one marked table a sheet, nothing merged,
hidden or frozen. Its sheets are protected without a password, so that only what is asked for can be
changed by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from hscb_report.intake.entries import Asked, Choices, Entry
from hscb_report.intake.layout import EXAMPLE, LISTS, READ_ME, ROW, title_of
from hscb_report.intake.template import Form, FormColumn, Pair, Template
from hscb_report.look import LIGHT
from hscb_report.outputs.workbook.cells import Heading, Link, Written
from hscb_report.outputs.workbook.sheets import Line, Sheet, as_line, unique_headings
from hscb_report.outputs.workbook.writing import (
    About,
    Formats,
    filled,
    kept_as_text,
    row_height,
    set_up_page,
    write_lines,
    write_sheet,
)
from hscb_report.schema.slips import NUMBERS
from hscb_report.wording import counted
from hscb_report.years import day_text

_SHOWN_AS: Mapping[str, str] = {
    "text": "@",
    "count": "#,##0",
    "money": "£#,##0.00;-£#,##0.00",
    "number": "General",
    "day": "d mmmm yyyy",
}
_WIDTHS = {"count": 20, "money": 20, "number": 20, "day": 22}
_FIRST, _LEAST, _OF_TEXT, _WIDEST = 14, 18, 26, 44
"""Signs: the widths of the first column, and of a text's, from the least to the widest."""
_OF_PAIR = 34
_BOLD = 0.93
"""Signs of bold text that stand where others do."""
_PAIR_HEIGHT, _BEFORE_TOLD = 20, 28
"""Points of a line that is to be filled in, and of the first one after them."""
_MAY_CHANGE = {"format_columns": True, "format_rows": True}
"""What a protected sheet lets somebody do besides filling in its cells."""


def drawn(template: Template) -> bytes:
    """Return the workbook of a template."""
    board, year = template.settings.board, template.year
    about = About(
        title=_title(template),
        author=board.name,
        told=template.marking,
        status="To be filled in",
        language=board.language,
        day=year.start,
        colour=board.colour,
    )

    def fill(book: Any, formats: Formats) -> None:
        lists = _lists(template)
        ranges = _ranges(template.lists, lists)
        _add(book, _read_me(template), formats)
        for form in template.forms:
            _Drawing(book.add_worksheet(form.table), form, formats, ranges).write(template)
        if lists.rows:
            _add(book, lists, formats)

    return filled(fill, about)


def _add(book: Any, sheet: Sheet, formats: Formats) -> None:
    made = book.add_worksheet(sheet.name)
    write_sheet(made, sheet, formats)
    made.protect("", _MAY_CHANGE)


def _title(template: Template) -> str:
    return title_of(template.settings.board.name, template.year)


# The sheets about the others ---------------------------------------------------------------------


def _read_me(template: Template) -> Sheet:
    """Return the first sheet: whom it is for, what to do, and the sheets that there are."""
    rows: list[tuple[Written, ...]] = [
        (Link(form.table, form.table), form.title, form.asks, _there(form))
        for form in template.forms
    ]
    if template.lists:
        told = "What each entry of a list means"
        rows.append((Link(LISTS, LISTS), "Lists", told, "Nothing to fill in"))
    lines = [Line(as_line(_title(template)), "title"), *_marking(template)]
    lines += [Line(as_line(f"For: {template.for_whom}")), Line("What to do", "heading")]
    lines += [Line(f"{number}. {told}") for number, told in enumerate(_to_do(template), 1)]
    if contact := template.settings.board.contact:
        lines.append(Line(as_line(f"Contact for questions: {contact}")))
    lines.append(Line("The sheets", "heading"))
    headings = tuple(map(Heading, ("Sheet", "Title", "What it asks for", "Rows that are there")))
    return Sheet(READ_ME, tuple(lines), headings, tuple(rows), 1)


def _there(form: Form) -> str:
    return f"{counted(len(form.rows), 'row')}, to be checked" if form.rows else "None yet"


def _to_do(template: Template) -> Iterator[str]:
    """Yield what to do, each a line that can be read without turning to the side."""
    year = template.year
    yield "On each sheet, first fill in the lines above the table that are boxed, then its rows."
    yield "Rows that are there are what the Board has: correct them, and add what is missing."
    yield "Leave empty what you do not know. Never write n/a, a dash or 0 for it: 0 means none."
    yield "Where a cell offers a list, choose from it. The sheet Lists says what the entries mean."
    yield f"Write a month as {year.first}-M06, a day as {day_text(date(year.first, 6, 1))}."
    yield "Write money in pounds, as 45203 or 45203.50, and a share as a number: 61.5 for 61.5%."
    yield "Name nobody in free text, and write nothing by which a child could be known."
    yield "Grey cells are only to be looked at: the row Example, and what begins with Last year."
    yield "Send the file back as it is, with all its sheets and headings."


def _lists(template: Template) -> Sheet:
    rows = tuple(
        (choices.name, choice.entry, choice.code, choice.meaning)
        for choices in template.lists
        for choice in choices.choices
    )
    lines = (
        Line("Lists", "title"),
        *_marking(template),
        Line(
            "What cells of the other sheets offer, and what it means. There is nothing to fill in."
        ),
        Line(Link(f"Back to {READ_ME}", READ_ME)),
    )
    headings = ("List", "Entry to choose", "Code", "Meaning")
    return Sheet(LISTS, lines, tuple(map(Heading, headings)), rows, 1)


def _marking(template: Template) -> Iterator[Line]:
    if template.marking:
        yield Line(template.marking)


def _ranges(lists: Sequence[Choices], sheet: Sheet) -> dict[str, str]:
    """Return where the entries of each list stand, as a cell's check names it."""
    found, first = {}, sheet.first_row + 1
    for choices in lists:
        last = first + len(choices.choices) - 1
        found[choices.name] = f"={LISTS}!$B${first}:$B${last}"
        first = last + 1
    return found


# The sheet of a table ----------------------------------------------------------------------------


class _Drawing:
    """The sheet of a form in the making."""

    def __init__(self, into: Any, form: Form, formats: Formats, ranges: Mapping[str, str]) -> None:
        self._into, self._form, self._ranges = into, form, ranges
        self._looks = _Looks(formats)
        self._formats = formats

    def write(self, template: Template) -> None:
        """Write the sheet of a template's form."""
        form, into = self._form, self._into
        lines = [Line(as_line(f"{form.title}, {template.year}"), "title"), *_marking(template)]
        lines.append(Line(as_line(form.asks)))
        after = [*map(Line, form.told), Line(Link(f"Back to {READ_ME}", READ_ME))]
        first_pair, first_told = len(lines), len(lines) + len(form.pairs)
        set_up_page(into)
        into.set_footer("&L&A&RPage &P of &N")
        write_lines(into, 0, lines, self._formats)
        for row, pair in enumerate(form.pairs, first_pair):
            self._write_pair(row, pair)
        write_lines(into, first_told, after, self._formats)
        into.set_row(first_told, _BEFORE_TOLD)
        into.write_string(first_told, 0, form.told[0], self._looks.told())
        self._write_table(first_told + len(after))
        into.protect("", _MAY_CHANGE)

    def _write_pair(self, row: int, pair: Pair) -> None:
        self._into.set_row(row, _PAIR_HEIGHT)
        self._into.write_string(row, 0, pair.label, self._looks.label())
        looks = self._looks.said(pair.said, is_entry=bool(pair.asked))
        self._write_entry(row, 1, pair.said or None, looks)
        if pair.asked:
            self._check((row, 1, row, 1), pair.asked)

    def _write_table(self, first: int) -> None:
        form, into = self._form, self._into
        number = len(form.rows) + form.spare
        last = first + 1 + number
        headings = unique_headings([Heading(ROW), *(Heading(c.heading) for c in form.columns)])
        columns = [FormColumn(ROW), *form.columns]
        into.add_table(
            *(first, 0, last, len(form.columns)),
            {
                "name": f"table_{form.table}",
                "title": as_line(form.title),
                "description": as_line(form.asks),
                "columns": [
                    {"header": told.text, "header_format": self._looks.heading(column, n)}
                    for n, (told, column) in enumerate(zip(headings, columns, strict=True))
                ],
                "autofilter": False,
                "style": None,
                "first_column": True,
            },
        )
        into.repeat_rows(first)
        into.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        widths = [_FIRST, *(_width(c, n, form) for n, c in enumerate(form.columns))]
        into.set_column(0, 0, widths[0])
        for column, (width, of) in enumerate(zip(widths[1:], form.columns, strict=True), 1):
            below = self._looks.below(of.shows_as) if of.asked else None
            into.set_column(column, column, width, below)
        narrow = [int(width * _BOLD) for width in widths]
        into.set_row(first, row_height([told.text for told in headings], narrow))
        self._write_example(first + 1)
        empty: tuple[Entry, ...] = (None,) * len(form.columns)
        for n, cells in enumerate((*form.rows, *[empty] * form.spare), 1):
            self._write_row(first + 1 + n, n, cells)
            shown = [_printed(cell) for cell in cells]
            if (height := row_height(shown, widths[1:])) > row_height([""], [_FIRST]):
                into.set_row(first + 1 + n, height)  # other rows grow as they are filled
        for n, asked_for in enumerate(form.columns, 1):
            if asked_for.asked:
                self._check((first + 2, n, last + ROWS_BELOW, n), asked_for.asked)

    def _write_example(self, row: int) -> None:
        self._into.write_string(row, 0, EXAMPLE, self._looks.example("text", is_first=True))
        for n, column in enumerate(self._form.columns, 1):
            shown = column.example
            looks = self._looks.example(column.shows_as if shown is not None else "text")
            self._write_entry(row, n, shown, looks)

    def _write_row(self, row: int, number: int, cells: Sequence[Entry]) -> None:
        self._into.write_number(row, 0, number, self._looks.number())
        for n, (column, cell) in enumerate(zip(self._form.columns, cells, strict=True), 1):
            if column.asked:
                looks = self._looks.entry(column.shows_as, cell)
            else:
                looks = self._looks.looked_at(column.shows_as)
            self._write_entry(row, n, cell, looks)

    def _write_entry(self, row: int, column: int, cell: Entry, looks: Any) -> None:
        if cell is None:
            self._into.write_blank(row, column, None, looks)
        elif isinstance(cell, str):
            self._into.write_string(row, column, cell.replace("\r\n", "\n"), looks)
        elif isinstance(cell, Decimal | int):
            self._into.write_number(row, column, float(cell), looks)
        else:
            self._into.write_datetime(row, column, datetime.combine(cell, time()), looks)

    def _check(self, cells: tuple[int, int, int, int], asked: Asked) -> None:
        """Have a program check what is entered in cells, and say what they take."""
        check = asked.check
        told: dict[str, Any] = {
            "validate": check.kind,
            "input_title": asked.title,
            "input_message": asked.prompt,
            "error_title": "Please look again",
            "error_message": asked.refusal,
        }
        if check.choices:
            told["source"] = self._ranges[check.choices.name]
            told["error_type"] = "warning" if check.choices.may_grow else "stop"
        else:
            told |= {"criteria": "between", "minimum": check.least, "maximum": check.most}
        self._into.data_validation(*cells, told)


class _Looks:
    """How the cells of a form look: white where something can be entered, else grey or plain."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats

    def label(self) -> Any:
        """Return the format of the label of what is said of the whole sheet."""
        return self._formats.of({"bold": True, "valign": "vcenter"})

    def told(self) -> Any:
        """Return the format of the first line of what is said before the table."""
        return self._formats.of({"valign": "vcenter"})

    def said(self, text: str, *, is_entry: bool) -> Any:
        """Return the format of what is said of the whole sheet, to be filled in or given."""
        looks = {**_shown_as("text"), "valign": "vcenter", **kept_as_text(text)}
        return self._formats.of({**looks, **(_ENTRY if is_entry else {})})

    def heading(self, column: FormColumn, place: int) -> Any:
        """Return the format of a column's heading."""
        looks = {"bottom": 2, "bottom_color": self._formats.colour, "bold": True}
        looks |= {"valign": "bottom", "text_wrap": True, "indent": min(place, 1)}
        looks |= {"align": "right" if column.is_numeric else "left"}
        is_looked_at = place and not column.asked
        return self._formats.of(
            {**looks, **(_GREY if is_looked_at else {"font_color": self._formats.colour})}
        )

    def number(self) -> Any:
        """Return the format of a row's number."""
        return self._formats.of({**_GREY, **_LINED, "align": "left"})

    def example(self, shows: str, *, is_first: bool = False) -> Any:
        """Return the format of a cell of the example."""
        looks = {**_GREY, **_LINED, "italic": True, "bold": is_first}
        return self._formats.of({**looks, **({} if is_first else _shown_as(shows))})

    def looked_at(self, shows: str) -> Any:
        """Return the format of a cell that is only to be looked at."""
        return self._formats.of({**_GREY, **_LINED, **_shown_as(shows)})

    def below(self, shows: str) -> Any:
        """Return the format of the cells below the table, where entries may go on."""
        return self._formats.of({"locked": False, **_shown_as(shows)})

    def entry(self, shows: str, cell: Entry) -> Any:
        """Return the format of a cell that is to be filled in."""
        # What a column of numbers holds that is none stays the text that it is.
        is_strange = isinstance(cell, str) and shows != "text"
        kept = kept_as_text(cell) if isinstance(cell, str) else {}
        return self._formats.of({**_ENTRY, **_shown_as("text" if is_strange else shows), **kept})


_GREY = {"bg_color": LIGHT["panel"], "font_color": LIGHT["muted"]}
_LINED = {"bottom": 1, "bottom_color": LIGHT["rule"]}
ROWS_BELOW = 1_000
"""So many rows below a table are checked as its own are: there entries may go on."""
_ENTRY = {"border": 1, "border_color": LIGHT["edge"], "locked": False}


def _shown_as(shows: str) -> dict[str, Any]:
    side = "right" if shows in NUMBERS else "left"
    looks = {"num_format": _SHOWN_AS[shows], "align": side, "indent": 1}
    return {**looks, "text_wrap": shows == "text"}


def _width(column: FormColumn, place: int, form: Form) -> int:
    """Return how many signs wide a column is: by what it holds, its list, and its heading."""
    words = max(map(len, column.heading.split())) + 4
    if column.shows_as != "text":
        return max(_WIDTHS[column.shows_as], words)
    cells = [_printed(row[place]) for row in form.rows]
    choices = column.asked.check.choices if column.asked else None
    cells += [choice.entry for choice in choices.choices] if choices else []
    longest = max((len(line) for cell in cells for line in cell.splitlines()), default=0) + 4
    least = _LEAST if choices else _OF_TEXT
    return max(least, words, min(longest, _WIDEST), _OF_PAIR if place == 0 else 0)


def _printed(cell: Entry) -> str:
    """Return what a reader sees of a cell, as far as its width matters."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else day_text(cell) if isinstance(cell, date) else "0"
