"""Statutory coverage: what the guidance asks of the report, and where it is met."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import coverage
from hscb_report.chapters import declared_chapters
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.results.chapter import ABOUT, Chapter, Page, Taken
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.titles import part
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.finance import Contribution, Expenditure
from hscb_report.schema.reference import OwnRequirement, Regime, StatutoryRequirement
from hscb_report.units import count_of
from hscb_report.wording import counted, first_lower, suggestion

EVIDENCE = (Contribution, Expenditure)
"""The tables whose rows are evidence of a requirement, as the list of requirements names them."""
_FACTS = {"by_evidence": "evidence", "partly": "partly", "by_narrative": "narrative"}


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    asked, rows = count_of("requirements"), asked_of(data)
    yield fact(
        "coverage.requirements", "Statutory requirements", asked, coverage.requirements, rows
    )
    for name, how in (*_FACTS.items(), ("not_met", "not_met")):
        label = f"Requirements met: {words.COVERAGE[how].lower()}"
        places = data.tables[RequirementCoverage]
        given = _given(data)
        met = coverage.requirements_met, rows, places, given, how
        yield fact(f"coverage.{name}", label, asked, *met, whole="requirements")


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield each requirement with how and where it is met, and which guidance holds."""
    guidance, titles = regime(data), _page_titles(data)
    yield exhibit(
        "statutory-coverage",
        f"What is asked of the report, and where it is met, {data.year}",
        (Column("Asked for"), Column("By"), Column("Met"), Column("Where and how")),
        [
            (
                met.requirement.asks_for,
                _authority(met.requirement),
                words.COVERAGE[met.coverage],
                "; ".join(
                    f"{titles.get(place.page, place.page)}: {place.how}" for place in met.places
                )
                or "nothing in this report",
            )
            for met in coverage.coverage(
                asked_of(data), data.tables[RequirementCoverage], _given(data)
            )
        ]
        or [("nothing that is held here", "no guidance for this year", "none", "nowhere")],
        *([f"Held against {guidance.title}."] if guidance else []),
        title=part(
            coverage.requirements_met(
                asked_of(data), data.tables[RequirementCoverage], _given(data), "evidence"
            ),
            coverage.requirements(asked_of(data)),
            "requirements",
            "were met with figures or findings",
        ),
    )


def _page_titles(data: YearData) -> dict[str, str]:
    """Return the titles by which readers know the pages of chapters; a page of its own has none."""
    chapters = declared_chapters().chapters
    return {page.path: chapter.title for chapter in chapters for page in chapter.pages_of(data)}


def regime(data: YearData) -> Regime | None:
    """Return the guidance that the year's report is held against."""
    named = data.settings.year.guidance if data.settings else None
    return coverage.regime_of(data.year, data.tables[Regime], named)


def asked_of(data: YearData) -> tuple[coverage.Asked, ...]:
    """Return what is asked of the year's report."""
    national, own = data.tables[StatutoryRequirement], data.tables[OwnRequirement]
    return coverage.asked_of(data.year, regime(data), national, own)


def _given(data: YearData) -> frozenset[str]:
    """Return the tables that hold rows, of those that give evidence of a requirement.

    Of spend also the headings that it stands under, by what they mean: "expenditure/training".
    """
    tables = (row.info.name for row in EVIDENCE if data.tables[row])
    headings, spent = data.vocabulary(words.STATUTORY_HEADING), data.tables[Expenditure]
    meanings = (word for row in spent for word in headings.means.get(row.statutory_heading, ()))
    return frozenset((*tables, *(f"{Expenditure.info.name}/{word}" for word in meanings)))


def _authority(row: coverage.Asked) -> str:
    """Return where a requirement stands, and how sure that is where it is not."""
    if isinstance(row, OwnRequirement):
        return row.authority
    paragraph = f", paragraph {row.paragraph}" if row.paragraph else ""
    unsure = "" if row.certainty == "high" else f" ({row.certainty} certainty)"
    return f"{row.authority}{paragraph}{unsure}"


