"""No text of the settings, or of a cell, is a template or markup: read back as a reader does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from hscb_report.outputs.book.jupyter_book import _build, _settings, typst_documents, write_settings
from hscb_report.outputs.book.sources import stage
from hscb_report.results.chapter import Page, Part
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.published import Commentary, Published
from tests.book.readers import unbroken
from tests.outputs.projects import Pdf

HOSTILE = (
    "{{ 7*7 }} {% raw %} <script>alert(1)</script> *x* `y` \\n %s %(x)s $HOME ${HOME} # @z "
    "&amp; |a| [b](c.md) \"q\" 'r'"
)
PART = Part(f"Part {HOSTILE}", "annual-report")


@pytest.fixture(scope="module")
def hostile(report: Published) -> Published:
    """A report of one page whose settings, part, table and names are hostile."""
    given = report.settings
    board = given.board.model_copy(
        update={"name": f"Board {HOSTILE}", "short_name": f"Short {HOSTILE}"}
    )
    settings = replace(given, board=board, title=f"Title {HOSTILE}", plan_title=f"Plan {HOSTILE}")
    table = exhibit("hostile", HOSTILE, [Column(HOSTILE), Column("b")], [(HOSTILE, HOSTILE)])
    names = dict(report.names) | {"board": board.name, "title": settings.title}
    results = replace(report.results, exhibits=(*report.results.exhibits, table))
    page = Page("text/policies", PART)
    text = "# Policies\n\nOf {{ board }}.\n\n```{exhibit} hostile\n```\n"
    return replace(
        report,
        settings=settings,
        names=names,
        results=results,
        contents=(page,),
        texts={page.path: text},
        commentaries=(Commentary("index", "", ""),),
    )


@pytest.fixture(scope="module")
def made(hostile: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the book; it was compiled without a warning."""
    folder = tmp_path_factory.mktemp("hostile")
    stage(hostile, [], folder / "sources")
    index = "# {name}`title`\n\nOf {name}`board`.\n"
    (folder / "sources" / "index.md").write_text(index, "utf-8")
    documents = typst_documents(hostile)[:1]
    settings = write_settings({**_settings(hostile), "typst_documents": documents}, folder / "out")
    for kind in ("html", "typst"):
        _build(settings, folder / "sources", folder, kind)
    return folder


def _pages(made: Path) -> list[Path]:
    found = sorted((made / "html").rglob("*.html"))
    return [path for path in found if path.parent.name != "_static"]


@pytest.mark.slow
def test_texts_stand_in_the_html_as_they_are(hostile: Published, made: Path) -> None:
    board, title = hostile.settings.board.name, hostile.settings.title
    for path in sorted(_pages(made)):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        assert not [s for s in page.find_all("script") if "alert(1)" in s.get_text()]
        assert page.title.get_text().endswith(f"{board} {title}")
        assert page.select_one(".owner a").get_text() == board
        assert page.select_one(".owner span").get_text() == title
        assert page.select_one(".contents h2").get_text() == PART.title
        assert board in [dd.get_text() for dd in page.select(".imprint dd")]
    page = BeautifulSoup((made / "html/text/policies.html").read_text("utf-8"), "html.parser")
    cells = [cell.get_text().strip() for cell in page.select("article td, article th")]
    assert cells == [HOSTILE, "b", HOSTILE, HOSTILE]
    assert page.select_one("article .caption-text").get_text() == HOSTILE


@pytest.mark.slow
def test_texts_stand_in_the_search_index_as_they_are(made: Path) -> None:
    """It is read as data, and cannot end the script that it stands in."""
    said = (made / "html/_static/search-index.js").read_text("utf-8")
    assert "<" not in said
    pages = json.loads(said[said.index("{") : said.rindex("}") + 1])["pages"]
    typeset = HOSTILE.replace('"q"', "“q”").replace("'r'", "‘r’")
    assert [page["title"] for page in pages] == [f"Title {typeset}", "Policies"]
    assert pages[1]["part"] == PART.title
    assert HOSTILE in pages[1]["sections"][0][2]


@pytest.mark.slow
def test_texts_stand_in_the_pdf_as_they_are(hostile: Published, made: Path) -> None:
    (path,) = (made / "typst").glob("*.pdf")
    text = unbroken(Pdf(path).text)
    board = hostile.settings.board
    for said in (board.name, hostile.settings.title):
        assert unbroken(said) in text
    assert text.count(unbroken(HOSTILE)) >= 6
    assert Pdf(path).reader.metadata.title == f"{board.name} {hostile.settings.title}"
