"""Attendance at meetings, rated by the report's key, with the precedence that it lacks.

The key (L910) has three bands that neither cover every case nor exclude each other (issue I-11).
They are read here in this order: more than 70 % attended is green; else not attended, without a
deputy, 30 % or more is red; else a deputy sent 30 % or more is amber; what is left is not
assessable, and so is an agency that was expected at no meeting.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hscb_report.schema.board import AttendanceRecord

_GREEN = Decimal("0.70")
_BAND = Decimal("0.30")


def attendance_rating(records: Iterable[AttendanceRecord]) -> str:
    """Return the rating of one agency in one group; meetings it was not expected at don't count."""
    expected = [row.presence for row in records if row.presence != "not_expected"]
    if not expected:
        return "not_assessable"
    shares = {kind: Decimal(expected.count(kind)) / len(expected) for kind in set(expected)}
    if shares.get("present", 0) > _GREEN:
        return "green"
    if shares.get("apologies", Decimal(0)) + shares.get("absent", Decimal(0)) >= _BAND:
        return "red"
    if shares.get("deputy", 0) >= _BAND:
        return "amber"
    return "not_assessable"
