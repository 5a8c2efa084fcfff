"""The tracker: how the plan's actions stand at a day, and how that changed."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from hscb_report.calculations import tracker
from hscb_report.calculations.plan import due_months, is_undated
from hscb_report.calculations.tracker import ActionState, Remaining, Standing
from hscb_report.chapters.actions import (
    ACTIONS,
    IN_PLACE,
    continues_cells,
    continues_columns,
    group_names,
    lead,
    month_names,
    states_at,
    status_notes,
    timescale,
    unknown,
)
from hscb_report.figures import Figure, sum_of
from hscb_report.results.chapter import EVIDENCE, THE_PLAN, Chapter, Page, notebook_page
from hscb_report.results.columns import without_alike, without_zeros
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.statuses import STANDINGS, completion_mark, last_said, process_mark
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
_SAID_OF: Mapping[Standing, str] = {
    "on_target": "Rated on target, date not passed",
    "passed_unknown": "No rating says if they are done",
}
_HEADING_OF: Mapping[Standing, str] = {"passed_unknown": "Date passed, unknown"}
KNOWN = "What is known"
_CODE_UNKNOWN = "Code unknown: the plan prints a code that its key does not explain."
_NOT_KNOWN = {
    "code_unknown": "had a code that the plan does not explain",
    "unrated": "were not rated",
}


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the tracker at the day that is looked at, then those to look up."""
    states = states_at(data, data.as_at)
    yield _standing(data, states)
    yield _past(data, states)
    yield _by_area(data, states)
    yield _last_changes(data)
    yield _burndown(data)
    yield _summary(states, data.as_at)
    yield from _ratings(states, data.as_at)
    yield _each(data, states)
    yield from _by_others(data, states)


def _standing(data: YearData, states: Sequence[ActionState]) -> Exhibit:
    """Return how many actions have each status, each action one; a status of none is left out."""
    found = tracker.grouped(states, lambda state: state.standing)
    return exhibit(
        "tracker-standing",
        f"Actions of the plan by status, number, as at {day_text(data.as_at)}",
        (Column("Status"), Column("Actions", ACTIONS), Column(KNOWN)),
        [
            (STANDINGS[code], tracker.standing(states, code), _known_of(data, code, found[code]))
            for code in tracker.STANDINGS
            if code in found
        ],
        stands_alone=True,
        title=_stood(states),
    )


def _stood(states: Sequence[ActionState]) -> str:
    """Return how many actions were complete or on target, or past their date if none is rated."""
    whole = tracker.tracked(states, "planned")
    if tracker.tracked(states, "unknown").value == whole.value:
        passed = tracker.tracked(states, "passed_unknown")
        return part(passed, whole, "actions", "were past the due date, status unknown")
    good = sum_of(tracker.standing(states, code) for code in ("complete", "on_target"))
    return part(good, whole, "actions", "were complete or on target")


def _known_of(data: YearData, code: Standing, states: Sequence[ActionState]) -> str:
    """Return what is known of the actions of one status beyond its word."""
    if code == "complete":
        late = sum(state.is_complete_late for state in states)
        return f"{late} recorded after the date" if late else "None recorded after the date"
    if code == "overdue":
        on_target = sum(state.completion == "on_target" for state in states)
        return "Rated, not as complete" + (f"; {on_target} on target" if on_target else "")
    if code == "at_risk":
        outside = any(state.completion == "outside_timescale" for state in states)
        return f"Rated at risk{' or outside timescale' if outside else ''}, date not passed"
    if code == "not_yet_due":
        return _due_between([state.due_day for state in states if state.due_day])
    if code == "no_date":
        awaited = sum(is_undated(state.action) for state in states)
        other = "not legible" if data.is_reconstruction else "not stated"
        counts = {"to be confirmed": awaited, other: len(states) - awaited}
        return ", ".join(f"{count} {said}" for said, count in counts.items() if count)
    return _SAID_OF[code]


def _due_between(days: Sequence[date]) -> str:
    first, last = (f"{month_name[day.month]} {day.year}" for day in (min(days), max(days)))
    return f"Due in {first}" if first == last else f"Due from {first} to {last}"


def _past(data: YearData, states: Sequence[ActionState]) -> Exhibit:
    """Return the actions past their date, the earliest first: with their status if they differ."""
    late = tracker.late(states)
    listed = exhibit(
        "tracker-past",
        f"Actions past their date, earliest first, as at {day_text(data.as_at)}",
        (Column("Action"), IN_PLACE, Column("Lead"), Column("Due"), Column("Status")),
        [
            (
                state.action.action,
                state.action.success_measure,
                lead(data, state.action),
                month_names(due_months(state.action)),
                STANDINGS[state.standing],
            )
            for state in late
        ],
        title=told(Figure(len(late)), ACTIONS, "were past the due date"),
    )
    return without_alike(listed, "Status")


