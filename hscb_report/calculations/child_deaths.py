"""Child deaths and the reviews of them by the Child Death Overview Panel.

A review completed in a year may concern a death of an earlier one: deaths and reviews are two
counts and are never subtracted from each other. Counts this small are told as counts: a share of
them, or an interval round it, would say more than is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hscb_report.figures import Figure, count, one
from hscb_report.schema.cases import CdopLesson, ChildDeath


def deaths(rows: Iterable[ChildDeath], whole: Collection[str]) -> Figure:
    """Return the deaths of children of the area in the year.

    `whole` are the categories that stand for all of them.
    """
    return _count_of(rows, "deaths", whole)


def reviews(rows: Iterable[ChildDeath], whole: Collection[str]) -> Figure:
    """Return the reviews that the panel completed in the year.

    `whole` are the categories that stand for all of them.
    """
    return _count_of(rows, "reviews", whole)


def counted_by(rows: Iterable[ChildDeath], counted: str, category: str) -> Figure:
    """Return the deaths, or the completed reviews, of one category; missing if it is not told.

    Modifiable factors are those of Working Together to Safeguard Children (2013), section 5.8.
    """
    return _count_of(rows, counted, (category,))


def lessons(rows: Iterable[CdopLesson]) -> Figure:
    """Return the number of lessons."""
    return count(rows)


def _count_of(rows: Iterable[ChildDeath], counted: str, among: Collection[str]) -> Figure:
    return one(
        rows,
        "children",
        lambda row: row.counted == counted and row.category in among,
        named=f'counted "{counted}", category "{" or ".join(among)}"',
    )
