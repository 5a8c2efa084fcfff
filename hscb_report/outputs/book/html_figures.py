"""Figures on pages: a chart drawn into the page, its title above it, its table on demand."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from hscb_report.display.svg import drawing_for_page
from hscb_report.outputs.book.exhibit_nodes import caption_for_listeners, table_on_demand


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


class Translator(HTML5Translator):
    """Writes HTML as Sphinx does, with a full stop after the number of a table or a figure."""

    def add_fignumber(self, node: nodes.Element) -> None:
        """Write the number of a table or a figure: "Table 45. "."""
        before = len(self.body)
        super().add_fignumber(node)
        if self.body[before:]:
            self.body[-2] = f"{self.body[-2].rstrip()}. "


def visit_caption(translator: HTML5Translator, node: nodes.caption) -> None:
    """Write a caption."""
    type(translator).visit_caption(translator, node)


def depart_caption(translator: HTML5Translator, node: nodes.caption) -> None:
    """Close a caption: that of a chart stands above it, and what follows is no part of it."""
    type(translator).depart_caption(translator, node)
    if _is_chart(node.parent):
        translator.body.append("</figcaption>\n")


def visit_figure(translator: HTML5Translator, node: nodes.figure) -> None:
    """Write a figure."""
    type(translator).visit_figure(translator, node)


def depart_figure(translator: HTML5Translator, node: nodes.figure) -> None:
    """Close a figure."""
    if _is_chart(node):
        translator.body.append("</figure>\n")
    else:
        type(translator).depart_figure(translator, node)


def _is_chart(node: Any) -> bool:
    return "exhibit-chart" in node.get("classes", ())


def visit_table_on_demand(translator: HTML5Translator, node: nodes.Element) -> None:
    """Open what shows the table of a chart, and offer the same as data."""
    what = f'<span class="vh">: {escape(node["what"])}</span>'
    translator.body.append(f'<div class="tools"><details><summary>View as table{what}</summary>')


def depart_table_on_demand(translator: HTML5Translator, node: nodes.Element) -> None:
    """Close it; the data lies beside the folder of the pages."""
    what = f'<span class="vh">: {escape(node["what"])}</span>'
    up = "../" * (translator.builder.current_docname.count("/") + 1)
    address = escape(f"{up}data/{node['label']}.csv", quote=True)
    translator.body.append(f'</details><a href="{address}">Download CSV{what}</a></div>')


def visit_caption_for_listeners(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write the caption of a table that stands below the title of its chart."""
    translator.body.append(f'<caption class="vh">{escape(node["told"])}</caption>')


def depart_caption_for_listeners(_translator: HTML5Translator, _node: nodes.Element) -> None:
    """Write nothing more."""


def figure_visitors() -> Iterator[tuple[type[nodes.Element], tuple[Any, Any], bool]]:
    """Yield what writes each part of a figure in HTML, and whether docutils knows the part too."""
    yield nodes.caption, (visit_caption, depart_caption), True
    yield nodes.figure, (visit_figure, depart_figure), True
    yield table_on_demand, (visit_table_on_demand, depart_table_on_demand), False
    yield caption_for_listeners, (visit_caption_for_listeners, depart_caption_for_listeners), False