def _every_requirement_has_a_page(data: YearData) -> Breaches:
    yield from _asked_twice(data)
    asked = {requirement.requirement: requirement for requirement in asked_of(data)}
    covered = {row.requirement for row in data.tables[RequirementCoverage]}
    given, places = _given(data), f"{data.year}/{RequirementCoverage.info.name}.csv"
    silent = {
        code: requirement
        for code, requirement in asked.items()
        if code not in covered and not coverage.is_given(requirement, given)
    }
    if silent and not covered:
        yield Breach(
            "nothing says where the report meets what is asked of it "
            f"({counted(len(silent), 'requirement')}).",
            "Add this table. Until then the report says that they are not met.",
            severity="warning",
            file=places,
        )
    for code, requirement in silent.items():
        if covered:
            yield Breach(
                f"no row says where this is met: {first_lower(requirement.asks_for)}.",
                'Add one; coverage may be "not_met". Until then the report says that it is not.',
                column="requirement",
                found=code,
                severity="warning",
                file=places,
            )
    for row in data.tables[RequirementCoverage]:
        if row.requirement not in asked:
            what = f"nothing of this name is asked of the report for {data.year}."
            hint = suggestion(row.requirement, asked)
            yield Breach(what, hint, row.place, "requirement", row.requirement)
        if row.page not in data.pages:
            yield Breach(
                "the book of this year has no such page.",
                suggestion(row.page, data.pages),
                row.place,
                "page",
                row.page,
            )


def _asked_twice(data: YearData) -> Breaches:
    """Yield what the Board asks of itself under the code of something that the guidance asks."""
    national = {row.requirement for row in asked_of(data) if isinstance(row, StatutoryRequirement)}
    for row in data.tables[OwnRequirement]:
        if row.requirement in national:
            what = "the guidance asks for something under this code."
            hint = "Choose another code, here and in requirement_coverage.csv."
            yield Breach(what, hint, row.place, "requirement", row.requirement)


def _guidance_is_known(data: YearData) -> Breaches:
    """Hold the settings to a guidance that there is; of a year that none covers, say so."""
    regimes = {row.regime: row for row in data.tables[Regime]}
    settings = f"{data.year}/year.toml"
    named = data.settings.year.guidance if data.settings else None
    if named is not None and named not in regimes:
        what, hint = "there is no such guidance.", suggestion(named, regimes)
        yield Breach(what, hint, column="guidance", found=named, file=settings)
    elif data.settings and regime(data) is None:
        what = f"no guidance that is held here covers {data.year}."
        hint = f"Name one of these as guidance: {', '.join(regimes)}."
        yield Breach(what, hint, severity="warning", file=settings)


def _still_asked(data: YearData) -> Iterator[Taken]:
    """Yield where requirements are met that the guidance of the next year asks for too."""
    year, national, own = data.year.next, StatutoryRequirement, OwnRequirement
    guidance = coverage.regime_of(year, data.tables[Regime], None)
    asked = coverage.asked_of(year, guidance, data.tables[national], data.tables[own])
    codes = {row.requirement for row in asked}
    for row in data.tables[RequirementCoverage]:
        if row.requirement in codes:
            yield Taken(row.place.row)


CHAPTER = Chapter(
    name="coverage",
    title="Legal requirements",
    pages=(Page("pages/statutory-coverage", ABOUT),),
    reads=(Regime, StatutoryRequirement, OwnRequirement, RequirementCoverage, *EVIDENCE),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R26",
            "Every requirement maps to a page that exists",
            "error",
            (StatutoryRequirement,),
            _every_requirement_has_a_page,
            may_be_empty=(RequirementCoverage, OwnRequirement, Regime, *EVIDENCE),
        ),
        Rule(
            "R37",
            "The guidance that the report is held against is one that is known",
            "error",
            (Regime,),
            _guidance_is_known,
        ),
    ),
    carries={RequirementCoverage: _still_asked},
)
