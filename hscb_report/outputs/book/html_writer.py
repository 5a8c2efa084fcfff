"""The HTML of a page: as Sphinx writes it, with what a screen reader and a phone need besides."""

# Visitors are named by their node.
# ruff: noqa: D102

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from hscb_report.outputs.book.html_tables import sources_address


class PageTranslator(HTML5Translator):
    """Writes tables with roles and headings, charts with their title above them.

    After the number of a table or a figure stands a full stop.
    """

    def add_fignumber(self, node: nodes.Element) -> None:
        """Write the number of a table or a figure: "Table 45. "."""
        before = len(self.body)
        super().add_fignumber(node)
        if self.body[before:]:
            self.body[-2] = f"{self.body[-2].rstrip()}. "

    # Tables: a browser forgets what the parts of one are, once it shows them as blocks.

    def visit_table(self, node: Any) -> None:
        super().visit_table(node)
        box = '<div class="table-box">'  # by whose width the table is fitted
        self.body[-1] = box + _with_role(self.body[-1], "table", "table")

    def depart_table(self, node: Any) -> None:
        super().depart_table(node)
        self.body.append("</div>\n")

    def visit_thead(self, node: Any) -> None:
        super().visit_thead(node)
        self.body[-1] = _with_role(self.body[-1], "thead", "rowgroup")

    def visit_tbody(self, node: Any) -> None:
        super().visit_tbody(node)
        self.body[-1] = _with_role(self.body[-1], "tbody", "rowgroup")

    def visit_row(self, node: Any) -> None:
        super().visit_row(node)
        self.body[-1] = _with_role(self.body[-1], "tr", "row")

    def visit_entry(self, node: Any) -> None:
        """Write a table cell with what docutils leaves out.

        A header cell says whether it heads a row or a column; a cell carries its column's heading,
        for pages so narrow that rows are shown one below the other.
        """
        row: Any = node.parent
        column = row.column  # counted up by the visit below
        super().visit_entry(node)
        tag = self.body[-1]
        if tag.startswith("<th"):
            in_head = isinstance(row.parent, nodes.thead)
            tag = tag.replace("<th", f'<th scope="{"col" if in_head else "row"}"', 1)
            tag = _with_role(tag, "th", "columnheader" if in_head else "rowheader")
        else:
            if head := next(row.parent.parent.findall(nodes.thead), None):
                heading = head[0][column].astext()
                tag = tag.replace("<td", f'<td data-heading="{escape(heading, quote=True)}"', 1)
            tag = _with_role(tag, "td", "cell")
        self.body[-1] = tag

    # Charts: what follows the title of one is no part of its caption.

    def depart_caption(self, node: Any) -> None:
        super().depart_caption(node)
        if _is_chart(node.parent):
            self.body.append("</figcaption>\n")

    def depart_figure(self, node: Any) -> None:
        if _is_chart(node):
            self.body.append("</figure>\n")
        else:
            super().depart_figure(node)

    def visit_table_on_demand(self, node: Any) -> None:
        """Open what shows the table of a chart, and offer the same as data."""
        what = f'<span class="vh">: {escape(node["what"])}</span>'
        self.body.append(f'<div class="tools"><details><summary>View as table{what}</summary>')

    def depart_table_on_demand(self, node: Any) -> None:
        """Close it; the data lies beside the folder of the pages."""
        what = f'<span class="vh">: {escape(node["what"])}</span>'
        up = "../" * (self.builder.current_docname.count("/") + 1)
        address = escape(f"{up}data/{node['label']}.csv", quote=True)
        links = f'<a href="{address}">Download CSV{what}</a>'
        if to := sources_address(self.config, node["label"], self.builder.current_docname):
            whose = f'<span class="vh"> of: {escape(node["what"])}</span>'
            links += f'<a href="{escape(to, quote=True)}">Sources{whose}</a>'
        self.body.append(f"</details>{links}</div>")

    def visit_caption_for_listeners(self, node: Any) -> None:
        """Write the caption of a table below a title that those who see have read."""
        self.body.append(f'<caption class="vh">{escape(node["told"])}</caption>')

    def depart_caption_for_listeners(self, node: Any) -> None:
        pass


def _is_chart(node: Any) -> bool:
    return "exhibit-chart" in node.get("classes", ())


def _with_role(tag: str, name: str, role: str) -> str:
    return tag.replace(f"<{name}", f'<{name} role="{role}"', 1)
