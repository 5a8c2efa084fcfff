"""Whether rows that a file holds are there once it was read: counted and compared by ourselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from hscb_report.schema import Row, TableSchema
from hscb_report.schema.tables import ColumnInfo

Numbered = tuple[int, list[str]]


def losses(table: TableSchema, rows: Sequence[Row], raw: bytes) -> Iterator[str]:
    """Yield what a file holds and the rows read from it lack, though nothing was said of it."""
    header, *body = _filled_rows(raw) or [(1, [])]
    if len(body) != len(rows):
        yield f"{len(body)} rows in the file, {len(rows)} read"
        return
    names = [name.strip() for name in header[1]]
    columns = {column.name: column for column in table.columns}
    for (number, cells), row in zip(body, rows, strict=True):
        if row.place.row != number:
            yield f"row {number} is told as row {row.place.row}"
        for name, cell in zip(names, cells, strict=False):
            if name in columns and not _is_same(columns[name], cell, getattr(row, name)):
                yield f'column "{name}": {cell[:60]!r} was read as {str(getattr(row, name))[:60]!r}'


def _filled_rows(raw: bytes) -> list[Numbered]:
    """Return the rows in which anything stands, with their numbers in a spreadsheet."""
    csv.field_size_limit(10_000_000)
    text = raw.decode("utf-8-sig", "replace").replace("\0", "")
    rows = enumerate(csv.reader(io.StringIO(text, newline="")), 1)
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


def _is_same(column: ColumnInfo, cell: str, value: Any) -> bool:
    """Whether a value is what a cell says; an empty one may have its usual value."""
    told = cell.strip()
    if not told:
        return True
    if isinstance(value, str):
        return value in (told, told[1:-1])
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _number(told) == value
    return value is not None and bool(value == column.kind.read(told))


def _number(told: str) -> Decimal | None:
    plain = told.replace("£", "").replace(",", "").replace("−", "-").replace(" ", "")
    if plain.startswith("("):
        plain = f"-{plain.strip('()')}"
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
