"""What stands in a cell of a workbook: text, a number with the way it is shown, a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hscb_report.figures import Figure
from hscb_report.results.exhibit import Cell, Column, Exhibit, Mark, Quantity
from hscb_report.results.measured import NO_FIGURE
from hscb_report.units import NOT_SHOWN, NOT_STATED, TO_COME, Unit

LONGEST_TEXT = 32_767
"""Signs that a cell can hold, each counted as UTF-16 does."""
_CUT = " … (the rest is in the CSV file)"
_MOST = 10**15
"""From here on a spreadsheet program no longer keeps every digit of a number."""

SHORTHAND = {
    "[c]": "Confidential: this edition does not show the number, so that nobody is known by it.",
    "[x]": "Not available: there is no number in what the report is made from.",
    TO_COME: "This is a draft, and the number is not there yet.",
}
"""What stands in the place of numbers, as other official statistics have it, and what it means."""
_SHORT = {NOT_SHOWN: "[c]", NOT_STATED: "[x]", NO_FIGURE: "[x]"}
_NOTHING = _SHORT[NOT_STATED]
_SIGNS = {"pounds": "£", "percent": "%"}


@dataclass(frozen=True)
class Number:
    """A number with all its digits, the number format that shows it, and what a reader sees."""

    value: float
    shown_as: str
    printed: str


@dataclass(frozen=True)
class Link:
    """A text that leads to a cell of another sheet."""

    text: str
    sheet: str
    cell: str = "A1"


@dataclass(frozen=True)
class Heading:
    """The heading of a column, and whether numbers stand below it."""

    text: str
    is_numeric: bool = False


Written = str | Number | Link


def table_of(exhibit: Exhibit) -> tuple[list[Heading], list[list[Written]]]:
    """Return the headings of an exhibit and its rows, with the units of numbers.

    A unit stands in its column's heading; of a column that mixes units, in a column of its own,
    which serves every such column if their units are the same in every row.
    """
    units = {n: exhibit.units(n) for n, column in enumerate(exhibit.columns) if column.mixed}
    common = _common(tuple(units.values()))
    headings: list[Heading] = []
    rows: list[list[Written]] = [[] for _ in exhibit.rows]
    for position, column in enumerate(exhibit.columns):
        if common and position == min(units):
            _add(headings, rows, Heading("Unit"), list(common))
        cells = [_written(row[position], column) for row in exhibit.rows]
        _add(headings, rows, Heading(_headed(column), column.is_numeric), cells)
        if position in units and not common:
            told = [unit or _NOTHING for unit in units[position]]
            _add(headings, rows, Heading(f"{column.heading}: unit"), told)
    return headings, rows


def shorthand_in(rows: Sequence[Sequence[Written]]) -> list[str]:
    """Return the shorthand that stands in the cells of a table."""
    there = {cell for row in rows for cell in row if isinstance(cell, str)}
    return [short for short in SHORTHAND if short in there]


def number_format(unit: Unit, decimals: int) -> str:
    """Return the number format that shows a value as the report prints it in its unit."""
    digits = f"#,##0{'.' if decimals else ''}{'0' * decimals}"
    after = unit.after.removeprefix("%")
    percent = "%" if after != unit.after else ""
    before = _literal(unit.said_before + unit.before)
    return f"{before}{digits}{percent}{_literal(after)}"


def _add(
    headings: list[Heading],
    rows: list[list[Written]],
    heading: Heading,
    cells: Sequence[Written],
) -> None:
    headings.append(heading)
    for row, cell in zip(rows, cells, strict=True):
        row.append(cell)


def _common(columns: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the unit of every row, if its columns have no two; nothing without such columns."""
    rows = [set(units) - {""} for units in zip(*columns, strict=True)]
    agree = all(len(units) == 1 for units in rows)
    return tuple(unit for units in rows for unit in units) if agree else ()


def _headed(column: Column) -> str:
    if column.unit is None:
        return column.heading
    unit = _SIGNS.get(column.unit.name, column.unit.name)
    is_said = unit.lower() in column.heading.lower()
    return column.heading if is_said else f"{column.heading} ({unit})"


def _written(cell: Cell, column: Column) -> Written:
    if isinstance(cell, Mark):
        return _text(cell.word)
    if isinstance(cell, str):
        return _text(_SHORT.get(cell, cell) if column.is_numeric else cell)
    if isinstance(cell, Quantity):
        return _number(cell.figure, cell.unit)
    assert column.unit is not None
    return _number(cell, column.unit)


def _number(figure: Figure, unit: Unit) -> Written:
    value, printed = unit.shown(figure.value), unit.text(figure)
    if value is None:
        return _SHORT.get(printed, printed)
    if not -_MOST < value < _MOST:
        return printed
    # A spreadsheet program shows 0.61 as 61%.
    told = Decimal(value) / 100 if unit.after.startswith("%") else value
    return Number(float(told), number_format(unit, unit.decimals_of(value)), printed)


def _text(text: str) -> str:
    """Return a text as a cell can hold it; none is blank, which a listener could not tell."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") or NOT_STATED
    return cut(text, LONGEST_TEXT, _CUT)


def cut(text: str, longest: int, ending: str = "…") -> str:
    """Return a text that is no longer than a program can hold."""
    signs = text.encode("utf-16-le", "surrogatepass")
    if len(signs) <= 2 * longest:
        return text
    return signs[: 2 * (longest - len(ending))].decode("utf-16-le", "ignore") + ending


def _literal(text: str) -> str:
    """Return a text as it stands in a number format."""
    inner = text.replace('"', '"\\""')
    return f'"{inner}"' if text else ""
