"""Made-up actions and statuses of a plan for 2014-15."""

from __future__ import annotations

from datetime import date

from hscb_report.schema.plan import ActionStatus, PlannedAction
from hscb_report.years import ReportingYear
from tests.made_up import only_own, placed

PLAN_YEAR = ReportingYear(2014)
LABELS = ("1.1a", "1.1b", "2.1a", "3.2c")
# Days at, just before and just after the ends of months, so that records meet boundaries.
DAYS = tuple(
    date(*day)
    for day in ((2014, 6, 30), (2014, 7, 1), (2014, 10, 1), (2014, 10, 31), (2014, 11, 1))
)


def actions(*rows: dict[str, object]) -> tuple[PlannedAction, ...]:
    """Return actions, each given by its label and the cells that matter."""
    filled = [
        {
            "action_area": str(row["action"])[:-1],
            "lead_agency": "hscb",
            "lead_role": "Business Manager",
            "success_measure": f"What shows that {row['action']} is done",
            **row,
        }
        for row in rows
    ]
    return placed("2013-14/actions.csv", filled, PlannedAction)


def action(**cells: object) -> PlannedAction:
    """Return one action, 1.1a unless another label is given."""
    return actions({"action": "1.1a", **cells})[0]


def statuses(*rows: dict[str, object]) -> tuple[ActionStatus, ...]:
    """Return records, numbered in their order unless they have numbers of their own."""
    filled = [
        {"record": number, "action": "1.1a", "reported_in": "A meeting", **row}
        for number, row in enumerate(rows, 1)
    ]
    return only_own("2013-14/action_status.csv", filled, ActionStatus)
