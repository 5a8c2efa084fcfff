"""Records: what a year's summary tables are counted from. No report is made of them.

They are the Board's own, and lie in the private folder of a data root. People and children stand in
them by a number that the Board gives, never by a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from pydantic import ValidationInfo, field_validator

from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import refuse
from hscb_report.schema.columns import (
    COUNT,
    DAY,
    DAY_OF_YEAR,
    RECORD_NUMBER,
    TEXT,
    code,
    column,
    reference,
)
from hscb_report.schema.row import AGENCY, Row, TableInfo
from hscb_report.schema.tables import TableSchema
from hscb_report.schema.vocabularies import Vocabulary


def _info(name: str, title: str, *keys: str) -> TableInfo:
    return TableInfo(name, title, keys=keys, protected=True, folder="records", next_year="apart")


def _not_before(day: date | None, row: ValidationInfo, *earlier: str) -> date | None:
    """Return a day; refuse one that comes before that of a column before it."""
    for name in earlier:
        before = row.data.get(name)
        if day is not None and before is not None and day < before:
            raise refuse("day", f"expected a day that is not before that of {name}.")
    return day


class Meeting(Row):
    """A meeting of the Board or of one of its groups."""

    info = _info("meetings", "Records of meetings", "meeting")
    meeting: str = column(RECORD_NUMBER, "The meeting's number, such as 3 or B-3")
    group: str = column(reference("groups.group"), "The group that met")
    day: date = column(DAY_OF_YEAR, "The day of the meeting")


class MeetingAttendance(Row):
    """Whether an agency came to a meeting; a row for each of its members, if it has several.

    Of several members the one counts who speaks best for the agency: if one came, it came.
    """

    info = _info("meeting_attendance", "Records of attendance", "meeting", "agency", "member")
    meeting: str = column(reference("meetings.meeting", RECORD_NUMBER), "The meeting")
    agency: str = column(AGENCY, "The agency")
    member: str | None = column(
        RECORD_NUMBER, "The member's number, never a name; empty: the agency as a whole"
    )
    presence: str = column(code(words.PRESENCE), "Whether it came")


class TrainingSession(Row):
    """A session of an offer: an event or a course that was held."""

    info = _info("training_sessions", "Records of training sessions", "session")
    session: str = column(RECORD_NUMBER, "The session's number")
    offer: str = column(reference("training_offers.offer"), "The offer")
    day: date = column(DAY_OF_YEAR, "The day of the session, or its first")
    places: int | None = column(COUNT, "How many places there were", unit="places")
    counted_as: str = column(code(words.ATTENDANCE_UNIT), "What those who come are called")
    in_total: str = column(
        code(words.YES_NO_UNKNOWN), "Whether they are among all practitioners trained in the year"
    )


class TrainingBooking(Row):
    """A person's place at a session, booked or taken without a booking, and what came of it."""

    info = _info("training_bookings", "Records of training bookings", "booking")
    booking: str = column(RECORD_NUMBER, "The booking's number")
    session: str = column(reference("training_sessions.session", RECORD_NUMBER), "The session")
    came: str = column(code(words.BOOKING), "What came of it")
    person: str | None = column(
        RECORD_NUMBER,
        "The person's number, never a name: the same at every session, so that each is counted "
        "once",
    )
    agency: str | None = column(AGENCY, "The agency that the person comes from")
    establishments: str | None = column(
        TEXT, "Of which establishments theirs is one, as in establishment_coverage.csv"
    )
    establishment: str | None = column(
        RECORD_NUMBER, "The establishment's number, so that each is counted once"
    )

    @field_validator("establishment")
    @classmethod
    def _is_one_of_some(cls, establishment: str | None, row: ValidationInfo) -> str | None:
        """Refuse an establishment of which nobody knows among which it is counted."""
        if establishment is not None and row.data.get("establishments") is None:
            raise refuse("record number", "the cell establishments is empty beside it.")
        return establishment


class TrainingAnswer(Row):
    """What a person who was trained answered when asked about an offer."""

    info = _info("training_answers", "Records of training evaluations", "answer")
    answer: str = column(RECORD_NUMBER, "The answer's number")
    offer: str = column(reference("training_offers.offer"), "The offer")
    asked: str = column(code(words.EVALUATED), "When it was asked for")
    positive: str = column(
        code(words.YES_NO),
        "Whether the person was confident of what the training is about, or said that it is used",
    )


