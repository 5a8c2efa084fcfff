"""The Business Plan as tables: groups, objectives, actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from hscb_report.exhibits.exhibit import Cell, Column, Exhibit, Mark, exhibit
from hscb_report.measures import plan, tracker
from hscb_report.measures.tracker import Standing
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import Month
from hscb_report.schema.plan import ActionArea, Objective, PlannedAction
from hscb_report.units import count_of
from hscb_report.years import ReportingYear, day_text

ACTIONS = count_of("actions")
NOT_LEGIBLE = "not stated, or not legible"
# The shape before each rating's word, and its tone.
_MARKS = {
    "agreed": ("✓", "good"),
    "planned": ("▲", "watch"),
    "no_progress": ("■", "alarm"),
    "complete": ("✓", "good"),
    "on_target": ("▶", "good"),
    "at_risk": ("▲", "watch"),
    "outside_timescale": ("■", "alarm"),
    "unrated": ("–", "plain"),
    "code_unknown": ("?", "plain"),
}
_SAID = {"progress": "Progress", "further_work": "Further work", "impact": "Impact so far"}
_RETOLD = "Retold in our own words"  # a note that says no more than this is not shown


def exhibits(tables: Tables, year: ReportingYear, as_at: date) -> Iterator[Exhibit]:
    """Yield the tables of the plan; its actions as they stand at a day."""
    standing = tracker.standings(tables.actions, tables.action_status, as_at, year.next)
    yield _groups(tables, year.next)
    yield _objectives(tables, year.next)
    yield exhibit(
        "plan-headings",
        f"Headings and legend of the action tables, {year.next}, and where this book keeps them",
        (Column("As printed"), Column("Kept here as")),
        [(row.heading, row.meaning) for row in tables.plan_headings],
    )
    yield _due(tables, year.next)
    yield _all_actions(tables, standing, year.next)
    for area in tables.action_areas:
        yield area_actions(tables, area, standing)
    for journey in words.JOURNEY_AREA:
        yield _for_journey(tables, journey, year.next)


def _for_journey(tables: Tables, journey: str, year: ReportingYear) -> Exhibit:
    """Return the action areas that belong to one area of the improvement journey."""
    groups = group_names(tables)
    rows: list[tuple[Cell, ...]] = [
        (
            f"{row.action_area} {row.title}",
            plan.planned_in(tables.actions, row.action_area),
            groups.get(row.monitored_by or "", NOT_LEGIBLE),
        )
        for row in tables.action_areas
        if journey in (row.journey_areas or ())
    ]
    return exhibit(
        f"plan-for-{journey.replace('_', '-')}",
        f"{words.JOURNEY_AREA[journey]}: action areas of the Business Plan {year}",
        (Column("Action area"), Column("Actions", ACTIONS), Column("Monitored by")),
        rows or [("none", plan.planned_in((), ""), "none")],
        "Which action area belongs to which area of the journey is this project's coding.",
    )


def process_mark(code: str) -> Mark:
    """Return the rating of an action's process as a word with its shape."""
    return Mark(words.PROCESS_RAG[code], *_MARKS[code])


def completion_mark(code: str) -> Mark:
    """Return the rating of an action's completion as a word with its shape."""
    return Mark(words.COMPLETION_RAG[code], *_MARKS[code])


def lead(tables: Tables, action: PlannedAction) -> str:
    """Return who leads an action: the role, and the organisation it belongs to."""
    if action.lead_role is None:
        return NOT_LEGIBLE
    if action.lead_agency is None:
        return action.lead_role
    names = {row.agency: row.name for row in tables.agencies}
    return f"{names[action.lead_agency]}: {action.lead_role}"


def timescale(action: PlannedAction) -> str:
    """Return an action's timescale as printed, with the correction beside a misprint."""
    if action.due_printed is None:
        return month_names(plan.due_months(action)) or "no legible date"
    if action.due_corrected:
        return f"{action.due_printed} (read as {month_names(action.due_corrected)})"
    is_lost = plan.is_illegible(action)
    return f"{action.due_printed} (no legible date)" if is_lost else action.due_printed


def month_names(months: Iterable[Month]) -> str:
    """Return months in words: "October 2014 and March 2015"."""
    return " and ".join(month.text for month in months)


def area_label(area: str) -> str:
    """Return the name of an action area's table."""
    return f"plan-actions-{area.replace('.', '-')}"


def area_actions(tables: Tables, area: ActionArea, standing: Sequence[Standing]) -> Exhibit:
    """Return the table of one action area; where no progress is recorded, it has no such column."""
    own = [s for s in standing if s.action.action_area == area.action_area]
    width = None if any(map(_has_progress, own)) else -1
    columns = _ACTION_COLUMNS[:width]
    year = f", {own[0].plan_year}" if own else ""
    return exhibit(
        area_label(area.action_area),
        f"Action area {area.action_area}{year}: {area.title}",
        columns,
        [_action(tables, s)[:width] for s in own]
        or [("none", *["no action"] * (len(columns) - 1))],
        *(remark for s in own for remark in _remarks(s)),
        wide=True,
    )


