"""The outturn of a plan: what came of each of its actions, as the report on its year must say.

An action has one outcome. It was dropped where this year's data says so, and why: a decision, which
is later than any rating. Else it is done where it was last rated complete: somebody said so of a
day, and that another action goes on from there does not undo it. Else it is carried on where an
action of the plan that follows continues it. Of any other it is undecided what becomes of it, as
long as its last rating says that it is not complete; where no rating can be read, what came of it
is not known, and nothing is taken for granted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from hscb_report.calculations.tracker import ActionState
from hscb_report.figures import Figure, looked_through
from hscb_report.schema import Row
from hscb_report.schema.plan import DroppedAction, PlannedAction

Outcome = Literal["done", "carried", "dropped", "undecided", "not_known"]


@dataclass(frozen=True)
class ActionOutturn:
    """An action of the plan before: how it last stood, what continues it, if it was dropped."""

    state: ActionState
    continued_by: tuple[PlannedAction, ...] = ()
    dropped: DroppedAction | None = None

    @property
    def action(self) -> PlannedAction:
        """The action."""
        return self.state.action

    @cached_property
    def outcome(self) -> Outcome:
        """What came of it."""
        if self.dropped:
            return "dropped"
        if self.state.is_complete:
            return "done"
        if self.continued_by:
            return "carried"
        return "not_known" if self.state.is_unknown else "undecided"

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that its outcome was read from."""
        said = self.state.record_of("completion")
        beside = (said, self.dropped, *self.continued_by)
        return (self.action, *(row for row in beside if row))


@dataclass(frozen=True)
class Outturn:
    """What came of a plan, action by action.

    `following` are the actions of the plan after it, `dropped` the actions that were given up: what
    was looked through for it.
    """

    actions: tuple[ActionOutturn, ...]
    following: tuple[PlannedAction, ...] = ()
    dropped: tuple[DroppedAction, ...] = ()

    def only(self, where: Callable[[PlannedAction], bool]) -> Outturn:
        """Return the outturn of the actions that `where` chooses."""
        chosen = tuple(each for each in self.actions if where(each.action))
        return Outturn(chosen, self.following, self.dropped)


def outturn_of(
    states: Iterable[ActionState],
    following: Iterable[PlannedAction],
    dropped: Iterable[DroppedAction],
) -> Outturn:
    """Return what came of a plan, from how its actions last stood and what follows from it."""
    plan, given_up = tuple(following), tuple(dropped)
    by_label = {row.action: row for row in given_up}
    continuing: dict[str, list[PlannedAction]] = {}
    for action in plan:
        for label in action.continues or ():
            continuing.setdefault(label, []).append(action)
    actions = tuple(
        ActionOutturn(
            state,
            tuple(continuing.get(state.action.action, ())),
            by_label.get(state.action.action),
        )
        for state in states
    )
    return Outturn(actions, plan, given_up)


def planned(outturn: Outturn) -> Figure:
    """Return the number of actions that the plan for the year had."""
    return Figure(
        len(outturn.actions), tuple(sorted(each.action.place for each in outturn.actions))
    )


def done(outturn: Outturn) -> Figure:
    """Return the number of actions of the plan for the year that were last rated complete."""
    return came_to(outturn, "done")


def carried(outturn: Outturn) -> Figure:
    """Return the number of actions, not complete, that an action of the next plan continues."""
    return came_to(outturn, "carried")


def dropped(outturn: Outturn) -> Figure:
    """Return the number of actions of the plan for the year that were given up, with a reason."""
    return came_to(outturn, "dropped")


def undecided(outturn: Outturn) -> Figure:
    """Return the number of actions rated as not complete, and neither carried on nor dropped."""
    return came_to(outturn, "undecided")


def not_known(outturn: Outturn) -> Figure:
    """Return the number of actions of which no rating can be read, nor what became of them."""
    return came_to(outturn, "not_known")


COUNTED: Mapping[Outcome, Callable[[Outturn], Figure]] = {
    "done": done,
    "carried": carried,
    "dropped": dropped,
    "undecided": undecided,
    "not_known": not_known,
}
"""What counts the actions with each outcome."""


def came_to(outturn: Outturn, outcome: Outcome) -> Figure:
    """Return the number of actions with an outcome."""
    found = [each for each in outturn.actions if each.outcome == outcome]
    places = {row.place for each in found for row in each.rows}
    looked: list[Row] = [row for each in outturn.actions for row in each.rows]
    looked += [*outturn.following, *outturn.dropped]
    return looked_through(Figure(len(found), tuple(sorted(places))), looked)
