"""The Board's membership: seats and people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hscb_report.calculations.agencies import continued_by
from hscb_report.calculations.changes import alike, counted
from hscb_report.figures import MISSING, Figure, count, total
from hscb_report.schema.board import Membership
from hscb_report.schema.reference import Agency


def seats(membership: Iterable[Membership]) -> Figure:
    """Return the number of roles that have a seat."""
    return count(membership)


def people(membership: Iterable[Membership]) -> Figure:
    """Return the number of people in those roles; a role may be held by several."""
    return total(membership, "people")


# Since the year before ------------------------------------------------------------------------


class Seat(NamedTuple):
    """A seat as it is, and as it was in the year before; None where it did not exist."""

    now: Membership | None
    before: Membership | None

    @property
    def row(self) -> Membership:
        """The row that names it: this year's, where it has one."""
        row = self.now or self.before
        assert row is not None
        return row


def seats_beside(
    agencies: Iterable[Agency], now: Sequence[Membership], before: Sequence[Membership]
) -> tuple[Seat, ...]:
    """Return each seat beside what it was in the year before: this year's list, then what left.

    A seat is an agency's and a role's. The seat of an agency that another took over from is that
    of its successor, where the successor has no seat of its own for the role.
    """
    goes_on = continued_by(agencies, {row.agency for row in now})
    left = {_key(row.agency, row): row for row in before}
    found = {row.place: left.pop(_key(row.agency, row), None) for row in now}
    taken_over: dict[tuple[str, str], list[Membership]] = {}
    for row in left.values():
        taken_over.setdefault(_key(goes_on.get(row.agency, row.agency), row), []).append(row)
    for row in now:
        if found[row.place] is None and (waiting := taken_over.get(_key(row.agency, row))):
            found[row.place] = waiting.pop(0)
    known = {row.place for row in found.values() if row is not None}
    return (
        *(Seat(row, found[row.place]) for row in now),
        *(Seat(None, row) for row in before if row.place not in known),
    )


def joined(
    agencies: Iterable[Agency], now: Sequence[Membership], before: Sequence[Membership]
) -> Figure:
    """Return the number of seats that the year before did not have; missing if it lists none."""
    seats_ = seats_beside(agencies, now, before)
    found = ([seat.row] for seat in seats_ if seat.before is None)
    return counted(found, now, before) if before else MISSING


def left(
    agencies: Iterable[Agency], now: Sequence[Membership], before: Sequence[Membership]
) -> Figure:
    """Return the number of seats that only the year before had; missing if it lists none."""
    seats_ = seats_beside(agencies, now, before)
    found = ([seat.row] for seat in seats_ if seat.now is None)
    return counted(found, now, before) if before else MISSING


def _key(agency: str, row: Membership) -> tuple[str, str]:
    return agency, alike(row.role)
