"""Tables and figures are numbered in each document of their own, the same in HTML and PDF.

Sphinx counts through the whole book. A reader of the business plan has the plan alone: its tables
begin with 1, and a reference to a table of another document says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

ON_SCREEN = "on-screen"
"""The document of pages that stand in no PDF, among those that do."""
NAMES: Mapping[str, str] = {
    "annual-report": "the annual report",
    "business-plan": "the business plan",
    "covering-report": "the covering report",
    "evidence": "the evidence volume",
    ON_SCREEN: "the pages on screen",
    "": "the pages for those who keep the data",
}
"""What a document is called in a sentence."""
_FIRST = "annual-report"
"""The document of a page that the contents do not name: the first page."""


def number_by_document(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Count the tables and the figures of each document from 1; no page has to be read again."""
    counted: Counter[tuple[str, str]] = Counter()
    for page, kinds in env.toc_fignumbers.items():
        for kind, numbers in kinds.items():
            series = (_document(app.config, page), kind)
            for name in numbers:
                counted[series] += 1
                numbers[name] = (counted[series],)
    return []


class TablesElsewhere(SphinxPostTransform):
    """Says after a reference to a table of another document which document that is."""

    default_priority = 5  # before the reference is resolved

    def run(self, **_: Any) -> None:
        """Add "of the business plan" to what leads there."""
        labels = self.env.get_domain("std").anonlabels  # type: ignore[attr-defined]
        for reference in list(self.document.findall(addnodes.pending_xref)):
            if reference.get("reftype") != "numref" or reference["reftarget"] not in labels:
                continue
            page, _anchor = labels[reference["reftarget"]]
            there = _document(self.config, page)
            if there != _document(self.config, reference.get("refdoc", self.env.docname)):
                parent = reference.parent
                place = parent.index(reference) + 1
                parent.insert(place, nodes.Text(f" of {NAMES.get(there, there)}"))


def _document(config: Any, page: str) -> str:
    documents: Mapping[str, str] = config.hscb_documents
    return documents.get(page, _FIRST)


def setup(app: Sphinx) -> None:
    """Register with Sphinx: after its own counting."""
    app.add_config_value("hscb_documents", {}, "env")
    app.add_post_transform(TablesElsewhere)
    app.connect("env-get-updated", number_by_document, priority=900)
