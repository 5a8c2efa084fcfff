"""What documents, agencies, measures and requirements there are."""

from __future__ import annotations

from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from hscb_report.schema.columns import (
    IDENTIFIER,
    MONTH,
    PRINTED,
    TEXT,
    YEAR,
    code,
    column,
    reference,
    several,
)
from hscb_report.schema.row import AGENCY, Row, TableInfo
from hscb_report.years import ReportingYear


class Source(Row):
    """A document that rows come from."""

    info = TableInfo("sources", "Sources", keys=("source",), protected=False)
    source: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "Title of the document")
    publisher: str = column(TEXT, "Who published it")
    published: Month = column(MONTH, "Month of publication")
    locator_means: str = column(TEXT, "What a locator counts in this document")


class Agency(Row):
    """An organisation, or a body within one, that pays, sits on the Board or is asked for data."""

    info = TableInfo("agencies", "Agencies", keys=("agency",), folder="reference", protected=False)
    agency: str = column(IDENTIFIER, "Short code")
    name: str = column(TEXT, "Name in full")
    valid_from: Month | None = column(MONTH, "First month in which it existed, where known")
    valid_to: Month | None = column(MONTH, "Last month in which it existed, where it has ended")
    part_of: str | None = column(AGENCY, "The agency that it is a part of")
    successor: str | None = column(TEXT, "What took over its work")
    represents: str | None = column(AGENCY, "The agency of another list for which it sits")
    note: str | None = column(TEXT, "Anything a reader of the row must know")


class AgencyAlias(Row):
    """Another name under which documents speak of an agency."""

    info = TableInfo(
        "agency_aliases", "Agency aliases", keys=("alias",), folder="reference", protected=False
    )
    alias: str = column(TEXT, "The other name")
    agency: str = column(AGENCY, "The agency that it means")
    basis: str = column(code(words.BASIS), "Whether a document says so, or it is inferred")
    note: str | None = column(TEXT, "Why we think so, where it is inferred")


class Word(Row):
    """A word of a vocabulary: its code, how it is printed, and what calculations take it for."""

    info = TableInfo(
        "vocabularies",
        "The words that a board has chosen",
        keys=("vocabulary", "code"),
        folder="reference",
        protected=False,
    )
    vocabulary: str = column(TEXT, "The vocabulary; all of its words stand together")
    code: str = column(TEXT, "The code that tables use")
    label: str = column(TEXT, "How it is printed")
    of: str | None = column(TEXT, "The code of the wider vocabulary that it belongs to")
    means: tuple[str, ...] | None = column(
        several(TEXT, "words", "one or more words that calculations know"),
        "What calculations take it for, where they know such words in the vocabulary",
    )


class UsualWord(Word):
    """A word that holds for every board that has not chosen its own."""

    info = TableInfo(
        "usual_vocabularies",
        "The words that hold unless a board chooses its own",
        keys=("vocabulary", "code"),
        folder="common",
        protected=False,
    )


class Regime(Row):
    """A version of the guidance, and the years whose reports it is asked of."""

    info = TableInfo(
        "regimes", "Statutory regimes", keys=("regime",), folder="common", protected=False
    )
    regime: str = column(IDENTIFIER, "Short code")
    title: str = column(TEXT, "The guidance")
    first_year: ReportingYear | None = column(YEAR, "The first year whose report it is asked of")
    last_year: ReportingYear | None = column(YEAR, "The last such year; empty: it still holds")
    note: str | None = column(TEXT, "Why these years")


class StatutoryRequirement(Row):
    """What guidance asks of a yearly report; a profile is one version of the guidance."""

    info = TableInfo(
        "requirements",
        "Statutory requirements",
        keys=("profile", "requirement"),
        folder="common",
        protected=False,
    )
    profile: str = column(reference("regimes.regime"), "Which guidance")
    requirement: str = column(IDENTIFIER, "Short code")
    asks_for: str = column(TEXT, "What is asked for, briefly")
    authority: str = column(TEXT, "Where it is asked for: guidance and chapter, act and section")
    paragraph: str | None = column(PRINTED, "The paragraph, where it is known")
    certainty: str = column(
        code(words.CERTAINTY), "How certain the wording and the numbering are known"
    )
    given_by: str | None = column(
        TEXT,
        "The table whose rows are evidence of it, if one's are; expenditure/training: those under "
        "the heading that means it",
    )
    shown_on: str | None = column(TEXT, "The page that shows them")


class OwnRequirement(Row):
    """What a board asks of its own report, beside what guidance asks."""

    info = TableInfo(
        "own_requirements",
        "What the Board asks of its own report",
        keys=("requirement",),
        folder="reference",
        protected=False,
    )
    requirement: str = column(IDENTIFIER, "Short code")
    asks_for: str = column(TEXT, "What is asked for, briefly")
    authority: str = column(TEXT, "Where the Board says so")
    first_year: ReportingYear | None = column(YEAR, "The first year whose report it is asked of")
    last_year: ReportingYear | None = column(YEAR, "The last such year; empty: it still holds")


class Abbreviation(Row):
    """An abbreviation that the report may use, and what it is short for."""

    info = TableInfo(
        "abbreviations",
        "Abbreviations of the Board's own",
        keys=("short",),
        folder="reference",
        protected=False,
    )
    short: str = column(TEXT, "The abbreviation")
    full: str = column(TEXT, "What it is short for, as it stands within a sentence")
    is_familiar: str | None = column(
        code(words.YES_NO), "Whether everybody knows it, so that no page has to say it in full"
    )

    @property
    def is_expanded(self) -> bool:
        """Whether a page says it in full where it comes first, and marks it elsewhere."""
        return self.is_familiar != "yes"


class UsualAbbreviation(Abbreviation):
    """An abbreviation that any board may use."""

    info = TableInfo(
        "usual_abbreviations",
        "Abbreviations that boards use",
        keys=("short",),
        folder="common",
        protected=False,
    )


class GlossaryTerm(Row):
    """A term of the field, and what it means to a reader who is new to it."""

    info = TableInfo(
        "glossary",
        "Terms of the Board's own",
        keys=("term",),
        folder="reference",
        protected=False,
    )
    term: str = column(TEXT, "The term, as it stands within a sentence")
    meaning: str = column(TEXT, "What it means, in a sentence or two")


class UsualGlossaryTerm(GlossaryTerm):
    """A term that any board may use."""

    info = TableInfo(
        "usual_glossary", "Terms of the field", keys=("term",), folder="common", protected=False
    )


class OwnHeading(Row):
    """What a board calls a published table, or a column of one."""

    info = TableInfo(
        "headings",
        "Captions and headings that the Board has chosen",
        keys=("exhibit", "usual"),
        folder="reference",
        protected=False,
    )
    exhibit: str = column(TEXT, "The published table, such as referral-outcomes")
    usual: str = column(TEXT, "The usual heading of the column, or caption")
    own: str = column(TEXT, "What the Board calls it; {{ year }} is filled in")
