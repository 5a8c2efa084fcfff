"""The plan's actions: who leads them, how they stand, whether they can be carried out."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from hscb_report.calculations import plan, tracker
from hscb_report.calculations.tracker import ActionState
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.results.chapter import THE_PLAN, Chapter, Page
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.outline import Outline, Paragraphs, Section, Shown, Term, Terms
from hscb_report.results.statuses import (
    STANDINGS,
    completion_mark,
    has_progress,
    last_said,
    process_mark,
    progress_text,
)
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import Group
from hscb_report.schema.cells import Month
from hscb_report.schema.plan import (
    ActionArea,
    ActionStatus,
    DevelopmentArea,
    PlanGroup,
    PlannedAction,
)
from hscb_report.schema.reference import Agency
from hscb_report.units import count_of
from hscb_report.wording import first_lower, first_upper
from hscb_report.years import ReportingYear, day_text

ACTIONS = count_of("actions")
_RETOLD = "Retold in our own words"  # a note that says no more than this is not shown


def unknown(data: YearData) -> str:
    """Return what is said of what the plan does not tell."""
    return "not known" if data.is_reconstruction else "not stated"


def states_at(data: YearData, day: date) -> tuple[ActionState, ...]:
    """Return how every action of the plan stands at a day."""
    actions, statuses = data.tables[PlannedAction], data.tables[ActionStatus]
    return tracker.states_at(day, actions, statuses, data.plan_year)


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the actions as they stand at the day that is looked at: all, and by action area."""
    states = states_at(data, data.as_at)
    if data.tables[PlannedAction]:
        yield _all_actions(data, states)
    for area in data.tables[ActionArea]:
        yield area_actions(data, area, states)


def _all_actions(data: YearData, states: Sequence[ActionState]) -> Exhibit:
    """Return every action in one table: the open data has the whole plan in one file."""
    areas = {area.action_area: area.title for area in data.tables[ActionArea]}
    return exhibit(
        "actions",
        f"Every action of the Business Plan {data.plan_year}",
        (
            _OF_ACTIONS[0],
            Column("Action area"),
            *_OF_ACTIONS[1:],
            Column("Process"),
            Column("Completion"),
            *continues_columns(data),
        ),
        [
            (
                row[0],
                f"{s.action.action_area} {areas[s.action.action_area]}",
                *row[1:],
                process_mark(s.process),
                completion_mark(s.completion),
                *continues_cells(data, s.action),
            )
            for s in states
            for row in [_action(data, s)]
        ],
        wide=True,
    )


def continues_columns(data: YearData) -> tuple[Column, ...]:
    """Return the column for what actions continue; none where no action of the plan does."""
    does_any = any(action.continues for action in data.tables[PlannedAction])
    return (Column(f"Continues, of the plan for {data.year}", usual="Continues"),) * does_any


def continues_cells(data: YearData, action: PlannedAction) -> tuple[str, ...]:
    """Return the cell of that column: the labels in the plan before, or that the action is new."""
    continued = " and ".join(action.continues or ()) or "none: it is new"
    return (continued,) * len(continues_columns(data))


def area_actions(data: YearData, area: ActionArea, states: Sequence[ActionState]) -> Exhibit:
    """Return the table of one action area.

    What is known of no action of the plan has no column, nor has progress that none of the area
    has made.
    """
    own = [s for s in states if s.action.action_area == area.action_area]
    unsaid = {*_known_of_none(data, states), *([] if any(map(has_progress, own)) else ["Progress"])}
    kept = [n for n, column in enumerate(_OF_ACTIONS) if column.heading not in unsaid]
    year = f", {own[0].plan_year}" if own else ""
    cells = [_action(data, state) for state in own]
    return exhibit(
        area_label(area.action_area),
        f"Action area {area.action_area}{year}: {area.title}",
        [_OF_ACTIONS[n] for n in kept],
        [[row[n] for n in kept] for row in cells] or [("none", *["no action"] * (len(kept) - 1))],
        *(remark for s in own for remark in _remarks(s, data.year)),
        *(note for s in own for note in status_notes(s) if "Status" not in unsaid),
        wide=len(kept) > _ON_AN_UPRIGHT_PAGE,
    )


def _known_of_none(data: YearData, states: Sequence[ActionState]) -> list[str]:
    """Return the headings of what is known of no action: the page says it once, for all."""
    rows = [_action(data, state) for state in states]
    unsaid = [
        column.heading
        for place, column in enumerate(_OF_ACTIONS)
        if rows and all(row[place] == unknown(data) for row in rows)
    ]
    unsaid += ["Status"] * all(state.is_unknown for state in states)
    return unsaid + ["Progress"] * (not any(map(has_progress, states)))


