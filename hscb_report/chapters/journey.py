"""The improvement journey: what inspectors said of each area, and what else belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import journey
from hscb_report.results.chapter import THE_YEAR, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.outline import (
    Callout,
    Outline,
    Paragraphs,
    Section,
    Shown,
    Tagged,
    TaggedSection,
)
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import (
    Callout as CalloutRow,
)
from hscb_report.schema.journey import (
    Inspection,
    InspectionStatement,
    SectionTag,
)
from hscb_report.units import count_of

_ABOUT_AN_AREA = (
    "This page gathers what the report says of one area of the Board's improvement journey: the "
    "inspectors' statements, the sections that carry its tag, and the remarks that the report "
    "highlights."
)


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    statements = data.tables[InspectionStatement]
    label = "Areas of the improvement journey"
    yield fact("journey.areas", label, count_of("areas"), journey.journey_areas, statements)


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield what inspectors said: of all areas, and of each."""
    yield _journey(data)
    for area in words.JOURNEY_AREA:
        yield _area(data, area)


def outlines(_: YearData) -> Iterator[tuple[str, Outline]]:
    """Yield the page of each area."""
    for area, title in words.JOURNEY_AREA.items():
        yield _area_label(area), (_area_page(area, title),)


def callouts(data: YearData) -> Iterator[Callout]:
    """Yield the highlighted remarks."""
    for row in data.tables[CalloutRow]:
        titles = tuple(words.JOURNEY_AREA[area] for area in row.areas)
        yield Callout(row.callout, row.areas, titles, row.text)


def tags(data: YearData) -> Iterator[TaggedSection]:
    """Yield the sections that carry tags."""
    for row in data.tables[SectionTag]:
        yield TaggedSection(row.page, row.section, row.areas)


def _area_page(area: str, title: str) -> Section:
    return Section(
        title,
        (Paragraphs((_ABOUT_AN_AREA,)), Shown(_area_label(area))),
        (
            Section("In this report", (Tagged(area),)),
            Section("In the Business Plan", (Shown(f"plan-for-{area.replace('_', '-')}"),)),
        ),
    )


def _area_label(area: str) -> str:
    return f"area-{area.replace('_', '-')}"


def _journey(data: YearData) -> Exhibit:
    said = {(row.area, row.inspection): row for row in data.tables[InspectionStatement]}
    return exhibit(
        "inspection-journey",
        "What inspectors said of each area of the improvement journey",
        (Column("Area"), *(Column(row.title) for row in data.tables[Inspection])),
        [
            (label, *(_said(said.get((area, i.inspection))) for i in data.tables[Inspection]))
            for area, label in words.JOURNEY_AREA.items()
        ],
        *(
            f"{row.title}, on the Board as a whole: {row.judgement}."
            for row in data.tables[Inspection]
        ),
        "Statements are retold briefly.",
    )


def _area(data: YearData, area: str) -> Exhibit:
    titles = {row.inspection: row.title for row in data.tables[Inspection]}
    return exhibit(
        _area_label(area),
        f"{words.JOURNEY_AREA[area]}: what inspectors said",
        (Column("Inspection"), Column("What was said")),
        [
            (titles[row.inspection], _said(row))
            for row in data.tables[InspectionStatement]
            if row.area == area
        ],
    )


def _said(row: InspectionStatement | None) -> str:
    return (
        "not recoverable" if row is None else row.statement or f"{words.INSPECTION_SAID[row.said]}"
    )


CHAPTER = Chapter(
    name="journey",
    title="The improvement journey",
    pages=(
        Page("text/journey", THE_YEAR),
        *(
            Page(f"areas/{area}", THE_YEAR, outline=_area_label(area), under="text/journey")
            for area in words.JOURNEY_AREA
        ),
    ),
    reads=(Inspection, InspectionStatement, CalloutRow, SectionTag),
    facts=facts,
    exhibits=exhibits,
    outlines=outlines,
    callouts=callouts,
    tags=tags,
)
