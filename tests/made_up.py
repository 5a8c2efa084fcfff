"""Made-up years: tables of a few rows, and the data of a year around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from hscb_report.checks.rule import Rule, RuleResult, run_rules
from hscb_report.findings import Finding
from hscb_report.report import table_schemas
from hscb_report.schema import Place, Row, Tables, YearData
from hscb_report.schema.board import AttendanceRecord
from hscb_report.schema.measurements import Area, Measure, Measurement, ProtectedMeasurement
from hscb_report.years import ReportingYear
from tests.in_force import IN_FORCE

YEAR = ReportingYear(2013)
AnyRow = TypeVar("AnyRow", bound=Row)
SOURCED = {"source": "ar", "locator": "L1", "basis": "derived", "as_printed": None, "note": None}


def tables_of(**rows: Iterable[Row]) -> Tables:
    """Return tables that hold these rows, by the names of their files."""
    return Tables({name: tuple(found) for name, found in rows.items()})


def with_tables(tables: Tables, **rows: Iterable[Row]) -> Tables:
    """Return the tables with other rows in some of them."""
    return Tables({**tables.rows, **{name: tuple(found) for name, found in rows.items()}})


def year_of(tables: Tables, **known: Any) -> YearData:
    """Return the data of 2013-14 with these tables, and with what else is known of the year."""
    return YearData(**{"year": YEAR, "tables": tables, "vocabularies": IN_FORCE, **known})


def with_settings(data: YearData, **changed: Any) -> YearData:
    """Return the data of a year with other settings of the year, such as another kind."""
    known = data.sound_settings
    year = known.year.model_copy(update=changed)
    return replace(data, settings=replace(known, year=year))


def with_words(data: YearData, name: str, **labels: str) -> YearData:
    """Return the data of a year with other words in a vocabulary, none of which means anything."""
    own = replace(IN_FORCE[name], labels=labels, means={}, of={})
    return replace(data, vocabularies={**data.vocabularies, name: own})


def result_of(rule: Rule, tables: Tables, **known: Any) -> RuleResult:
    """Return what comes of one rule over these tables; each finding says what to do."""
    result = run_rules([rule], year_of(tables, **known))[0]
    assert_says_what_to_do(result.findings)
    return result


def assert_says_what_to_do(findings: Iterable[Finding]) -> None:
    """Hold every finding to a column that there is, and to words that say what to do."""
    columns = {t.name: {column.name for column in t.columns} for t in table_schemas()}
    for finding in findings:
        name = finding.file.rsplit("/", 1)[-1].removesuffix(".csv")
        assert finding.column is None or finding.column in columns.get(name, {finding.column})
        assert finding.message.endswith(".")
        assert finding.hint
        assert finding.hint.endswith((".", "?"))
        assert finding.hint[0].isupper()


def row_of(row_class: type[AnyRow], **cells: object) -> AnyRow:
    """Return a row of these cells, read with the words in force."""
    return row_class.model_validate(cells, context=IN_FORCE)


def placed(file: str, rows: list[dict[str, object]], row_class: type[Row]) -> tuple:
    """Return rows of a class, numbered from 2 as in a file; columns not named are empty."""
    empty = dict.fromkeys(row_class.model_fields)
    return tuple(
        row_of(row_class, **{**empty, **SOURCED, **row, "place": Place(file, number)})
        for number, row in enumerate(rows, 2)
    )


def only_own(file: str, rows: list[dict[str, object]], row_class: type[Row]) -> tuple:
    """Return rows of a class that says nothing of its source; columns not named are empty."""
    empty = {name: None for name in row_class.model_fields if name != "place"}
    return tuple(
        row_of(row_class, **{**empty, **row, "place": Place(file, number)})
        for number, row in enumerate(rows, 2)
    )


MEASURE = {
    "measure": "plans",
    "name": "Plans",
    "chapter": "context",
    "unit": "children",
    "better": "lower",
    "counts": "children",
    "protected": "no",
    "definition": "Children with a plan",
}
AREAS = {
    "Here": "own",
    "Nearby": "neighbour",
    "Elsewhere": "neighbour",
    "Yonder": "neighbour",
    "The North": "region",
    "England": "nation",
}


def measured(
    *values: dict[str, object],
    measures: Iterable[dict[str, object]] = ({},),
    areas: dict[str, str] | None = None,
    protected: Iterable[dict[str, object]] = (),
    year: str = "2013-14",
) -> Tables:
    """Return tables of measurements; what is not said is that children have plans here in the year.

    `protected` are those that stand in the table of protected counts.
    """
    usual = {"measure": "plans", "area": "Here", "period": year}
    kinds = AREAS if areas is None else areas
    listed = [{"area": area, "kind": kind} for area, kind in kinds.items()]
    rows = {
        kind.info.name: placed(
            f"{year}/{kind.info.name}.csv", [{**usual, **row} for row in found], kind
        )
        for kind, found in ((Measurement, values), (ProtectedMeasurement, protected))
    }
    return tables_of(
        measures=only_own("reference/measures.csv", [{**MEASURE, **m} for m in measures], Measure),
        areas=only_own("reference/areas.csv", listed, Area),
        **rows,
    )


def earlier_year(first: int, *values: dict[str, object], **known: Any) -> YearData:
    """Return the data of an earlier year, of the year that begins in `first`, of measurements."""
    year = ReportingYear(first)
    return year_of(measured(*values, year=str(year), **known), year=year)


def attendance_records(agency: str, group: str, presences: Iterable[str]) -> tuple:
    """Return an agency's records in a group, one a meeting, a day apart."""
    rows = [
        {"agency": agency, "group": group, "day": date(2013, 4, 1) + timedelta(n), "presence": came}
        for n, came in enumerate(presences)
    ]
    return placed("2013-14/attendance_records.csv", rows, AttendanceRecord)
