"""What is missing of what the chapters name, what is named twice, what nobody names."""

from __future__ import annotations

from collections.abc import Iterator, Set

from hscb_report.assurance import AT_TIMES, LABELS
from hscb_report.assurance.sources import sources_label
from hscb_report.chapters import LIST, ORDER, declared_chapters, module_file
from hscb_report.checks import acceptance, contents, corrections, points
from hscb_report.checks.contents import MISSING, Named, Needed
from hscb_report.checks.over_all import PLACEHOLDERS, SPANS
from hscb_report.findings import Finding
from hscb_report.new_year import rules
from hscb_report.report import said
from hscb_report.report.contents import (
    Contents,
    declared_pages,
    needed_files,
    severity_of_no_page,
    table_schemas,
)
from hscb_report.report.gathering import Gathered
from hscb_report.report.headings import strange_headings
from hscb_report.results import history
from hscb_report.results.chapter import PARTS
from hscb_report.schema import YearData
from hscb_report.schema.journey import Callout, SectionTag
from hscb_report.schema.reference import OwnHeading
from hscb_report.schema.settings import KINDS
from hscb_report.store.narrative import COMMENTARY, commentary_file
from hscb_report.store.year import RULES as LOADING
from hscb_report.wording import quoted, suggestion
from hscb_report.years import ReportingYear

_OF_CHECKS = (
    "R15",
    "R27",
    *(rule.code for rule in (PLACEHOLDERS, SPANS, *corrections.RULES, *LOADING, *contents.RULES)),
)
_OF_TEXT = tuple(
    rule.code
    for rule in (*said.RULES, *points.RULES, *acceptance.RULES, *history.RULES, *rules.RULES)
)


def incomplete(
    gathered: Gathered,
    shown: Contents,
    data: YearData,
    present: Set[str],
    earlier: Set[str] = frozenset(),
) -> Iterator[Finding]:
    """Yield everything that is missing, doubled or unlisted; `present` are the files that exist.

    `earlier` are the tables that earlier years of the same data root publish.
    As long as a chapter of the list, or what kind of report it is, cannot be read, what the report
    would need is not called unlisted.
    """
    declared = declared_chapters()
    yield from declared.findings
    yield from gathered.findings
    yield from contents.named_twice([*_declared_names(data), *gathered.names])
    yield from _strange_pages(gathered, data)
    yield from _strange_places(gathered, shown, data)
    yield from strange_headings(gathered.results.exhibits, data.tables[OwnHeading], earlier)
    needed = tuple(needed_files(shown.pages, data.year))
    yield from contents.missing_files(needed, present)
    if not declared.findings and data.settings:
        yield from _unlisted(needed, shown, present, data)


def rule_codes() -> frozenset[str]:
    """Return the codes of all rules that there are."""
    chapters = declared_chapters().chapters
    own = (rule.code for chapter in chapters for rule in chapter.rules)
    return frozenset((*_OF_CHECKS, *_OF_TEXT, *own))


def _declared_names(data: YearData) -> Iterator[Named]:
    """Yield the names that the chapters, the checks and the pages about the report give."""
    chapters = declared_chapters().chapters
    yield from (Named("chapters", name, LIST) for name in ORDER)
    for code in (*_OF_CHECKS, *_OF_TEXT):
        yield Named("rules", code, "hscb_report/checks")
    for schema in table_schemas():
        yield Named("tables of the data", schema.name, schema.row.__name__)
        label = f"dictionary-{schema.name.replace('_', '-')}"
        yield Named("published tables", label, "hscb_report/assurance")
    for label in (*LABELS, *AT_TIMES):
        yield Named("published tables", label, "hscb_report/assurance")
    for chapter in chapters:
        file = module_file(chapter.name)
        yield Named("published tables", sources_label(chapter.name), "hscb_report/assurance")
        yield from (Named("pages", page.path, file) for page in chapter.pages_of(data))
        yield from (Named("rules", rule.code, file) for rule in chapter.rules)


