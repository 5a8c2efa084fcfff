"""Rules 18 to 22: the Business Plan can be carried out, watched, and followed back to its needs."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Iterable

from hscb_report.measures import plan
from hscb_report.measures.golden_thread import stated_without_action
from hscb_report.rules.rule import Breach, Breaches, Rule, year_of
from hscb_report.schema import Tables
from hscb_report.schema.columns import Month
from hscb_report.schema.plan import PlannedAction

_LATE = 2
"""Months after its due month from which a first look at an action comes late: the plan's groups
meet every month or every other month."""
_ABBREVIATED = [name.lower() for name in month_abbr[1:]]
_MONTH_AND_YEAR = re.compile(rf"\b({'|'.join(_ABBREVIATED)})[a-z]*\.? (\d\d)\b", re.IGNORECASE)
_ASK = "Ask the lead for the month, or accept it with a reason."


def _due_dates(tables: Tables) -> Breaches:
    year = year_of(tables.actions).next
    for action in tables.actions:
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
                "Correct the column due, which has the months as printed.",
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


def _monitoring_in_time(tables: Tables) -> Breaches:
    year = year_of(tables.actions).next
    for action in tables.actions:
        due, watched = plan.due_months(action), action.monitored_corrected or action.monitored
        wrong = [month for month in action.monitored or () if month.last_day < year.start]
        if wrong:
            what = f"{_months(wrong)} is before the plan year {year}"
            if action.monitored_corrected:
                corrected = set(action.monitored_corrected) - set(action.monitored or ())
                what += f"; read as {_months(sorted(corrected))}"
            yield _at_monitoring(action, f"{what}.")
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


def _at_monitoring(action: PlannedAction, what: str) -> Breach:
    hint = "Add a report after the due date, or accept it with a reason."
    told = f"{action.action}: {what}"
    return Breach(told, hint, action.place, "monitoring", action.monitoring)


def _months(months: Iterable[Month]) -> str:
    return " and ".join(month.text for month in months)


def _priorities_have_actions(tables: Tables) -> Breaches:
    for row in stated_without_action(tables.stated_priorities, tables.golden_thread):
        yield Breach(
            f"called a priority ({row.title}), but no action of the plan answers it.",
            "Add an action, or link one in golden_thread.csv.",
            row.place,
            "stated",
            row.stated,
        )


def _objectives_have_areas(tables: Tables) -> Breaches:
    year = year_of(tables.objectives).next
    for row in tables.objectives:
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
    yield from _unused(tables)


def _unused(tables: Tables) -> Breaches:
    """Yield the action areas that no objective names, and the areas that hold nothing."""
    hint = "Add what is missing, or accept it with a reason."
    named = {row.action_area for row in tables.objectives}
    acted = {row.action_area for row in tables.actions}
    held = {row.development_area for row in tables.action_areas}
    for area in tables.action_areas:
        for is_there, what in (
            (area.action_area in named, "no objective names this action area."),
            (area.action_area in acted, "this action area has no action."),
        ):
            if not is_there:
                yield Breach(what, hint, area.place, "action_area", area.action_area)
    for development_area in tables.development_areas:
        if development_area.area not in held:
            what = "this development area has no action area."
            yield Breach(what, hint, development_area.place, "area", str(development_area.area))


def _one_holder(tables: Tables) -> Breaches:
    holders: dict[tuple[str | None, str], dict[str, list[PlannedAction]]] = {}
    for action in tables.actions:
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


RULES = (
    Rule(
        "R18",
        "A due date is inside the plan year, single and legible",
        "warning",
        ("actions",),
        _due_dates,
    ),
    Rule(
        "R19",
        "Monitoring comes neither before nor long after what it monitors",
        "warning",
        ("actions",),
        _monitoring_in_time,
    ),
    Rule(
        "R20",
        "What is called a priority of the plan has an action",
        "warning",
        ("stated_priorities", "golden_thread"),
        _priorities_have_actions,
    ),
    Rule(
        "R21",
        "Objectives ticked for the year, action areas and actions belong together",
        "warning",
        ("objectives", "action_areas", "actions", "development_areas"),
        _objectives_have_areas,
    ),
    Rule("R22", "One post has one holder at a date", "warning", ("actions",), _one_holder),
)
