"""The published tables, one module a chapter."""

from __future__ import annotations

from datetime import date

from hscb_report.exhibits import (
    audits,
    board,
    budget,
    case_reviews,
    child_deaths,
    context,
    golden_thread,
    journey,
    plan,
    tracker,
    training,
)
from hscb_report.exhibits.exhibit import Column, Exhibit, Mark, Quantity, exhibit
from hscb_report.schema import Tables
from hscb_report.years import ReportingYear

__all__ = ["Column", "Exhibit", "Mark", "Quantity", "all_exhibits", "exhibit"]


def all_exhibits(
    tables: Tables, year: ReportingYear, area: str, as_at: date
) -> tuple[Exhibit, ...]:
    """Return every published table of a year.

    `area` is the board's own; `as_at` is the day at which the plan's actions are looked at.
    """
    return (
        *context.exhibits(tables, year),
        *journey.exhibits(tables, year),
        *audits.exhibits(tables, year),
        *case_reviews.exhibits(tables, year),
        *training.exhibits(tables, year),
        *child_deaths.exhibits(tables, year),
        *budget.exhibits(tables, year, area),
        *board.exhibits(tables, year),
        *plan.exhibits(tables, year, as_at),
        *tracker.exhibits(tables, year, as_at),
        *golden_thread.exhibits(tables, year),
    )
