"""Case reviews: what was referred, what was decided, and how the counts of both agree."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import audits, case_reviews
from hscb_report.checks.rule import COMPARE, Breach, Breaches, Rule, addends, compared
from hscb_report.figures import Figure, cell, one
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import Referral, ReferralOutcome, ReferralTotal, ReviewCarriedOver
from hscb_report.schema.learning import AuditActivity
from hscb_report.units import count_of


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    referrals, reviews = count_of("referrals"), count_of("reviews")
    outcomes = data.tables[ReferralOutcome]
    yield fact("case_reviews.referrals", "Referrals received", referrals, case_reviews.referrals_received, data.tables[Referral])
    for stream, label in words.STREAM.items():
        yield fact(f"case_reviews.referrals_{stream}", f"Referrals received: {label}", referrals, case_reviews.referrals_received, data.tables[Referral], stream)
    yield fact("case_reviews.referrals_previous_year", "Referrals the year before", referrals, case_reviews.stated_referrals, data.tables[ReferralTotal], data.year.previous)
    yield fact("case_reviews.change_on_previous_year", "Change in referrals on the year before", referrals, case_reviews.change_on_previous_year, data.tables[Referral], data.tables[ReferralTotal], data.year)
    yield fact("case_reviews.serious_case_reviews", "Serious Case Reviews", reviews, case_reviews.referrals_with_outcome, outcomes, "serious_case_review")
    yield fact("case_reviews.independent_reviews", "Independently chaired multi-agency reviews", reviews, case_reviews.referrals_with_outcome, outcomes, "independent_multi_agency")
    yield fact("case_reviews.single_agency", "Single agency reviews", reviews, case_reviews.referrals_with_outcome, outcomes, "single_agency")
    yield fact("case_reviews.not_met", "Referrals that did not meet the criteria", referrals, case_reviews.referrals_with_outcome, outcomes, "not_met")
    for stream, label in words.STREAM.items():
        yield fact(f"case_reviews.independent_{stream}", f"Referrals that led to an independently chaired review: {label}", referrals, case_reviews.independently_led, outcomes, stream)
    yield fact("case_reviews.carried_over", "Reviews completed on earlier referrals", reviews, case_reviews.reviews_carried_over, data.tables[ReviewCarriedOver])
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the case review chapter."""
    yield _outcomes(data)
    yield _carried_over(data)
    yield _reconciliation(data)
    yield _years(data)
    yield _funnel(data)


def _streams(of: str) -> list[Column]:
    return [Column(label, count_of(of)) for label in words.STREAM.values()]


def _outcomes(data: YearData) -> Exhibit:
    received = [case_reviews.referrals_received(data.tables[Referral], s) for s in words.STREAM]
    recorded = {row.outcome for row in data.tables[ReferralOutcome]}
    by_outcome: list[tuple[Cell, ...]] = [
        (
            label,
            *(
                case_reviews.referrals_with_outcome(data.tables[ReferralOutcome], outcome, stream)
                for stream in words.STREAM
            ),
            _methods(data, outcome),
        )
        for outcome, label in words.REFERRAL_OUTCOME.items()
        if outcome in recorded
    ]
    return exhibit(
        "referral-outcomes",
        f"Referrals to the Joint Case Review group and what was decided, {data.year}",
        (Column("Outcome of Referral to JCR"), *_streams("referrals"), Column("Method")),
        [
            ("Referrals Received", *received, "none named"),
            *by_outcome,
        ],
    )


def _carried_over(data: YearData) -> Exhibit:
    """Return the reviews of earlier referrals, apart: they are no outcome of this year's."""
    rows = data.tables[ReviewCarriedOver]
    return exhibit(
        "reviews-carried-over",
        f"Reviews completed in {data.year} on cases referred in an earlier year",
        (
            Column("Cases"),
            Column("Referred in"),
            Column("Reviews completed", count_of("reviews")),
        ),
        [(words.STREAM[row.stream], str(row.referred_in), cell(row, "completed")) for row in rows],
        "These are no outcome of the year's own referrals, and are not added to them.",
        row_headers=2,
    )


def _methods(data: YearData, outcome: str) -> str:
    """Return the review methods used for an outcome, with the stream they were used in."""
    used = {
        (row.method, row.stream): None
        for row in data.tables[ReferralOutcome]
        if row.outcome == outcome and row.method
    }
    named = "; ".join(f"{words.STREAM[stream]}: {str(method).upper()}" for method, stream in used)
    return named or "none named"


def _reconciliation(data: YearData) -> Exhibit:
    unit = count_of("referrals")
    rows = case_reviews.reconciliations(data.tables[Referral], data.tables[ReferralOutcome])
    return exhibit(
        "referral-reconciliation",
        f"Whether every referral has an outcome, {data.year}",
        (
            Column("Stream"),
            Column("Received", unit),
            Column("Outcomes", unit),
            Column("Difference", unit),
        ),
        [(words.STREAM[r.stream], r.received, r.decided, r.difference) for r in rows],
    )


