"""Strategic priorities: what was said, what was done, what difference is claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hscb_report.calculations import measurements, priorities
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.results.chapter import THE_DATA, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.titles import part
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import PriorityStatement, StrategicPriority
from hscb_report.schema.measurements import (
    MEASURING,
    Area,
    Measure,
    Measurement,
    ProtectedMeasurement,
)
from hscb_report.schema.measurements import measurements as measurements_of
from hscb_report.units import count_of
from hscb_report.wording import counted, first_upper
from hscb_report.years import Period

CLAIMED = "claimed-differences"
"""The table that ends the page: each difference with what it claims and rests on."""


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    rows, statements, differences = data.tables[PriorityStatement], count_of("statements"), count_of("differences")
    for name, kind, unit in (("said", "said", statements), ("did", "did", statements), ("differences", "difference", differences)):
        yield fact(f"priorities.{name}", f"Strategic priorities: {words.STATEMENT_KIND[kind].lower()}", unit, priorities.statements, rows, kind)
    yield fact("priorities.differences_with_figures", "Claimed differences with figures to compare", differences, priorities.differences_graded, rows, "figures", whole="differences")
    yield fact("priorities.claims_of_increase", "Claimed differences that claim an increase", differences, priorities.claims_of, rows, "increase", whole="differences")
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield a table for each priority, then the claimed differences and what they rest on."""
    for priority in data.tables[StrategicPriority]:
        yield _priority(data, priority)
    rows = data.tables[PriorityStatement]
    yield exhibit(
        "evidence-grades",
        f"Claimed differences by what they rest on, number, {data.year}",
        (Column("Evidence"), Column("Claimed differences", count_of("statements"))),
        [
            (first_upper(words.EVIDENCE[grade.evidence]), grade.differences)
            for grade in priorities.grades(rows)
        ]
        if rows
        else [],
        title=_rests_on_figures(rows),
    )
    yield exhibit(
        CLAIMED,
        f"Each claimed difference: what it claims, and what it rests on, {data.year}",
        (Column("Claimed difference"), Column("Claims"), Column("Rests on")),
        [
            (
                row.statement,
                words.CLAIM[row.claim],
                words.EVIDENCE[row.evidence] if row.evidence else "not graded",
            )
            for row in rows
            if row.kind == "difference"
        ],
    )


def _rests_on_figures(rows: Iterable[PriorityStatement]) -> str:
    """Return how many of the claimed differences rest on figures."""
    listed = tuple(rows)
    whole = priorities.statements(listed, "difference")
    graded = priorities.differences_graded(listed, "figures")
    return part(graded, whole, "claimed differences", "rested on figures")


def _priority(data: YearData, priority: StrategicPriority) -> Exhibit:
    rows = [row for row in data.tables[PriorityStatement] if row.priority == priority.priority]
    return exhibit(
        f"priority-{priority.priority}",
        f"Priority {priority.priority}: {priority.title}",
        (Column("Statement"), Column("Kind")),
        [(row.statement, words.STATEMENT_KIND[row.kind]) for row in rows],
        *data.of_source("Statements are given in summary."),
        group="priorities",
        title=_rests_on_figures(rows),
    )


def _claims_have_values(data: YearData) -> Breaches:
    """Hold what is claimed to a measure's values over the years, in direction and in size."""
    measures = {row.measure: row for row in data.tables[Measure]}
    earlier = (measurements_of(year.tables) for year in reversed(data.earlier))
    values = measurements.told(measurements_of(data.tables), earlier)
    own = [row.area for row in data.tables[Area] if row.kind == "own"]
    year = Period.of_year(data.year)
    for row in data.tables[PriorityStatement]:
        measure = measures.get(row.measure or "")
        direction = _direction(row.claim, measure)
        if direction is None:
            continue
        series = _series(values, measure, own, year)
        if what := _unlike(row, direction, series):
            hint = "Name a measure with two values that show it, or accept it with a reason."
            yield Breach(what, hint, row.place, "measure", row.measure)
            continue
        yield from _sizes_differ(row, direction, series)


_CLAIMED = {
    "increase": "claims an increase",
    "reduction": "claims a reduction",
    "improvement": "claims an improvement",
}