def _remarks(standing: Standing) -> Iterator[str]:
    """Yield what a reader must know of an action's row and of its latest status."""
    action = standing.action
    parts = [f'printed "{action.as_printed}"' if action.as_printed else ""]
    if action.monitored_corrected:
        parts.append(f"monitoring read as {month_names(action.monitored_corrected)}")
    parts.append(_own_note(action.note))
    told = ". ".join(part for part in parts if part)
    if told:
        yield f"{action.action}: {told}."
    if standing.records and (note := standing.records[-1].note):
        yield f"{action.action}, status: {note} ({last_said(standing)})."


_ACTION_COLUMNS = (
    Column("Action"),
    Column("Lead"),
    Column("How it will be known to be achieved"),
    Column("Timescale"),
    Column("Monitoring"),
    Column("Process"),
    Column("Completion"),
    Column("Progress"),
)


def _action(tables: Tables, standing: Standing) -> tuple[Cell, ...]:
    action = standing.action
    return (
        action.action,
        lead(tables, action),
        action.success_measure,
        timescale(action),
        action.monitoring or NOT_LEGIBLE,
        process_mark(standing.process),
        completion_mark(standing.completion),
        _progress(standing),
    )


def _progress(standing: Standing) -> str:
    said = ((label, standing.said(column)) for column, label in _SAID.items())
    told = "; ".join(f"{label}: {text}" for label, text in said if text)
    return f"{told} ({last_said(standing)})" if told else "nothing recorded"


def _has_progress(standing: Standing) -> bool:
    return any(standing.said(column) for column in _SAID)


def last_said(standing: Standing) -> str:
    """Return when something was last said of an action, and where."""
    if not standing.records:
        return "no record"
    record = standing.records[-1]
    return f"{day_text(record.as_at)}, {record.reported_in}"


def group_names(tables: Tables) -> dict[str, str]:
    """Return the names of the groups: those of the plan, else those of the annual report."""
    named = {row.group: row.name for row in tables.groups}
    return named | {row.group: row.name for row in tables.plan_groups}


def _all_actions(tables: Tables, standing: Sequence[Standing], year: ReportingYear) -> Exhibit:
    """Return every action in one table: the open data has the whole plan in one file."""
    areas = {area.action_area: area.title for area in tables.action_areas}
    return exhibit(
        "actions",
        f"Every action of the Business Plan {year}",
        (_ACTION_COLUMNS[0], Column("Action area"), *_ACTION_COLUMNS[1:]),
        [
            (row[0], f"{s.action.action_area} {areas[s.action.action_area]}", *row[1:])
            for s in standing
            for row in [_action(tables, s)]
        ],
        wide=True,
    )


def _groups(tables: Tables, year: ReportingYear) -> Exhibit:
    names = group_names(tables)
    return exhibit(
        "plan-groups",
        f"The Board and its groups, {year}",
        (Column("Group"), Column("Kind"), Column("Answers to"), Column("What it is for")),
        [
            (
                row.name,
                words.GROUP_KIND[row.kind],
                names[row.accountable_to] if row.accountable_to else "no group of the Board",
                row.purpose,
            )
            for row in tables.plan_groups
        ],
        "Purposes are retold briefly.",
        *(f"{row.name}: {note}." for row in tables.plan_groups if (note := _own_note(row.note))),
    )


def _own_note(note: str | None) -> str:
    return (note or "").removeprefix(_RETOLD).lstrip(". ")


def _objectives(tables: Tables, year: ReportingYear) -> Exhibit:
    areas = "; ".join(f"{row.area} {row.title}" for row in tables.development_areas)
    years = sorted({ticked for row in tables.objectives for ticked in row.ticked or ()})
    return exhibit(
        "objectives",
        f"Objectives of the development areas, and their action areas in {year}",
        (
            Column("Objective"),
            Column("Development area"),
            *(Column(str(ticked)) for ticked in years),
            Column(f"Action area in {year}"),
        ),
        [
            (
                row.title,
                str(row.development_area),
                *(_tick(row, ticked) for ticked in years),
                row.action_area or "none",
            )
            for row in tables.objectives
        ],
        f"Development areas: {areas}.",
        *(f"{row.title}: {note}." for row in tables.objectives if (note := _own_note(row.note))),
    )


def _tick(objective: Objective, year: ReportingYear) -> Mark:
    if plan.is_ticked(objective, year):
        return Mark("ticked", "✓")
    return Mark("no tick legible", "–")


def _due(tables: Tables, year: ReportingYear) -> Exhibit:
    """Return how many actions each month has, as printed and with misprints corrected."""
    found = (plan.last_month(a, as_printed=p) for a in tables.actions for p in (True, False))
    months = sorted({month for month in found if month})
    corrected = [a.action for a in tables.actions if a.due_corrected]
    return exhibit(
        "due-dates",
        f"Actions of the Business Plan {year} by the last month of their timescale",
        (Column("Due"), Column("As printed", ACTIONS), Column("As read here", ACTIONS)),
        [
            (
                month.text if month else "To be confirmed, or not legible",
                plan.due_in(tables.actions, month, as_printed=True),
                plan.due_in(tables.actions, month),
            )
            for month in (*months, None)
        ],
        *([f"Misprinted years are corrected for {' and '.join(corrected)}."] if corrected else []),
    )