def _years(data: YearData) -> Exhibit:
    change = case_reviews.change_on_previous_year(
        data.tables[Referral], data.tables[ReferralTotal], data.year
    )
    return exhibit(
        "referrals-by-year",
        f"Referrals in {data.year} and the year before",
        (Column("Year"), Column("Referrals", count_of("referrals"))),
        [
            (
                str(data.year.previous),
                case_reviews.stated_referrals(data.tables[ReferralTotal], data.year.previous),
            ),
            (str(data.year), case_reviews.referrals_received(data.tables[Referral])),
            ("Change", change),
        ],
        "Two years are not a trend, and new guidance widened what may be referred.",
    )


def _funnel(data: YearData) -> Exhibit:
    received, outcomes = data.tables[Referral], data.tables[ReferralOutcome]
    streams = list(words.STREAM)
    return exhibit(
        "referral-funnel",
        f"From referral to review, {data.year}",
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


def _outcomes_sum_to_referrals(data: YearData) -> Breaches:
    received = {row.stream: row for row in data.tables[Referral]}
    for stream in case_reviews.reconciliations(data.tables[Referral], data.tables[ReferralOutcome]):
        if stream.difference.value:
            row = received.get(stream.stream)
            yield Breach(
                f"the outcomes for {stream.stream} ({addends(stream.decided)}) do not come to the "
                "referrals received.",
                f'{COMPARE} A referral not yet decided at the year\'s end has the outcome "open".',
                row.place if row else stream.decided.rows[0],
                "received" if row else "referrals",
            )


def _streams_sum_to_stated(data: YearData) -> Breaches:
    received = case_reviews.referrals_received(data.tables[Referral])
    compared(case_reviews.stated_referrals(data.tables[ReferralTotal], data.year))
    for row in data.tables[ReferralTotal]:
        if row.year == data.year and row.referrals != received.value:
            yield Breach(
                f"the streams ({addends(received)}) do not come to the total that the text states.",
                COMPARE,
                row.place,
                "referrals",
            )


def _learning_processes(data: YearData) -> Breaches:
    """Hold the number stated against the reviews that the tables have.

    Of the reviews carried over it is not known how many were chaired independently: none to all.
    """
    stated = audits.programme_number(data.tables[AuditActivity], "case_review")
    led = case_reviews.independently_led(data.tables[ReferralOutcome], "children")
    carried = case_reviews.reviews_carried_over(data.tables[ReviewCarriedOver], "children")
    yield from _within(stated, led, led + carried, "number", "case learning processes")


def _serious_case_reviews(data: YearData) -> Breaches:
    """Hold the Serious Case Reviews of the programme against those of the referrals."""
    stated = one(
        data.tables[AuditActivity],
        "serious_case_reviews",
        lambda row: row.activity == "case_review",
    )
    decided = case_reviews.referrals_with_outcome(
        data.tables[ReferralOutcome], "serious_case_review", "children"
    )
    carried = case_reviews.reviews_carried_over(data.tables[ReviewCarriedOver], "children")
    most = decided + carried
    yield from _within(stated, decided, most, "serious_case_reviews", "Serious Case Reviews")


def _within(stated: Figure, least: Figure, most: Figure, column: str, what: str) -> Breaches:
    compared(stated, least, most)
    assert stated.value is not None
    assert least.value is not None
    assert most.value is not None
    if not least.value <= stated.value <= most.value:
        yield Breach(
            f"the number of {what} is not that of the reviews for children ({addends(most)}).",
            COMPARE,
            stated.rows[0],
            column,
        )


def _carried_from_earlier_years(data: YearData) -> Breaches:
    for row in data.tables[ReviewCarriedOver]:
        if row.referred_in >= data.year:
            yield Breach(
                f"a review carried over into {data.year} is of a case referred before that year.",
                "Correct the year, or count the review among the outcomes.",
                row.place,
                "referred_in",
            )


CHAPTER = Chapter(
    name="case_reviews",
    title="Case reviews",
    pages=(notebook_page("case_reviews", THE_DATA),),
    reads=(Referral, ReferralOutcome, ReviewCarriedOver, ReferralTotal, AuditActivity),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R7",
            "Outcomes sum to referrals in every stream",
            "error",
            (Referral, ReferralOutcome),
            _outcomes_sum_to_referrals,
        ),
        Rule(
            "R8",
            "The streams sum to the total stated in the text",
            "error",
            (Referral, ReferralTotal),
            _streams_sum_to_stated,
        ),
        Rule(
            "R9",
            "Case learning processes stated are those that the tables hold",
            "error",
            (AuditActivity, ReferralOutcome),
            _learning_processes,
            may_be_empty=(ReviewCarriedOver,),
        ),
        Rule(
            "R30",
            "Serious Case Reviews stated are those that the tables hold",
            "error",
            (AuditActivity, ReferralOutcome),
            _serious_case_reviews,
            may_be_empty=(ReviewCarriedOver,),
        ),
        Rule(
            "R31",
            "A review carried over is of a case referred in an earlier year",
            "error",
            (ReviewCarriedOver,),
            _carried_from_earlier_years,
        ),
    ),
)
