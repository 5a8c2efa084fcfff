"""What a chart may be drawn of, and for which widths: decided once, for every chart and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from hscb_report.figures import LEAST_OF_A_SHARE, Figure
from hscb_report.results.exhibit import Exhibit, Quantity
from hscb_report.results.phrases import is_count
from hscb_report.units import Unit

WIDTHS = MappingProxyType({"wide": 640, "narrow": 320})
"""The widths that a chart is drawn for: a page of a book or a screen, and a phone."""
LEAST_VALUES = 4
LEAST_SIZE = 10
_OF_DEATHS = re.compile(r"(?i)\b(?:deaths?|died|mortality|fatalit\w+|suicides?|stillbirths?)\b")


def why_no_chart(
    exhibit: Exhibit,
    columns: Sequence[str],
    without: Sequence[str] = (),
    least: int = LEAST_VALUES,
) -> str:
    """Return why columns of a table are not drawn; "" if they may be.

    A chart is drawn of so many values at `least`, usually four, never of counts that are all under
    ten, which are told one by one, never of shares of few, which are told by their counts, and
    never of deaths.
    """
    places = [n for n, column in enumerate(exhibit.columns) if column.name in columns]
    told = [exhibit.caption, *(unit for place in places for unit in exhibit.units(place))]
    if any(map(_OF_DEATHS.search, told)):
        return "deaths are told one by one."
    rows = [n for n in range(len(exhibit.rows)) if exhibit.text(n, 0) not in without]
    if not any(exhibit.columns[place].is_numeric for place in places):
        return "" if len(rows) >= least else f"there are fewer than {least} rows."
    cells = (_known(exhibit, row, place) for row in rows for place in places)
    known = [cell for cell in cells if cell is not None]
    if any(figure.out_of is not None for figure, _ in known):
        return f"shares of fewer than {LEAST_OF_A_SHARE} are told by their counts."
    values = [(figure.value or 0, unit) for figure, unit in known]
    if len(values) < least:
        return f"fewer than {least} values are known."
    if all(_counts(unit) and -LEAST_SIZE < value < LEAST_SIZE for value, unit in values):
        return f"every number is under {LEAST_SIZE}."
    return ""


def _known(exhibit: Exhibit, row: int, column: int) -> tuple[Figure, Unit] | None:
    """Return a figure that has a value, with its unit."""
    cell = exhibit.rows[row][column]
    figure = cell.figure if isinstance(cell, Quantity) else cell
    unit = cell.unit if isinstance(cell, Quantity) else exhibit.columns[column].unit
    if not isinstance(figure, Figure) or figure.value is None or unit is None:
        return None
    return figure, unit


def _counts(unit: Unit) -> bool:
    """Whether a unit counts one by one, as such or out of a whole: "8 of 10"."""
    return is_count(replace(unit, after="") if unit.name != "percent" else unit)
