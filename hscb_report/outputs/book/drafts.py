"""What stands in a draft where a page shows, or leads to, what is not there yet."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def still_to_come(what: str, verb: str = "is") -> list[nodes.Node]:
    """Return a paragraph that says of a table, or of something else, that it is to come."""
    return [nodes.paragraph("", "", nodes.Text(f"{what} {verb} still to come."))]


def without_link(
    app: Sphinx, _env: Any, node: nodes.Element, words: nodes.Element
) -> nodes.Element | None:
    """Return the words of a link that leads nowhere in a draft; None, which refuses it, else."""
    if not app.config.hscb_is_draft:
        return None
    if node.get("reftype") == "numref":
        return nodes.inline("", "a table that is still to come")
    return words
