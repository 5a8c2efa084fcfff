"""What becomes of a table when the next year begins: the rows that are taken, and their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hscb_report.results.chapter import Taken
from hscb_report.schema import TableSchema
from hscb_report.schema.line import Line
from hscb_report.years import a_year_later


@dataclass(frozen=True)
class Begun:
    """A row with which the next year's table begins; one `to_fill` lacks what last year's had.

    One that `is_made` has cells that follow from last year's: it is not last year's row.
    """

    line: Line
    to_fill: bool
    is_made: bool = False


def begun(
    schema: TableSchema, lines: Sequence[Line], taken: Iterable[Taken] | None = None
) -> tuple[Begun, ...]:
    """Return the rows with which a table begins, given those of the year before.

    `taken` are the rows that its chapter chooses, where it does. A row that the year before has
    already, of a time that it told of later, is not begun again.
    """
    if taken is None and schema.info.next_year != "rows":
        return ()
    by_number = {line.number: line for line in lines}
    chosen = [Taken(line.number) for line in lines] if taken is None else list(taken)
    known = {_key(schema, line) for line in lines}
    is_dated = any(c.carried.as_ == "later" and c.name in schema.info.keys for c in schema.columns)
    rows = (_row(schema, by_number[take.row], take) for take in chosen if take.row in by_number)
    found = [row for row in rows if not (is_dated and _key(schema, row.line) in known)]
    return tuple({_key(schema, row.line): row for row in found}.values())


def _key(schema: TableSchema, line: Line) -> tuple[str, ...]:
    return tuple(line.get(name) for name in schema.info.keys)


def _row(schema: TableSchema, line: Line, take: Taken) -> Begun:
    """Return a row a year on; what says where last year's came from is not taken with it."""
    cells = {**dict(_cells(schema, line)), **take.cells}
    known = {column.name for column in schema.columns}
    cells = {name: cell for name, cell in cells.items() if cell and name in known}
    to_fill = any(
        line.get(column.name) and column.name not in cells
        for column in schema.columns
        if column.name not in schema.about_rows
        and (column.required or column.carried.as_ == "empty")
    )
    if not (to_fill or take.cells) and line.get("note"):
        cells["note"] = line.get("note")
    return Begun(Line(line.number, cells), to_fill, bool(take.cells))


def _cells(schema: TableSchema, line: Line) -> Iterator[tuple[str, str]]:
    for column in schema.columns:
        if column.name in schema.about_rows:
            continue
        name = column.carried.begins_as or column.name
        cell, becomes = line.get(name), column.carried.as_
        if column.carried.begins_as or becomes == "kept":
            told = cell
        else:
            told = a_year_later(cell) if becomes == "later" else ""
        if told:
            yield column.name, told
