"""Case reviews: what was referred and decided, what reviews there are, what they recommend."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise

from hscb_report.calculations import audits, case_reviews, recommendations
from hscb_report.calculations.recommendations import RecommendationState
from hscb_report.checks.rule import (
    COMPARE,
    Breach,
    Breaches,
    NothingToCheck,
    Rule,
    addends,
    compared,
)
from hscb_report.figures import MISSING, Figure, cell, sum_of, total_of_some
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.fact import Earlier, Fact, fact
from hscb_report.results.statuses import by_its_date, completion_mark, progress_text
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
from hscb_report.years import Period, day_text

RECOMMENDATIONS = count_of("recommendations")
_NO_METHOD = "none named"


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    referrals, reviews = count_of("referrals"), count_of("reviews")
    outcomes, totals = data.tables[ReferralOutcome], data.tables[ReferralTotal]
    stated = [Earlier(Period.of_year(row.year), cell(row, "referrals"), revision=row.revision) for row in totals if row.year < data.year]
    yield fact("case_reviews.referrals", "Referrals received", referrals, case_reviews.referrals_received, data.tables[Referral], stated=stated)
    for stream, label in _streams_of(data).items():
        yield fact(f"case_reviews.referrals_{stream}", f"Referrals received: {label}", referrals, case_reviews.referrals_received, data.tables[Referral], stream)
    decided = data.vocabulary(words.REFERRAL_OUTCOME)
    for outcome, label in decided.items():
        yield fact(f"case_reviews.outcome_{outcome}", f"Outcome of referrals: {label}", referrals, case_reviews.referrals_with_outcome, outcomes, (outcome,))
    for stream, label in _streams_of(data).items():
        yield fact(f"case_reviews.independent_{stream}", f"Referrals that led to an independently chaired review: {label}", referrals, case_reviews.independently_led, outcomes, decided.meaning("independent"), stream)
    yield fact("case_reviews.carried_over", "Reviews completed on earlier referrals", reviews, case_reviews.reviews_carried_over, data.tables[ReviewCarriedOver])
    listed, year = data.tables[Review], data.year
    yield fact("case_reviews.reviews_under_way", "Reviews under way at the year's end", reviews, case_reviews.reviews_under_way, listed, year)
    yield fact("case_reviews.reviews_ended", "Reviews that ended in the year", reviews, case_reviews.reviews_ended, listed, year)
    yield fact("case_reviews.reviews_published", "Reviews published in the year", reviews, case_reviews.reviews_published, listed, year)
    yield from _of_recommendations(data)


def _of_recommendations(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of recommendations, with their time where it is not the year's end."""
    day, states = _recommendations(data)
    period = None if day == data.year.end else Period.parse(day.isoformat())
    yield fact("case_reviews.recommendations", "Recommendations of reviews that are followed", RECOMMENDATIONS, recommendations.followed, data.tables[Recommendation], period=period)
    for what, label in _FOLLOWED.items():
        yield fact(f"case_reviews.recommendations_{what}", f"Recommendations of reviews: {label}", RECOMMENDATIONS, recommendations.followed_and, states, what, period=period)


_FOLLOWED = {"complete": "complete", "open": "open", "overdue": "overdue", "unknown": "status unknown"}
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the case review chapter."""
    yield _outcomes(data)
    yield _reconciliation(data)
    yield _years(data)
    yield _funnel(data)
    yield _carried_over(data)
    yield _several_methods(data)
    yield _reviews(data)
    yield _each_recommendation(data)
    yield _by_status(data)


def _streams_of(data: YearData) -> dict[str, str]:
    """Return the streams of which anything was counted, with their names."""
    streams = data.vocabulary(words.STREAM)
    received, outcomes = data.tables[Referral], data.tables[ReferralOutcome]
    counted = case_reviews.streams_counted(received, outcomes, streams)
    return {stream: streams[stream] for stream in counted}


def _streams(data: YearData, of: str) -> list[Column]:
    return [Column(label, count_of(of)) for label in _streams_of(data).values()]


def _outcomes(data: YearData) -> Exhibit:
    streams = list(_streams_of(data))
    received = [case_reviews.referrals_received(data.tables[Referral], s) for s in streams]
    recorded = {row.outcome for row in data.tables[ReferralOutcome]}
    by_outcome: list[tuple[Cell, ...]] = [
        (
            label,
            *(
                case_reviews.referrals_with_outcome(
                    data.tables[ReferralOutcome], (outcome,), stream
                )
                for stream in streams
            ),
            _methods(data, outcome),
        )
        for outcome, label in data.vocabulary(words.REFERRAL_OUTCOME).items()
        if outcome in recorded
    ]
    return exhibit(
        "referral-outcomes",
        f"Referrals for case review and what was decided, {data.year}",
        (Column("Outcome of referral"), *_streams(data, "referrals"), Column("Method")),
        [
            ("Referrals Received", *received, "none named"),
            *by_outcome,
        ]
        if streams
        else [],
    )


def _carried_over(data: YearData) -> Exhibit:
    """Return the reviews of earlier referrals, apart: they are no outcome of this year's."""
    rows, streams = data.tables[ReviewCarriedOver], data.vocabulary(words.STREAM)
    return exhibit(
        "reviews-carried-over",
        f"Reviews completed in {data.year} on cases referred in an earlier year",
        (
            Column("Cases"),
            Column("Referred in"),
            Column("Reviews completed", count_of("reviews")),
        ),
        [(streams[row.stream], str(row.referred_in), cell(row, "completed")) for row in rows],
        "These are no outcome of the year's own referrals, and are not added to them.",
        row_headers=2,
    )


