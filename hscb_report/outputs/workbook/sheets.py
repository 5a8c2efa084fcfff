"""The sheets of a workbook: what stands on each, before any program's format of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from hscb_report.outputs.notices import approved, corrected, draft, marking, notice
from hscb_report.outputs.workbook.cells import (
    SHORTHAND,
    Heading,
    Link,
    Written,
    cut,
    shorthand_in,
    table_of,
)
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.published import Published
from hscb_report.schema.points import FIRST_PAGE
from hscb_report.wording import counted
from hscb_report.years import day_text

COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"
_LONGEST_NAME = 31
_LONGEST_LINE = 255
"""Signs of a heading, and of a link's text, beyond which Excel repairs a file."""
_UNSEEN = re.compile("[\x00-\x1f\x7f\ufffe\uffff]")
_TAKEN = (COVER, CONTENTS, NOTES, "History")
"""Names of sheets that are given already; Excel keeps the last for itself."""


@dataclass(frozen=True)
class Line:
    """A line above a table: its title, the heading of what follows, or text."""

    text: str | Link
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the lines at its top, and its table, if it has one."""

    name: str
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...] = ()
    rows: tuple[tuple[Written, ...], ...] = ()
    row_headers: int = 0

    @property
    def title(self) -> str:
        """The title, as short as a program takes it for what a table shows."""
        title = self.lines[0].text
        return as_line(title.text if isinstance(title, Link) else title)

    @property
    def first_row(self) -> int:
        """The number of the row that has the headings, counted from 1."""
        return len(self.lines) + 1


@dataclass
class _Notes:
    """The notes of all tables, each with a number by which sheets name it."""

    used: dict[str, list[str]] = field(default_factory=dict)

    def marks(self, notes: Iterable[str], sheet: str) -> list[str]:
        """Return the marks of a sheet's notes; equal ones have one number in the workbook."""
        for note in notes:
            sheets = self.used.setdefault(note, [])
            if sheet not in sheets:
                sheets.append(sheet)
        numbers = {note: number for number, note in enumerate(self.used, 1)}
        return [f"[note {numbers[note]}]" for note in dict.fromkeys(notes)]

    def rows(self) -> Iterator[tuple[Written, ...]]:
        """Yield the number of each note, the note, and the sheets that it is about."""
        for number, (note, sheets) in enumerate(self.used.items(), 1):
            yield (f"[note {number}]", note, ", ".join(sheets))


def sheets_of(report: Published) -> list[Sheet]:
    """Return the cover, the contents and the notes, if there are any, then a sheet for each table.

    Tables stand in the order of the report's contents. What is shown on pages that are in no PDF,
    the dictionary of the data, is not among them.
    """
    shown = _in_order(report)
    names = sheet_names([exhibit.label for exhibit, _ in shown])
    notes, short = _Notes(), dict[str, list[str]]()
    tables = []
    for (exhibit, page), name in zip(shown, names, strict=True):
        sheet = _table_sheet(report, exhibit, page, name)
        for used in shorthand_in(sheet.rows):
            short.setdefault(used, []).append(name)
        tables.append((sheet, notes.marks(exhibit.notes, name)))
    about = _notes_sheet(report, short, notes)
    listed = [_with_notes(sheet, marks, about) for sheet, marks in tables]
    told = [sheet for sheet in (_contents(report, shown, names), about) if sheet.rows]
    return [_cover(report, len(listed), told), *told, *listed]


def sheet_names(labels: Sequence[str]) -> list[str]:
    """Return a name for the sheet of each table: its label, as far as a name can be one."""
    taken = [name.lower() for name in _TAKEN]
    names = []
    for label in labels:
        plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_") or "table"
        tried = (plain[: _LONGEST_NAME - len(end)] + end for end in _endings())
        names.append(next(name for name in tried if name not in taken))
        taken.append(names[-1])
    return names


def _endings() -> Iterator[str]:
    yield ""
    yield from (f"_{number}" for number in count(2))


def _in_order(report: Published) -> list[tuple[Exhibit, str]]:
    """Return the tables, each with its page; one that no page shows, with the one before it."""
    order = {path: n for n, path in enumerate((FIRST_PAGE, *(p.path for p in report.contents)))}
    on_paper = {FIRST_PAGE, *(page.path for page in report.contents if page.part.volume)}
    page, found = "", []
    for exhibit in report.exhibits:
        page = report.shown_on.get(exhibit.label, page)
        if page in on_paper or page not in order:
            found.append((exhibit, page))
    return sorted(found, key=lambda shown: order.get(shown[1], len(order)))


def _table_sheet(report: Published, exhibit: Exhibit, page: str, name: str) -> Sheet:
    headings, rows = table_of(exhibit)
    shown = exhibit.title or exhibit.caption
    lines = [_title(report, shown)]
    if exhibit.title:
        lines.append(_text(exhibit.caption))
    on = f' It is on the page "{report.titles[page]}" of the report.' if page else ""
    lines.append(_text(f"This sheet has one table.{on}"))
    if used := shorthand_in(rows):
        told = " ".join(f"{short}: {SHORTHAND[short]}" for short in used)
        lines.append(_text(f"In the table, {told}"))
    lines.append(Line(Link("Back to the contents", CONTENTS)))
    return Sheet(
        name, tuple(lines), unique_headings(headings), tuple(map(tuple, rows)), exhibit.row_headers
    )