def _direction(claim: str, measure: Measure | None) -> int | None:
    """Return whether a claim says up or down; None where it says neither.

    An improvement is what its measure, if it names one, calls better.
    """
    if claim == "improvement":
        better = measure.better if measure else "neither"
        return {"higher": 1, "lower": -1}.get(better)
    return {"increase": 1, "reduction": -1}.get(claim)


def _unlike(row: PriorityStatement, direction: int, series: Sequence[_Point]) -> str:
    """Return how a measure's values do not show what is claimed, "" if they do."""
    claimed = _CLAIMED[row.claim]
    if len(series) < 2:
        told = (
            f"{row.measure} has {counted(len(series), 'value')}." if row.measure else "no measure."
        )
        return f"{claimed}, but {told}"
    first, last = series[0], series[-1]
    if (last.value - first.value) * direction > 0:
        return ""
    if first.is_protected or last.is_protected:
        return f"{claimed}, but {row.measure} did not go that way."
    return (
        f"{claimed}, but {row.measure} went from {first.value} ({first.row.period}) to "
        f"{last.value} ({last.row.period})."
    )


def _sizes_differ(row: PriorityStatement, direction: int, series: Sequence[_Point]) -> Breaches:
    """Yield what a claim says that a measure was, or is, and what it was at no time.

    Also where the two values of the claim go another way than it says.
    """
    then, now = row.claimed_from, row.claimed_to
    if then is not None and now is not None and (now - then) * direction <= 0:
        hint = "Correct the claim, or put the two values in the order of their times."
        what = f"{_CLAIMED[row.claim]}, and the two values that it names do not go that way."
        yield Breach(what, hint, row.place, "claimed_to", str(now))
        return
    known = {point.value for point in series}
    for column in ("claimed_from", "claimed_to"):
        claimed = getattr(row, column)
        if claimed is not None and claimed not in known:
            hint = "Correct it, or the measure's value; a value of another year belongs to it too."
            what = f"{row.measure} has this value at no time."
            yield Breach(what, hint, row.place, column, str(claimed))


@dataclass(frozen=True)
class _Point:
    """A value of a measure at a time."""

    row: Measurement
    value: Decimal

    @property
    def is_protected(self) -> bool:
        return isinstance(self.row, ProtectedMeasurement)


def _series(
    values: Iterable[Measurement], measure: Measure | None, own: Iterable[str], year: Period
) -> list[_Point]:
    """Return a measure's values in the Board's area, the earliest first.

    Where that has fewer than two, in the area that has most of them: two values show a change only
    if they are of one area. They are of times as long as the latest of them, a quarter being less
    than a year, and of one way to count: from the last change of the definition on.
    """
    if measure is None:
        return []
    by_area: dict[str, list[Measurement]] = {}
    for row in values:
        if row.measure == measure.measure and row.is_of_all:
            by_area.setdefault(row.area, []).append(row)
    found = {area: _points(rows, measure, year) for area, rows in by_area.items()}
    ours = next((found[area] for area in own if len(found.get(area, ())) > 1), None)
    return ours or max(found.values(), key=len, default=[])


def _points(rows: Iterable[Measurement], measure: Measure, year: Period) -> list[_Point]:
    figures = [(row, measurements.value((), measure, row).value) for row in rows]
    known = [_Point(row, Decimal(value)) for row, value in figures if value is not None]
    last = measurements.latest((point.row for point in known), year)
    points: list[_Point] = []
    for point in sorted(known, key=lambda point: point.row.period):
        if last is None or not _are_as_long(point.row.period, last.period):
            continue
        points = [point] if point.row.definition_changed else [*points, point]
    return points


def _are_as_long(one: Period, other: Period) -> bool:
    """Whether two times are of one length; months and quarters differ by up to three days."""
    days = [(period.last - period.first).days for period in (one, other)]
    return abs(days[0] - days[1]) <= 3


CHAPTER = Chapter(
    name="priorities",
    title="Priorities: said, did, difference",
    pages=(Page("text/priorities", THE_DATA, ends_with=(CLAIMED,)),),
    about=(StrategicPriority, PriorityStatement),
    reads=MEASURING,
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R25",
            "A claim of change names a measure whose values show it",
            "warning",
            (PriorityStatement,),
            _claims_have_values,
            may_be_empty=MEASURING,
            over_years=True,
        ),
    ),
)
