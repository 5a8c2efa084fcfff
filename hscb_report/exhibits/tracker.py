"""The tracker as tables: how the plan's actions stand at a day, and how that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from hscb_report.exhibits.exhibit import Cell, Column, Exhibit, Mark, exhibit
from hscb_report.exhibits.plan import (
    ACTIONS,
    NOT_LEGIBLE,
    completion_mark,
    group_names,
    last_said,
    lead,
    process_mark,
    timescale,
)
from hscb_report.measures import plan, tracker
from hscb_report.measures.tracker import Standing
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.years import ReportingYear, day_text

# What asks for somebody's attention: the actions themselves are named.
_ATTENTION = (
    "at_risk",
    "overdue",
    "overdue_on_target",
    "no_owner",
    "undated",
    "illegible",
    "outside_year",
)
_COUNTED = ("planned", "complete", "open", "at_risk", "overdue", "undated", "no_owner")
_CODE_UNKNOWN = "Code unknown: the plan prints a code that its legend does not have."
_OVERDUE = Mark("Overdue", "◆", "alarm")
_NO_DAY = "No status is recorded up to this day."
_ONE_DAY = "One day alone shows no course; the next records begin one."


def exhibits(tables: Tables, year: ReportingYear, as_at: date) -> Iterator[Exhibit]:
    """Yield the tables of the tracker at a day; `year` is that of the report."""
    standing = _standing_at(tables, year, as_at)
    yield _summary(standing, as_at)
    yield from _ratings(standing, as_at)
    areas = {str(row.area): f"{row.area}. {row.title}" for row in tables.development_areas}
    monitors = {row.action_area: row.monitored_by for row in tables.action_areas}
    groups = group_names(tables)
    yield _grouped(
        standing,
        "area",
        "Development area",
        "development area",
        lambda s: areas[s.action.action_area.split(".")[0]],
    )
    yield _grouped(standing, "lead", "Lead", "lead", lambda s: lead(tables, s.action))
    yield _grouped(
        standing,
        "group",
        "Monitored by",
        "the group that monitors them",
        lambda s: groups.get(monitors[s.action.action_area] or "", NOT_LEGIBLE),
    )
    yield _grouped(
        standing,
        "leading-group",
        "Led by the chair of",
        "the group whose chair leads them",
        lambda s: groups.get(s.action.lead_group or "", "no group"),
    )
    yield _each(standing, as_at)
    yield _overdue(tables, standing, as_at)
    days = tracker.status_days(tables.action_status, as_at)
    yield _last_transitions(tables, year, days)
    yield _burndown(tables, year, as_at)


def _standing_at(tables: Tables, year: ReportingYear, day: date) -> tuple[Standing, ...]:
    return tracker.standings(tables.actions, tables.action_status, day, year.next)


def _summary(standing: Sequence[Standing], as_at: date) -> Exhibit:
    rows: list[tuple[Cell, ...]] = []
    for what, label in words.TRACKED.items():
        found = [s.action.action for s in standing if tracker.is_tracked(s, what)]
        named = ", ".join(found) or "none"
        rows.append(
            (
                label,
                tracker.tracked(standing, what),
                named if what in _ATTENTION else "see the action tables",
            )
        )
    return exhibit(
        "tracker-summary",
        f"The plan's actions as at {day_text(as_at)}",
        (Column("What is counted"), Column("Actions", ACTIONS), Column("Which")),
        rows,
        "An action may be counted in several rows. It is overdue when it is open after the last "
        "day of its timescale, whatever its rating.",
    )


def _ratings(standing: Sequence[Standing], as_at: date) -> Iterator[Exhibit]:
    for rating, title, codes, mark in (
        ("completion", "Completion to timescale", words.COMPLETION_RAG, completion_mark),
        ("process", "Process", words.PROCESS_RAG, process_mark),
    ):
        yield exhibit(
            f"tracker-{rating}",
            f"{title}: actions by rating as at {day_text(as_at)}",
            (Column("Rating"), Column("Actions", ACTIONS)),
            [(mark(code), tracker.rated(standing, rating, code)) for code in codes],
            *([_CODE_UNKNOWN] if tracker.rated(standing, rating, "code_unknown").value else []),
        )


def _each(standing: Sequence[Standing], as_at: date) -> Exhibit:
    """Return how every action is rated, since when, and who said so."""
    return exhibit(
        "tracker-actions",
        f"How each action is rated as at {day_text(as_at)}",
        (
            Column("Action"),
            Column("Timescale"),
            Column("By its date"),
            Column("Completion"),
            Column("Process"),
            Column("Last said"),
        ),
        [
            (
                s.action.action,
                timescale(s.action),
                _by_its_date(s),
                completion_mark(s.completion),
                process_mark(s.process),
                last_said(s),
            )
            for s in standing
        ],
    )


def _by_its_date(standing: Standing) -> Cell:
    if standing.is_complete:
        return "complete"
    if plan.due_day(standing.action) is None:
        return "no date"
    return _OVERDUE if standing.is_overdue else "not overdue"


def _grouped(
    standing: Sequence[Standing],
    name: str,
    heading: str,
    told: str,
    key: Callable[[Standing], str],
) -> Exhibit:
    return exhibit(
        f"tracker-by-{name}",
        f"The plan's actions by {told}",
        (Column(heading), *(Column(words.TRACKED[what], ACTIONS) for what in _COUNTED)),
        [
            (group, *(tracker.tracked(members, what) for what in _COUNTED))
            for group, members in tracker.grouped(standing, key).items()
        ],
    )


def _overdue(tables: Tables, standing: Sequence[Standing], as_at: date) -> Exhibit:
    rows: list[tuple[Cell, ...]] = [
        (
            s.action.action,
            s.action.success_measure,
            lead(tables, s.action),
            timescale(s.action),
            _OVERDUE,
            completion_mark(s.completion),
        )
        for s in tracker.overdue(standing)
    ]
    return exhibit(
        "tracker-overdue",
        f"Actions that are overdue as at {day_text(as_at)}",
        (
            Column("Action"),
            Column("How it will be known to be achieved"),
            Column("Lead"),
            Column("Timescale"),
            Column("By its date"),
            Column("By its rating"),
        ),
        rows or [("none", *["none"] * 5)],
    )


def _last_transitions(tables: Tables, year: ReportingYear, days: Sequence[date]) -> Exhibit:
    """Return what changed from the first day for which there are records to the last."""
    if len(days) > 1:
        return transitions(tables, year, days[0], days[-1])
    return exhibit(
        "tracker-transitions",
        "Ratings that changed",
        _TRANSITION,
        [("none", *["no earlier record"] * 5)],
        "Statuses are recorded for one day only; a change needs two." if days else _NO_DAY,
    )


def transitions(tables: Tables, year: ReportingYear, before: date, after: date) -> Exhibit:
    """Return the actions that are rated otherwise at one day than at an earlier one."""
    changes = tracker.transitions(
        _standing_at(tables, year, before), _standing_at(tables, year, after)
    )
    rows: list[tuple[Cell, ...]] = [
        (
            change.action.action,
            lead(tables, change.action),
            completion_mark(change.before.completion),
            completion_mark(change.after.completion),
            process_mark(change.before.process),
            process_mark(change.after.process),
        )
        for change in changes
    ]
    return exhibit(
        "tracker-transitions",
        f"Ratings that changed from {day_text(before)} to {day_text(after)}",
        _TRANSITION,
        rows or [("none", *["no change"] * 5)],
    )


_TRANSITION = (
    Column("Action"),
    Column("Lead"),
    Column("Completion was"),
    Column("Completion is"),
    Column("Process was"),
    Column("Process is"),
)


def _burndown(tables: Tables, year: ReportingYear, as_at: date) -> Exhibit:
    points = tracker.burndown(tables.actions, tables.action_status, as_at, year.next)
    return exhibit(
        "tracker-burndown",
        "Open actions at the last day of each month for which statuses are recorded",
        (
            Column("Day"),
            Column("Open", ACTIONS),
            Column("Would be open, each completed by its date", ACTIONS),
        ),
        [(day_text(p.day), p.open, p.not_yet_due) for p in points]
        or [("none recorded", "none", "none")],
        *([_ONE_DAY if points else _NO_DAY] if len(points) < 2 else []),
    )
