"""Training: who was reached, by level, theme and mode.

Counts of attendance at different offers may be counts of the same people: an attendance is not a
person. They are added up only as attendances, never as people trained, and only where the rows
count the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hscb_report.figures import Figure, count, one, share, total, total_of_some
from hscb_report.schema.learning import (
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingEvaluation,
    TrainingOffer,
    TrainingTotal,
)


@dataclass(frozen=True)
class Group:
    """The attendances of the offers that share a level, theme or mode, counted in one way.

    `counted_as` is None, and the figure missing, where no attendance of them was counted.
    """

    code: str
    counted_as: str | None
    offers: Figure
    attendances: Figure


@dataclass(frozen=True)
class Additivity:
    """Whether a set of counts may be added up to people, and why not."""

    may_add_people: bool
    reasons: tuple[str, ...]


def practitioners(totals: Iterable[TrainingTotal]) -> Figure:
    """Return all practitioners trained in the year, as the Board states it."""
    which = 'total "practitioners"'
    return one(totals, "attended", lambda row: row.total == "practitioners", named=which)


def attended(
    deliveries: Iterable[TrainingDelivery], offer: str, counted_as: str | None = None
) -> Figure:
    """Return the attendances at an offer in the year, counted in one way or in any.

    Missing if it was not counted.
    """
    return total_of_some(
        deliveries,
        "attended",
        lambda row: row.offer == offer and counted_as in (None, row.counted_as),
        named=f'offer "{offer}"',
    )


def counted_as(deliveries: Iterable[TrainingDelivery], offer: str) -> tuple[str, ...]:
    """Return the ways in which the attendances at an offer are counted; unlike are not added."""
    return tuple(dict.fromkeys(row.counted_as for row in deliveries if row.offer == offer))


def by_offer(
    deliveries: Iterable[TrainingDelivery],
) -> dict[str, tuple[TrainingDelivery, ...]]:
    """Return the deliveries of each offer, in the order in which the table begins with them."""
    found: dict[str, tuple[TrainingDelivery, ...]] = {}
    for row in deliveries:
        found[row.offer] = (*found.get(row.offer, ()), row)
    return found


def sessions(deliveries: Iterable[TrainingDelivery], offer: str) -> Figure:
    """Return the events or courses held of an offer; missing if some of them were not counted."""
    return total_of_some(deliveries, "sessions", lambda row: row.offer == offer)


def establishments_represented(coverage: Iterable[EstablishmentCoverage], offer: str) -> Figure:
    """Return how many establishments sent someone; it is no part of the number of trainees."""
    named = f'offer "{offer}"'
    return total_of_some(coverage, "represented", lambda row: row.offer == offer, named=named)


def answered(
    evaluations: Iterable[TrainingEvaluation], asked: str, offer: str | None = None
) -> Figure:
    """Return how many answered at a time when they were asked about an offer, or about any.

    The same person may have answered about several. Missing, not 0, where nobody was asked.
    """
    return _evaluated(evaluations, "answered", asked, offer)


def positive(
    evaluations: Iterable[TrainingEvaluation], asked: str, offer: str | None = None
) -> Figure:
    """Return how many of those who answered were confident, or said that they use the training."""
    return _evaluated(evaluations, "positive", asked, offer)


def share_positive(
    evaluations: Iterable[TrainingEvaluation], asked: str, offer: str | None = None
) -> Figure:
    """Return the share of those who answered that were confident, or use the training."""
    rows = tuple(evaluations)
    return share(positive(rows, asked, offer), answered(rows, asked, offer))


def attendances_by(
    offers: Sequence[TrainingOffer], deliveries: Iterable[TrainingDelivery], attribute: str
) -> tuple[Group, ...]:
    """Return attendances by an attribute of the offer: "level", "theme" or "mode".

    Only like is added to like: offers that count attendees and offers that count practitioners
    are two groups. Groups come in the order in which the offers list them, and within one of them
    in that of the deliveries. One in which nothing was counted has a missing figure, not a zero.
    """
    listed = tuple(deliveries)
    codes = dict.fromkeys(getattr(offer, attribute) for offer in offers)
    return tuple(
        group
        for code in codes
        for group in _groups(code, [o for o in offers if getattr(o, attribute) == code], listed)
    )


def additivity(deliveries: Iterable[TrainingDelivery]) -> Additivity:
    """Return whether the deliveries' attendances are a number of people, with the reasons."""
    rows = tuple(deliveries)
    reasons = []
    if len({row.offer for row in rows}) > 1:
        reasons.append("The same person may have attended more than one offer.")
    if len({row.counted_as for row in rows}) > 1:
        reasons.append("The offers count different things.")
    if any(row.in_total == "unknown" for row in rows):
        reasons.append("It is not said which of them the total of practitioners includes.")
    return Additivity(not reasons, tuple(reasons))


def _groups(
    code: str, offers: Sequence[TrainingOffer], deliveries: Sequence[TrainingDelivery]
) -> Iterator[Group]:
    codes = {offer.offer for offer in offers}
    rows = [row for row in deliveries if row.offer in codes]
    for unit in dict.fromkeys(row.counted_as for row in rows):
        counted = {row.offer for row in rows if row.counted_as == unit}
        yield Group(
            code,
            unit,
            count(offers, lambda offer: offer.offer in counted),  # noqa: B023
            total(rows, "attended", lambda row: row.counted_as == unit),  # noqa: B023
        )
    if not rows:
        nothing = total_of_some(deliveries, "attended", lambda row: row.offer in codes)
        yield Group(code, None, count(offers), nothing)


def _evaluated(
    evaluations: Iterable[TrainingEvaluation], column: str, asked: str, offer: str | None
) -> Figure:
    return total_of_some(
        evaluations, column, lambda row: row.asked == asked and offer in (None, row.offer)
    )
