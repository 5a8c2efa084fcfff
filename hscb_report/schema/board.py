"""The Board: its members, its groups, and who attended."""

from __future__ import annotations

from datetime import date

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import COUNT, DAY, IDENTIFIER, TEXT, code, column, reference
from hscb_report.schema.row import AGENCY, ANEW, SourcedRow, TableInfo


class Membership(SourcedRow):
    """A seat on the Board, by role."""

    info = TableInfo("membership", "Membership", keys=("agency", "role"), protected=False)
    agency: str = column(AGENCY, "The organisation that the member comes from")
    role: str = column(TEXT, "Role or job title")
    people: int = column(COUNT, "Number of people in this role", unit="people", next_year="kept")
    represents: str | None = column(TEXT, "Whom the member represents, where not the organisation")
    organisation: str = column(TEXT, "The organisation as the list names it")


class Group(SourcedRow):
    """The Board itself, or one of its groups."""

    info = TableInfo("groups", "Groups", keys=("group",), protected=False, distinct=("name",))
    group: str = column(IDENTIFIER, "Short code")
    name: str = column(TEXT, "Name")


class AttendanceAgency(SourcedRow):
    """An agency whose attendance is rated."""

    info = TableInfo(
        "attendance_agencies",
        "Agencies whose attendance is rated",
        keys=("agency",),
        protected=False,
    )
    agency: str = column(AGENCY, "The agency")
    organisation: str = column(TEXT, "The agency as the list names it")


class AttendanceRating(SourcedRow):
    """How an agency attended a group, by the key of the report."""

    info = TableInfo(
        "attendance_ratings",
        "Attendance ratings",
        keys=("agency", "group"),
        protected=False,
    )
    agency: str = column(reference("attendance_agencies.agency"), "The agency")
    group: str = column(reference("groups.group"), "The group")
    rating: str = column(code(words.ATTENDANCE_RATING), "The rating", next_year="empty")


class AttendanceRecord(SourcedRow):
    """Who came to a meeting of a group."""

    info = TableInfo(
        "attendance_records",
        "Attendance records",
        keys=("group", "day", "agency"),
        protected=False,
        next_year=ANEW,
    )
    group: str = column(reference("groups.group"), "The group")
    day: date = column(DAY, "The day of the meeting")
    agency: str = column(reference("attendance_agencies.agency"), "The agency")
    presence: str = column(code(words.PRESENCE), "Whether it came")


class AttendanceCount(SourcedRow):
    """How often an agency attended a group in the year, where no records of meetings are held."""

    info = TableInfo(
        "attendance_counts", "Attendance counts", keys=("agency", "group"), protected=False
    )
    agency: str = column(reference("attendance_agencies.agency"), "The agency")
    group: str = column(reference("groups.group"), "The group")
    meetings: int = column(COUNT, "Meetings at which it was expected", unit="meetings")
    attended: int = column(COUNT, "Meetings to which it came itself", unit="meetings")
    deputy: int = column(COUNT, "Meetings to which it sent a deputy instead", unit="meetings")
