"""The tracker: how the plan's actions stand at a day, by the statuses recorded up to it.

An action is open when a rating says that it is not complete; where no rating can be read, its
status is unknown, which is neither. It is overdue when it is open after the last day of the last
month of its timescale, whatever its rating says; of one whose status is unknown only the date can
be said to have passed. Rating and date together are its standing, of which it has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from hscb_report.calculations.plan import (
    due_day,
    due_months,
    is_illegible,
    is_outside,
    is_undated,
)
from hscb_report.calculations.statuses import (
    UNRATED,
    State,
    count_of_states,
    records_until,
)
from hscb_report.figures import Figure, count
from hscb_report.schema.plan import ActionStatus, PlannedAction
from hscb_report.years import ReportingYear

Standing = Literal[
    "complete", "on_target", "at_risk", "overdue", "passed_unknown", "not_yet_due", "no_date"
]
"""How an action stands, by rating and date: of what is not known to be open, its date alone."""
STANDINGS: tuple[Standing, ...] = get_args(Standing)
LATE: frozenset[Standing] = frozenset({"overdue", "passed_unknown"})
"""The standings of actions that are past their date, and not known to be complete."""


@dataclass(frozen=True)
class ActionState(State):
    """How an action stands at a day, by the two ratings of a plan."""

    rated = ("process", "completion")

    action: PlannedAction
    plan_year: ReportingYear

    @property
    def asked(self) -> PlannedAction:
        """The action."""
        return self.action

    @property
    def due_day(self) -> date | None:
        """The last day of its timescale."""
        return due_day(self.action)

    @cached_property
    def process(self) -> str:
        """The rating of its process."""
        return self.said("process") or UNRATED

    @property
    def ratings(self) -> tuple[str, str]:
        """Both ratings: completion, process."""
        return self.completion, self.process

    @property
    def standing(self) -> Standing:
        """How it stands by rating and date together; rated outside its timescale, it is at risk."""
        if self.is_complete:
            return "complete"
        if self.has_passed:
            return "passed_unknown" if self.is_unknown else "overdue"
        if self.is_open:
            return "on_target" if self.completion == "on_target" else "at_risk"
        return "no_date" if self.due_day is None else "not_yet_due"

    @property
    def is_outside_year(self) -> bool:
        """Whether a month of its timescale lies outside the plan's year."""
        return is_outside(due_months(self.action), self.plan_year)


# What the tracker counts, by the codes of the vocabulary TRACKED.
_TESTS: Mapping[str, Callable[[ActionState], bool]] = {
    "planned": lambda _: True,
    "complete": lambda state: state.is_complete,
    "open": lambda state: state.is_open,
    "unknown": lambda state: state.is_unknown,
    "on_target": lambda state: state.completion == "on_target",
    "at_risk": lambda state: state.completion == "at_risk",
    "overdue": lambda state: state.is_overdue,
    "overdue_on_target": lambda state: state.is_overdue and state.completion == "on_target",
    "passed_unknown": lambda state: state.is_unknown and state.has_passed,
    "no_owner": lambda state: not (state.action.lead_role or state.action.lead_agency),
    "undated": lambda state: is_undated(state.action),
    "illegible": lambda state: is_illegible(state.action),
    "outside_year": lambda state: state.is_outside_year,
}


@dataclass(frozen=True)
class RatingChange:
    """An action of which a rating at one day is another than at an earlier day."""

    before: ActionState
    after: ActionState

    @property
    def action(self) -> PlannedAction:
        """The action."""
        return self.after.action


@dataclass(frozen=True)
class Remaining:
    """How many actions were not complete at a day, and how many would be, each done by its date."""

    day: date
    not_complete: Figure
    not_yet_due: Figure


def states_at(
    day: date,
    actions: Iterable[PlannedAction],
    statuses: Iterable[ActionStatus],
    plan_year: ReportingYear,
) -> tuple[ActionState, ...]:
    """Return how every action stands at a day, by the last records up to that day.

    Of several records for one day, the one with the highest number holds.
    """
    records = records_until(day, statuses, lambda row: row.action)
    return tuple(
        ActionState(day, records.get(action.action, ()), action, plan_year) for action in actions
    )


def is_tracked(state: ActionState, what: str) -> bool:
    """Whether the tracker counts an action under one of its words."""
    return _TESTS[what](state)


def tracked(states: Iterable[ActionState], what: str) -> Figure:
    """Return the number of actions that the tracker counts under a word: open, overdue and so on.

    Open is what a rating says is not complete, overdue what is open after the last day of its
    timescale; where no rating can be read, the status is unknown.
    The words are those of the vocabulary TRACKED.
    """
    return count_of_states(states, lambda state: is_tracked(state, what))


def rated(states: Iterable[ActionState], rating: str, code: str) -> Figure:
    """Return the number of actions with a code in a rating: "process" or "completion"."""
    return count_of_states(states, lambda state: getattr(state, rating) == code)


def standing(states: Iterable[ActionState], code: Standing) -> Figure:
    """Return the number of actions of a standing; those of all standings are all actions."""
    return count_of_states(states, lambda state: state.standing == code)


def late(states: Iterable[ActionState]) -> tuple[ActionState, ...]:
    """Return the actions past their date that are not known to be complete, the earliest first."""
    found = (state for state in states if state.standing in LATE)
    return tuple(sorted(found, key=lambda state: state.due_day or state.day))


def grouped(
    states: Iterable[ActionState], key: Callable[[ActionState], str]
) -> dict[str, tuple[ActionState, ...]]:
    """Return the states by what `key` gives, in the order in which it first occurs."""
    groups: dict[str, list[ActionState]] = {}
    for state in states:
        groups.setdefault(key(state), []).append(state)
    return {name: tuple(members) for name, members in groups.items()}


def rating_changes(
    before: Sequence[ActionState], after: Sequence[ActionState]
) -> tuple[RatingChange, ...]:
    """Return the actions of which a rating changed between two days."""
    earlier = {state.action.action: state for state in before}
    pairs = (RatingChange(earlier[later.action.action], later) for later in after)
    return tuple(pair for pair in pairs if pair.before.ratings != pair.after.ratings)


def status_days(statuses: Iterable[ActionStatus], until: date) -> tuple[date, ...]:
    """Return the days for which there are records, up to a day, earliest first."""
    return tuple(sorted({row.as_at for row in statuses if row.as_at <= until}))


def burndown(
    actions: Sequence[PlannedAction],
    statuses: Sequence[ActionStatus],
    until: date,
    plan_year: ReportingYear,
) -> tuple[Remaining, ...]:
    """Return how many actions were not complete at the last day of each month that has records.

    Beside it stands how many would not be if each were completed by its date; an action without
    one counts as not complete to the end.
    """
    found = []
    for day in {(day.year, day.month): day for day in status_days(statuses, until)}.values():
        states = states_at(day, actions, statuses, plan_year)
        not_yet = count(actions, lambda row: (due_day(row) or date.max) >= day)  # noqa: B023
        found.append(
            Remaining(day, count_of_states(states, lambda state: not state.is_complete), not_yet)
        )
    return tuple(found)
