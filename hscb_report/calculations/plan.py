"""The Business Plan: its areas, objectives and actions, and when actions are due.

Where a printed month is a misprint, the corrected one counts unless the printed one is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hscb_report.figures import Figure, count
from hscb_report.schema import Row
from hscb_report.schema.cells import Month
from hscb_report.schema.plan import Objective, PlannedAction
from hscb_report.years import ReportingYear


def due_months(action: PlannedAction, *, as_printed: bool = False) -> tuple[Month, ...]:
    """Return the months of an action's timescale, the corrected ones where there are any."""
    months = action.due if as_printed else action.due_corrected or action.due
    return months or ()


def last_month(action: PlannedAction, *, as_printed: bool = False) -> Month | None:
    """Return the last month of an action's timescale, None where no date can be read."""
    return max(due_months(action, as_printed=as_printed), default=None)


def due_day(action: PlannedAction, *, as_printed: bool = False) -> date | None:
    """Return the last day of an action's timescale, None where no date can be read."""
    month = last_month(action, as_printed=as_printed)
    return month.last_day if month else None


def is_undated(action: PlannedAction) -> bool:
    """Whether the plan sets no date yet: it says that the date is to be confirmed (TBC)."""
    return not due_months(action) and _is_to_be_confirmed(action)


def is_illegible(action: PlannedAction) -> bool:
    """Whether no date can be read: the timescale is lost, or what is printed is none."""
    return not due_months(action) and not _is_to_be_confirmed(action)


def _is_to_be_confirmed(action: PlannedAction) -> bool:
    return (action.due_printed or "").upper() == "TBC"


def is_outside(months: Iterable[Month], year: ReportingYear) -> bool:
    """Whether any of the months lies outside a year."""
    return any(not year.contains(month.first_day) for month in months)


def due_before(actions: Iterable[PlannedAction], day: date, as_printed: bool = False) -> Figure:
    """Return the number of actions due before a day; a month counts as its last day."""
    return count(
        actions,
        lambda action: (due := due_day(action, as_printed=as_printed)) is not None and due < day,
    )


def due_in(
    actions: Iterable[PlannedAction], month: Month | None, *, as_printed: bool = False
) -> Figure:
    """Return the number of actions whose timescale ends in a month; None: that have no date."""
    return count(actions, lambda row: last_month(row, as_printed=as_printed) == month)


def outside_year_as_printed(actions: Iterable[PlannedAction], plan_year: ReportingYear) -> Figure:
    """Return the number of actions that the plan, as printed, has due outside its year."""
    return count(actions, lambda action: is_outside(due_months(action, as_printed=True), plan_year))


def planned(actions: Iterable[PlannedAction], development_area: int | None = None) -> Figure:
    """Return the number of actions, of one development area or of all."""
    areas = None if development_area is None else f"{development_area}."
    return count(actions, lambda action: areas is None or action.action.startswith(areas))


def objectives_without_area(objectives: Iterable[Objective]) -> Figure:
    """Return the number of objectives that no action area takes up."""
    return count(objectives, lambda row: row.action_area is None)


def is_ticked(objective: Objective, year: ReportingYear) -> bool:
    """Whether a tick for the year can be read beside an objective."""
    return year in (objective.ticked or ())


def planned_in(actions: Iterable[PlannedAction], action_area: str) -> Figure:
    """Return the number of actions of an action area."""
    return count(actions, lambda action: action.action_area == action_area)


def rows_total(rows: Iterable[Row]) -> Figure:
    """Return how many the plan has of one kind: areas, groups, objectives."""
    return count(rows)
