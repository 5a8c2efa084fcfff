"""The golden thread as tables: every start with what answers it, and those that nothing answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hscb_report.exhibits.exhibit import Column, Exhibit, exhibit
from hscb_report.measures import golden_thread
from hscb_report.measures.golden_thread import Origin
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import CdopLesson
from hscb_report.schema.learning import AuditFinding
from hscb_report.schema.plan import Thread
from hscb_report.units import count_of
from hscb_report.years import ReportingYear

_NOTHING = "none"
_KINDS = {
    "finding": "audit findings",
    "lesson": "lessons of child death reviews",
    "inspection": "inspection statements",
    "priority": "stated priorities",
}


def exhibits(tables: Tables, year: ReportingYear) -> Iterator[Exhibit]:
    """Yield the summary, a table for each kind of start, and the orphans."""
    found = golden_thread.origins(tables)
    yield _summary(found, year.next)
    for kind in words.ORIGIN:
        yield _threads(tables, found, kind, year.next)
    orphans = [origin for origin in found if origin.is_orphan]
    yield exhibit(
        "golden-thread-orphans",
        f"Orphans: no policy, training or action of {year.next} answers them",
        (Column("What"), Column("Kind"), Column("Where it is said"), Column("Done in the year")),
        [(o.title, words.ORIGIN[o.kind], _locator(o), _done(o)) for o in orphans]
        or [("none", *["none"] * 3)],
        "An orphan is no failing by itself: what was done or resolved within the year may need no "
        "plan for the next.",
    )
    yield exhibit(
        "priorities-without-action",
        f"Called a priority, with no action in the plan for {year.next}",
        (Column("Priority"), Column("What it is called"), Column("Where"), Column("What there is")),
        [
            (
                row.title,
                words.CALLED[row.called],
                row.locator,
                _answered(tables, [t for o in found if o.row is row for t in o.threads]),
            )
            for row in golden_thread.stated_without_action(
                tables.stated_priorities, tables.golden_thread
            )
        ]
        or [("none", "none", "none", "none")],
    )


def _summary(found: Sequence[Origin], year: ReportingYear) -> Exhibit:
    kinds = [*words.ORIGIN, None]
    count = count_of("starts")
    return exhibit(
        "golden-thread",
        f"Where the golden thread starts, and how often something answers it in {year}",
        (
            Column("Start"),
            Column("All", count),
            Column("With a policy", count),
            Column("With training", count),
            Column("With a planned action", count),
            Column("Orphans", count),
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
    )


def _threads(tables: Tables, found: Sequence[Origin], kind: str, year: ReportingYear) -> Exhibit:
    return exhibit(
        f"golden-thread-{kind}",
        f"From {_KINDS[kind]} to what answers them in the plan for {year}",
        (
            Column(words.ORIGIN[kind]),
            Column("Policy or procedure"),
            Column("Training"),
            Column("Planned action"),
        ),
        [
            (
                origin.title,
                _answered(tables, origin.reached("policy")),
                _answered(tables, origin.reached("training")),
                _answered(tables, origin.reached(*golden_thread.PLANNED)),
            )
            for origin in found
            if origin.kind == kind
        ],
        "The links are this project's reading of the published text.",
    )


def _answered(tables: Tables, threads: Sequence[Thread]) -> str:
    if not threads:
        return _NOTHING
    return "; ".join(_reached(tables, thread) for thread in threads)


def _reached(tables: Tables, thread: Thread) -> str:
    """Return what a thread leads to, by the name that its reader knows."""
    if thread.target == "training":
        titles = {row.offer: row.title for row in tables.training_offers}
        return titles[thread.reached]
    if thread.target == "action_area":
        areas = {row.action_area: row.title for row in tables.action_areas}
        return f"{thread.reached} {areas[thread.reached]}"
    return thread.reached


def _done(origin: Origin) -> str:
    """Return what the report says was done within the year."""
    if isinstance(origin.row, CdopLesson):
        return origin.row.action
    if isinstance(origin.row, AuditFinding):
        return words.FINDING_STATUS[origin.row.status]
    return "nothing stated"


def _locator(origin: Origin) -> str:
    return str(getattr(origin.row, "locator", ""))
