"""Training: who was reached, by level, theme and mode (L667-709).

Counts of attendance at different offers may be counts of the same people: an attendance is not a
person. They are added up only as attendances, never as people trained, and only where the rows
count the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hscb_report.figures import Figure, one, total
from hscb_report.schema.learning import (
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingOffer,
    TrainingTotal,
)


@dataclass(frozen=True)
class Group:
    """The attendances of the offers that share a level, theme or mode."""

    code: str
    offers: int
    counted: int
    attendances: Figure


@dataclass(frozen=True)
class Additivity:
    """Whether a set of counts may be added up to people, and why not."""

    may_add_people: bool
    reasons: tuple[str, ...]


def practitioners(totals: Iterable[TrainingTotal]) -> Figure:
    """Return all practitioners trained in the year, as the source states it (L669)."""
    return one((row for row in totals if row.total == "practitioners"), "attended")


def attended(deliveries: Iterable[TrainingDelivery], offer: str) -> Figure:
    """Return the attendances at an offer in the year; missing if it was not counted."""
    chosen = tuple(row for row in deliveries if row.offer == offer)
    return total(chosen, "attended") if chosen else Figure(None)


def sessions(deliveries: Iterable[TrainingDelivery], offer: str) -> Figure:
    """Return the events or courses held of an offer; missing if that was not counted."""
    chosen = tuple(row for row in deliveries if row.offer == offer and row.sessions is not None)
    return total(chosen, "sessions") if chosen else Figure(None)


def establishments_represented(coverage: Iterable[EstablishmentCoverage], offer: str) -> Figure:
    """Return how many establishments sent someone; it is no part of the number of trainees.

    (Issue I-14: the source says "of the 77 trainees, twenty-two schools", which mixes two units.)
    """
    return total((row for row in coverage if row.offer == offer), "represented")


def attendances_by(
    offers: Sequence[TrainingOffer], deliveries: Iterable[TrainingDelivery], attribute: str
) -> tuple[Group, ...]:
    """Return attendances by an attribute of the offer: "level", "theme" or "mode".

    Groups come in the order in which the offers list them. A group in which nothing was counted
    has a missing figure, not a zero.
    """
    listed = tuple(deliveries)
    codes = dict.fromkeys(getattr(offer, attribute) for offer in offers)
    return tuple(
        _group(code, [o for o in offers if getattr(o, attribute) == code], listed) for code in codes
    )


def additivity(deliveries: Iterable[TrainingDelivery]) -> Additivity:
    """Return whether the deliveries' attendances are a number of people, with the reasons."""
    rows = tuple(deliveries)
    reasons = []
    if len({row.offer for row in rows}) > 1:
        reasons.append("The same person may have attended more than one offer.")
    if len({row.counted_as for row in rows}) > 1:
        reasons.append("The offers count different things: attendees, practitioners, trainees.")
    if any(row.in_total == "unknown" for row in rows):
        reasons.append("The source does not say which offers its total of practitioners includes.")
    return Additivity(not reasons, tuple(reasons))


def _group(
    code: str, offers: Sequence[TrainingOffer], deliveries: Iterable[TrainingDelivery]
) -> Group:
    codes = {offer.offer for offer in offers}
    rows = tuple(row for row in deliveries if row.offer in codes)
    counted = len({row.offer for row in rows})
    figure = total(rows, "attended") if rows else Figure(None)
    return Group(code, len(offers), counted, figure)
