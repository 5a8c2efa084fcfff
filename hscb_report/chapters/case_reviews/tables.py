"""The tables of the chapter on case reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hscb_report.calculations import case_reviews, recommendations
from hscb_report.calculations.recommendations import RecommendationState
from hscb_report.figures import Figure, cell, count
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.statuses import by_its_date, completion_mark, progress_text
from hscb_report.results.titles import part
from hscb_report.results.told import told, told_beside
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
from hscb_report.schema.reference import Agency
from hscb_report.units import count_of
from hscb_report.years import day_text

RECOMMENDATIONS = count_of("recommendations")
_NO_METHOD = "none named"


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


def streams_of(data: YearData) -> dict[str, str]:
    """Return the streams of which anything was counted, with their names."""
    streams = data.vocabulary(words.STREAM)
    received, outcomes = data.tables[Referral], data.tables[ReferralOutcome]
    counted = case_reviews.streams_counted(received, outcomes, streams)
    return {stream: streams[stream] for stream in counted}


def _streams(data: YearData, of: str) -> list[Column]:
    return [Column(label, count_of(of)) for label in streams_of(data).values()]


def _outcomes(data: YearData) -> Exhibit:
    streams = list(streams_of(data))
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
        f"Referrals for case review by outcome and kind of case, number, {data.year}",
        (Column("Outcome of referral"), *_streams(data, "referrals"), Column("Method")),
        [
            ("Referrals Received", *received, "none named"),
            *by_outcome,
        ]
        if streams
        else [],
        title=part(
            case_reviews.independently_led(
                data.tables[ReferralOutcome],
                data.vocabulary(words.REFERRAL_OUTCOME).meaning("independent"),
            ),
            case_reviews.referrals_received(data.tables[Referral]),
            "referrals",
            "led to an independent review",
        ),
    )


def _carried_over(data: YearData) -> Exhibit:
    """Return the reviews of earlier referrals, apart: they are no outcome of this year's."""
    rows, streams = data.tables[ReviewCarriedOver], data.vocabulary(words.STREAM)
    return exhibit(
        "reviews-carried-over",
        f"Reviews completed on cases referred in an earlier year, number, {data.year}",
        (
            Column("Cases"),
            Column("Referred in"),
            Column("Reviews completed", count_of("reviews")),
        ),
        [(streams[row.stream], str(row.referred_in), cell(row, "completed")) for row in rows],
        "These are no outcome of the year's own referrals, and are not added to them.",
        row_headers=2,
        title=told(
            case_reviews.reviews_carried_over(rows),
            count_of("reviews"),
            "were completed on earlier referrals",
        ),
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
        f"Outcomes for which several methods of review were used, number of referrals, {data.year}",
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
    of_the_year = [row for row in data.tables[Review] if _is_of_the_year(row, data)]
    return exhibit(
        "reviews",
        f"Reviews of cases and the months of each, {data.year}",
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
            for row in of_the_year
        ],
        title=part(
            case_reviews.reviews_under_way(of_the_year, data.year),
            count(of_the_year),
            "reviews",
            "were under way when the year closed",
        ),
    )


def _is_of_the_year(row: Review, data: YearData) -> bool:
    """Whether a review was under way in the year, or published; others are there for what they ask."""
    months = (row.ended, row.published)
    return row.ended is None or any(m and m.last_day >= data.year.start for m in months)


def recommendations_at(data: YearData) -> tuple[date, tuple[RecommendationState, ...]]:
    """Return the day at which a year's recommendations are looked at, and how they stand then."""
    statuses = data.tables[RecommendationStatus]
    day = recommendations.day_looked_at(statuses, data.year)
    return day, recommendations.states_at(day, data.tables[Recommendation], statuses)


def _each_recommendation(data: YearData) -> Exhibit:
    day, states = recommendations_at(data)
    agencies = {row.agency: row.name for row in data.tables[Agency]}
    titles = {row.review: row.title for row in data.tables[Review]}
    return exhibit(
        "recommendations",
        f"Recommendations followed in {data.year}, and where each stood as at {day_text(day)}",
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
        title=_stood(states, "complete", "were complete"),
    )


def _by_status(data: YearData) -> Exhibit:
    day, states = recommendations_at(data)
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
        f"Recommendations followed in {data.year} by rating, number, as at {day_text(day)}",
        (Column("Rating"), Column("Recommendations", RECOMMENDATIONS)),
        rows if states else [],
        "One is overdue when a rating says that it is not complete after the last day of the month "
        "by which it was to be done. Where there is no rating, its status is unknown.",
        title=_stood(states, "overdue", "were overdue"),
    )


def _stood(states: tuple[RecommendationState, ...], what: str, said: str) -> str:
    """Return of how many of the recommendations something held when they were looked at."""
    held = recommendations.followed_and(states, what)
    whole = recommendations.followed(state.recommendation for state in states)
    return part(held, whole, "recommendations", said)


def _reconciliation(data: YearData) -> Exhibit:
    unit = count_of("referrals")
    streams = streams_of(data)
    rows = case_reviews.reconciliations(
        data.tables[Referral], data.tables[ReferralOutcome], streams
    )
    return exhibit(
        "referral-reconciliation",
        f"Referrals received and their outcomes, number, {data.year}",
        (
            Column("Stream"),
            Column("Received", unit),
            Column("Outcomes", unit),
            Column("Difference", unit),
        ),
        [(streams[r.stream], r.received, r.decided, r.difference) for r in rows],
        title="Every referral has an outcome"
        if rows and all(r.difference.value == 0 for r in rows)
        else "",
    )


def _years(data: YearData) -> Exhibit:
    before = _year_before(data)
    now = case_reviews.referrals_received(data.tables[Referral])
    return exhibit(
        "referrals-by-year",
        f"Referrals for case review, number, {data.year.previous} and {data.year}",
        (Column("Year"), Column("Referrals", count_of("referrals"))),
        [(str(data.year.previous), before), (str(data.year), now), ("Change", now - before)]
        if before.value is not None
        else [],
        "Two years are not a trend.",
        title=told_beside(now, before, count_of("referrals"), "were received", data.year.previous),
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
    streams = [*streams_of(data), None]
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
        f"From referral to review, number of referrals, {data.year}",
        (Column("Step"), *_streams(data, "referrals"), Column("All", count_of("referrals"))),
        rows if outcomes else [],
        "Each step is part of the one above. The numbers describe one year; they are no rate.",
        title=part(
            case_reviews.reviewed(outcomes, no_review, None),
            case_reviews.referrals_received(received),
            "referrals",
            "led to a review",
        ),
    )
