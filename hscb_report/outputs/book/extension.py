"""What our book adds to Sphinx: exhibits on any page, facts in prose, accessible HTML, the PDF."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from hscb_report.look import BOARD_COLOUR
from hscb_report.outputs import pdf
from hscb_report.outputs.book import kept_pages, numbering, page_parts
from hscb_report.outputs.book.abbreviations import Abbreviations
from hscb_report.outputs.book.drafts import LinksToNothing, still_to_come, without_link
from hscb_report.outputs.book.exhibit_nodes import picture_node, table_node
from hscb_report.outputs.book.glance import (
    NO_POINTS,
    EditionLine,
    GlanceDirective,
    Kickers,
    with_heads,
)
from hscb_report.outputs.book.html_figures import InlineCharts, TablesOnDemand
from hscb_report.outputs.book.html_tables import TablesOfPages
from hscb_report.outputs.book.html_writer import PageTranslator
from hscb_report.outputs.book.missing import words_for_number
from hscb_report.outputs.book.outline import OutlineDirective, fact_node
from hscb_report.outputs.book.tags import callout_node
from hscb_report.outputs.pdf.writer import SOURCES


class ExhibitDirective(SphinxDirective):
    """Puts a published table on a page: ```{exhibit} label```."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table's nodes."""
        exhibits: dict[str, Any] = self.config.hscb_exhibits
        label = self.arguments[0]
        if label not in exhibits and self.config.hscb_is_draft:
            return still_to_come("This table")
        if label not in exhibits:
            raise self.error(f'There is no table "{label}". Tables: {", ".join(sorted(exhibits))}.')
        return [table_node(exhibits[label], self.state.document)]


class ExhibitsDirective(SphinxDirective):
    """Puts every published table of a group on a page: ```{exhibits} sources```."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the tables' nodes, in their order."""
        groups: dict[str, list[str]] = self.config.hscb_groups
        exhibits: dict[str, Any] = self.config.hscb_exhibits
        group = self.arguments[0]
        chosen = groups.get(group, [])
        if not chosen and self.config.hscb_is_draft:
            return still_to_come("These tables", "are")
        if not chosen:
            named = ", ".join(sorted(groups))
            raise self.error(f'There is no group "{group}" of tables. Groups: {named}.')
        return [table_node(exhibits[label], self.state.document) for label in chosen]


class CalloutDirective(SphinxDirective):
    """Shows a highlighted remark with the areas of the journey that it belongs to."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the remark's nodes."""
        callouts: dict[str, Any] = self.config.hscb_callouts
        name = self.arguments[0]
        if name not in callouts and self.config.hscb_is_draft:
            return still_to_come("This remark")
        if name not in callouts:
            raise self.error(f'There is no callout "{name}". Callouts: {", ".join(callouts)}.')
        return [callout_node(callouts[name])]


class PictureDirective(SphinxDirective):
    """Shows a picture of the year's own, with its words, caption and licence."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the picture's nodes."""
        pictures: dict[str, Any] = self.config.hscb_pictures
        name = self.arguments[0]
        if name not in pictures and self.config.hscb_is_draft:
            return still_to_come("This picture")
        if name not in pictures:
            raise self.error(f'There is no picture "{name}". Pictures: {", ".join(pictures)}.')
        return [picture_node(pictures[name], self.state.document)]


