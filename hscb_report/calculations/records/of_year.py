"""All that a year's records give: rows of summary tables, further figures, what is out of place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hscb_report.calculations.records.attendance import attendance_worked_out
from hscb_report.calculations.records.audits import audits_worked_out
from hscb_report.calculations.records.child_deaths import (
    deaths_told,
    deaths_worked_out,
    of_no_count,
)
from hscb_report.calculations.records.referrals import (
    of_another_year,
    referrals_told,
    referrals_worked_out,
)
from hscb_report.calculations.records.told import Told
from hscb_report.calculations.records.training import (
    TrainingRecords,
    training_told,
    training_worked_out,
)
from hscb_report.calculations.records.worked_out import WorkedOut
from hscb_report.findings import Finding
from hscb_report.schema import Row, Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import (
    AttendanceAgency,
    AttendanceCount,
    AttendanceRecord,
)
from hscb_report.schema.cases import (
    ChildDeath,
    Referral,
    ReferralOutcome,
    ReferralTotal,
    ReviewCarriedOver,
)
from hscb_report.schema.learning import (
    AuditActivity,
    AuditGrade,
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingEvaluation,
    TrainingTotal,
)
from hscb_report.schema.records import (
    AuditCase,
    ChildDeathRecord,
    Meeting,
    MeetingAttendance,
    ReferralRecord,
    TrainingAnswer,
    TrainingBooking,
    TrainingSession,
)
from hscb_report.schema.reference import Agency
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.years import ReportingYear

SUMMARIES: tuple[type[Row], ...] = (
    *(AttendanceAgency, AttendanceRecord, AttendanceCount),
    *(TrainingDelivery, TrainingEvaluation, EstablishmentCoverage, TrainingTotal),
    *(ChildDeath, AuditActivity, AuditGrade),
    *(Referral, ReferralOutcome, ReviewCarriedOver, ReferralTotal),
)
"""The tables that records give rows of, in the order in which these are told."""
BEHIND: Mapping[type[Row], tuple[type[Row], ...]] = {
    **dict.fromkeys(SUMMARIES[:3], (Meeting, MeetingAttendance)),
    TrainingDelivery: (TrainingSession, TrainingBooking),
    TrainingEvaluation: (TrainingAnswer,),
    **dict.fromkeys((EstablishmentCoverage, TrainingTotal), (TrainingBooking,)),
    ChildDeath: (ChildDeathRecord,),
    **dict.fromkeys((AuditActivity, AuditGrade), (AuditCase,)),
    **dict.fromkeys(SUMMARIES[10:], (ReferralRecord,)),
}
"""The records from which each of them is counted."""


@dataclass(frozen=True)
class YearRecords:
    """A year's records, the words in force, and what else is needed to make something of them.

    `there` are the summary tables as they stand, and the agencies; `deaths` are the records of
    child deaths of each year that has any.
    """

    year: ReportingYear
    tables: Tables
    there: Tables
    vocabularies: Mapping[str, Vocabulary]
    deaths: Mapping[ReportingYear, tuple[ChildDeathRecord, ...]]

    def _words(self, chosen: Vocabulary) -> Vocabulary:
        return self.vocabularies.get(chosen.name, chosen)

    @property
    def _training(self) -> TrainingRecords:
        tables = self.tables
        return TrainingRecords(
            tables[TrainingSession], tables[TrainingBooking], tables[TrainingAnswer]
        )

    def worked_out(self) -> tuple[WorkedOut, ...]:
        """Return what records give of each summary table, in the order of the tables."""
        tables, there = self.tables, self.there
        undecided = self._words(words.REFERRAL_OUTCOME).meaning("undecided")
        found = (
            *attendance_worked_out(
                tables[Meeting],
                tables[MeetingAttendance],
                there[Agency],
                has_records=bool(there[AttendanceRecord]),
                has_counts=bool(there[AttendanceCount]),
            ),
            *training_worked_out(self._training, self.year, there[TrainingDelivery]),
            *deaths_worked_out(
                tables[ChildDeathRecord], self.year, self._words(words.DEATH_CATEGORY)
            ),
            *audits_worked_out(tables[AuditCase], self._words(words.AUDIT_GRADE)),
            *referrals_worked_out(tables[ReferralRecord], self.year, undecided),
        )
        return tuple(sorted(found, key=lambda one: SUMMARIES.index(one.row)))

    def told(self) -> Iterator[Told]:
        """Yield the further figures, which no summary table has."""
        yield from training_told(self._training)
        yield from deaths_told(self.deaths, self.year, self._words(words.DEATH_CATEGORY))
        yield from referrals_told(self.tables[ReferralRecord], self.year)

    def out_of_place(self) -> Iterator[Finding]:
        """Yield a finding for each record that no count of the year has: it is of another year."""
        for child in of_no_count(self.tables[ChildDeathRecord], self.year):
            what = f"this child neither died in {self.year}, nor was reviewed in it, nor waits"
            yield _out_of_place(child, "died", f"{what} at its end.")
        for referral in of_another_year(self.tables[ReferralRecord], self.year):
            what = f"this case was not referred in {self.year}, nor its review completed in it."
            yield _out_of_place(referral, "received", what)


def _out_of_place(row: Row, column: str, what: str) -> Finding:
    hint = "Correct the days, or move the row to the year it belongs to."
    return Finding("L7", "error", row.place.file, what, hint, row.place.row, column)
