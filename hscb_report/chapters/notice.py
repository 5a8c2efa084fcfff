"""About this reconstruction: what the report is made from, and what could not be recovered. A page of text alone."""

from __future__ import annotations

from hscb_report.results.chapter import ABOUT, Chapter, Page

CHAPTER = Chapter(
    name="notice",
    title="About this reconstruction",
    pages=(Page("pages/notice", ABOUT),),
)
