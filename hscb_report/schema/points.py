"""What a year says first: its points in sentences, and the figures that it puts before others."""

from __future__ import annotations

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import TEXT, code, column
from hscb_report.schema.row import STANDING, Row, TableInfo

FIRST_PAGE = "index"
"""What points of the first page name as their page."""


class Point(Row):
    """A sentence that a page says before all others, in the order of the file.

    A number in it stands as the name of a fact in double braces, as in any text; two asterisks
    before and behind words print them bold.
    """

    info = TableInfo(
        "points", "Points of the year", keys=("page", "list", "sentence"), protected=False
    )
    page: str = column(
        TEXT, f"The page that says it: {FIRST_PAGE} for the first one, or such as chapters/budget"
    )
    list: str = column(code(words.POINT_LIST), "In which of the page's lists it stands")
    sentence: str | None = column(TEXT, "The sentence, its numbers by name", next_year="empty")
    detail: str | None = column(
        TEXT, "What follows a heading of what is missing, in a sentence or two", next_year="empty"
    )
    link: str | None = column(
        TEXT, "The page that says more, such as chapters/budget", next_year="empty"
    )

    @property
    def awaited(self) -> tuple[str, ...]:
        """The sentence, while a draft has its place alone."""
        return () if self.sentence else ("sentence",)


class KeyFigure(Row):
    """A number that stands among the key figures, in the order of the file."""

    info = TableInfo(
        "key_figures", "Key figures", keys=("fact",), protected=False, next_year=STANDING
    )
    fact: str = column(TEXT, "The name of the number, such as budget.spend")
    label: str | None = column(TEXT, "What it is called there, where not as the number itself is")
