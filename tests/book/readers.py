"""Reading the report as a reader does: tables by caption, row header and column header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from bs4 import BeautifulSoup, Tag


@dataclass
class ReadTable:
    """A table as assistive technology tells it."""

    caption: str
    columns: list[str]
    body: list[list[str]] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)

    def add(self, names: list[str], cells: list[str]) -> None:
        """Take a row with its row headers."""
        self.body.append(cells)
        self.rows[", ".join(names)] = cells

    def cell(self, row: str, column: str) -> str:
        """Return the cell under a column header, in the row of a row header."""
        return self.rows[row][self.columns.index(column)]


class ReadTables(dict[str, ReadTable]):
    """Tables by what stands above them: a title, if there is one, and then what is measured.

    A table is also found by what is measured alone.
    """

    def __missing__(self, caption: str) -> ReadTable:
        for told, table in self.items():
            if told.endswith(f" {caption}"):
                return table
        raise KeyError(caption)


@dataclass
class ReadDocument:
    """What a reader finds: headings, captions, tables and text alternatives.

    A caption begins with the table's title, where it has one. Tables `on_demand` are those of
    charts, which the HTML alone has.
    """

    is_html: bool
    headings: list[str]
    tables: ReadTables
    figure_captions: list[str]
    alternatives: list[str]
    on_demand: frozenset[str] = frozenset()

    def table(self, caption: str) -> ReadTable:
        """Return the table that says what it measures."""
        (found,) = (
            table
            for told, table in self.tables.items()
            if told == caption or told.endswith(f" {caption}")
        )
        return found


# PDFium's signs for a hyphen at the end of a line, and break opportunities that nobody sees.
_IN_A_PDF = str.maketrans({"\x02": "-", "\ufffe": "-", "\u200b": None, "\u00ad": None})


def words(text: str) -> str:
    """Return text with single spaces, and a PDF's broken words as they were."""
    return " ".join(text.translate(_IN_A_PDF).split())


def unbroken(text: str) -> str:
    """Return text without spaces: a line broken after a hyphen reads as a space in a PDF."""
    return "".join(words(text).split())


# HTML ---------------------------------------------------------------------------------------


@cache
def html_pages(folder: Path) -> dict[str, BeautifulSoup]:
    """Return every page of the book, parsed."""
    return {
        path.relative_to(folder).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(folder.rglob("*.html"))
        if "_static" not in path.parts  # the theme's own parts, which are no pages
    }


def read_html(folder: Path) -> ReadDocument:
    """Read all pages of the HTML book."""
    articles = [article for page in html_pages(folder).values() for article in page("article")]
    return ReadDocument(
        True,
        [words(h.get_text()) for a in articles for h in a(["h1", "h2", "h3"])],
        ReadTables({table.caption: table for a in articles for table in _html_tables(a)}),
        [
            words(caption.get_text())
            for a in articles
            for caption in a.select("figcaption .caption-text")
        ],
        [image["aria-label"] for a in articles for image in a.select(".drawing[role=img]")],
        frozenset(words(c.get_text()) for a in articles for c in a.select("details caption")),
    )


def _html_tables(article: Tag) -> Iterator[ReadTable]:
    for table in article("table"):
        heads = [words(th.get_text()) for th in table.select("thead th[scope=col]")]
        caption = table.select_one("caption .caption-text") or table.select_one("caption")
        assert caption is not None, "a table has no caption"
        read = ReadTable(words(caption.get_text()), heads)
        for row in table.select("tbody tr"):
            cells = [words(cell.get_text()) for cell in row(["th", "td"])]
            names = [words(cell.get_text()) for cell in row.select("th[scope=row]")]
            read.add(names, cells)
        yield read


# PDF ----------------------------------------------------------------------------------------


@cache
def pdf_pages(path: Path) -> tuple[str, ...]:
    """Return the text of each page of a PDF, in single spaces."""
    with pypdfium2.PdfDocument(path) as pdf:
        return tuple(words(page.get_textpage().get_text_range()) for page in pdf)


@cache
def pdf_bookmarks(path: Path) -> tuple[str, ...]:
    """Return the titles of a PDF's bookmarks."""

    def titles(items: list[Any]) -> Iterator[str]:
        for item in items:
            yield from titles(item) if isinstance(item, list) else [item.title]

    return tuple(titles(pypdf.PdfReader(path).outline))


@cache
def read_pdf(path: Path) -> ReadDocument:
    """Read the PDF by its structure tree: what it tells a screen reader."""
    text = _text_by_mark(path)
    with pdfplumber.open(path) as pdf:
        elements = list(_walk({"children": pdf.structure_tree, "type": "Document"}))
        return ReadDocument(
            False,
            [_text(e, text) for e in elements if e["type"] in ("H1", "H2", "H3")],
            ReadTables({table.caption: table for table in _pdf_tables(elements, text)}),
            [
                _without_number(caption)
                for e in elements
                if e["type"] == "Caption" and (caption := _text(e, text)).startswith("Figure ")
            ],
            [e["alt_text"] for e in elements if e["type"] == "Figure" and e.get("alt_text")],
        )


def _text_by_mark(path: Path) -> dict[tuple[int, int], str]:
    """Return the text of each marked piece of content, by page and mark."""
    found: dict[tuple[int, int], str] = {}
    with pypdfium2.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf, 1):
            texts = page.get_textpage()
            for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                mark = pdfium.FPDFPageObj_GetMarkedContentID(piece)
                key = (number, mark)
                found[key] = found.get(key, "") + _text_of(piece, texts)
    return found


def _text_of(piece: Any, texts: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(piece, texts, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFTextObj_GetText(piece, texts, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _walk(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for child in element.get("children", []):
        child.setdefault("page_number", element.get("page_number"))
        yield child
        yield from _walk(child)


def _text(element: dict[str, Any], text: dict[tuple[int, int], str]) -> str:
    return words(" ".join(_pieces(element, text)))


def _pieces(element: dict[str, Any], text: dict[tuple[int, int], str]) -> Iterator[str]:
    page = element.get("page_number")
    for mark in element.get("mcids", []):
        yield text.get((page, mark), "")
    for child in element.get("children", []):
        yield from _pieces(child, text)


def _pdf_tables(
    elements: list[dict[str, Any]], text: dict[tuple[int, int], str]
) -> Iterator[ReadTable]:
    for element in elements:
        if element["type"] != "Table":
            continue
        caption = next((c for c in element["children"] if c["type"] == "Caption"), None)
        rows = [row for row in _walk(element) if row["type"] == "TR"]
        header = [cell for cell in rows[0]["children"] if cell["type"] == "TH"]
        read = ReadTable(
            _without_number(_text(caption, text)) if caption else "",
            [_text(cell, text) for cell in header],
        )
        for row in rows[1:]:
            cells = [_text(cell, text) for cell in row["children"]]
            names = [_text(cell, text) for cell in row["children"] if cell["type"] == "TH"]
            read.add(names, cells)
        yield read


def _without_number(caption: str) -> str:
    """Return a caption without "Table 3."."""
    kind, _, rest = caption.partition(" ")
    number, _, title = rest.partition(" ")
    assert kind in ("Table", "Figure"), caption
    assert number.rstrip(".").isdigit(), caption
    return title
