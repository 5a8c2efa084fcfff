"""The Business Plan: its groups and objectives, and its actions in numbers."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import plan, tracker
from hscb_report.chapters.actions import ACTIONS, group_names, own_note, states_at, unknown
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.figures import count
from hscb_report.results.chapter import THE_PLAN, Chapter, Page, Taken, notebook_page
from hscb_report.results.exhibit import Cell, Column, Exhibit, Mark, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.titles import most, part
from hscb_report.results.told import lacking
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import Group
from hscb_report.schema.journey import InspectionStatement
from hscb_report.schema.plan import (
    ActionArea,
    ActionStatus,
    DevelopmentArea,
    Objective,
    PlanGroup,
    PlanHeading,
    PlannedAction,
)
from hscb_report.units import count_of
from hscb_report.years import ReportingYear


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    actions, listed = count_of("actions"), data.tables[PlannedAction]
    states = states_at(data, data.as_at)
    yield fact("plan.development_areas", "Development areas of the plan", count_of("areas"), plan.rows_total, data.tables[DevelopmentArea])
    yield fact("plan.action_areas", "Action areas of the plan", count_of("areas"), plan.rows_total, data.tables[ActionArea])
    yield fact("plan.groups", "The Board and its groups, as the plan describes them", count_of("groups"), plan.rows_total, data.tables[PlanGroup])
    yield fact("plan.objectives", "Objectives of the development areas", count_of("objectives"), plan.rows_total, data.tables[Objective])
    yield fact("plan.objectives_without_area", "Objectives that no action area takes up", count_of("objectives"), plan.objectives_without_area, data.tables[Objective], whole="objectives")
    yield fact("plan.actions", "Actions of the plan", actions, plan.planned, listed)
    for row in data.tables[DevelopmentArea]:
        yield fact(f"plan.actions_in_area_{row.area}", f"Actions: {row.title}", actions, plan.planned, listed, row.area, whole="actions")
    for what, label in words.TRACKED.items():
        if what != "planned":
            yield fact(f"plan.{what}", f"Actions: {label.lower()}", actions, tracker.tracked, states, what, whole="actions")
    for code, label in words.COMPLETION_RAG.items():
        if code in ("outside_timescale", "unrated", "code_unknown"):
            yield fact(f"plan.{code}", f"Actions by completion: {label.lower()}", actions, tracker.rated, states, "completion", code, whole="actions")
    first = min((row.as_at for row in data.tables[ActionStatus]), default=data.as_at)
    published = states_at(data, first)
    yield fact("plan.published_code_unknown", "Actions whose completion has an unknown code in the plan as published", actions, tracker.rated, published, "completion", "code_unknown", whole="actions")
    if data.meeting:
        yield fact("plan.due_before_meeting", "Actions due before the meeting", actions, plan.due_before, listed, data.meeting, whole="actions")
    if data.meeting and data.is_reconstruction:
        yield fact("plan.due_before_meeting_as_printed", "Actions due before the meeting, by the years as printed", actions, plan.due_before, listed, data.meeting, True, whole="actions")
    if data.is_reconstruction:
        yield fact("plan.outside_year_as_printed", "Actions due outside the plan year, by the years as printed", actions, plan.outside_year_as_printed, listed, data.plan_year, whole="actions")
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the groups, the objectives, the legend, the due dates, the action areas by journey."""
    yield _groups(data)
    yield _objectives(data)
    yield exhibit(
        "plan-headings",
        f"Headings and key of the action tables, {data.plan_year}, and where the data keep them",
        (
            Column("As printed" if data.is_reconstruction else "In the plan", usual="In the plan"),
            Column("Kept here as"),
        ),
        [(row.heading, row.meaning) for row in data.tables[PlanHeading]],
        group="dictionary",
    )
    yield _due(data)
    if data.tables[InspectionStatement]:  # else no page is about the areas of the journey
        for journey in data.vocabulary(words.JOURNEY_AREA):
            yield _for_journey(data, journey)


def _for_journey(data: YearData, journey: str) -> Exhibit:
    """Return the action areas that belong to one area of the improvement journey."""
    groups = group_names(data)
    rows: list[tuple[Cell, ...]] = [
        (
            f"{row.action_area} {row.title}",
            plan.planned_in(data.tables[PlannedAction], row.action_area),
            groups.get(row.monitored_by or "", unknown(data)),
        )
        for row in data.tables[ActionArea]
        if journey in (row.journey_areas or ())
    ]
    areas = data.vocabulary(words.JOURNEY_AREA)
    return exhibit(
        f"plan-for-{journey.replace('_', '-')}",
        f"{areas[journey]}: action areas of the Business Plan {data.plan_year}",
        (Column("Action area"), Column("Actions", ACTIONS), Column("Monitored by")),
        rows,
    )


def _groups(data: YearData) -> Exhibit:
    names, kinds = group_names(data), data.vocabulary(words.GROUP_KIND)
    return exhibit(
        "plan-groups",
        f"The Board and its groups: who answers to whom, and what each is for, {data.plan_year}",
        (Column("Group"), Column("Kind"), Column("Answers to"), Column("What it is for")),
        [
            (
                row.name,
                kinds[row.kind],
                names[row.accountable_to] if row.accountable_to else "no group of the Board",
                row.purpose,
            )
            for row in data.tables[PlanGroup]
        ],
        *data.of_source("Purposes are given in summary."),
        *(f"{row.name}: {note}." for row in data.tables[PlanGroup] if (note := own_note(row.note))),
        title=part(
            count(data.tables[PlanGroup], lambda row: row.accountable_to is not None),
            plan.rows_total(data.tables[PlanGroup]),
            "groups",
            "answered to another group",
        ),
    )


