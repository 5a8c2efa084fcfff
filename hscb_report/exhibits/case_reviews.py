"""The tables of referrals and case reviews."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.exhibits.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.measures import case_reviews
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.units import count_of
from hscb_report.years import ReportingYear


def exhibits(tables: Tables, year: ReportingYear) -> Iterator[Exhibit]:
    """Yield the tables of the case review chapter."""
    yield _outcomes(tables, year)
    yield _reconciliation(tables, year)
    yield _years(tables, year)
    yield _funnel(tables, year)


def _streams(of: str) -> list[Column]:
    return [Column(label, count_of(of)) for label in words.STREAM.values()]


def _outcomes(tables: Tables, year: ReportingYear) -> Exhibit:
    received = [case_reviews.referrals_received(tables.referrals, s) for s in words.STREAM]
    by_outcome: list[tuple[Cell, ...]] = [
        (
            label,
            *(
                case_reviews.referrals_with_outcome(tables.referral_outcomes, outcome, stream)
                for stream in words.STREAM
            ),
            _methods(tables, outcome),
        )
        for outcome, label in words.REFERRAL_OUTCOME.items()
    ]
    before = f"{year.previous.first}-{year.first}"
    completed = f"Reviews completed during the year following referrals made in {before}"
    earlier = [
        case_reviews.reviews_carried_over(tables.reviews_carried_over, s) for s in words.STREAM
    ]
    return exhibit(
        "referral-outcomes",
        f"Referrals to the Joint Case Review group and what was decided, {year}",
        (Column("Outcome of Referral to JCR"), *_streams("referrals"), Column("Method")),
        [
            ("Referrals Received", *received, "none named"),
            *by_outcome,
            (
                completed,
                *earlier,
                "",
            ),
        ],
        "The last row concerns cases referred in an earlier year; it is no "
        "outcome of this year's referrals.",
    )


def _methods(tables: Tables, outcome: str) -> str:
    """Return the review methods used for an outcome, with the stream they were used in."""
    used = {
        (row.method, row.stream): None
        for row in tables.referral_outcomes
        if row.outcome == outcome and row.method
    }
    named = "; ".join(f"{words.STREAM[stream]}: {str(method).upper()}" for method, stream in used)
    return named or "none named"


def _reconciliation(tables: Tables, year: ReportingYear) -> Exhibit:
    unit = count_of("referrals")
    rows = case_reviews.reconciliations(tables.referrals, tables.referral_outcomes)
    return exhibit(
        "referral-reconciliation",
        f"Whether every referral has an outcome, {year}",
        (
            Column("Stream"),
            Column("Received", unit),
            Column("Outcomes", unit),
            Column("Difference", unit),
        ),
        [(words.STREAM[r.stream], r.received, r.decided, r.difference) for r in rows],
    )


def _years(tables: Tables, year: ReportingYear) -> Exhibit:
    change = case_reviews.change_on_previous_year(tables.referrals, tables.referral_totals, year)
    return exhibit(
        "referrals-by-year",
        f"Referrals in {year} and the year before",
        (Column("Year"), Column("Referrals", count_of("referrals"))),
        [
            (
                str(year.previous),
                case_reviews.stated_referrals(tables.referral_totals, year.previous),
            ),
            (str(year), case_reviews.referrals_received(tables.referrals)),
            ("Change", change),
        ],
        "Two years are not a trend, and new guidance widened what may be referred.",
    )


def _funnel(tables: Tables, year: ReportingYear) -> Exhibit:
    received, outcomes = tables.referrals, tables.referral_outcomes
    streams = list(words.STREAM)
    return exhibit(
        "referral-funnel",
        f"From referral to review, {year}",
        (Column("Step"), *_streams("referrals"), Column("All", count_of("referrals"))),
        [
            (
                "Referred",
                *(case_reviews.referrals_received(received, s) for s in [*streams, None]),
            ),
            (
                "Reviewed in some form",
                *(case_reviews.reviewed(outcomes, s) for s in [*streams, None]),
            ),
            (
                "Review chaired independently",
                *(case_reviews.independently_led(outcomes, s) for s in [*streams, None]),
            ),
            (
                "Serious Case Review",
                *(
                    case_reviews.referrals_with_outcome(outcomes, "serious_case_review", s)
                    for s in [*streams, None]
                ),
            ),
        ],
        "Each step is part of the one above. Numbers this small describe one year, not a rate.",
    )
