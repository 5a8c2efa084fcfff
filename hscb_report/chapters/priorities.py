"""Strategic priorities: what was said, what was done, what difference is claimed."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import priorities
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.results.chapter import THE_DATA, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import MeasureValue, PriorityStatement, StrategicPriority
from hscb_report.units import count_of
from hscb_report.wording import first_upper


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    rows, statements = data.tables[PriorityStatement], count_of("statements")
    for name, kind in (("said", "said"), ("did", "did"), ("differences", "difference")):
        yield fact(f"priorities.{name}", f"Strategic priorities: {words.STATEMENT_KIND[kind].lower()}", statements, priorities.statements, rows, kind)
    yield fact("priorities.differences_with_figures", "Claimed differences with figures to compare", statements, priorities.differences_graded, rows, "figures")
    yield fact("priorities.claims_of_increase", "Claimed differences that claim an increase", statements, priorities.claims_of, rows, "increase")
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield a table for each priority, and what the claimed differences rest on."""
    for priority in data.tables[StrategicPriority]:
        yield _priority(data, priority)
    yield exhibit(
        "evidence-grades",
        f"What the claimed differences rest on, {data.year}",
        (Column("Evidence"), Column("Claimed differences", count_of("statements"))),
        [
            (first_upper(words.EVIDENCE[grade.evidence]), grade.differences)
            for grade in priorities.grades(data.tables[PriorityStatement])
        ]
        if data.tables[PriorityStatement]
        else [],
        *data.of_source("The grading is ours."),
    )


def _priority(data: YearData, priority: StrategicPriority) -> Exhibit:
    rows = [row for row in data.tables[PriorityStatement] if row.priority == priority.priority]
    return exhibit(
        f"priority-{priority.priority}",
        f"Priority {priority.priority}: {priority.title}",
        (Column("Statement"), Column("Kind"), Column("Claims"), Column("Rests on")),
        [
            (
                row.statement,
                words.STATEMENT_KIND[row.kind],
                words.CLAIM[row.claim],
                words.EVIDENCE[row.evidence] if row.evidence else "not graded",
            )
            for row in rows
        ],
        f"{'Statements are retold briefly; only' if data.is_reconstruction else 'Only'} claimed differences are graded.",
        group="priorities",
    )


def _claims_have_values(data: YearData) -> Breaches:
    for row in data.tables[PriorityStatement]:
        if row.claim not in _DIRECTIONS:
            continue
        series = _longest_series(data.tables[MeasureValue], row.measure)
        if len(series) < 2:
            told = f"{row.measure} has {len(series)} values." if row.measure else "no measure."
            what = f"claims {_DIRECTIONS[row.claim][0]}, but {told}"
        elif _goes_the_other_way(row.claim, series):
            first, last = series[0], series[-1]
            what = (
                f"claims {_DIRECTIONS[row.claim][0]}, but {row.measure} went from {first.value} "
                f"({first.period}) to {last.value} ({last.period})."
            )
        else:
            continue
        hint = "Name a measure with two values that show it, or accept it with a reason."
        yield Breach(what, hint, row.place, "measure", row.measure)


_DIRECTIONS = {"increase": ("an increase", 1), "reduction": ("a reduction", -1)}


def _longest_series(
    values: tuple[MeasureValue, ...], measure: str | None
) -> tuple[MeasureValue, ...]:
    """Return a measure's values in the area that has most of them, the earliest first.

    Two values show a change only if they are of one area.
    """
    by_area: dict[str, list[MeasureValue]] = {}
    for value in values:
        if measure and value.measure == measure:
            by_area.setdefault(value.area, []).append(value)
    longest = max(by_area.values(), key=len, default=[])
    return tuple(sorted(longest, key=lambda value: value.period))


def _goes_the_other_way(claim: str, series: tuple[MeasureValue, ...]) -> bool:
    return (series[-1].value - series[0].value) * _DIRECTIONS[claim][1] <= 0


CHAPTER = Chapter(
    name="priorities",
    title="Strategic priorities",
    pages=(Page("text/priorities", THE_DATA),),
    about=(StrategicPriority, PriorityStatement),
    reads=(MeasureValue,),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R25",
            "A claim of increase or reduction names a measure whose values show it",
            "warning",
            (PriorityStatement, MeasureValue),
            _claims_have_values,
        ),
    ),
)
