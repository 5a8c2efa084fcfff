"""What came of the plan before, as far as the data holds it; and what each outcome is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hscb_report.calculations import outturn, tracker
from hscb_report.calculations.outturn import Outcome, Outturn
from hscb_report.results.exhibit import Mark
from hscb_report.schema import YearData
from hscb_report.schema.plan import ActionStatus, DroppedAction, PlannedAction

OUTCOMES: Mapping[Outcome, Mark] = {
    "done": Mark("Done", "✓", "good"),
    "carried": Mark("Carried on", "▶"),
    "dropped": Mark("Dropped", "–"),
    "undecided": Mark("Undecided", "▲", "watch"),
    "not_known": Mark("Not known", "?"),
}


def as_at(data: YearData) -> date:
    """Return the day that the report speaks from; rules run without settings too."""
    return data.settings.as_at if data.settings else data.year.end


def plan_outturn(data: YearData) -> Outturn | None:
    """Return what came of the plan for the year, None if the year before is not known to have one."""
    before = data.year_before
    if before is None or not before.tables[PlannedAction]:
        return None
    actions, statuses = before.tables[PlannedAction], before.tables[ActionStatus]
    states = tracker.states_at(as_at(data), actions, statuses, before.plan_year)
    return outturn.outturn_of(states, data.tables[PlannedAction], data.tables[DroppedAction])


def labels(actions: Iterable[PlannedAction]) -> str:
    """Return the labels of actions in a line: "1.1a and 2.1b"."""
    return " and ".join(action.action for action in actions)
