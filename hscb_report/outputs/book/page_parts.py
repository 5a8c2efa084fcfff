"""What our theme puts on a page beside its text: description, menu, list of sections, search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from hscb_report.outputs.book.exhibit_nodes import REPORTING_YEAR, with_years_whole
from hscb_report.outputs.book.html_tables import caption_of
from hscb_report.outputs.book.search_index import (
    IndexedPage,
    abbreviations_of,
    index_script,
    sections_of,
)

THEME = "hscb"
_LONGEST_DESCRIPTION = 250
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)")
_HEAD = {"kicker", "short", "lead", "edition"}
_IN_THE_MARGIN = 9
"""So many sections are listed beside a page's title; more are listed below it."""


class OnThisPage(SphinxPostTransform):
    """Lists the sections of a page after its head, as links; the first page has none."""

    default_priority = 600
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Add the list, if there is more than one section to choose from."""
        page = next(iter(self.document.findall(nodes.section)), None)
        is_first = self.env.docname == self.config.root_doc
        if page is None or is_first or self.config.html_theme != THEME:
            return
        sections = [node for node in page.children if isinstance(node, nodes.section)]
        if len(sections) > 1:
            rows = sum(1 for _ in _beside_the_list(page))
            page.insert(_length_of_head(page), _listed(sections, rows))


class WholeYears(SphinxPostTransform):
    """Parts no reporting year at its hyphen, wherever a page tells one outside a table."""

    default_priority = 700
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Hold each year together."""
        if self.config.html_theme != THEME:
            return
        for text in list(self.document.findall(nodes.Text)):
            if REPORTING_YEAR.search(text) and not _is_left_alone(text):
                text.parent.replace(text, with_years_whole(text.astext()))


def _is_left_alone(text: nodes.Text) -> bool:
    """Whether a text is code, a cell, or what only a screen reader says."""
    within: nodes.Node | None = text.parent
    while within is not None:
        is_other = isinstance(within, nodes.entry | nodes.raw | nodes.literal | nodes.literal_block)
        if is_other or {"whole", "vh"} & set(_classes(within)):
            return True
        within = within.parent
    return False


def _length_of_head(page: nodes.section) -> int:
    """Return how many blocks a page begins with: its title, and what goes with it."""
    length = 0
    for node in page.children:
        is_head = isinstance(node, nodes.title) or bool(_HEAD & set(_classes(node)))
        if not is_head:
            break
        length += 1
    return length


def _beside_the_list(page: nodes.section) -> Iterator[nodes.Node]:
    """Yield the blocks that leave the margin free, up to the first that may need it."""
    head = _length_of_head(page)
    yield from page.children[:head]
    for node in page.children[head:]:
        if not isinstance(node, nodes.paragraph | nodes.bullet_list):
            return
        yield node


def _listed(sections: list[nodes.section], rows: int) -> nodes.raw:
    links = "".join(
        f'<li><a href="#{escape(section["ids"][0])}">{escape(section[0].astext())}</a></li>'
        for section in sections
    )
    place = f"rows-{min(rows, 9)}" if len(sections) <= _IN_THE_MARGIN else "many"
    text = f'<nav class="toc {place}" aria-label="On this page"><p>On this page</p>'
    return nodes.raw("", f"{text}<ol>{links}</ol></nav>\n", format="html")


def _classes(node: nodes.Node) -> list[str]:
    return node["classes"] if isinstance(node, nodes.Element) else []


def description(document: nodes.document) -> str:
    """Return what a page is about: its first sentence, else the caption of its first table."""
    for paragraph in document.findall(nodes.paragraph):
        if _is_prose(paragraph):
            return _shortened(" ".join(paragraph.astext().split()))
    tables = (caption_of(table) for table in document.findall(nodes.table))
    return next(filter(None, tables), "")


