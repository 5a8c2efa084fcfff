"""Referrals, case reviews and what they recommend, child deaths: tables that count children."""

from __future__ import annotations

from datetime import date

from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from hscb_report.schema.columns import (
    COUNT,
    DAY,
    IDENTIFIER,
    MONTH,
    PRINTED,
    TEXT,
    YEAR,
    code,
    column,
    reference,
)
from hscb_report.schema.row import AGENCY, ANEW, APART, Row, SourcedRow, TableInfo
from hscb_report.years import ReportingYear


class Referral(SourcedRow):
    """Cases referred in the year for a review."""

    info = TableInfo("referrals", "Referrals for case review", keys=("stream",), protected=True)
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    received: int = column(COUNT, "Referrals received in the year", unit="referrals")


class ReferralOutcome(SourcedRow):
    """What was decided on the cases referred in the year; a row for each method that was used."""

    info = TableInfo(
        "referral_outcomes",
        "Outcomes of referrals",
        keys=("stream", "outcome", "method"),
        protected=True,
    )
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    outcome: str = column(code(words.REFERRAL_OUTCOME), "What was decided")
    referrals: int = column(COUNT, "Referrals with this outcome", unit="referrals")
    method: str | None = column(
        code(words.REVIEW_METHOD), "The review method used; each method of an outcome has a row"
    )


class ReviewCarriedOver(SourcedRow):
    """Reviews completed in the year on cases referred in an earlier year; not an outcome."""

    info = TableInfo(
        "reviews_carried_over",
        "Reviews carried over",
        keys=("stream", "referred_in"),
        protected=True,
        next_year=ANEW,
    )
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    referred_in: ReportingYear = column(YEAR, "The year in which the case was referred")
    completed: int = column(COUNT, "Reviews completed in the reporting year", unit="reviews")


class Review(SourcedRow):
    """A review of a case, from its beginning to its publication; one under way has no end."""

    info = TableInfo("reviews", "Reviews of cases", keys=("review",), protected=True)
    review: str = column(IDENTIFIER, "Short code, which tells of nobody")
    title: str = column(TEXT, "Its title as the Board publishes it, such as Child A")
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    method: str | None = column(code(words.REVIEW_METHOD), "The review method used")
    began: Month | None = column(MONTH, "The month in which it began; empty: not known")
    ended: Month | None = column(MONTH, "The month in which it ended; empty: it is under way")
    published: Month | None = column(
        MONTH, "The month in which it was published; empty: it has not been"
    )


class Recommendation(SourcedRow):
    """What a review, of the Board's own or a national one, asks somebody to do."""

    info = TableInfo(
        "recommendations",
        "Recommendations of reviews",
        keys=("recommendation",),
        protected=False,
    )
    recommendation: str = column(IDENTIFIER, "Short code; it keeps it from year to year")
    review: str | None = column(
        reference("reviews.review"), "The Board's review that makes it; empty: a national one does"
    )
    national_review: str | None = column(TEXT, "The title of the national review that makes it")
    asks_for: str = column(TEXT, "What it asks for, briefly")
    agency: str | None = column(AGENCY, "The agency that it asks; empty: none is named")
    due: Month | None = column(MONTH, "The month by which it is to be done; empty: none is set")


class RecommendationStatus(Row):
    """Where a recommendation stood at a date. Records are only ever added, never changed.

    An empty rating says nothing: the rating of an earlier record then still holds.
    """

    info = TableInfo(
        "recommendation_status",
        "Statuses of recommendations",
        keys=("record",),
        protected=False,
        next_year=APART,
    )
    record: int = column(COUNT, "Its number; of two for one date, the higher holds", unit="record")
    recommendation: str = column(reference("recommendations.recommendation"), "The recommendation")
    as_at: date = column(DAY, "The day at which this was so")
    completion: str | None = column(code(words.COMPLETION_RAG), "Completion to timescale")
    progress: str | None = column(TEXT, "Progress made")
    further_work: str | None = column(TEXT, "Further work that is proposed")
    impact: str | None = column(TEXT, "Impact so far on children and young people")
    reported_in: str = column(TEXT, "The document and line, the meeting or the role that said so")
    as_printed: str | None = column(PRINTED, "What the document has, where it is a code")
    note: str | None = column(TEXT, "Anything a reader of the row must know")


class ReferralTotal(SourcedRow):
    """A year's number of referrals as a text states it: the year's own, or an earlier one's."""

    info = TableInfo("referral_totals", "Referral totals as stated", keys=("year",), protected=True)
    year: ReportingYear = column(YEAR, "The reporting year")
    referrals: int = column(COUNT, "Referrals of all streams in that year", unit="referrals")
    revision: str | None = column(
        TEXT, "Why it differs from what an earlier year's own report has", next_year="empty"
    )


class ChildDeath(SourcedRow):
    """A count of child deaths, of reviews of them or of those waiting for one, by one dimension."""

    info = TableInfo(
        "child_deaths",
        "Child deaths and reviews",
        keys=("counted", "dimension", "category"),
        protected=True,
    )
    counted: str = column(
        code(words.COUNTED),
        "Deaths of the year, reviews completed in it, or deaths that wait for one at its end",
    )
    dimension: str = column(code(words.DEATH_DIMENSION), "What the count is broken down by")
    category: str = column(
        code(words.DEATH_CATEGORY, within="dimension"), "The category of that dimension"
    )
    children: int = column(COUNT, "Number of children", unit="children")


class CdopLesson(SourcedRow):
    """A lesson of the Child Death Overview Panel and what was done about it."""

    info = TableInfo(
        "cdop_lessons",
        "Lessons from child death reviews",
        keys=("lesson",),
        protected=True,
        next_year=ANEW,
    )
    lesson: str = column(IDENTIFIER, "Short code")
    theme: str = column(TEXT, "What the lesson is about")
    learnt: str = column(TEXT, "The lesson, briefly")
    action: str = column(TEXT, "What the Board did, briefly")
