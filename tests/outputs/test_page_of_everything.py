"""What the HTML shows of a page, the PDF shows too: everything that a page may hold, read back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict

import pikepdf
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from PIL import Image

from hscb_report.outputs.book.sections import with_roles
from hscb_report.outputs.book.sources import BOOK
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.outline import Callout, Items, Paragraphs, Section
from tests.book.readers import words
from tests.outputs.page_of_everything import EVERYTHING, OTHER
from tests.outputs.projects import Pdf, build, elements, pdf_of, write_project

THINGS = exhibit("things", "Things told", [Column("Thing"), Column("Told")], [("first", "cell")])
PICTURE = {
    "name": "poster",
    "caption": "Poster caption",
    "alternative": "Poster alternative",
    "licence": "Poster licence",
    "file": "poster.png",
}
SETTINGS = {
    "hscb_exhibits": {"things": THINGS.as_json()},
    "hscb_callouts": {"remark": asdict(Callout("remark", (), ("Area",), "Remark told"))},
    "hscb_outlines": {
        "sections": [
            asdict(Section("Outlined", (Paragraphs(("Paragraph told",)), Items(("Item told",)))))
        ]
    },
    "hscb_names": {"year": "2013-14"},
    "hscb_pictures": {"poster": PICTURE},
}
EXTENSIONS = yaml.safe_load((BOOK / "_config.yml").read_text("utf-8"))["sphinx"]["config"][
    "myst_enable_extensions"
]
CONF = f"""
extensions = ["myst_parser", "hscb_report.outputs.book.extension"]
myst_enable_extensions = {EXTENSIONS!r}
nitpicky = True
globals().update({SETTINGS!r})
"""
INDEX = "# Start\n\n```{toctree}\neverything\nother\n```\n"
ROLES = {
    "h2": "/H2",
    "h3": "/H3",
    "h4": "/H4",
    "table": "/Table",
    "tr": "/TR",
    "th": "/TH",
    "td": "/TD",
    "li, dt": "/LI",
    "ul, ol, dl": "/L",
    "blockquote": "/BlockQuote",
    "figure": "/Figure",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tag, Pdf]:
    """Return the page in the HTML, and the PDF; both were built without a warning."""
    given = {"index.md": INDEX, "everything.md": EVERYTHING, "other.md": OTHER}
    given = {name: with_roles(text) for name, text in given.items()}
    source = write_project(tmp_path_factory.mktemp("everything") / "source", given, CONF)
    (source / "_pictures").mkdir()
    Image.new("RGB", (40, 20), "teal").save(source / "_pictures" / "poster.png")
    out = source.parent / "out"
    assert build(source, out, builder="html") == ""
    assert build(source, out, [pdf_of("all")]) == ""
    page = BeautifulSoup((out / "everything.html").read_text("utf-8"), "html.parser")
    body = page.select_one("section:has(> h1)")
    assert body is not None
    for mark in body.select(".headerlink, .tools"):
        mark.decompose()
    return body, Pdf(out / "all.pdf")


def test_every_word_of_the_html_is_in_the_pdf_as_often(pages: tuple[Tag, Pdf]) -> None:
    html, pdf = pages
    assert not counted_words(html.get_text(" ")) - counted_words(pdf.text)


def counted_words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[A-Za-z]+", words(text)))


def test_the_pdf_is_tagged_as_the_html_is(pages: tuple[Tag, Pdf]) -> None:
    """A list of terms is a list in a PDF; the other page of the book has a heading of its own."""
    html, pdf = pages
    with pikepdf.open(pdf.path) as opened:
        root = opened.Root.StructTreeRoot
        found = {tag: len(list(elements(root, role))) for tag, role in ROLES.items()}
        assert found == {tag: len(html.select(tag)) for tag in ROLES} | {"h2": 4}
        assert [str(role) for figure in elements(root, "/Figure") for role in [figure.Alt]] == [
            "Poster alternative"
        ]


def test_lists_keep_their_numbers_and_lines_their_breaks(pages: tuple[Tag, Pdf]) -> None:
    text = " ".join(pages[1].content)
    for words_of_it in ("5. starts at five", "6. goes on", "3) with a bracket", "1. deep number"):
        assert words_of_it in text
    for line in ("a hard", "break, and another", "moved in"):
        assert any(found.strip().endswith(line) for found in text.splitlines())
    assert "<b>x</b> *not emphasis*" in text
    assert "*not emphasis* and {{ not a name }} and 1 < 2 & 3." in " ".join(text.split())
