"""The context in which the Board works: who lives in its area."""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure
from hscb_report.schema.measurements import Measure


def population_measure(measures: Iterable[Measure], of: str) -> Measure | None:
    """Return the measure that is the number of "everybody", or of those "under_18"."""
    return next((row for row in measures if row.population == of), None)


def share_under_18(under_18: Figure, everybody: Figure) -> Figure:
    """Return the part of an area's population that is under 18, by the measures of the two."""
    return under_18 / everybody
