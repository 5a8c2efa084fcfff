"""Referrals for case review, and what was decided.

A review completed in the year on a case of an earlier year is not an outcome of this year's
referrals, so it stands apart and is never added to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hscb_report.figures import MISSING, Figure, count, one, total, total_of_some
from hscb_report.schema.cases import (
    Referral,
    ReferralOutcome,
    ReferralTotal,
    Review,
    ReviewCarriedOver,
)
from hscb_report.schema.cells import Month
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class Reconciliation:
    """A stream's referrals beside the sum of their outcomes; the difference should be 0.

    A referral on which nothing was decided by the year's end has an outcome too, that of not yet
    being decided.
    """

    stream: str
    received: Figure
    decided: Figure
    difference: Figure


def referrals_received(referrals: Iterable[Referral], stream: str | None = None) -> Figure:
    """Return the referrals of one stream, or of all; missing where nobody counted them."""
    named = f'stream "{stream}"' if stream else ""
    return total_of_some(
        referrals, "received", lambda row: stream in (None, row.stream), named=named
    )


def referrals_with_outcome(
    outcomes: Iterable[ReferralOutcome], among: Collection[str], stream: str | None = None
) -> Figure:
    """Return the referrals with one of some outcomes, of one stream or of all.

    Missing, not 0, where no outcome of the stream was recorded at all.
    """
    listed = tuple(row for row in outcomes if stream in (None, row.stream))
    found = total(listed, "referrals", lambda row: row.outcome in among)
    if listed:
        return found
    return replace(found, value=None, lacks=(f'stream "{stream}"',) if stream else ())


def referrals_decided(outcomes: Iterable[ReferralOutcome], stream: str) -> Figure:
    """Return the sum of a stream's outcomes."""
    return total(outcomes, "referrals", lambda row: row.stream == stream)


def reconciliations(
    referrals: Iterable[Referral], outcomes: Iterable[ReferralOutcome], streams: Iterable[str]
) -> tuple[Reconciliation, ...]:
    """Return, for each stream, whether every referral has one outcome."""
    received, decided = tuple(referrals), tuple(outcomes)
    return tuple(_reconciliation(received, decided, stream) for stream in streams)


def streams_counted(
    referrals: Iterable[Referral], outcomes: Iterable[ReferralOutcome], streams: Iterable[str]
) -> tuple[str, ...]:
    """Return the streams of which anything was counted; of the others nothing is said, not 0."""
    counted = {row.stream for row in referrals} | {row.stream for row in outcomes}
    return tuple(stream for stream in streams if stream in counted)


def stated_referrals(totals: Iterable[ReferralTotal], year: ReportingYear) -> Figure:
    """Return a year's number of referrals as the text states it; missing if it does not."""
    return one(totals, "referrals", lambda row: row.year == year)


def reviews_carried_over(reviews: Iterable[ReviewCarriedOver], stream: str | None = None) -> Figure:
    """Return reviews completed in the year on cases referred earlier, of one stream or all."""
    return total(reviews, "completed", lambda row: stream in (None, row.stream))


def independently_led(
    outcomes: Iterable[ReferralOutcome], independent: Collection[str], stream: str | None = None
) -> Figure:
    """Return referrals that led to a Serious Case Review or another independently chaired one.

    `independent` are the outcomes that are such reviews; missing, not 0, where there are none.
    """
    return referrals_with_outcome(outcomes, independent, stream) if independent else MISSING


def reviewed(
    outcomes: Sequence[ReferralOutcome], no_review: Collection[str], stream: str | None = None
) -> Figure:
    """Return the referrals that met the criteria and were reviewed in some form.

    `no_review` are the outcomes of those that were not, or not yet; where no outcome is known to be
    one, nobody can say how many were reviewed.
    """
    if not no_review:
        return MISSING
    others = {row.outcome for row in outcomes} - set(no_review)
    return referrals_with_outcome(outcomes, others, stream)


def with_several_methods(outcomes: Iterable[ReferralOutcome]) -> tuple[ReferralOutcome, ...]:
    """Return the outcomes of which a stream has several rows, one for each method of review."""
    listed = tuple(outcomes)
    rows = Counter((row.stream, row.outcome) for row in listed)
    return tuple(row for row in listed if rows[row.stream, row.outcome] > 1)


def reviews_under_way(reviews: Iterable[Review], year: ReportingYear) -> Figure:
    """Return the reviews that were under way on the last day of the year.

    They had not ended by then, and had begun, so far as it is known when.
    """
    return count(
        reviews, lambda row: not _is_by(row.ended, year.end) and _is_by(row.began, year.end, True)
    )


def reviews_ended(reviews: Iterable[Review], year: ReportingYear) -> Figure:
    """Return the reviews that ended in the year, whenever they began."""
    return count(reviews, lambda row: _is_in(row.ended, year))


def reviews_published(reviews: Iterable[Review], year: ReportingYear) -> Figure:
    """Return the reviews that were published in the year, whenever they ended."""
    return count(reviews, lambda row: _is_in(row.published, year))


def _is_by(month: Month | None, day: date, unless_known: bool = False) -> bool:
    """Whether a month is over by a day; of one that is not known, what is to be taken."""
    return month.last_day <= day if month else unless_known


def _is_in(month: Month | None, year: ReportingYear) -> bool:
    return month is not None and year.contains(month.first_day)


def _reconciliation(
    referrals: tuple[Referral, ...], outcomes: tuple[ReferralOutcome, ...], stream: str
) -> Reconciliation:
    received = total(referrals, "received", lambda row: row.stream == stream)
    decided = referrals_decided(outcomes, stream)
    return Reconciliation(stream, received, decided, received - decided)
