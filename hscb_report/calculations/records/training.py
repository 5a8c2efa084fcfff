"""From records of training to deliveries, evaluations and people, and to places and shares.

Who booked and who came without a booking are told apart; whoever came attended. People are counted
once, by the number that the Board gives them; attendances as often as they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hscb_report.calculations.records.told import Told, share_told
from hscb_report.calculations.records.worked_out import Cells, WorkedOut, in_order
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from hscb_report.schema.learning import (
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingEvaluation,
    TrainingTotal,
)
from hscb_report.schema.records import TrainingAnswer, TrainingBooking, TrainingSession
from hscb_report.years import ReportingYear

CAME = ("attended", "walk_in")
"""What of a booking says that the person came."""
_OF_BOOKINGS = ("attended", "booked", "cancelled", "no_show", "walk_in")


@dataclass(frozen=True)
class TrainingRecords:
    """The records of a year's training."""

    sessions: Sequence[TrainingSession]
    bookings: Sequence[TrainingBooking]
    answers: Sequence[TrainingAnswer]

    def booked_at(self, sessions: Iterable[TrainingSession]) -> list[TrainingBooking]:
        """Return the bookings of some sessions."""
        numbers = {row.session for row in sessions}
        return [row for row in self.bookings if row.session in numbers]

    def of_offer(self, offer: str) -> list[TrainingSession]:
        """Return the sessions of an offer."""
        return [row for row in self.sessions if row.offer == offer]


def training_worked_out(
    records: TrainingRecords, year: ReportingYear, there: Sequence[TrainingDelivery]
) -> tuple[WorkedOut, ...]:
    """Return what records give of deliveries, evaluations, establishments and the people trained.

    The deliveries that are `there` say of which months each offer's sessions are counted together.
    Nothing is given where there are no records.
    """
    found = []
    if records.sessions:
        found.append(_deliveries(records, year, there))
    if records.answers:
        found.append(_evaluations(records.answers))
    if establishments := _establishments(records):
        found.append(establishments)
    if total := _total(records, there):
        found.append(total)
    return tuple(found)


# Deliveries ----------------------------------------------------------------------------------

_Span = tuple[Month, Month]


def _deliveries(
    records: TrainingRecords, year: ReportingYear, there: Sequence[TrainingDelivery]
) -> WorkedOut:
    rows = [
        _delivery(records, offer, span)
        for offer in dict.fromkeys(row.offer for row in records.sessions)
        for span in _spans(records.of_offer(offer), [r for r in there if r.offer == offer], year)
    ]
    full = [row for row in rows if "attended" in row]
    known = {(row.offer, str(row.first_month)) for row in there}
    # A delivery cannot stand without the number of those who came.
    kept = [row for row in rows if row in full or (row["offer"], row["first_month"]) in known]
    return WorkedOut(
        TrainingDelivery, ("sessions", *_OF_BOOKINGS), in_order(kept, TrainingDelivery)
    )


def _spans(
    sessions: Sequence[TrainingSession], there: Sequence[TrainingDelivery], year: ReportingYear
) -> Iterator[_Span]:
    """Yield the months of which sessions are counted together: those that are there, and the rest.

    The rest is every run of months that no row counts and in which there was a session.
    """
    months = _months(year)
    # Of a draft the last month may be still to come.
    counted = [(row.first_month, row.last_month or months[-1]) for row in there]
    yield from counted
    run: list[Month] = []
    for month in (*months, None):
        is_counted = month and any(first <= month <= last for first, last in counted)
        if month and not is_counted:
            run.append(month)
            continue
        if run and any(run[0] <= month_of(row) <= run[-1] for row in sessions):
            yield run[0], run[-1]
        run = []


def _months(year: ReportingYear) -> list[Month]:
    numbers = [*range(4, 13), *range(1, 4)]
    return [Month(year.first + (number < 4), number) for number in numbers]


def month_of(session: TrainingSession) -> Month:
    """Return the month of a session."""
    return Month(session.day.year, session.day.month)


def _delivery(records: TrainingRecords, offer: str, span: _Span) -> Cells:
    sessions = [r for r in records.of_offer(offer) if span[0] <= month_of(r) <= span[1]]
    cells = {
        "offer": offer,
        "first_month": str(span[0]),
        "last_month": str(span[1]),
        "sessions": str(len(sessions)),
    }
    if records.booked_at(records.of_offer(offer)):
        cells |= _of_bookings(records.booked_at(sessions))
    told = {row.in_total for row in sessions}
    cells["counted_as"] = min((row.counted_as for row in sessions), default="")
    cells["in_total"] = told.pop() if len(told) == 1 else "unknown"
    return cells


