"""The Board's membership: seats and people."""

from __future__ import annotations

from collections.abc import Iterable

from hscb_report.figures import Figure, count, total
from hscb_report.schema.board import Membership


def seats(membership: Iterable[Membership]) -> Figure:
    """Return the number of roles that have a seat."""
    return count(membership)


def people(membership: Iterable[Membership]) -> Figure:
    """Return the number of people in those roles; a role may be held by several."""
    return total(membership, "people")
