"""How effective are safeguarding arrangements? How effective safeguarding arrangements are. A page of text alone."""

from __future__ import annotations

from hscb_report.results.chapter import THE_YEAR, Chapter, Page

CHAPTER = Chapter(
    name="effectiveness",
    title="How effective are safeguarding arrangements?",
    pages=(Page("text/effectiveness", THE_YEAR),),
)
