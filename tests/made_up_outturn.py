"""A made-up plan for 2014-15, and the year that reports on it: what followed, what was dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hscb_report.calculations.outturn import Outturn, outturn_of
from hscb_report.calculations.tracker import states_at
from hscb_report.schema import YearData
from hscb_report.schema.plan import (
    ActionArea,
    ActionStatus,
    DevelopmentArea,
    DroppedAction,
    PlannedAction,
)
from hscb_report.schema.settings import BoardSettings, Settings, YearSettings
from hscb_report.years import ReportingYear
from tests.made_up import placed, tables_of, year_of
from tests.made_up_plan import LABELS, actions, statuses

YEAR = ReportingYear(2014)
END = date(2015, 3, 31)
Cells = dict[str, object]


def rated(**completions: str) -> tuple[ActionStatus, ...]:
    """Return a record of 1 March 2015 for each action, named as a1_1a for 1.1a."""
    rows = ((name[1:].replace("_", "."), code) for name, code in completions.items())
    return statuses(
        *({"action": label, "as_at": "2015-03-01", "completion": code} for label, code in rows)
    )


def following(*rows: Cells) -> tuple[PlannedAction, ...]:
    """Return actions of the plan for 2015-16, each given by its label and what it continues."""
    filled = [
        {"action_area": str(row["action"])[:-1], "success_measure": "So that more is done", **row}
        for row in rows
    ]
    return placed("2014-15/actions.csv", filled, PlannedAction)


def dropped(**reasons: str) -> tuple[DroppedAction, ...]:
    """Return the actions that were dropped, named as a1_1a for 1.1a, with the reasons."""
    rows = [{"action": name[1:].replace("_", "."), "reason": why} for name, why in reasons.items()]
    return placed("2014-15/dropped_actions.csv", rows, DroppedAction)


def outturn(
    records: Sequence[ActionStatus] = (),
    plan: Sequence[PlannedAction] = (),
    given_up: Sequence[DroppedAction] = (),
    labels: Sequence[str] = LABELS,
    day: date = END,
) -> Outturn:
    """Return what came of a plan of actions with these labels."""
    states = states_at(day, actions(*({"action": name} for name in labels)), records, YEAR)
    return outturn_of(states, plan, given_up)


def year_after(
    records: Sequence[ActionStatus] = (),
    plan: Sequence[PlannedAction] = (),
    given_up: Sequence[DroppedAction] = (),
    status: str | None = None,
    **before: tuple,
) -> YearData:
    """Return the data of 2014-15, with 2013-14 and its plan before it.

    `before` are other tables of 2013-14; with a status the year has settings.
    """
    planned = actions(*({"action": label} for label in LABELS))
    labels = dict.fromkeys(action.action_area for action in planned)
    areas = [
        {
            "action_area": label,
            "development_area": int(label[0]),
            "title": f"Area {label}",
            "need_from": "not_stated",
            "expected_impact": f"Better for {label}",
        }
        for label in labels
    ]
    parts = [{"area": number, "title": f"Part {number}"} for number in (1, 2, 3)]
    tables = {
        "actions": planned,
        "action_status": tuple(records),
        "action_areas": placed("2013-14/action_areas.csv", areas, ActionArea),
        "development_areas": placed("2013-14/development_areas.csv", parts, DevelopmentArea),
        **before,
    }
    return year_of(
        tables_of(actions=plan, dropped_actions=given_up),
        year=YEAR,
        settings=settings(status) if status else None,
        earlier=(year_of(tables_of(**tables)),),
    )


def settings(status: str) -> Settings:
    """Return the settings of 2014-15, a draft or final."""
    board = BoardSettings(name="A Board", short_name="AB", area="Here")
    year = YearSettings.model_validate({"year": "2014-15", "kind": "publication", "status": status})
    return Settings.of(board, year)
