"""What documents, agencies, measures and requirements there are."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from hscb_report.schema.columns import (
    COUNT,
    IDENTIFIER,
    MONTH,
    NUMBER,
    TEXT,
    code,
    column,
    reference,
)
from hscb_report.schema.row import AGENCY, Row, TableInfo


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
    alias: str = column(TEXT, "The name as printed")
    agency: str = column(AGENCY, "The agency that it means")
    basis: str = column(code(words.BASIS), "Whether the source says so or we infer it")
    note: str | None = column(TEXT, "Why we think so, where it is inferred")


class Measure(Row):
    """What a context measure counts."""

    info = TableInfo("measures", "Measures", keys=("measure",), folder="reference", protected=False)
    measure: str = column(IDENTIFIER, "Short code")
    name: str = column(TEXT, "Name")
    unit: str = column(TEXT, "What is counted")
    per: int | None = column(COUNT, "For a rate: per how many of the population")
    ceiling: Decimal | None = column(NUMBER, "For a rate: the highest that is plausible")
    part_of: str | None = column(
        reference("measures.measure"), "The measure of which it is a part, and never above"
    )
    better: str = column(code(words.DIRECTION), "Which direction is the better one")
    definition: str = column(TEXT, "What is counted, in whom")


class StatutoryRequirement(Row):
    """What guidance asks of an annual report; a profile is one version of the guidance."""

    info = TableInfo(
        "requirements",
        "Statutory requirements",
        keys=("profile", "requirement"),
        folder="reference",
        protected=False,
    )
    profile: str = column(TEXT, "Which guidance, such as working_together_2013")
    requirement: str = column(IDENTIFIER, "Short code")
    asks_for: str = column(TEXT, "What is asked for, retold briefly")
    authority: str = column(TEXT, "Where it is asked for: guidance, chapter, section")
