"""The tracker: how the plan's actions stand at a day, by the statuses recorded up to it.

An action is open when a rating says that it is not complete; where no rating can be read, its
status is unknown, which is neither. It is overdue when it is open after the last day of the last
month of its timescale, whatever its rating says; of one whose status is unknown only the date can
be said to have passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hscb_report.calculations.plan import (
    due_day,
    due_months,
    is_illegible,
    is_outside,
    is_undated,
)
from hscb_report.figures import Figure, count, looked_through
from hscb_report.schema import Row
from hscb_report.schema.plan import ActionStatus, PlannedAction
from hscb_report.years import ReportingYear

UNRATED = "unrated"
UNKNOWN = (UNRATED, "code_unknown")
"""The ratings that do not say how an action stands."""


@dataclass(frozen=True)
class ActionState:
    """How an action stands at a day; `records` are those up to that day, in their order."""

    action: PlannedAction
    day: date
    plan_year: ReportingYear
    records: tuple[ActionStatus, ...]

    @cached_property
    def process(self) -> str:
        """The rating of its process."""
        return self.said("process") or UNRATED

    @cached_property
    def completion(self) -> str:
        """The rating of its completion to timescale."""
        return self.said("completion") or UNRATED

    @property
    def ratings(self) -> tuple[str, str]:
        """Both ratings: completion, process."""
        return self.completion, self.process

    def said(self, column: str) -> str | None:
        """Return what was last said in a column of a status, None if nothing was."""
        record = self._last(column)
        return getattr(record, column) if record else None

    def _last(self, column: str) -> ActionStatus | None:
        return next((row for row in reversed(self.records) if getattr(row, column)), None)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that the ratings were read from."""
        ratings = (self._last("process"), self._last("completion"))
        return (self.action, *dict.fromkeys(row for row in ratings if row))

    @property
    def is_complete(self) -> bool:
        """Whether it is rated complete."""
        return self.completion == "complete"

    @property
    def is_unknown(self) -> bool:
        """Whether no rating says how far it is."""
        return self.completion in UNKNOWN

    @property
    def is_open(self) -> bool:
        """Whether it is rated, and not as complete."""
        return not (self.is_complete or self.is_unknown)

    @property
    def has_passed(self) -> bool:
        """Whether the last day of its timescale has passed."""
        due = due_day(self.action)
        return due is not None and due < self.day

    @property
    def is_overdue(self) -> bool:
        """Whether it is open after the last day of its timescale."""
        return self.is_open and self.has_passed

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
    by_action: dict[str, list[ActionStatus]] = {}
    for status in sorted(statuses, key=lambda row: (row.as_at, row.record)):
        if status.as_at <= day:
            by_action.setdefault(status.action, []).append(status)
    return tuple(
        ActionState(action, day, plan_year, tuple(by_action.get(action.action, ())))
        for action in actions
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
    return _count(states, lambda state: is_tracked(state, what))


def rated(states: Iterable[ActionState], rating: str, code: str) -> Figure:
    """Return the number of actions with a code in a rating: "process" or "completion"."""
    return _count(states, lambda state: getattr(state, rating) == code)


def overdue(states: Iterable[ActionState]) -> tuple[ActionState, ...]:
    """Return the actions that are open after their last day, the longest overdue first."""
    return _by_due_day(state for state in states if state.is_overdue)


def passed_unknown(states: Iterable[ActionState]) -> tuple[ActionState, ...]:
    """Return the actions of unknown status whose last day has passed, the earliest first."""
    return _by_due_day(state for state in states if is_tracked(state, "passed_unknown"))


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
        found.append(Remaining(day, _count(states, lambda state: not state.is_complete), not_yet))
    return tuple(found)


def _by_due_day(states: Iterable[ActionState]) -> tuple[ActionState, ...]:
    return tuple(sorted(states, key=lambda state: due_day(state.action) or state.day))


def _count(states: Iterable[ActionState], where: Callable[[ActionState], bool]) -> Figure:
    listed = tuple(states)
    found = [state for state in listed if where(state)]
    places = {row.place for state in found for row in state.rows}
    figure = Figure(len(found), tuple(sorted(places)))
    return looked_through(figure, [row for state in listed for row in state.rows])
