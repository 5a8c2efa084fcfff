"""What paper leaves out or sets closer: charts in pairs, long tables to look up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from hscb_report.outputs.pdf.pdf import check_structure
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from tests.outputs.projects import CHART, Pdf, build, pdf_of, write_project

NARROW = CHART.replace("Agencies drawn", "Drawn narrow")
HIGH = NARROW.replace('height="60"', 'height="400"')
HOSTILE = "#x[y] <b>"


def chart(label: str, narrow: str = NARROW) -> dict[str, Any]:
    return {
        "label": label,
        "title": f"Title of {label} {HOSTILE}",
        "caption": "What is measured",
        "alternative": f"Chart: {HOSTILE}",
        "svg": CHART,
        "narrow": narrow,
        "table": None,
    }


def to_look_up(label: str, rows: int) -> Exhibit:
    cells = [(f"{label} {number}", "12") for number in range(rows)]
    columns = (Column("Agency"), Column("Meetings"))
    return exhibit(
        label, f"Meetings by agency {HOSTILE}", columns, cells, "A note.", to_look_up=True
    )


SHOWN = {
    "five": [chart("one"), chart("two"), chart("three", HIGH), chart("four"), chart("five")],
    "three": [chart("six"), chart("seven"), chart("eight")],
}
TABLES = [to_look_up("short", 15).as_json(), to_look_up("long", 16).as_json()]
CONF = f"""
extensions = ["myst_parser", "hscb_report.outputs.book.extension"]
numfig = True
numfig_format = {{"table": "Table %s", "figure": "Figure %s", "section": "Section %s"}}
from docutils.parsers.rst import Directive
from hscb_report.outputs.book.exhibit_nodes import chart_node, table_node
class Drawn(Directive):
    required_arguments = 1
    def run(self):
        charts = {SHOWN!r}[self.arguments[0]]
        return [chart_node(chart, "chart.svg", self.state.document) for chart in charts]
class Tables(Directive):
    def run(self):
        return [table_node(table, self.state.document) for table in {TABLES!r}]
def setup(app):
    app.add_directive("drawn", Drawn)
    app.add_directive("tables", Tables)
"""
PAGES = {
    "index.md": "# Start\n\n```{toctree}\nfive\nthree\ntables\n```\n",
    "five.md": "# Five\n\n```{drawn} five\n```\n",
    "three.md": "# Three\n\n```{drawn} three\n```\n",
    "tables.md": "# Tables\n\nSee {numref}`short` and {numref}`long`.\n\n```{tables}\n```\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    """Return a book of charts and tables; it was built without a warning."""
    folder = tmp_path_factory.mktemp("pairs")
    source = write_project(folder / "source", PAGES, CONF)
    assert build(source, folder / "out", [pdf_of("book")]) == ""
    return Pdf(folder / "out" / "book.pdf")


@pytest.fixture(scope="module")
def places(book: Pdf) -> dict[str, tuple[int, float, bool]]:
    """Return the page and height of each figure's caption, and whether it stands at the left."""
    found = {}
    with pdfplumber.open(book.path) as pdf:
        for number, page in enumerate(pdf.pages):
            for word in page.search(r"Title of (\w+)"):
                place = number, round(word["top"]), word["x0"] < page.width / 3
                found[word["groups"][0]] = place
    return found


def test_charts_that_follow_one_another_stand_beside_each_other(
    places: dict[str, tuple[int, float, bool]],
) -> None:
    """A high one stands by itself and parts those around it; the last of three is alone."""
    for left, right in (("one", "two"), ("four", "five"), ("six", "seven")):
        assert places[left][:2] == places[right][:2]
        assert (places[left][2], places[right][2]) == (True, False)
    for alone in ("three", "eight"):
        assert places[alone][2]
        assert [place[:2] for place in places.values()].count(places[alone][:2]) == 1


def test_a_pair_has_the_narrow_drawings_and_a_chart_alone_the_wide_one(book: Pdf) -> None:
    """The narrow one of "three" is too high, and "eight" is alone."""
    assert book.text.count("Drawn narrow") == 6
    assert book.text.count("Agencies drawn") == 2  # the file of the project


def test_the_structure_is_sound(book: Pdf) -> None:
    assert check_structure(Path(book.path)) == []


def test_a_long_table_to_look_up_is_named_with_its_place_and_a_short_one_is_printed(
    book: Pdf,
) -> None:
    text = " ".join(book.text.split())
    assert "See Table 1 and Table 2." in text
    assert f"Table 2. Meetings by agency {HOSTILE}" in text
    assert "The report on screen and the workbook of tables have its 16 rows." in text
    assert "short 14" in text
    assert "long 14" not in text
    assert text.count("A note.") == 1
