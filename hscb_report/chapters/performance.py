"""Performance monitoring: the reports that come in, and the headline measures."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import performance
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule
from hscb_report.figures import cell
from hscb_report.results.chapter import THE_DATA, Chapter, Page
from hscb_report.results.exhibit import Cell, Column, Exhibit, Quantity, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import HeadlineMeasure, PeriodicReport
from hscb_report.units import count_of
from hscb_report.wording import first_lower

_PERCENT = ("percent", "per cent", "%")


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    reports, headlines = count_of("reports"), count_of("measures")
    received, listed = data.tables[PeriodicReport], data.tables[HeadlineMeasure]
    often = data.vocabulary(words.FREQUENCY)
    for frequency in dict.fromkeys(row.frequency for row in received):
        yield fact(f"performance.reports_{frequency}", f"Reports received: {first_lower(often[frequency])}", reports, performance.reports_received, received, frequency)
    yield fact("performance.headlines", "Headline measures", headlines, performance.headline_measures, listed)
    yield fact("performance.headlines_with_value", "Headline measures with a published value", headlines, performance.headlines_with_value, listed)
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the reports received and the headline measures."""
    often = data.vocabulary(words.FREQUENCY)
    yield exhibit(
        "periodic-reports",
        f"Reports received on performance, {data.year}",
        (Column("Report"), Column("How often")),
        [(row.report, often[row.frequency]) for row in data.tables[PeriodicReport]],
    )
    headlines = data.tables[HeadlineMeasure]
    no_value = all(row.value is None for row in headlines)
    given = "published" if data.is_reconstruction else "given"
    yield exhibit(
        "headline-measures",
        f"Headline measures, {data.year}",
        (
            Column("Headline"),
            Column("Measures", count_of("measures")),
            Column("Value", mixed=True),
        ),
        [(row.headline, cell(row, "measures"), _value(row, given)) for row in headlines],
        *(
            [f"The measures are named, and no value is {given} for any of them."]
            if no_value and headlines
            else []
        ),
    )


def _value(row: HeadlineMeasure, told: str) -> Cell:
    if row.value is None:
        return f"no value {told}"
    return Quantity(cell(row, "value"), count_of(row.unit or "as the headline says"))


def _values_have_units(data: YearData) -> Breaches:
    with_value = [row for row in data.tables[HeadlineMeasure] if row.value is not None]
    if not with_value:
        raise NothingToCheck
    for row in with_value:
        if row.unit is None:
            hint = "Add it in the column unit: percent, or what is counted."
            yield Breach("the value has no unit.", hint, row.place, "value", str(row.value))
        elif row.unit.lower() in _PERCENT and row.value is not None and row.value > 100:
            what = "more than 100 percent."
            yield Breach(what, "Correct the value or its unit.", row.place, "value", str(row.value))


CHAPTER = Chapter(
    name="performance",
    title="Performance monitoring",
    pages=(Page("text/performance", THE_DATA),),
    about=(PeriodicReport, HeadlineMeasure),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R33",
            "The value of a headline measure has a unit that it can be in",
            "error",
            (HeadlineMeasure,),
            _values_have_units,
        ),
    ),
)
