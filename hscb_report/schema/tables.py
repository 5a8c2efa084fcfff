"""The tables of a report: one class a table, one annotated field a column.

Everything that is known of a table is said here once: validation, the data dictionary, the command
`hscb-report schema` and the workbook templates are made from these declarations.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import (
    COUNT,
    DAY,
    IDENTIFIER,
    MONEY,
    MONTH,
    MONTH_OF_YEAR,
    NUMBER,
    TEXT,
    YEAR,
    Kind,
    Month,
    code,
    codes,
    column,
    kind_of,
    reference,
    refuse,
    unit_of,
)
from hscb_report.years import ReportingYear

AGENCY = reference("agencies.agency")
SOURCE = reference("sources.source")


@dataclass(frozen=True, order=True)
class Place:
    """Where a row stands: its file, relative to the data root, and its number in a spreadsheet."""

    file: str
    row: int


@dataclass(frozen=True)
class TableInfo:
    """What is true of a table as a whole.

    `keys` are the columns that together tell its rows apart. A required table must be there and
    hold at least one row. A `protected` table counts or describes children or victims: disclosure
    control decides what of it may be published. `folder` is "year" or "reference".
    """

    title: str
    keys: tuple[str, ...]
    required: bool = True
    protected: bool = False
    folder: str = "year"


class Row(BaseModel):
    """A row of any table; it knows the place it was read from."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    info: ClassVar[TableInfo]

    place: Annotated[Place, Field(exclude=True)]

    @field_validator("*", mode="before")
    @classmethod
    def _read_cell(cls, cell: Any, field: ValidationInfo) -> Any:
        """Read a cell as its column's kind says; values that are no text are taken as they are."""
        kind = kind_of(cls.model_fields[field.field_name or ""])
        return kind.parse(cell) if kind and isinstance(cell, str) else cell


class SourcedRow(Row):
    """A row that says which document it comes from, where in it, and on what basis."""

    source: str = column(SOURCE, "The document that the row comes from")
    locator: str = column(TEXT, "Where in it: lines of the extracted text (L918) or a page (p. 30)")
    basis: str = column(code(words.BASIS), "How the value relates to what the source prints")
    as_printed: str | None = column(
        TEXT, "What the source prints, where the row says something else"
    )
    note: str | None = column(TEXT, "Anything a reader of the row must know")


class Source(Row):
    """A document that rows come from."""

    info = TableInfo("Sources", keys=("source",))
    source: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "Title of the document")
    publisher: str = column(TEXT, "Who published it")
    published: Month = column(MONTH, "Month of publication")
    locator_means: str = column(TEXT, "What a locator counts in this document")


class Agency(Row):
    """An organisation, or a body within one, that pays, sits on the Board or is asked for data."""

    info = TableInfo("Agencies", keys=("agency",), folder="reference")
    agency: str = column(IDENTIFIER, "Short code")
    name: str = column(TEXT, "Name in full")
    valid_from: Month | None = column(MONTH, "First month in which it existed, where known")
    valid_to: Month | None = column(MONTH, "Last month in which it existed, where it has ended")
    part_of: str | None = column(AGENCY, "The agency that it is a part of")
    successor: str | None = column(TEXT, "What took over its work")
    note: str | None = column(TEXT, "Anything a reader of the row must know")


class AgencyAlias(Row):
    """Another name under which documents speak of an agency."""

    info = TableInfo("Agency aliases", keys=("alias",), folder="reference")
    alias: str = column(TEXT, "The name as printed")
    agency: str = column(AGENCY, "The agency that it means")
    basis: str = column(code(words.BASIS), "Whether the source says so or we infer it")
    note: str | None = column(TEXT, "Why we think so, where it is inferred")


class Measure(Row):
    """What a context measure counts."""

    info = TableInfo("Measures", keys=("measure",), folder="reference")
    measure: str = column(IDENTIFIER, "Short code")
    name: str = column(TEXT, "Name")
    unit: str = column(TEXT, "What is counted")
    per: int | None = column(COUNT, "For a rate: per how many of the population")
    ceiling: Decimal | None = column(NUMBER, "For a rate: the highest that is plausible")
    better: str = column(code(words.DIRECTION), "Which direction is the better one")
    definition: str = column(TEXT, "What is counted, in whom")


