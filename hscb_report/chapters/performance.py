"""Performance monitoring: the reports that come in, and the headline measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hscb_report.calculations import performance
from hscb_report.figures import cell, count
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.measured import headline_values
from hscb_report.results.phrases import Compared, of_all
from hscb_report.results.titles import part
from hscb_report.results.told import told
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import HeadlineMeasure, PeriodicReport
from hscb_report.units import NO_VALUE, TO_COME, count_of
from hscb_report.wording import first_lower, first_upper

_HEADLINES = count_of("headline measures")


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    reports, headlines = count_of("reports"), _HEADLINES
    received, listed = data.tables[PeriodicReport], data.tables[HeadlineMeasure]
    often = data.vocabulary(words.FREQUENCY)
    for frequency in dict.fromkeys(row.frequency for row in received):
        yield fact(f"performance.reports_{frequency}", f"Reports received: {first_lower(often[frequency])}", reports, performance.reports_received, received, frequency)
    yield fact("performance.headlines", "Headline measures", headlines, performance.headline_measures, listed)
    yield fact("performance.headlines_with_value", "Headline measures with a published value", headlines, performance.headlines_with_value, listed, *_known(headline_values(data)), whole="headlines")
# fmt: on


def _known(values: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Return the measures that have a value, and those whose value a draft still waits for."""
    waiting = {measure for measure, told in values.items() if told == TO_COME}
    return {*values} - waiting, waiting


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the reports received and the headline measures."""
    often = data.vocabulary(words.FREQUENCY)
    yield exhibit(
        "periodic-reports",
        f"Reports received on performance by how often they come, {data.year}",
        (Column("Report"), Column("How often")),
        [(row.report, often[row.frequency]) for row in data.tables[PeriodicReport]],
        title=told(count(data.tables[PeriodicReport]), count_of("reports"), "were received"),
    )
    headlines = data.tables[HeadlineMeasure]
    values = headline_values(data)
    no_value = not any(row.shown_by and set(row.shown_by) & set(values) for row in headlines)
    given = "published" if data.is_reconstruction else "given"
    yield exhibit(
        "headline-measures",
        f"Headline measures, with the value of each, {data.year}",
        (
            Column("Headline"),
            Column("Measures", count_of("measures")),
            Column("Value", is_asked=True),
        ),
        [(row.headline, cell(row, "measures"), _value(row, values, given)) for row in headlines],
        *([f"No value is {given} for any of them."] if no_value and headlines else []),
        title=part(
            performance.headlines_with_value(headlines, *_known(values)),
            performance.headline_measures(headlines),
            "headline measures",
            f"had a {'published value' if data.is_reconstruction else 'value'}",
        ),
        instead=_unvalued(
            headlines, values, "published value" if data.is_reconstruction else "value"
        ),
    )


def _unvalued(headlines: Sequence[HeadlineMeasure], values: Mapping[str, str], what: str) -> str:
    """Return what stands in the place of the headlines where few of them have a value."""
    known = performance.headlines_with_value(headlines, *_known(values))
    whole = performance.headline_measures(headlines)
    told = first_upper(of_all(Compared(known, None, _HEADLINES, None, whole=whole)))
    return f"{told} {'has' if (known.value or 0) < 2 else 'have'} a {what}."


def _value(row: HeadlineMeasure, values: Mapping[str, str], told: str) -> str:
    known = [values[measure] for measure in row.shown_by or () if measure in values]
    return "; ".join(known) or f"{NO_VALUE} {told}"


CHAPTER = Chapter(
    name="performance",
    title="Performance monitoring",
    pages=(notebook_page("performance", THE_DATA),),
    about=(PeriodicReport, HeadlineMeasure),
    measured=True,
    facts=facts,
    exhibits=exhibits,
)
