"""About this report: what kind of report it is, and what it is made from. A page of text alone."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.results.chapter import ABOUT, ABOUT_THIS, Chapter, Page
from hscb_report.schema import YearData


def _pages(data: YearData) -> Iterator[Page]:
    """Yield the page for the kind of report that it is."""
    kind = data.settings.year.kind if data.settings else "publication"
    yield Page(f"{ABOUT_THIS}{kind}", ABOUT)


CHAPTER = Chapter(name="notice", title="About this report", pages=_pages)
