"""Policies and procedures, developed in the year or scheduled for the next."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import policies
from hscb_report.results.chapter import THE_DATA, Chapter, Page, Taken
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import Policy
from hscb_report.units import count_of


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    for status, label in words.POLICY_STATUS.items():
        yield fact(
            f"policies.{status}",
            f"Policies and procedures: {label.lower()}",
            count_of("policies"),
            policies.policies_with_status,
            data.tables[Policy],
            status,
        )


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the list of policies."""
    yield exhibit(
        "policies",
        f"Policies and procedures developed in {data.year}, and scheduled for the next year",
        (Column("Policy or procedure"), Column("Status")),
        [(row.policy, words.POLICY_STATUS[row.status]) for row in data.tables[Policy]],
    )


def _scheduled(data: YearData) -> Iterator[Taken]:
    """Yield the policies that were scheduled, of which the next report must say what came."""
    return (
        Taken(row.place.row, {"status": ""})
        for row in data.tables[Policy]
        if row.status == "scheduled"
    )


CHAPTER = Chapter(
    name="policies",
    title="Policies and procedures",
    pages=(Page("text/policies", THE_DATA),),
    about=(Policy,),
    facts=facts,
    exhibits=exhibits,
    carries={Policy: _scheduled},
)