def _remarks(state: ActionState, before: ReportingYear) -> Iterator[str]:
    """Yield what an action continues, and what must be known of its row.

    It continues an action of the plan for the year `before`.
    """
    action = state.action
    if action.continues:
        labels = " and ".join(action.continues)
        yield f"{action.action} continues {labels} of the plan for {before}."
    parts = [f'printed "{action.as_printed}"' if action.as_printed else ""]
    if action.monitored_corrected:
        parts.append(f"monitoring read as {month_names(action.monitored_corrected)}")
    parts.append(own_note(action.note))
    told = ". ".join(part for part in parts if part)
    if told:
        yield f"{action.action}: {told}."


def status_notes(state: ActionState) -> Iterator[str]:
    """Yield what must be known of an action's latest status."""
    if state.records and (note := state.records[-1].note):
        yield f"{state.action.action}, status: {note} ({last_said(state)})."


IN_PLACE = Column("What should be in place")
_OF_ACTIONS = (
    Column("Action"),
    IN_PLACE,
    Column("Lead"),
    Column("Due"),
    Column("Status"),
    Column("Monitoring"),
    Column("Progress"),
)
_ON_AN_UPRIGHT_PAGE = 5
"""So many columns of a plan have room on a page that is not turned."""


def _action(data: YearData, state: ActionState) -> tuple[Cell, ...]:
    action = state.action
    return (
        action.action,
        action.success_measure,
        lead(data, action),
        timescale(action),
        STANDINGS[state.standing],
        action.monitoring or unknown(data),
        progress_text(state),
    )


def lead(data: YearData, action: PlannedAction) -> str:
    """Return who leads an action: the role and the organisation it belongs to, as far as named."""
    names = {row.agency: row.name for row in data.tables[Agency]}
    agency = names[action.lead_agency] if action.lead_agency else ""
    named = [part for part in (agency, action.lead_role) if part]
    return ": ".join(named) or unknown(data)


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


def group_names(data: YearData) -> dict[str, str]:
    """Return the names of the groups: those of the plan, else those of the annual report."""
    named = {row.group: row.name for row in data.tables[Group]}
    return named | {row.group: row.name for row in data.tables[PlanGroup]}


def own_note(note: str | None) -> str:
    """Return what a note says beside that its row is retold."""
    return (note or "").removeprefix(_RETOLD).lstrip(". ")


def area_label(area: str) -> str:
    """Return the name of an action area's table."""
    return f"plan-actions-{area.replace('.', '-')}"


def outlines(data: YearData) -> Iterator[tuple[str, Outline]]:
    """Yield the plan's actions, by development area and action area.

    First, without a heading, stands what is known of none of them.
    """
    unsaid = " ".join(_said_of_none(data))
    opening = (Section("", (Paragraphs((unsaid,)),)),) if unsaid else ()
    yield "plan-actions", (*opening, *_areas(data))


def _said_of_none(data: YearData) -> Iterator[str]:
    """Yield sentences that say what is known of no action, and of no action area."""
    states, areas = states_at(data, data.as_at), data.tables[ActionArea]
    lost = _known_of_none(data, states)
    if not states:
        return
    if "Status" in lost:
        yield f"How the actions stand is not known: {_why_unknown(states)}."
    if "Progress" in lost:
        yield "No progress or impact is recorded for any action."
    if others := [heading for heading in lost if heading not in ("Status", "Progress")]:
        yield f"{_unknown_first(data)} for any action: {', '.join(map(first_lower, others))}."
    if areas and (terms := [name for name in _TERMS if not any(map(_TERMS[name], areas))]):
        yield f"{_unknown_first(data)} for any action area: {', '.join(map(first_lower, terms))}."


def _why_unknown(states: Sequence[ActionState]) -> str:
    """Return why no rating of the plan says how an action stands."""
    coded = sum(state.completion == "code_unknown" for state in states)
    if not coded:
        return "for none of them is it rated whether it will be complete in time"
    rated = "them" if coded == len(states) else f"{coded} of {len(states)}"
    others = "" if coded == len(states) else ", and no other"
    return f"the plan rates {rated} by a code that its key does not explain{others}"


def _unknown_first(data: YearData) -> str:
    return first_upper(unknown(data))


def _areas(data: YearData) -> Iterator[Section]:
    """Yield a section for each development area, with its action areas and their tables."""
    for area in data.tables[DevelopmentArea]:
        yield Section(
            f"Development area {area.area}: {area.title}",
            sections=tuple(
                _area_section(data, action_area)
                for action_area in data.tables[ActionArea]
                if action_area.development_area == area.area
            ),
        )


