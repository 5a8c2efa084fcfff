"""Case reviews: what was referred and decided, what reviews there are, what they recommend."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import case_reviews, recommendations
from hscb_report.chapters.case_reviews.rules import RULES
from hscb_report.chapters.case_reviews.tables import (
    RECOMMENDATIONS,
    exhibits,
    recommendations_at,
    streams_of,
)
from hscb_report.figures import cell
from hscb_report.results.chapter import THE_DATA, Chapter, Taken, notebook_page
from hscb_report.results.fact import Earlier, Fact, fact
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
from hscb_report.schema.reference import Agency
from hscb_report.units import count_of
from hscb_report.years import Period


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    referrals, reviews = count_of("referrals"), count_of("reviews")
    outcomes, totals = data.tables[ReferralOutcome], data.tables[ReferralTotal]
    stated = [Earlier(Period.of_year(row.year), cell(row, "referrals"), revision=row.revision) for row in totals if row.year < data.year]
    yield fact("case_reviews.referrals", "Referrals received", referrals, case_reviews.referrals_received, data.tables[Referral], stated=stated)
    for stream, label in streams_of(data).items():
        yield fact(f"case_reviews.referrals_{stream}", f"Referrals received: {label}", referrals, case_reviews.referrals_received, data.tables[Referral], stream, whole="referrals")
    decided = data.vocabulary(words.REFERRAL_OUTCOME)
    for outcome, label in decided.items():
        yield fact(f"case_reviews.outcome_{outcome}", f"Outcome of referrals: {label}", referrals, case_reviews.referrals_with_outcome, outcomes, (outcome,), whole="referrals")
    yield fact("case_reviews.independent", "Referrals that led to an independently chaired review", referrals, case_reviews.independently_led, outcomes, decided.meaning("independent"), whole="referrals")
    for stream, label in streams_of(data).items():
        yield fact(f"case_reviews.independent_{stream}", f"Referrals that led to an independently chaired review: {label}", referrals, case_reviews.independently_led, outcomes, decided.meaning("independent"), stream, whole=f"referrals_{stream}")
    yield fact("case_reviews.carried_over", "Reviews completed on earlier referrals", reviews, case_reviews.reviews_carried_over, data.tables[ReviewCarriedOver])
    listed, year = data.tables[Review], data.year
    yield fact("case_reviews.reviews_under_way", "Reviews under way at the year's end", reviews, case_reviews.reviews_under_way, listed, year)
    yield fact("case_reviews.reviews_ended", "Reviews that ended in the year", reviews, case_reviews.reviews_ended, listed, year)
    yield fact("case_reviews.reviews_published", "Reviews published in the year", reviews, case_reviews.reviews_published, listed, year)
    yield from _of_recommendations(data)


def _of_recommendations(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of recommendations, with their time where it is not the year's end."""
    day, states = recommendations_at(data)
    period = None if day == data.year.end else Period.parse(day.isoformat())
    yield fact("case_reviews.recommendations", "Recommendations of reviews that are followed", RECOMMENDATIONS, recommendations.followed, data.tables[Recommendation], period=period)
    for what, label in FOLLOWED.items():
        yield fact(f"case_reviews.recommendations_{what}", f"Recommendations of reviews: {label}", RECOMMENDATIONS, recommendations.followed_and, states, what, period=period, whole="recommendations")


FOLLOWED = {"complete": "complete", "open": "open", "overdue": "overdue", "unknown": "status unknown"}
# fmt: on


def _still_followed(data: YearData) -> tuple[Recommendation, ...]:
    """Return the recommendations that were not complete when they were last looked at."""
    _, states = recommendations_at(data)
    return tuple(state.recommendation for state in states if not state.is_complete)


def _recommendations(data: YearData) -> Iterator[Taken]:
    """Yield the recommendations that are followed on."""
    return (Taken(row.place.row) for row in _still_followed(data))


def _reviews(data: YearData) -> Iterator[Taken]:
    """Yield the reviews that are under way, or whose recommendations are followed on."""
    followed = {row.review for row in _still_followed(data)}
    for row in data.tables[Review]:
        if row.ended is None or row.ended.first_day > data.year.end or row.review in followed:
            yield Taken(row.place.row)


CHAPTER = Chapter(
    name="case_reviews",
    title="Case reviews",
    pages=(notebook_page("case_reviews", THE_DATA),),
    about=(Referral, ReferralOutcome, ReviewCarriedOver, Review, Recommendation),
    reads=(ReferralTotal, RecommendationStatus, AuditActivity, Agency),
    measured=True,
    facts=facts,
    exhibits=exhibits,
    rules=RULES,
    key_figures=("case_reviews.referrals",),
    carries={Review: _reviews, Recommendation: _recommendations},
)
