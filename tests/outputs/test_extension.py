"""What the book's pages may ask for: tables, outlines, remarks, pictures, names, all as text."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from hscb_report.outputs.book.sections import with_roles
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
from tests.book.readers import unbroken
from tests.outputs.projects import Pdf, build, elements, pdf_of, write_project

HOSTILE = '<b>x</b> {{ y }} [z](javascript:alert(1)) | `a` *b* "c" -- ...'
IN_PROSE = "<b>x</b> {{ y }} [z](javascript:alert(1)) | `a` *b* “c” – …"
"""The same, typeset as the prose around it is."""
SHARES = exhibit(
    "group-shares",
    f"Shares {HOSTILE}",
    [Column("Agency"), Column("Rating")],
    [(HOSTILE, Mark("At risk", "▲", "alarm"))],
    f"Note {HOSTILE}",
    group="group",
)
PICTURE = {
    "name": "the_tree",
    "caption": f"Caption {HOSTILE}",
    "alternative": f"Alternative {HOSTILE}",
    "licence": f"Licence {HOSTILE}",
    "file": "tree.png",
}
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
        "inner": replace(SHARES, label="inner", group="").as_json(),
    },
    "hscb_groups": {"group": ["group-shares"]},
    "hscb_callouts": {"neglect": asdict(CALLOUT)},
    "hscb_sections": [asdict(TaggedSection("index", "A section", ("audit",)))],
    "hscb_outlines": {"plan": [asdict(section) for section in OUTLINE]},
    "hscb_facts": {"budget.spend": {"text": "£5", "anchor": "fact-budget-spend"}},
    "hscb_names": {"board": HOSTILE, "area": "Ash `x"},
    "hscb_pictures": {"the_tree": PICTURE},
}
CONF = f"""
extensions = ["myst_parser", "hscb_report.outputs.book.extension"]
smartquotes = True
numfig = True
numfig_format = {{"table": "Table %s", "figure": "Figure %s", "section": "Section %s"}}
globals().update({SETTINGS!r})
"""
PAGES = {
    "index.md": with_roles(
        "# Start\n\nSpend was {{ budget.spend }}.\n\n```{callout} neglect\n```\n\n"
        "## With {{ budget.spend }} of {{board}}\n\n"
        "It is {{ board }}, *in {{ area }}*; see {numref}`picture-the-tree`.\n\n"
        "> In a quote {{ board }}\n\n| A |\n| --- |\n| {{ area }} |\n\n"
        "```{picture} the_tree\n```\n\n"
        "```{toctree}\npages/sources\nplan\n```\n"
    ),
    "pages/sources.md": "# Sources\n\n```{exhibits} group\n```\n",
    "plan.md": "# Plan\n\n```{outline} plan\n```\n",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sources of a small book, with a picture of the year's own."""
    folder = write_project(tmp_path_factory.mktemp("extension") / "source", PAGES, CONF)
    (folder / "_pictures").mkdir()
    Image.new("RGB", (40, 20), "teal").save(folder / "_pictures" / "tree.png")
    return folder


@pytest.fixture(scope="module")
def told(source: Path) -> dict[str, BeautifulSoup]:
    """Return the pages of the book; it was built without a warning."""
    folder = source.parent
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


def test_what_a_name_stands_for_is_text_wherever_it_is_named(
    told: dict[str, BeautifulSoup],
) -> None:
    """In a paragraph, emphasised, in a heading, a quotation, a table; nothing of it is markup.

    Quotation marks and dashes are typeset with the prose that they have become part of.
    """
    page = told["index"]
    assert shown(page, "section h2") == [f"With £5 of {IN_PROSE}¶"]
    assert f"It is {IN_PROSE}, in Ash `x; see Figure 1." in shown(page, "p")
    assert shown(page, "blockquote p") == [f"In a quote {IN_PROSE}"]
    assert shown(page, "section td") == ["Ash `x"]
    assert shown(page, "em") == ["in Ash `x"]
    assert not page.select("section b, section code, a[href^=javascript]")


def test_a_picture_has_its_words_caption_and_licence_and_a_number(
    told: dict[str, BeautifulSoup],
) -> None:
    (figure,) = told["index"].select("figure.picture")
    (image,) = figure.select("img")
    assert image["alt"] == f"Alternative {HOSTILE}"
    assert str(image["src"]).endswith("tree.png")
    assert shown(figure, ".caption-text") == [f"Caption {HOSTILE}"]
    assert shown(figure, ".legend") == [f"Licence {HOSTILE}"]
    assert "picture-the-tree" in {figure.get("id"), *(e.get("id") for e in figure.select("[id]"))}


def test_on_paper_names_and_pictures_are_the_same_text(source: Path) -> None:
    out = source.parent / "pdf"
    assert build(source, out, [pdf_of("book")]) == ""
    pdf = Pdf(out / "book.pdf")
    paper = unbroken(pdf.text)
    for text in (
        f"With £5 of {IN_PROSE}",
        f"It is {IN_PROSE}, in Ash `x; see Figure 1.",
        f"In a quote {IN_PROSE}",
        f"Caption {HOSTILE}",
        f"Licence {HOSTILE}",
    ):
        assert unbroken(text) in paper
    with pikepdf.open(pdf.path) as opened:
        (figure,) = elements(opened.Root.StructTreeRoot, "/Figure")
        assert str(figure.Alt) == f"Alternative {HOSTILE}"


def test_what_is_not_there_is_named_with_what_is(tmp_path: Path) -> None:
    asked = {
        "exhibit shares": 'There is no table "shares". Tables: group-shares, inner.',
        "exhibits shares": 'There is no group "shares" of tables. Groups: group.',
        "callout neglct": 'There is no callout "neglct". Callouts: neglect.',
        "outline pln": 'There is no outline "pln". Outlines: plan.',
        "picture tree": 'There is no picture "tree". Pictures: the_tree.',
    }
    text = "\n".join(f"```{{{each.split()[0]}}} {each.split()[1]}\n```\n" for each in asked)
    asked["name"] = 'There is no name "the_bird".'
    text += with_roles("\nOf {{ the_bird }}.\n")
    source = write_project(tmp_path / "source", {"index.md": f"# Start\n\n{text}"}, CONF)
    warnings = build(source, tmp_path / "out", builder="dummy")
    assert [message for message in asked.values() if message not in warnings] == []
