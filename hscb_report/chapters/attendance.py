"""Attendance at the Board and its groups: as rated, or by the records of meetings."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations.attendance import attendance_rating
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.results.chapter import APPENDICES, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import AttendanceAgency, AttendanceRating, AttendanceRecord, Group

_UNKNOWN = "not known"
_LOST = "lost"


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield how each agency attended each group."""
    ratings = _ratings(data)
    groups = data.tables[Group]
    unknown = _LOST if data.is_reconstruction and not ratings else _UNKNOWN
    yield exhibit(
        "attendance",
        f"Attendance of agencies at the Board and its groups, {data.year}",
        (Column("Agency"), *(Column(group.name) for group in groups)),
        [
            (
                row.organisation,
                *(_label(ratings.get((row.agency, g.group)), unknown) for g in groups),
            )
            for row in data.tables[AttendanceAgency]
        ],
        *([f'"{_LOST}": not recoverable from the published text.'] * (unknown == _LOST)),
        wide=True,
    )


def _ratings(data: YearData) -> dict[tuple[str, str], str]:
    """Return the rating of each agency in each group: as given, else by the records of meetings."""
    worked_out = {key: attendance_rating(records) for key, records in _records(data).items()}
    given = {(row.agency, row.group): row.rating for row in data.tables[AttendanceRating]}
    return worked_out | given


def _records(data: YearData) -> dict[tuple[str, str], list[AttendanceRecord]]:
    found: dict[tuple[str, str], list[AttendanceRecord]] = {}
    for record in data.tables[AttendanceRecord]:
        found.setdefault((record.agency, record.group), []).append(record)
    return found


def _label(rating: str | None, unknown: str) -> str:
    return words.ATTENDANCE_RATING[rating] if rating else unknown


def _ratings_recompute(data: YearData) -> Breaches:
    records = _records(data)
    for row in data.tables[AttendanceRating]:
        of_meetings = records.get((row.agency, row.group))
        expected = attendance_rating(of_meetings) if of_meetings else "not_a_member"
        if row.rating != expected:
            yield Breach(
                f"the meeting records give {expected}.",
                "Correct the rating or the records; who is not a member has no records.",
                row.place,
                "rating",
                row.rating,
            )


CHAPTER = Chapter(
    name="attendance",
    title="Structure and attendance",
    pages=(Page("pages/appendix-attendance", APPENDICES),),
    about=(AttendanceAgency,),
    reads=(Group, AttendanceRating, AttendanceRecord),
    exhibits=exhibits,
    rules=(
        Rule(
            "R24",
            "Attendance ratings recompute from the records of meetings",
            "error",
            (AttendanceRating, AttendanceRecord),
            _ratings_recompute,
        ),
    ),
)