class Contribution(SourcedRow):
    """What an agency paid to the Board in the year."""

    info = TableInfo("Agencies' contributions", keys=("agency",))
    agency: str = column(AGENCY, "The agency that pays")
    organisation: str = column(TEXT, "The agency as printed")
    amount: Decimal = column(MONEY, "What it paid in the year", unit="pounds")


class Expenditure(SourcedRow):
    """What the Board spent on one thing in the year."""

    info = TableInfo("Expenditure", keys=("line",))
    line: str = column(TEXT, "What the money was spent on, as the budget calls it")
    statutory_heading: str = column(
        code(words.STATUTORY_HEADING),
        "The heading under which Working Together 2013 asks for spend; our coding",
    )
    amount: Decimal = column(MONEY, "What was spent in the year", unit="pounds")


class FundBalance(SourcedRow):
    """Money carried over a year's end."""

    info = TableInfo("Fund balances", keys=("balance",))
    balance: str = column(code(words.BALANCE), "Which year's end")
    amount: Decimal = column(MONEY, "The balance", unit="pounds")


class BudgetTotal(SourcedRow):
    """A total that the source prints, kept apart from the totals that we work out."""

    info = TableInfo("Budget totals as printed", keys=("total",))
    total: str = column(code(words.BUDGET_TOTAL), "Which total")
    amount: Decimal = column(MONEY, "The total as printed", unit="pounds")


class Referral(SourcedRow):
    """Cases referred to the Joint Case Review group in the year."""

    info = TableInfo("Referrals to the Joint Case Review group", keys=("stream",), protected=True)
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    received: int = column(COUNT, "Referrals received in the year", unit="referrals")


class ReferralOutcome(SourcedRow):
    """What was decided on the cases referred in the year."""

    info = TableInfo("Outcomes of referrals", keys=("stream", "outcome"), protected=True)
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    outcome: str = column(code(words.REFERRAL_OUTCOME), "What was decided")
    referrals: int = column(COUNT, "Referrals with this outcome", unit="referrals")
    method: str | None = column(code(words.REVIEW_METHOD), "The review method used")


class ReviewCarriedOver(SourcedRow):
    """Reviews completed in the year on cases referred in an earlier year; not an outcome."""

    info = TableInfo("Reviews carried over", keys=("stream", "referred_in"), protected=True)
    stream: str = column(code(words.STREAM), "Whom the case concerns")
    referred_in: ReportingYear = column(YEAR, "The year in which the case was referred")
    completed: int = column(COUNT, "Reviews completed in the reporting year", unit="reviews")


class ReferralTotal(SourcedRow):
    """A year's number of referrals as the text states it."""

    info = TableInfo("Referral totals as stated", keys=("year",), protected=True)
    year: ReportingYear = column(YEAR, "The reporting year")
    referrals: int = column(COUNT, "Referrals of all streams in that year", unit="referrals")


class ChildDeath(SourcedRow):
    """A count of child deaths, or of reviews of them, by one dimension."""

    info = TableInfo(
        "Child deaths and reviews", keys=("counted", "dimension", "category"), protected=True
    )
    counted: str = column(code(words.COUNTED), "Deaths of the year, or reviews completed in it")
    dimension: str = column(code(words.DEATH_DIMENSION), "What the count is broken down by")
    category: str = column(code(words.DEATH_CATEGORY), "The category of that dimension")
    children: int = column(COUNT, "Number of children", unit="children")

    @field_validator("category")
    @classmethod
    def _category_of_dimension(cls, category: str, fields: ValidationInfo) -> str:
        allowed = words.DEATH_CATEGORIES.get(fields.data.get("dimension", ""), {category: ""})
        if category in allowed:
            return category
        dimension = fields.data["dimension"]
        raise refuse("category", f"expected, for {dimension}, one of: {', '.join(allowed)}.")


class CdopLesson(SourcedRow):
    """A lesson of the Child Death Overview Panel and what was done about it."""

    info = TableInfo("Lessons from child death reviews", keys=("lesson",), protected=True)
    lesson: str = column(IDENTIFIER, "Short code")
    theme: str = column(TEXT, "What the lesson is about")
    learnt: str = column(TEXT, "The lesson, retold briefly")
    action: str = column(TEXT, "What the Board did, retold briefly")


