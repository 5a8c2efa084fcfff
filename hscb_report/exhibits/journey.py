"""The improvement journey, performance monitoring, policies and priorities as tables."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.exhibits.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.figures import cell
from hscb_report.measures import priorities
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import HeadlineMeasure, InspectionStatement, StrategicPriority
from hscb_report.units import count_of
from hscb_report.years import ReportingYear


def exhibits(tables: Tables, year: ReportingYear) -> Iterator[Exhibit]:
    """Yield the tables of the journey, of monitoring, of policies and of priorities."""
    yield _journey(tables)
    for area in words.JOURNEY_AREA:
        yield _area(tables, area)
    yield exhibit(
        "periodic-reports",
        f"Reports that the Quality Assurance and Evaluation sub group received, {year}",
        (Column("Report"), Column("How often")),
        [(row.report, words.FREQUENCY[row.frequency]) for row in tables.periodic_reports],
    )
    yield exhibit(
        "headline-measures",
        f"Child Protection Headlines, {year}",
        (
            Column("Headline"),
            Column("Measures", count_of("measures")),
            Column("Value", count_of("as the headline says")),
        ),
        [(row.headline, cell(row, "measures"), _value(row)) for row in tables.headline_measures],
        "The source names these measures and publishes no value for any of them.",
    )
    yield exhibit(
        "policies",
        f"Policies and procedures developed in {year}, and scheduled for the next year",
        (Column("Policy or procedure"), Column("Status")),
        [(row.policy, words.POLICY_STATUS[row.status]) for row in tables.policies],
    )
    for priority in tables.strategic_priorities:
        yield _priority(tables, priority)
    yield exhibit(
        "evidence-grades",
        f"What the claimed differences rest on, {year}",
        (Column("Evidence"), Column("Claimed differences", count_of("statements"))),
        [
            (_first_upper(words.EVIDENCE[grade.evidence]), grade.differences)
            for grade in priorities.grades(tables.priority_statements)
        ],
        "The grading is this project's.",
    )


def _value(row: HeadlineMeasure) -> Cell:
    return "no value published" if row.value is None else cell(row, "value")


def _journey(tables: Tables) -> Exhibit:
    said = {(row.area, row.inspection): row for row in tables.inspection_statements}
    return exhibit(
        "inspection-journey",
        "What inspectors said of each area of the improvement journey",
        (Column("Area"), *(Column(row.title) for row in tables.inspections)),
        [
            (label, *(_said(said.get((area, i.inspection))) for i in tables.inspections))
            for area, label in words.JOURNEY_AREA.items()
        ],
        *(f"{row.title}, on the Board as a whole: {row.judgement}." for row in tables.inspections),
        "Statements are retold briefly.",
    )


def _area(tables: Tables, area: str) -> Exhibit:
    titles = {row.inspection: row.title for row in tables.inspections}
    return exhibit(
        f"area-{area.replace('_', '-')}",
        f"{words.JOURNEY_AREA[area]}: what inspectors said",
        (Column("Inspection"), Column("What was said")),
        [
            (titles[row.inspection], _said(row))
            for row in tables.inspection_statements
            if row.area == area
        ],
    )


def _said(row: InspectionStatement | None) -> str:
    return "not recoverable" if row is None else row.statement or f"{words.SAID[row.said]}"


def _priority(tables: Tables, priority: StrategicPriority) -> Exhibit:
    rows = [row for row in tables.priority_statements if row.priority == priority.priority]
    return exhibit(
        f"priority-{priority.priority}",
        f"Priority {priority.priority}: {priority.title}",
        (Column("Statement"), Column("Kind"), Column("Claims"), Column("Rests on")),
        [
            (
                row.statement,
                words.STATEMENT_KIND[row.kind],
                words.CLAIM[row.claim],
                words.EVIDENCE[row.evidence] if row.evidence else "not graded",
            )
            for row in rows
        ],
        "Statements are retold briefly; only claimed differences are graded.",
    )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
