"""Agencies' contributions beside those of the year before: who pays more, less, anew, no longer.

All amounts are in pounds and exact. An agency that is not listed, or listed with nothing, does not
contribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hscb_report.calculations.agencies import continued_by
from hscb_report.calculations.changes import counted
from hscb_report.figures import MISSING, Figure, cell, sum_of, to_come
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency

UP, DOWN, NEW, ENDED, SAME, TO_COME = "up", "down", "new", "ended", "same", ""


@dataclass(frozen=True)
class Paid:
    """An agency's contributions: of the year before, its own or those of whom it took over from."""

    before: tuple[Contribution, ...]
    now: tuple[Contribution, ...]

    @property
    def rows(self) -> tuple[Contribution, ...]:
        """Its rows of both years."""
        return (*self.now, *self.before)

    @property
    def organisation(self) -> str:
        """The agency as this year's budget names it, else as that of the year before did."""
        return self.rows[0].organisation

    @property
    def difference(self) -> Figure:
        """What it paid less what was paid for it before; what is not listed is nothing."""
        paid, paid_before = _sum(self.now), _sum(self.before)
        if not self.now:
            return -paid_before
        return paid - paid_before if self.before else paid

    @property
    def change(self) -> str:
        """Whether it is new, has ended, or pays more, less or the same; "" while to come."""
        before, now = _sum(self.before).value, _sum(self.now).value
        if before is None or now is None:
            return TO_COME
        if not before or not now:
            return NEW if now else ENDED if before else SAME
        return SAME if now == before else UP if now > before else DOWN


def beside(
    agencies: Iterable[Agency], now: Sequence[Contribution], before: Sequence[Contribution]
) -> tuple[Paid, ...]:
    """Return each agency's contributions of both years: this year's list, then who pays no longer.

    What an agency paid that another took over from stands beside what its successor pays, unless it
    still pays itself. Nothing where one of the years lists no contribution at all.
    """
    if not now or not before:
        return ()
    goes_on = continued_by(agencies, {row.agency for row in now})
    then: dict[str, list[Contribution]] = {row.agency: [] for row in now}
    for row in before:
        then.setdefault(goes_on.get(row.agency, row.agency), []).append(row)
    own = {row.agency: (row,) for row in now}
    return tuple(Paid(tuple(rows), own.get(agency, ())) for agency, rows in then.items())


def contributors_up(
    agencies: Iterable[Agency], now: Sequence[Contribution], before: Sequence[Contribution]
) -> Figure:
    """Return the number of agencies that paid more than in the year before.

    Missing where one of the years lists no contribution.
    """
    return _changed(agencies, now, before, UP)


def contributors_down(
    agencies: Iterable[Agency], now: Sequence[Contribution], before: Sequence[Contribution]
) -> Figure:
    """Return the number of agencies that paid less than in the year before, and still something.

    Missing where one of the years lists no contribution.
    """
    return _changed(agencies, now, before, DOWN)


def contributors_new(
    agencies: Iterable[Agency], now: Sequence[Contribution], before: Sequence[Contribution]
) -> Figure:
    """Return the number of agencies that paid something, and nothing in the year before.

    Missing where one of the years lists no contribution.
    """
    return _changed(agencies, now, before, NEW)


def contributors_ended(
    agencies: Iterable[Agency], now: Sequence[Contribution], before: Sequence[Contribution]
) -> Figure:
    """Return the number of agencies that paid something in the year before, and nothing now.

    Missing where one of the years lists no contribution.
    """
    return _changed(agencies, now, before, ENDED)


def _changed(
    agencies: Iterable[Agency],
    now: Sequence[Contribution],
    before: Sequence[Contribution],
    change: str,
) -> Figure:
    if not now or not before:
        return MISSING
    every = beside(agencies, now, before)
    found = counted((paid.rows for paid in every if paid.change == change), now, before)
    is_to_come = any(paid.change == TO_COME for paid in every)
    return to_come(replace(found, value=None)) if is_to_come else found


def _sum(rows: Iterable[Contribution]) -> Figure:
    return sum_of(cell(row, "amount") for row in rows)
