"""Attendance at meetings, rated by the report's key, with the precedence that it lacks.

The usual key has three bands that neither cover every case nor exclude each other. They are read
here in this order: more than 70 % attended; else not attended, without a deputy, 30 % or more; else
a deputy sent 30 % or more. What is left is not assessable, and so is an agency that was expected at
no meeting.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hscb_report.schema.board import AttendanceRecord

_ATTENDED = Decimal("0.70")
_BAND = Decimal("0.30")


def attendance_rating(records: Iterable[AttendanceRecord]) -> str:
    """Return the rating of one agency in one group; meetings it was not expected at don't count."""
    expected = [row.presence for row in records if row.presence != "not_expected"]
    if not expected:
        return "not_assessable"
    shares = {kind: Decimal(expected.count(kind)) / len(expected) for kind in set(expected)}
    if shares.get("present", 0) > _ATTENDED:
        return "attended"
    if shares.get("apologies", Decimal(0)) + shares.get("absent", Decimal(0)) >= _BAND:
        return "not_attended"
    if shares.get("deputy", 0) >= _BAND:
        return "deputy"
    return "not_assessable"
