"""The year at a glance as nodes: the first page, and the heads of chapters."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.outputs.projects import build, write_project

CONF = """
extensions = ["myst_parser", "sphinx_multitoc_numbering", "hscb_report.outputs.book.extension"]
html_theme = "basic"
smartquotes = True
"""
FACTS = {"b.spend": {"text": "£5", "anchor": "fact-b-spend"}}
FACTS["b.spend.counted"] = {"text": 'no "pounds" <i>', "anchor": "fact-b-spend"}


def said(sentence: str, link: str = "", detail: str = "") -> dict[str, str]:
    return {"sentence": sentence, "detail": detail, "link": link}


OF_PAGES: dict[str, Any] = {
    "index": {
        "lead": [said("A *lead* with {{ board }}.")],
        "main": [
            said("**{{ b.spend.counted }} spent** & {{ b.spend }}.", "chapters/budget"),
            said("Second <b>point</b>."),
        ],
        "next": [said("Do it.", "chapters/budget"), said("To come.", "chapters/nowhere")],
    },
    "chapters/budget": {
        "title": [said("The Board spent {{ b.spend }}")],
        "in_short": [said("In all {{ b.spend }}.")],
        "missing": [said("The cost", detail="Nobody has {{ b.spend }}.")],
    },
}
POINTS: dict[str, Any] = {
    "verdicts": [{"title": "Ofsted", "judgement": "Good <enough>"}],
    "edition": {"told": "April to <May>. It's made.", "page": "pages/sources"},
    "parts": [{"title": "One <part>", "pages": ["chapters/budget", "chapters/audits"]}],
}
NAMES = {"board": 'The "Board"'}
EXHIBIT: dict[str, Any] = {
    "label": "key-figures",
    "title": "",
    "caption": "Key figures, 2013-14",
    "columns": [
        {"heading": h, "numeric": h == "2013-14"} for h in ("Measure", "2013-14", "Before")
    ],
    "rows": [["Spend", "£5", "no earlier figure"], ["Paid", "£4", "up 4 from 7"]],
    "notes": [],
    "wide": False,
    "group": "",
    "row_headers": 1,
    "to_look_up": False,
    "anchors": [],
    "tones": [],
}
PAGES = {
    "index.md": "# Annual Report\n\n```{glance} lead\n```\n\n```{glance} edition\n```\n\n"
    "```{glance} points\n```\n\nWords.\n\n```{glance} contents\n```\n\n"
    "```{toctree}\nchapters/budget\nchapters/audits\npages/sources\n```\n",
    "chapters/budget.md": "# Budget\n\nIt opens. [](/chapters/budget.md)\n\n## Who pays\n\nAll.\n",
    "chapters/audits.md": "# Audits\n\nSee [](/chapters/budget.md).\n",
    "pages/sources.md": "# Sources\n",
}


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the pages of a small book by their paths."""
    folder = tmp_path_factory.mktemp("glance")
    more = f"{CONF}\nhscb_points = {POINTS!r}\nhscb_facts = {FACTS!r}\n"
    more += f"hscb_points_of_pages = {OF_PAGES!r}\n"
    more += f"hscb_names = {NAMES!r}\nhscb_exhibits = {{'key-figures': {EXHIBIT!r}}}\n"
    source = write_project(folder / "source", PAGES, more)
    warnings = build(source, folder / "html", builder="html")
    assert warnings == ""
    return {
        path.relative_to(folder / "html").with_suffix("").as_posix(): path.read_text("utf-8")
        for path in (folder / "html").rglob("*.html")
    }


def body(page: str) -> str:
    found = re.search(r'<div class="body" role="main">(.*?)<div class="clearer">', page, re.DOTALL)
    assert found
    return found[1]


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


# The first page ----------------------------------------------------------------------------------


def test_a_point_of_a_draft_may_lead_to_a_page_that_is_to_come(html: dict[str, str]) -> None:
    assert "To come." in body(html["index"])
    assert "nowhere" not in html["index"]


def test_without_points_the_strip_ends_where_the_words_begin(tmp_path: Path) -> None:
    bare = {**POINTS, "verdicts": []}
    source = write_project(tmp_path / "source", PAGES, f"{CONF}\nhscb_points = {bare!r}\n")
    assert build(source, tmp_path / "html", builder="html") == ""
    page = BeautifulSoup((tmp_path / "html/index.html").read_text("utf-8"), "html.parser")
    (strip,) = page.select("div.edition")
    assert "Downloads" in strip.text
    assert "Words." not in strip.text
    assert "Words." in page.text


def test_what_the_report_says_of_itself_stands_in_a_strip_beside_the_downloads(
    html: dict[str, str],
) -> None:
    """Below the head of the first page, and no other page has it."""
    page = body(html["index"])
    assert page.count('class="edition docutils container"') == 1
    strip = page[page.index('class="edition') :].partition("Main points")[0]
    assert plain(strip).endswith("Downloads: PDF, workbook and data")
    assert 'href="#downloads"' in strip
    assert page.index("Good") < page.index('class="edition')
    assert "Words." not in strip
    assert "edition" not in body(html["chapters/budget"])


