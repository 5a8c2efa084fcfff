"""Made-up reviews of 2013-14, what they recommend, and where each recommendation stood."""

from __future__ import annotations

from hscb_report.schema.cases import Recommendation, RecommendationStatus, Review
from tests.made_up import only_own, placed


def reviews(*rows: dict[str, object]) -> tuple[Review, ...]:
    """Return reviews of children, each of the code "a" unless it has another."""
    filled = [{"review": "a", "title": "Child A", "stream": "children", **row} for row in rows]
    return placed("2013-14/reviews.csv", filled, Review)


def recommendations(*rows: dict[str, object], year: str = "2013-14") -> tuple[Recommendation, ...]:
    """Return recommendations, numbered in their order, of the review "a" unless of another."""
    filled = [
        {"recommendation": f"r{number}", "review": "a", "asks_for": f"Do {number}", **row}
        for number, row in enumerate(rows, 1)
    ]
    return placed(f"{year}/recommendations.csv", filled, Recommendation)


def statuses(*rows: dict[str, object]) -> tuple[RecommendationStatus, ...]:
    """Return records, numbered in their order, of the first recommendation unless of another."""
    filled = [
        {"record": number, "recommendation": "r1", "reported_in": "A meeting", **row}
        for number, row in enumerate(rows, 1)
    ]
    return only_own("2013-14/recommendation_status.csv", filled, RecommendationStatus)
