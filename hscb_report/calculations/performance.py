"""Performance monitoring: reports received and headline measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from hscb_report.figures import Figure, count, to_come, total
from hscb_report.schema.journey import HeadlineMeasure, PeriodicReport


def reports_received(reports: Iterable[PeriodicReport], *frequencies: str) -> Figure:
    """Return the number of periodic reports that come at one of the frequencies."""
    return count(reports, lambda row: row.frequency in frequencies)


def headline_measures(headlines: Iterable[HeadlineMeasure]) -> Figure:
    """Return the number of headline measures; one entry may stand for two."""
    return total(headlines, "measures")


def headlines_with_value(
    headlines: Iterable[HeadlineMeasure],
    measured: Collection[str],
    waiting: Collection[str] = (),
) -> Figure:
    """Return the number of headline entries for which a value is published.

    `measured` are the measures of which there is one, `waiting` those whose value a draft is still
    to have: then the number is to come, too.
    """
    listed = tuple(headlines)
    found = count(listed, lambda row: any(name in measured for name in row.shown_by or ()))
    named = {name for row in listed for name in row.shown_by or ()}
    return found if named.isdisjoint(waiting) else to_come(replace(found, value=None))
