"""Rules 15, 25, 26 and 28: what the text announces, claims, must contain, and must not."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from hscb_report.rules.rule import Breach, Breaches, Rule
from hscb_report.schema import Row, Tables, declared_tables
from hscb_report.schema.assurance import StatedCount

PLACEHOLDER = re.compile(r"\b(XXX+|TBC|TODO)\b")


def _stated_counts(tables: Tables) -> Breaches:
    rows = {table.name: table.row for table in declared_tables()}
    for row in tables.stated_counts:
        known = rows[row.table].model_fields if row.table in rows else {}
        where, _, _code = (row.where or "").partition("=")
        is_number = row.adds_up in known and known[row.adds_up].annotation is int
        wrong = (
            ("table", row.table, row.table in rows),
            ("adds_up", row.adds_up, row.adds_up is None or is_number),
            ("where", row.where, row.where is None or where in known),
        )
        unknown = [(column, found) for column, found, is_known in wrong if not is_known]
        for column, found in unknown[:1]:
            table_is_wrong = column == "table"
            what = "there is no such table." if table_is_wrong else "names nothing to count."
            yield Breach(what, "See the data dictionary.", row.place, column, found)
        if not unknown and (items := _items(tables, row)) != row.stated:
            yield Breach(
                f"{row.stated} are announced ({row.title}); {row.table} holds {items}.",
                "Correct the number or the list, or accept it with a reason.",
                row.place,
                "stated",
                str(row.stated),
            )


def _items(tables: Tables, row: StatedCount) -> int:
    listed: Sequence[Row] = getattr(tables, row.table)
    if row.where:
        column, _, code = row.where.partition("=")
        listed = [item for item in listed if str(getattr(item, column)) == code]
    return sum(getattr(item, row.adds_up) if row.adds_up else 1 for item in listed)


def _claims_have_measures(tables: Tables) -> Breaches:
    for row in tables.priority_statements:
        if row.claim not in ("increase", "reduction"):
            continue
        areas = [v.area for v in tables.measure_values if row.measure and v.measure == row.measure]
        # Two values show a change only if they are of one area.
        values = max((areas.count(area) for area in areas), default=0)
        if values < 2:
            yield Breach(
                f"claims {'an' if row.claim == 'increase' else 'a'} {row.claim}, but "
                + (f"{row.measure} has {values} values." if row.measure else "no measure."),
                "Name a measure with two values, or accept it with a reason.",
                row.place,
                "measure",
                row.measure,
            )


def coverage_rule(pages: Container[str]) -> Rule:
    """Return rule 26 for the pages that the book has."""

    def check(tables: Tables) -> Breaches:
        covered = {(row.profile, row.requirement) for row in tables.requirement_coverage}
        for requirement in tables.requirements:
            if (requirement.profile, requirement.requirement) not in covered:
                yield Breach(
                    "no row of requirement_coverage.csv says where this requirement is met.",
                    "Add one; coverage may be not_met.",
                    requirement.place,
                    "requirement",
                    requirement.requirement,
                )
        for row in tables.requirement_coverage:
            if row.page not in pages:
                yield Breach(
                    "the book has no such page.",
                    "Name a page of book/_toc.yml, such as chapters/05-budget.",
                    row.place,
                    "page",
                    row.page,
                )

    return Rule(
        "R26",
        "Every statutory requirement maps to a page that exists",
        "error",
        ("requirements", "requirement_coverage"),
        check,
    )


def placeholder_rule(is_final: bool) -> Rule:
    """Return rule 28: a final report holds no placeholder, unless the source prints it so."""

    def check(tables: Tables) -> Breaches:
        for table in declared_tables():
            for row in getattr(tables, table.name):
                yield from _placeholders(row, is_final)

    title = "No unresolved placeholder (XXX, TBC, TODO) in a final report"
    return Rule("R28", title, "error", ("sources",), check, over_all=True)


def _placeholders(row: Row, is_final: bool) -> Breaches:
    for column in type(row).model_fields:
        value = getattr(row, column)
        verbatim = getattr(row, "basis", "") == "verbatim" or column.endswith("_printed")
        if isinstance(value, str) and (found := PLACEHOLDER.search(value)):
            yield Breach(
                "an unresolved placeholder.",
                "Fill it in." if not verbatim else "The source prints it; note what is missing.",
                row.place,
                column,
                found[0],
                "warning" if verbatim or not is_final else None,
            )


RULES = (
    Rule(
        "R15",
        "Counts that the text announces are those of the lists",
        "warning",
        ("stated_counts",),
        _stated_counts,
        over_all=True,
    ),
    Rule(
        "R25",
        "A claim of increase or reduction names a measure with two values",
        "warning",
        ("priority_statements", "measure_values"),
        _claims_have_measures,
    ),
)
