"""Statuses: where something that was asked for stands at a day, by what was recorded up to it.

It is open when a rating says that it is not complete; where no rating can be read, its status is
unknown, which is neither. It is overdue when it is open after the last day of the last month in
which it was due, whatever its rating says; of one whose status is unknown only the date can be said
to have passed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar, TypeVar

from hscb_report.figures import Figure, looked_through
from hscb_report.schema import Row
from hscb_report.schema.cases import RecommendationStatus
from hscb_report.schema.plan import ActionStatus

UNRATED = "unrated"
UNKNOWN = (UNRATED, "code_unknown")
"""The ratings that do not say how something stands."""

StatusRecord = ActionStatus | RecommendationStatus
_Record = TypeVar("_Record", bound=StatusRecord)


@dataclass(frozen=True)
class State(ABC):
    """How something stands at a day; `records` are those up to that day, in their order.

    `rated` are the columns of a record that hold a rating.
    """

    rated: ClassVar[tuple[str, ...]] = ("completion",)

    day: date
    records: tuple[StatusRecord, ...]

    @property
    @abstractmethod
    def asked(self) -> Row:
        """The row of what was asked for."""

    @property
    @abstractmethod
    def due_day(self) -> date | None:
        """The last day on which it is in time, None where no date can be read."""

    @cached_property
    def completion(self) -> str:
        """The rating of its completion to timescale."""
        return self.said("completion") or UNRATED

    def said(self, column: str) -> str | None:
        """Return what was last said in a column of a status, None if nothing was."""
        record = self.record_of(column)
        return getattr(record, column) if record else None

    def record_of(self, column: str) -> StatusRecord | None:
        """Return the record that last said something in a column, None if none did."""
        return next((row for row in reversed(self.records) if getattr(row, column)), None)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that the ratings were read from."""
        ratings = (self.record_of(column) for column in self.rated)
        return (self.asked, *dict.fromkeys(row for row in ratings if row))

    @property
    def is_complete(self) -> bool:
        """Whether it is rated complete."""
        return self.completion == "complete"

    @property
    def is_complete_late(self) -> bool:
        """Whether it was first recorded as complete after its last day, and has stayed so."""
        said = [row for row in self.records if row.completion]
        since = None
        for row in reversed(said):
            if row.completion != "complete":
                break
            since = row.as_at
        return since is not None and self.due_day is not None and since > self.due_day

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
        """Whether the last day on which it was in time has passed."""
        return self.due_day is not None and self.due_day < self.day

    @property
    def is_overdue(self) -> bool:
        """Whether it is open after the last day on which it was in time."""
        return self.is_open and self.has_passed


AnyState = TypeVar("AnyState", bound=State)


def records_until(
    day: date, statuses: Iterable[_Record], of: Callable[[_Record], str]
) -> dict[str, tuple[_Record, ...]]:
    """Return the records up to a day, in their order, by what they are `of`.

    Of several records for one day, the one with the highest number comes last, and holds.
    """
    found: dict[str, list[_Record]] = {}
    for status in sorted(statuses, key=lambda row: (row.as_at, row.record)):
        if status.as_at <= day:
            found.setdefault(of(status), []).append(status)
    return {name: tuple(records) for name, records in found.items()}


def count_of_states(states: Iterable[AnyState], where: Callable[[AnyState], bool]) -> Figure:
    """Return the number of the states that `where` chooses."""
    listed = tuple(states)
    found = [state for state in listed if where(state)]
    places = {row.place for state in found for row in state.rows}
    figure = Figure(len(found), tuple(sorted(places)))
    return looked_through(figure, [row for state in listed for row in state.rows])