def name_role(
    _role: str,
    _rawtext: str,
    name: str,
    lineno: int,
    inliner: Inliner,
    *_: Any,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return what a name stands for; data never passes through markup on its way into prose."""
    config = inliner.document.settings.env.config
    if name in config.hscb_facts:
        return [fact_node(name, config.hscb_facts)], []
    if name in config.hscb_names:
        return [nodes.Text(config.hscb_names[name])], []
    told = inliner.reporter.error(f'There is no name "{name}".', line=lineno)
    return [nodes.Text(name)], [told]


class LinkedFacts(SphinxPostTransform):
    """Makes each number in the HTML's prose a link to its sources: one link, read out once."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Put the link around each fact; headings are left alone."""
        page = self.app.builder.get_relative_uri(self.env.docname, SOURCES)
        for fact in list(self.document.findall(nodes.inline)):
            if "fact" not in fact or _is_in_a_heading(fact):
                continue
            uri = f"{page}#{fact['fact']}"
            fact.replace_self(nodes.reference("", fact.astext(), refuri=uri, classes=["fact"]))


def _is_in_a_heading(node: nodes.Node) -> bool:
    within: nodes.Node | None = node
    while within is not None and not isinstance(within, nodes.title | nodes.rubric):
        within = within.parent
    return within is not None


class WorkingPaperLinks(SphinxPostTransform):
    """Links each chapter of the HTML to the run notebook that made it, code and all."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Add a last line to a chapter."""
        folder, _slash, name = self.env.docname.partition("/")
        papers: dict[str, str] = self.config.hscb_working_papers
        if folder != "chapters" or name not in papers:
            return
        address = f"../../working-papers/{papers[name]}.html"
        link = nodes.reference("", "the working paper of this chapter", refuri=address)
        line = nodes.paragraph("", "The code and its results: ", link, nodes.Text("."))
        section = next(iter(self.document.findall(nodes.section)))
        section += line


class ReadingBuilder(Builder):
    """Reads the sources, and writes nothing: what is read is then written in several ways."""

    name = "reading"

    def get_outdated_docs(self) -> str:
        """Return a note: nothing is kept from one report to the next."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return the address of a page, which nobody sees."""
        return docname

    def write(self, *_ignored: Any) -> None:
        """Write nothing."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    # Jupyter Book sets this for an extension that we leave out, which would be a warning.
    app.add_config_value("comments_config", {}, "")
    app.add_config_value("hscb_exhibits", {}, "env")
    app.add_config_value("hscb_groups", {}, "env")
    app.add_config_value("hscb_colour", BOARD_COLOUR, "env")
    app.add_config_value("hscb_is_draft", False, "env")
    app.add_config_value("hscb_facts", {}, "env")
    app.add_config_value("hscb_names", {}, "env")
    app.add_config_value("hscb_abbreviations", {}, "env")
    app.add_config_value("hscb_pictures", {}, "env")
    app.add_config_value("hscb_callouts", {}, "env")
    app.add_config_value("hscb_sections", [], "env")
    app.add_config_value("hscb_outlines", {}, "env")
    app.add_config_value("hscb_working_papers", {}, "env")
    app.add_config_value("hscb_points", NO_POINTS, "env")
    app.add_config_value("hscb_points_of_pages", {}, "env")
    app.add_builder(ReadingBuilder)
    app.add_directive("exhibit", ExhibitDirective)
    app.add_directive("exhibits", ExhibitsDirective)
    app.add_directive("callout", CalloutDirective)
    app.add_directive("outline", OutlineDirective)
    app.add_directive("picture", PictureDirective)
    app.add_directive("glance", GlanceDirective)
    app.set_translator("html", PageTranslator)
    app.add_role("name", name_role)
    app.add_post_transform(LinksToNothing)
    app.add_post_transform(TablesOnDemand)
    app.add_post_transform(InlineCharts)
    app.add_post_transform(LinkedFacts)
    app.add_post_transform(WorkingPaperLinks)
    app.add_post_transform(Abbreviations)
    app.add_post_transform(TablesOfPages)
    app.add_post_transform(Kickers)
    app.add_post_transform(EditionLine)
    app.connect("doctree-read", with_heads, priority=900)  # after the names of pages are noted
    app.connect("missing-reference", words_for_number)
    app.connect("missing-reference", without_link)
    kept_pages.setup(app)
    page_parts.setup(app)
    numbering.setup(app)
    pdf.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
