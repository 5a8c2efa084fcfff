"""Rules 16 and 17: rates are what they say they are."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.rules.rule import Breach, Breaches, NothingToCheck, Rule
from hscb_report.schema import Tables


def _rates_recompute(tables: Tables) -> Breaches:
    per = {row.measure: row.per for row in tables.measures}
    counted = [
        row
        for row in tables.measure_values
        if row.numerator is not None and row.denominator and per[row.measure]
    ]
    if not counted:
        raise NothingToCheck
    for row in counted:
        assert row.numerator is not None
        assert row.denominator is not None
        expected = row.numerator / row.denominator * Decimal(per[row.measure] or 1)
        # Half of the last printed digit is what rounding may take or add.
        exponent = row.value.as_tuple().exponent
        tolerance = Decimal(1).scaleb(int(exponent)) / 2
        if abs(expected - row.value) > tolerance:
            yield Breach(
                f"{row.numerator} of {row.denominator} give a rate of {expected:.2f}.",
                "Correct one of the three numbers; they must be of one period.",
                row.place,
                "value",
                str(row.value),
            )


def _rates_plausible(tables: Tables) -> Breaches:
    measures = {row.measure: row for row in tables.measures}
    for row in tables.measure_values:
        measure = measures[row.measure]
        if measure.ceiling is not None and row.value > measure.ceiling:
            yield Breach(
                f"above {measure.ceiling}, the highest plausible for {measure.name.lower()}.",
                "Check the value and its unit.",
                row.place,
                "value",
                str(row.value),
            )
        if row.printed_per is not None and row.printed_per != measure.per:
            yield Breach(
                f"the source prints a rate per {row.printed_per:,}; the measure, and what it is "
                f"compared with, is per {measure.per or 1:,}.",
                "Show the printed unit beside the corrected one, or accept it with a reason.",
                row.place,
                "printed_per",
                str(row.printed_per),
            )


RULES = (
    Rule(
        "R16",
        "A rate is its numerator by its denominator, within rounding",
        "error",
        ("measure_values", "measures"),
        _rates_recompute,
    ),
    Rule(
        "R17",
        "A rate is plausible, and in the unit that its measure and benchmark have",
        "warning",
        ("measure_values", "measures"),
        _rates_plausible,
    ),
)