class TrainingOffer(SourcedRow):
    """A course, event or module that the Board offers."""

    info = TableInfo("Training offers", keys=("offer",))
    offer: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "Title")
    theme: str = column(TEXT, "What it is about")
    level: str = column(code(words.TRAINING_LEVEL), "For whom: universal, targeted or specialist")
    mode: str = column(code(words.TRAINING_MODE), "How it is delivered")


class TrainingDelivery(SourcedRow):
    """How often an offer was delivered in a period, and to how many."""

    info = TableInfo("Training deliveries", keys=("offer", "first_month"))
    offer: str = column(reference("training_offers.offer"), "The offer")
    first_month: Month = column(MONTH_OF_YEAR, "First month of the period counted")
    last_month: Month = column(MONTH_OF_YEAR, "Last month of the period counted")
    sessions: int | None = column(COUNT, "Number of events or courses", unit="sessions")
    attended: int = column(COUNT, "How many people attended", unit="people")
    booked: int | None = column(COUNT, "How many places were booked", unit="people")
    cancelled: int | None = column(COUNT, "How many bookings were cancelled", unit="people")
    no_show: int | None = column(COUNT, "How many booked and did not come", unit="people")
    walk_in: int | None = column(COUNT, "How many came without a booking", unit="people")
    counted_as: str = column(code(words.ATTENDANCE_UNIT), "What the source calls them")
    in_total: str = column(
        code(words.YES_NO_UNKNOWN), "Whether they are among all practitioners trained in the year"
    )


class TrainingTotal(SourcedRow):
    """All practitioners trained in the year, as the source states it."""

    info = TableInfo("Training totals as stated", keys=("total",))
    total: str = column(TEXT, "What is counted")
    attended: int = column(COUNT, "How many people", unit="practitioners")


class EstablishmentCoverage(SourcedRow):
    """How many establishments of a kind sent someone to an offer."""

    info = TableInfo("Establishments represented", keys=("offer", "establishments"))
    offer: str = column(reference("training_offers.offer"), "The offer")
    establishments: str = column(TEXT, "Which establishments are counted")
    represented: int = column(COUNT, "How many were represented", unit="establishments")
    eligible: int | None = column(COUNT, "How many there are", unit="establishments")


class AuditActivity(SourcedRow):
    """A part of the year's audit and review programme."""

    info = TableInfo("Audit and review programme", keys=("activity",), protected=True)
    activity: str = column(code(words.AUDIT_KIND), "Which part")
    number: int = column(COUNT, "How many audits or reviews", unit="audits or reviews")
    cases: int | None = column(COUNT, "How many cases they looked at together", unit="cases")
    serious_case_reviews: int | None = column(
        COUNT, "How many of them were Serious Case Reviews", unit="reviews"
    )


class Audit(SourcedRow):
    """A first audit and the audit that reviewed it."""

    info = TableInfo("Audits", keys=("audit",))
    audit: str = column(IDENTIFIER, "Short code")
    programme: str = column(IDENTIFIER, "The thematic audit that it belongs to")
    programme_title: str = column(TEXT, "What that thematic audit is about")
    subject: str = column(TEXT, "What was audited")
    first_audit: Month = column(MONTH_OF_YEAR, "Month of the first audit")
    review_audit: Month | None = column(MONTH_OF_YEAR, "Month of the review audit")


class AuditFinding(SourcedRow):
    """A finding of a first audit, what its review found, and the impact."""

    info = TableInfo("Audit findings", keys=("finding",))
    finding: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "Short title")
    programme: str = column(reference("audits.programme"), "The thematic audit that it belongs to")
    initial: str = column(TEXT, "What the first audit found, retold briefly")
    review: str = column(TEXT, "What the review audit found, retold briefly")
    impact: str = column(TEXT, "The impact assessed, retold briefly")
    status: str = column(code(words.FINDING_STATUS), "Where it stood at the review; our coding")


