"""What a year says first as document nodes: the first page's points, and the heads of chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from hscb_report.outputs.book.exhibit_nodes import caption_for_listeners, table_node
from hscb_report.results.phrases import NO_EARLIER
from hscb_report.results.points import (
    IN_SHORT,
    KEY_FIGURES,
    LEAD,
    MAIN,
    MISSING_HERE,
    OUTCOMES,
    TITLE,
    Piece,
    pieces,
)
from hscb_report.wording import first_lower, first_upper

FIRST_PAGE = "index"
PARTS_OF_FIRST_PAGE = ("lead", "edition", "points", "contents")
NO_POINTS: dict[str, Any] = {
    "verdicts": [],
    "edition": {"told": "", "page": ""},
    "parts": [],
}
"""What a book is told where its year says nothing first."""
KICKER = "kicker"
"""The class of the line that says what menus and contents call a page."""
_AS_IT_IS: dict[str, Any] = {"support_smartquotes": False}

_Point = dict[str, str]


class GlanceDirective(SphinxDirective):
    """Puts a part of the year at a glance on the first page: ```{glance} points```."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the nodes of the part."""
        part = self.arguments[0]
        if part not in PARTS_OF_FIRST_PAGE:
            raise self.error(f'"{part}" is none of: {", ".join(PARTS_OF_FIRST_PAGE)}.')
        made = {"lead": self._lead, "edition": self._edition}
        made |= {"points": self._points, "contents": self._contents}
        return list(made[part]())

    def _of(self, name: str) -> list[_Point]:
        return _points(self.config, FIRST_PAGE, name)

    def _lead(self) -> Iterator[nodes.Node]:
        for point in self._of(LEAD):
            said = _sentence(point, self.config)
            yield nodes.paragraph("", "", *said, classes=["lead"], **_AS_IT_IS)
        verdicts = self.config.hscb_points["verdicts"]
        if verdicts:
            items = (_verdict(**said) for said in verdicts)
            yield nodes.definition_list("", *items, classes=["verdict"], **_AS_IT_IS)

    def _edition(self) -> Iterator[nodes.Node]:
        """Yield what the report is: its time, how it came to be, and the page that says more."""
        edition = self.config.hscb_points["edition"]
        said: list[nodes.Node] = [nodes.Text(edition["told"])]
        if edition["page"]:
            said += [nodes.Text(" "), _link(edition["page"], self.env.docname)]
        yield nodes.paragraph("", "", *said, classes=["edition"], **_AS_IT_IS)

    def _points(self) -> Iterator[nodes.Node]:
        yield nodes.comment()  # here ends what the report says of itself, if no points follow
        pair = [*self._main_points(), *self._key_figures()]
        if pair:
            yield nodes.container("", *pair, classes=["glance", "duo"])
        if outcomes := [*self._outcomes()]:
            yield nodes.container("", *outcomes, classes=["glance", "trio"])

    def _main_points(self) -> Iterator[nodes.Node]:
        if points := self._of(MAIN):
            items = (nodes.list_item("", self._said(point)) for point in points)
            listed = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
            listed["classes"].append("points")
            yield self._section("Main points", [listed])

    def _key_figures(self) -> Iterator[nodes.Node]:
        if exhibit := self.config.hscb_exhibits.get(KEY_FIGURES):
            yield self._section("Key figures", [_untitled(exhibit, self.state.document)])

    def _outcomes(self) -> Iterator[nodes.Node]:
        for name, title, _ in OUTCOMES:
            if points := self._of(name):
                items = (nodes.list_item("", self._said(point)) for point in points)
                listed = nodes.bullet_list("", *items, bullet="-")
                yield self._section(title, [listed], name.replace("_", "-"))

    def _contents(self) -> Iterator[nodes.Node]:
        """Yield the parts of the book with their pages; on paper the list of contents has them."""
        parts = [self._part(**part) for part in self.config.hscb_points["parts"]]
        ways = nodes.container("", *parts, classes=["ways"])
        yield addnodes.only("", self._section("In this report", [ways]), expr="html")

    def _part(self, title: str, pages: Sequence[str]) -> nodes.section:
        items = (nodes.list_item("", self._way(page)) for page in pages)
        return self._section(title, [nodes.bullet_list("", *items, bullet="-")])

    def _way(self, page: str) -> nodes.paragraph:
        said = [nodes.Text(" "), *_title(page, self.config)] if _title(page, self.config) else []
        return nodes.paragraph("", "", _link(page, self.env.docname), *said, **_AS_IT_IS)

    def _said(self, point: _Point) -> nodes.paragraph:
        said = _sentence(point, self.config)
        if point["link"] in self.env.found_docs:  # a draft may name a page that is to come
            said += [nodes.Text(" "), _link(point["link"], self.env.docname)]
        return nodes.paragraph("", "", *said, **_AS_IT_IS)

    def _section(self, title: str, content: Iterable[nodes.Node], *classes: str) -> nodes.section:
        section = nodes.section("", names=[nodes.fully_normalize_name(title)], classes=[*classes])
        section += nodes.title("", "", nodes.Text(title), **_AS_IT_IS)
        self.state.document.note_implicit_target(section, section)
        section += list(content)
        return section


def _points(config: Any, page: str, name: str) -> list[_Point]:
    found: list[_Point] = config.hscb_points_of_pages.get(page, {}).get(name, [])
    return found


def _sentence(point: _Point, config: Any, text: str = "sentence") -> list[nodes.Node]:
    """Return a sentence as nodes: values in the place of names, its bold words, all else text."""
    return [
        _piece_node(piece, config, is_first=number == 0)
        for number, piece in enumerate(pieces(point[text]))
    ]


