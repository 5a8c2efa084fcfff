"""About the Board: who it is and what it is for. A page of text alone."""

from __future__ import annotations

from hscb_report.results.chapter import THE_YEAR, Chapter, Page

CHAPTER = Chapter(
    name="about_the_board",
    title="About the Board",
    pages=(Page("text/about-the-board", THE_YEAR),),
)
