"""The Business Plan for the next year: development areas, actions, their statuses, the groups."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from pydantic import ValidationInfo, field_validator

from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month, refuse
from hscb_report.schema.columns import (
    ACTION,
    ACTION_AREA,
    COUNT,
    DAY,
    IDENTIFIER,
    PRINTED,
    SEVERAL_MONTHS,
    SEVERAL_YEARS,
    TEXT,
    code,
    codes,
    column,
    reference,
    several,
)
from hscb_report.schema.row import AGENCY, ANEW, APART, Row, SourcedRow, TableInfo
from hscb_report.years import ReportingYear

_GROUP = reference("groups.group")
_Value = TypeVar("_Value", int, str)


def _expect(found: _Value, expected: str) -> _Value:
    """Return a cell that agrees with the label of its row; refuse any other."""
    if expected and str(found) != expected:
        raise refuse("label", f"expected {expected}, as the row's label says.")
    return found


class PlanGroup(SourcedRow):
    """The Board or one of its groups, as the plan describes it."""

    info = TableInfo(
        "plan_groups", "Groups as the plan describes them", keys=("group",), protected=False
    )
    group: str = column(_GROUP, "The group")
    name: str = column(TEXT, "Its name in the plan")
    kind: str = column(code(words.GROUP_KIND), "What kind of group the plan calls it")
    accountable_to: str | None = column(
        _GROUP, "The group that it answers to; empty: none above it"
    )
    purpose: str = column(TEXT, "What it is for, briefly")


class PlanHeading(SourcedRow):
    """A column of the plan's action tables, or a code of their legend."""

    info = TableInfo(
        "plan_headings", "Headings and legend of the plan", keys=("heading",), protected=False
    )
    heading: str = column(TEXT, "The heading or legend")
    meaning: str = column(TEXT, "In which table and column what stands under it is kept")


class DevelopmentArea(SourcedRow):
    """One of the areas that the plan is divided into, each for a strategic priority."""

    info = TableInfo("development_areas", "Development areas", keys=("area",), protected=False)
    area: int = column(COUNT, "Its number")
    title: str = column(TEXT, "Its title")
    priority: int | None = column(
        reference("strategic_priorities.priority", COUNT),
        "The strategic priority that it serves, if it serves one",
    )


class Objective(SourcedRow):
    """An objective of a development area, and the years for which it is ticked."""

    info = TableInfo("objectives", "Objectives by year", keys=("objective",), protected=False)
    objective: str = column(IDENTIFIER, "Short code")
    development_area: int = column(reference("development_areas.area", COUNT), "Its area")
    title: str = column(TEXT, "The objective, in a few words where it is long")
    ticked: tuple[ReportingYear, ...] | None = column(
        SEVERAL_YEARS, "The years for which it is ticked"
    )
    action_area: str | None = column(
        reference("action_areas.action_area"), "The action area that takes it up; empty: none does"
    )


class ActionArea(SourcedRow):
    """A group of actions that serve one objective."""

    info = TableInfo("action_areas", "Action areas", keys=("action_area",), protected=False)
    action_area: str = column(ACTION_AREA, "Its label, such as 3.2; by order where it is lost")
    development_area: int = column(reference("development_areas.area", COUNT), "Its area")
    title: str = column(TEXT, "Its title, in a few words where it is long")
    need_from: str = column(code(words.NEED), "What kind of source the need came from")
    need: str | None = column(TEXT, "What the need came from, briefly")
    monitored_by: str | None = column(_GROUP, "The group that monitors it; empty: not known")
    expected_impact: str | None = column(TEXT, "The impact expected in the end, briefly")
    journey_areas: tuple[str, ...] | None = column(
        codes(words.JOURNEY_AREA), "The areas of the improvement journey that it belongs to"
    )

    @field_validator("development_area")
    @classmethod
    def _fits_label(cls, area: int, row: ValidationInfo) -> int:
        expected = str(row.data.get("action_area", "")).partition(".")[0]
        return _expect(area, expected)


