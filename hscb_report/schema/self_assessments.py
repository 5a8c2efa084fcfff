"""Self-assessments: the standards that agencies hold themselves to, and how they graded each."""

from __future__ import annotations

from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from hscb_report.schema.columns import IDENTIFIER, MONTH, TEXT, YEAR, code, column
from hscb_report.schema.row import AGENCY, Row, SourcedRow, TableInfo
from hscb_report.years import ReportingYear


class Standard(Row):
    """A standard of an exercise in which agencies assess themselves."""

    info = TableInfo(
        "standards",
        "Standards of self-assessments",
        keys=("exercise", "standard"),
        folder="reference",
        protected=False,
    )
    exercise: str = column(code(words.EXERCISE), "The exercise that it belongs to")
    standard: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "What it asks for, briefly")
    first_year: ReportingYear | None = column(YEAR, "The first year in which it was asked")
    last_year: ReportingYear | None = column(YEAR, "The last such year; empty: it still is")


class SelfAssessment(SourcedRow):
    """The grade that an agency gave itself for a standard."""

    info = TableInfo(
        "self_assessments",
        "Self-assessments",
        keys=("exercise", "agency", "standard"),
        protected=False,
    )
    exercise: str = column(code(words.EXERCISE), "The exercise")
    agency: str = column(AGENCY, "The agency that assessed itself")
    standard: str = column(IDENTIFIER, "The standard, by its code in standards.csv")
    grade: str = column(
        code(words.SELF_ASSESSMENT_GRADE), "The grade that it gave itself", next_year="empty"
    )
    assessed: Month | None = column(MONTH, "Month in which it assessed itself", next_year="empty")
