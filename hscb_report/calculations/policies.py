"""Policies and procedures: developed in the year, or scheduled for the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hscb_report.calculations.changes import alike, counted
from hscb_report.figures import MISSING, Figure, count
from hscb_report.schema.journey import Policy


def policies_with_status(policies: Iterable[Policy], status: str) -> Figure:
    """Return the number of policies developed, or scheduled."""
    return count(policies, lambda row: row.status == status)


# Those that the year before scheduled ---------------------------------------------------------


class Followed(NamedTuple):
    """A policy that the year before scheduled, and what this year's list has of it, if anything."""

    before: Policy
    now: Policy | None


def followed(now: Iterable[Policy], before: Iterable[Policy]) -> tuple[Followed, ...]:
    """Return what became of each policy that the year before scheduled, found by its title."""
    found = {alike(row.policy): row for row in now}
    return tuple(
        Followed(row, found.get(alike(row.policy))) for row in before if row.status == "scheduled"
    )


def scheduled_before(before: Sequence[Policy]) -> Figure:
    """Return the number of policies that the year before scheduled; missing if it lists none."""
    return policies_with_status(before, "scheduled") if before else MISSING


def developed_of_scheduled(now: Sequence[Policy], before: Sequence[Policy]) -> Figure:
    """Return how many of the policies that the year before scheduled were developed in the year."""
    return _became(now, before, "developed")


def not_named_again(now: Sequence[Policy], before: Sequence[Policy]) -> Figure:
    """Return how many of the policies that the year before scheduled this year does not name."""
    return _became(now, before, None)


def _became(now: Sequence[Policy], before: Sequence[Policy], status: str | None) -> Figure:
    if not before:
        return MISSING
    found = (
        [row for row in pair if row is not None]
        for pair in followed(now, before)
        if (pair.now.status if pair.now else None) == status
    )
    return counted(found, now, before)
