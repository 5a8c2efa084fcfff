"""Referrals, case reviews and child deaths: the tables that count children."""

from __future__ import annotations

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import COUNT, IDENTIFIER, TEXT, YEAR, code, column
from hscb_report.schema.row import SourcedRow, TableInfo
from hscb_report.years import ReportingYear


class Referral(SourcedRow):
    """Cases referred in the year for a review."""

    info = TableInfo("referrals", "Referrals for case review", keys=("stream",), protected=True)
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    received: int = column(COUNT, "Referrals received in the year", unit="referrals")


class ReferralOutcome(SourcedRow):
    """What was decided on the cases referred in the year."""

    info = TableInfo(
        "referral_outcomes", "Outcomes of referrals", keys=("stream", "outcome"), protected=True
    )
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    outcome: str = column(code(words.REFERRAL_OUTCOME), "What was decided")
    referrals: int = column(COUNT, "Referrals with this outcome", unit="referrals")
    method: str | None = column(code(words.REVIEW_METHOD), "The review method used")


class ReviewCarriedOver(SourcedRow):
    """Reviews completed in the year on cases referred in an earlier year; not an outcome."""

    info = TableInfo(
        "reviews_carried_over",
        "Reviews carried over",
        keys=("stream", "referred_in"),
        protected=True,
    )
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    referred_in: ReportingYear = column(YEAR, "The year in which the case was referred")
    completed: int = column(COUNT, "Reviews completed in the reporting year", unit="reviews")


class ReferralTotal(SourcedRow):
    """A year's number of referrals as a text states it: the year's own, or an earlier one's."""

    info = TableInfo("referral_totals", "Referral totals as stated", keys=("year",), protected=True)
    year: ReportingYear = column(YEAR, "The reporting year")
    referrals: int = column(COUNT, "Referrals of all streams in that year", unit="referrals")
    revision: str | None = column(TEXT, "Why it differs from what an earlier year's own report has")


class ChildDeath(SourcedRow):
    """A count of child deaths, or of reviews of them, by one dimension."""

    info = TableInfo(
        "child_deaths",
        "Child deaths and reviews",
        keys=("counted", "dimension", "category"),
        protected=True,
    )
    counted: str = column(code(words.COUNTED), "Deaths of the year, or reviews completed in it")
    dimension: str = column(code(words.DEATH_DIMENSION), "What the count is broken down by")
    category: str = column(
        code(words.DEATH_CATEGORY, within="dimension"), "The category of that dimension"
    )
    children: int = column(COUNT, "Number of children", unit="children")


class CdopLesson(SourcedRow):
    """A lesson of the Child Death Overview Panel and what was done about it."""

    info = TableInfo(
        "cdop_lessons", "Lessons from child death reviews", keys=("lesson",), protected=True
    )
    lesson: str = column(IDENTIFIER, "Short code")
    theme: str = column(TEXT, "What the lesson is about")
    learnt: str = column(TEXT, "The lesson, briefly")
    action: str = column(TEXT, "What the Board did, briefly")
