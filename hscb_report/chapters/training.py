"""Training: what was offered, who was reached, and which counts may be added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hscb_report.calculations import training
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule, rows_named
from hscb_report.figures import cell
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.learning import (
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingOffer,
    TrainingTotal,
)
from hscb_report.units import count_of

_PEOPLE = count_of("attendances")


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    given, covered = data.tables[TrainingDelivery], data.tables[EstablishmentCoverage]
    units, titles = data.vocabulary(words.ATTENDANCE_UNIT), {row.offer: row.title for row in data.tables[TrainingOffer]}
    if data.tables[TrainingTotal]:
        yield fact("training.practitioners", "Practitioners trained", count_of("practitioners"), training.practitioners, data.tables[TrainingTotal])
    for offer, rows in training.by_offer(given).items():
        for counted_as in training.counted_as(given, offer):
            ways = training.counted_as(given, offer)
            name = offer if len(ways) == 1 else f"{offer}_{counted_as}"
            yield fact(f"training.attended_{name}", f"Attended: {titles[offer]}", count_of(units[counted_as]), training.attended, given, offer, counted_as)
        if all(row.sessions is not None for row in rows):
            yield fact(f"training.sessions_{offer}", f"Sessions held: {titles[offer]}", count_of("sessions"), training.sessions, given, offer)
    for offer in dict.fromkeys(row.offer for row in covered):
        yield fact(f"training.establishments_{offer}", f"Establishments represented: {titles[offer]}", count_of("establishments"), training.establishments_represented, covered, offer)
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the training chapter."""
    yield _offers(data)
    yield _groups(data, "level", data.vocabulary(words.TRAINING_LEVEL))
    yield _groups(data, "mode", data.vocabulary(words.TRAINING_MODE))
    themes = {offer.theme: offer.theme for offer in data.tables[TrainingOffer]}
    yield _groups(data, "theme", themes)
    yield exhibit(
        "training-coverage",
        f"Establishments represented at training, {data.year}",
        (
            Column("Establishments"),
            Column("Represented", count_of("establishments")),
            Column("Of how many", count_of("establishments")),
        ),
        [
            (row.establishments, cell(row, "represented"), cell(row, "eligible"))
            for row in data.tables[EstablishmentCoverage]
        ],
        "Establishments are counted here, not the people they sent.",
    )
    yield _totals(data)


def _offers(data: YearData) -> Exhibit:
    given, units = data.tables[TrainingDelivery], data.vocabulary(words.ATTENDANCE_UNIT)
    levels, modes = data.vocabulary(words.TRAINING_LEVEL), data.vocabulary(words.TRAINING_MODE)
    return exhibit(
        "training-offers",
        f"Training offered, with attendance where it is {'published' if data.is_reconstruction else 'known'}, {data.year}",
        (
            Column("Training"),
            Column("Level"),
            Column("Mode"),
            Column("Sessions", count_of("sessions")),
            Column("Attendances", _PEOPLE),
            Column("Counted as"),
        ),
        [
            (
                offer.title,
                levels[offer.level],
                modes[offer.mode],
                training.sessions(given, offer.offer),
                training.attended(given, offer.offer, counted_as),
                units[counted_as] if counted_as else "not stated",
            )
            for offer in data.tables[TrainingOffer]
            for counted_as in training.counted_as(given, offer.offer) or (None,)
        ],
        "Attendances at different training may be by the same people.",
    )


def _groups(data: YearData, attribute: str, labels: Mapping[str, str]) -> Exhibit:
    groups = training.attendances_by(
        data.tables[TrainingOffer], data.tables[TrainingDelivery], attribute
    )
    return exhibit(
        f"training-by-{attribute}",
        f"Training by {attribute}, {data.year}",
        (
            Column(attribute.capitalize()),
            Column("Counted as"),
            Column("Offers", count_of("offers")),
            Column("Attendances", _PEOPLE),
        ),
        [
            (labels[group.code], _counted_as(data, group), group.offers, group.attendances)
            for group in groups
        ],
        "Attendances, not people. Only like is added to like; offers without a number are not zero.",
        row_headers=2,
    )


def _counted_as(data: YearData, group: training.Group) -> str:
    units = data.vocabulary(words.ATTENDANCE_UNIT)
    return units[group.counted_as] if group.counted_as else "not counted"


def _totals(data: YearData) -> Exhibit:
    additivity = training.additivity(data.tables[TrainingDelivery])
    return exhibit(
        "training-totals",
        f"All practitioners trained as stated, {data.year}",
        (Column("What is counted"), Column("Number", count_of("practitioners"))),
        [
            (
                "Practitioners trained by the Board",
                training.practitioners(data.tables[TrainingTotal]),
            ),
        ]
        if data.tables[TrainingTotal]
        else [],
        *(
            f"The attendances above must not be added up to people. {reason}"
            for reason in additivity.reasons
        ),
    )


def _parts_within_whole(data: YearData) -> Breaches:
    whole = training.practitioners(data.tables[TrainingTotal]).value
    for row in data.tables[TrainingDelivery]:
        if whole is not None and row.in_total != "no" and row.attended > whole:
            yield Breach(
                f"more than all {whole} practitioners trained in the year.",
                'Correct a number, or set in_total to "no".',
                row.place,
                "attended",
                str(row.attended),
            )
    within = [row for row in data.tables[TrainingDelivery] if row.in_total == "yes"]
    added = sum(row.attended for row in within)
    if whole is not None and len(within) > 1 and added > whole:
        yield Breach(
            f"the attendances said to be within it come to {added} "
            f"({rows_named(row.place for row in within)}).",
            'Correct a number, or set in_total to "no" where it does not belong to the whole.',
            next(row.place for row in data.tables[TrainingTotal] if row.total == "practitioners"),
            "attended",
            str(whole),
        )


def _represented_within_eligible(data: YearData) -> Breaches:
    for row in data.tables[EstablishmentCoverage]:
        if row.eligible is not None and row.represented > row.eligible:
            yield Breach(
                f"more than the {row.eligible} establishments that there are.",
                "Correct one of the two numbers.",
                row.place,
                "represented",
                str(row.represented),
            )


def _within_wholes(data: YearData) -> Breaches:
    yield from _parts_within_whole(data)
    yield from _represented_within_eligible(data)


def _bookings_add_up(data: YearData) -> Breaches:
    booked = [row for row in data.tables[TrainingDelivery] if row.booked is not None]
    if not booked:
        raise NothingToCheck
    for row in booked:
        came = (row.booked or 0) - (row.cancelled or 0) - (row.no_show or 0) + (row.walk_in or 0)
        if came != row.attended:
            yield Breach(
                f"{row.booked} booked, less {row.cancelled or 0} cancelled and "
                f"{row.no_show or 0} who did not come, and {row.walk_in or 0} without a booking "
                f"make {came}.",
                "Correct one of the five numbers.",
                row.place,
                "attended",
                str(row.attended),
            )


CHAPTER = Chapter(
    name="training",
    title="Training",
    pages=(notebook_page("training", THE_DATA),),
    about=(TrainingOffer, TrainingDelivery, TrainingTotal, EstablishmentCoverage),
    measured=True,
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R13",
            "Training on a theme is within all training, establishments within those eligible",
            "warning",
            (TrainingTotal, TrainingDelivery, EstablishmentCoverage),
            _within_wholes,
        ),
        Rule(
            "R14",
            "Bookings, cancellations, no-shows and walk-ins make the attendance",
            "error",
            (TrainingDelivery,),
            _bookings_add_up,
        ),
    ),
)