def _area_section(data: YearData, area: ActionArea) -> Section:
    groups = group_names(data)
    areas, needs = data.vocabulary(words.JOURNEY_AREA), data.vocabulary(words.NEED)
    journey = "; ".join(areas[code] for code in area.journey_areas or ())
    said = {
        "The need came from": needs[area.need_from] + (f": {area.need}" if area.need else ""),
        _IMPACT: area.expected_impact or unknown(data),
        _MONITORED: groups.get(area.monitored_by or "", unknown(data)),
        **({_JOURNEY: journey or "none named"} if areas else {}),
    }
    every = data.tables[ActionArea]
    shown = [name for name in said if name not in _TERMS or any(map(_TERMS[name], every))]
    return Section(
        f"{area.action_area} {area.title}",
        (
            Terms(tuple(Term(name, (said[name],)) for name in shown)),
            Shown(area_label(area.action_area)),
        ),
    )


_IMPACT, _MONITORED = "Impact expected in the end", "Monitored by"
_JOURNEY = "Improvement journey"
_TERMS: Mapping[str, Callable[[ActionArea], object]] = {
    _IMPACT: lambda area: area.expected_impact,
    _MONITORED: lambda area: area.monitored_by,
    _JOURNEY: lambda area: area.journey_areas,
}
"""What need not be known of an action area."""
_LATE = 2
"""Months after its due month from which a first look at an action comes late: the plan's groups
meet every month or every other month."""
_ABBREVIATED = [name.lower() for name in month_abbr[1:]]
_MONTH_AND_YEAR = re.compile(rf"\b({'|'.join(_ABBREVIATED)})[a-z]*\.? (\d\d)\b", re.IGNORECASE)
_MONTH_NAME = re.compile(rf"\b({'|'.join(month_name[1:])})\b")
_PLACE_IN_DOCUMENT = re.compile(r"(?:L|p\. ?)\d[\d, -]*")
_ASK = "Ask the lead for the month, or accept it with a reason."


def _due_dates(data: YearData) -> Breaches:
    year = data.plan_year
    for action in data.tables[PlannedAction]:
        printed = plan.due_months(action, as_printed=True)
        if not plan.due_months(action):
            what = (
                "the date is still to be confirmed."
                if plan.is_undated(action)
                else "no date can be read from the timescale."
            )
            yield _at_due(action, f"{action.action}: {what}", _ASK)
        named = _months_named(action.due_printed or "")
        if named and named != {(month.year, month.month) for month in printed}:
            yield _at_due(
                action,
                f"{action.action}: the timescale does not name {_months(printed) or 'no month'}.",
                "Correct the column due, which has the months as the plan has them.",
            )
            continue
        if len(set(printed)) > 1:
            what = f"{action.action}: {len(set(printed))} dates stand in one timescale."
            yield _at_due(action, what, "Split the action, so that each part has its date.")
        if plan.is_outside(printed, year):
            outside = [month for month in printed if plan.is_outside([month], year)]
            what = f"{action.action}: {_months(outside)} is outside the plan year {year}"
            if action.due_corrected:
                what += f"; it is read as {_months(action.due_corrected)}"
            yield _at_due(action, f"{what}.", _ASK)
        if plan.is_outside(action.due_corrected or (), year):
            what = f"{action.action}: {_months(action.due_corrected or ())}, as corrected, is"
            yield _at_due(action, f"{what} outside the plan year {year}.", _ASK)


def _months_named(printed: str) -> set[tuple[int, int]]:
    """Return year and month of what is printed like "Sep 14"."""
    return {
        (2000 + int(year), _ABBREVIATED.index(name.lower()) + 1)
        for name, year in _MONTH_AND_YEAR.findall(printed)
    }


def _at_due(action: PlannedAction, what: str, hint: str) -> Breach:
    return Breach(what, hint, action.place, "due_printed", action.due_printed)


