"""The tracker: how the plan's actions stand at a day, and how that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from hscb_report.calculations import tracker
from hscb_report.calculations.tracker import ActionState
from hscb_report.chapters.actions import (
    ACTIONS,
    continues_cells,
    continues_columns,
    group_names,
    lead,
    states_at,
    timescale,
    unknown,
)
from hscb_report.figures import Figure, sum_of
from hscb_report.results.chapter import THE_PLAN, Chapter, notebook_page
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.statuses import by_its_date, completion_mark, last_said, process_mark
from hscb_report.results.titles import part
from hscb_report.results.told import moved, told
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import Group
from hscb_report.schema.plan import (
    ActionArea,
    ActionStatus,
    DevelopmentArea,
    PlanGroup,
    PlannedAction,
)
from hscb_report.schema.reference import Agency
from hscb_report.years import day_text

# What asks for somebody's attention: the actions themselves are named.
_ATTENTION = (
    "at_risk",
    "overdue",
    "overdue_on_target",
    "passed_unknown",
    "no_owner",
    "undated",
    "illegible",
    "outside_year",
)
_COUNTED = (
    "planned",
    "complete",
    "open",
    "unknown",
    "at_risk",
    "overdue",
    "passed_unknown",
    "undated",
    "no_owner",
)
_CODE_UNKNOWN = "Code unknown: the plan prints a code that its key does not explain."
_NOT_KNOWN = {
    "code_unknown": "had a code that the plan does not explain",
    "unrated": "were not rated",
}
_NO_DAY = "No status is recorded up to this day."
_ONE_DAY = "One day alone shows no course; the next records begin one."


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the tracker at the day that is looked at."""
    as_at = data.as_at
    states = states_at(data, as_at)
    yield _summary(states, as_at)
    yield from _ratings(states, as_at)
    areas = {str(row.area): f"{row.area}. {row.title}" for row in data.tables[DevelopmentArea]}
    monitors = {row.action_area: row.monitored_by for row in data.tables[ActionArea]}
    groups = group_names(data)
    yield _grouped(
        states,
        "area",
        "Development area",
        "development area",
        lambda s: areas[s.action.action_area.split(".")[0]],
    )
    yield _grouped(states, "lead", "Lead", "lead", lambda s: lead(data, s.action))
    yield _grouped(
        states,
        "group",
        "Monitored by",
        "the group that monitors them",
        lambda s: groups.get(monitors[s.action.action_area] or "", unknown(data)),
    )
    yield _grouped(
        states,
        "leading-group",
        "Led by the chair of",
        "the group whose chair leads them",
        lambda s: groups.get(s.action.lead_group or "", "no group"),
    )
    yield _each(data, states)
    yield _late(
        data,
        "overdue",
        f"Actions that were overdue as at {day_text(as_at)}",
        tracker.overdue(states),
        told(tracker.tracked(states, "overdue"), ACTIONS, "were overdue"),
    )
    yield _late(
        data,
        "passed-unknown",
        f"Actions whose date had passed as at {day_text(as_at)}, status unknown",
        tracker.passed_unknown(states),
        told(
            tracker.tracked(states, "passed_unknown"),
            ACTIONS,
            "had passed their date, status unknown",
        ),
    )
    yield _last_changes(data)
    yield _burndown(data)


def _summary(states: Sequence[ActionState], as_at: date) -> Exhibit:
    rows: list[tuple[Cell, ...]] = []
    for what, label in words.TRACKED.items():
        found = [s.action.action for s in states if tracker.is_tracked(s, what)]
        named = ", ".join(found) if what in _ATTENTION else "see the action tables"
        rows.append((label, tracker.tracked(states, what), named if found else "none"))
    return exhibit(
        "tracker-summary",
        f"Actions of the plan by how they stood, number, as at {day_text(as_at)}",
        (Column("What is counted"), Column("Actions", ACTIONS), Column("Which")),
        rows,
        "An action may be counted in several rows. It is open when a rating says that it "
        "is not complete, and overdue when it is open after the last day of its timescale.",
        title=_stood(states),
    )


def _stood(states: Sequence[ActionState]) -> str:
    """Return how many actions were complete or, where no rating can be read, past their date."""
    whole = tracker.tracked(states, "planned")
    if tracker.tracked(states, "unknown").value != whole.value:
        return part(tracker.tracked(states, "complete"), whole, "actions", "were complete")
    passed = tracker.tracked(states, "passed_unknown")
    return part(passed, whole, "actions", "had passed their date, status unknown")


def _ratings(states: Sequence[ActionState], as_at: date) -> Iterator[Exhibit]:
    for rating, title, codes, mark in (
        ("completion", "completion to timescale", words.COMPLETION_RAG, completion_mark),
        ("process", "process", words.PROCESS_RAG, process_mark),
    ):
        yield exhibit(
            f"tracker-{rating}",
            f"Actions by their rating for {title}, number, as at {day_text(as_at)}",
            (Column("Rating"), Column("Actions", ACTIONS)),
            [(mark(code), tracker.rated(states, rating, code)) for code in codes],
            *([_CODE_UNKNOWN] if tracker.rated(states, rating, "code_unknown").value else []),
            title=_completion_told(states) if rating == "completion" else "",
        )


