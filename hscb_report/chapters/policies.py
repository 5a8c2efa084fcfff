"""Policies and procedures, developed in the year or scheduled for the next."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import policies
from hscb_report.figures import count
from hscb_report.results.chapter import THE_DATA, Chapter, Page, Taken
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.titles import part
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import Policy
from hscb_report.units import count_of

SCHEDULED_BEFORE = "policies-scheduled-before"
_POLICIES = count_of("policies")
_BECAME = {
    "developed": "Developed in the year",
    "scheduled": "Still scheduled",
    "": "Not named again",
}


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    for status, label in words.POLICY_STATUS.items():
        yield fact(
            f"policies.{status}",
            f"Policies and procedures: {label.lower()}",
            _POLICIES,
            policies.policies_with_status,
            data.tables[Policy],
            status,
        )
    yield from _facts_of_scheduled(data.tables[Policy], _before(data))


# One fact a line reads as a table.
# fmt: off
def _facts_of_scheduled(now: tuple[Policy, ...], before: tuple[Policy, ...]) -> Iterator[Fact]:
    """Yield how many the year before scheduled, and what became of them."""
    yield fact("policies.scheduled_before", "Policies and procedures that the year before scheduled", _POLICIES, policies.scheduled_before, before)
    yield fact("policies.developed_of_scheduled", "Of those that the year before scheduled: developed in the year", _POLICIES, policies.developed_of_scheduled, now, before, whole="scheduled_before")
    yield fact("policies.not_named_again", "Of those that the year before scheduled: not named again", _POLICIES, policies.not_named_again, now, before, whole="scheduled_before")
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the list of policies, and what became of those that the year before scheduled."""
    yield exhibit(
        "policies",
        f"Policies and procedures developed in {data.year} and scheduled for the next year",
        (Column("Policy or procedure"), Column("Status")),
        [(row.policy, words.POLICY_STATUS[row.status]) for row in data.tables[Policy]],
        title=part(
            policies.policies_with_status(data.tables[Policy], "developed"),
            count(data.tables[Policy]),
            "policies and procedures listed",
            "were developed in the year",
        ),
    )
    yield exhibit(
        SCHEDULED_BEFORE,
        f"What became in {data.year} of the policies and procedures scheduled in "
        f"{data.year.previous}",
        (Column("Policy or procedure"), Column("What became of it")),
        [
            (pair.before.policy, _BECAME[pair.now.status if pair.now else ""])
            for pair in policies.followed(data.tables[Policy], _before(data))
        ],
        title=part(
            policies.developed_of_scheduled(data.tables[Policy], _before(data)),
            policies.scheduled_before(_before(data)),
            "policies that had been scheduled",
            "were developed",
        ),
    )


def _before(data: YearData) -> tuple[Policy, ...]:
    return data.year_before.tables[Policy] if data.year_before else ()


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
    pages=(Page("text/policies", THE_DATA, ends_with=(SCHEDULED_BEFORE,)),),
    about=(Policy,),
    facts=facts,
    exhibits=exhibits,
    carries={Policy: _scheduled},
)
