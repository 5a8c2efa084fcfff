"""The tracker: how the plan's actions stand at a day, by the statuses recorded up to it.

An action is open until it is rated complete. It is overdue when it is open after the last day of
the last month of its timescale, whatever its rating says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hscb_report.figures import Figure, count
from hscb_report.measures.plan import due_day, due_months, is_illegible, is_outside, is_undated
from hscb_report.schema import Row
from hscb_report.schema.plan import ActionStatus, PlannedAction
from hscb_report.years import ReportingYear

UNRATED = "unrated"
SAID = ("process", "completion", "progress", "further_work", "impact")
"""The columns of a status in which something may be said of an action."""


@dataclass(frozen=True)
class Standing:
    """How an action stands at a day; `records` are those up to that day, in their order."""

    action: PlannedAction
    day: date
    plan_year: ReportingYear
    records: tuple[ActionStatus, ...]

    @property
    def process(self) -> str:
        """The rating of its process."""
        return self.said("process") or UNRATED

    @property
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

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that the ratings were read from."""
        ratings = (self._last("process"), self._last("completion"))
        return (self.action, *dict.fromkeys(row for row in ratings if row))

    @property
    def is_complete(self) -> bool:
        """Whether it is rated complete."""
        return self.completion == "complete"

    @property
    def is_overdue(self) -> bool:
        """Whether it is open after the last day of its timescale."""
        due = due_day(self.action)
        return not self.is_complete and due is not None and due < self.day

    @property
    def is_outside_year(self) -> bool:
        """Whether a month of its timescale lies outside the plan's year."""
        return is_outside(due_months(self.action), self.plan_year)


# What the tracker counts, by the codes of the vocabulary TRACKED.
_TESTS: Mapping[str, Callable[[Standing], bool]] = {
    "planned": lambda _: True,
    "complete": lambda s: s.is_complete,
    "open": lambda s: not s.is_complete,
    "on_target": lambda s: s.completion == "on_target",
    "at_risk": lambda s: s.completion == "at_risk",
    "overdue": lambda s: s.is_overdue,
    "overdue_on_target": lambda s: s.is_overdue and s.completion == "on_target",
    "no_owner": lambda s: s.action.lead_role is None,
    "undated": lambda s: is_undated(s.action),
    "illegible": lambda s: is_illegible(s.action),
    "outside_year": lambda s: s.is_outside_year,
}


@dataclass(frozen=True)
class Transition:
    """An action of which a rating at one day is another than at an earlier day."""

    before: Standing
    after: Standing

    @property
    def action(self) -> PlannedAction:
        """The action."""
        return self.after.action


@dataclass(frozen=True)
class Remaining:
    """How many actions were open at a day, and how many of them should have been by their date."""

    day: date
    open: Figure
    not_yet_due: Figure


def standings(
    actions: Iterable[PlannedAction],
    statuses: Iterable[ActionStatus],
    day: date,
    plan_year: ReportingYear,
) -> tuple[Standing, ...]:
    """Return how every action stands at a day, by the last records up to that day.

    Of several records for one day, the one with the highest number holds.
    """
    by_action: dict[str, list[ActionStatus]] = {}
    for status in sorted(statuses, key=lambda row: (row.as_at, row.record)):
        if status.as_at <= day:
            by_action.setdefault(status.action, []).append(status)
    return tuple(
        Standing(action, day, plan_year, tuple(by_action.get(action.action, ())))
        for action in actions
    )


def is_tracked(standing: Standing, what: str) -> bool:
    """Whether the tracker counts an action under one of its words."""
    return _TESTS[what](standing)


def tracked(standing: Iterable[Standing], what: str) -> Figure:
    """Return the number of actions that the tracker counts under a word: open, overdue and so on.

    Open is what is not rated complete, overdue what is open after the last day of its timescale.
    The words are those of the vocabulary TRACKED.
    """
    return _count(s for s in standing if is_tracked(s, what))


def rated(standing: Iterable[Standing], rating: str, code: str) -> Figure:
    """Return the number of actions with a code in a rating: "process" or "completion"."""
    return _count(s for s in standing if getattr(s, rating) == code)


def overdue(standing: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the actions that are open after their last day, the longest overdue first."""
    late = (s for s in standing if s.is_overdue)
    return tuple(sorted(late, key=lambda s: due_day(s.action) or s.day))


def grouped(
    standing: Iterable[Standing], key: Callable[[Standing], str]
) -> dict[str, tuple[Standing, ...]]:
    """Return the standings by what `key` gives, in the order in which it first occurs."""
    groups: dict[str, list[Standing]] = {}
    for one in standing:
        groups.setdefault(key(one), []).append(one)
    return {name: tuple(members) for name, members in groups.items()}


def transitions(before: Sequence[Standing], after: Sequence[Standing]) -> tuple[Transition, ...]:
    """Return the actions of which a rating changed between two days."""
    earlier = {s.action.action: s for s in before}
    pairs = (Transition(earlier[later.action.action], later) for later in after)
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
    """Return how many actions were open at the last day of each month that has records.

    Beside it stands how many would be open if each were completed by its date; an action without
    one counts as open to the end.
    """
    found = []
    for day in {(day.year, day.month): day for day in status_days(statuses, until)}.values():
        at_day = standings(actions, statuses, day, plan_year)
        not_yet = count(a for a in actions if (due_day(a) or date.max) >= day)
        found.append(Remaining(day, tracked(at_day, "open"), not_yet))
    return tuple(found)


def _count(standing: Iterable[Standing]) -> Figure:
    found = tuple(standing)
    places = {row.place for one in found for row in one.rows}
    return Figure(len(found), tuple(sorted(places)))
