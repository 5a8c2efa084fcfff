"""Outlines on a page: whatever data says stays text, whole, and with an address of its own."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from hscb_report.report import open_report
from tests.conftest import TableEditor
from tests.outputs.projects import build

HOSTILE = (
    "<script>alert(1)</script> & <b>bold</b>",
    "*emphasis* **strong** `code` _under_ ~~gone~~",
    "[a link](https://example.org) <https://example.org> ![x](y.png)",
    "{fact}`budget.spend` {ref}`somewhere` {doc}`index`",
    "{{ budget.total_income }} {{ year }} |version|",
    "```{note}\nA directive.\n```",
    ":::{note}\nAnother.\n:::",
    ".. note:: And one more",
    "fact:budget.spend",
    "fact: covering_report.council_contribution",
    "# Heading\n\n- item\n\n1. item",
    "\"quoted\" 'single' -- --- ...",
    "$x^2$ #strong[x] @ref \\( \\) \\*",
    "(label)=",
    "% comment",
    "+++",
    "[^note] and [ref][other]",
    "exhibit",
)

CONF = """
extensions = ["myst_parser", "sphinx_multitoc_numbering", "hscb_report.outputs.book.extension"]
myst_enable_extensions = [
    "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "replacements", "smartquotes", "strikethrough", "substitution", "tasklist",
]
myst_substitutions = {"year": "SUBSTITUTED"}
html_theme = "basic"
numfig = True
smartquotes = True
hscb_facts = FACTS
hscb_exhibits = EXHIBITS
hscb_outlines = OUTLINES
"""

EXHIBIT = {
    "label": "shown",
    "caption": HOSTILE[1],
    "columns": [{"heading": "What <b>", "numeric": False}, {"heading": "Sum", "numeric": True}],
    "rows": [["a", "1"], ["{{ year }}", "2"]],
    "notes": ["{fact}`budget.spend`"],
    "wide": True,
    "row_headers": 1,
    "to_look_up": False,
    "anchors": [],
    "tones": [],
}


def _hostile_sections() -> list[dict[str, Any]]:
    def term(text: str) -> dict[str, Any]:
        return {"term": text, "paragraphs": (text, f"second {text}"), "fact": ""}

    return [
        {
            "title": text,
            "blocks": (
                {"paragraphs": (text, text)},
                {"items": (text, f"second {text}")},
                {"terms": (term(text),)},
            ),
            "sections": ({"title": text, "blocks": ({"items": (text,)},), "sections": ()},),
        }
        for text in HOSTILE
    ]


def _built(folder: Path, page: str, named: dict[str, Any]) -> tuple[nodes.document, str, str]:
    """Build a page with outlines; return its tree, its HTML and the warnings."""
    source = folder / "source"
    source.mkdir()
    facts = {
        name: {"text": text, "anchor": f"fact-{name.replace('.', '-')}"}
        for name, text in (("budget.spend", "£1 -- <b>"), ("budget.total_income", "£2"))
    }
    conf = CONF.replace("FACTS", repr(facts)).replace("OUTLINES", repr(named))
    (source / "conf.py").write_text(conf.replace("EXHIBITS", repr({"shown": EXHIBIT})), "utf-8")
    (source / "index.md").write_text(page, "utf-8")
    (source / "pages").mkdir()
    (source / "pages" / "sources.md").write_text("---\norphan: true\n---\n# Sources\n", "utf-8")
    warnings = build(source, folder / "out", builder="html")
    tree = pickle.loads((folder / "source.doctrees" / "index.doctree").read_bytes())
    return tree, (folder / "out" / "index.html").read_text("utf-8"), warnings


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[nodes.document, str]:
    page = "# Page\n\nBefore.\n\n```{outline} hostile\n```\n"
    tree, html, warnings = _built(
        tmp_path_factory.mktemp("hostile"), page, {"hostile": _hostile_sections()}
    )
    assert warnings == ""
    return tree, html


def test_whatever_data_says_stays_text_in_the_nodes(hostile: tuple[nodes.document, str]) -> None:
    tree, _ = hostile
    (page,) = tree.findall(lambda n: isinstance(n, nodes.section) and n["names"] == ["page"])
    sections = [child for child in page.children if isinstance(child, nodes.section)]
    for section, text in zip(sections, HOSTILE, strict=True):
        title, first, second, items, about, inner = section.children
        assert isinstance(title, nodes.title)
        assert [n.astext() for n in (title, first, second)] == [text] * 3
        assert [item.astext() for item in items.children] == [text, f"second {text}"]
        (item,) = about.children
        term, definition = item.children
        assert isinstance(term, nodes.term)
        assert term.astext() == text
        assert [p.astext() for p in definition.children] == [text, f"second {text}"]
        assert inner[0].astext() == text


def test_every_text_is_one_text_node_and_nothing_else(hostile: tuple[nodes.document, str]) -> None:
    tree, _ = hostile
    holders = list(
        tree.findall(lambda n: isinstance(n, nodes.paragraph | nodes.title | nodes.term))
    )
    assert len(holders) > 8 * len(HOSTILE)
    for holder in holders:
        assert [type(child) for child in holder.children] == [nodes.Text]
    kinds = {type(n).__name__ for n in tree.findall(nodes.Element)}
    assert kinds == {
        *("document", "section", "title", "paragraph", "bullet_list", "list_item"),
        *("definition_list", "definition_list_item", "term", "definition"),
    }


def test_whatever_data_says_is_shown_as_it_is(hostile: tuple[nodes.document, str]) -> None:
    """Quotation marks and dashes too: data is not made typographic."""
    _, html = hostile
    body = BeautifulSoup(html, "html.parser").find("div", {"class": "body"})
    assert body is not None
    shown = [" ".join(p.get_text().split()) for p in body.find_all("p")]
    for text in HOSTILE:
        assert shown.count(" ".join(text.split())) >= 4
    assert not body.find_all(["script", "b", "em", "strong", "code", "img", "blockquote"])
    assert {a["class"][0] for a in body.find_all("a")} <= {"headerlink", "reference"}
    assert "SUBSTITUTED" not in body.get_text()


def test_every_section_has_an_address_of_its_own(hostile: tuple[nodes.document, str]) -> None:
    tree, _ = hostile
    ids = [name for section in tree.findall(nodes.section) for name in section["ids"]]
    assert len(ids) == len(set(ids)) == 2 * len(HOSTILE) + 1


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[nodes.document, str]:
    """Return a page with an exhibit and a fact in its outline."""
    term = {"term": "The sum", "paragraphs": (), "fact": "budget.spend"}
    about = {"term": "Monitored by", "paragraphs": ("A group",), "fact": ""}
    section = {
        "title": "Area",
        "blocks": ({"terms": (about, term)}, {"exhibit": "shown"}),
        "sections": (),
    }
    page = "# Page\n\n```{outline} one\n```\n\nAfter {numref}`shown`.\n"
    tree, html, warnings = _built(tmp_path_factory.mktemp("shown"), page, {"one": [section]})
    assert warnings == ""
    return tree, html


def test_a_fact_is_its_text_and_keeps_its_name(shown: tuple[nodes.document, str]) -> None:
    tree, html = shown
    (fact,) = tree.findall(lambda n: isinstance(n, nodes.inline) and "fact" in n)
    assert fact["fact"] == "fact-budget-spend"
    assert fact.astext() == "£1 -- <b>"
    link = BeautifulSoup(html, "html.parser").find("a", {"class": "fact"})
    assert link is not None
    assert link.get_text() == "£1 -- <b>"
    assert link["href"] == "pages/sources.html#fact-budget-spend"


def test_the_exhibit_stands_right_after_its_terms_and_can_be_referred_to(
    shown: tuple[nodes.document, str],
) -> None:
    """The PDF keeps terms of the class "about" on the page of the exhibit that comes next."""
    tree, html = shown
    (about,) = tree.findall(nodes.definition_list)
    assert "about" in about["classes"]
    following = about.parent[about.parent.index(about) + 1]
    assert isinstance(following, nodes.container)
    assert "exhibit" in following["classes"]
    assert 'href="#shown"' in html


def test_every_cell_carries_its_column_s_heading_for_narrow_screens(
    shown: tuple[nodes.document, str],
) -> None:
    """On a phone a row's cells stand below each other, where no header row is seen."""
    soup = BeautifulSoup(shown[1], "html.parser")
    found = soup.find("table")
    assert found is not None
    assert [cell["scope"] for cell in found.find_all("th")] == ["col", "col", "row", "row"]
    assert [cell["data-heading"] for cell in found.find_all("td")] == ["Sum", "Sum"]
    assert unescape(found.find_all("th")[0].get_text()) == "What <b>"


