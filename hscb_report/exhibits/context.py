"""The table of context measures."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.exhibits.exhibit import Column, Exhibit, exhibit
from hscb_report.figures import cell
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import MeasureValue
from hscb_report.units import count_of
from hscb_report.years import ReportingYear


def exhibits(tables: Tables, year: ReportingYear) -> Iterator[Exhibit]:
    """Yield the context measures."""
    yield _context(tables, year)


def _context(tables: Tables, year: ReportingYear) -> Exhibit:
    measures = {row.measure: row for row in tables.measures}
    printed = [row for row in tables.measure_values if row.as_printed]
    return exhibit(
        "context-measures",
        f"The context of safeguarding, as published in the report for {year}",
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
                row.period,
                words.VALUE_QUALIFIER[row.qualifier],
                cell(row, "value"),
                _unit(tables, row),
            )
            for row in tables.measure_values
        ],
        *(
            f'{measures[row.measure].name}, {row.area}: the source prints "{row.as_printed}".'
            for row in printed
        ),
        row_headers=2,
    )


def _unit(tables: Tables, row: MeasureValue) -> str:
    measure = next(m for m in tables.measures if m.measure == row.measure)
    return measure.unit if measure.per is None else f"{measure.unit} per {measure.per:,}"
