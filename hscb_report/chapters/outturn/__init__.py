"""The outturn: what came of the plan that the year before made for the year reported on."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import outturn
from hscb_report.chapters.outturn.before import OUTCOMES, plan_outturn
from hscb_report.chapters.outturn.rules import READS, RULES
from hscb_report.chapters.outturn.tables import ACTIONS, exhibits
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema.journey import StrategicPriority
from hscb_report.schema.plan import (
    ActionArea,
    ActionStatus,
    DevelopmentArea,
    Objective,
    PlannedAction,
)
from hscb_report.wording import first_lower


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    if found := plan_outturn(data):
        yield fact(
            "outturn.planned", "Actions of the plan for the year", ACTIONS, outturn.planned, found
        )
        for outcome, mark in OUTCOMES.items():
            label = f"Actions of the plan for the year: {first_lower(mark.word)}"
            counted = outturn.COUNTED[outcome]
            yield fact(f"outturn.{outcome}", label, ACTIONS, counted, found, whole="planned")


CHAPTER = Chapter(
    name="outturn",
    title="What came of last year's plan",
    pages=(notebook_page("outturn", THE_DATA),),
    reads=READS,
    about_before=(PlannedAction,),
    reads_before=(ActionStatus, ActionArea, DevelopmentArea, Objective, StrategicPriority),
    facts=facts,
    exhibits=exhibits,
    rules=RULES,
)
