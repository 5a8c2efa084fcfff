"""Outlines as document nodes: sections and lists whose headings and text are data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from hscb_report.outputs.book.drafts import still_to_come
from hscb_report.outputs.book.exhibit_nodes import table_node
from hscb_report.outputs.book.tags import tagged_nodes

# Quotation marks and dashes of data are not made typographic.
_AS_IT_IS: dict[str, Any] = {"support_smartquotes": False}


class OutlineDirective(SphinxDirective):
    """Puts an outline on a page, as sections below its heading: ```{outline} name```."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the outline's sections; of one without a title, what it holds."""
        known: dict[str, Any] = self.config.hscb_outlines
        name = self.arguments[0]
        if name not in known and self.config.hscb_is_draft:
            return still_to_come("This section")
        if name not in known:
            raise self.error(f'There is no outline "{name}". Outlines: {", ".join(known)}.')
        return [node for section in known[name] for node in self._nodes(section)]

    def _nodes(self, section: dict[str, Any]) -> Iterator[nodes.Node]:
        if section["title"]:
            yield self._section(section)
        else:
            yield from (node for block in section["blocks"] for node in self._block(block))

    def _section(self, section: dict[str, Any]) -> nodes.section:
        name = nodes.fully_normalize_name(section["title"])
        node = nodes.section("", names=[name])
        node += nodes.title("", "", nodes.Text(section["title"]), **_AS_IT_IS)
        self.state.document.note_implicit_target(node, node)
        for block in section["blocks"]:
            node += list(self._block(block))
        node += [self._section(inner) for inner in section["sections"]]
        return node

    def _block(self, block: dict[str, Any]) -> Iterator[nodes.Node]:
        if "exhibit" in block:
            exhibits = self.config.hscb_exhibits
            if block["exhibit"] not in exhibits and self.config.hscb_is_draft:
                yield from still_to_come("This table")
            else:
                yield table_node(exhibits[block["exhibit"]], self.state.document)
        for text in block.get("paragraphs", ()):
            yield self._paragraph(text)
        if "items" in block:
            items = (nodes.list_item("", self._paragraph(text)) for text in block["items"])
            yield nodes.bullet_list("", *items)
        if "tagged" in block:
            yield from tagged_nodes(block["tagged"], self.config, self.env.docname)
        if "terms" in block:
            terms = (self._term(**term) for term in block["terms"])
            yield nodes.definition_list("", *terms, classes=["about"])

    def _term(self, term: str, paragraphs: Iterable[str], fact: str) -> nodes.Element:
        said = [self._paragraph(text) for text in paragraphs]
        if fact:
            said.append(nodes.paragraph("", "", fact_node(fact, self.config.hscb_facts)))
        return nodes.definition_list_item(
            "",
            nodes.term("", "", nodes.Text(term), **_AS_IT_IS),
            nodes.definition("", *said),
        )

    def _paragraph(self, text: str) -> nodes.paragraph:
        return nodes.paragraph("", "", nodes.Text(text), **_AS_IT_IS)


def fact_node(id: str, facts: dict[str, dict[str, str]]) -> nodes.inline:  # noqa: A002
    """Return a fact's text, which the HTML links to its sources."""
    fact = facts[id]
    return nodes.inline("", fact["text"], classes=["fact"], fact=fact["anchor"], **_AS_IT_IS)