def _completion_told(states: Sequence[ActionState]) -> str:
    """Return how many actions are complete or on target, or that this is not known of most."""
    every = Figure(len(states))
    for code, said in _NOT_KNOWN.items():
        count = tracker.rated(states, "completion", code)
        if (count.value or 0) * 2 >= len(states):
            return part(count, every, "actions", said)
    good = sum_of(tracker.rated(states, "completion", code) for code in ("complete", "on_target"))
    return part(good, every, "actions", "were complete or on target")


def _each(data: YearData, states: Sequence[ActionState]) -> Exhibit:
    """Return how every action is rated, since when, who said so, and which one it continues."""
    return exhibit(
        "tracker-actions",
        f"Every action with its ratings as at {day_text(data.as_at)}",
        (
            Column("Action"),
            Column("Timescale"),
            Column("By its date"),
            Column("Completion"),
            Column("Process"),
            Column("Last said"),
            *continues_columns(data),
        ),
        [
            (
                s.action.action,
                timescale(s.action),
                by_its_date(s),
                completion_mark(s.completion),
                process_mark(s.process),
                last_said(s),
                *continues_cells(data, s.action),
            )
            for s in states
        ],
    )


def _grouped(
    states: Sequence[ActionState],
    name: str,
    heading: str,
    by: str,
    key: Callable[[ActionState], str],
) -> Exhibit:
    return exhibit(
        f"tracker-by-{name}",
        f"Actions of the plan by {by}, number",
        (Column(heading), *(Column(words.TRACKED[what], ACTIONS) for what in _COUNTED)),
        [
            (group, *(tracker.tracked(members, what) for what in _COUNTED))
            for group, members in tracker.grouped(states, key).items()
        ],
    )


def _late(
    data: YearData, name: str, caption: str, states: Sequence[ActionState], title: str
) -> Exhibit:
    rows: list[tuple[Cell, ...]] = [
        (
            state.action.action,
            state.action.success_measure,
            lead(data, state.action),
            timescale(state.action),
            by_its_date(state),
            completion_mark(state.completion),
        )
        for state in states
    ]
    return exhibit(
        f"tracker-{name}",
        caption,
        (
            Column("Action"),
            Column("How it will be known to be achieved"),
            Column("Lead"),
            Column("Timescale"),
            Column("By its date"),
            Column("By its rating"),
        ),
        rows or [("none", *["none"] * 5)],
        title=title,
    )


def _last_changes(data: YearData) -> Exhibit:
    """Return what changed from the day asked for, or the first with records, to the last one."""
    days = tracker.status_days(data.tables[ActionStatus], data.as_at)
    if data.since:
        return _changes(data, data.since, data.as_at)
    if len(days) > 1:
        return _changes(data, days[0], days[-1])
    return exhibit(
        "tracker-changes",
        "Ratings that changed",
        _CHANGE,
        [("none", *["no earlier record"] * 5)],
        "Statuses are recorded for one day only; a change needs two." if days else _NO_DAY,
    )


def _changes(data: YearData, before: date, after: date) -> Exhibit:
    """Return the actions that are rated otherwise at one day than at an earlier one."""
    changes = tracker.rating_changes(states_at(data, before), states_at(data, after))
    rows: list[tuple[Cell, ...]] = [
        (
            change.action.action,
            lead(data, change.action),
            completion_mark(change.before.completion),
            completion_mark(change.after.completion),
            process_mark(change.before.process),
            process_mark(change.after.process),
        )
        for change in changes
    ]
    return exhibit(
        "tracker-changes",
        f"Ratings that changed from {day_text(before)} to {day_text(after)}",
        _CHANGE,
        rows or [("none", *["no change"] * 5)],
        title=told(Figure(len(rows)), ACTIONS, "were rated otherwise than before"),
    )


_CHANGE = (
    Column("Action"),
    Column("Lead"),
    Column("Completion was"),
    Column("Completion is"),
    Column("Process was"),
    Column("Process is"),
)


def _burndown(data: YearData) -> Exhibit:
    points = tracker.burndown(
        data.tables[PlannedAction], data.tables[ActionStatus], data.as_at, data.plan_year
    )
    return exhibit(
        "tracker-burndown",
        "Actions not rated complete, number, at the last day of each month with records",
        (
            Column("Day"),
            Column("Not complete", ACTIONS),
            Column("Would not be, each completed by its date", ACTIONS),
        ),
        [(day_text(p.day), p.not_complete, p.not_yet_due) for p in points]
        or [("none recorded", "none", "none")],
        *([_ONE_DAY if points else _NO_DAY] if len(points) < 2 else []),
        title=moved(
            "Actions not complete", points[0].not_complete, points[-1].not_complete, ACTIONS
        )
        if len(points) > 1
        else "",
    )


CHAPTER = Chapter(
    name="tracker",
    title="Action tracker",
    looks_ahead=True,
    pages=(notebook_page("tracker", THE_PLAN),),
    about=(PlannedAction,),
    reads=(ActionStatus, ActionArea, DevelopmentArea, Group, PlanGroup, Agency),
    exhibits=exhibits,
)
