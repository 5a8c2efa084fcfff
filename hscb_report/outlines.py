"""What is published as sections and lists instead of tables: the plan's areas, the covering report.

An outline is plain data of four kinds of block; a directive of the book turns it into document
nodes, so that its text is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from hscb_report.exhibits.plan import NOT_LEGIBLE, area_label, group_names
from hscb_report.report import Report
from hscb_report.schema import vocabularies as words
from hscb_report.schema.plan import ActionArea
from hscb_report.schema.scrutiny import CoveringItem
from hscb_report.years import day_text

_NOT_CODED = "none named"
# Headings with a word or two below them stand with the meeting.
_ONE_LINE = ("classification", "key_decision", "wards")


@dataclass(frozen=True)
class Paragraphs:
    """Paragraphs of text."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """A list of items."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A term with what belongs to it: paragraphs of text, or a fact by its name."""

    term: str
    paragraphs: tuple[str, ...] = ()
    fact: str = ""


@dataclass(frozen=True)
class Terms:
    """A list of terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Shown:
    """A published table, by its label."""

    exhibit: str


Block = Paragraphs | Items | Terms | Shown


@dataclass(frozen=True)
class Section:
    """A section with its heading, its blocks, and the sections inside it."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


def outlines(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Return every outline as plain data, by the name that the directive uses."""
    named = {"plan-actions": plan_outline(report), "covering-report": covering_outline(report)}
    return {name: [asdict(section) for section in sections] for name, sections in named.items()}


def plan_outline(report: Report) -> Iterator[Section]:
    """Yield a section for each development area, with its action areas and their tables."""
    tables = report.checks.loaded.tables
    for area in tables.development_areas:
        yield Section(
            f"Development area {area.area}: {area.title}",
            sections=tuple(
                _action_area(report, action_area)
                for action_area in tables.action_areas
                if action_area.development_area == area.area
            ),
        )


def _action_area(report: Report, area: ActionArea) -> Section:
    groups = group_names(report.checks.loaded.tables)
    journey = [words.JOURNEY_AREA[code] for code in area.journey_areas or ()]
    need = words.NEED[area.need_from] + (f": {area.need}" if area.need else "")
    return Section(
        f"{area.action_area} {area.title}",
        (
            Terms(
                (
                    Term("The need came from", (need,)),
                    Term("Monitored by", (groups.get(area.monitored_by or "", NOT_LEGIBLE),)),
                    Term("Areas of the improvement journey", ("; ".join(journey) or _NOT_CODED,)),
                    Term("Impact expected in the end", (area.expected_impact or NOT_LEGIBLE,)),
                )
            ),
            Shown(area_label(area.action_area)),
        ),
    )


def covering_outline(report: Report) -> Iterator[Section]:
    """Yield the covering report: the meeting, then a section for each of its headings."""
    meeting = report.settings.year.covering_report
    order = list(words.COVERING_SECTION)
    listed = sorted(
        report.checks.loaded.tables.covering_report,
        key=lambda row: (order.index(row.section), row.position),
    )
    yield Section(
        "Meeting",
        (
            Terms(
                (
                    Term("Meeting", (meeting.committee,)),
                    Term("Date and time", (f"{day_text(meeting.day)}, {meeting.time}",)),
                    Term("Place", (meeting.place,)),
                    Term("Title of report", (meeting.title,)),
                    Term("Report by", (meeting.report_by,)),
                    *(
                        Term(words.COVERING_SECTION[row.section], (row.text,))
                        for row in listed
                        if row.section in _ONE_LINE
                    ),
                )
            ),
        ),
    )
    for code, heading in words.COVERING_SECTION.items():
        rows = [row for row in listed if row.section == code]
        if rows and code not in _ONE_LINE:
            yield Section(heading, tuple(_covering_blocks(rows)))


def _covering_blocks(rows: list[CoveringItem]) -> Iterator[Block]:
    if any(row.label for row in rows):
        yield from _labelled(rows)
    elif len(rows) > 1:
        yield Items(tuple(row.text for row in rows))
    else:
        yield Paragraphs((rows[0].text,))
    if any(row.amount is not None for row in rows):
        yield Terms(
            (
                Term("The sum named", fact="covering.council_contribution"),
                Term("In the budget of the year", fact="budget.council_contribution"),
            )
        )


def _labelled(rows: list[CoveringItem]) -> Iterator[Block]:
    """Yield printed letters or numbers with their text; what has none belongs to the one before."""
    first = next(position for position, row in enumerate(rows) if row.label)
    if first:
        yield Paragraphs(tuple(row.text for row in rows[:first]))
    terms: list[Term] = []
    for row in rows[first:]:
        if row.label:
            terms.append(Term(row.label, (row.text,)))
        else:
            terms[-1] = Term(terms[-1].term, (*terms[-1].paragraphs, row.text))
    yield Terms(tuple(terms))
