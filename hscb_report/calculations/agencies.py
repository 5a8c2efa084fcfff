"""Agencies under their several names: parts of a council, bodies that took over from others."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from hscb_report.figures import Figure, cell, count, to_come
from hscb_report.schema.board import Membership
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency


class HasAgency(Protocol):
    """A row that names an agency."""

    @property
    def agency(self) -> str:
        """The agency's code."""


AgencyRow = TypeVar("AgencyRow", bound=HasAgency)


def bodies(agencies: Iterable[Agency]) -> dict[str, str]:
    """Return for each agency the body that answers for it.

    A part of an agency counts as that agency, one that sits for another as the one it represents,
    and one that has been succeeded as its successor, where that is itself an agency of the list.
    """
    listed = tuple(agencies)
    by_name = {row.name: row.agency for row in listed}
    step = {
        row.agency: row.part_of or row.represents or by_name.get(row.successor or "")
        for row in listed
    }
    return {row.agency: _last(row.agency, step) for row in listed}


def continued_by(agencies: Iterable[Agency], there: Container[str]) -> dict[str, str]:
    """Return for each agency which of those that are `there` goes on with its work.

    That is itself, or the first that is there of those that took over from it, one after the other.
    Where there is none, it is the agency itself. A part of an agency is not that agency here.
    """
    listed = tuple(agencies)
    by_name = {row.name: row.agency for row in listed}
    step = {row.agency: by_name.get(row.successor or "") for row in listed}
    found = ((row.agency, _following(row.agency, step)) for row in listed)
    return {a: next((other for other in line if other in there), a) for a, line in found}


def without_counterpart(
    agencies: Iterable[Agency], rows: Iterable[AgencyRow], others: Iterable[HasAgency], board: str
) -> tuple[AgencyRow, ...]:
    """Return the rows whose body stands in none of the other rows; the board itself left out."""
    body = bodies(agencies)
    there = {body[row.agency] for row in others}
    return tuple(row for row in rows if body[row.agency] not in there and row.agency != board)


def members_without_contribution(
    agencies: Iterable[Agency],
    membership: Sequence[Membership],
    contributions: Iterable[Contribution],
    board: str,
) -> Figure:
    """Return the number of bodies with a member on the Board that no contribution is listed for."""
    listed, given = tuple(agencies), tuple(contributions)
    paying = [row for row in given if row.amount]
    rows = without_counterpart(listed, membership, paying, board)
    body = bodies(listed)
    found = count(membership, lambda row: row in rows)
    if any(cell(row, "amount").to_come for row in given):
        return to_come(replace(found, value=None))
    return replace(found, value=len({body[row.agency] for row in rows}))


def _last(agency: str, step: dict[str, str | None]) -> str:
    """Follow parts and successors to the end; a circle ends where it closes."""
    return _following(agency, step)[-1]


def _following(agency: str, step: Mapping[str, str | None]) -> list[str]:
    """Return an agency and those that follow it, each once."""
    seen = [agency]
    while (following := step.get(seen[-1])) and following not in seen:
        seen.append(following)
    return seen
