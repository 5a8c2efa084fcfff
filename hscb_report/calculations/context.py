"""The context in which the Board works: population, youth justice, homelessness, care.

Values stand beside each other as published. A rate is never derived from a count of another
period or counting rule.
"""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure, one
from hscb_report.schema.journey import MeasureValue


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


def share_under_18(values: Iterable[MeasureValue], area: str) -> Figure:
    """Return the part of an area's population that is under 18."""
    listed = tuple(values)
    return measure_value(listed, "under_18", area) / measure_value(listed, "population", area)