def test_an_unknown_outline_is_refused_with_those_there_are(tmp_path: Path) -> None:
    page = "# Page\n\n```{outline} nonesuch\n```\n"
    _, _, warnings = _built(tmp_path, page, {"plan-actions": [], "covering-report": []})
    assert 'There is no outline "nonesuch". Outlines: plan-actions, covering-report.' in warnings


def test_a_section_without_a_title_stands_before_the_first_heading(tmp_path: Path) -> None:
    opening = {"title": "", "blocks": [{"paragraphs": ["Of *none* known."]}], "sections": []}
    named = {"title": "First", "blocks": [], "sections": []}
    page = "# Page\n\n```{outline} one\n```\n"
    tree, _, warnings = _built(tmp_path, page, {"one": [opening, named]})
    assert warnings == ""
    told, first = (node for node in tree[0].children if not isinstance(node, nodes.title))
    assert isinstance(told, nodes.paragraph)
    assert told.astext() == "Of *none* known."
    assert first["names"] == ["first"]


# From the data to the page


def test_hostile_data_reaches_the_page_as_text(
    data: Path, table: Callable[[str], TableEditor], tmp_path: Path
) -> None:
    """Through the tables themselves, the loader and the directive."""
    rows = len(table("covering_report").records)
    own = [text for text in HOSTILE if "\n" not in text]
    for row, text in zip(range(rows - len(own) + 1, rows + 1), own, strict=True):
        table("covering_report").set(row, "text", text)
        table("covering_report").set(row, "label", text)
    outline = open_report("2013-14", data=data).results.outlines["covering-report"]
    named = [asdict(section) for section in outline]
    for section in named:  # the facts of this page are its own
        for block in section["blocks"]:
            for term in block.get("terms", ()):
                term["fact"] = term["fact"] and "budget.spend"
    page = "# Page\n\n```{outline} covering-report\n```\n"
    tree, _, warnings = _built(tmp_path, page, {"covering-report": named})
    assert warnings == ""
    terms = {node.astext() for node in tree.findall(nodes.term)}
    paragraphs = Counter(node.astext() for node in tree.findall(nodes.paragraph))
    for text in own:
        assert text in terms
        assert paragraphs[text] == 1