def _of_bookings(bookings: Sequence[TrainingBooking]) -> dict[str, str]:
    came = Counter(row.came for row in bookings)
    numbers = {
        "attended": sum(came[code] for code in CAME),
        "booked": came.total() - came["walk_in"],
        **{code: came[code] for code in ("cancelled", "no_show", "walk_in")},
    }
    return {name: str(number) for name, number in numbers.items()}


# Evaluations, establishments, people ---------------------------------------------------------


def _evaluations(answers: Sequence[TrainingAnswer]) -> WorkedOut:
    asked = dict.fromkeys((row.offer, row.asked) for row in answers)
    rows = []
    for offer, when in asked:
        own = [row for row in answers if (row.offer, row.asked) == (offer, when)]
        good = sum(row.positive == "yes" for row in own)
        numbers = {"answered": str(len(own)), "positive": str(good)}
        rows.append({"offer": offer, "asked": when, **numbers})
    offers = {offer for offer, _ in asked}
    return WorkedOut(
        TrainingEvaluation,
        ("answered", "positive"),
        in_order(rows, TrainingEvaluation),
        lambda row: row.offer in offers,
    )


def _establishments(records: TrainingRecords) -> WorkedOut | None:
    """Return how many establishments of a kind sent somebody who came, each counted once."""
    offers = {row.session: row.offer for row in records.sessions}
    came = {
        (offers[row.session], row.establishments, row.establishment)
        for row in records.bookings
        if row.came in CAME and row.establishments and row.establishment and row.session in offers
    }
    if not came:
        return None
    rows = [
        {"offer": offer, "establishments": kind, "represented": str(number)}
        for (offer, kind), number in Counter((offer, kind) for offer, kind, _ in came).items()
    ]
    return WorkedOut(EstablishmentCoverage, ("represented",), in_order(rows, EstablishmentCoverage))


def people(bookings: Iterable[TrainingBooking]) -> int | None:
    """Return how many people came, each counted once; None where one of them has no number."""
    numbers = [row.person for row in bookings if row.came in CAME]
    return len(set(numbers)) if all(numbers) else None


def _total(records: TrainingRecords, there: Sequence[TrainingDelivery]) -> WorkedOut | None:
    """Return the practitioners trained in the year, where records know all of them.

    So it is where it is said of every session whether it is among them, and every delivery that is
    has its sessions in the records.
    """
    recorded = {row.offer for row in records.sessions}
    others = [row for row in there if row.offer not in recorded]
    is_known = all(row.in_total != "unknown" for row in records.sessions)
    own = records.booked_at(row for row in records.sessions if row.in_total == "yes")
    number = people(own)
    if not (own and is_known and number) or any(row.in_total != "no" for row in others):
        return None
    row = {"total": "practitioners", "attended": str(number)}
    return WorkedOut(TrainingTotal, ("attended",), (row,))


# What a board asks besides -------------------------------------------------------------------


def training_told(records: TrainingRecords) -> Iterator[Told]:
    """Yield places against people, who came of those booked, people once, and by agency."""
    if not records.bookings:
        return
    for offer in sorted({row.offer for row in records.sessions}):
        yield from _offer_told(offer, records)
    if (number := people(records.bookings)) is not None:
        yield Told("People who came to any session, each counted once", str(number))
    agencies = Counter(row.agency for row in records.bookings if row.came in CAME and row.agency)
    for agency, number in sorted(agencies.items()):
        yield Told(f"Attendances from {agency}", str(number))
    if unknown := sum(row.came == "booked" for row in records.bookings):
        yield Told(f'Bookings that still read "{words.BOOKING["booked"]}"', str(unknown))


def _offer_told(offer: str, records: TrainingRecords) -> Iterator[Told]:
    with_places = [row for row in records.of_offer(offer) if row.places is not None]
    if with_places:
        places = sum(row.places or 0 for row in with_places)
        came = sum(row.came in CAME for row in records.booked_at(with_places))
        yield Told(f"{offer}: places taken", share_told(came, places))
    expected = [
        row
        for row in records.booked_at(records.of_offer(offer))
        if row.came in ("attended", "no_show")
    ]
    if expected:
        came = sum(row.came == "attended" for row in expected)
        what = "came of those who had booked and not cancelled"
        yield Told(f"{offer}: {what}", share_told(came, len(expected)))
