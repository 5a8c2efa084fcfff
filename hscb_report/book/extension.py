"""What our book adds to Sphinx: exhibits on any page, facts in prose, accessible HTML, the PDF."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from hscb_report.account import fact_anchor
from hscb_report.book import typst
from hscb_report.book.exhibits import table_node
from hscb_report.book.outline import OutlineDirective, fact_node

SOURCES = "pages/sources"


class ExhibitDirective(SphinxDirective):
    """Puts a published table on a page: ```{exhibit} label```."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table's nodes."""
        exhibits: dict[str, Any] = self.config.hscb_exhibits
        label = self.arguments[0]
        if label not in exhibits:
            raise self.error(f'There is no table "{label}". Tables: {", ".join(sorted(exhibits))}.')
        return [table_node(exhibits[label], self.state.document)]


class CalloutDirective(SphinxDirective):
    """Shows a highlighted remark with the areas of the journey that it belongs to."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the remark's nodes."""
        callouts: dict[str, Any] = self.config.hscb_callouts
        name = self.arguments[0]
        if name not in callouts:
            raise self.error(f'There is no callout "{name}". Callouts: {", ".join(callouts)}.')
        return [callout_node(callouts[name])]


class TaggedDirective(SphinxDirective):
    """Gathers the sections and remarks that carry the tag of an area of the journey."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return links to the tagged sections, and the remarks."""
        area = self.arguments[0]
        sections = [s for s in self.config.hscb_sections if area in s["areas"]]
        callouts = [c for c in self.config.hscb_callouts.values() if area in c["areas"]]
        listed = nodes.bullet_list("", *(self._item(section) for section in sections))
        if not sections and not callouts:
            return [nodes.paragraph("", "No section or remark carries this tag alone.")]
        return [*([listed] if sections else []), *(callout_node(c) for c in callouts)]

    def _item(self, section: dict[str, Any]) -> nodes.list_item:
        link = addnodes.pending_xref(
            "",
            nodes.inline("", section["section"]),
            refdomain="std",
            reftype="doc",
            reftarget=f"/{section['page']}",
            refexplicit=True,
            refwarn=True,
        )
        link["refdoc"] = self.env.docname
        return nodes.list_item("", nodes.paragraph("", "", link))


def callout_node(callout: dict[str, Any]) -> nodes.admonition:
    """Return a remark under the names of its areas."""
    title = nodes.title("", "", nodes.Text(" and ".join(callout["titles"])))
    text = nodes.paragraph("", "", nodes.Text(callout["text"]))
    return nodes.admonition("", title, text, classes=["callout"], support_smartquotes=False)


def fact_role(
    _role: str,
    _rawtext: str,
    id: str,  # noqa: A002
    _lineno: int,
    inliner: Inliner,
    *_: Any,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return a fact's text; data never passes through markup on its way into prose."""
    facts: dict[str, str] = inliner.document.settings.env.config.hscb_facts
    return [fact_node(id, facts)], []


class LinkedFacts(SphinxPostTransform):
    """Makes each number in the HTML's prose a link to its sources: one link, read out once."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Put the link around each fact; headings are left alone."""
        page = self.app.builder.get_relative_uri(self.env.docname, SOURCES)
        for fact in list(self.document.findall(nodes.inline)):
            if "fact" not in fact or isinstance(fact.parent, nodes.title):
                continue
            uri = f"{page}#{fact_anchor(fact['fact'])}"
            fact.replace_self(nodes.reference("", fact.astext(), refuri=uri, classes=["fact"]))


class WorkingPaperLinks(SphinxPostTransform):
    """Links each chapter of the HTML to the run notebook that made it, code and all."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Add a last line to a chapter."""
        folder, _slash, name = self.env.docname.partition("/")
        if folder != "chapters":
            return
        link = nodes.reference(
            "", "the working paper of this chapter", refuri=f"../../working-papers/{name}.html"
        )
        line = nodes.paragraph("", "The code and its results: ", link, nodes.Text("."))
        section = next(iter(self.document.findall(nodes.section)))
        section += line


class InlineCharts(SphinxPostTransform):
    """Puts charts into the HTML page itself, where they use its font and can be read out."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Replace each chart's image by its SVG."""
        for image in list(self.document.findall(nodes.image)):
            if "svg" in image:
                label = escape(image["alt"], quote=True)
                svg = image["svg"].replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
                image.replace_self(nodes.raw("", svg, format="html"))


def visit_entry(translator: HTML5Translator, node: nodes.entry) -> None:
    """Write a table cell with what docutils leaves out.

    A header cell says whether it heads a row or a column; a cell carries its column's heading, for
    pages so narrow that rows are shown one below the other.
    """
    row: Any = node.parent
    column = row.column  # counted up by the visit below
    type(translator).visit_entry(translator, node)
    tag = translator.body[-1]
    if tag.startswith("<th"):
        in_head = isinstance(row.parent, nodes.thead)
        tag = tag.replace("<th", f'<th scope="{"col" if in_head else "row"}"', 1)
    elif head := next(row.parent.parent.findall(nodes.thead), None):
        heading = head[0][column].astext()
        tag = tag.replace("<td", f'<td data-heading="{escape(heading, quote=True)}"', 1)
    translator.body[-1] = tag


def depart_entry(translator: HTML5Translator, node: nodes.entry) -> None:
    """Close a table cell."""
    type(translator).depart_entry(translator, node)


_WIDE = '<div class="exhibit wide '
_SCROLLS = 'tabindex="0" role="region" aria-label="Wide table, scrolls sideways"'


def _reach_wide_tables(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any
) -> None:
    """Let a table that may be wider than its place be scrolled with the keyboard."""
    if context.get("body"):
        context["body"] = context["body"].replace(_WIDE, _WIDE.replace("<div", f"<div {_SCROLLS}"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    # Jupyter Book sets this for an extension that we leave out, which would be a warning.
    app.add_config_value("comments_config", {}, "")
    app.add_config_value("hscb_exhibits", {}, "env")
    app.add_config_value("hscb_facts", {}, "env")
    app.add_config_value("hscb_callouts", {}, "env")
    app.add_config_value("hscb_sections", [], "env")
    app.add_config_value("hscb_outlines", {}, "env")
    app.add_directive("exhibit", ExhibitDirective)
    app.add_directive("callout", CalloutDirective)
    app.add_directive("tagged", TaggedDirective)
    app.add_directive("outline", OutlineDirective)
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    app.add_role("fact", fact_role)
    app.add_post_transform(InlineCharts)
    app.add_post_transform(LinkedFacts)
    app.add_post_transform(WorkingPaperLinks)
    app.connect("html-page-context", _reach_wide_tables)
    typst.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