class MeasureValue(SourcedRow):
    """The value of a context measure in an area and period."""

    info = TableInfo("Values of context measures", keys=("measure", "area", "period"))
    measure: str = column(reference("measures.measure"), "The measure")
    area: str = column(TEXT, "The area that it is measured in")
    period: str = column(TEXT, "The period, or the date it is true of, in words")
    qualifier: str = column(code(words.VALUE_QUALIFIER), "How exact the source says the value is")
    value: Decimal = column(NUMBER, "The value, in the unit of the measure", unit="see the measure")
    numerator: Decimal | None = column(NUMBER, "For a rate: what was counted, where stated")
    denominator: Decimal | None = column(NUMBER, "For a rate: of how many, where stated")
    printed_per: int | None = column(COUNT, "For a rate: per how many, as the source prints it")


class Membership(SourcedRow):
    """A seat on the Board, by role."""

    info = TableInfo("Membership", keys=("agency", "role"))
    agency: str = column(AGENCY, "The organisation that the member comes from")
    role: str = column(TEXT, "Role or job title")
    people: int = column(COUNT, "Number of people in this role", unit="people")
    represents: str | None = column(TEXT, "Whom the member represents, where not the organisation")
    organisation: str = column(TEXT, "The organisation as printed")


class StatutoryRequirement(Row):
    """What guidance asks of an annual report; a profile is one version of the guidance."""

    info = TableInfo("Statutory requirements", keys=("profile", "requirement"), folder="reference")
    profile: str = column(TEXT, "Which guidance, such as working_together_2013")
    requirement: str = column(IDENTIFIER, "Short code")
    asks_for: str = column(TEXT, "What is asked for, retold briefly")
    authority: str = column(TEXT, "Where it is asked for: guidance, chapter, section")


class RequirementCoverage(SourcedRow):
    """Where this year's report meets a requirement, and how."""

    info = TableInfo("Coverage of requirements", keys=("profile", "requirement", "page"))
    profile: str = column(TEXT, "The guidance")
    requirement: str = column(reference("requirements.requirement"), "The requirement")
    page: str = column(TEXT, "The page of the book, such as chapters/05-budget")
    coverage: str = column(code(words.COVERAGE), "Whether by evidence, narrative, or not at all")
    how: str = column(TEXT, "How it is met, or what is missing")


class Inspection(SourcedRow):
    """An inspection that the report speaks of."""

    info = TableInfo("Inspections", keys=("inspection",))
    inspection: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "Title")
    judgement: str = column(TEXT, "What it said of the Board as a whole")


class InspectionStatement(SourcedRow):
    """What an inspection said of one of the seven areas of the Board's journey."""

    info = TableInfo("Inspection statements", keys=("area", "inspection"))
    area: str = column(code(words.JOURNEY_AREA), "The area")
    inspection: str = column(reference("inspections.inspection"), "The inspection")
    said: str = column(code(words.SAID), "Whether something was said of the area")
    statement: str | None = column(TEXT, "What was said, retold briefly")


class PeriodicReport(SourcedRow):
    """A report that the Quality Assurance and Evaluation sub group receives."""

    info = TableInfo("Periodic reports received", keys=("report", "frequency"))
    report: str = column(TEXT, "What the report is about")
    frequency: str = column(code(words.FREQUENCY), "How often it comes")


class HeadlineMeasure(SourcedRow):
    """One of the headline measures that the Board follows."""

    info = TableInfo("Headline measures", keys=("headline",))
    headline: str = column(TEXT, "The measure as printed")
    measures: int = column(COUNT, "How many measures the entry stands for", unit="measures")
    value: Decimal | None = column(NUMBER, "Its value, where one is published")


class StatedCount(SourcedRow):
    """A number of things that the text announces, and the table that lists them."""

    info = TableInfo("Counts that the text announces", keys=("statement",))
    statement: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "What is announced")
    stated: int = column(COUNT, "How many are announced", unit="items")
    table: str = column(TEXT, "The table that lists them")
    adds_up: str | None = column(TEXT, "The column to add up; empty: rows are counted")
    where: str | None = column(TEXT, "Only rows in which column=code, such as status=developed")


class Policy(SourcedRow):
    """A policy or procedure, developed or scheduled."""

    info = TableInfo("Policies and procedures", keys=("policy",))
    policy: str = column(TEXT, "Title")
    status: str = column(code(words.POLICY_STATUS), "Developed, or scheduled")


