"""Review of the year: how the year went, in the words of its chair and manager. A page of text alone."""

from __future__ import annotations

from hscb_report.results.chapter import THE_YEAR, Chapter, Page

CHAPTER = Chapter(
    name="review_of_the_year",
    title="Review of the year",
    pages=(Page("text/review-of-the-year", THE_YEAR),),
)
