"""Statutory coverage: what the guidance asks of the report, and where it is met."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import coverage
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.results.chapter import ABOUT, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.reference import StatutoryRequirement
from hscb_report.units import count_of
from hscb_report.wording import suggestion

_FACTS = {"by_evidence": "evidence", "partly": "partly", "by_narrative": "narrative"}


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    asked, rows = count_of("requirements"), data.tables[StatutoryRequirement]
    yield fact(
        "coverage.requirements", "Statutory requirements", asked, coverage.requirements, rows
    )
    for name, how in (*_FACTS.items(), ("not_met", "not_met")):
        label = f"Requirements met: {words.COVERAGE[how].lower()}"
        places = data.tables[RequirementCoverage]
        yield fact(f"coverage.{name}", label, asked, coverage.requirements_met, rows, places, how)


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield each requirement with how and where it is met."""
    yield exhibit(
        "statutory-coverage",
        f"What the guidance asks of the report, and where it is met, {data.year}",
        (Column("Asked for"), Column("By"), Column("Met"), Column("Where and how")),
        [
            (
                met.requirement.asks_for,
                met.requirement.authority,
                words.COVERAGE[met.coverage],
                "; ".join(f"{place.page}: {place.how}" for place in met.places),
            )
            for met in coverage.coverage(
                data.tables[StatutoryRequirement], data.tables[RequirementCoverage]
            )
        ],
    )


def _every_requirement_has_a_page(data: YearData) -> Breaches:
    covered = {(row.profile, row.requirement) for row in data.tables[RequirementCoverage]}
    for requirement in data.tables[StatutoryRequirement]:
        if (requirement.profile, requirement.requirement) not in covered:
            yield Breach(
                "no row of requirement_coverage.csv says where this requirement is met.",
                "Add one; coverage may be not_met.",
                requirement.place,
                "requirement",
                requirement.requirement,
            )
    for row in data.tables[RequirementCoverage]:
        if row.page not in data.pages:
            yield Breach(
                "the book has no such page.",
                suggestion(row.page, data.pages),
                row.place,
                "page",
                row.page,
            )


CHAPTER = Chapter(
    name="coverage",
    title="Statutory coverage",
    pages=(Page("pages/statutory-coverage", ABOUT),),
    reads=(StatutoryRequirement, RequirementCoverage),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R26",
            "Every statutory requirement maps to a page that exists",
            "error",
            (StatutoryRequirement, RequirementCoverage),
            _every_requirement_has_a_page,
        ),
    ),
)