def _by_area(data: YearData, states: Sequence[ActionState]) -> Exhibit:
    areas = {str(row.area): f"{row.area}. {row.title}" for row in data.tables[DevelopmentArea]}
    groups = tracker.grouped(states, lambda state: areas[state.action.action_area.split(".")[0]])
    behind = sum(bool(tracker.late(members)) for members in groups.values())
    made = _grouped(data, groups, "area", "Development area", "development area")
    said = part(Figure(behind), Figure(len(groups)), "areas", "had actions past their date")
    return made.titled(said)


def _by_others(data: YearData, states: Sequence[ActionState]) -> Iterator[Exhibit]:
    """Yield the actions by who leads and who monitors them."""
    monitors = {row.action_area: row.monitored_by for row in data.tables[ActionArea]}
    groups = group_names(data)
    for name, heading, by, key in (
        ("lead", "Lead", "lead", lambda s: lead(data, s.action)),
        (
            "group",
            "Monitored by",
            "the group that monitors them",
            lambda s: groups.get(monitors[s.action.action_area] or "", unknown(data)),
        ),
        (
            "leading-group",
            "Led by the chair of",
            "the group whose chair leads them",
            lambda s: groups.get(s.action.lead_group or "", "no group"),
        ),
    ):
        yield _grouped(data, tracker.grouped(states, key), name, heading, by)


def _grouped(
    data: YearData,
    groups: Mapping[str, tuple[ActionState, ...]],
    name: str,
    heading: str,
    by: str,
) -> Exhibit:
    """Return how many actions of each group have each status; a status of none is left out."""
    rows: list[tuple[Cell, ...]] = [(group, *_counts(own)) for group, own in groups.items()]
    if len(groups) > 1:
        every = [state for members in groups.values() for state in members]
        rows.append(("Total", *_counts(every)))
    headings = (_HEADING_OF.get(code, mark.word) for code, mark in STANDINGS.items())
    counted = (Column(heading, ACTIONS) for heading in headings)
    return without_zeros(
        exhibit(
            f"tracker-by-{name}",
            f"Actions of the plan by {by}, number, as at {day_text(data.as_at)}",
            (Column(heading), *counted, Column("All", ACTIONS)),
            rows,
            stands_alone=True,
        )
    )


def _counts(states: Sequence[ActionState]) -> Iterator[Figure]:
    yield from (tracker.standing(states, code) for code in STANDINGS)
    yield tracker.tracked(states, "planned")


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
    listed = exhibit(
        "tracker-actions",
        f"Every action with its ratings as at {day_text(data.as_at)}",
        (
            Column("Action"),
            Column("Due"),
            Column("Status"),
            Column("Completion"),
            Column("Process"),
            Column("Last said"),
            *continues_columns(data),
        ),
        [
            (
                s.action.action,
                timescale(s.action),
                STANDINGS[s.standing],
                completion_mark(s.completion),
                process_mark(s.process),
                last_said(s),
                *continues_cells(data, s.action),
            )
            for s in states
        ],
        *(note for s in states for note in status_notes(s)),
    )
    return without_alike(listed, "Status", "Completion", "Process")


def _last_changes(data: YearData) -> Exhibit:
    """Return what changed from the day asked for, or the first with records, to the last one."""
    days = tracker.status_days(data.tables[ActionStatus], data.as_at)
    if data.since:
        return _changes(data, data.since, data.as_at)
    if len(days) > 1:
        return _changes(data, days[0], days[-1])
    return exhibit("tracker-changes", "Ratings that changed", _CHANGE, ())


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
    # The process is left out where it changed nowhere.
    width = None if any(c.before.process != c.after.process for c in changes) else -2
    return exhibit(
        "tracker-changes",
        f"Ratings that changed from {day_text(before)} to {day_text(after)}",
        _CHANGE[:width],
        [row[:width] for row in rows] or [("none", *["no change"] * 3)],
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
    """Return how many actions were not complete, month by month; no row if there is one month."""
    actions, statuses = data.tables[PlannedAction], data.tables[ActionStatus]
    found = tracker.burndown(actions, statuses, data.as_at, data.plan_year)
    points = found if len(found) > 1 else ()
    return exhibit(
        "tracker-burndown",
        "Actions not rated complete, number, at the last day of each month with records",
        (
            Column("Day"),
            Column("Not complete", ACTIONS),
            Column("Would not be, each completed by its date", ACTIONS),
        ),
        [(day_text(p.day), p.not_complete, p.not_yet_due) for p in points],
        title=_course(points),
    )


def _course(points: Sequence[Remaining]) -> str:
    if not points:
        return ""
    first, last = points[0].not_complete, points[-1].not_complete
    return moved("Actions not complete", first, last, ACTIONS)


CHAPTER = Chapter(
    name="tracker",
    title="Action tracker",
    looks_ahead=True,
    pages=(notebook_page("tracker", THE_PLAN), Page("pages/every-action", EVIDENCE)),
    about=(PlannedAction,),
    reads=(ActionStatus, ActionArea, DevelopmentArea, Group, PlanGroup, Agency),
    exhibits=exhibits,
)
