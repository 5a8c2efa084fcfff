"""The tags of the improvement journey as document nodes: remarks, and links to sections."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes


def callout_node(callout: dict[str, Any]) -> nodes.admonition:
    """Return a remark under the names of its areas."""
    named = " and ".join(callout["titles"]) or "From practice"
    title = nodes.title("", "", nodes.Text(named))
    text = nodes.paragraph("", "", nodes.Text(callout["text"]))
    return nodes.admonition("", title, text, classes=["callout"], support_smartquotes=False)


def tagged_nodes(area: str, config: Any, docname: str) -> list[nodes.Element]:
    """Return links to the sections that carry the tag of an area, and the remarks that do."""
    sections = [s for s in config.hscb_sections if area in s["areas"]]
    callouts = [c for c in config.hscb_callouts.values() if area in c["areas"]]
    if not sections and not callouts:
        return [nodes.paragraph("", "No section or remark carries this tag alone.")]
    listed = nodes.bullet_list("", *(_item(section, docname) for section in sections))
    return [*([listed] if sections else []), *map(callout_node, callouts)]


def _item(section: dict[str, Any], docname: str) -> nodes.list_item:
    link = addnodes.pending_xref(
        "",
        nodes.inline("", section["section"]),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{section['page']}",
        refexplicit=True,
        refwarn=True,
    )
    link["refdoc"] = docname
    return nodes.list_item("", nodes.paragraph("", "", link))
