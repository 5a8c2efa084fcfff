"""Performance monitoring: reports received and headline measures (L453-516)."""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure, count, total
from hscb_report.schema.journey import HeadlineMeasure, InspectionStatement, PeriodicReport, Policy


def reports_received(reports: Iterable[PeriodicReport], *frequencies: str) -> Figure:
    """Return the number of periodic reports that come at one of the frequencies."""
    return count(row for row in reports if row.frequency in frequencies)


def headline_measures(headlines: Iterable[HeadlineMeasure]) -> Figure:
    """Return the number of headline measures; one entry may stand for two."""
    return total(headlines, "measures")


def headlines_with_value(headlines: Iterable[HeadlineMeasure]) -> Figure:
    """Return the number of headline entries for which a value is published."""
    return count(row for row in headlines if row.value is not None)


def policies_with_status(policies: Iterable[Policy], status: str) -> Figure:
    """Return the number of policies developed, or scheduled (L739-765)."""
    return count(row for row in policies if row.status == status)


def journey_areas(statements: Iterable[InspectionStatement]) -> Figure:
    """Return the number of areas that the inspections are mapped against (L352-400)."""
    first: dict[str, InspectionStatement] = {}
    for row in statements:
        first.setdefault(row.area, row)
    return count(first.values())
