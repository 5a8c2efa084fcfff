"""What is kept of the making of a report: who looked at what was carried over, who owes what."""

from __future__ import annotations

from datetime import date

from hscb_report.schema.columns import DAY, TEXT, column, several
from hscb_report.schema.row import AGENCY, APART, Row, TableInfo


class Confirmation(Row):
    """That somebody has looked at a table or a text as it is, and that it holds for the year.

    Rows are added by `hscb-report confirm`; each holds for as long as that is what stands there.
    """

    info = TableInfo(
        "confirmed",
        "What somebody has looked at",
        keys=("content", "role", "hash"),
        protected=False,
        next_year=APART,
    )
    content: str = column(TEXT, "The table, such as groups; or the text: text/communication.md")
    role: str = column(TEXT, "Who looked at it, by role")
    confirmed: date = column(DAY, "When")
    hash: str = column(TEXT, "What it held then, as `hscb-report confirm` writes it")


class Owed(Row):
    """Who gives the rows of a table, or writes a text, every year."""

    info = TableInfo(
        "owed",
        "Who owes which table",
        keys=("content", "agency"),
        folder="reference",
        protected=False,
    )
    content: str = column(TEXT, "The table, such as contributions; or text/ and the text's name")
    agency: str = column(AGENCY, "The agency that gives it")
    role: str | None = column(TEXT, "Whom to ask there, by role")
    rows: tuple[str, ...] | None = column(
        several(TEXT, "words", "one or more codes of the table's first column"),
        "Of which rows, where the agency gives some of them alone: codes of the first column",
    )


class Prompt(Row):
    """What a text is asked to say, for whoever begins it."""

    info = TableInfo(
        "prompts", "What texts are asked to say", keys=("page",), folder="common", protected=False
    )
    page: str = column(TEXT, "The text: text/ or commentary/ and its name")
    prompt: str = column(TEXT, "What it is to say of the year")
