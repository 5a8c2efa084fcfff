"""Tables on pages: how wide they have to be, and what is left of them on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from hscb_report.outputs.book.html_tables import STEPS, caption_of, least_width
from hscb_report.results.exhibit import Column, Mark, exhibit
from tests.outputs.projects import build, docutils_table, entry, write_project

COLUMNS = [Column(name) for name in ("Agency", "Paid", "Share", "Earlier")]
FOUR = exhibit(
    "four", "Of four", COLUMNS, [("A", "1", "2", "3"), ("Total", "1", "2", "3")], "A note."
)
WIDE = exhibit("wide", "Of long words", COLUMNS, [("internationalisation",) * 4])
LONG = exhibit("long", "Of a hash", COLUMNS[:2], [("A", "0123456789abcdef" * 4)])
ACTIONS = exhibit(
    "actions",
    "Of actions",
    [Column(name) for name in ("Action", "In place", "Due", "Status")],
    [("1.1a", "Agencies say " * 6, "September 2014", Mark("On target", "▶", "good"))],
)
CONF = """
extensions = ["myst_parser", "hscb_report.outputs.book.extension"]
hscb_exhibits = {}
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """Return a page with three tables, in a folder below the first."""
    exhibits = {e.label: e.as_json() for e in (FOUR, WIDE, LONG, ACTIONS)}
    exhibits["actions"]["sources"] = "sources-plan"
    text = "# Tables\n\n" + "".join(f"```{{exhibit}} {label}\n```\n\n" for label in exhibits)
    pages = {"index.md": "# Start\n\n```{toctree}\nin/tables\n```\n", "in/tables.md": text}
    conf = CONF.format(repr(exhibits))
    source = write_project(tmp_path_factory.mktemp("tables") / "source", pages, conf)
    out: Path = source.parent / "out"
    assert build(source, out, builder="html") == ""
    return BeautifulSoup((out / "in" / "tables.html").read_text("utf-8"), "html.parser")


def table_of(*texts: str) -> Any:
    return docutils_table([[entry(text) for text in texts]])


def test_a_table_is_as_wide_as_its_longest_words() -> None:
    assert least_width(table_of("aaaa bb", "c")) == least_width(table_of("aaaa", "c"))
    assert least_width(table_of("aaaaa", "c")) > least_width(table_of("aaaa", "c"))
    assert least_width(table_of("a", "b", "c")) > least_width(table_of("a", "b"))
    assert least_width(table_of("a" * 24)) == least_width(table_of("a" * 64))
    # A reporting year, a month and a number with what is said of it stand in one line each.
    assert least_width(table_of("2020-21", "c")) == least_width(table_of("a" * 7, "c"))
    assert least_width(table_of("March 2021", "c")) == least_width(table_of("a" * 10, "c"))
    text, number = (
        docutils_table(
            [[entry("A"), entry("B")], [entry("4 (provisional)", classes=how), entry("c")]]
        )
        for how in ([], ["right"])
    )
    assert least_width(text) == least_width(table_of("(provisional)", "c"))
    assert least_width(number) == least_width(table_of("a" * 15, "c"))


def test_a_table_of_more_than_three_columns_becomes_blocks_where_it_has_no_room(
    page: BeautifulSoup,
) -> None:
    """Browsers forget what a table is when it is shown as blocks: each part says what it is."""
    classes = {
        str(table["id"]): int(name.removeprefix("stack-"))
        for table in page.select("table")
        for name in table["class"]
        if name.startswith("stack-")
    }
    assert classes["long"] == STEPS[0] < classes["four"] < classes["wide"]
    assert set(classes.values()) <= set(STEPS)
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for name, role in roles.items():
        assert {part.get("role") for part in page.select(name)} == {role}
    assert {th["role"] for th in page.select("thead th")} == {"columnheader"}
    assert {th["role"] for th in page.select("tbody th")} == {"rowheader"}


def test_a_row_of_totals_and_a_cell_of_a_word_without_end_are_marked(page: BeautifulSoup) -> None:
    assert [row.th.get_text() for row in page.select("tr.total")] == ["Total"]  # type: ignore[union-attr]
    assert [cell.get_text().strip()[:8] for cell in page.select(".breaks")] == ["01234567"]


def test_below_a_table_stand_its_notes_and_then_the_link_to_its_data(page: BeautifulSoup) -> None:
    (box,) = (table.find_parent(class_="exhibit") for table in page.select("table#four"))
    assert box is not None
    (link,) = box.select(".side + .tools a")
    assert link["href"] == "../../data/four.csv"
    assert link.get_text() == "Download CSV: Of four"
    assert [p.get_text() for p in box.select(".table-box + .side p.exhibit-note")] == ["A note."]


def test_a_table_of_a_chapter_leads_to_the_sources_of_its_numbers(page: BeautifulSoup) -> None:
    links = {
        link["href"]: link.get_text()
        for link in page.select(".tools a")
        if "csv" not in link["href"]
    }
    assert links == {"../pages/sources.html#sources-plan": "Sources of: Of actions"}


def test_what_a_table_shows_in_short_is_its_title_without_what_is_measured() -> None:
    table = table_of("a")
    assert caption_of(table) == ""
    measured = nodes.inline("", "£, 2013-14", classes=["measured"])
    table.insert(0, nodes.title("", "", nodes.Text("Who pays "), measured))
    assert caption_of(table) == "Who pays"


def test_a_text_beside_a_label_needs_no_heading_and_months_and_short_marks_are_not_broken(
    page: BeautifulSoup,
) -> None:
    cells = page.select("#actions td")
    kept = [{*cell.get("class", [])} & {"named", "whole"} for cell in cells]
    assert kept == [{"named"}, {"whole"}, {"whole"}]
    assert not page.select("#four .named, #long .named, #long .whole")
