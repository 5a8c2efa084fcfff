"""From records of meetings to attendance: of each agency, whether it came and how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hscb_report.calculations.records.worked_out import WorkedOut, in_order, text_of
from hscb_report.schema.board import AttendanceAgency, AttendanceCount, AttendanceRecord
from hscb_report.schema.records import Meeting, MeetingAttendance
from hscb_report.schema.reference import Agency

_BEST_FIRST = ("present", "deputy", "apologies", "absent", "not_expected")
"""Of several members of an agency the one counts who speaks best for it."""


def attendance_worked_out(
    meetings: Sequence[Meeting],
    records: Sequence[MeetingAttendance],
    agencies: Iterable[Agency],
    *,
    has_records: bool,
    has_counts: bool,
) -> tuple[WorkedOut, ...]:
    """Return what records of meetings give: how often each agency came, or to which meeting.

    A year that `has_records` of its own, meeting by meeting, is compared with them; it need have no
    counts then. Nothing is given where there are no records.
    """
    presences = presence_of_agencies(meetings, records)
    if not presences:
        return ()
    found = [_agencies({agency for _, agency in presences}, agencies)]
    if has_records:
        found.append(_by_meeting(presences))
    if has_counts or not has_records:
        found.append(_counted(presences))
    return tuple(found)


def presence_of_agencies(
    meetings: Iterable[Meeting], records: Iterable[MeetingAttendance]
) -> dict[tuple[Meeting, str], str]:
    """Return whether each agency came to each meeting, however many of its members are recorded."""
    by_number = {meeting.meeting: meeting for meeting in meetings}
    found: dict[tuple[Meeting, str], str] = {}
    for row in records:
        if row.meeting in by_number:
            key = by_number[row.meeting], row.agency
            found[key] = min(found.get(key, row.presence), row.presence, key=_BEST_FIRST.index)
    return found


def _agencies(there: set[str], agencies: Iterable[Agency]) -> WorkedOut:
    """Return the agencies of records: each is listed as one whose attendance is rated."""
    names = {row.agency: row.name for row in agencies}
    rows = [{"agency": a, "organisation": names.get(a, a)} for a in there]
    return WorkedOut(AttendanceAgency, (), in_order(rows, AttendanceAgency))


def _by_meeting(presences: Mapping[tuple[Meeting, str], str]) -> WorkedOut:
    rows = [
        {"group": m.group, "day": text_of(m.day), "agency": agency, "presence": presence}
        for (m, agency), presence in presences.items()
    ]
    return WorkedOut(AttendanceRecord, ("presence",), in_order(rows, AttendanceRecord))


def _counted(presences: Mapping[tuple[Meeting, str], str]) -> WorkedOut:
    groups = {meeting.group for meeting, _ in presences}
    rows = [*_counts(presences)]
    return WorkedOut(
        AttendanceCount,
        ("meetings", "attended", "deputy"),
        in_order(rows, AttendanceCount),
        lambda row: row.group in groups,
    )


def _counts(presences: Mapping[tuple[Meeting, str], str]) -> Iterator[dict[str, str]]:
    pairs = dict.fromkeys((agency, meeting.group) for meeting, agency in presences)
    for agency, group in pairs:
        own = [
            presence
            for (meeting, name), presence in presences.items()
            if (name, meeting.group) == (agency, group)
        ]
        yield {
            "agency": agency,
            "group": group,
            "meetings": str(len(own) - own.count("not_expected")),
            "attended": str(own.count("present")),
            "deputy": str(own.count("deputy")),
        }
