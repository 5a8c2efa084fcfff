"""The training tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hscb_report.exhibits.exhibit import Column, Exhibit, exhibit
from hscb_report.figures import Figure, cell
from hscb_report.measures import training
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.units import count_of
from hscb_report.years import ReportingYear

_PEOPLE = count_of("attendances")


def exhibits(tables: Tables, year: ReportingYear) -> Iterator[Exhibit]:
    """Yield the tables of the training chapter."""
    yield _offers(tables, year)
    yield _groups(tables, year, "level", words.TRAINING_LEVEL)
    yield _groups(tables, year, "mode", words.TRAINING_MODE)
    themes = {offer.theme: offer.theme for offer in tables.training_offers}
    yield _groups(tables, year, "theme", themes)
    yield exhibit(
        "training-coverage",
        f"Establishments represented at training, {year}",
        (
            Column("Establishments"),
            Column("Represented", count_of("establishments")),
            Column("Of how many", count_of("establishments")),
        ),
        [
            (row.establishments, cell(row, "represented"), cell(row, "eligible"))
            for row in tables.establishment_coverage
        ],
        "Establishments are counted here, not the people they sent.",
    )
    yield _totals(tables, year)


def _offers(tables: Tables, year: ReportingYear) -> Exhibit:
    given = tables.training_deliveries
    counted_as = {row.offer: words.ATTENDANCE_UNIT[row.counted_as] for row in given}
    return exhibit(
        "training-offers",
        f"Training offered, with attendance where it is published, {year}",
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
                words.TRAINING_LEVEL[offer.level],
                words.TRAINING_MODE[offer.mode],
                training.sessions(given, offer.offer),
                training.attended(given, offer.offer),
                counted_as.get(offer.offer, "not stated"),
            )
            for offer in tables.training_offers
        ],
        "Attendances at different training may be by the same people.",
    )


def _groups(
    tables: Tables, year: ReportingYear, attribute: str, labels: Mapping[str, str]
) -> Exhibit:
    groups = training.attendances_by(tables.training_offers, tables.training_deliveries, attribute)
    return exhibit(
        f"training-by-{attribute}",
        f"Training by {attribute}, {year}",
        (
            Column(attribute.capitalize()),
            Column("Offers", count_of("offers")),
            Column("Offers with attendance published", count_of("offers")),
            Column("Attendances", _PEOPLE),
        ),
        [
            (labels[group.code], Figure(group.offers), Figure(group.counted), group.attendances)
            for group in groups
        ],
        "Attendances, not people; offers without a published number are not zero.",
    )


def _totals(tables: Tables, year: ReportingYear) -> Exhibit:
    additivity = training.additivity(tables.training_deliveries)
    return exhibit(
        "training-totals",
        f"All practitioners trained as stated, {year}",
        (Column("What is counted"), Column("Number", count_of("practitioners"))),
        [
            ("Practitioners trained by the Board", training.practitioners(tables.training_totals)),
        ],
        *(
            f"The attendances above must not be added up to people. {reason}"
            for reason in additivity.reasons
        ),
    )
