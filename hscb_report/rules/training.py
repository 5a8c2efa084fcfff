"""Rule 13: the parts of training do not exceed the whole."""

from __future__ import annotations

from hscb_report.measures import training
from hscb_report.rules.rule import Breach, Breaches, NothingToCheck, Rule
from hscb_report.schema import Tables


def _parts_within_whole(tables: Tables) -> Breaches:
    whole = training.practitioners(tables.training_totals).value
    for row in tables.training_deliveries:
        if whole is not None and row.in_total != "no" and row.attended > whole:
            yield Breach(
                f"more than all {whole} practitioners trained in the year.",
                'Correct a number, or set in_total to "no".',
                row.place,
                "attended",
                str(row.attended),
            )


def _represented_within_eligible(tables: Tables) -> Breaches:
    for row in tables.establishment_coverage:
        if row.eligible is not None and row.represented > row.eligible:
            yield Breach(
                f"more than the {row.eligible} establishments that there are.",
                "Correct one of the two numbers.",
                row.place,
                "represented",
                str(row.represented),
            )


def _check(tables: Tables) -> Breaches:
    yield from _parts_within_whole(tables)
    yield from _represented_within_eligible(tables)


def _bookings_add_up(tables: Tables) -> Breaches:
    booked = [row for row in tables.training_deliveries if row.booked is not None]
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


RULES = (
    Rule(
        "R14",
        "Bookings, cancellations, no-shows and walk-ins make the attendance",
        "error",
        ("training_deliveries",),
        _bookings_add_up,
    ),
    Rule(
        "R13",
        "Training on a theme is within all training, establishments within those eligible",
        "warning",
        ("training_totals", "training_deliveries", "establishment_coverage"),
        _check,
    ),
)
