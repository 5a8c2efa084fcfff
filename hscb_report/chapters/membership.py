"""The Board's membership, and how it agrees with the other lists of agencies."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import membership
from hscb_report.calculations.agencies import bodies, without_counterpart
from hscb_report.calculations.membership import Seat
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.figures import Figure, cell
from hscb_report.results.chapter import APPENDICES, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.phrases import counted
from hscb_report.results.told import told
from hscb_report.schema import YearData
from hscb_report.schema.board import AttendanceAgency, Membership
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency
from hscb_report.units import count_of

Listed = Contribution | Membership | AttendanceAgency


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    yield fact("membership.seats", "Roles with a seat on the Board", count_of("seats"), membership.seats, data.tables[Membership])
    yield fact("membership.people", "People in those roles", count_of("people"), membership.people, data.tables[Membership])
    years = data.tables[Agency], data.tables[Membership], _before(data)
    yield fact("membership.joined", "Seats on the Board that the year before did not have", count_of("seats"), membership.joined, *years)
    yield fact("membership.left", "Seats on the Board that only the year before had", count_of("seats"), membership.left, *years)
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the list of members, and what changed in it."""
    yield exhibit(
        "membership",
        f"Members of the Board by agency and role, people at the end of {data.year}",
        (
            Column("Agency"),
            Column("Role/Job Title"),
            Column("Represents"),
            Column("People", count_of("people")),
        ),
        [
            (row.organisation, row.role, row.represents or "its organisation", cell(row, "people"))
            for row in data.tables[Membership]
        ],
        row_headers=2,
        stands_alone=True,
        title=told(
            membership.people(data.tables[Membership]), count_of("people"), "sat on the Board"
        ),
    )
    yield _changes(data)


def _changes(data: YearData) -> Exhibit:
    now, before = data.tables[Membership], _before(data)
    seats = membership.seats_beside(data.tables[Agency], now, before) if before else ()
    rows = [(s.row.organisation, s.row.role, change) for s in seats if (change := _change(s))]
    return exhibit(
        "membership-changes",
        f"Seats that came and went between the ends of {data.year.previous} and {data.year}",
        (Column("Agency"), Column("Role/Job Title"), Column("Change")),
        rows,
        row_headers=2,
        title=told(Figure(len(rows)), count_of("seats"), "came, went or changed"),
    )


def _change(seat: Seat) -> str:
    """Return what changed in a seat, "" if nothing did."""
    if seat.before is None:
        return "joined"
    if seat.now is None:
        return "left"
    if seat.now.people == seat.before.people:
        return ""
    were = "was" if seat.before.people == 1 else "were"
    people = counted(Figure(seat.now.people), count_of("people"))
    return f"{people}, {were} {seat.before.people}"


def _before(data: YearData) -> tuple[Membership, ...]:
    return data.year_before.tables[Membership] if data.year_before else ()


def _lists_reconcile(data: YearData) -> Breaches:
    """Contributors should be members, and members those whose attendance is rated.

    A member that pays nothing breaks no rule: the budget chapter counts it.
    """
    paying = "contributors", data.tables[Contribution]
    members = "members", data.tables[Membership]
    rated = "agencies rated for attendance", data.tables[AttendanceAgency]
    yield from _missing(data, *paying, *members)
    yield from _missing(data, *members, *rated)
    yield from _missing(data, *rated, *members)


def _missing(
    data: YearData,
    name: str,
    rows: tuple[Listed, ...],
    other: str,
    others: tuple[Listed, ...],
) -> Breaches:
    body = bodies(data.tables[Agency])
    seen: set[str] = set()
    for row in without_counterpart(data.tables[Agency], rows, others, data.board_agency):
        if body[row.agency] not in seen:
            seen.add(body[row.agency])
            yield Breach(
                f"is among the {name}, but not among the {other}, under any name.",
                "Give the agency an alias, part_of, represents or successor, or accept it with a "
                "reason.",
                row.place,
                "agency",
                row.agency,
            )


CHAPTER = Chapter(
    name="membership",
    title="Membership",
    pages=(Page("pages/appendix-membership", APPENDICES),),
    about=(Membership,),
    reads=(Contribution, AttendanceAgency, Agency),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R23",
            "Contributors, members and agencies rated for attendance are the same bodies",
            "warning",
            (Contribution, Membership, AttendanceAgency, Agency),
            _lists_reconcile,
        ),
    ),
)
