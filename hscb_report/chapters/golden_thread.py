"""The golden thread: what each finding, lesson, statement and priority is answered by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hscb_report.calculations import golden_thread
from hscb_report.calculations.golden_thread import Origin
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.results.chapter import THE_PLAN, Chapter, notebook_page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.titles import part
from hscb_report.results.told import lacking
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import CdopLesson
from hscb_report.schema.journey import Inspection, InspectionStatement, Policy
from hscb_report.schema.learning import AuditFinding, TrainingOffer
from hscb_report.schema.plan import ActionArea, PlannedAction, StatedPriority, Thread
from hscb_report.units import count_of
from hscb_report.wording import first_upper

_NOTHING = "none"
_KINDS = {
    "finding": "audit findings",
    "lesson": "lessons of child death reviews",
    "inspection": "inspection statements",
    "priority": "stated priorities",
}


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    found, starts, priorities = _origins(data), count_of("origins"), count_of("priorities")
    yield fact("golden_thread.origins", "Findings, lessons, statements and priorities followed", starts, golden_thread.origins_total, found)
    yield fact("golden_thread.orphans", "Of them, those that no policy, training or action answers", starts, golden_thread.orphans, found, whole="origins")
    yield fact("golden_thread.stated_priorities", "What is called a priority or a focus of the plan", priorities, golden_thread.origins_total, found, "priority")
    yield fact("golden_thread.priorities_without_action", "Of them, those without an action in the plan", priorities, golden_thread.priorities_without_action, data.tables[StatedPriority], data.tables[Thread], whole="stated_priorities")
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the summary, a table for each kind of start, and the orphans."""
    found = _origins(data)
    called = data.vocabulary(words.CALLED)
    yield _summary(data, found)
    for kind in words.ORIGIN:
        yield _threads(data, found, kind)
    orphans = [start for start in found if start.is_orphan]
    yield exhibit(
        "golden-thread-orphans",
        f"What no policy, training or action of {data.plan_year} answers",
        (Column("What"), Column("Kind"), Column("Done in the year")),
        [(o.title, words.ORIGIN[o.kind], _done(data, o)) for o in orphans]
        or [("none", *["none"] * 2)],
        "To have no answer is no failing by itself: what was done or resolved within the year may "
        "need no plan for the next.",
        title=lacking(
            golden_thread.orphans(found),
            golden_thread.origins_total(found),
            "things asked for",
            "had no answer",
            "had an answer",
        ),
    )
    stated = data.tables[StatedPriority]
    without = golden_thread.priorities_without_action(stated, data.tables[Thread])
    yield exhibit(
        "priorities-without-action",
        f"Called a priority, with no action in the plan for {data.plan_year}",
        (Column("Priority"), Column("What it is called"), Column("What there is")),
        [
            (
                row.title,
                called[row.called],
                _answered(data, [t for o in found if o.row is row for t in o.threads]),
            )
            for row in golden_thread.stated_without_action(stated, data.tables[Thread])
        ]
        or [("none", "none", "none")]
        if stated
        else [],
        title=lacking(
            without,
            golden_thread.origins_total(found, "priority"),
            "priorities",
            "had no action",
            "had an action",
        ),
    )


def _origins(data: YearData) -> tuple[Origin, ...]:
    return golden_thread.origins(data.tables, data.vocabulary(words.JOURNEY_AREA))


def _summary(data: YearData, found: Sequence[Origin]) -> Exhibit:
    there = {start.kind for start in found}
    kinds = [*(kind for kind in words.ORIGIN if kind in there), None]
    count = count_of("origins")
    return exhibit(
        "golden-thread",
        f"What asked for something, and what answers it in {data.plan_year}, number",
        (
            Column("Origin"),
            Column("All", count),
            Column("With a policy", count),
            Column("With training", count),
            Column("With a planned action", count),
            Column("Without an answer", count, usual="Orphans"),
        ),
        [
            (
                words.ORIGIN[kind] if kind else "All",
                golden_thread.origins_total(found, kind),
                golden_thread.answered(found, "policy", kind=kind),
                golden_thread.answered(found, "training", kind=kind),
                golden_thread.answered(found, *golden_thread.PLANNED, kind=kind),
                golden_thread.orphans(found, kind),
            )
            for kind in kinds
        ],
        title=part(
            golden_thread.origins_total(found) - golden_thread.orphans(found),
            golden_thread.origins_total(found),
            "things asked for",
            "were answered",
        ),
    )


def _threads(data: YearData, found: Sequence[Origin], kind: str) -> Exhibit:
    return exhibit(
        f"golden-thread-{kind}",
        f"{first_upper(_KINDS[kind])} and what answers them, {data.plan_year}",
        (
            Column(words.ORIGIN[kind]),
            Column("Policy or procedure"),
            Column("Training"),
            Column("Planned action"),
        ),
        [
            (
                start.title,
                _answered(data, start.reached("policy")),
                _answered(data, start.reached("training")),
                _answered(data, start.reached(*golden_thread.PLANNED)),
            )
            for start in found
            if start.kind == kind
        ],
        title=part(
            golden_thread.answered(found, *golden_thread.PLANNED, kind=kind),
            golden_thread.origins_total(found, kind),
            _KINDS[kind],
            "had a planned action",
        ),
    )


def _answered(data: YearData, threads: Sequence[Thread]) -> str:
    if not threads:
        return _NOTHING
    return "; ".join(_reached(data, thread) for thread in threads)


def _reached(data: YearData, thread: Thread) -> str:
    """Return what a thread leads to, by the name that its reader knows."""
    if thread.target == "training":
        titles = {row.offer: row.title for row in data.tables[TrainingOffer]}
        return titles[thread.reached]
    if thread.target == "action_area":
        areas = {row.action_area: row.title for row in data.tables[ActionArea]}
        return f"{thread.reached} {areas[thread.reached]}"
    return thread.reached


def _done(data: YearData, start: Origin) -> str:
    """Return what the report says was done within the year."""
    if isinstance(start.row, CdopLesson):
        return start.row.action
    if isinstance(start.row, AuditFinding):
        return data.vocabulary(words.FINDING_STATUS)[start.row.status]
    return "nothing stated"


def _priorities_have_actions(data: YearData) -> Breaches:
    for row in golden_thread.stated_without_action(
        data.tables[StatedPriority], data.tables[Thread]
    ):
        yield Breach(
            f"called a priority ({row.title}), but no action of the plan answers it.",
            "Add an action, or link one in golden_thread.csv.",
            row.place,
            "stated",
            row.stated,
        )


CHAPTER = Chapter(
    name="golden_thread",
    title="From finding to action",
    looks_ahead=True,
    pages=(notebook_page("golden_thread", THE_PLAN),),
    about=(StatedPriority, Thread),
    reads=(
        AuditFinding,
        CdopLesson,
        Inspection,
        InspectionStatement,
        Policy,
        TrainingOffer,
        ActionArea,
        PlannedAction,
    ),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R20",
            "What is called a priority of the plan has an action",
            "warning",
            (StatedPriority, Thread),
            _priorities_have_actions,
        ),
    ),
)
