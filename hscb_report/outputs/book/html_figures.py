"""Figures on pages: a chart is drawn into the page, and its table stands below it on demand."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from hscb_report.display.svg import drawing_for_page
from hscb_report.outputs.book.exhibit_nodes import table_on_demand


class InlineCharts(SphinxPostTransform):
    """Puts charts into the HTML page itself, where they use its font and can be read out."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Replace each chart's image by its SVG, wide and narrow: the page shows one of them."""
        for image in list(self.document.findall(nodes.image)):
            if "svg" in image:
                drawing = drawing_for_page(image["svg"], image["narrow"], image["alt"])
                image.replace_self(nodes.raw("", drawing, format="html"))


class TablesOnDemand(SphinxPostTransform):
    """Leaves out of what is not HTML the tables that a page shows on demand."""

    default_priority = 100

    def run(self, **_: Any) -> None:
        """Take them out."""
        if self.app.builder.format != "html":
            for table in list(self.document.findall(table_on_demand)):
                table.parent.remove(table)
