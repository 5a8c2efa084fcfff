"""Child deaths and the reviews of them by the Child Death Overview Panel (L716-737).

A review completed in a year may concern a death of an earlier one (issue I-12): deaths and reviews
are two counts and are never subtracted from each other. Numbers are small, so a share is only
shown with the interval that it leaves open.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hscb_report.figures import Figure, Value, count, one
from hscb_report.schema.cases import CdopLesson, ChildDeath

# The 97.5 % point of the normal distribution, for a 95 % interval.
_Z = Decimal("1.959964")
SMALL_NUMBER = 20


def deaths(rows: Iterable[ChildDeath]) -> Figure:
    """Return the deaths of children of the area in the year."""
    return _count_of(rows, "deaths", "total", "all")


def reviews(rows: Iterable[ChildDeath]) -> Figure:
    """Return the reviews that the panel completed in the year."""
    return _count_of(rows, "reviews", "total", "all")


def reviews_by(rows: Iterable[ChildDeath], dimension: str, category: str) -> Figure:
    """Return the completed reviews of one category; missing if it is not published."""
    return _count_of(rows, "reviews", dimension, category)


def lessons(rows: Iterable[CdopLesson]) -> Figure:
    """Return the number of lessons."""
    return count(rows)


def modifiable_share(rows: Iterable[ChildDeath]) -> Figure:
    """Return the part of completed reviews that found modifiable factors, from 0 to 1.

    Modifiable factors are those of Working Together to Safeguard Children (2013), section 5.8.
    """
    part, whole = _modifiable_of_reviewed(rows)
    return part / whole


def modifiable_share_low(rows: Iterable[ChildDeath]) -> Figure:
    """Return the lowest share that the count of reviews is compatible with (95 %, Wilson)."""
    return wilson_interval(*_modifiable_of_reviewed(rows))[0]


def modifiable_share_high(rows: Iterable[ChildDeath]) -> Figure:
    """Return the highest share that the count of reviews is compatible with (95 %, Wilson)."""
    return wilson_interval(*_modifiable_of_reviewed(rows))[1]


def wilson_interval(part: Figure, whole: Figure) -> tuple[Figure, Figure]:
    """Return the bounds of part / whole, as shares from 0 to 1; missing where there is no share.

    The Wilson score interval holds for small counts, where the usual one does not (E. B. Wilson,
    Journal of the American Statistical Association 22, 1927).
    """
    share = part / whole
    if part.value is None or not whole.value or part.value > whole.value:
        return Figure(None, share.rows), Figure(None, share.rows)
    low, high = wilson_bounds(part.value, whole.value)
    return Figure(low, share.rows), Figure(high, share.rows)


def wilson_bounds(part: Value, whole: Value) -> tuple[Decimal, Decimal]:
    """Return the bounds of the 95 % Wilson score interval of part / whole, for whole above 0."""
    n, p, z2 = Decimal(whole), Decimal(part) / Decimal(whole), _Z * _Z
    centre = p + z2 / (2 * n)
    half = _Z * ((p * (1 - p) + z2 / (4 * n)) / n).sqrt()
    scale = 1 + z2 / n
    # At a share of 0 or 1 a bound is the share itself, but for the last digits.
    low = min(max((centre - half) / scale, Decimal(0)), p)
    high = max(min((centre + half) / scale, Decimal(1)), p)
    return (Decimal(0), high) if part == 0 else (low, high)


def _modifiable_of_reviewed(rows: Iterable[ChildDeath]) -> tuple[Figure, Figure]:
    listed = tuple(rows)
    return reviews_by(listed, "modifiable", "modifiable"), reviews(listed)


def _count_of(rows: Iterable[ChildDeath], counted: str, dimension: str, category: str) -> Figure:
    wanted = (counted, dimension, category)
    return one(
        (row for row in rows if (row.counted, row.dimension, row.category) == wanted), "children"
    )
