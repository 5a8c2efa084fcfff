"""What a year has of its own: sources of whole tables, pages, pictures, tables, history."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import IDENTIFIER, PERIOD, SIGNED_NUMBER, TEXT, code, column
from hscb_report.schema.row import APART, SOURCE, STANDING, Row, SourcedRow, TableInfo
from hscb_report.years import Period

EVERY_TABLE = "every_table"


class TableSource(Row):
    """Where the rows of a table come from, said once: a row needs it only where it differs."""

    info = TableInfo(
        "table_sources", "Where whole tables come from", keys=("table",), protected=False
    )
    table: str = column(TEXT, f"The name of the table; {EVERY_TABLE}: all that have no line here")
    source: str | None = column(SOURCE, "The document that its rows come from")
    locator: str | None = column(TEXT, "Where in it: a page, a sheet")
    basis: str | None = column(code(words.BASIS), "How its values relate to what the document has")


class ContentsLine(Row):
    """A page of the book, in the order of the file: one that it has anyway, or the year's own."""

    info = TableInfo(
        "contents", "Order of the pages", keys=("page",), protected=False, next_year=STANDING
    )
    part: str = column(TEXT, "The part of the book; a new title begins a part of its own")
    page: str = column(TEXT, "The page: chapters/budget, pages/assurance, or text/ and its name")


class Picture(Row):
    """A picture of the year's own, in its folder pictures."""

    info = TableInfo("pictures", "Pictures", keys=("picture",), protected=False, next_year=APART)
    picture: str = column(IDENTIFIER, "Its name, for the directive that shows it")
    file: str = column(TEXT, "The file in the folder pictures: a PNG or JPEG")
    caption: str = column(TEXT, "What stands with it")
    alternative: str = column(TEXT, "What it shows, in words, for readers who cannot see it")
    licence: str = column(TEXT, "Under which licence, and by whose leave, it is shown")


class OwnTable(Row):
    """A table of the year's own that no chapter reads, in its folder tables."""

    info = TableInfo(
        "own_tables", "Tables of the year's own", keys=("label",), protected=False, next_year=APART
    )
    label: str = column(IDENTIFIER, "Its name: that of its file, and for the directive")
    caption: str = column(TEXT, "What it shows")
    note: str | None = column(TEXT, "What a reader must know, and where it comes from")


def own_label(label: str) -> str:
    """Return the name by which texts show a table of the year's own: `own-visits`."""
    return f"own-{label.replace('_', '-')}"


def picture_label(name: str) -> str:
    """Return the name by which texts refer to a picture of the year's own: `picture-poster`."""
    return f"picture-{name.replace('_', '-')}"


class EarlierFigure(SourcedRow):
    """What a number of the report was in an earlier year, where no folder of that year has it."""

    info = TableInfo(
        "earlier_figures",
        "Figures of earlier years",
        keys=("fact", "period"),
        protected=True,  # it may hold counts of children
        next_year=APART,
    )
    fact: str = column(TEXT, "The name of the number, such as budget.spend")
    period: Period = column(PERIOD, "The earlier period, such as the year before")
    value: Decimal = column(SIGNED_NUMBER, "What it was, in the unit in which it is printed")
    revision: str | None = column(TEXT, "Why it differs from what that year's own report has")