def _methods(data: YearData, outcome: str) -> str:
    """Return the review methods used for an outcome, with the stream they were used in."""
    used: dict[str, list[str]] = {}
    methods = data.vocabulary(words.REVIEW_METHOD)
    for row in data.tables[ReferralOutcome]:
        if row.outcome == outcome and row.method:
            used.setdefault(row.stream, []).append(methods[row.method])
    streams = data.vocabulary(words.STREAM)
    named = (f"{streams[stream]}: {', '.join(names)}" for stream, names in used.items())
    return "; ".join(named) or _NO_METHOD


def _method(data: YearData, code: str | None) -> str:
    return data.vocabulary(words.REVIEW_METHOD)[code] if code else _NO_METHOD


def _several_methods(data: YearData) -> Exhibit:
    """Return how often each method was used, of the outcomes that have more than one."""
    streams = data.vocabulary(words.STREAM)
    outcomes = data.vocabulary(words.REFERRAL_OUTCOME)
    several = case_reviews.with_several_methods(data.tables[ReferralOutcome])
    return exhibit(
        "referral-methods",
        f"Outcomes for which several methods of review were used, {data.year}",
        (
            Column("Cases"),
            Column("Outcome"),
            Column("Method"),
            Column("Referrals", count_of("referrals")),
        ),
        [
            (
                streams[row.stream],
                outcomes[row.outcome],
                _method(data, row.method),
                cell(row, "referrals"),
            )
            for row in several
        ],
        row_headers=3,
    )


def _reviews(data: YearData) -> Exhibit:
    streams = data.vocabulary(words.STREAM)
    return exhibit(
        "reviews",
        f"Reviews of cases, {data.year}",
        (
            Column("Review"),
            Column("Kind of case"),
            Column("Method"),
            Column("Began"),
            Column("Ended"),
            Column("Published"),
        ),
        [
            (
                row.title,
                streams[row.stream],
                _method(data, row.method),
                row.began.text if row.began else "not stated",
                row.ended.text if row.ended else "under way",
                row.published.text if row.published else "not published",
            )
            for row in data.tables[Review]
        ],
    )


def _recommendations(data: YearData) -> tuple[date, tuple[RecommendationState, ...]]:
    """Return the day at which a year's recommendations are looked at, and how they stand then."""
    statuses = data.tables[RecommendationStatus]
    day = recommendations.day_looked_at(statuses, data.year)
    return day, recommendations.states_at(day, data.tables[Recommendation], statuses)


def _each_recommendation(data: YearData) -> Exhibit:
    day, states = _recommendations(data)
    agencies = {row.agency: row.name for row in data.tables[Agency]}
    titles = {row.review: row.title for row in data.tables[Review]}
    return exhibit(
        "recommendations",
        f"Recommendations followed in {data.year}, and where each stands as at {day_text(day)}",
        (
            Column("Recommendation"),
            Column("Review"),
            Column("Agency"),
            Column("Due"),
            Column("By its date"),
            Column("Where it stands"),
            Column("Progress"),
        ),
        [
            (
                row.asks_for,
                titles.get(row.review or "") or row.national_review or "not stated",
                agencies[row.agency] if row.agency else "none named",
                row.due.text if row.due else "no date",
                by_its_date(state),
                completion_mark(state.completion),
                progress_text(state),
            )
            for state in states
            for row in [state.recommendation]
        ],
        wide=True,
        row_headers=2,
    )