def test_points_are_a_numbered_list_each_with_its_link_by_short_name(html: dict[str, str]) -> None:
    listed = re.search(r'<ol class="[^"]*points[^"]*">(.*?)</ol>', html["index"], re.DOTALL)
    assert listed
    first, second = re.findall(r"<li>(.*?)</li>", listed[1], re.DOTALL)
    assert 'href="chapters/budget.html"' in first
    assert plain(first).endswith("Budget")
    assert "<a" not in second


def test_a_line_says_what_the_report_is_and_leads_to_the_page_that_says_more(
    html: dict[str, str],
) -> None:
    line = re.search(r'<p class="edition">(.*?)</p>', html["index"], re.DOTALL)
    assert line
    assert plain(unescape(line[1].replace("&lt;", "("))) == "April to (May>. It's made. Sources"
    assert 'href="pages/sources.html"' in line[1]


def test_names_are_values_with_their_sources_and_a_sentence_begins_with_a_capital(
    html: dict[str, str],
) -> None:
    assert re.search(
        r'<strong><a class="fact[^>]+href="pages/sources.html#fact-b-spend">'
        r"No &quot;pounds&quot; &lt;i&gt;</a></strong>",
        html["index"].replace('"pounds"', "&quot;pounds&quot;"),
    )
    assert 'A *lead* with The "Board".' in html["index"].replace("&quot;", '"')


def test_text_of_data_is_no_markup(html: dict[str, str]) -> None:
    for text in ("Second &lt;b&gt;point&lt;/b&gt;", "Good &lt;enough&gt;", "One &lt;part&gt;"):
        assert text in html["index"]


def test_what_nobody_said_has_no_heading(html: dict[str, str]) -> None:
    headings = [plain(h).strip("¶ ") for h in re.findall(r"<h[23]>(.*?)</h", body(html["index"]))]
    assert headings[:3] == ["Main points", "Key figures", "What must be done next"]
    assert "What went well" not in html["index"]


def test_key_figures_have_no_number_and_say_what_has_no_earlier_figure(
    html: dict[str, str],
) -> None:
    table = re.search(r"<table.*?</table>", html["index"], re.DOTALL)
    assert table
    assert '<caption class="vh">' in table[0]
    assert re.search(r'<td[^>]*class="none"[^>]*><p>no earlier figure', table[0])
    assert not re.search(r'class="none"[^>]*><p>up 4', table[0])


def test_the_parts_lead_to_their_pages_with_what_each_found(html: dict[str, str]) -> None:
    _, _, parts = html["index"].partition("In this report")
    assert "Budget The Board spent £5" in plain(parts)
    assert re.search(r">Audits</", parts)


# The heads of chapters ---------------------------------------------------------------------------


def test_a_chapter_is_headed_by_what_it_found_below_its_short_name(html: dict[str, str]) -> None:
    page = body(html["chapters/budget"])
    kicker, heading = page.index('<p class="kicker">Budget</p>'), page.index("<h1>")
    assert kicker < heading
    assert plain(page[heading : page.index("</h1>")]).strip("¶ ") == "The Board spent £5"


def test_menus_links_and_windows_keep_the_short_name(html: dict[str, str]) -> None:
    assert re.search(r"<title>Budget\b", html["chapters/budget"])
    link = re.search(
        r'href="budget.html"><span class="[^"]*">([^<]*)', body(html["chapters/audits"])
    )
    assert link
    assert link[1] == "Budget"
    assert re.search(r'toctree-l1"><a[^>]+href="chapters/budget.html">Budget<', html["index"])


def test_what_it_says_in_short_stands_before_its_text(html: dict[str, str]) -> None:
    page = body(html["chapters/budget"])
    box = page.index('class="short docutils container"')
    assert page.index("</h1>") < box < page.index("It opens.") < page.index("Who pays")
    assert re.search(r'<h2 class="[^"]*rubric[^"]*">In short</h2>', page)


def test_what_is_missing_is_told_at_its_end(html: dict[str, str]) -> None:
    page = body(html["chapters/budget"])
    box = page.index('class="callout missing docutils container"')
    assert box > page.index("All.")
    assert "Missing: the cost" in page[box:]
    assert "Nobody has £5" in plain(page[box:])


def test_a_page_that_says_nothing_first_is_as_it_was(html: dict[str, str]) -> None:
    page = body(html["chapters/audits"])
    assert "kicker" not in page
    assert "<h1>Audits" in page


def test_an_unknown_part_is_told(tmp_path: Path) -> None:
    pages = {"index.md": "# A\n\n```{glance} nix\n```\n"}
    source = write_project(tmp_path / "source", pages, CONF)
    assert '"nix" is none of: lead, edition, points, contents' in build(
        source, tmp_path / "o", builder="html"
    )
