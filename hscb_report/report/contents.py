"""What follows from the list of chapters: the tables, the pages and the files of a report."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.chapters import declared_chapters, module_file
from hscb_report.checks.contents import Needed
from hscb_report.results.chapter import ABOUT, COMMON_PAGES, FOR_KEEPERS, PARTS, YEAR_PAGES, Page
from hscb_report.schema import Row, TableSchema
from hscb_report.schema.assurance import Acceptance, Discrepancy, NumberExemption, StatedCount
from hscb_report.schema.reference import Agency, AgencyAlias, Source
from hscb_report.store.narrative import commentary_file
from hscb_report.years import ReportingYear

_OWN_TABLES = (Agency, AgencyAlias, Source, StatedCount, Discrepancy, Acceptance, NumberExemption)
_OWN_PAGES = (
    Page("pages/assurance", ABOUT),
    Page("pages/sources", ABOUT),
    Page("pages/how-it-was-made", ABOUT),
    Page("pages/data-dictionary", FOR_KEEPERS),
)


def table_schemas() -> tuple[TableSchema, ...]:
    """Return every table that the data may hold: those of the checks, then each chapter's."""
    rows: list[type[Row]] = [*_OWN_TABLES]
    rows += (row for chapter in declared_chapters().chapters for row in chapter.reads)
    return tuple(TableSchema(row) for row in dict.fromkeys(rows))


def declared_pages() -> tuple[tuple[Page, str], ...]:
    """Return every page, chapter by chapter, with the file that declares it."""
    chapters = declared_chapters().chapters
    declared = [(page, module_file(chapter.name)) for chapter in chapters for page in chapter.pages]
    return (*declared, *((page, __name__) for page in _OWN_PAGES))


def pages() -> tuple[Page, ...]:
    """Return the pages of the book in their order: part by part, and chapter by chapter in each."""
    every = [page for page, _ in declared_pages()]
    return tuple(page for part in PARTS for page in every if page.part == part)


def needed_files(year: ReportingYear) -> Iterator[Needed]:
    """Yield the files that the pages of the book are made from."""
    yield Needed("book/index.md", "Take it back from the project: it is the first page.")
    for page in pages():
        if page.notebook:
            hint = "Add the notebook, beginning from another one."
            yield Needed(f"notebooks/{page.notebook}.ipynb", hint)
            hint = "Add it: what is to be said of the chapter in this year."
            yield Needed(commentary_file(page.notebook, year), hint)
        elif page.path.startswith(YEAR_PAGES) and not page.outline:
            yield Needed(f"{year}/{page.path}.md", "Add the page, with its heading and its text.")
        elif page.path.startswith(COMMON_PAGES) and not page.outline:
            yield Needed(f"book/{page.path}.md", "Add the page, with its heading and its text.")
