"""Training and audits."""

from __future__ import annotations

from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from hscb_report.schema.columns import (
    COUNT,
    IDENTIFIER,
    MONTH_OF_YEAR,
    TEXT,
    code,
    column,
    reference,
)
from hscb_report.schema.row import ANEW, SourcedRow, TableInfo


class TrainingOffer(SourcedRow):
    """A course, event or module that the Board offers."""

    info = TableInfo("training_offers", "Training offers", keys=("offer",), protected=False)
    offer: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "Title")
    theme: str = column(TEXT, "What it is about")
    level: str = column(code(words.TRAINING_LEVEL), "For whom: universal, targeted or specialist")
    mode: str = column(code(words.TRAINING_MODE), "How it is delivered")


class TrainingDelivery(SourcedRow):
    """How often an offer was delivered in a period, and to how many."""

    info = TableInfo(
        "training_deliveries", "Training deliveries", keys=("offer", "first_month"), protected=False
    )
    offer: str = column(reference("training_offers.offer"), "The offer")
    first_month: Month = column(MONTH_OF_YEAR, "First month of the period counted")
    last_month: Month = column(MONTH_OF_YEAR, "Last month of the period counted")
    sessions: int | None = column(COUNT, "Number of events or courses", unit="sessions")
    attended: int = column(COUNT, "How many people attended", unit="people")
    booked: int | None = column(COUNT, "How many places were booked", unit="people")
    cancelled: int | None = column(COUNT, "How many bookings were cancelled", unit="people")
    no_show: int | None = column(COUNT, "How many booked and did not come", unit="people")
    walk_in: int | None = column(COUNT, "How many came without a booking", unit="people")
    counted_as: str = column(code(words.ATTENDANCE_UNIT), "What they are called")
    in_total: str = column(
        code(words.YES_NO_UNKNOWN), "Whether they are among all practitioners trained in the year"
    )


class TrainingTotal(SourcedRow):
    """All practitioners trained in the year, as the Board states it."""

    info = TableInfo(
        "training_totals", "Training totals as stated", keys=("total",), protected=False
    )
    total: str = column(code(words.TRAINING_TOTAL), "What is counted")
    attended: int = column(COUNT, "How many people", unit="practitioners")


class EstablishmentCoverage(SourcedRow):
    """How many establishments of a kind sent someone to an offer."""

    info = TableInfo(
        "establishment_coverage",
        "Establishments represented",
        keys=("offer", "establishments"),
        protected=False,
    )
    offer: str = column(reference("training_offers.offer"), "The offer")
    establishments: str = column(TEXT, "Which establishments are counted")
    represented: int = column(COUNT, "How many were represented", unit="establishments")
    eligible: int | None = column(COUNT, "How many there are", unit="establishments")


class TrainingEvaluation(SourcedRow):
    """What those who were trained answered when they were asked about an offer."""

    info = TableInfo(
        "training_evaluations", "Training evaluations", keys=("offer", "asked"), protected=False
    )
    offer: str = column(reference("training_offers.offer"), "The offer")
    asked: str = column(code(words.EVALUATED), "When they were asked")
    answered: int = column(COUNT, "How many answered", unit="answers")
    positive: int = column(
        COUNT,
        "How many of them were confident of what the training is about, or said that they use it",
        unit="answers",
    )


class AuditActivity(SourcedRow):
    """A part of the year's audit and review programme."""

    info = TableInfo(
        "audit_programme", "Audit and review programme", keys=("activity",), protected=True
    )
    activity: str = column(code(words.AUDIT_KIND), "Which part")
    number: int = column(COUNT, "How many audits or reviews", unit="audits or reviews")
    cases: int | None = column(COUNT, "How many cases they looked at together", unit="cases")
    serious_case_reviews: int | None = column(
        COUNT, "How many of them were Serious Case Reviews", unit="reviews"
    )


class Audit(SourcedRow):
    """A first audit and the audit that reviewed it."""

    info = TableInfo("audits", "Audits", keys=("audit",), protected=False, next_year=ANEW)
    audit: str = column(IDENTIFIER, "Short code")
    programme: str = column(IDENTIFIER, "The thematic audit that it belongs to")
    programme_title: str = column(TEXT, "What that thematic audit is about")
    subject: str = column(TEXT, "What was audited")
    first_audit: Month = column(MONTH_OF_YEAR, "Month of the first audit")
    review_audit: Month | None = column(MONTH_OF_YEAR, "Month of the review audit")


class AuditFinding(SourcedRow):
    """A finding of a first audit, what its review found, and the impact."""

    info = TableInfo(
        "audit_findings", "Audit findings", keys=("finding",), protected=False, next_year=ANEW
    )
    finding: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "Short title")
    programme: str = column(reference("audits.programme"), "The thematic audit that it belongs to")
    initial: str = column(TEXT, "What the first audit found, briefly")
    review: str = column(TEXT, "What the review audit found, briefly")
    impact: str = column(TEXT, "The impact assessed, briefly")
    status: str = column(code(words.FINDING_STATUS), "Where it stood at the review")


class AuditGrade(SourcedRow):
    """How many of the cases that a thematic audit looked at were given a grade."""

    info = TableInfo(
        "audit_grades", "Audit grades", keys=("programme", "grade"), protected=True, next_year=ANEW
    )
    programme: str = column(reference("audits.programme"), "The thematic audit")
    grade: str = column(code(words.AUDIT_GRADE), "The grade")
    cases: int = column(COUNT, "How many cases were given it; 0 where none was", unit="cases")