def _piece_node(piece: Piece, config: Any, *, is_first: bool) -> nodes.Node:
    node: nodes.Node = nodes.Text(piece.text)
    if piece.is_name:
        fact = config.hscb_facts.get(piece.text, {})
        text = fact.get("text") or config.hscb_names[piece.text]
        text = first_upper(text) if is_first else text
        node = nodes.Text(text)
        if fact:
            node = nodes.inline("", text, classes=["fact"], fact=fact["anchor"], **_AS_IT_IS)
    return nodes.strong("", "", node) if piece.is_strong else node


def _title(page: str, config: Any) -> list[nodes.Node]:
    """Return the sentence at the head of a page as text, nothing where it has none."""
    titles = _points(config, page, TITLE)
    nodes_of = _sentence(titles[0], config) if titles else []
    return [nodes.Text("".join(node.astext() for node in nodes_of))] if nodes_of else []


def _link(page: str, docname: str) -> addnodes.pending_xref:
    """Return a link to a page of the book by its short name."""
    link = addnodes.pending_xref(
        "",
        nodes.inline("", page),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{page}",
        refexplicit=False,
        refwarn=True,
    )
    link["refdoc"] = docname
    return link


def _verdict(title: str, judgement: str) -> nodes.definition_list_item:
    said = nodes.paragraph("", "", nodes.Text(judgement), **_AS_IT_IS)
    return nodes.definition_list_item(
        "",
        nodes.term("", "", nodes.Text(title), **_AS_IT_IS),
        nodes.definition("", said),
    )


def _untitled(exhibit: dict[str, Any], document: nodes.document) -> nodes.Element:
    """Return a table without number, its caption for listeners alone: its heading says it too."""
    made = table_node(exhibit, document)
    table = next(iter(made.findall(nodes.table)))
    table.replace(
        next(iter(table.findall(nodes.title))), caption_for_listeners(told=exhibit["caption"])
    )
    for entry in table.findall(nodes.entry):
        if entry.astext() == NO_EARLIER:
            entry["classes"].append("none")
    made["classes"].append(KEY_FIGURES)
    return made


def with_heads(app: Sphinx, document: nodes.document) -> None:
    """Give a page that was read the sentence at its head, what it says in short, what is missing.

    It comes after Sphinx has noted what menus, links and the search call the page; that short name
    then stands in a line of its own.
    """
    page, config = app.env.docname, app.config
    section = next(iter(document.findall(nodes.section)), None)
    if page == FIRST_PAGE or section is None or page not in config.hscb_points_of_pages:
        return
    title, head = section[0], 1
    if sentence := _title(page, config):
        assert isinstance(title, nodes.title)
        name = nodes.Text(title.astext())
        title.children = []
        title += sentence
        title["support_smartquotes"] = False
        section.insert(head, nodes.paragraph("", "", name, classes=[KICKER], **_AS_IT_IS))
        head += 1
    if points := _points(config, page, IN_SHORT):
        items = (
            nodes.list_item("", nodes.paragraph("", "", *_sentence(p, config), **_AS_IT_IS))
            for p in points
        )
        listed = nodes.bullet_list("", *items, bullet="-")
        section.insert(head, _box("In short", [listed], "short"))
    for point in _points(config, page, MISSING_HERE):
        section += _box_of_missing(point, config)


def _box_of_missing(point: _Point, config: Any) -> nodes.container:
    said = "".join(node.astext() for node in _sentence(point, config))
    detail = _sentence(point, config, "detail")
    more = [nodes.paragraph("", "", *detail, **_AS_IT_IS)] if detail else []
    return _box(f"Missing: {first_lower(said)}", more, "callout", "missing")


def _box(title: str, content: Iterable[nodes.Node], *classes: str) -> nodes.container:
    """Return a box with a heading that is none of the page's sections."""
    heading = nodes.rubric("", "", nodes.Text(title), level=2, **_AS_IT_IS)
    return nodes.container("", heading, *content, classes=[*classes])


class Kickers(SphinxPostTransform):
    """Puts the short name of a page above the sentence at its head."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Move the line before the title of the page's first section."""
        section = next(iter(self.document.findall(nodes.section)), None)
        line = section[1] if section is not None and len(section) > 1 else None
        if isinstance(line, nodes.paragraph) and KICKER in line["classes"]:
            section.remove(line)  # type: ignore[union-attr]
            section.insert(0, line)  # type: ignore[union-attr]


class EditionLine(SphinxPostTransform):
    """Puts what the first page says of itself into a strip below its head, beside the downloads."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Gather the paragraphs between the head of the page and its first part."""
        page = next(iter(self.document.findall(nodes.section)), None)
        if page is None or self.env.docname != FIRST_PAGE:
            return
        said = [*_below_the_head(page)]
        if not said:
            return
        place = page.index(said[0])
        for paragraph in said:
            page.remove(paragraph)
        link = nodes.reference("", "Downloads: PDF, workbook and data", refuri="#downloads")
        words = nodes.container("", *said)
        page.insert(place, nodes.container("", words, _paragraph(link), classes=["edition"]))


def _below_the_head(page: nodes.section) -> Iterator[nodes.Node]:
    """Yield the paragraphs that follow the title of the first page, its lead and its verdicts."""
    for node in page.children:
        assert isinstance(node, nodes.Element)
        if isinstance(node, nodes.title) or {"lead", "verdict"} & {*node["classes"]}:
            continue
        if not isinstance(node, nodes.paragraph):
            return
        yield node


def _paragraph(*content: nodes.Node) -> nodes.paragraph:
    return nodes.paragraph("", "", *content, **_AS_IT_IS)
