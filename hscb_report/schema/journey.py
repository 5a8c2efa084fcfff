"""Context, inspections, monitoring, policies and priorities."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import (
    COUNT,
    IDENTIFIER,
    SIGNED_NUMBER,
    TEXT,
    code,
    codes,
    column,
    reference,
    several,
)
from hscb_report.schema.measurements import OF_THE_MEASURE
from hscb_report.schema.row import ANEW, APART, SourcedRow, TableInfo


class Inspection(SourcedRow):
    """An inspection that the report speaks of."""

    info = TableInfo(
        "inspections",
        "Inspections",
        keys=("inspection",),
        protected=False,
        distinct=("title",),
        next_year=ANEW,
    )
    inspection: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "Title")
    judgement: str = column(TEXT, "What it said of the Board as a whole")


class InspectionStatement(SourcedRow):
    """What an inspection said of one of the areas of the Board's journey."""

    info = TableInfo(
        "inspection_statements",
        "Inspection statements",
        keys=("area", "inspection"),
        protected=False,
        next_year=ANEW,
    )
    statement_code: str = column(IDENTIFIER, "Short code, such as ofsted_governance")
    area: str = column(code(words.JOURNEY_AREA), "The area")
    inspection: str = column(reference("inspections.inspection"), "The inspection")
    said: str = column(code(words.INSPECTION_SAID), "Whether something was said of the area")
    statement: str | None = column(TEXT, "What was said, briefly")


class PeriodicReport(SourcedRow):
    """A report that the Board's group for quality assurance receives."""

    info = TableInfo(
        "periodic_reports",
        "Periodic reports received",
        keys=("report", "frequency"),
        protected=False,
    )
    report: str = column(TEXT, "What the report is about")
    frequency: str = column(code(words.FREQUENCY), "How often it comes")


class HeadlineMeasure(SourcedRow):
    """One of the headline measures that the Board follows."""

    info = TableInfo("headline_measures", "Headline measures", keys=("headline",), protected=False)
    headline: str = column(TEXT, "The measure")
    measures: int = column(
        COUNT, "How many measures the entry stands for", unit="measures", next_year="kept"
    )
    shown_by: tuple[str, ...] | None = column(
        several(reference("measures.measure"), "measures", "one or more measures"),
        "The measures that show it, where it is measured",
    )


class Policy(SourcedRow):
    """A policy or procedure, developed or scheduled."""

    info = TableInfo("policies", "Policies and procedures", keys=("policy",), protected=False)
    policy: str = column(TEXT, "Title")
    status: str = column(code(words.POLICY_STATUS), "Developed, or scheduled")


class StrategicPriority(SourcedRow):
    """One of the Board's strategic priorities."""

    info = TableInfo(
        "strategic_priorities", "Strategic priorities", keys=("priority",), protected=False
    )
    priority: int = column(COUNT, "Its number")
    title: str = column(TEXT, "What it is about")


class PriorityStatement(SourcedRow):
    """What was said, done, or claimed to have changed under a strategic priority."""

    info = TableInfo(
        "priority_statements",
        "Said, did, difference",
        keys=("priority", "kind", "position"),
        protected=False,
        next_year=ANEW,
    )
    priority: int = column(reference("strategic_priorities.priority", COUNT), "The priority")
    kind: str = column(code(words.STATEMENT_KIND), "Said, did, or difference")
    position: int = column(COUNT, "Its place in the list")
    statement: str = column(TEXT, "The statement, briefly")
    claim: str = column(code(words.CLAIM), "What change it claims")
    evidence: str | None = column(
        code(words.EVIDENCE), "What a claimed difference rests on; our grading"
    )
    measure: str | None = column(reference("measures.measure"), "The measure that shows it")
    claimed_from: Decimal | None = column(
        SIGNED_NUMBER, "The value that it says the measure had before", unit=OF_THE_MEASURE
    )
    claimed_to: Decimal | None = column(
        SIGNED_NUMBER, "The value that it says the measure has now", unit=OF_THE_MEASURE
    )


class Callout(SourcedRow):
    """A highlighted remark in the report, with the areas of the journey that it belongs to."""

    info = TableInfo("callouts", "Callouts", keys=("callout",), protected=False, next_year=APART)
    callout: str = column(TEXT, "Its name, for the directive that shows it")
    areas: tuple[str, ...] | None = column(
        codes(words.JOURNEY_AREA), "The areas of the journey that it belongs to, if any"
    )
    page: str = column(TEXT, "The page of the book that it stands on")
    text: str = column(TEXT, "The remark, briefly")


class SectionTag(SourcedRow):
    """The areas of the journey that a section of the report belongs to."""

    info = TableInfo("section_tags", "Section tags", keys=("page", "section"), protected=False)
    page: str = column(TEXT, "The page of the book")
    section: str = column(TEXT, "The section's heading")
    areas: tuple[str, ...] = column(codes(words.JOURNEY_AREA), "The areas")