def _objectives(data: YearData) -> Exhibit:
    areas = "; ".join(f"{row.area} {row.title}" for row in data.tables[DevelopmentArea])
    years = sorted({ticked for row in data.tables[Objective] for ticked in row.ticked or ()})
    return exhibit(
        "objectives",
        f"Objectives of the development areas by year and action area, {data.plan_year}",
        (
            Column("Objective"),
            Column("Development area"),
            *(Column(str(ticked)) for ticked in years),
            Column(f"Action area in {data.plan_year}", usual="Action area"),
        ),
        [
            (
                row.title,
                str(row.development_area),
                *(_tick(row, ticked, data.is_reconstruction) for ticked in years),
                row.action_area or "none",
            )
            for row in data.tables[Objective]
        ],
        *([f"Development areas: {areas}."] if areas else []),
        *(
            f"{row.title}: {note}."
            for row in data.tables[Objective]
            if (note := own_note(row.note))
        ),
        title=lacking(
            plan.objectives_without_area(data.tables[Objective]),
            plan.rows_total(data.tables[Objective]),
            "objectives",
            "had no action area",
            "had an action area",
        ),
    )


def _tick(objective: Objective, year: ReportingYear, is_reconstruction: bool) -> Mark:
    if plan.is_ticked(objective, year):
        return Mark("ticked", "✓")
    return Mark("no tick legible" if is_reconstruction else "not ticked", "–")


def _due(data: YearData) -> Exhibit:
    """Return how many actions each month has, as printed and with misprints corrected."""
    found = (
        plan.last_month(a, as_printed=p) for a in data.tables[PlannedAction] for p in (True, False)
    )
    months = sorted({month for month in found if month})
    corrected = [a.action for a in data.tables[PlannedAction] if a.due_corrected]
    no_date = "To be confirmed, or not legible" if data.is_reconstruction else "To be confirmed"
    actions = data.tables[PlannedAction]
    printed = [Column("As printed", ACTIONS)] if data.is_reconstruction else []
    read = (
        Column("As read here", ACTIONS, usual="Actions") if printed else Column("Actions", ACTIONS)
    )
    made = exhibit(
        "due-dates",
        f"Actions of the plan by the last month of their timescale, number, {data.plan_year}",
        (Column("Due"), *printed, read),
        [
            (
                month.text if month else no_date,
                *(plan.due_in(actions, month, as_printed=True) for _ in printed),
                plan.due_in(actions, month),
            )
            for month in (*months, None)
        ]
        if actions
        else [],
        *([f"Misprinted years are corrected for {' and '.join(corrected)}."] if corrected else []),
    )
    return made.titled(most(made, "Actions", "dated actions", "were due in", no_date))


def _objectives_have_areas(data: YearData) -> Breaches:
    year = data.plan_year
    for row in data.tables[Objective]:
        is_ticked = plan.is_ticked(row, year)
        if is_ticked == (row.action_area is not None):
            continue
        what = (
            f"ticked for {year}, but no action area takes it up"
            if is_ticked
            else f"action area {row.action_area} takes it up in {year}, but no tick for that "
            "year can be read"
        )
        yield Breach(
            f"{what}.",
            "Correct the grid or the action areas, or accept it with a reason.",
            row.place,
            "ticked",
            row.objective,
        )
    yield from _unused(data)


def _unused(data: YearData) -> Breaches:
    """Yield the action areas that no objective names, and the areas that hold nothing."""
    hint = "Add what is missing, or accept it with a reason."
    named = {row.action_area for row in data.tables[Objective]}
    acted = {row.action_area for row in data.tables[PlannedAction]}
    held = {row.development_area for row in data.tables[ActionArea]}
    for area in data.tables[ActionArea]:
        for is_there, what in (
            (area.action_area in named, "no objective names this action area."),
            (area.action_area in acted, "this action area has no action."),
        ):
            if not is_there:
                yield Breach(what, hint, area.place, "action_area", area.action_area)
    for development_area in data.tables[DevelopmentArea]:
        if development_area.area not in held:
            what = "this development area has no action area."
            yield Breach(what, hint, development_area.place, "area", str(development_area.area))


def _not_complete(data: YearData) -> Iterator[Taken]:
    """Yield the actions that were not complete when last looked at: carried on, or to be dropped."""
    states = states_at(
        data, max((row.as_at for row in data.tables[ActionStatus]), default=data.as_at)
    )
    for state in states:
        if not state.is_complete:
            yield Taken(state.action.place.row, {"continues": state.action.action})


CHAPTER = Chapter(
    name="plan",
    title="Business Plan",
    looks_ahead=True,
    pages=(Page("text/plan-introduction", THE_PLAN), notebook_page("plan", THE_PLAN)),
    about=(PlanGroup, DevelopmentArea, Objective, ActionArea, PlannedAction),
    reads=(Group, PlanHeading, ActionStatus, InspectionStatement),
    facts=facts,
    exhibits=exhibits,
    key_figures=("plan.actions",),
    rules=(
        Rule(
            "R21",
            "Objectives ticked for the year, action areas and actions belong together",
            "warning",
            (Objective, ActionArea, PlannedAction, DevelopmentArea),
            _objectives_have_areas,
        ),
    ),
    carries={PlannedAction: _not_complete},
)
