"""The improvement journey: what inspectors said of each area, and what else belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hscb_report.calculations import journey
from hscb_report.results.chapter import THE_YEAR, Chapter, Page
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.outline import Outline, Paragraphs, Section, Shown, Tagged
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import Inspection, InspectionStatement
from hscb_report.schema.plan import ActionArea
from hscb_report.units import count_of

_PAGE = "text/journey"
_ABOUT_AN_AREA = (
    "This is one area of the Board's improvement journey: what inspectors said of it, and where "
    "this report and the plan take it up."
)


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    statements = data.tables[InspectionStatement]
    label = "Areas of the improvement journey"
    yield fact("journey.areas", label, count_of("areas"), journey.journey_areas, statements)


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield what inspectors said: of all areas, and of each."""
    yield _journey(data)
    for area in _areas(data):
        yield _area(data, area)


def outlines(data: YearData) -> Iterator[tuple[str, Outline]]:
    """Yield the page of each area."""
    for area, title in _areas(data).items():
        yield _area_label(area), (_area_page(data, area, title),)


def _areas(data: YearData) -> Mapping[str, str]:
    return data.vocabulary(words.JOURNEY_AREA)


def _pages(data: YearData) -> Iterator[Page]:
    """Yield the page on the journey, and below it one for each of its areas."""
    yield Page(_PAGE, THE_YEAR)
    for area in _areas(data):
        place = f"areas/{area}"
        yield Page(place, THE_YEAR, outline=_area_label(area), under=_PAGE, on_paper=False)


def _area_page(data: YearData, area: str, title: str) -> Section:
    said = any(row.area == area for row in data.tables[InspectionStatement])
    planned = any(area in (row.journey_areas or ()) for row in data.tables[ActionArea])
    in_plan = Section("In the Business Plan", (Shown(f"plan-for-{area.replace('_', '-')}"),))
    return Section(
        title,
        (Paragraphs((_ABOUT_AN_AREA,)), *([Shown(_area_label(area))] if said else [])),
        (Section("In this report", (Tagged(area),)), *([in_plan] if planned else [])),
    )


def _area_label(area: str) -> str:
    return f"area-{area.replace('_', '-')}"


def _journey(data: YearData) -> Exhibit:
    said = {(row.area, row.inspection): row for row in data.tables[InspectionStatement]}
    return exhibit(
        "inspection-journey",
        "What inspectors said of each area of the improvement journey, by inspection",
        (Column("Area"), *(Column(row.title) for row in data.tables[Inspection])),
        [
            (
                label,
                *(_said(data, said.get((area, i.inspection))) for i in data.tables[Inspection]),
            )
            for area, label in _areas(data).items()
        ],
        *(
            f"{row.title}, on the Board as a whole: {row.judgement}."
            for row in data.tables[Inspection]
        ),
        *data.of_source("Statements are given in summary."),
    )


def _area(data: YearData, area: str) -> Exhibit:
    titles = {row.inspection: row.title for row in data.tables[Inspection]}
    return exhibit(
        _area_label(area),
        f"{_areas(data)[area]}: what inspectors said",
        (Column("Inspection"), Column("What was said")),
        [
            (titles[row.inspection], _said(data, row))
            for row in data.tables[InspectionStatement]
            if row.area == area
        ],
    )


def _said(data: YearData, row: InspectionStatement | None) -> str:
    if row is None:
        return "not recoverable" if data.is_reconstruction else "nothing is recorded"
    return row.statement or words.INSPECTION_SAID[row.said]


CHAPTER = Chapter(
    name="journey",
    title="The improvement journey",
    pages=_pages,
    about=(InspectionStatement,),
    reads=(Inspection, ActionArea),
    facts=facts,
    exhibits=exhibits,
    outlines=outlines,
)
