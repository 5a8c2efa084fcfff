"""What stands in a draft where a page shows, or leads to, what is not there yet."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


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


class LinksToNothing(SphinxPostTransform):
    """Makes words of each link of a draft to a page or label that is not there yet."""

    default_priority = 10  # after MyST, which leaves such a link to the page's own label

    def run(self, **_: Any) -> None:
        """Replace the links by what they say."""
        if not self.config.hscb_is_draft:
            return
        for link in list(self.document.findall(nodes.reference)):
            if "refid" in link and link["refid"] not in self.document.ids:
                link.replace_self(nodes.inline("", "", *link.children))
