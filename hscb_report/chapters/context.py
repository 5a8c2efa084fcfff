"""The context in which the Board works: population, youth justice, homelessness, care."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hscb_report.calculations import context
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule
from hscb_report.figures import cell
from hscb_report.results.chapter import THE_YEAR, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Earlier, Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import MeasureValue
from hscb_report.schema.reference import Measure
from hscb_report.units import WHOLE_PERCENT, Unit, count_of
from hscb_report.wording import slug


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    measures = {row.measure: row for row in data.tables[Measure]}
    values = data.tables[MeasureValue]
    for measure, area in dict.fromkeys((row.measure, row.area) for row in values):
        row, declared = context.latest_value(values, measure, area), measures[measure]
        assert row is not None
        stated = [Earlier(other.period, cell(other, "value"), _qualifier(other), other.revision) for other in values if (other.measure, other.area) == (measure, area) and other is not row]
        yield fact(_fact_name(row, data.area), f"{declared.name}: {row.area}, {row.period}", _unit(declared), context.measure_value, values, measure, area, prefix=_qualifier(row), period=row.period, stated=stated, revision=row.revision)
    under_18, everybody = (context.population_measure(measures.values(), of) for of in ("under_18", "everybody"))
    young, all_ = (context.latest_value(values, measure, data.area) for measure in (under_18, everybody))
    if young and all_ and young.period == all_.period:
        yield fact("context.under_18_share", f"Share of the population under 18: {data.area}, {young.period}", WHOLE_PERCENT, context.share_under_18, values, under_18, everybody, data.area, prefix="about", period=young.period)
# fmt: on


def _fact_name(row: MeasureValue, area: str) -> str:
    """Return the name of a value's fact: the measure, and the area where it is not the board's."""
    is_own = row.area == area
    return f"context.{row.measure}" if is_own else f"context.{row.measure}_{slug(row.area)}"


def _qualifier(row: MeasureValue) -> str:
    """Return the word before a value that is not exact: "over", "approximately"."""
    return "" if row.qualifier == "exact" else words.VALUE_QUALIFIER[row.qualifier]


def _unit(measure: Measure) -> Unit:
    """Return the unit of a measure's values: what is counted and, for a rate, per how many."""
    return count_of(measure.unit if measure.per is None else f"{measure.unit} per {measure.per:,}")


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the context measures."""
    yield _context(data)


def _context(data: YearData) -> Exhibit:
    measures = {row.measure: row for row in data.tables[Measure]}
    printed = [row for row in data.tables[MeasureValue] if row.as_printed]
    published = f"as published in the report for {data.year}"
    return exhibit(
        "context-measures",
        f"The context of safeguarding, {published if data.is_reconstruction else data.year}",
        (
            Column("Measure"),
            Column("Area"),
            Column("Period"),
            Column("Qualifier"),
            Column("Value", count_of("as the measure says")),
            Column("Counts"),
        ),
        [
            (
                measures[row.measure].name,
                row.area,
                str(row.period),
                words.VALUE_QUALIFIER[row.qualifier],
                cell(row, "value"),
                _unit(measures[row.measure]).name,
            )
            for row in data.tables[MeasureValue]
        ],
        *(
            f'{measures[row.measure].name}, {row.area}: the source prints "{row.as_printed}".'
            for row in (printed if data.is_reconstruction else ())
        ),
        row_headers=2,
    )


def _rates_recompute(data: YearData) -> Breaches:
    per = {row.measure: row.per for row in data.tables[Measure]}
    rows = data.tables[MeasureValue]
    counted = [row for row in rows if row.numerator is not None or row.denominator is not None]
    if not counted:
        raise NothingToCheck
    for row in counted:
        yield from _rate_recomputes(row, per[row.measure])


def _rate_recomputes(row: MeasureValue, per: int | None) -> Breaches:
    if row.numerator is None or not row.denominator or not per:
        missing = "numerator" if row.numerator is None else "denominator"
        missing = missing if row.numerator is None or not row.denominator else "per of the measure"
        yield Breach(
            f"the rate cannot be worked out again: its {missing} is missing or 0.",
            "Give numerator, denominator and per, or neither numerator nor denominator.",
            row.place,
            "denominator" if row.numerator is not None else "numerator",
        )
        return
    expected = row.numerator / row.denominator * Decimal(per)
    # Half of the last printed digit is what rounding may take or add.
    tolerance = Decimal(1).scaleb(int(row.value.as_tuple().exponent)) / 2
    if abs(expected - row.value) > tolerance:
        yield Breach(
            f"{row.numerator} of {row.denominator} give a rate of {expected:.2f}.",
            "Correct one of the three numbers; they must be of one period.",
            row.place,
            "value",
            str(row.value),
        )


def _rates_plausible(data: YearData) -> Breaches:
    measures = {row.measure: row for row in data.tables[Measure]}
    for row in data.tables[MeasureValue]:
        measure = measures[row.measure]
        ceiling = measure.ceiling or (_WHOLE if measure.unit.lower() in _PERCENT else None)
        if ceiling is not None and row.value > ceiling:
            yield Breach(
                f"above {ceiling}, the highest plausible for {measure.name.lower()}.",
                "Check the value and its unit.",
                row.place,
                "value",
                str(row.value),
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


def _parts_within_wholes(data: YearData) -> Breaches:
    wholes = {row.measure: row.part_of for row in data.tables[Measure] if row.part_of}
    rows = data.tables[MeasureValue]
    values = {(row.measure, row.area, row.period): row for row in rows}
    pairs = [
        (row, values[key])
        for row in rows
        if (key := (wholes.get(row.measure, ""), row.area, row.period)) in values
    ]
    if not pairs:
        raise NothingToCheck
    for part, whole in pairs:
        if part.value > whole.value:
            yield Breach(
                f"a part of {whole.measure}, which is {whole.value} (row {whole.place.row}).",
                "Correct one of the two values.",
                part.place,
                "value",
                str(part.value),
            )


def _values_are_dated(data: YearData) -> Breaches:
    """Hold every value to a period; a reconstruction may lack one, as what it remakes does."""
    may_lack_it = data.settings is None or data.is_reconstruction
    for row in data.tables[MeasureValue]:
        if not (may_lack_it or row.period.is_dated):
            hint = "Say what period, or which day, it is of: ask whoever gave it."
            yield Breach("a value without a period.", hint, row.place, "period", str(row.period))


_PERCENT = ("percent", "per cent", "%")
_WHOLE = Decimal(100)
CHAPTER = Chapter(
    name="context",
    title="Context",
    pages=(Page("text/context", THE_YEAR),),
    about=(MeasureValue,),
    reads=(Measure,),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R16",
            "A rate is its numerator by its denominator, within rounding",
            "error",
            (MeasureValue, Measure),
            _rates_recompute,
        ),
        Rule(
            "R17",
            "A rate is plausible, and in the unit that its measure and benchmark have",
            "warning",
            (MeasureValue, Measure),
            _rates_plausible,
        ),
        Rule(
            "R32",
            "A part is never above the whole that it is a part of",
            "error",
            (MeasureValue, Measure),
            _parts_within_wholes,
        ),
        Rule(
            "R36",
            "A value is of a period or a day",
            "error",
            (MeasureValue,),
            _values_are_dated,
        ),
    ),
)
