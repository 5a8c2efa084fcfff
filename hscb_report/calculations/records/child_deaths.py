"""From records of child deaths to counts of deaths, reviews and those waiting, and to times.

A death is one of the year by its day, a review by the day on which it was completed; so those who
wait for one at the year's end are those of a year before and the year's deaths, less its reviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hscb_report.calculations.records.told import Told, days_told, share_told
from hscb_report.calculations.records.worked_out import WorkedOut
from hscb_report.schema.cases import ChildDeath
from hscb_report.schema.records import ChildDeathRecord
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.years import ReportingYear

_BROKEN_DOWN = ("sex", "age_band", "ethnicity", "category", "expected", "modifiable")
"""The columns of a record by which children are counted, each with codes of one dimension."""
_TIMELINESS = (("within_6_months", 6), ("6_to_12_months", 12), ("over_12_months", 10_000))
"""The usual codes for the time from death to review, each with the months that it ends with."""
_FEWEST, _MOST = 3, 5
"""How many years may be told together: fewer say little, of more the earliest say nothing now."""


def deaths_in(records: Iterable[ChildDeathRecord], year: ReportingYear) -> list[ChildDeathRecord]:
    """Return the children who died in the year."""
    return [row for row in records if year.contains(row.died)]


def reviews_in(records: Iterable[ChildDeathRecord], year: ReportingYear) -> list[ChildDeathRecord]:
    """Return the children whose review was completed in the year, whenever they died."""
    return [row for row in records if row.reviewed and year.contains(row.reviewed)]


def waiting_at(records: Iterable[ChildDeathRecord], end: date) -> list[ChildDeathRecord]:
    """Return the children who had died by a day and whose review was not completed by then."""
    return [
        row for row in records if row.died <= end and not (row.reviewed and row.reviewed <= end)
    ]


def deaths_worked_out(
    records: Sequence[ChildDeathRecord], year: ReportingYear, categories: Vocabulary
) -> tuple[WorkedOut, ...]:
    """Return deaths of the year, reviews completed in it and those waiting, whole and broken down.

    Each is broken down by what is recorded of every child that it counts; `categories` are the
    words in force. Nothing is given where there are no records.
    """
    if not records:
        return ()
    counted = {
        "deaths": deaths_in(records, year),
        "reviews": reviews_in(records, year),
        "waiting": waiting_at(records, year.end),
    }
    numbers = {name: _numbers(name, children, categories) for name, children in counted.items()}
    rows = tuple(
        {"counted": name, "dimension": dimension, "category": code, "children": str(children[code])}
        for name, by_dimension in numbers.items()
        for dimension, children in by_dimension.items()
        for code in sorted(children, key=list(categories).index)
    )
    told = {(row["counted"], row["dimension"]) for row in rows}

    def counts_none(row: ChildDeath) -> bool:
        return not counted[row.counted] or (row.counted, row.dimension) in told

    return (WorkedOut(ChildDeath, ("children",), rows, counts_none),)


def _numbers(
    name: str, children: Sequence[ChildDeathRecord], categories: Vocabulary
) -> Mapping[str, Mapping[str, int]]:
    """Return the number of children in each category, by dimension; none of 0 but the whole."""
    found: dict[str, Counter[str]] = {}
    for code in categories.meaning("whole"):
        found[categories.of[code]] = Counter({code: len(children)})
    for column in _BROKEN_DOWN:
        codes = [getattr(row, column) for row in children]
        if codes and all(codes):
            for code in codes:
                found.setdefault(categories.of.get(code, column), Counter())[code] += 1
    if name == "reviews":
        found |= _by_time(children, categories)
    return found


def _by_time(
    reviews: Iterable[ChildDeathRecord], categories: Vocabulary
) -> dict[str, Counter[str]]:
    """Return the reviews by the time that they took, where the words in force are the usual."""
    if any(code not in categories for code, _ in _TIMELINESS):
        return {}
    found: dict[str, Counter[str]] = {}
    for row in reviews:
        if row.reviewed:
            of_months = ((c, later(row.died, months)) for c, months in _TIMELINESS)
            code = next(c for c, last in of_months if row.reviewed <= last)
            found.setdefault(categories.of[code], Counter())[code] += 1
    return found


def later(day: date, months: int) -> date:
    """Return the same day of a later month, or its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(min(year, date.max.year), month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def of_no_count(records: Iterable[ChildDeathRecord], year: ReportingYear) -> list[ChildDeathRecord]:
    """Return the records of children whom no count of the year has: they belong to another."""
    listed = tuple(records)
    counted = (
        *(deaths_in(listed, year) + reviews_in(listed, year)),
        *waiting_at(listed, year.end),
    )
    children = {row.child for row in counted}
    return [row for row in listed if row.child not in children]


# What a board asks besides -------------------------------------------------------------------


def days_to_review(reviews: Iterable[ChildDeathRecord]) -> list[int]:
    """Return the days from each death to the end of its review."""
    return [(row.reviewed - row.died).days for row in reviews if row.reviewed]


def days_to_notification(deaths: Iterable[ChildDeathRecord]) -> list[int]:
    """Return the days from each death to the day on which the panel was told, where it is known."""
    return [(row.notified - row.died).days for row in deaths if row.notified]


@dataclass(frozen=True)
class Pool:
    """Deaths, reviews and those of them with modifiable factors, of several years together."""

    years: tuple[ReportingYear, ...]
    deaths: int
    reviews: int
    modifiable: int | None


def pooled(
    by_year: Mapping[ReportingYear, Sequence[ChildDeathRecord]],
    year: ReportingYear,
    modifiable: Collection[str],
) -> Pool | None:
    """Return the counts of three to five years that end with one; None where one is missing.

    Each child counts once. Of factors nothing is told where they are not recorded of every review.
    """
    years: list[ReportingYear] = []
    while len(years) < _MOST and by_year.get(before := ReportingYear(year.first - len(years))):
        years.insert(0, before)
    if len(years) < _FEWEST:
        return None
    deaths = {row.child for one in years for row in deaths_in(by_year[one], one)}
    reviews = {row.child: row for one in years for row in reviews_in(by_year[one], one)}
    factors = [row.modifiable for row in reviews.values()]
    found = sum(code in modifiable for code in factors) if all(factors) else None
    return Pool(tuple(years), len(deaths), len(reviews), found)


def deaths_told(
    by_year: Mapping[ReportingYear, Sequence[ChildDeathRecord]],
    year: ReportingYear,
    categories: Vocabulary,
) -> Iterator[Told]:
    """Yield the backlog, the time to review and to notification, and several years together."""
    records = by_year.get(year, ())
    if not records:
        return
    waiting = waiting_at(records, year.end)
    yield Told("Deaths waiting for a review at the year's end", str(len(waiting)))
    if waiting:
        longest = max((year.end - row.died).days for row in waiting)
        yield Told("Longest wait for a review at the year's end", f"{longest} days since the death")
    reviews = reviews_in(records, year)
    if times := days_to_review(reviews):
        yield Told(f"Time from death to review ({len(times)} reviewed)", days_told(times))
    if times := days_to_notification(deaths_in(records, year)):
        yield Told(f"Time from death to notification ({len(times)} notified)", days_told(times))
    if pool := pooled(by_year, year, categories.meaning("modifiable")):
        yield from _pool_told(pool)


def _pool_told(pool: Pool) -> Iterator[Told]:
    first, last, number = pool.years[0], pool.years[-1], len(pool.years)
    span = f"{first} to {last}, {number} years together"
    yield Told(f"Deaths, {span}", str(pool.deaths))
    yield Told(f"Reviews, {span}", str(pool.reviews))
    if pool.modifiable is not None:
        told = share_told(pool.modifiable, pool.reviews)
        yield Told(f"Reviews with modifiable factors, {span}", told)
