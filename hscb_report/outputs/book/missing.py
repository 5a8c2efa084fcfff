"""What stands in the place of a table that mostly shows what is missing: a sentence."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode

_WHOLE = "The whole table is among the downloads."
_ENDS = re.compile(r"(?:^|[.!?:]\s+)$")


def sentence_node(exhibit: dict[str, Any], document: nodes.document) -> nodes.Element:
    """Return the sentence, at the address of the table that it stands for."""
    told = nodes.Text(f"{exhibit['instead']} {_WHOLE}")
    node = nodes.paragraph("", "", told, classes=["missing"], support_smartquotes=False)
    node["names"].append(exhibit["label"])
    document.note_explicit_target(node)
    return node


def words_for_number(
    app: Sphinx, env: Any, node: nodes.Element, _words: nodes.Element
) -> nodes.Element | None:
    """Return a link in words to a table that has no number, since a sentence stands in its place.

    None for any other, which leaves it to others.
    """
    exhibits: dict[str, Any] = app.config.hscb_exhibits
    exhibit = exhibits.get(node.get("reftarget", ""), {})
    if node.get("reftype") != "numref" or not exhibit.get("instead"):
        return None
    begins = bool(_ENDS.search(_before(node)))
    told = f'{"The" if begins else "the"} download "{exhibit["caption"]}"'
    page, address = env.get_domain("std").anonlabels.get(exhibit["label"], ("", ""))
    if not page:
        return nodes.inline("", told)
    return make_refnode(app.builder, node["refdoc"], page, address, nodes.inline("", told))


def _before(node: nodes.Element) -> str:
    """Return the text of a paragraph that stands before a node."""
    parent = node.parent
    return "".join(part.astext() for part in parent.children[: parent.index(node)])