def _by_status(data: YearData) -> Exhibit:
    day, states = _recommendations(data)
    rated = ((code, recommendations.rated(states, code)) for code in words.COMPLETION_RAG)
    rows: list[tuple[Cell, ...]] = [
        (completion_mark(code), number)
        for code, number in rated
        if number.value or code != "code_unknown"
    ]
    for label, what in (
        ("Of these: overdue", "overdue"),
        ("Of these: date passed, status unknown", "passed_unknown"),
    ):
        rows.append((label, recommendations.followed_and(states, what)))
    return exhibit(
        "recommendations-by-status",
        f"Recommendations followed in {data.year}, by their rating as at {day_text(day)}",
        (Column("Rating"), Column("Recommendations", RECOMMENDATIONS)),
        rows if states else [],
        "One is overdue when a rating says that it is not complete after the last day of the month "
        "by which it was to be done. Where there is no rating, its status is unknown.",
    )


def _reconciliation(data: YearData) -> Exhibit:
    unit = count_of("referrals")
    streams = _streams_of(data)
    rows = case_reviews.reconciliations(
        data.tables[Referral], data.tables[ReferralOutcome], streams
    )
    return exhibit(
        "referral-reconciliation",
        f"Whether every referral has an outcome, {data.year}",
        (
            Column("Stream"),
            Column("Received", unit),
            Column("Outcomes", unit),
            Column("Difference", unit),
        ),
        [(streams[r.stream], r.received, r.decided, r.difference) for r in rows],
    )


def _years(data: YearData) -> Exhibit:
    before = _year_before(data)
    now = case_reviews.referrals_received(data.tables[Referral])
    return exhibit(
        "referrals-by-year",
        f"Referrals in {data.year} and the year before",
        (Column("Year"), Column("Referrals", count_of("referrals"))),
        [(str(data.year.previous), before), (str(data.year), now), ("Change", now - before)]
        if before.value is not None
        else [],
        "Two years are not a trend.",
    )


def _year_before(data: YearData) -> Figure:
    """Return the referrals of the year before: as this year states them, else as that one did."""
    stated = case_reviews.stated_referrals(data.tables[ReferralTotal], data.year.previous)
    if stated.value is not None or data.year_before is None:
        return stated
    return case_reviews.referrals_received(data.year_before.tables[Referral])


def _funnel(data: YearData) -> Exhibit:
    received, outcomes = data.tables[Referral], data.tables[ReferralOutcome]
    decided = data.vocabulary(words.REFERRAL_OUTCOME)
    no_review, independent = decided.meaning("no_review"), decided.meaning("independent")
    streams = [*_streams_of(data), None]
    rows: list[tuple[Cell, ...]] = [
        ("Referred", *(case_reviews.referrals_received(received, s) for s in streams)),
        (
            "Reviewed in some form",
            *(case_reviews.reviewed(outcomes, no_review, s) for s in streams),
        ),
        (
            "Review chaired independently",
            *(case_reviews.independently_led(outcomes, independent, s) for s in streams),
        ),
    ]
    for code in decided.meaning("serious_case_review"):
        figures = (case_reviews.referrals_with_outcome(outcomes, (code,), s) for s in streams)
        rows.append((decided[code], *figures))
    return exhibit(
        "referral-funnel",
        f"From referral to review, {data.year}",
        (Column("Step"), *_streams(data, "referrals"), Column("All", count_of("referrals"))),
        rows if outcomes else [],
        "Each step is part of the one above. The numbers describe one year; they are no rate.",
    )


def _outcomes_sum_to_referrals(data: YearData) -> Breaches:
    received = {row.stream: row for row in data.tables[Referral]}
    streams = list(_streams_of(data))
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
        steps = [name for name in ("began", "ended", "published") if getattr(row, name)]
        for before, after in pairwise(steps):
            if getattr(row, after) < getattr(row, before):
                what = f'the month in the column "{after}" is before that in "{before}".'
                yield Breach(what, "Correct one of the two months.", row.place, after)
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
    day, states = _recommendations(before)
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


CHAPTER = Chapter(
    name="case_reviews",
    title="Case reviews",
    pages=(notebook_page("case_reviews", THE_DATA),),
    about=(Referral, ReferralOutcome, ReviewCarriedOver, Review, Recommendation),
    reads=(ReferralTotal, RecommendationStatus, AuditActivity, Agency),
    measured=True,
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
    ),
)
