"""What must hold of a single measurement."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.calculations import measurements
from hscb_report.chapters.measures.rows import cell_told, rows_of, rule_about
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck
from hscb_report.schema import YearData
from hscb_report.schema.measurements import Measure, Measurement

_WHOLE = Decimal(100)


def _is_told_whole(data: YearData) -> Breaches:
    """Hold each to a value, or to what it is worked out from, or to saying that there is none."""
    for row, _ in rows_of(data):
        of = row.numerator, row.denominator
        is_worked_out = row.numerator is not None and row.denominator
        if row.status == "not_available" and (row.value is not None or is_worked_out):
            what, hint = "said to be not available, beside a value.", "Take out one of the two."
            yield Breach(what, hint, row.place, "status", row.status)
        elif row.status != "not_available" and (row.value, *of) == (None, None, None):
            hint = "Give it, or numerator and denominator, or the status not_available with a note."
            yield Breach("there is no value.", hint, row.place, "value")
        if (row.dimension is None) != (row.category is None):
            missing = "category" if row.category is None else "dimension"
            hint = "Give both, or leave both empty where it is of all."
            yield Breach(f"has no {missing} beside the other.", hint, row.place, missing)


def _rates_recompute(data: YearData) -> Breaches:
    counted = [(r, m) for r, m in rows_of(data) if (r.numerator, r.denominator) != (None, None)]
    if not counted:
        raise NothingToCheck
    without_per: set[str] = set()
    for row, measure in counted:
        if not (measure.is_rate and measurements.factor(measure)):
            if measure.measure not in without_per:
                yield _without_per(row, measure)
            without_per.add(measure.measure)
        else:
            yield from _rate_recomputes(row, measure)


def _rate_recomputes(row: Measurement, measure: Measure) -> Breaches:
    if row.numerator is None or not row.denominator:
        missing = "numerator" if row.numerator is None else "denominator"
        what = f"the rate cannot be worked out again: its {missing} is missing or 0."
        yield Breach(what, "Give both, or neither of the two.", row.place, missing)
        return
    for column in ("numerator", "denominator"):
        if getattr(row, column) < 0:
            found = cell_told(row, getattr(row, column))
            hint = "Correct it: nothing is counted below 0."
            yield Breach("a number of those counted is below 0.", hint, row.place, column, found)
            return
    if row.value is None:
        return
    expected = row.numerator / row.denominator * Decimal(measurements.factor(measure))
    # Half of the last printed digit is what rounding may take or add.
    tolerance = Decimal(1).scaleb(int(row.value.as_tuple().exponent)) / 2
    if abs(expected - row.value) > tolerance:
        of = (
            "numerator and denominator"
            if cell_told(row, "") is None
            else (f"{row.numerator} of {row.denominator}")
        )
        yield Breach(
            f"{of} give {'another value' if cell_told(row, '') is None else f'{expected:.2f}'}.",
            "Correct one of the three numbers; they must be of one period.",
            row.place,
            "value",
            cell_told(row, row.value),
        )


def _without_per(row: Measurement, measure: Measure) -> Breach:
    """Return that a measure, whose values are told as rates, does not say per how many."""
    what = f"{measure.measure} has no per, and row {row.place.row} of {row.place.file} is a rate."
    hint = "Say per how many, or take numerator and denominator out of its values."
    return Breach(what, hint, measure.place, "per")


def _values_plausible(data: YearData) -> Breaches:
    for row, measure in rows_of(data):
        if row.value is not None and row.value < 0 and measure.is_count:
            hint = "Correct it, or accept it with a reason: a change may be less than nothing."
            yield Breach("below nought.", hint, row.place, "value", cell_told(row, row.value))
        if row.period.first > data.year.end:
            hint = "Correct the period, or keep the value for the report of that time."
            what = f"of a time after the report's year, {data.year}."
            yield Breach(what, hint, row.place, "period", str(row.period))
        if measure.ceiling is not None and row.value is not None and row.value > measure.ceiling:
            yield Breach(
                f"above {measure.ceiling}, the highest plausible for {measure.name.lower()}.",
                "Check the value and its unit.",
                row.place,
                "value",
                cell_told(row, row.value),
            )
        if row.printed_per is not None and row.printed_per != measure.per:
            yield Breach(
                f"the document has a rate per {row.printed_per:,}; the measure, and what it is "
                f"compared with, is per {measure.per or 1:,}.",
                "Show the printed unit beside the corrected one, or accept it with a reason.",
                row.place,
                "printed_per",
                str(row.printed_per),
            )


def _shares_within_all(data: YearData) -> Breaches:
    shares = [(row, measure) for row, measure in rows_of(data) if measure.is_share]
    if not shares:
        raise NothingToCheck
    for measure in {measure.measure: measure for _, measure in shares}.values():
        if measure.target is not None and measure.target > _WHOLE:
            hint = "Correct it: a target is in the unit of its measure."
            what, found = "a target of more than 100 percent.", str(measure.target)
            yield Breach(what, hint, measure.place, "target", found)
    for row, measure in shares:
        figure = measurements.value((), measure, row).value
        if figure is not None and not 0 <= figure <= _WHOLE:
            column = "value" if row.value is not None else "numerator"
            what = "no share of a whole: it lies outside 0 to 100 percent."
            hint = "Correct it; a change in percent is another measure, of another unit."
            yield Breach(what, hint, row.place, column, cell_told(row, getattr(row, column)))


def _values_are_dated(data: YearData) -> Breaches:
    """Hold every value to a period; a reconstruction may lack one, as what it remakes does."""
    may_lack_it = data.settings is None or data.is_reconstruction
    for row, _ in rows_of(data):
        if not (may_lack_it or row.period.is_dated):
            hint = "Say what period, or which day, it is of: ask whoever gave it."
            yield Breach("a value without a period.", hint, row.place, "period", str(row.period))


RULES = (
    rule_about(
        "R16", "A rate is its numerator by its denominator, within rounding", _rates_recompute
    ),
    rule_about(
        "R17",
        "A value is plausible, and in the unit that its measure and benchmark have",
        _values_plausible,
        "warning",
    ),
    rule_about("R36", "A value is of a period or a day", _values_are_dated),
    rule_about("R55", "A measurement has a value, or says that there is none", _is_told_whole),
    rule_about("R56", "A share lies between 0 and 100 percent", _shares_within_all),
)
