"""What the report says of itself: announced counts, discrepancies, coverage, acceptances."""

from __future__ import annotations

from datetime import date

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import COUNT, DAY, IDENTIFIER, TEXT, code, column
from hscb_report.schema.row import APART, STANDING, Row, SourcedRow, TableInfo


class StatedCount(SourcedRow):
    """A number of things that the text announces, and the table that lists them."""

    info = TableInfo(
        "stated_counts",
        "Counts that the text announces",
        keys=("statement",),
        protected=False,
        next_year=APART,
    )
    statement: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "What is announced")
    stated: int = column(COUNT, "How many are announced", unit="items")
    table: str = column(TEXT, "The table that lists them")
    adds_up: str | None = column(TEXT, "The column to add up; empty: rows are counted")
    where: str | None = column(TEXT, "Only rows in which column=code, such as status=developed")


class Discrepancy(SourcedRow):
    """Something that is wrong, or cannot be decided, in what is reconstructed."""

    info = TableInfo(
        "discrepancies",
        "Discrepancies in the source",
        keys=("discrepancy",),
        protected=False,
        of_reconstruction=True,
        next_year=APART,
    )
    discrepancy: str = column(TEXT, "Its number, such as I-01")
    what: str = column(TEXT, "What is wrong")
    rule: str | None = column(TEXT, "The rule that finds it; empty: no rule can")
    treatment: str = column(code(words.DISCREPANCY), "What this project does about it")
    how: str = column(TEXT, "How, in words")


class RequirementCoverage(SourcedRow):
    """Where this year's report meets a requirement, and how."""

    info = TableInfo(
        "requirement_coverage",
        "Coverage of requirements",
        keys=("requirement", "page"),
        protected=False,
    )
    requirement: str = column(
        TEXT, "The requirement: of the guidance in force, or one that the Board sets itself"
    )
    page: str = column(TEXT, "The page of the book, such as chapters/budget")
    coverage: str = column(code(words.COVERAGE), "Whether by evidence, narrative, or not at all")
    how: str = column(TEXT, "How it is met, or what is missing")


class Acceptance(Row):
    """A warning that someone has looked at and accepted."""

    info = TableInfo(
        "accepted",
        "Accepted warnings",
        keys=("rule", "file", "row"),
        protected=False,
        next_year=APART,
    )
    rule: str = column(TEXT, "The rule, such as R23")
    file: str = column(TEXT, "The file that the finding names")
    row: int | None = column(COUNT, "The row that it names; empty: no single row", unit="row")
    reason: str = column(TEXT, "Why it is accepted")
    role: str = column(TEXT, "Who accepted it, by role")
    accepted: date = column(DAY, "When")


class Correction(Row):
    """Something that was corrected after the report had been approved."""

    info = TableInfo(
        "corrections",
        "Later corrections",
        keys=("correction",),
        protected=False,
        next_year=APART,
    )
    correction: int = column(COUNT, "Its number")
    corrected: date = column(DAY, "When it was corrected")
    what: str = column(TEXT, "What stands corrected, and what stood there before")
    reason: str = column(TEXT, "Why it was corrected")
    page: str | None = column(
        TEXT, "The page of the book that it is on, such as chapters/budget; empty: no single one"
    )


class NumberExemption(Row):
    """A number in the text that is no fact: a date, a statute, a page.

    Also a word of direction or size in the points of the year that claims nothing of a figure.
    """

    info = TableInfo(
        "exempt_numbers",
        "Numbers exempt from being facts",
        keys=("pattern",),
        protected=False,
        next_year=STANDING,
    )
    pattern: str = column(TEXT, "The words, exactly as they stand in the text")
    reason: str = column(TEXT, "Why it is no figure of the data")


class UsualExemption(NumberExemption):
    """A number that is no fact in the texts that are common to all boards."""

    info = TableInfo(
        "usual_exemptions",
        "Numbers exempt in the common texts",
        keys=("pattern",),
        folder="common",
        protected=False,
    )
