"""Attendance at meetings, counted, and rated by the report's key, with the precedence it lacks.

The usual key has three bands that neither cover every case nor exclude each other. They are read
here in this order: more than 70 % attended; else not attended, without a deputy, 30 % or more; else
a deputy sent 30 % or more. What is left is not assessable, and so is an agency that was expected at
no meeting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hscb_report.figures import MISSING, Figure, cell, count, share, sum_of
from hscb_report.schema.board import AttendanceCount, AttendanceRecord

LEAST_ATTENDED = Decimal("0.70")
"""The share of meetings above which an agency is rated as attending."""
LEAST_OF_A_BAND = Decimal("0.30")


@dataclass(frozen=True)
class Attendance:
    """Of the meetings at which an agency was expected: those it came to, or sent a deputy to."""

    meetings: Figure
    attended: Figure
    deputy: Figure

    @property
    def share(self) -> Figure:
        """The part of the meetings that the agency itself came to; missing where none was held."""
        return share(self.attended, self.meetings)

    @property
    def is_to_come(self) -> bool:
        """Whether a draft still waits for one of the three."""
        return self.meetings.to_come or self.attended.to_come or self.deputy.to_come

    @property
    def neither(self) -> Figure:
        """The meetings that saw neither the agency nor a deputy."""
        return self.meetings - self.attended - self.deputy


def attendance_of(records: Iterable[AttendanceRecord]) -> Attendance:
    """Return the attendance that records tell; meetings it was not expected at don't count."""
    held = tuple(records)
    return Attendance(
        count(held, lambda row: row.presence != "not_expected"),
        count(held, lambda row: row.presence == "present"),
        count(held, lambda row: row.presence == "deputy"),
    )


def attendance_counted(row: AttendanceCount) -> Attendance:
    """Return the attendance that a row of counts tells."""
    return Attendance(cell(row, "meetings"), cell(row, "attended"), cell(row, "deputy"))


def attendance_rating(held: Attendance) -> str:
    """Return the rating of an agency's attendance by the key, read in its stated order."""
    if not held.meetings.value:
        return "not_assessable"
    if _part(held.attended, held) > LEAST_ATTENDED:
        return "attended"
    if _part(held.neither, held) >= LEAST_OF_A_BAND:
        return "not_attended"
    if _part(held.deputy, held) >= LEAST_OF_A_BAND:
        return "deputy"
    return "not_assessable"


def all_attendance(held: Iterable[Attendance]) -> Attendance:
    """Return several attendances as one: of an agency in all groups, of a group by all agencies.

    Missing, not 0, where there is none at all.
    """
    every = tuple(held)
    if not every:
        return Attendance(MISSING, MISSING, MISSING)
    return Attendance(
        sum_of(one.meetings for one in every),
        sum_of(one.attended for one in every),
        sum_of(one.deputy for one in every),
    )


def meetings(held: Iterable[Attendance]) -> Figure:
    """Return how often agencies were expected at meetings, each agency counted for itself."""
    return all_attendance(held).meetings


def attended(held: Iterable[Attendance]) -> Figure:
    """Return how often agencies themselves came to meetings at which they were expected."""
    return all_attendance(held).attended


def deputies(held: Iterable[Attendance]) -> Figure:
    """Return how often agencies sent a deputy to a meeting at which they were expected."""
    return all_attendance(held).deputy


def share_attended(held: Iterable[Attendance]) -> Figure:
    """Return how often agencies themselves came, as a part of how often they were expected."""
    return all_attendance(held).share


def _part(figure: Figure, held: Attendance) -> Decimal:
    return Decimal(figure.value or 0) / Decimal(held.meetings.value or 1)
