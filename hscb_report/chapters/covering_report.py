"""The covering report, which takes the annual report and the plan to the scrutiny committee."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import budget, covering_report
from hscb_report.checks.rule import (
    COMPARE,
    Breach,
    Breaches,
    NothingToCheck,
    Rule,
    addends,
    compared,
)
from hscb_report.results.chapter import SCRUTINY, Chapter, Page
from hscb_report.results.fact import Fact, fact
from hscb_report.results.outline import Block, Items, Outline, Paragraphs, Section, Term, Terms
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.finance import Contribution
from hscb_report.schema.scrutiny import CoveringItem
from hscb_report.schema.settings import CoveringSettings
from hscb_report.units import POUNDS, count_of
from hscb_report.years import day_text


def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    rows, sections = data.tables[CoveringItem], data.vocabulary(words.COVERING_SECTION)
    yield fact(
        "covering_report.council_contribution",
        "The Council's contribution, as the covering report names it",
        POUNDS,
        covering_report.amount_named,
        rows,
        sections.meaning("contribution"),
    )
    yield fact(
        "covering_report.recommendations",
        "Recommendations to the committee",
        count_of("recommendations"),
        covering_report.items,
        rows,
        sections.meaning("recommendation"),
    )


def outlines(data: YearData) -> Iterator[tuple[str, Outline]]:
    """Yield the covering report as sections; without a meeting, which a rule tells, nothing."""
    meeting = data.sound_settings.year.covering_report
    if meeting is not None:
        yield "covering-report", tuple(_sections(data, meeting))


def _sections(data: YearData, meeting: CoveringSettings) -> Iterator[Section]:
    """Yield the covering report: the meeting, then a section for each of its headings."""
    sections = data.vocabulary(words.COVERING_SECTION)
    one_line, order = sections.meaning("one_line"), list(sections)
    listed = sorted(
        data.tables[CoveringItem],
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
                        Term(sections[row.section], (row.text,))
                        for row in listed
                        if row.section in one_line
                    ),
                )
            ),
        ),
    )
    has_budget = any(row.agency == data.local_authority for row in data.tables[Contribution])
    for code, heading in sections.items():
        rows = [row for row in listed if row.section == code]
        if rows and code not in one_line:
            is_named = has_budget and code in sections.meaning("contribution")
            yield Section(heading, tuple(_covering_blocks(rows, is_named)))


def _covering_blocks(rows: list[CoveringItem], names_contribution: bool) -> Iterator[Block]:
    if any(row.label for row in rows):
        yield from _labelled(rows)
    elif len(rows) > 1:
        yield Items(tuple(row.text for row in rows))
    else:
        yield Paragraphs((rows[0].text,))
    if names_contribution and any(row.amount is not None for row in rows):
        yield Terms(
            (
                Term("The sum named", fact="covering_report.council_contribution.exact"),
                Term("In the budget of the year", fact="budget.council_contribution.exact"),
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


def _names_the_contribution(data: YearData) -> Breaches:
    paid = budget.contribution_of(data.tables[Contribution], data.local_authority)
    sections = data.vocabulary(words.COVERING_SECTION).meaning("contribution")
    named = [
        row
        for row in data.tables[CoveringItem]
        if row.section in sections and row.amount is not None
    ]
    compared(paid)
    if not named:
        raise NothingToCheck
    for row in named:
        if row.amount != paid.value:
            yield Breach(
                f"the budget has the Council contribute {POUNDS.text(paid)} ({addends(paid)}).",
                COMPARE,
                row.place,
                "amount",
                str(row.amount),
            )


def _has_a_meeting(data: YearData) -> Breaches:
    first = data.tables[CoveringItem][0]
    if data.settings is not None and data.settings.year.covering_report is None:
        hint = (
            "Add the section [covering_report] with title, committee, day, time, place, report_by."
        )
        what = f"{data.year}/year.toml names no meeting that the covering report goes to."
        yield Breach(what, hint, first.place)


CHAPTER = Chapter(
    name="covering_report",
    title="Covering report",
    pages=(Page("pages/covering-report", SCRUTINY),),
    about=(CoveringItem,),
    reads=(Contribution,),
    facts=facts,
    outlines=outlines,
    rules=(
        Rule(
            "R6",
            "The covering report's figure for the Council is the budget's",
            "error",
            (CoveringItem, Contribution),
            _names_the_contribution,
        ),
        Rule(
            "R38",
            "A covering report goes to a meeting",
            "error",
            (CoveringItem,),
            _has_a_meeting,
        ),
    ),
)
