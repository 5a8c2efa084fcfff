"""The first page: how final the report is, the year at a glance, corrections, and the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hscb_report.checks.markdown import as_text
from hscb_report.outputs.book.sections import with_roles
from hscb_report.outputs.notices import approved, corrected, draft
from hscb_report.results.chapter import Page
from hscb_report.results.published import Published, ShownCorrection
from hscb_report.years import day_text


def first_page(report: Published, common: str) -> str:
    """Return the first page, given the text that is common to all reports.

    Below its title stand what the report is, how final it is, the points of the year and its key
    figures, what the year has to say besides, the parts of the book, and what was corrected later.
    """
    title, _line, words = with_roles(common.strip()).partition("\n")
    said = with_roles(report.commentary("index").text).strip()
    pages = {page.path: page for page in report.contents}
    listed = "\n".join(_correction(found, pages) for found in report.corrections)
    standing = " ".join(_standing(report))
    blocks = (
        *(title, _glance("lead"), _glance("edition"), standing, words.strip(), _glance("points")),
        *(said, _glance("contents"), f"## Corrections\n\n{listed}" if listed else ""),
    )
    return "\n\n".join(filter(None, blocks)) + "\n"


def _glance(part: str) -> str:
    return f"```{{glance}} {part}\n```"


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


def _link(page: Page) -> str:
    return f"[](/{page.path}{'.ipynb' if page.notebook else '.md'})"
