"""What must hold of referrals, reviews and recommendations."""

from __future__ import annotations

from collections.abc import Collection

from hscb_report.calculations import audits, case_reviews
from hscb_report.chapters.case_reviews.tables import recommendations_at, streams_of
from hscb_report.checks.rule import (
    COMPARE,
    Breach,
    Breaches,
    NothingToCheck,
    Rule,
    addends,
    compared,
)
from hscb_report.figures import MISSING, Figure, sum_of, total_of_some
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import (
    Recommendation,
    RecommendationStatus,
    Referral,
    ReferralOutcome,
    ReferralTotal,
    Review,
    ReviewCarriedOver,
)
from hscb_report.schema.learning import AuditActivity
from hscb_report.years import day_text


def _outcomes_sum_to_referrals(data: YearData) -> Breaches:
    received = {row.stream: row for row in data.tables[Referral]}
    streams = list(streams_of(data))
    undecided = data.vocabulary(words.REFERRAL_OUTCOME).meaning("undecided")
    hint = COMPARE
    if undecided:
        named = " or ".join(f'"{code}"' for code in undecided)
        hint += f" A referral not yet decided at the year's end has the outcome {named}."
    for stream in case_reviews.reconciliations(
        data.tables[Referral], data.tables[ReferralOutcome], streams
    ):
        if stream.difference.value:
            row = received.get(stream.stream)
            yield Breach(
                f"the outcomes for {stream.stream} ({addends(stream.decided)}) do not come to the "
                "referrals received.",
                hint,
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
    kinds = data.vocabulary(words.AUDIT_KIND).meaning("case_reviews")
    independent = data.vocabulary(words.REFERRAL_OUTCOME).meaning("independent")
    stated = audits.programme_numbers(data.tables[AuditActivity], kinds)
    led, carried = _of_children(data, independent)
    yield from _within(stated, led, led + carried, "number", "case learning processes")


def _serious_case_reviews(data: YearData) -> Breaches:
    """Hold the Serious Case Reviews of the programme against those of the referrals."""
    kinds = data.vocabulary(words.AUDIT_KIND).meaning("case_reviews")
    serious = data.vocabulary(words.REFERRAL_OUTCOME).meaning("serious_case_review")
    stated = total_of_some(
        data.tables[AuditActivity],
        "serious_case_reviews",
        lambda row: row.activity in kinds and row.serious_case_reviews is not None,
    )
    decided, carried = _of_children(data, serious)
    most = decided + carried
    yield from _within(stated, decided, most, "serious_case_reviews", "Serious Case Reviews")


def _of_children(data: YearData, outcomes: Collection[str]) -> tuple[Figure, Figure]:
    """Return the reviews of children's cases: decided in the year, and carried over into it.

    Missing where the board's words do not say which cases, or which outcomes, these are.
    """
    streams = data.vocabulary(words.STREAM).meaning("children")
    if not (streams and outcomes):
        return MISSING, MISSING
    decided = (
        case_reviews.referrals_with_outcome(data.tables[ReferralOutcome], outcomes, stream)
        for stream in streams
    )
    carried = (
        case_reviews.reviews_carried_over(data.tables[ReviewCarriedOver], stream)
        for stream in streams
    )
    return sum_of(decided), sum_of(carried)


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


def _one_review_each(data: YearData) -> Breaches:
    for row in data.tables[Recommendation]:
        named = [name for name in (row.review, row.national_review) if name]
        if len(named) != 1:
            what = (
                "a review and a national review are"
                if named
                else "neither a review nor a national review is"
            )
            yield Breach(
                f"{what} named.",
                "Name the one that makes the recommendation: fill one of the two cells.",
                row.place,
                "review",
            )


def _dates_in_order(data: YearData) -> Breaches:
    for row in data.tables[Review]:
        if row.ended and row.published and row.published < row.ended:
            what = "published before the month in which it ended."
            yield Breach(what, "Correct one of the two months.", row.place, "published")
        if row.published and not row.ended:
            hint = "Say when it ended, or leave the cell empty as long as it is under way."
            yield Breach("published while it is under way.", hint, row.place, "published")
    yield from _follow_their_reviews(data)


def _follow_their_reviews(data: YearData) -> Breaches:
    """Yield what is due, or was said, of a recommendation before the review of it began."""
    began = {row.review: row.began for row in data.tables[Review]}
    begun = {row.recommendation: began.get(row.review or "") for row in data.tables[Recommendation]}
    hint = "Correct it, or the month in which the review began."
    for row in data.tables[Recommendation]:
        month = begun[row.recommendation]
        if month and row.due and row.due < month:
            what = "due before the review that recommends it began."
            yield Breach(what, hint, row.place, "due", str(row.due))
    for status in data.tables[RecommendationStatus]:
        month = begun.get(status.recommendation)
        if month and status.as_at < month.first_day:
            what = "a status of a day before the review that recommends it began."
            yield Breach(what, hint, status.place, "as_at", status.as_at.isoformat())


def _none_silently_gone(data: YearData) -> Breaches:
    """Hold this year's recommendations to those that were not complete a year ago."""
    before = data.year_before
    if before is None or not before.tables[Recommendation]:
        raise NothingToCheck
    day, states = recommendations_at(before)
    kept = {row.recommendation for row in data.tables[Recommendation]}
    for state in states:
        row = state.recommendation
        if not state.is_complete and row.recommendation not in kept:
            yield Breach(
                f"not complete as at {day_text(day)}, and no longer among the recommendations of "
                f"{data.year}.",
                f"Carry its row on to {data.year}/recommendations.csv, and say in a status what "
                "came of it.",
                row.place,
                "recommendation",
                row.recommendation,
            )


RULES = (
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
    Rule(
        "R44",
        "A recommendation is of one review, the Board's own or a national one",
        "error",
        (Recommendation,),
        _one_review_each,
    ),
    Rule(
        "R45",
        "A review begins, ends and is published in this order, and its recommendations follow",
        "error",
        (Review,),
        _dates_in_order,
        may_be_empty=(Recommendation, RecommendationStatus),
    ),
    Rule(
        "R46",
        "A recommendation that was not complete a year ago is still among the year's",
        "warning",
        check=_none_silently_gone,
        may_be_empty=(Recommendation, RecommendationStatus),
    ),
)
