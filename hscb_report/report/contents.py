"""What follows from the list of chapters and a year's data: tables, pages, what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from hscb_report.assurance import NAMES_FOR_TEXTS, STILL_TO_DO
from hscb_report.chapters import declared_chapters, module_file
from hscb_report.checks.contents import MISSING, Needed
from hscb_report.findings import Finding, Severity
from hscb_report.results.chapter import (
    ABOUT,
    COMMON_PAGES,
    EVIDENCE,
    FOR_KEEPERS,
    PARTS,
    YEAR_PAGES,
    Chapter,
    Page,
    Part,
)
from hscb_report.schema import Row, TableSchema, YearData
from hscb_report.schema.assurance import (
    Acceptance,
    Correction,
    Discrepancy,
    NumberExemption,
    StatedCount,
    UsualExemption,
)
from hscb_report.schema.intake import Mapped, Received
from hscb_report.schema.own import ContentsLine, EarlierFigure, Picture, TableSource
from hscb_report.schema.points import KeyFigure, Point
from hscb_report.schema.reference import (
    Abbreviation,
    Agency,
    AgencyAlias,
    GlossaryTerm,
    OwnHeading,
    Source,
    UsualAbbreviation,
    UsualGlossaryTerm,
    UsualWord,
    Word,
)
from hscb_report.schema.upkeep import Confirmation, Owed, Prompt
from hscb_report.store.narrative import COMMENTARY
from hscb_report.wording import quoted, suggestion
from hscb_report.years import ReportingYear

_OWN_TABLES = (
    *(Agency, AgencyAlias, Word, UsualWord, OwnHeading),
    *(Abbreviation, UsualAbbreviation, GlossaryTerm, UsualGlossaryTerm),
    *(Source, TableSource, EarlierFigure, ContentsLine, Picture, Point, KeyFigure),
    *(Confirmation, Owed, Prompt, Received, Mapped),
    *(StatedCount, Discrepancy, Acceptance, Correction, NumberExemption, UsualExemption),
)
_DRAFT_PAGES = (
    Page("pages/still-to-do", EVIDENCE, heading="What is still to do", exhibits=STILL_TO_DO),
    Page("pages/names-for-texts", EVIDENCE, heading="Names for texts", exhibits=(NAMES_FOR_TEXTS,)),
)
"""The pages that a draft alone has, for those who write it."""
_OWN_PAGES = (
    Page("pages/glossary", ABOUT),
    Page("pages/accessibility", ABOUT, on_paper=False),
    Page("pages/assurance", EVIDENCE),
    *_DRAFT_PAGES,
    Page("pages/sources", EVIDENCE),
    Page("pages/how-it-was-made", EVIDENCE),
    Page("pages/data-dictionary", FOR_KEEPERS),
)


@dataclass(frozen=True)
class LeftOut:
    """A chapter that a year says nothing of, and the tables that would be needed."""

    title: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """The pages of a year's book in their order, what is left out of it, and what is wrong."""

    pages: tuple[Page, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the book that have pages, in their order."""
        return tuple(dict.fromkeys(page.part for page in self.pages))


def table_schemas() -> tuple[TableSchema, ...]:
    """Return every table that the data may hold: those of the checks, then each chapter's."""
    rows: list[type[Row]] = [*_OWN_TABLES]
    rows += (row for chapter in declared_chapters().chapters for row in chapter.tables)
    return tuple(TableSchema(row) for row in dict.fromkeys(rows))


def declared_pages(data: YearData) -> tuple[tuple[Page, str], ...]:
    """Return every page that there may be in a year, chapter by chapter, with who declares it."""
    chapters = declared_chapters().chapters
    declared = [
        (p, module_file(chapter.name)) for chapter in chapters for p in chapter.pages_of(data)
    ]
    return (*declared, *((page, __name__) for page in _own_pages(data)))


def _own_pages(data: YearData) -> tuple[Page, ...]:
    """Return the pages about the report itself; a final one lacks those of a draft."""
    return tuple(page for page in _OWN_PAGES if page not in _DRAFT_PAGES or not data.is_final)


def severity_of_no_page(page: str, data: YearData) -> Severity:
    """Return how grave it is to name a page that is not there; a draft may still get it."""
    may_come = data.awaited or page in {known.path for known, _ in declared_pages(data)}
    return "warning" if may_come and not data.is_final else MISSING.severity


def contents_of(data: YearData, exhibits: Mapping[str, Sequence[str]], files: Set[str]) -> Contents:
    """Return the pages of a year's book, those that have something to show.

    `exhibits` are the labels of the tables that each chapter publishes, `files` the texts there
    are. The order is that of the chapters in each part, but as the year's contents file has it.
    """
    chapters = declared_chapters().chapters
    pages = [page for c in chapters for page in _pages(c, data, exhibits.get(c.name, ()), files)]
    left_out = tuple(
        LeftOut(chapter.title, tuple(_would_give(chapter, data.year)))
        for chapter in chapters
        if not chapter.is_present(data) and _may_be_there(chapter, data)
    )
    own = _OwnOrder(data, (*pages, *_own_pages(data)), files)
    return Contents(own.pages(), left_out, tuple(own.findings()))


def _would_give(chapter: Chapter, year: ReportingYear) -> Iterator[str]:
    """Yield the tables that would make a chapter part of a year's report."""
    yield from (row.info.name for row in chapter.would_give_it)
    yield from (f"{row.info.name} of {year.previous}" for row in chapter.about_before)


def _may_be_there(chapter: Chapter, data: YearData) -> bool:
    """Whether the kind of report may have the chapter at all."""
    would_give_it = (*chapter.would_give_it, *chapter.about_before)
    of_reconstruction = all(row.info.of_reconstruction for row in would_give_it)
    return data.is_reconstruction or not of_reconstruction


def _pages(
    chapter: Chapter, data: YearData, exhibits: Sequence[str], files: Set[str]
) -> Iterator[Page]:
    """Yield the pages of a chapter that have something to show in a year."""
    is_present, declared = chapter.is_present(data), chapter.pages_of(data)
    shown = () if any(page.notebook for page in declared) else _not_apart(exhibits, declared)
    for page in declared:
        if page.is_text_of_year:
            if f"{data.year}/{page.path}.md" in files:
                yield page
            elif is_present and chapter.about and (shown or not data.is_final):
                yield replace(page, heading=chapter.title, exhibits=shown)
        elif is_present:
            yield page


def _not_apart(exhibits: Sequence[str], pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the tables that have no page of their own, made from an outline of the same name."""
    apart = {page.outline for page in pages if page.outline}
    return tuple(label for label in exhibits if label not in apart)


def _texts(files: Set[str], year: ReportingYear) -> frozenset[str]:
    """Return the pages that texts of the year can be; what is said of a chapter is none."""
    pages = (f.removeprefix(f"{year}/").removesuffix(".md") for f in files if f.endswith(".md"))
    own = (page for page in pages if page.startswith(YEAR_PAGES))
    return frozenset(page for page in own if f"/{COMMENTARY}/" not in page)


class _OwnOrder:
    """The order of the pages as a year's contents file has it."""

    def __init__(self, data: YearData, pages: Sequence[Page], files: Set[str]) -> None:
        self._data = data
        self._lines = data.tables[ContentsLine]
        self._texts = _texts(files, data.year)
        self._known = {page.path: page for page in pages}
        self._parts = {part.title: part for part in (*PARTS, *(page.part for page in pages))}

    def pages(self) -> tuple[Page, ...]:
        """Return every page, part by part: those of the file first, then what it does not name."""
        named = [self._page(line) for line in self._lines if self._is_there(line.page)]
        taken = {page.path for page in named}
        every = [*named, *(page for page in self._known.values() if page.path not in taken)]
        moved = {page.path: page.part for page in named}
        every = [replace(p, part=moved[p.under]) if p.under in moved else p for p in every]
        return tuple(page for part in self._order() for page in every if page.part == part)

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each line of the file that names what is not there.

        The line of a page that only drafts have may stay when the report is final.
        """
        known = {*self._known, *self._texts}
        of_drafts = {page.path for page in _DRAFT_PAGES}
        for line in self._lines:
            if not self._is_there(line.page) and line.page not in of_drafts:
                yield Finding(
                    MISSING.code,
                    severity_of_no_page(line.page, self._data),
                    line.place.file,
                    f"this year has no page {quoted(line.page)}.",
                    suggestion(line.page, (k for k in known if k.startswith(_FOLDERS))),
                    line.place.row,
                    "page",
                    line.page,
                )

    def _page(self, line: ContentsLine) -> Page:
        page = self._known.get(line.page, Page(line.page, ABOUT))
        return replace(page, part=self._part(line))

    def _part(self, line: ContentsLine) -> Part:
        return self._parts.setdefault(line.part, Part(line.part, PARTS[0].volume))

    def _is_there(self, page: str) -> bool:
        return page in self._known or page in self._texts

    def _order(self) -> list[Part]:
        """Return the parts in the order of the file; one that it lacks, after the usual one.

        The board's own parts stay with the part that the file has before them.
        """
        order = list(dict.fromkeys(self._part(line) for line in self._lines))
        for number, part in enumerate(PARTS):
            if part not in order:
                place = order.index(PARTS[number - 1]) + 1 if number else 0
                while number and place < len(order) and order[place] not in PARTS:
                    place += 1
                order.insert(place, part)
        return order


_FOLDERS = ("chapters/", COMMON_PAGES, YEAR_PAGES, "areas/")


def needed_files(pages: Iterable[Page], year: ReportingYear) -> Iterator[Needed]:
    """Yield the files that the pages of the book are made from."""
    yield Needed("book/index.md", "Take it back from the project: it is the first page.")
    for page in pages:
        if page.notebook:
            hint = "Add the notebook, beginning from another one."
            yield Needed(f"notebooks/{page.notebook}.ipynb", hint)
        elif page.is_text_of_year:
            yield Needed(f"{year}/{page.path}.md", "Add the page, with its heading and its text.")
        elif page.path.startswith(COMMON_PAGES) and not (page.outline or page.exhibits):
            yield Needed(f"book/{page.path}.md", "Add the page, with its heading and its text.")
