"""From records of referrals to how many there were, what was decided, and in what time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from hscb_report.calculations.records.told import Told, days_told
from hscb_report.calculations.records.worked_out import WorkedOut, in_order
from hscb_report.schema.cases import Referral, ReferralOutcome, ReferralTotal, ReviewCarriedOver
from hscb_report.schema.records import ReferralRecord
from hscb_report.wording import counted
from hscb_report.years import ReportingYear


def referrals_worked_out(
    records: Sequence[ReferralRecord], year: ReportingYear, undecided: Collection[str]
) -> tuple[WorkedOut, ...]:
    """Return the referrals of the year by stream, their outcomes, and reviews carried over.

    What was decided after the year's end has the first of the outcomes that mean `undecided`;
    where there is none, no row tells of it. Nothing is given where there are no records.
    """
    if not records:
        return ()
    own = received_in(records, year)
    streams = {row.stream for row in records}
    received = Counter(row.stream for row in own)
    rows = [{"stream": s, "received": str(received[s])} for s in streams]
    total = {"year": str(year), "referrals": str(len(own))}
    return (
        WorkedOut(Referral, ("received",), in_order(rows, Referral)),
        _outcomes(own, year, undecided, streams),
        _carried_over(records, year, streams),
        WorkedOut(ReferralTotal, ("referrals",), (total,), is_added=False),
    )


def received_in(
    records: Iterable[ReferralRecord], year: ReportingYear
) -> tuple[ReferralRecord, ...]:
    """Return the referrals that were received in the year."""
    return tuple(row for row in records if year.contains(row.received))


def of_another_year(
    records: Iterable[ReferralRecord], year: ReportingYear
) -> tuple[ReferralRecord, ...]:
    """Return the referrals neither received in the year, nor reviewed in it since an earlier."""
    return tuple(
        row
        for row in records
        if not year.contains(row.received)
        and not (row.received < year.start and row.completed and year.contains(row.completed))
    )


def is_undecided(row: ReferralRecord, year: ReportingYear) -> bool:
    """Whether nothing was decided on a referral by the year's end."""
    return row.decided is None or row.decided > year.end


def _outcomes(
    own: Iterable[ReferralRecord],
    year: ReportingYear,
    undecided: Collection[str],
    streams: Collection[str],
) -> WorkedOut:
    waiting = next(iter(undecided), None)
    decided = Counter(
        (row.stream, waiting, None)
        if is_undecided(row, year)
        else (row.stream, row.outcome, row.method)
        for row in own
    )
    rows = [
        {"stream": stream, "outcome": outcome, "method": method or "", "referrals": str(number)}
        for (stream, outcome, method), number in decided.items()
        if outcome is not None
    ]
    return WorkedOut(
        ReferralOutcome,
        ("referrals",),
        in_order(rows, ReferralOutcome),
        lambda row: row.stream in streams,
    )


def _carried_over(
    records: Iterable[ReferralRecord], year: ReportingYear, streams: Collection[str]
) -> WorkedOut:
    found = Counter(
        (row.stream, _year_of(row))
        for row in records
        if row.received < year.start and row.completed and year.contains(row.completed)
    )
    rows = [
        {"stream": stream, "referred_in": str(first), "completed": str(number)}
        for (stream, first), number in found.items()
    ]
    return WorkedOut(
        ReviewCarriedOver,
        ("completed",),
        in_order(rows, ReviewCarriedOver),
        lambda row: row.stream in streams,
    )


def _year_of(row: ReferralRecord) -> ReportingYear:
    day = row.received
    return ReportingYear(day.year if day.month > 3 else day.year - 1)


def referrals_told(records: Sequence[ReferralRecord], year: ReportingYear) -> Iterator[Told]:
    """Yield how long decisions on the year's referrals took, and how many were still to come."""
    own = received_in(records, year)
    if not own:
        return
    decided = [row for row in own if not is_undecided(row, year)]
    times = [(row.decided - row.received).days for row in decided if row.decided]
    if times:
        what = f"from a referral to the decision ({counted(len(times), 'referral')})"
        yield Told(f"Time {what}", days_told(times))
    yield Told("Referrals undecided at the year's end", str(len(own) - len(decided)))