class StrategicPriority(SourcedRow):
    """One of the Board's strategic priorities."""

    info = TableInfo("Strategic priorities", keys=("priority",))
    priority: int = column(COUNT, "Its number")
    title: str = column(TEXT, "What it is about, as printed")


class PriorityStatement(SourcedRow):
    """What was said, done, or claimed to have changed under a strategic priority."""

    info = TableInfo("Said, did, difference", keys=("priority", "kind", "position"))
    priority: int = column(reference("strategic_priorities.priority", COUNT), "The priority")
    kind: str = column(code(words.STATEMENT_KIND), "Said, did, or difference")
    position: int = column(COUNT, "Its place in the list")
    statement: str = column(TEXT, "The statement, retold briefly")
    claim: str = column(code(words.CLAIM), "What change it claims")
    evidence: str | None = column(
        code(words.EVIDENCE), "What a claimed difference rests on; our grading"
    )
    measure: str | None = column(reference("measures.measure"), "The measure that shows it")


class Callout(SourcedRow):
    """A highlighted remark in the report, with the areas of the journey that it belongs to."""

    info = TableInfo("Callouts", keys=("callout",))
    callout: str = column(TEXT, "Its name, for the directive that shows it")
    areas: tuple[str, ...] = column(codes(words.JOURNEY_AREA), "The areas")
    page: str = column(TEXT, "The page of the book that it stands on")
    text: str = column(TEXT, "The remark, retold briefly")


class SectionTag(SourcedRow):
    """The areas of the journey that a section of the report belongs to."""

    info = TableInfo("Section tags", keys=("page", "section"))
    page: str = column(TEXT, "The page of the book")
    section: str = column(TEXT, "The section's heading")
    areas: tuple[str, ...] = column(codes(words.JOURNEY_AREA), "The areas")


class Group(SourcedRow):
    """The Board itself, or one of its groups."""

    info = TableInfo("Groups", keys=("group",))
    group: str = column(IDENTIFIER, "Short code")
    name: str = column(TEXT, "Name as printed")


class AttendanceAgency(SourcedRow):
    """An agency whose attendance is rated."""

    info = TableInfo("Agencies whose attendance is rated", keys=("agency",))
    agency: str = column(AGENCY, "The agency")
    organisation: str = column(TEXT, "The agency as printed")


class AttendanceRating(SourcedRow):
    """How an agency attended a group, by the key of the report."""

    info = TableInfo("Attendance ratings", keys=("agency", "group"), required=False)
    agency: str = column(reference("attendance_agencies.agency"), "The agency")
    group: str = column(reference("groups.group"), "The group")
    rating: str = column(code(words.ATTENDANCE_RATING), "The rating")


class AttendanceRecord(SourcedRow):
    """Who came to a meeting of a group."""

    info = TableInfo("Attendance records", keys=("group", "day", "agency"), required=False)
    group: str = column(reference("groups.group"), "The group")
    day: date = column(DAY, "The day of the meeting")
    agency: str = column(reference("attendance_agencies.agency"), "The agency")
    presence: str = column(code(words.PRESENCE), "Whether it came")


class Discrepancy(SourcedRow):
    """Something that is wrong, or cannot be decided, in the source."""

    info = TableInfo("Discrepancies in the source", keys=("discrepancy",))
    discrepancy: str = column(TEXT, "Its number, such as I-01")
    what: str = column(TEXT, "What is wrong")
    rule: str | None = column(TEXT, "The rule that finds it; empty: no rule can")
    treatment: str = column(code(words.DISCREPANCY), "What this project does about it")
    how: str = column(TEXT, "How, in words")


class Acceptance(Row):
    """A warning that someone has looked at and accepted."""

    info = TableInfo("Accepted warnings", keys=("rule", "file", "row"), required=False)
    rule: str = column(TEXT, "The rule, such as R23")
    file: str = column(TEXT, "The file that the finding names")
    row: int | None = column(COUNT, "The row that it names; empty: no single row", unit="row")
    reason: str = column(TEXT, "Why it is accepted")
    role: str = column(TEXT, "Who accepted it, by role")
    accepted: date = column(DAY, "When")


