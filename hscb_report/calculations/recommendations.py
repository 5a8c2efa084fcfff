"""Recommendations of case reviews: how they stand at a day, by the statuses recorded up to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hscb_report.calculations.statuses import State, count_of_states, records_until
from hscb_report.figures import Figure, count
from hscb_report.schema.cases import Recommendation, RecommendationStatus
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class RecommendationState(State):
    """How a recommendation stands at a day."""

    recommendation: Recommendation

    @property
    def asked(self) -> Recommendation:
        """The recommendation."""
        return self.recommendation

    @property
    def due_day(self) -> date | None:
        """The last day of the month by which it is to be done."""
        due = self.recommendation.due
        return due.last_day if due else None


# What is counted of recommendations. One may be counted under several.
_TESTS: Mapping[str, Callable[[RecommendationState], bool]] = {
    "complete": lambda state: state.is_complete,
    "open": lambda state: state.is_open,
    "overdue": lambda state: state.is_overdue,
    "unknown": lambda state: state.is_unknown,
    "passed_unknown": lambda state: state.is_unknown and state.has_passed,
}


def day_looked_at(statuses: Iterable[RecommendationStatus], year: ReportingYear) -> date:
    """Return the day at which the recommendations are looked at: the last one of the year.

    Where statuses were recorded after that day alone, it is the last day of which there is one.
    """
    days = [row.as_at for row in statuses]
    is_only_later = bool(days) and min(days) > year.end
    return max(days) if is_only_later else year.end


def states_at(
    day: date,
    recommendations: Iterable[Recommendation],
    statuses: Iterable[RecommendationStatus],
) -> tuple[RecommendationState, ...]:
    """Return how every recommendation stands at a day, by the last records up to that day."""
    records = records_until(day, statuses, lambda row: row.recommendation)
    return tuple(
        RecommendationState(day, records.get(row.recommendation, ()), row)
        for row in recommendations
    )


def followed(recommendations: Iterable[Recommendation]) -> Figure:
    """Return the number of recommendations that the Board follows, of whatever year."""
    return count(recommendations)


def followed_and(states: Iterable[RecommendationState], what: str) -> Figure:
    """Return the number of recommendations that are complete, open, overdue or unknown.

    Open is what a rating says is not complete, overdue what is open after the last day of the month
    by which it was to be done; where no rating can be read, the status is unknown.
    """
    return count_of_states(states, _TESTS[what])


def rated(states: Iterable[RecommendationState], code: str) -> Figure:
    """Return the number of recommendations with a code in the rating of their completion."""
    return count_of_states(states, lambda state: state.completion == code)