def _monitoring_in_time(data: YearData) -> Breaches:
    year = data.plan_year
    for action in data.tables[PlannedAction]:
        due, watched = plan.due_months(action), action.monitored_corrected or action.monitored
        wrong = [month for month in action.monitored or () if month.last_day < year.start]
        if wrong:
            what = f"{_months(wrong)} is before the plan year {year}"
            if action.monitored_corrected:
                corrected = set(action.monitored_corrected) - set(action.monitored or ())
                what += f"; read as {_months(sorted(corrected))}"
            yield _at_monitoring(action, f"{what}.")
        if unnamed := _months_of_text(action.monitoring) - {
            m.month for m in action.monitored or ()
        }:
            told = " and ".join(month_name[month] for month in sorted(unnamed))
            if action.monitored:
                yield _at_monitoring(action, f"the column monitored does not name {told}.")
        if not due or not watched:
            continue
        if max(watched) < max(due):
            yield _at_monitoring(
                action,
                f"watched for the last time in {max(watched).text}, before it is due in "
                f"{max(due).text}.",
            )
        elif max(due).months_until(min(watched)) >= _LATE:
            yield _at_monitoring(
                action,
                f"watched for the first time in {min(watched).text}, "
                f"{max(due).months_until(min(watched))} months after it is due.",
            )


def _months_of_text(text: str | None) -> set[int]:
    """Return the numbers of the months that a text names in full."""
    return {list(month_name).index(name) for name in _MONTH_NAME.findall(text or "")}


def _at_monitoring(action: PlannedAction, what: str) -> Breach:
    hint = "Add a report after the due date, or accept it with a reason."
    told = f"{action.action}: {what}"
    return Breach(told, hint, action.place, "monitoring", action.monitoring)


def _months(months: Iterable[Month]) -> str:
    return " and ".join(month.text for month in months)


def _one_holder(data: YearData) -> Breaches:
    holders: dict[tuple[str | None, str], dict[str, list[PlannedAction]]] = {}
    for action in data.tables[PlannedAction]:
        if action.lead_role and action.lead_holder:
            post = holders.setdefault((action.lead_agency, action.lead_role), {})
            post.setdefault(action.lead_holder, []).append(action)
    for (_agency, role), held in holders.items():
        if len(held) > 1:
            each = [sorted(actions, key=lambda a: a.place) for actions in held.values()]
            each.sort(key=lambda actions: actions[0].place)
            told = "; ".join(", ".join(a.action for a in actions) for actions in each)
            yield Breach(
                f"{role} has {len(held)} holders in one plan (actions {told}).",
                "Correct the holder, or accept it with a reason.",
                each[1][0].place,
                "lead_holder",
            )


def _statuses_near_plan(data: YearData) -> Breaches:
    first, last = data.plan_year.previous.start, data.plan_year.next.end
    for row in data.tables[ActionStatus]:
        if not first <= row.as_at <= last:
            yield Breach(
                f"more than a year before or after the plan year {data.plan_year}.",
                "Correct the day.",
                row.place,
                "as_at",
                row.as_at.isoformat(),
            )


def _one_document_one_day(data: YearData) -> Breaches:
    """Hold statuses that were read from one document to one day: it speaks of one."""
    days: dict[str, dict[date, list[ActionStatus]]] = {}
    for row in data.tables[ActionStatus]:
        document, _comma, place = row.reported_in.rpartition(", ")
        if document and _PLACE_IN_DOCUMENT.fullmatch(place):
            days.setdefault(document, {}).setdefault(row.as_at, []).append(row)
    for document, by_day in days.items():
        usual = max(by_day, key=lambda day: len(by_day[day]))
        for day, rows in by_day.items():
            for row in rows if day != usual else ():
                yield Breach(
                    f"the other statuses from {document} are as at {day_text(usual)}.",
                    "Correct the day, or say in reported_in where this one comes from.",
                    row.place,
                    "as_at",
                    day.isoformat(),
                )


CHAPTER = Chapter(
    name="actions",
    title="Action tables",
    pages=(Page("pages/plan-actions", THE_PLAN, is_wide=True),),
    looks_ahead=True,
    about=(PlannedAction,),
    reads=(DevelopmentArea, ActionArea, ActionStatus, Group, PlanGroup, Agency),
    exhibits=exhibits,
    outlines=outlines,
    rules=(
        Rule(
            "R18",
            "A due date is inside the plan year, single and legible",
            "warning",
            (PlannedAction,),
            _due_dates,
        ),
        Rule(
            "R19",
            "Monitoring comes neither before nor long after what it monitors",
            "warning",
            (PlannedAction,),
            _monitoring_in_time,
        ),
        Rule("R22", "One post has one holder at a date", "warning", (PlannedAction,), _one_holder),
        Rule(
            "R34",
            "A status is of a day near the plan's year",
            "error",
            (ActionStatus,),
            _statuses_near_plan,
        ),
        Rule(
            "R35",
            "The statuses of one document are of one day",
            "warning",
            (ActionStatus,),
            _one_document_one_day,
        ),
    ),
)
