"""The first page: how final the report is, what the year has to say, corrections, and the parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hscb_report.checks.markdown import as_text
from hscb_report.outputs.book.sections import with_roles
from hscb_report.outputs.notices import approved, corrected, draft
from hscb_report.results.chapter import Page
from hscb_report.results.published import Published, ShownCorrection
from hscb_report.years import day_text


def first_page(report: Published, common: str) -> str:
    """Return the first page, given the text that is common to all reports.

    Between its title and its words stands how final the report is. What was corrected later has a
    heading, and then the parts have one too.
    """
    title, _line, words = with_roles(common.strip()).partition("\n")
    said = with_roles(report.commentary("index").text).strip()
    parts = _parts(report.contents)
    if not report.corrections:
        return "\n\n".join((*_with_standing(title, words, report), said, parts))
    pages = {page.path: page for page in report.contents}
    listed = "\n".join(_correction(found, pages) for found in report.corrections)
    blocks = (said, "## Corrections", listed, "## The parts of this report", parts)
    return "\n\n".join((*_with_standing(title, words, report), *filter(None, blocks)))


def _with_standing(title: str, words: str, report: Published) -> Iterator[str]:
    """Yield the title, how final the report is, and the words that all reports have."""
    standing = " ".join(_standing(report))
    yield from (title, standing, words.strip()) if standing else (f"{title}\n{words}",)


def _standing(report: Published) -> Iterator[str]:
    if told := draft(report):
        yield f"**{told}** What it says may still change."
    if told := approved(report):
        yield f"**{_sentence(told)}**"
    if told := corrected(report):
        yield f"{_sentence(told)} What was corrected is listed below."


def _correction(correction: ShownCorrection, pages: Mapping[str, Page]) -> str:
    """Return a correction as an item of a list, its cells as text."""
    page = pages.get(correction.page)
    where = f", {_link(page)}" if page else ""
    reason = f"Reason: {_sentence(correction.reason)}"
    return f"- **{day_text(correction.day)}**{where}: {_sentence(correction.what)} {reason}"


def _sentence(text: str) -> str:
    """Return a text of data as a sentence in Markdown, none of it taken for markup."""
    ended = text.strip()
    return as_text(ended if ended.endswith((".", "!", "?")) else f"{ended}.")


def _parts(pages: Sequence[Page]) -> str:
    """Return the parts of the book, each with links to its pages, which give their own titles."""
    top = [page for page in pages if not page.under]
    parts = dict.fromkeys(page.part for page in top)
    return "\n".join(
        f"- {as_text(part.title)}: {_links(page for page in top if page.part == part)}"
        for part in parts
    )


def _links(pages: Iterable[Page]) -> str:
    return "; ".join(map(_link, pages))


def _link(page: Page) -> str:
    return f"[](/{page.path}{'.ipynb' if page.notebook else '.md'})"
