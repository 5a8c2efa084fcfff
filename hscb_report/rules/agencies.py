"""Rules 23 and 24: agencies in several lists, and their attendance."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.measures.agencies import bodies, without_counterpart
from hscb_report.measures.attendance import attendance_rating
from hscb_report.rules.rule import Breach, Breaches, Rule
from hscb_report.schema import Row, Tables


def _lists_reconcile(tables: Tables) -> Breaches:
    """Contributors should be members, and members those whose attendance is rated.

    A member that pays nothing breaks no rule: the budget chapter counts it.
    """
    paying = "contributors", tables.contributions
    members = "members", tables.membership
    rated = "agencies rated for attendance", tables.attendance_agencies
    for one, other in ((paying, members), (members, rated), (rated, members)):
        yield from _missing(tables, *one, *other)


def _missing(
    tables: Tables, name: str, rows: tuple[Row, ...], other: str, others: tuple[Row, ...]
) -> Iterator[Breach]:
    body = bodies(tables.agencies)
    seen: set[str] = set()
    for row in without_counterpart(tables.agencies, rows, others):
        code: str = row.agency  # type: ignore[attr-defined]
        if body[code] not in seen:
            seen.add(body[code])
            yield Breach(
                f"is among the {name}, but not among the {other}, under any name.",
                "Give the agency an alias, part_of or successor, or accept it with a reason.",
                row.place,
                "agency",
                code,
            )


def _ratings_recompute(tables: Tables) -> Breaches:
    for row in tables.attendance_ratings:
        records = [
            record
            for record in tables.attendance_records
            if (record.agency, record.group) == (row.agency, row.group)
        ]
        expected = attendance_rating(records) if records else "not_a_member"
        if row.rating != expected:
            yield Breach(
                f"the meeting records give {expected}.",
                "Correct the rating or the records; who is not a member has no records.",
                row.place,
                "rating",
                row.rating,
            )


RULES = (
    Rule(
        "R23",
        "Contributors, members and agencies rated for attendance are the same bodies",
        "warning",
        ("contributions", "membership", "attendance_agencies", "agencies"),
        _lists_reconcile,
    ),
    Rule(
        "R24",
        "Attendance ratings recompute from the records of meetings",
        "error",
        ("attendance_ratings", "attendance_records"),
        _ratings_recompute,
    ),
)