def _is_prose(paragraph: nodes.paragraph) -> bool:
    within: nodes.Node | None = paragraph
    while within is not None:
        is_small = bool({"kicker", "edition", "tools", "side"} & set(_classes(within)))
        if is_small or isinstance(within, nodes.table | nodes.figure | nodes.Admonition):
            return False
        within = within.parent
    return len(paragraph.astext()) > 1


def _shortened(text: str) -> str:
    sentence = _SENTENCE.match(text)
    said = sentence[0] if sentence else text
    if len(said) <= _LONGEST_DESCRIPTION:
        return said
    return f"{said[:_LONGEST_DESCRIPTION].rpartition(' ')[0]} …"


class Pages:
    """Has each page told what it needs, and what the search is to find on it noted."""

    def begin(self, app: Sphinx) -> None:
        """Have the book searched by our own search alone."""
        if _is_ours(app):
            app.builder.search = False  # type: ignore[attr-defined]

    def tell(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], tree: Any
    ) -> None:
        """Give a page its window's title, its description, the menu and the links of its foot."""
        if not _is_ours(app):
            return
        titles = _titles(app)
        context["menu"] = [
            {**part, "pages": [{**p, "title": titles[p["path"]]} for p in part["pages"]]}
            for part in app.config.hscb_menu
        ]
        context["imprint_pages"] = [
            {"path": path, "title": name or titles[path]}
            for path, name in app.config.hscb_imprint_pages
        ]
        whole = f"{context['board']} {context['report_title']}"
        is_first = page == app.config.root_doc
        context["window_title"] = whole if is_first else f"{titles.get(page, 'Search')} | {whole}"
        told = description(tree) if tree is not None else f"{whole}."
        context["description"] = told if is_first else f"{titles.get(page, 'Search')}: {told}"
        if tree is not None:
            indexed = (sections_of(tree), dict(abbreviations_of(tree)))
            app.builder.indexed[page] = indexed  # type: ignore[attr-defined]

    def search_page(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the page of the search."""
        if _is_ours(app):
            yield "search", {"title": "Search"}, "search.html"

    def write_index(self, app: Sphinx, failed: Exception | None) -> None:
        """Write what the search searches: the first page, then all others in their order."""
        if failed is not None or not _is_ours(app):
            return
        indexed: dict[str, Any] = app.builder.indexed  # type: ignore[attr-defined]
        titles = _titles(app)
        first = {"title": app.config.html_title, "kind": "chapter"}
        parts = {app.config.root_doc: first} | {
            page["path"]: part for part in app.config.hscb_menu for page in part["pages"]
        }
        pages = [
            IndexedPage(
                app.builder.get_target_uri(name),
                titles[name],
                part["title"],
                part["kind"],
                indexed[name][0],
            )
            for name, part in parts.items()
            if name in indexed
        ]
        found = [indexed[name][1] for name in parts if name in indexed]
        short = {abbreviation: full for said in found for abbreviation, full in said.items()}
        script = index_script(pages, dict(sorted(short.items())))
        (Path(app.outdir) / "_static" / "search-index.js").write_text(script, "utf-8")


def _is_ours(app: Sphinx) -> bool:
    return app.builder.name == "html" and bool(app.config.html_theme == THEME)


def _titles(app: Sphinx) -> dict[str, str]:
    return {name: title.astext() for name, title in app.env.titles.items()}


def setup(app: Sphinx) -> None:
    """Register the theme and what it needs."""
    pages = Pages()
    app.add_config_value("hscb_menu", [], "env")
    app.add_config_value("hscb_imprint_pages", [], "env")
    app.add_html_theme(THEME, str(Path(__file__).with_name("theme")))
    app.add_post_transform(OnThisPage)
    app.add_post_transform(WholeYears)
    app.connect("builder-inited", pages.begin)
    app.connect("html-page-context", pages.tell)
    app.connect("html-collect-pages", pages.search_page)
    app.connect("build-finished", pages.write_index)