def _strange_pages(gathered: Gathered, data: YearData) -> Iterator[Finding]:
    """Yield what a page names and what does not exist: its part, its outline, the page above it."""
    declared = declared_pages(data)
    paths = {page.path for page, _ in declared}
    present = {module_file(c.name) for c in declared_chapters().chapters if c.is_present(data)}
    present = present if gathered.exhibits else set()  # nothing was worked out
    for page, file in declared:
        where = f"the page {quoted(page.path)}"
        if page.part not in PARTS:
            parts = suggestion(page.part.title, (part.title for part in PARTS))
            yield _missing(file, f"{where} is of a part that the book does not have.", parts)
        if page.under and page.under not in paths:
            above = suggestion(page.under, paths)
            yield _missing(file, f"{where} stands under a page that does not exist.", above)
        outlines = gathered.results.outlines
        if page.outline and file in present and page.outline not in outlines:
            known = suggestion(page.outline, outlines)
            yield _missing(file, f"{where} is made from an outline that nobody yields.", known)


def _strange_places(gathered: Gathered, shown: Contents, data: YearData) -> Iterator[Finding]:
    """Yield each tag and remark that is to stand on a page which the year's book does not have.

    A draft may still get the page.
    """
    pages = {page.path for page in shown.pages}
    placed: list[SectionTag | Callout] = [*data.tables[SectionTag], *data.tables[Callout]]
    for row in placed if gathered.exhibits else ():
        if row.page not in pages:
            place, what = row.place, "the book of this year has no such page."
            hint = suggestion(row.page, pages)
            severity = severity_of_no_page(row.page, data)
            yield Finding(
                MISSING.code, severity, place.file, what, hint, place.row, "page", row.page
            )


def _missing(file: str, message: str, hint: str) -> Finding:
    return Finding(MISSING.code, MISSING.severity, file, message, hint)


def _unlisted(
    needed: tuple[Needed, ...], shown: Contents, present: Set[str], data: YearData
) -> Iterator[Finding]:
    """Yield the notebooks, texts and chapter modules that are there and belong to no chapter."""
    year = data.year
    modules = [Needed(module_file(name), "") for name in ORDER]
    commentaries = commentary_file("", year).removesuffix(".md")
    declared = [page for page, _ in declared_pages(data)]
    known = [Needed(commentary_file("index", year), "")]
    for page in declared:
        known.append(Needed(f"notebooks/{page.notebook}.ipynb", ""))
        known.append(Needed(f"book/{page.path}.md", ""))
        if page.takes_commentary:
            known.append(Needed(commentary_file(page.name, year), ""))
    known += (Needed(f"book/pages/about-this-{kind}.md", "") for kind in KINDS)
    may_have = {page.name for page in declared if page.takes_commentary}
    has = {page.name for page in shown.pages if page.takes_commentary}
    yield from _not_shown(may_have - has, present, year)
    every = [*needed, *modules, *known]
    notebooks = [file for file in present if file.startswith("notebooks/")]
    hint = "It is not run. Give a chapter its page, or move the notebook elsewhere."
    yield from contents.unlisted_files(every, notebooks, hint, "warning")
    for folder, hint in (
        (commentaries, "Name it as the page is named that it belongs to, or remove it."),
        (f"{year}/text/", f"List it in {year}/contents.csv, or move it elsewhere."),
        ("book/pages/", "Give a chapter its page, or move the text elsewhere."),
        ("hscb_report/chapters/", f"Add its line to the list in {LIST}."),
    ):
        inside = [file for file in present if file.startswith(folder)]
        if folder != commentaries:
            inside = [file for file in inside if f"/{COMMENTARY}/" not in file]
        yield from contents.unlisted_files(every, inside, hint)


def notebooks_of(data: YearData) -> frozenset[str]:
    """Return the notebooks of all chapters that there may be, as files of the project."""
    pages = (page for page, _ in declared_pages(data) if page.notebook)
    return frozenset(f"notebooks/{page.notebook}.ipynb" for page in pages)


def _not_shown(names: Set[str], present: Set[str], year: ReportingYear) -> Iterator[Finding]:
    """Yield a warning for each commentary on a page that the year does not have."""
    for name in sorted(names):
        file = commentary_file(name, year)
        if file in present:
            what = "the year has no data for this chapter, so this is not shown."
            hint = "Add the chapter's tables, or remove the text."
            yield Finding(contents.UNLISTED.code, "warning", file, what, hint)
