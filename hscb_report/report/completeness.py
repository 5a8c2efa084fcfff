"""What is missing of what the chapters name, what is named twice, what nobody names."""

from __future__ import annotations

from collections.abc import Iterator, Set

from hscb_report.assurance import LABELS
from hscb_report.chapters import LIST, ORDER, declared_chapters, module_file
from hscb_report.checks import acceptance, contents, prose
from hscb_report.checks.contents import MISSING, Named, Needed
from hscb_report.checks.over_all import PLACEHOLDERS
from hscb_report.findings import Finding
from hscb_report.report.contents import declared_pages, needed_files, table_schemas
from hscb_report.report.gathering import Gathered
from hscb_report.results.chapter import PARTS
from hscb_report.store.narrative import COMMENTARY, commentary_file
from hscb_report.store.year import RULES as LOADING
from hscb_report.wording import quoted, suggestion
from hscb_report.years import ReportingYear

_OF_CHECKS = ("R15", "R27", *(rule.code for rule in (PLACEHOLDERS, *LOADING, *contents.RULES)))
_OF_TEXT = tuple(rule.code for rule in (*prose.RULES, *acceptance.RULES))


def incomplete(gathered: Gathered, present: Set[str], year: ReportingYear) -> Iterator[Finding]:
    """Yield everything that is missing, doubled or unlisted; `present` are the files that exist.

    As long as a chapter of the list cannot be read, what it would need is not called unlisted.
    """
    declared = declared_chapters()
    yield from declared.findings
    yield from gathered.findings
    yield from contents.named_twice([*_declared_names(), *gathered.names])
    yield from _strange_pages(gathered)
    needed = tuple(needed_files(year))
    yield from contents.missing_files(needed, present)
    if not declared.findings:
        yield from _unlisted(needed, present, year)


def _declared_names() -> Iterator[Named]:
    """Yield the names that the chapters, the checks and the pages about the report give."""
    chapters = declared_chapters().chapters
    yield from (Named("chapters", name, LIST) for name in ORDER)
    for code in (*_OF_CHECKS, *_OF_TEXT):
        yield Named("rules", code, "hscb_report/checks")
    for schema in table_schemas():
        yield Named("tables of the data", schema.name, schema.row.__name__)
        label = f"dictionary-{schema.name.replace('_', '-')}"
        yield Named("published tables", label, "hscb_report/assurance")
    for label in LABELS:
        yield Named("published tables", label, "hscb_report/assurance")
    for chapter in chapters:
        file = module_file(chapter.name)
        label = f"sources-{chapter.name.replace('_', '-')}"
        yield Named("published tables", label, "hscb_report/assurance")
        yield from (Named("pages", page.path, file) for page in chapter.pages)
        yield from (Named("rules", rule.code, file) for rule in chapter.rules)


def _strange_pages(gathered: Gathered) -> Iterator[Finding]:
    """Yield what a page names and what does not exist: its part, its outline, the page above it."""
    paths = {page.path for page, _ in declared_pages()}
    for page, file in declared_pages():
        where = f"the page {quoted(page.path)}"
        if page.part not in PARTS:
            parts = suggestion(page.part.title, (part.title for part in PARTS))
            yield _missing(file, f"{where} is of a part that the book does not have.", parts)
        if page.under and page.under not in paths:
            above = suggestion(page.under, paths)
            yield _missing(file, f"{where} stands under a page that does not exist.", above)
        outlines = gathered.results.outlines
        if page.outline and outlines and page.outline not in outlines:
            known = suggestion(page.outline, outlines)
            yield _missing(file, f"{where} is made from an outline that nobody yields.", known)


def _missing(file: str, message: str, hint: str) -> Finding:
    return Finding(MISSING.code, MISSING.severity, file, message, hint)


def _unlisted(
    needed: tuple[Needed, ...], present: Set[str], year: ReportingYear
) -> Iterator[Finding]:
    """Yield the notebooks, texts and chapter modules that are there and belong to no chapter."""
    modules = [Needed(module_file(name), "") for name in ORDER]
    commentaries = commentary_file("", year).removesuffix(".md")
    for folder, hint in (
        ("notebooks/", "Give a chapter its page, or move the notebook elsewhere."),
        (commentaries, "Name it as a chapter with a notebook is named, or remove it."),
        (f"{year}/text/", "Give a chapter its page, or move the text elsewhere."),
        ("book/pages/", "Give a chapter its page, or move the text elsewhere."),
        ("hscb_report/chapters/", f"Add its line to the list in {LIST}."),
    ):
        inside = [file for file in present if file.startswith(folder)]
        if folder != commentaries:
            inside = [file for file in inside if f"/{COMMENTARY}/" not in file]
        yield from contents.unlisted_files([*needed, *modules], inside, hint)
