"""The rules that look at every table alike: announced counts, placeholders, sources of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule
from hscb_report.findings import Severity
from hscb_report.schema import Row, Tables, TableSchema, YearData
from hscb_report.schema.assurance import StatedCount
from hscb_report.schema.own import EarlierFigure
from hscb_report.schema.reference import Source

PLACEHOLDER = re.compile(r"\b(XXX+|TBC|TODO)\b")


def stated_counts_rule(tables: Iterable[TableSchema]) -> Rule:
    """Return rule 15, given the tables whose rows a text may announce."""
    known = {table.name: table.row for table in tables}

    def check(data: YearData) -> Breaches:
        for row in data.tables[StatedCount]:
            if row.table not in data.gaps | data.awaited:
                yield from _stated_count(row, known, data.tables)

    title = "Counts that the text announces are those of the lists"
    return Rule("R15", title, "warning", (StatedCount,), check, over_all=True)


def _stated_count(row: StatedCount, known: dict[str, type[Row]], tables: Tables) -> Breaches:
    unknown = next(_what_is_unknown(row, known), None)
    if unknown:
        column, found = unknown
        what = "there is no such table." if column == "table" else "names nothing to count."
        yield Breach(what, "See the data dictionary.", row.place, column, found)
        return
    if (items := _items(tables, row)) != row.stated:
        holds = "another number" if known[row.table].info.protected else str(items)
        yield Breach(
            f"{row.stated} are announced ({row.title}); {row.table} holds {holds}.",
            "Correct the number or the list, or accept it with a reason.",
            row.place,
            "stated",
            str(row.stated),
        )


def _what_is_unknown(
    row: StatedCount, known: dict[str, type[Row]]
) -> Iterator[tuple[str, str | None]]:
    fields = known[row.table].model_fields if row.table in known else {}
    where, _, _code = (row.where or "").partition("=")
    is_number = row.adds_up in fields and fields[row.adds_up].annotation is int
    if row.table not in known:
        yield "table", row.table
    if row.adds_up is not None and not is_number:
        yield "adds_up", row.adds_up
    if row.where is not None and where not in fields:
        yield "where", row.where


def _items(tables: Tables, row: StatedCount) -> int:
    rows: Sequence[Row] = tables.named(row.table)
    if row.where:
        column, _, code = row.where.partition("=")
        rows = [item for item in rows if str(getattr(item, column)) == code]
    return sum(getattr(item, row.adds_up) if row.adds_up else 1 for item in rows)


def _no_placeholders(data: YearData) -> Breaches:
    printed = "The source prints it" if data.is_reconstruction else "It is printed so"
    for row in data.tables:
        yield from _placeholders(row, data.is_final, printed)


def _placeholders(row: Row, is_final: bool, printed: str) -> Breaches:
    for column in type(row).model_fields:
        value = getattr(row, column)
        verbatim = getattr(row, "basis", "") == "verbatim" or column.endswith("_printed")
        if isinstance(value, str) and (found := PLACEHOLDER.search(value)):
            yield Breach(
                "an unresolved placeholder.",
                f"{printed}; note what is missing." if verbatim else "Fill it in.",
                row.place,
                column,
                found[0],
                "warning" if verbatim or not is_final else None,
            )


PLACEHOLDERS = Rule(
    "R28",
    "No unresolved placeholder (XXX, TBC, TODO) in a final report",
    "error",
    (Source,),
    _no_placeholders,
    over_all=True,
)


_SPANS = (
    ("first_month", "last_month"),
    ("first_year", "last_year"),
    ("valid_from", "valid_to"),
    ("began", "ended"),
)
"""The columns in which something begins and ends, of whatever table has both."""


def _spans_end_after_they_begin(data: YearData) -> Breaches:
    spans = [
        (row, first, last)
        for row in data.tables
        for first, last in _SPANS
        if getattr(row, first, None) is not None and getattr(row, last, None) is not None
    ]
    if not spans:
        raise NothingToCheck
    for row, first, last in spans:
        if getattr(row, last) < getattr(row, first):
            yield Breach(
                f"it is before {first}.",
                "Correct one of the two.",
                row.place,
                last,
                None if row.info.protected else str(getattr(row, last)),
            )


SPANS = Rule(
    "R54",
    "What has a beginning and an end ends after it begins",
    "error",
    check=_spans_end_after_they_begin,
    over_all=True,
)


def disclosure_rule(edition: str) -> Rule:
    """Return the rule about small counts, which nothing yet holds back from a publication.

    What an example invents and what a reconstruction takes over may be shown.
    """

    def check(data: YearData) -> Breaches:
        if data.settings is None or data.settings.year.kind != "publication":
            return
        # An earlier figure is told beside the number itself, whose own table is looked at.
        protected = (row for row in data.tables if row.info.protected)
        first: dict[str, Row] = {}
        for row in protected:
            if not isinstance(row, EarlierFigure):
                first.setdefault(row.info.name, row)
        if first:
            what = "count or describe children; nothing decides yet what may be published."
            hint = "Until disclosure control exists, make the Board's (--edition board)."
            severity: Severity = "error" if edition == "public" else "warning"
            place = next(iter(first.values())).place
            yield Breach(f"{', '.join(first)} {what}", hint, place, severity=severity)

    title = "Small counts of children are public already, or disclosure control has passed"
    return Rule("R27", title, "error", check=check, over_all=True)
