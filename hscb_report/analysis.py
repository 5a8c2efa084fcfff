"""What an analyst asks of a report beside what it prints: data frames, histories, texts filled in.

What is made of them goes into the book with `show_frame`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from hscb_report.checks.prose import filled_in
from hscb_report.display.mime import READING
from hscb_report.errors import UnknownNameError
from hscb_report.report import NOTEBOOKS
from hscb_report.results.exhibit import Exhibit, Quantity
from hscb_report.results.published import Published
from hscb_report.store.notebook_text import read_cells
from hscb_report.units import GAPS

if TYPE_CHECKING:
    import pandas

_DAY = "%d %B %Y"
_NUMBER = re.compile(r"\{numref\}`([^`]+)`")
IS_TOTAL = "is_total"
"""The column that marks rows that sum up others."""


class Report(Published):
    """A report as a notebook has it: what is published, and as data to work with."""

    def frame(self, label: str, *, long: bool = False, totals: bool = False) -> pandas.DataFrame:
        """Return a published table as data: numbers, days as dates, what is missing as missing.

        Numbers are floats in the unit of their column, not rounded. Rows that sum up others are
        left out; with `totals` they are there, and a column `is_total` marks them. A `long` frame
        has a row for each number, with the heading of its column in "measure", its "value" and its
        "unit". Raises UnknownNameError, which suggests the nearest label.
        """
        import pandas

        table = self.exhibit(label)
        sums = table.totals
        rows = [number for number in range(len(table.rows)) if totals or number not in sums]
        made = pandas.DataFrame(
            {n: _column(table, n, rows) for n in range(len(table.columns))}, index=range(len(rows))
        )
        names = [column.name for column in table.columns]
        if long:
            made = _long(table, made, names, rows)
        else:
            made.columns = pandas.Index(names)
        if totals:
            repeated = made.index if not long else made.pop("row")
            made[IS_TOTAL] = [rows[number] in sums for number in repeated]
        elif long:
            made = made.drop(columns="row")
        return made

    def history(self, fact: str) -> pandas.Series[float]:
        """Return what a number was in each period that is known, the oldest first, in its unit.

        Raises UnknownNameError, which suggests the nearest name.
        """
        import pandas

        found = self.facts[fact]
        known = [(earlier.period, earlier.figure) for earlier in found.earlier]
        known.append((found.own_period, found.figure))
        values = [_number(found.unit.shown(figure.value)) for _, figure in known]
        periods = pandas.Index([str(period) for period, _ in known], name="period")
        return pandas.Series(values, periods, dtype=float, name=found.label)

    def filled(self, text: str) -> str:
        """Return a text of a page or notebook as a reader has it: names as what they stand for.

        A number of a table, which only the book has, is the table's caption.
        """
        told = filled_in(text, self.values)
        return _NUMBER.sub(lambda found: f'the table "{self.exhibit(found[1]).caption}"', told)

    def read(self, notebook: str) -> Reading:
        """Return the text of a notebook as the book has it, filled in: to be read, not printed.

        Raises UnknownNameError, which suggests the nearest notebook.
        """
        file = NOTEBOOKS / f"{notebook}.ipynb"
        if not file.is_file():
            known = (path.stem for path in NOTEBOOKS.glob("*.ipynb"))
            raise UnknownNameError("notebook", notebook, known)
        cells = read_cells(file.read_text("utf-8-sig"))
        texts = [self.filled(cell.source) for cell in cells if cell.kind == "markdown"]
        said = {commentary.chapter: commentary.plain for commentary in self.commentaries}
        return Reading("\n\n".join([*texts[:1], said.get(notebook, ""), *texts[1:]]))


@dataclass(frozen=True)
class Reading:
    """A text for the reader of a notebook alone: the book leaves it out."""

    text: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {READING: {}, "text/markdown": self.text, "text/plain": self.text}


def for_analysts(report: Published) -> Report:
    """Return the same report, for a notebook."""
    own: dict[str, Any] = object.__getattribute__(report, "__dict__")
    kind: Any = type(report)
    made: Report = object.__new__(_kind(kind))
    object.__getattribute__(made, "__dict__").update(own)
    return made


@cache
def _kind(kind: Any) -> type[Report]:
    """Return what is a report for analysts, and of a kind besides, as one that notes is."""
    return Report if kind is Published else type("Report", (Report, kind), {})


def _column(table: Exhibit, position: int, rows: list[int]) -> list[Any]:
    """Return a column as numbers, as days if all that is said in it are days, or as text."""
    cells = table.values()
    values = [cells[number][position] for number in rows]
    if table.columns[position].is_numeric:
        return [_number(value) for value in values]
    texts = [None if _is_gap(value) else str(value) for value in values]
    days = [text and _day(text) for text in texts]
    is_of_days = any(days) and all(day for day, text in zip(days, texts, strict=True) if text)
    return _as_dates(days) if is_of_days else texts


def _as_dates(days: list[Any]) -> list[Any]:
    import pandas

    return [pandas.Timestamp(day) if day else pandas.NaT for day in days]


def _long(
    table: Exhibit, made: pandas.DataFrame, names: list[str], rows: list[int]
) -> pandas.DataFrame:
    """Return a frame with a row for each number, in the order of the table."""
    import pandas

    numeric = [n for n, column in enumerate(table.columns) if column.is_numeric]
    rest = [n for n in made.columns if n not in numeric]
    listed = [
        {
            **{names[n]: made.at[row, n] for n in rest},
            "measure": names[n],
            "value": made.at[row, n],
            "unit": _unit(table, rows[row], n),
            "row": row,
        }
        for row in made.index
        for n in numeric
    ]
    columns = [*(names[n] for n in rest), "measure", "value", "unit", "row"]
    return pandas.DataFrame(listed, columns=pandas.Index(columns))


def _unit(table: Exhibit, row: int, column: int) -> str:
    cell = table.rows[row][column]
    unit = cell.unit if isinstance(cell, Quantity) else table.columns[column].unit
    return unit.name if unit else ""


def _number(value: Any) -> float | None:
    return float(value) if value is not None and not isinstance(value, str) else None


def _is_gap(value: Any) -> bool:
    """Whether a cell says nothing; words that merely begin as a gap does are words."""
    return value is None or not str(value).strip() or value in GAPS


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, _DAY).date()
    except ValueError:
        return None
