"""Figures: a value that remembers which rows it was worked out from.

Calculations are written as plain arithmetic on figures; the rows behind a result gather on their
own, so that every number of the report can be traced to its cells. A missing value stays missing
through any arithmetic, a withheld one stays withheld, what rests on one to come is to come, and a
division by zero is missing, never an error or an infinity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import add, mul, sub
from typing import TypeVar

from hscb_report.schema import Place, Row
from hscb_report.schema.gaps import is_gap

Value = int | Decimal
AnyRow = TypeVar("AnyRow", bound=Row)
DERIVED = "derived"


@dataclass(frozen=True)
class Figure:
    """A value, the rows it comes from, and its basis (a cell's own, else "derived").

    Without a value it is missing: the data does not say. A figure that is `withheld` has a value
    which this edition does not tell, and here has none. One `to_come` is missing in a draft alone:
    a cell is still empty that a final report needs. A share of few is told by the counts, a part
    and its whole, that it is `out_of`. `searched` are the files that were looked through: of a
    count of nothing they are all that there is to say. `lacks` names the rows that were looked for
    and are not there.
    """

    value: Value | None
    rows: tuple[Place, ...] = ()
    basis: str = DERIVED
    withheld: bool = False
    searched: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    to_come: bool = False
    out_of: tuple[Value, Value] | None = None

    def __add__(self, other: Figure) -> Figure:
        return _combined(add, self, other)

    def __sub__(self, other: Figure) -> Figure:
        return _combined(sub, self, other)

    def __mul__(self, other: Figure) -> Figure:
        return _combined(mul, self, other)

    def __truediv__(self, other: Figure) -> Figure:
        return _combined(_quotient, self, other)

    def __neg__(self) -> Figure:
        value = None if self.value is None else -self.value
        return replace(self, value=value, basis=DERIVED, out_of=None)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the figure rests on, those in which nothing was found included."""
        return tuple(sorted({*(place.file for place in self.rows), *self.searched}))


MISSING = Figure(None)


def withheld(figure: Figure) -> Figure:
    """Return a figure that no longer tells its value, nor the rows that would give it away.

    It still names its files, and names them alike whether rows were found there or none.
    """
    return Figure(None, basis=figure.basis, withheld=True, searched=figure.files)


def to_come(figure: Figure) -> Figure:
    """Return a figure that a draft still waits for; one that is known or withheld as it is."""
    if figure.value is not None or figure.withheld:
        return figure
    return replace(figure, to_come=True)


def cell(row: Row, column: str) -> Figure:
    """Return the figure of one cell."""
    value, basis = getattr(row, column), getattr(row, "basis", DERIVED)
    if value is None and is_gap(row, column):
        return Figure(None, (row.place,), basis, to_come=True)
    return Figure(value, (row.place,), basis)


def total(
    rows: Iterable[AnyRow], column: str, where: Callable[[AnyRow], bool] | None = None
) -> Figure:
    """Return the sum of a column over the rows that `where` chooses; 0 for none."""
    listed = tuple(rows)
    addends = (cell(row, column) for row in listed if where is None or where(row))
    return looked_through(sum_of(addends), listed)


def total_of_some(
    rows: Iterable[AnyRow],
    column: str,
    where: Callable[[AnyRow], bool] | None = None,
    named: str = "",
) -> Figure:
    """Return the sum of a column over the rows that `where` chooses; missing, not 0, for none.

    `named` says which rows these are, for whoever has to add one.
    """
    found = total(rows, column, where)
    return found if found.rows else replace(found, value=None, lacks=(named,) if named else ())


def sum_of(figures: Iterable[Figure]) -> Figure:
    """Return the sum of figures; 0 for none, the figure itself for one."""
    addends = tuple(figures)
    if len(addends) < 2:
        return addends[0] if addends else Figure(0)
    # All at once: one after the other would put the rows in order as often.
    values = [figure.value for figure in addends]
    return Figure(
        None if None in values else sum(values),  # type: ignore[arg-type]
        tuple(sorted({place for figure in addends for place in figure.rows})),
        withheld=any(figure.withheld for figure in addends),
        searched=tuple(sorted({file for figure in addends for file in figure.searched})),
        lacks=tuple(dict.fromkeys(lack for figure in addends for lack in figure.lacks)),
        to_come=any(figure.to_come for figure in addends),
    )


def count(rows: Iterable[AnyRow], where: Callable[[AnyRow], bool] | None = None) -> Figure:
    """Return the number of the rows that `where` chooses.

    To count by `where`, and not rows chosen before, is what lets a count of nothing say where it
    looked.
    """
    listed = tuple(rows)
    counted = tuple(row for row in listed if where is None or where(row))
    return looked_through(Figure(len(counted), tuple(row.place for row in counted)), listed)


def count_by(rows: Iterable[AnyRow], column: str, where: Callable[[Value], bool]) -> Figure:
    """Return the number of the rows whose cell in a column has a value that `where` chooses.

    As long as one of these cells is to come, the number is too.
    """
    listed = tuple(rows)
    values = {row.place: getattr(row, column) for row in listed}
    found = count(listed, lambda row: values[row.place] is not None and where(values[row.place]))
    is_to_come = any(cell(row, column).to_come for row in listed)
    return to_come(replace(found, value=None)) if is_to_come else found


def one(
    rows: Iterable[AnyRow],
    column: str,
    where: Callable[[AnyRow], bool] | None = None,
    named: str = "",
) -> Figure:
    """Return the cell of the only row that `where` chooses, a missing figure where there is none.

    `named` says which row this is, for whoever has to add it.

    Raises ValueError when there are several: the choice is then not specific enough.
    """
    listed = tuple(rows)
    found = tuple(row for row in listed if where is None or where(row))
    if len(found) > 1:
        raise ValueError(f"{len(found)} rows where one was expected")
    missing = replace(MISSING, lacks=(named,) if named else ())
    return looked_through(cell(found[0], column) if found else missing, listed)


LEAST_OF_A_SHARE = 20
"""Of fewer a percentage would say more than the counts know, which are told instead."""


def share(part: Figure, whole: Figure) -> Figure:
    """Return a part of a count as a share of it; of few, with the counts that tell it.

    Missing where the whole is nothing.
    """
    found = part / whole
    if found.value is None or part.value is None or whole.value is None:
        return found
    is_of_few = whole.value < LEAST_OF_A_SHARE
    return replace(found, out_of=(part.value, whole.value)) if is_of_few else found


def looked_through(figure: Figure, rows: Sequence[Row]) -> Figure:
    """Return a figure as it is; one for which no row was found, with the files of these rows."""
    if figure.rows:
        return figure
    return replace(figure, searched=tuple(sorted({row.place.file for row in rows})))


def _quotient(left: Value, right: Value) -> Value | None:
    return Decimal(left) / Decimal(right) if right else None


def _combined(
    operation: Callable[[Value, Value], Value | None], left: Figure, right: Figure
) -> Figure:
    missing = left.value is None or right.value is None
    return Figure(
        None if missing else operation(left.value, right.value),  # type: ignore[arg-type]
        tuple(sorted({*left.rows, *right.rows})),
        withheld=left.withheld or right.withheld,
        searched=tuple(sorted({*left.searched, *right.searched})),
        lacks=tuple(dict.fromkeys((*left.lacks, *right.lacks))),
        to_come=left.to_come or right.to_come,
    )
