"""The tables of a report, one field a table, in the order in which they are read.

Everything that is known of a table is said once, in its row's class: validation, the data
dictionary, the command `hscb-report schema` and the workbook templates are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import get_args, get_type_hints

from hscb_report.schema.assurance import (
    Acceptance,
    Discrepancy,
    NumberExemption,
    RequirementCoverage,
    StatedCount,
)
from hscb_report.schema.board import (
    AttendanceAgency,
    AttendanceRating,
    AttendanceRecord,
    Group,
    Membership,
)
from hscb_report.schema.cases import (
    CdopLesson,
    ChildDeath,
    Referral,
    ReferralOutcome,
    ReferralTotal,
    ReviewCarriedOver,
)
from hscb_report.schema.columns import Kind, kind_of, unit_of
from hscb_report.schema.finance import BudgetTotal, Contribution, Expenditure, FundBalance
from hscb_report.schema.journey import (
    Callout,
    HeadlineMeasure,
    Inspection,
    InspectionStatement,
    MeasureValue,
    PeriodicReport,
    Policy,
    PriorityStatement,
    SectionTag,
    StrategicPriority,
)
from hscb_report.schema.learning import (
    Audit,
    AuditActivity,
    AuditFinding,
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingOffer,
    TrainingTotal,
)
from hscb_report.schema.plan import (
    ActionArea,
    ActionStatus,
    DevelopmentArea,
    Objective,
    PlanGroup,
    PlanHeading,
    PlannedAction,
    StatedPriority,
    Thread,
)
from hscb_report.schema.reference import Agency, AgencyAlias, Measure, Source, StatutoryRequirement
from hscb_report.schema.row import Row, SourcedRow, TableInfo
from hscb_report.schema.scrutiny import CoveringItem


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
    plan_groups: tuple[PlanGroup, ...] = ()
    plan_headings: tuple[PlanHeading, ...] = ()
    development_areas: tuple[DevelopmentArea, ...] = ()
    action_areas: tuple[ActionArea, ...] = ()
    objectives: tuple[Objective, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    action_status: tuple[ActionStatus, ...] = ()
    stated_priorities: tuple[StatedPriority, ...] = ()
    golden_thread: tuple[Thread, ...] = ()
    covering_report: tuple[CoveringItem, ...] = ()
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
