"""A chapter: everything that the report has of one subject, declared once.

What follows from the list of chapters is nowhere said again: which tables are read, the facts, the
published tables, the rules, the contents list, the parts of the PDFs, the pages about sources, the
working papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hscb_report.checks.rule import Rule
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.fact import Fact
from hscb_report.results.outline import Callout, Outline, TaggedSection
from hscb_report.schema import Row, YearData

NOTEBOOK_PAGES = "chapters/"
YEAR_PAGES = "text/"
COMMON_PAGES = "pages/"


@dataclass(frozen=True)
class Part:
    """A part of the book, and the PDF that it is bound into; "": it stands in the HTML alone."""

    title: str
    volume: str = ""


THE_YEAR = Part("The Board and its year", "annual-report")
THE_DATA = Part("What the data shows", "annual-report")
APPENDICES = Part("Appendices", "annual-report")
THE_PLAN = Part("Business Plan", "business-plan")
SCRUTINY = Part("To the scrutiny committee", "covering-report")
ABOUT = Part("About this report", "annual-report")
FOR_KEEPERS = Part("For those who keep the data")
PARTS = (THE_YEAR, THE_DATA, APPENDICES, THE_PLAN, SCRUTINY, ABOUT, FOR_KEEPERS)


@dataclass(frozen=True)
class Page:
    """A page of the book and its part.

    Its path says what it is made from: `chapters/budget` from the notebook of that name and the
    year's commentary on it, `text/context` from a text of the year, `pages/notice` from a text
    common to every year. A page with an `outline` is made from that alone. One that is `under`
    another is listed below it.
    """

    path: str
    part: Part
    outline: str = ""
    under: str = ""

    @property
    def notebook(self) -> str:
        """The name of the notebook that it is made from, "" if it is made from none."""
        is_made = self.path.startswith(NOTEBOOK_PAGES)
        return self.path.removeprefix(NOTEBOOK_PAGES) if is_made else ""


def _no_facts(_: YearData) -> Iterable[Fact]:
    return ()


def _no_exhibits(_: YearData) -> Iterable[Exhibit]:
    return ()


def _no_outlines(_: YearData) -> Iterable[tuple[str, Outline]]:
    return ()


def _no_callouts(_: YearData) -> Iterable[Callout]:
    return ()


def _no_tags(_: YearData) -> Iterable[TaggedSection]:
    return ()


@dataclass(frozen=True)
class Chapter:
    """A subject of the report: its pages, the tables it reads, and what it makes of them.

    `name` begins the name of each of its facts, and is the stem of its modules and its notebook.
    """

    name: str
    title: str
    pages: tuple[Page, ...] = ()
    reads: tuple[type[Row], ...] = ()
    facts: Callable[[YearData], Iterable[Fact]] = _no_facts
    exhibits: Callable[[YearData], Iterable[Exhibit]] = _no_exhibits
    outlines: Callable[[YearData], Iterable[tuple[str, Outline]]] = _no_outlines
    callouts: Callable[[YearData], Iterable[Callout]] = _no_callouts
    tags: Callable[[YearData], Iterable[TaggedSection]] = _no_tags
    rules: tuple[Rule, ...] = ()


def notebook_page(name: str, part: Part) -> Page:
    """Return the page that the notebook of a chapter is shown on."""
    return Page(f"{NOTEBOOK_PAGES}{name}", part)
