"""Membership, attendance, discrepancies and statutory coverage as tables."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.exhibits.exhibit import Column, Exhibit, exhibit
from hscb_report.figures import cell
from hscb_report.measures.coverage import coverage
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.units import count_of
from hscb_report.years import ReportingYear

LOST = "lost"
_COLOURS = "The ratings stood in colours, which the text does not hold."


def exhibits(tables: Tables, year: ReportingYear) -> Iterator[Exhibit]:
    """Yield the tables of the appendices and of statutory coverage."""
    yield exhibit(
        "membership",
        f"Membership of the Board at the end of {year}",
        (
            Column("Agency"),
            Column("Role/Job Title"),
            Column("Represents"),
            Column("People", count_of("people")),
        ),
        [
            (row.organisation, row.role, row.represents or "its organisation", cell(row, "people"))
            for row in tables.membership
        ],
        row_headers=2,
    )
    yield _attendance(tables, year)
    yield exhibit(
        "discrepancies",
        "What is wrong, or cannot be decided, in the source",
        (
            Column("Number"),
            Column("What is wrong"),
            Column("Where"),
            Column("Found by"),
            Column("What is done"),
        ),
        [
            (
                row.discrepancy,
                row.what,
                row.locator,
                f"rule {row.rule}" if row.rule else "reading",
                f"{words.DISCREPANCY[row.treatment]}. {row.how}",
            )
            for row in tables.discrepancies
        ],
    )
    yield exhibit(
        "statutory-coverage",
        f"What the guidance asks of the report, and where it is met, {year}",
        (Column("Asked for"), Column("By"), Column("Met"), Column("Where and how")),
        [
            (
                met.requirement.asks_for,
                met.requirement.authority,
                words.COVERAGE[met.coverage],
                "; ".join(f"{place.page}: {place.how}" for place in met.places),
            )
            for met in coverage(tables.requirements, tables.requirement_coverage)
        ],
    )


def _attendance(tables: Tables, year: ReportingYear) -> Exhibit:
    rated = {(row.agency, row.group): row.rating for row in tables.attendance_ratings}
    return exhibit(
        "attendance",
        f"Attendance of agencies at the Board and its groups, {year}",
        (Column("Agency"), *(Column(group.name) for group in tables.groups)),
        [
            (row.organisation, *(_rating(rated.get((row.agency, g.group))) for g in tables.groups))
            for row in tables.attendance_agencies
        ],
        *(() if rated else (f'"{LOST}": not recoverable from the published text. {_COLOURS}',)),
        wide=True,
    )


def _rating(rating: str | None) -> str:
    return words.ATTENDANCE_RATING[rating] if rating else LOST
