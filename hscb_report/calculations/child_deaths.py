"""Child deaths and the reviews of them by the Child Death Overview Panel.

A review completed in a year may concern a death of an earlier one: deaths and reviews are two
counts and are never subtracted from each other. Counts this small are told as counts: a share of
them, or an interval round it, would say more than is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from hscb_report.figures import MISSING, Figure, count, one, sum_of, to_come, total
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


def waiting(rows: Iterable[ChildDeath], whole: Collection[str]) -> Figure:
    """Return the deaths, of whatever year, that wait for a review at the year's end.

    `whole` are the categories that stand for all of them.
    """
    return _count_of(rows, "waiting", whole)


def waiting_expected(
    before: Iterable[ChildDeath], rows: Iterable[ChildDeath], whole: Collection[str]
) -> Figure:
    """Return the deaths that should wait for a review at the year's end.

    They are those that waited a year `before`, and the year's deaths, less the reviews completed.
    """
    listed = tuple(rows)
    return waiting(before, whole) + deaths(listed, whole) - reviews(listed, whole)


def counted_by(rows: Iterable[ChildDeath], counted: str, category: str) -> Figure:
    """Return the deaths, or the completed reviews, of one category; missing if it is not told.

    Modifiable factors are those of Working Together to Safeguard Children (2013), section 5.8.
    """
    return _count_of(rows, counted, (category,))


def is_broken_down(rows: Iterable[ChildDeath], counted: str, dimension: str) -> bool:
    """Whether deaths, reviews or those waiting are counted by a dimension at all."""
    return any(row.counted == counted and row.dimension == dimension for row in rows)


def in_category(
    rows: Iterable[ChildDeath],
    counted: str,
    dimension: str,
    category: str,
    whole: Collection[str],
) -> Figure:
    """Return the count of a category of a dimension.

    A category without a row is 0 where the others make up the whole; else it is missing, since
    nobody knows how many of the rest are of it.
    """
    listed = tuple(row for row in rows if row.counted == counted)
    told = _count_of(listed, counted, (category,))
    if told.value is not None or told.to_come:
        return told
    parts = total(listed, "children", lambda row: row.dimension == dimension)
    rest = _count_of(listed, counted, whole) - parts
    if rest.to_come:
        return to_come(told)
    return Figure(0, rest.rows) if parts.rows and rest.value == 0 else told


def pooled(
    years: Sequence[Iterable[ChildDeath]],
    counted: str,
    dimension: str,
    category: str,
    whole: Collection[str],
) -> Figure:
    """Return the count of a category over several years together.

    `years` are the rows of each, of those that have the dimension. Where the count of one of them
    is not known, that of all together is not.
    """
    if not years:
        return MISSING
    return sum_of(in_category(rows, counted, dimension, category, whole) for rows in years)


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
