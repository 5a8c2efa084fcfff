"""Agencies under their several names: parts of a council, bodies that took over from others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hscb_report.figures import Figure
from hscb_report.schema import Row
from hscb_report.schema.board import Membership
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency


def bodies(agencies: Iterable[Agency]) -> dict[str, str]:
    """Return for each agency the body that answers for it.

    A part of an agency counts as that agency, and one that has been succeeded as its successor,
    where the successor is itself an agency of the list.
    """
    listed = tuple(agencies)
    by_name = {row.name: row.agency for row in listed}
    step = {row.agency: row.part_of or by_name.get(row.successor or "") for row in listed}
    return {row.agency: _last(row.agency, step) for row in listed}


def without_counterpart(
    agencies: Iterable[Agency], rows: Sequence[Row], others: Iterable[Row], board: str = "hscb"
) -> tuple[Row, ...]:
    """Return the rows whose body stands in none of the other rows; the board itself left out."""
    body = bodies(agencies)
    there = {body[row.agency] for row in others}  # type: ignore[attr-defined]
    return tuple(
        row
        for row in rows
        if body[row.agency] not in there and row.agency != board  # type: ignore[attr-defined]
    )


def members_without_contribution(
    agencies: Iterable[Agency],
    membership: Sequence[Membership],
    contributions: Iterable[Contribution],
) -> Figure:
    """Return the number of member bodies that pay nothing (L916-918 asks all to share)."""
    listed = tuple(agencies)
    paying = [row for row in contributions if row.amount]
    rows = without_counterpart(listed, membership, paying)
    body = bodies(listed)
    found = {body[row.agency] for row in rows}  # type: ignore[attr-defined]
    return Figure(len(found), tuple(row.place for row in rows))


def _last(agency: str, step: dict[str, str | None]) -> str:
    """Follow parts and successors to the end; a circle ends where it closes."""
    seen = [agency]
    while (following := step.get(seen[-1])) and following not in seen:
        seen.append(following)
    return seen[-1]
