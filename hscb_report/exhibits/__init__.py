"""The published tables, one module a chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hscb_report.exhibits import audits, budget, case_reviews, child_deaths, context, training
from hscb_report.exhibits.exhibit import Column, Exhibit, exhibit
from hscb_report.schema import Tables
from hscb_report.years import ReportingYear

__all__ = ["Column", "Exhibit", "all_exhibits", "exhibit"]

_CHAPTERS: tuple[Callable[[Tables, ReportingYear], Iterator[Exhibit]], ...] = (
    context.exhibits,
    audits.exhibits,
    case_reviews.exhibits,
    training.exhibits,
    child_deaths.exhibits,
    budget.exhibits,
)


def all_exhibits(tables: Tables, year: ReportingYear) -> tuple[Exhibit, ...]:
    """Return every published table of a year."""
    return tuple(found for chapter in _CHAPTERS for found in chapter(tables, year))
