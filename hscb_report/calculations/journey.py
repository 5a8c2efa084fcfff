"""The improvement journey: the areas that the inspections are set against."""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure, count
from hscb_report.schema.journey import InspectionStatement


def journey_areas(statements: Iterable[InspectionStatement]) -> Figure:
    """Return the number of areas that the inspections are set against."""
    first: dict[str, InspectionStatement] = {}
    for row in statements:
        first.setdefault(row.area, row)
    return count(first.values())
