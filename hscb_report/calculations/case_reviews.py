"""Referrals to the Joint Case Review group, and what was decided.

A review completed in the year on a case of an earlier year is not an outcome of this year's
referrals, so it stands apart and is never added to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hscb_report.figures import Figure, one, total
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import Referral, ReferralOutcome, ReferralTotal, ReviewCarriedOver
from hscb_report.years import ReportingYear

NO_REVIEW = ("not_met", "open")
REVIEWS_BY_AN_INDEPENDENT_CHAIR = ("serious_case_review", "independent_multi_agency")


@dataclass(frozen=True)
class Reconciliation:
    """A stream's referrals beside the sum of their outcomes; the difference should be 0.

    A referral on which nothing was decided by the year's end has the outcome "open".
    """

    stream: str
    received: Figure
    decided: Figure
    difference: Figure


def referrals_received(referrals: Iterable[Referral], stream: str | None = None) -> Figure:
    """Return the referrals of one stream, or of all."""
    return total(referrals, "received", lambda row: stream in (None, row.stream))


def referrals_with_outcome(
    outcomes: Iterable[ReferralOutcome], outcome: str, stream: str | None = None
) -> Figure:
    """Return the referrals with an outcome, of one stream or of all."""
    return total(
        outcomes, "referrals", lambda row: row.outcome == outcome and stream in (None, row.stream)
    )


def referrals_decided(outcomes: Iterable[ReferralOutcome], stream: str) -> Figure:
    """Return the sum of a stream's outcomes."""
    return total(outcomes, "referrals", lambda row: row.stream == stream)


def reconciliations(
    referrals: Iterable[Referral], outcomes: Iterable[ReferralOutcome]
) -> tuple[Reconciliation, ...]:
    """Return, for each stream, whether every referral has one outcome."""
    received, decided = tuple(referrals), tuple(outcomes)
    return tuple(_reconciliation(received, decided, stream) for stream in words.STREAM)


def stated_referrals(totals: Iterable[ReferralTotal], year: ReportingYear) -> Figure:
    """Return a year's number of referrals as the text states it; missing if it does not."""
    return one(totals, "referrals", lambda row: row.year == year)


def change_on_previous_year(
    referrals: Iterable[Referral], totals: Iterable[ReferralTotal], year: ReportingYear
) -> Figure:
    """Return this year's referrals less last year's; two years are no trend."""
    return referrals_received(referrals) - stated_referrals(totals, year.previous)


def reviews_carried_over(reviews: Iterable[ReviewCarriedOver], stream: str | None = None) -> Figure:
    """Return reviews completed in the year on cases referred earlier, of one stream or all."""
    return total(reviews, "completed", lambda row: stream in (None, row.stream))


def independently_led(outcomes: Iterable[ReferralOutcome], stream: str | None = None) -> Figure:
    """Return referrals that led to a Serious Case Review or another independently chaired one."""
    return total(
        outcomes,
        "referrals",
        lambda row: row.outcome in REVIEWS_BY_AN_INDEPENDENT_CHAIR and stream in (None, row.stream),
    )


def reviewed(outcomes: Iterable[ReferralOutcome], stream: str | None = None) -> Figure:
    """Return the referrals that met the criteria and were reviewed in some form."""
    return total(
        outcomes,
        "referrals",
        lambda row: row.outcome not in NO_REVIEW and stream in (None, row.stream),
    )


def _reconciliation(
    referrals: tuple[Referral, ...], outcomes: tuple[ReferralOutcome, ...], stream: str
) -> Reconciliation:
    received = referrals_received(referrals, stream)
    decided = referrals_decided(outcomes, stream)
    return Reconciliation(stream, received, decided, received - decided)
