"""What is kept of agencies' spreadsheets: which files came, and how those of others are read."""

from __future__ import annotations

from datetime import date

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import DAY, IDENTIFIER, TEXT, code, column
from hscb_report.schema.row import AGENCY, APART, Row, TableInfo

LEFT_OUT = "left_out"
"""What stands in the place of a column or a code of ours: theirs is not taken over."""
TAKEN = "taken"
"""What stands for a word of a column that is left out, whose rows are taken over all the same."""
IN_TITLE = "in_title"
"""What stands for a year in what a sheet says besides: the one that its title has, year by year."""
ANY_OTHER = "*"
"""What stands in the place of a word of theirs: any that is not named."""


class Received(Row):
    """A file that was taken over: rows that come from it name it as their source.

    One of records alone is listed here and not among the sources, which a report prints.
    It is no protected table: it tells of files, which lie in the private folder, and no number.
    """

    info = TableInfo(
        "received",
        "Files that were taken over",
        keys=("source",),
        protected=False,
        next_year=APART,
    )
    source: str = column(IDENTIFIER, "The file, as rows name it that come from it")
    file: str = column(TEXT, "Its name")
    sha256: str = column(TEXT, "The hash of its bytes, by SHA-256")
    agency: str | None = column(AGENCY, "The agency that sent it, where it is one of the Board's")
    received: date = column(DAY, "When it was taken over")


class Mapped(Row):
    """A part of how spreadsheets of one kind are read: a sheet, a column of it, or a word in one.

    What a column or word means besides is told in `also`: "measure=referrals; status=provisional".
    Several columns of theirs may be the same one of ours: then each gives a row of its own.
    """

    info = TableInfo(
        "mappings",
        "How others' spreadsheets are read",
        keys=("mapping", "part", "heading", "theirs"),
        folder="reference",
        protected=False,
    )
    mapping: str = column(IDENTIFIER, "Short code for spreadsheets of this kind")
    part: str = column(code(words.MAPPED_PART), "What is mapped")
    heading: str | None = column(TEXT, "Of a word: the heading below which it stands")
    theirs: str = column(
        TEXT, 'The sheet\'s name, the heading, or the word; "*": any other, of a sheet any name'
    )
    ours: str = column(
        TEXT, "The table, the column, or the code for it; left_out: nothing is taken over"
    )
    also: str | None = column(TEXT, "What it says besides, as column=value; between semicolons")
    sender: str | None = column(TEXT, "Of a sheet: the agency, or whoever publishes it")
    confirmed: str | None = column(
        TEXT, "Of a sheet: who has looked at the whole mapping, by role; nothing is written before"
    )
