"""Working papers: the notebook with its code, its charts described and its text filled in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from hscb_report.display.mime import CHART, COMMENTARY, TABLE
from hscb_report.notebooks import Executed
from hscb_report.outputs.working_papers import paper_names, write_working_papers
from hscb_report.results.published import Published

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>drawn</title></svg>'


def code(source: str, data: dict[str, Any]) -> dict[str, Any]:
    output = {"output_type": "execute_result", "execution_count": 1, "data": data, "metadata": {}}
    return {
        "cell_type": "code",
        "source": source,
        "execution_count": 1,
        "metadata": {},
        "outputs": [output],
        "id": source[:4],
    }


DRAWN = {
    "narrow": SVG,
    "alternative": 'Bars: "a"',
    "title": "<A> rose",
    "caption": "Bars & dots",
}
HOSTILE = '<b>x</b> {{ y }} [z](javascript:alert(1)) | `a` *b* "c" -- ...'
CELLS = [
    {
        "cell_type": "markdown",
        "source": "# Money\n\nWe had {{ budget.spend }} of {{ board }}: {numref}`shares`.\n\n"
        "See [Audits](/chapters/audits.ipynb), [one](/pages/audit-findings.md#one), "
        "[out](https://example.org/a.md).",
        "metadata": {},
        "id": "text",
    },
    code(
        "said(it)",
        {
            COMMENTARY: {"chapter": "budget", "text": "It was {{ budget.spend }}: {numref}`a`."},
            "text/markdown": "It was £5: {numref}`a`.",
            "text/plain": "It was £5: {numref}`a`.",
        },
    ),
    code("show(table)", {TABLE: {"label": "a"}, "text/html": "<table><td>1</td></table>"}),
    code(
        "drew(<chart>)",
        {CHART: DRAWN, "image/svg+xml": SVG, "text/plain": "x"},
    ),
    {"cell_type": "raw", "source": "<b>raw</b>", "metadata": {}, "id": "raw"},
]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """Return the working paper of a notebook."""
    folder = tmp_path_factory.mktemp("papers") / "papers"
    notebook = {"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    executed = Executed("budget.ipynb", json.dumps(notebook))
    names = {"budget.spend": "£5 & more", "board": HOSTILE}
    write_working_papers([executed], folder, "en", names, {"budget": "05-budget"})
    assert [path.name for path in folder.iterdir()] == ["05-budget.html"]
    return BeautifulSoup(Path(folder / "05-budget.html").read_text("utf-8"), "html.parser")


def test_a_working_paper_shows_text_code_and_tables(paper: BeautifulSoup) -> None:
    told = " ".join(paper.get_text().split())
    assert f"We had £5 & more of {HOSTILE}: the table shares." in told
    assert "It was £5: the table a." in told
    assert not paper.select("main b, main a[href^=javascript]")
    assert "show(table)" in told
    assert "<b>raw</b>" in told
    assert "drew(<chart>)" in told
    assert [cell.get_text() for cell in paper.select("table td")] == ["1"]


def test_the_links_of_a_working_paper_lead_into_the_book(paper: BeautifulSoup) -> None:
    """Which names pages by their sources; addresses elsewhere are left as they are."""
    into = {link.text: link["href"] for link in paper.find_all("a")}
    assert into["Audits"] == "../html/chapters/audits.html"
    assert into["one"] == "../html/pages/audit-findings.html#one"
    assert into["out"] == "https://example.org/a.md"


def test_a_chart_of_a_working_paper_is_read_out_by_its_alternative(paper: BeautifulSoup) -> None:
    """Once, though it is there wide and narrow, of which a page shows one."""
    (chart,) = paper.select("[role=img]")
    assert chart["aria-label"] == 'Bars: "a"'
    assert [drawing["class"] for drawing in chart.select("svg")] == [["wide"], ["narrow"]]
    assert [told.get_text() for told in paper.select("figcaption")] == ["<A> rose: Bars & dots"]
    assert not paper.select("img")


def test_a_working_paper_says_its_language_and_name_and_leads_back(paper: BeautifulSoup) -> None:
    assert paper.select_one("html[lang=en]")
    assert paper.title
    assert paper.title.get_text() == "Working paper 05-budget"
    assert paper.select_one("a[href='../html/chapters/budget.html']")
    assert not paper.select("script, link:not([rel=icon])")


def test_a_working_paper_says_what_every_page_says(tmp_path: Path) -> None:
    """As text, before anything else; of a report with nothing to say, nothing."""
    notebook = {"cells": CELLS[:1], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    executed = Executed("budget.ipynb", json.dumps(notebook))
    for marking in ("", "Draft: <not> final."):
        folder = tmp_path / (marking[:5] or "none")
        write_working_papers(
            [executed], folder, "en", {"budget.spend": "x"}, {"budget": "05-budget"}, marking
        )
        page = BeautifulSoup((folder / "05-budget.html").read_text("utf-8"), "html.parser")
        first = page.select_one("body > header p")
        assert first
        assert " ".join(first.get_text().split()).startswith(f"{marking} Working paper:".strip())


def test_a_wide_table_can_be_scrolled_by_keys_and_is_named_by_its_caption(tmp_path: Path) -> None:
    """A narrow one, which never scrolls, says nothing of it; no link of a paper is empty."""
    heads = "".join(f'<th scope="col">{n}</th>' for n in range(4))
    wide = f"<table><caption>Of &quot;a&quot; &lt;b&gt;</caption><tr>{heads}</tr></table>"
    narrow = '<table><tr><th scope="col">1</th></tr></table>'
    cells = [CELLS[0], code("a", {"text/html": wide}), code("b", {"text/html": [narrow]})]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    executed = Executed("budget.ipynb", json.dumps(notebook))
    write_working_papers(
        [executed], tmp_path / "papers", "en", {"budget.spend": "x"}, {"budget": "05-budget"}
    )
    text = (tmp_path / "papers" / "05-budget.html").read_text("utf-8")
    page = BeautifulSoup(text, "html.parser")
    (region,) = page.select("[tabindex]")
    assert (region["role"], region["aria-label"]) == ("region", 'Of "a" <b>')
    assert len(page.select("table")) == 2
    assert all(link.get_text().strip() for link in page.select("a"))


def test_working_papers_are_numbered_in_the_order_of_the_book(report: Published) -> None:
    names = paper_names(report.contents)
    assert list(names.values()) == [f"{n:02d}-{name}" for n, name in enumerate(names, 1)]
    assert names["budget"] == "07-budget"
