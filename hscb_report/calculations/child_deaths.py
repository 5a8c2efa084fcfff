"""Child deaths and the reviews of them by the Child Death Overview Panel.

A review completed in a year may concern a death of an earlier one: deaths and reviews are two
counts and are never subtracted from each other. Counts this small are told as counts: a share of
them, or an interval round it, would say more than is known.
"""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure, count, one
from hscb_report.schema.cases import CdopLesson, ChildDeath


def deaths(rows: Iterable[ChildDeath]) -> Figure:
    """Return the deaths of children of the area in the year."""
    return _count_of(rows, "deaths", "total", "all")


def reviews(rows: Iterable[ChildDeath]) -> Figure:
    """Return the reviews that the panel completed in the year."""
    return _count_of(rows, "reviews", "total", "all")


def reviews_by(rows: Iterable[ChildDeath], dimension: str, category: str) -> Figure:
    """Return the completed reviews of one category; missing if it is not published.

    Modifiable factors are those of Working Together to Safeguard Children (2013), section 5.8.
    """
    return _count_of(rows, "reviews", dimension, category)


def lessons(rows: Iterable[CdopLesson]) -> Figure:
    """Return the number of lessons."""
    return count(rows)


def _count_of(rows: Iterable[ChildDeath], counted: str, dimension: str, category: str) -> Figure:
    wanted = (counted, dimension, category)
    return one(rows, "children", lambda row: (row.counted, row.dimension, row.category) == wanted)
