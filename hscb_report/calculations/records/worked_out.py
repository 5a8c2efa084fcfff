"""What records give of a summary table, and where that differs from what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hscb_report.schema import Place, Row

Cells = Mapping[str, str]
"""A row of a table as its file has it: the text of each cell by its column."""


def _never(_row: Any) -> bool:
    return False


@dataclass(frozen=True)
class WorkedOut:
    """The rows of a summary table that records give.

    Each has its keys, the cells that are `counted` of it, so far as records tell them, and what a
    row needs besides where it is not there yet. A row that is there and not among these `counts_
    none` where records would have it if there were anything to count. Rows that are not `added`
    are only compared.
    """

    row: type[Row]
    counted: tuple[str, ...]
    rows: tuple[Cells, ...]
    counts_none: Callable[[Any], bool] = _never
    is_added: bool = True


@dataclass(frozen=True)
class Difference:
    """A cell of a summary table that is not what records give, or a row that is not there.

    `key` are the cells that tell the row apart, `place` is None where it is not there, `column`
    is "" where nothing is counted in it; `found` is None where the cell is empty.
    """

    row: type[Row]
    key: Cells
    place: Place | None
    column: str
    found: str | None
    given: str
    cells: Cells

    @property
    def is_contradiction(self) -> bool:
        """Whether something else stands there, and not just nothing yet."""
        return self.found is not None


def text_of(value: Any) -> str:
    """Return a value as a cell of a table has it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}-M{value.month:02}-{value.day:02}"
    return str(value)


def differences(worked_out: WorkedOut, there: Sequence[Row]) -> tuple[Difference, ...]:
    """Return each cell in which records give something else than a table's rows, in their order.

    Rows that are not there come last, and then each of their counted cells.
    """
    given = {_key(worked_out.row, row.get): row for row in worked_out.rows}
    by_key = {_key(worked_out.row, _cells_of(row).get): row for row in there}
    found = [*_of_rows(worked_out, given, by_key)]
    if worked_out.is_added:
        for key, cells in given.items():
            if key not in by_key:
                found += _of_new_row(worked_out, cells)
    return tuple(found)


def _of_rows(
    worked_out: WorkedOut, given: Mapping[tuple[str, ...], Cells], there: Mapping[Any, Row]
) -> Iterator[Difference]:
    for key, row in there.items():
        cells = given.get(key)
        if cells is None and worked_out.counts_none(row):
            cells = {**_named(worked_out.row, _cells_of(row)), **_nothing(worked_out)}
        for column in worked_out.counted if cells is not None else ():
            found = text_of(getattr(row, column)) or None
            if cells is not None and column in cells and cells[column] != found:
                of = _named(worked_out.row, cells)
                given_now = cells[column]
                yield Difference(worked_out.row, of, row.place, column, found, given_now, cells)


def _of_new_row(worked_out: WorkedOut, cells: Cells) -> Iterator[Difference]:
    key = _named(worked_out.row, cells)
    columns = [column for column in worked_out.counted if column in cells] or [""]
    for column in columns:
        yield Difference(worked_out.row, key, None, column, None, cells.get(column, ""), cells)


def _nothing(worked_out: WorkedOut) -> Cells:
    return dict.fromkeys(worked_out.counted, "0")


def _key(row: type[Row], get: Callable[[str], str | None]) -> tuple[str, ...]:
    return tuple(get(name) or "" for name in row.info.keys)


def _named(row: type[Row], cells: Cells) -> Cells:
    return {name: cells.get(name, "") for name in row.info.keys}


def _cells_of(row: Row) -> Cells:
    return {name: text_of(getattr(row, name)) for name in row.info.keys}


def in_order(rows: Iterable[Mapping[str, str]], row: type[Row]) -> tuple[Cells, ...]:
    """Return rows in the order of their keys, whatever order their records had."""
    return tuple(sorted(rows, key=lambda cells: _key(row, cells.get)))
