"""The context in which the Board works: population, youth justice, homelessness, care.

Values stand beside each other as published. A rate is never derived from a count of another
period or counting rule.
"""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure, one
from hscb_report.schema.journey import MeasureValue
from hscb_report.schema.reference import Measure


def measure_value(values: Iterable[MeasureValue], measure: str, area: str) -> Figure:
    """Return a measure's value in an area, in the measure's unit; missing if not published.

    Of several periods the latest one counts.
    """
    listed = tuple(values)
    latest = latest_value(listed, measure, area)
    return one(listed, "value", lambda row: row is latest)


def latest_value(values: Iterable[MeasureValue], measure: str, area: str) -> MeasureValue | None:
    """Return a measure's row of the latest period in an area, None if there is no row."""
    rows = [row for row in values if (row.measure, row.area) == (measure, area)]
    return max(rows, key=lambda row: row.period, default=None)


def population_measure(measures: Iterable[Measure], of: str) -> str:
    """Return the measure that is the number of "everybody", or of those "under_18"; "" for none."""
    return next((row.measure for row in measures if row.population == of), "")


def share_under_18(
    values: Iterable[MeasureValue], under_18: str, everybody: str, area: str
) -> Figure:
    """Return the part of an area's population that is under 18, by the measures of the two."""
    listed = tuple(values)
    return measure_value(listed, under_18, area) / measure_value(listed, everybody, area)