class NumberExemption(Row):
    """A number in the text that is no fact: a date, a statute, a page."""

    info = TableInfo("Numbers exempt from being facts", keys=("pattern",), required=False)
    pattern: str = column(TEXT, "The words, exactly as they stand in the text")
    reason: str = column(TEXT, "Why it is no figure of the data")


@dataclass(frozen=True)
class Tables:
    """The tables of one year, in the order in which they are read and documented."""

    agencies: tuple[Agency, ...] = ()
    agency_aliases: tuple[AgencyAlias, ...] = ()
    measures: tuple[Measure, ...] = ()
    requirements: tuple[StatutoryRequirement, ...] = ()
    sources: tuple[Source, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    expenditure: tuple[Expenditure, ...] = ()
    fund_balances: tuple[FundBalance, ...] = ()
    budget_totals: tuple[BudgetTotal, ...] = ()
    referrals: tuple[Referral, ...] = ()
    referral_outcomes: tuple[ReferralOutcome, ...] = ()
    reviews_carried_over: tuple[ReviewCarriedOver, ...] = ()
    referral_totals: tuple[ReferralTotal, ...] = ()
    child_deaths: tuple[ChildDeath, ...] = ()
    cdop_lessons: tuple[CdopLesson, ...] = ()
    training_offers: tuple[TrainingOffer, ...] = ()
    training_deliveries: tuple[TrainingDelivery, ...] = ()
    training_totals: tuple[TrainingTotal, ...] = ()
    establishment_coverage: tuple[EstablishmentCoverage, ...] = ()
    audit_programme: tuple[AuditActivity, ...] = ()
    audits: tuple[Audit, ...] = ()
    audit_findings: tuple[AuditFinding, ...] = ()
    measure_values: tuple[MeasureValue, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    inspection_statements: tuple[InspectionStatement, ...] = ()
    periodic_reports: tuple[PeriodicReport, ...] = ()
    headline_measures: tuple[HeadlineMeasure, ...] = ()
    policies: tuple[Policy, ...] = ()
    strategic_priorities: tuple[StrategicPriority, ...] = ()
    priority_statements: tuple[PriorityStatement, ...] = ()
    callouts: tuple[Callout, ...] = ()
    section_tags: tuple[SectionTag, ...] = ()
    membership: tuple[Membership, ...] = ()
    groups: tuple[Group, ...] = ()
    attendance_agencies: tuple[AttendanceAgency, ...] = ()
    attendance_ratings: tuple[AttendanceRating, ...] = ()
    attendance_records: tuple[AttendanceRecord, ...] = ()
    stated_counts: tuple[StatedCount, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    requirement_coverage: tuple[RequirementCoverage, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    exempt_numbers: tuple[NumberExemption, ...] = ()


@dataclass(frozen=True)
class ColumnInfo:
    """What the schema says of a column."""

    name: str
    kind: Kind
    unit: str | None
    required: bool
    description: str


@dataclass(frozen=True)
class Table:
    """A declared table: its name, its row class, and what follows from them."""

    name: str
    row: type[Row]

    @property
    def info(self) -> TableInfo:
        """What is true of the table as a whole."""
        return self.row.info

    @property
    def columns(self) -> tuple[ColumnInfo, ...]:
        """The columns: the table's own first, then where the row comes from."""
        sourced = SourcedRow.model_fields if issubclass(self.row, SourcedRow) else ()
        own = [name for name in self.row.model_fields if name not in sourced]
        names = [name for name in (*own, *sourced) if name != "place"]
        return tuple(_column_info(self.row, name) for name in names)

    def path(self, year: object) -> str:
        """Return the path of the table's file, relative to the data root."""
        folder = "reference" if self.info.folder == "reference" else str(year)
        return f"{folder}/{self.name}.csv"


def declared_tables() -> tuple[Table, ...]:
    """Return every declared table, in reading order."""
    hints = get_type_hints(Tables)
    return tuple(Table(field.name, get_args(hints[field.name])[0]) for field in fields(Tables))


def _column_info(row: type[Row], name: str) -> ColumnInfo:
    field = row.model_fields[name]
    kind = kind_of(field)
    assert kind is not None, f"{row.__name__}.{name} is not declared with column()"
    return ColumnInfo(
        name=name,
        kind=kind,
        unit=unit_of(field),
        required=type(None) not in get_args(field.annotation),
        description=field.description or "",
    )
