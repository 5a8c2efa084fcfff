"""A data frame in the book: a table with caption, unit and source, or a chart in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hscb_report.display.charts import Drawing, ShownChart, show_chart
from hscb_report.display.shown import SHOW_FRAME, ShownTable, printed
from hscb_report.figures import Figure
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.units import NOT_STATED, Unit, measured_in
from hscb_report.wording import address

if TYPE_CHECKING:
    import pandas


def show_frame(
    frame: pandas.DataFrame,
    caption: str = "",
    *,
    unit: str | Mapping[str, str] = "",
    source: str = "",
    chart: Drawing | None = None,
) -> ShownTable | ShownChart | None:
    """Show a data frame as a numbered table, or an Altair chart of it: a cell's last line.

    Its index heads the rows, its first column if it has none. The `unit` is that of its numbers:
    "pounds", "percent", or what is counted; of several, one for each column, by heading. The
    `source` says what it was made from, in words. With a `chart`, that stands in the table's place,
    which the page shows on demand. Of an empty frame nothing is shown.

    Raises ValueError that names whatever is not given: without these, no reader can tell what a
    number is and where it comes from.
    """
    from pandas import RangeIndex
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    has_index = not isinstance(frame.index, RangeIndex)
    given = frame.reset_index() if has_index else frame
    headings = [_heading(name) for name in given.columns]
    levels = frame.index.nlevels if has_index else 1
    numeric = [
        position >= levels and is_numeric_dtype(kind) and not is_bool_dtype(kind)
        for position, kind in enumerate(given.dtypes)
    ]
    named = [heading for heading, is_so in zip(headings, numeric, strict=True) if is_so]
    units = _units(unit, named)
    lacking = {
        "caption": bool(caption.strip()),
        "unit": not named or set(named) <= units.keys(),
        "source": bool(source.strip()),
    }
    if not all(lacking.values()):
        missing = ", ".join(name for name, is_there in lacking.items() if not is_there)
        raise ValueError(f"a data frame is shown with {SHOW_FRAME}; missing here: {missing}.")
    if frame.empty:
        return None
    columns = [Column(heading, units.get(heading)) for heading in headings]
    cells = [
        [_cell(value, is_so) for value, is_so in zip(row, numeric, strict=True)]
        for row in given.itertuples(index=False)
    ]
    label = f"frame-{address(caption)}"
    made = exhibit(label, caption, columns, cells, f"Source: {source}", row_headers=levels)
    return ShownTable(made) if chart is None else show_chart(chart, made, named)


def _units(unit: str | Mapping[str, str], named: Sequence[str]) -> dict[str, Unit]:
    """Return the unit of each column of numbers that has one."""
    words = dict.fromkeys(named, unit) if isinstance(unit, str) else unit
    return {name: measured_in(told.strip(), None) for name, told in words.items() if told.strip()}


def _cell(value: Any, is_number: bool) -> str | Figure:
    """Return a value as a cell: numbers to ten digits, which is more than floats are exact to."""
    if not is_number:
        return printed(value)
    is_there = value is not None and value == value
    return Figure(Decimal(f"{value:.10g}") if is_there else None)


def _heading(name: Any) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return ", ".join(str(part) for part in parts if str(part)) or NOT_STATED
