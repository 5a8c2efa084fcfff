"""What our book adds to Sphinx: exhibits on any page, facts in prose, accessible HTML, the PDF."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from hscb_report.book import typst
from hscb_report.book.exhibits import table_node


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


def fact_role(
    _role: str,
    rawtext: str,
    id: str,  # noqa: A002
    _lineno: int,
    inliner: Inliner,
    *_: Any,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return a fact's text; data never passes through markup on its way into prose."""
    facts: dict[str, str] = inliner.document.settings.env.config.hscb_facts
    return [nodes.inline(rawtext, facts[id], classes=["fact"], support_smartquotes=False)], []


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


def _scope_header_cells(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any
) -> None:
    """Say of each header cell whether it heads a row or a column; docutils does not."""
    body = context.get("body")
    if body:
        context["body"] = body.replace('<th class="head', '<th scope="col" class="head').replace(
            '<th class="stub', '<th scope="row" class="stub'
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    # Jupyter Book sets this for an extension that we leave out, which would be a warning.
    app.add_config_value("comments_config", {}, "")
    app.add_config_value("hscb_exhibits", {}, "env")
    app.add_config_value("hscb_facts", {}, "env")
    app.add_directive("exhibit", ExhibitDirective)
    app.add_role("fact", fact_role)
    app.add_post_transform(InlineCharts)
    app.connect("html-page-context", _scope_header_cells)
    typst.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
