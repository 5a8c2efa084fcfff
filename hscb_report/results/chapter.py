"""A chapter: everything that the report has of one subject, declared once.

What follows from the list of chapters is nowhere said again: which tables are read, the facts, the
published tables, the rules, the contents list, the parts of the PDFs, the pages about sources, the
working papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from hscb_report.checks.rule import Rule
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.fact import Fact
from hscb_report.results.measured import is_measured
from hscb_report.results.outline import Callout, Outline, TaggedSection
from hscb_report.schema import Row, TableSchema, YearData
from hscb_report.schema.measurements import MEASURED, MEASURING
from hscb_report.years import Period, ReportingYear

NOTEBOOK_PAGES = "chapters/"
YEAR_PAGES = "text/"
COMMON_PAGES = "pages/"
ABOUT_THIS = f"{COMMON_PAGES}about-this-"
"""What the path of the page begins with that says of which kind the report is."""


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
EVIDENCE = Part("Evidence and methods", "evidence")
FOR_KEEPERS = Part("For those who keep the data")
PARTS = (THE_YEAR, THE_DATA, APPENDICES, THE_PLAN, SCRUTINY, ABOUT, EVIDENCE, FOR_KEEPERS)


@dataclass(frozen=True)
class Page:
    """A page of the book and its part.

    Its path says what it is made from: `chapters/budget` from the notebook of that name and the
    year's commentary on it, `text/context` from a text of the year, `pages/assurance` from a text
    common to every year. A page with an `outline` is made from that alone. Where a year has no
    text, a page may have a `heading` and `exhibits` instead, of which a draft may have none yet.
    One that is `under` another is listed below it. One that `is_wide` is turned in the PDF where
    its tables need it. A text of the year `ends_with` tables that no text shows: those that come
    with a year before, of which older texts do not know. No PDF has one that is not `on_paper`: it
    gathers what stands elsewhere, as links do on a screen, or is of the web pages.
    """

    path: str
    part: Part
    outline: str = ""
    under: str = ""
    heading: str = ""
    exhibits: tuple[str, ...] = ()
    is_wide: bool = False
    ends_with: tuple[str, ...] = ()
    on_paper: bool = True

    @property
    def notebook(self) -> str:
        """The name of the notebook that it is made from, "" if it is made from none."""
        is_made = self.path.startswith(NOTEBOOK_PAGES)
        return self.path.removeprefix(NOTEBOOK_PAGES) if is_made else ""

    @property
    def name(self) -> str:
        """The last part of its path; a commentary on the page has it too."""
        return self.path.rpartition("/")[2]

    @property
    def takes_commentary(self) -> bool:
        """Whether it is common to all years, so that a year may have something to say on it."""
        return not (self.path.startswith(YEAR_PAGES) or self.outline or self.exhibits)

    @property
    def is_text_of_year(self) -> bool:
        """Whether it is made from a text of the year."""
        return self.path.startswith(YEAR_PAGES) and not (
            self.outline or self.exhibits or self.heading
        )


@dataclass(frozen=True)
class Taken:
    """A row, by its number in its file, that is taken into the next year.

    `cells` are what it is to hold in columns where that is not what the column itself says.
    """

    row: int
    cells: Mapping[str, str] = field(default_factory=dict)


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

    `name` begins the name of each of its facts, and is the stem of its modules and its notebook. It
    is part of a year's report if any table that it is `about` holds a row, and of a draft if one
    has a file; one that is about none always is. `pages` may depend on the year. The numbers of one
    that `looks_ahead` are of the plan's year. It `reads` other tables beside those that it is
    about. One that is `measured` also shows the measures that name it, and is there if one of them
    has a value. One that looks back is `about_before`, tables of the year before: it is there if
    one of them holds a row then; which others of that year it shows, `reads_before` says. Of a
    table that it `carries` it says itself which rows are taken into the next year. Its
    `key_figures` are the facts that stand on the first page of a year that has chosen none.
    """

    name: str
    title: str
    pages: tuple[Page, ...] | Callable[[YearData], Iterable[Page]] = ()
    about: tuple[type[Row], ...] = ()
    reads: tuple[type[Row], ...] = ()
    about_before: tuple[type[Row], ...] = ()
    reads_before: tuple[type[Row], ...] = ()
    looks_ahead: bool = False
    measured: bool = False
    facts: Callable[[YearData], Iterable[Fact]] = _no_facts
    exhibits: Callable[[YearData], Iterable[Exhibit]] = _no_exhibits
    outlines: Callable[[YearData], Iterable[tuple[str, Outline]]] = _no_outlines
    callouts: Callable[[YearData], Iterable[Callout]] = _no_callouts
    tags: Callable[[YearData], Iterable[TaggedSection]] = _no_tags
    rules: tuple[Rule, ...] = ()
    key_figures: tuple[str, ...] = ()
    carries: Mapping[type[Row], Callable[[YearData], Iterable[Taken]]] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[type[Row], ...]:
        """Every table that it is given: those it is about, and what else it reads."""
        measuring = MEASURING if self.measured else ()
        return tuple(dict.fromkeys((*self.about, *self.reads, *measuring)))

    @property
    def would_give_it(self) -> tuple[type[Row], ...]:
        """The tables of which any row would make it part of a year's report."""
        return (*self.about, *(MEASURED if self.measured else ()))

    def tables_before(self, year: ReportingYear) -> tuple[str, ...]:
        """Return the files of the year before that it is made from too."""
        rows = (*self.about_before, *self.reads_before)
        return tuple(TableSchema(row).path(year.previous) for row in rows)

    def is_present(self, data: YearData) -> bool:
        """Whether a year has something to say of it."""
        if self.measured and is_measured(data, self.name):
            return True
        before = data.year_before
        if before and any(before.tables[row] for row in self.about_before):
            return True
        may_begin = (
            r.info for r in self.about if data.is_reconstruction >= r.info.of_reconstruction
        )
        has_begun = any(info.name in data.begun for info in may_begin)
        is_of_any = not (self.would_give_it or self.about_before)
        return is_of_any or has_begun or any(data.tables[row] for row in self.about)

    def pages_of(self, data: YearData) -> tuple[Page, ...]:
        """Return its pages in a year's report."""
        return tuple(self.pages(data)) if callable(self.pages) else self.pages

    def period(self, data: YearData) -> Period:
        """Return what its numbers are of, where they do not say."""
        return Period.of_year(data.plan_year if self.looks_ahead else data.year)


def notebook_page(name: str, part: Part) -> Page:
    """Return the page that the notebook of a chapter is shown on."""
    return Page(f"{NOTEBOOK_PAGES}{name}", part)
