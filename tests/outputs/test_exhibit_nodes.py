"""A chart and its table as one figure: what pages and PDFs have of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from hscb_report.figures import Figure
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.units import POUNDS
from tests.outputs.projects import CHART, Pdf, build, pdf_of, write_project

HOSTILE = '<b>x</b> {{ y }} & "c"'
TABLE = exhibit(
    "money",
    f"Who pays {HOSTILE}",
    [Column("Agency"), Column("Amount", POUNDS)],
    [(HOSTILE, Figure(10)), ("Police", Figure(2))],
    "A note of the table.",
)
DRAWN: dict[str, Any] = {
    "label": "money",
    "title": f"Council pays most {HOSTILE}",
    "caption": f"Who pays {HOSTILE}",
    "alternative": f"Chart of 2 values. {HOSTILE}: £10; Police: £2.",
    "svg": CHART.replace('fill="#135"', 'fill="#0f5261"'),
    "narrow": CHART,
    "table": TABLE.as_json(),
}
BESIDE = {**DRAWN, "label": "money-chart", "table": None}
CONF = f"""
extensions = ["myst_parser", "hscb_report.outputs.book.extension"]
numfig = True
numfig_format = {{"table": "Table %s", "figure": "Figure %s", "section": "Section %s"}}
from docutils.parsers.rst import Directive
from hscb_report.outputs.book.exhibit_nodes import chart_node, table_node
class Drawn(Directive):
    def run(self):
        charts = {[DRAWN, BESIDE]!r}
        return [chart_node(chart, "chart.svg", self.state.document) for chart in charts]
class Shown(Directive):
    def run(self):
        return [table_node({replace(TABLE, label="other").as_json()!r}, self.state.document)]
def setup(app):
    app.add_directive("drawn", Drawn)
    app.add_directive("shown", Shown)
"""
PAGES = {
    "index.md": "# Start\n\n```{toctree}\nchapters/budget\n```\n",
    "chapters/budget.md": "# Budget\n\nSee {numref}`money`, {ref}`it <money>` and {numref}`other`."
    "\n\n```{drawn}\n```\n\n```{shown}\n```\n",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sources of a small book with a chart in its table's place, and one beside."""
    folder = write_project(tmp_path_factory.mktemp("charts") / "source", PAGES, CONF)
    (folder / "chapters" / "chart.svg").write_text(CHART, "utf-8")
    return folder


@pytest.fixture(scope="module")
def page(source: Path) -> BeautifulSoup:
    """Return the page of the charts; it was built without a warning."""
    out = source.parent / "html"
    assert build(source, out, builder="html") == ""
    return BeautifulSoup((out / "chapters" / "budget.html").read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def figure(page: BeautifulSoup) -> Tag:
    """Return the figure of the chart that stands in its table's place."""
    found = page.select_one("figure#money")
    assert found is not None
    return found


def told(found: Tag, selector: str) -> list[str]:
    return [" ".join(part.get_text().split()) for part in found.select(selector)]


def test_a_reference_to_the_table_leads_to_the_figure(page: BeautifulSoup) -> None:
    links = {link.get_text(): link["href"] for link in page.select("p a.reference")}
    assert links == {"Figure 1": "#money", "it": "#money", "Table 1": "#other"}


def test_number_and_title_come_first_then_what_is_measured_the_drawing_and_its_table(
    figure: Tag,
) -> None:
    assert [child.name for child in figure.find_all(recursive=False)] == [
        *("figcaption", "div", "div")
    ]
    assert told(figure, "figcaption") == [
        f"Figure 1. Council pays most {HOSTILE} Who pays {HOSTILE}¶"
    ]
    assert told(figure, "figcaption .measured") == [f"Who pays {HOSTILE}"]


def test_the_drawing_is_there_wide_and_narrow_read_out_as_one_image(figure: Tag) -> None:
    drawn = figure.select("svg")
    assert [svg["class"] for svg in drawn] == [["wide"], ["narrow"]]
    (image,) = figure.select("[role=img]")
    assert image["aria-label"] == DRAWN["alternative"]
    assert "var(--accent, #0f5261)" in str(drawn[0])


def test_the_table_is_shown_on_demand_and_is_there_as_data(figure: Tag) -> None:
    (details,) = figure.select("details")
    assert told(details, "summary") == [f"View as table: Who pays {HOSTILE}"]
    assert told(details, "caption") == [f"Who pays {HOSTILE}"]
    assert told(details, "tbody th") == [HOSTILE, "Police"]
    assert told(details, "td") == ["£10", "£2"]
    assert "A note of the table." in told(details, "p")
    (link,) = figure.select("a[href$=csv]")
    assert link["href"] == "../../data/money.csv"
    assert told(figure, "a[href$=csv]") == [f"Download CSV: Who pays {HOSTILE}"]


def test_a_chart_beside_its_table_has_none_of_its_own(page: BeautifulSoup) -> None:
    (beside,) = page.select("figure#money-chart")
    assert not beside.select("table, details")
    assert not page.select("details details")


def test_a_pdf_has_the_figures_without_their_tables(source: Path) -> None:
    out = source.parent / "pdf"
    assert build(source, out, [pdf_of("book")]) == ""
    text = Pdf(out / "book.pdf").text
    assert "See Figure 1, it and Table 1." in " ".join(text.split())
    assert "View as table" not in text
    assert text.count("A note of the table.") == 1
