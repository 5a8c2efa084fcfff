"""Communication: whom the Board speaks to, and how. A page of text alone."""

from __future__ import annotations

from hscb_report.results.chapter import THE_DATA, Chapter, Page

CHAPTER = Chapter(
    name="communication",
    title="Communication",
    pages=(Page("text/communication", THE_DATA),),
)
