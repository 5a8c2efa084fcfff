"""What a page says of itself in a few words, and the list of its sections."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

from hscb_report.outputs.book.imprint import furniture
from hscb_report.outputs.book.page_parts import description
from hscb_report.results.published import Published
from tests.outputs.projects import build, docutils_table, entry, write_project


def document(*blocks: nodes.Node) -> nodes.document:
    made = new_document("page")
    made += nodes.section("", nodes.title("", "Budget"), *blocks, ids=["budget"])
    return made


def test_a_page_is_described_by_its_first_sentence() -> None:
    """Not by the line above its title, nor by what stands in a box or below a table."""
    before = [
        nodes.paragraph("", "Budget", classes=["kicker"]),
        nodes.important("", nodes.paragraph("", "Still to come.")),
        nodes.container("", nodes.paragraph("", "A note."), classes=["side"]),
    ]
    text = nodes.paragraph("", "The Board spent £1.50 more.  It had\nlittle. And so on.")
    assert description(document(*before, text)) == "The Board spent £1.50 more."


def test_a_long_sentence_is_shortened_between_words() -> None:
    told = description(document(nodes.paragraph("", "word " * 100)))
    assert told.endswith("word …")
    assert len(told) <= 252


def test_a_page_of_tables_alone_is_described_by_the_first() -> None:
    table = docutils_table([[entry("a")]])
    table.insert(0, nodes.title("", "Who pays"))
    assert description(document(table)) == "Who pays"
    assert description(document()) == ""


SECTIONS = "".join(f"## Section *{n}* <b>\n\nText.\n\n" for n in range(1, 4))
PAGES = {
    "index.md": "# Start\n\n## One\n\n## Two\n\n```{toctree}\nlong\nshort\n```\n",
    "long.md": f"# Long page\n\nWords of 2013-14, `2013-14` too.\n\n{SECTIONS}",
    "short.md": "# Short page\n\n## Alone\n",
}


@pytest.fixture(scope="module")
def pages(report: Published, tmp_path_factory: pytest.TempPathFactory) -> dict[str, BeautifulSoup]:
    """Return the pages of a small book in our theme; it was built without a warning."""
    menu = [
        {
            "title": "Part",
            "kind": "chapter",
            "pages": [{"path": "long", "under": False}, {"path": "short", "under": True}],
        }
    ]
    conf = f"""
extensions = ["myst_parser", "hscb_report.outputs.book.extension"]
html_theme = "hscb"
html_use_index = False
html_context = {furniture(report) | {"stacking_widths": (14,)}!r}
hscb_menu = {menu!r}
hscb_imprint_pages = [("short", "")]
"""
    folder = tmp_path_factory.mktemp("theme")
    source = write_project(folder / "source", PAGES, conf)
    assert build(source, folder / "out", builder="html") == ""
    made: Path = folder / "out"
    return {
        path.stem: BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in made.rglob("*.html")
    }


def test_a_page_lists_its_sections_where_there_is_a_choice(
    pages: dict[str, BeautifulSoup],
) -> None:
    """After its title, and nothing of a heading is markup."""
    links = pages["long"].select("h1 + nav.toc a")
    assert [link.get_text() for link in links] == [f"Section {n} <b>" for n in range(1, 4)]
    ids = {str(section["id"]) for section in pages["long"].select("article section")}
    assert {str(link["href"]).removeprefix("#") for link in links} <= ids
    assert not pages["short"].select("nav.toc")
    assert not pages["index"].select("nav.toc")


def test_no_year_is_parted_at_its_hyphen(pages: dict[str, BeautifulSoup]) -> None:
    """But where it is code."""
    assert [year.get_text() for year in pages["long"].select("article p .whole")] == ["2013-14"]
    assert [p.get_text() for p in pages["long"].select("article p:has(.whole)")] == [
        "Words of 2013-14, 2013-14 too."
    ]


def test_a_window_is_titled_by_page_board_and_report(
    report: Published, pages: dict[str, BeautifulSoup]
) -> None:
    whole = f"{report.settings.board.name} {report.settings.title}"
    titles = {name: page.title.get_text() for name, page in pages.items() if page.title}
    assert titles == {
        "index": whole,
        "long": f"Long page | {whole}",
        "short": f"Short page | {whole}",
        "search": f"Search | {whole}",
    }


def test_the_search_page_lists_all_pages_and_says_that_it_needs_a_script(
    pages: dict[str, BeautifulSoup],
) -> None:
    page = pages["search"]
    assert [a.get_text() for a in page.select(".ways a")] == ["Long page", "Short page"]
    (told,) = page.select("noscript")
    assert "JavaScript" in told.get_text()
    assert page.select_one("[role=status]")
    assert [str(s["src"]) for s in page.select("script")] == [
        "_static/menu.js",
        "_static/search-index.js",
        "_static/search.js",
    ]
    assert not pages["index"].select("script[src*=search]")
