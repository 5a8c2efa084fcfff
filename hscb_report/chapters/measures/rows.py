"""What the rules about measurements look at."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hscb_report.calculations import measurements
from hscb_report.checks.rule import Breaches, Rule
from hscb_report.findings import Severity
from hscb_report.schema import Row, YearData
from hscb_report.schema.measurements import (
    MEASURED,
    Measure,
    Measurement,
    ProtectedMeasurement,
)
from hscb_report.schema.measurements import measurements as measurements_of


def measures_of(data: YearData) -> dict[str, Measure]:
    """Return the measures by their codes."""
    return {row.measure: row for row in data.tables[Measure]}


def rows_of(data: YearData) -> list[tuple[Measurement, Measure]]:
    """Return every measurement with its measure."""
    measures = measures_of(data)
    return [(row, measures[row.measure]) for row in measurements_of(data.tables)]


def value_of(measure: Measure, row: Measurement) -> Decimal | None:
    """Return a measurement's value, worked out from its numerator and denominator if need be."""
    found = measurements.value((), measure, row).value
    return None if found is None else Decimal(found)


def cell_told(row: Measurement, text: object) -> str | None:
    """Return what a cell holds, nothing of a protected one."""
    return None if isinstance(row, ProtectedMeasurement) else str(text)


def rule_about(
    code: str,
    title: str,
    check: Callable[[YearData], Breaches],
    severity: Severity = "error",
    *others: type[Row],
) -> Rule:
    """Return a rule about measurements, which either table may hold, and about `others`."""
    return Rule(code, title, severity, (Measure,), check, may_be_empty=(*others, *MEASURED))