class ChildDeathRecord(Row):
    """The death of a child of the area, and its review by the Child Death Overview Panel.

    A year's file has a row for every child who died in it, whose review was completed in it or who
    waits for one at its end. What is not known has a code of its own; an empty cell says that the
    count of which the child is one is not broken down so.
    """

    info = _info("child_death_records", "Records of child death reviews", "child")
    child: str = column(RECORD_NUMBER, "The child's number, never a name; it keeps it")
    died: date = column(DAY, "The day of death")
    notified: date | None = column(DAY, "The day on which the panel was told; empty: not known")
    reviewed: date | None = column(
        DAY, "The day on which the review was completed; empty: it has not been"
    )
    sex: str | None = column(code(words.DEATH_CATEGORY, of="sex"), "Sex")
    age_band: str | None = column(code(words.DEATH_CATEGORY, of="age_band"), "Age at death")
    ethnicity: str | None = column(code(words.DEATH_CATEGORY, of="ethnicity"), "Ethnicity")
    category: str | None = column(
        code(words.DEATH_CATEGORY, of="category"), "The category of death that the panel gave"
    )
    expected: str | None = column(
        code(words.DEATH_CATEGORY, of="expected"), "Whether the death was expected"
    )
    modifiable: str | None = column(
        code(words.DEATH_CATEGORY, of="modifiable"),
        "Whether the panel found factors that could be changed; empty until it has",
    )

    @field_validator("notified")
    @classmethod
    def _notified_after(cls, day: date | None, row: ValidationInfo) -> date | None:
        return _not_before(day, row, "died")

    @field_validator("reviewed")
    @classmethod
    def _reviewed_after(cls, day: date | None, row: ValidationInfo) -> date | None:
        return _not_before(day, row, "died", "notified")


class AuditCase(Row):
    """A case that an audit looked at."""

    info = _info("audit_cases", "Records of audited cases", "audit", "case")
    audit: str = column(RECORD_NUMBER, "The audit's number")
    case: str = column(RECORD_NUMBER, "The case's number, which tells of nobody")
    activity: str = column(code(words.AUDIT_KIND), "Which part of the audit programme it is of")
    programme: str | None = column(
        reference("audits.programme"), "The thematic audit; empty: it is of none"
    )
    audited: date | None = column(DAY_OF_YEAR, "The day on which the case was looked at")
    agency: str | None = column(AGENCY, "The agency whose work was looked at; empty: of several")
    grade: str | None = column(code(words.AUDIT_GRADE), "The grade; empty: it was not graded")


class ReferralRecord(Row):
    """A case that was referred for a review, and what was decided.

    A year's file has a row for every case that was referred in it, and for each of an earlier year
    whose review was completed in it.
    """

    info = _info("referral_records", "Records of referrals for case review", "referral")
    referral: str = column(RECORD_NUMBER, "The referral's number, which tells of nobody")
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    received: date = column(DAY, "The day on which it was received")
    decided: date | None = column(DAY, "The day of the decision; empty: there is none yet")
    outcome: str | None = column(
        code(words.REFERRAL_OUTCOME), "What was decided; empty: nothing has been yet"
    )
    method: str | None = column(code(words.REVIEW_METHOD), "The review method used")
    completed: date | None = column(
        DAY, "The day on which the review was completed; empty: it has not been"
    )

    @field_validator("decided")
    @classmethod
    def _decided_after(cls, day: date | None, row: ValidationInfo) -> date | None:
        return _not_before(day, row, "received")

    @field_validator("outcome")
    @classmethod
    def _is_decided(cls, outcome: str | None, row: ValidationInfo) -> str | None:
        """Refuse an outcome of no day, and a day of no outcome."""
        if "decided" in row.data and (outcome is None) != (row.data["decided"] is None):
            what = "a decision has both an outcome and a day: one of them is empty."
            raise refuse("code", what, "Fill in both, or neither.")
        return outcome

    @field_validator("completed")
    @classmethod
    def _completed_after(cls, day: date | None, row: ValidationInfo) -> date | None:
        return _not_before(day, row, "received", "decided")


RECORDS: tuple[type[Row], ...] = (
    *(Meeting, MeetingAttendance),
    *(TrainingSession, TrainingBooking, TrainingAnswer),
    *(ChildDeathRecord, AuditCase, ReferralRecord),
)
"""The tables of records. They are none of the tables that a report is made of."""


def record_schemas(
    vocabularies: Mapping[str, Vocabulary] = MappingProxyType({}),
) -> tuple[TableSchema, ...]:
    """Return the tables of records, with words in the place of those they were declared with."""
    return tuple(TableSchema(row, vocabularies) for row in RECORDS)