def _with_notes(sheet: Sheet, marks: Sequence[str], notes: Sheet) -> Sheet:
    """Return a table's sheet with a link to the first of its notes."""
    if not marks:
        return sheet
    listed = [row[0] for row in notes.rows]
    cell = f"A{notes.first_row + 1 + listed.index(marks[0])}"
    told = Line(Link(as_line(f"This table has {_counted(marks)}: {', '.join(marks)}"), NOTES, cell))
    return replace(sheet, lines=(*sheet.lines[:-1], told, sheet.lines[-1]))


def _counted(marks: Sequence[str]) -> str:
    return counted(len(marks), "note")


def _contents(report: Published, shown: Sequence[tuple[Exhibit, str]], names: list[str]) -> Sheet:
    parts = {page.path: page.part.title for page in report.contents}
    rows = [
        (
            name,
            Link(as_line(exhibit.title or exhibit.caption), name),
            report.titles.get(page, "none"),
            parts.get(page, "none"),
        )
        for (exhibit, page), name in zip(shown, names, strict=True)
    ]
    lines = (
        _title(report, "Contents"),
        _text(f"This sheet has one table, with a row for each of {_tables(len(rows))}."),
        Line(Link("Back to the cover", COVER)),
    )
    headings = ("Sheet", "Table", "Page of the report", "Part of the report")
    return Sheet(CONTENTS, lines, tuple(map(Heading, headings)), tuple(rows), 1)


def _notes_sheet(report: Published, short: dict[str, list[str]], notes: _Notes) -> Sheet:
    """Return what the shorthand means, then the notes, each with the sheets that have it."""
    rows: list[tuple[Written, ...]] = [
        (mark, meaning, ", ".join(short[mark]))
        for mark, meaning in SHORTHAND.items()
        if mark in short
    ]
    lines = (
        _title(report, "Notes"),
        _text("This sheet has one table: the shorthand and the notes of all tables."),
        Line(Link("Back to the contents", CONTENTS)),
    )
    headings = ("Mark", "What it says", "Sheets")
    return Sheet(NOTES, lines, tuple(map(Heading, headings)), (*rows, *notes.rows()), 1)


def _cover(report: Published, tables: int, told: Sequence[Sheet]) -> Sheet:
    board = report.settings.board
    lines = [_title(report, f"{board.name}: tables of the {report.settings.title}")]
    for heading, texts in _about(report, tables):
        if there := [text for text in texts if text]:
            lines += [Line(heading, "heading"), *map(_text, there)]
    if told:
        lines.append(Line("Where to go on", "heading"))
        lines += [Line(Link(sheet.name, sheet.name)) for sheet in told]
    return Sheet(COVER, tuple(lines))


def _about(report: Published, tables: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what a reader must know of the workbook, by headings."""
    board, year, kind = report.settings.board, report.year, notice(report)
    what = f"{_tables(tables)}, in the order of the report, each on a sheet of its own."
    exact = "Numbers are exact: where a cell shows a rounded number, it holds every digit."
    yield "What is in it", (what if tables else "The report has no table.", exact if tables else "")
    yield "How final it is", (draft(report) or "Final.", approved(report), corrected(report))
    yield "What kind of report it is", (kind.subtitle, kind.told)
    yield kind.publisher, (board.name, f"For the area of {board.area}")
    edition = "For the Board alone" if report.is_for_board else "For everybody"
    yield "Year", (f"{year}: {day_text(year.start)} to {day_text(year.end)}",)
    yield "Edition", (edition,)
    yield "Published", (report.settings.year.published or "",)
    yield "Contact", (board.contact or "", board.website or "")
    yield "Licence", (board.licence or "",)
    yield "The same tables for programs", ("CSV files are beside this file, as one archive too.",)


def _tables(number: int) -> str:
    return "one table" if number == 1 else f"{number:,} tables"


def _title(report: Published, text: str) -> Line:
    """Return the title of a sheet, which says what every page says of the report."""
    return Line(as_line(f"{marking(report)} {text}".strip(), 10 * _LONGEST_LINE), "title")


def _text(text: str) -> Line:
    return Line(as_line(text, 10 * _LONGEST_LINE))


def as_line(text: str, longest: int = _LONGEST_LINE) -> str:
    """Return a text as a line of signs that can be seen, for names and links can hold no others."""
    return cut(" ".join(_UNSEEN.sub(" ", text).split()), longest)


def unique_headings(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return headings of one line each, no two alike, by which alone a program tells columns."""
    taken: list[str] = []
    found = []
    for number, heading in enumerate(headings, 1):
        text = as_line(heading.text, _LONGEST_LINE - 10) or f"Column {number}"
        tried = (text, *(f"{text} {other}" for other in range(2, len(headings) + 2)))
        free = next(name for name in tried if name.lower() not in taken)
        taken.append(free.lower())
        found.append(replace(heading, text=free))
    return tuple(found)
