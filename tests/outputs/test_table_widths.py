"""How a table stands on its page: one width for the same columns, turned only where it must."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

from hscb_report.outputs.pdf.table_widths import TableWidths, turned_pages
from hscb_report.outputs.pdf.tokens import FULL, TEXT, TURNED
from tests.outputs.projects import docutils_table, entry

LONG = ["Incomprehensibilities"] * 6
SHORT = ["a", "1"]


def table(cells: list[str], rows: int = 1, *classes: str) -> nodes.table:
    heads = [entry(f"H{number}") for number in range(len(cells))]
    made = docutils_table([heads, *([entry(cell) for cell in cells] for _ in range(rows))])
    made["classes"] += classes
    return made


def page_of(*tables: nodes.table) -> nodes.document:
    document = new_document("page")
    document["docname"] = "page"
    section = nodes.section()
    section.extend(tables)
    document += section
    return document


def test_tables_of_the_same_columns_share_the_width_that_the_widest_needs() -> None:
    first, second = table(SHORT), table(["a", "words " * 40])
    found = TableWidths(page_of(first, second), frozenset())
    assert found.of_table(first) == found.of_table(second)
    assert found.of(first, is_turned=False).width == FULL
    alone = table(SHORT)
    assert TableWidths(page_of(alone), frozenset()).of(alone, is_turned=False).width == TEXT


@pytest.mark.parametrize(("rows", "is_short"), [(1, True), (15, True), (16, False)])
def test_a_table_of_up_to_15_rows_is_short(rows: int, is_short: bool) -> None:
    made = table(SHORT, rows)
    layout = TableWidths(page_of(made), frozenset()).of(made, is_turned=False)
    assert layout.is_short is is_short


@pytest.mark.parametrize(
    ("cells", "classes", "turns"),
    [(LONG, ["landscape"], True), (LONG, [], False), (SHORT, ["landscape"], False)],
)
def test_a_wide_table_turns_its_page_only_if_its_words_need_the_room(
    cells: list[str], classes: list[str], turns: bool
) -> None:
    made = table(cells, 1, *classes)
    layout = TableWidths(page_of(made), frozenset()).of(made, is_turned=False)
    assert layout.turns is turns
    assert (layout.width == TURNED) is turns


def test_a_page_that_may_turn_does_if_a_table_of_it_has_to() -> None:
    pages = {"long": page_of(table(LONG)), "short": page_of(table(SHORT)), "told": page_of()}
    asked = {"long": "wide", "short": "wide", "told": "landscape", "other": "upright"}
    env = SimpleNamespace(
        metadata={page: {"orientation": orientation} for page, orientation in asked.items()},
        get_doctree=pages.__getitem__,
    )
    assert turned_pages(env) == {"long", "told"}  # type: ignore[arg-type]
