"""What the book's pages may ask for: tables, outlines, remarks and facts, all of them as text."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from hscb_report.results.exhibit import Column, Mark, exhibit
from hscb_report.results.outline import (
    Callout,
    Items,
    Paragraphs,
    Section,
    Shown,
    Tagged,
    TaggedSection,
    Term,
    Terms,
)
from tests.outputs.projects import build, write_project

HOSTILE = '<b>x</b> {{ y }} [z](javascript:alert(1)) | `a` *b* "c" -- ...'
SHARES = exhibit(
    "group-shares",
    f"Shares {HOSTILE}",
    [Column("Agency"), Column("Rating")],
    [(HOSTILE, Mark("At risk", "▲", "alarm"))],
    f"Note {HOSTILE}",
)
CALLOUT = Callout("neglect", ("audit",), ("Audit", "Policy"), f"Remark {HOSTILE}")
OUTLINE = (
    Section(
        f"Heading {HOSTILE}",
        (
            Paragraphs((f"Paragraph {HOSTILE}",)),
            Items((f"Item {HOSTILE}",)),
            Terms((Term(f"Term {HOSTILE}", (f"Meaning {HOSTILE}",), "budget.spend"),)),
            Tagged("audit"),
            Tagged("nothing"),
        ),
        (Section("Inner", (Shown("inner"),)),),
    ),
)
SETTINGS = {
    "hscb_exhibits": {
        "group-shares": SHARES.as_json(),
        "inner": replace(SHARES, label="inner").as_json(),
    },
    "hscb_callouts": {"neglect": asdict(CALLOUT)},
    "hscb_sections": [asdict(TaggedSection("index", "A section", ("audit",)))],
    "hscb_outlines": {"plan": [asdict(section) for section in OUTLINE]},
    "hscb_facts": {"budget.spend": {"text": "£5", "anchor": "fact-budget-spend"}},
}
CONF = f"""
extensions = ["myst_parser", "hscb_report.outputs.book.extension"]
smartquotes = True
globals().update({SETTINGS!r})
"""
PAGES = {
    "index.md": (
        "# Start\n\nSpend was {fact}`budget.spend`.\n\n```{callout} neglect\n```\n\n"
        "## With {fact}`budget.spend`\n\n"
        "```{toctree}\npages/sources\nplan\n```\n"
    ),
    "pages/sources.md": "# Sources\n\n```{exhibits} group\n```\n",
    "plan.md": "# Plan\n\n```{outline} plan\n```\n",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BeautifulSoup]:
    """Return the pages of a small book; it was built without a warning."""
    folder = tmp_path_factory.mktemp("extension")
    source = write_project(folder / "source", PAGES, CONF)
    assert build(source, folder / "out", builder="html") == ""
    return {
        path.stem: BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in (folder / "out").rglob("*.html")
    }


def shown(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in page.select(selector)]


def test_an_outline_is_sections_lists_and_tables_whose_text_is_shown_as_it_is(
    told: dict[str, BeautifulSoup],
) -> None:
    """Quotation marks and dashes of data are not made typographic."""
    page = told["plan"]
    assert shown(page, "section h2") == [f"Heading {HOSTILE}¶"]
    assert shown(page, "section h3") == ["Inner¶"]
    assert f"Paragraph {HOSTILE}" in shown(page, "p")
    assert f"Item {HOSTILE}" in shown(page, "li")
    assert shown(page, "dt") == [f"Term {HOSTILE}"]
    assert shown(page, "dd p") == [f"Meaning {HOSTILE}", "£5"]
    assert "No section or remark carries this tag alone." in shown(page, "p")
    assert shown(page, "section section td") == ["▲ At risk"]
    assert not page.select("b, section a[href^=javascript]")


def test_a_table_has_caption_header_cells_tones_and_notes(told: dict[str, BeautifulSoup]) -> None:
    page = told["sources"]
    assert shown(page, "caption .caption-text") == [f"Shares {HOSTILE}"]
    assert shown(page, "th[scope=col]") == ["Agency", "Rating"]
    assert shown(page, "th[scope=row]") == [HOSTILE]
    assert shown(page, "td.tone-alarm[data-heading=Rating]") == ["▲ At risk"]
    assert shown(page, "p.exhibit-note") == [f"Note {HOSTILE}"]


def test_a_remark_stands_under_its_areas_and_a_tag_gathers_sections_and_remarks(
    told: dict[str, BeautifulSoup],
) -> None:
    for page in (told["index"], told["plan"]):
        assert shown(page, "div.callout p") == ["Audit and Policy", f"Remark {HOSTILE}"]
    assert shown(told["plan"], "li a.reference.internal[href='index.html']")[-1] == "A section"


def test_a_fact_is_a_link_to_its_row(told: dict[str, BeautifulSoup]) -> None:
    """But for one in a heading, which is text."""
    (link,) = told["index"].select("a.fact")
    assert (link.get_text(), link["href"]) == ("£5", "pages/sources.html#fact-budget-spend")
    assert shown(told["plan"], "dd a.fact") == ["£5"]


def test_what_is_not_there_is_named_with_what_is(tmp_path: Path) -> None:
    asked = {
        "exhibit shares": 'There is no table "shares". Tables: group-shares, inner.',
        "exhibits shares": 'There is no table whose name begins with "shares-".',
        "callout neglct": 'There is no callout "neglct". Callouts: neglect.',
        "outline pln": 'There is no outline "pln". Outlines: plan.',
    }
    text = "\n".join(f"```{{{each.split()[0]}}} {each.split()[1]}\n```\n" for each in asked)
    source = write_project(tmp_path / "source", {"index.md": f"# Start\n\n{text}"}, CONF)
    warnings = build(source, tmp_path / "out", builder="dummy")
    assert [message for message in asked.values() if message not in warnings] == []
