"""Figures: a value that remembers which rows it was worked out from.

Measures are written as plain arithmetic on figures; the rows behind a result gather on their own,
so that every number of the report can be traced to its cells. A missing value stays missing
through any arithmetic, and a division by zero is missing, never an error or an infinity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import add, mul, sub

from hscb_report.schema import Place, Row

Value = int | Decimal
DERIVED = "derived"


@dataclass(frozen=True)
class Figure:
    """A value, the rows it comes from, and its basis (a cell's own, else "derived")."""

    value: Value | None
    rows: tuple[Place, ...] = ()
    basis: str = DERIVED

    def __add__(self, other: Figure) -> Figure:
        return _combined(add, self, other)

    def __sub__(self, other: Figure) -> Figure:
        return _combined(sub, self, other)

    def __mul__(self, other: Figure) -> Figure:
        return _combined(mul, self, other)

    def __truediv__(self, other: Figure) -> Figure:
        return _combined(_quotient, self, other)

    def __neg__(self) -> Figure:
        return Figure(None if self.value is None else -self.value, self.rows)


def cell(row: Row, column: str) -> Figure:
    """Return the figure of one cell."""
    return Figure(getattr(row, column), (row.place,), getattr(row, "basis", DERIVED))


def total(rows: Iterable[Row], column: str) -> Figure:
    """Return the sum of a column; 0 for no rows."""
    return sum_of(cell(row, column) for row in rows)


def sum_of(figures: Iterable[Figure]) -> Figure:
    """Return the sum of figures; 0 for none, the figure itself for one."""
    addends = tuple(figures)
    return reduce(add, addends) if addends else Figure(0)


def count(rows: Iterable[Row]) -> Figure:
    """Return the number of rows."""
    counted = tuple(rows)
    return Figure(len(counted), tuple(row.place for row in counted))


def one(rows: Iterable[Row], column: str) -> Figure:
    """Return the cell of the only row, and a missing figure where there is none.

    Raises ValueError when there are several: the caller's filter is then not specific enough.
    """
    found = tuple(rows)
    if len(found) > 1:
        raise ValueError(f"{len(found)} rows where one was expected")
    return cell(found[0], column) if found else Figure(None)


def _quotient(left: Value, right: Value) -> Value | None:
    return Decimal(left) / Decimal(right) if right else None


def _combined(
    operation: Callable[[Value, Value], Value | None], left: Figure, right: Figure
) -> Figure:
    missing = left.value is None or right.value is None
    value = None if missing else operation(left.value, right.value)  # type: ignore[arg-type]
    return Figure(value, tuple(sorted({*left.rows, *right.rows})))