class PlannedAction(SourcedRow):
    """An action: who leads it, how its success will be known, when it is due, who watches it."""

    info = TableInfo("actions", "Actions", keys=("action",), protected=False)
    action: str = column(ACTION, "Its label, such as 3.2b: the area, and a letter by order")
    action_area: str = column(reference("action_areas.action_area"), "The area that it belongs to")
    lead_agency: str | None = column(
        AGENCY, "The organisation of the lead; empty: the Board itself"
    )
    lead_role: str | None = column(TEXT, "The role that leads it; empty: none is named")
    lead_holder: str | None = column(IDENTIFIER, "Who held the role: an opaque code, never a name")
    lead_group: str | None = column(_GROUP, "The group that the lead chairs")
    success_measure: str = column(TEXT, "How it will be known to be achieved, briefly")
    due_printed: str | None = column(
        PRINTED, "The timescale exactly as the plan has it", next_year="empty"
    )
    due: tuple[Month, ...] | None = column(
        SEVERAL_MONTHS, "The months that the timescale names", next_year="empty"
    )
    due_corrected: tuple[Month, ...] | None = column(
        SEVERAL_MONTHS,
        "The months that must be meant, where those of the plan are a misprint",
        next_year="empty",
    )
    monitoring: str | None = column(TEXT, "Mechanism and frequency of monitoring, briefly")
    monitored: tuple[Month, ...] | None = column(
        SEVERAL_MONTHS,
        "The months in which it is monitored, where the plan names them all",
        next_year="empty",
    )
    monitored_corrected: tuple[Month, ...] | None = column(
        SEVERAL_MONTHS,
        "The months that must be meant, where those of the plan are a misprint",
        next_year="empty",
    )
    reports_to: str | None = column(_GROUP, "The group that receives the monitoring report")
    continues: tuple[str, ...] | None = column(
        several(ACTION, "actions", "one or more labels of actions, such as 3.2b"),
        "The action of the plan before that it continues, or several; empty: it is new",
    )

    @field_validator("action_area")
    @classmethod
    def _fits_label(cls, area: str, row: ValidationInfo) -> str:
        return _expect(area, str(row.data.get("action", ""))[:-1])


class ActionStatus(Row):
    """Where an action stood at a date. Records are only ever added, never changed.

    An empty rating says nothing: the rating of an earlier record then still holds.
    """

    info = TableInfo(
        "action_status", "Statuses of actions", keys=("record",), protected=False, next_year=APART
    )
    record: int = column(COUNT, "Its number; of two for one date, the higher holds", unit="record")
    action: str = column(reference("actions.action"), "The action")
    as_at: date = column(DAY, "The day at which this was so")
    process: str | None = column(code(words.PROCESS_RAG), "Whether a process is agreed")
    completion: str | None = column(code(words.COMPLETION_RAG), "Completion to timescale")
    progress: str | None = column(TEXT, "Progress made")
    further_work: str | None = column(TEXT, "Further work that is proposed")
    impact: str | None = column(TEXT, "Impact so far on children and young people")
    reported_in: str = column(TEXT, "The document and line, the meeting or the role that said so")
    as_printed: str | None = column(PRINTED, "What the document has, where it is a code")
    note: str | None = column(TEXT, "Anything a reader of the row must know")


class DroppedAction(SourcedRow):
    """An action of the plan before that was given up, and why."""

    info = TableInfo(
        "dropped_actions",
        "Actions of the plan before that were given up",
        keys=("action",),
        protected=False,
        next_year=APART,
    )
    action: str = column(ACTION, "Its label in the plan before, such as 3.2b")
    reason: str = column(TEXT, "Why it was given up")


STATUS_COLUMNS = ("process", "completion", "progress", "further_work", "impact")
"""The columns of a status in which something may be said of an action."""


class StatedPriority(SourcedRow):
    """Something that is called a priority, or a focus, of the plan's year."""

    info = TableInfo(
        "stated_priorities",
        "What is called a priority of the plan",
        keys=("stated",),
        protected=False,
        next_year=ANEW,
    )
    stated: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "What it is about")
    called: str = column(code(words.CALLED), "What it is called")


class Thread(SourcedRow):
    """A link of the golden thread: what came of a finding, lesson, statement or priority."""

    info = TableInfo(
        "golden_thread",
        "The golden thread",
        keys=("origin", "item", "target", "reached"),
        protected=False,
        next_year=ANEW,
    )
    origin: str = column(code(words.ORIGIN), "What kind of thing asked for something to be done")
    item: str = column(
        reference(
            by=(
                "origin",
                {
                    "finding": "audit_findings.finding",
                    "lesson": "cdop_lessons.lesson",
                    "inspection": "inspection_statements.statement_code",
                    "priority": "stated_priorities.stated",
                },
            )
        ),
        "Its short code",
    )
    target: str = column(code(words.TARGET), "What kind of thing answers it")
    reached: str = column(
        reference(
            by=(
                "target",
                {
                    "policy": "policies.policy",
                    "training": "training_offers.offer",
                    "action_area": "action_areas.action_area",
                    "action": "actions.action",
                },
            )
        ),
        "Its title or short code",
    )
    how: str = column(TEXT, "How it answers it, briefly")
