"""Where cross references lead: the places and the footnotes of the assembled book."""

from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from hscb_report.outputs.pdf.text import label

DOCUMENT = "%"
"""What the address of a document begins with, in references between documents."""


@dataclass(frozen=True)
class Anchors:
    """What every pair of page and identifier leads to.

    An element with several identifiers has one label. The pages are followed from the top of the
    tree: in an assembled tree, the parents that nodes name are still those of their own page.
    """

    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    footnotes: dict[tuple[str, str], nodes.footnote] = field(default_factory=dict)

    def of(self, docname: str, node: nodes.Element) -> str | None:
        """Return the label of an element, None if it has no identifier."""
        return self.labels.get((docname, node["ids"][0])) if node["ids"] else None

    def has_page(self, docname: str) -> bool:
        """Tell whether a page of the book is in the tree."""
        return (docname, "") in self.labels

    def target(self, docname: str, reference: nodes.Element) -> str | None:
        """Return the label that an internal reference on a page leads to, None if it is missing."""
        if "refid" in reference:
            return self.labels.get((docname, reference["refid"]))
        page, _, identifier = reference["refuri"].removeprefix(DOCUMENT).partition("#")
        return self.labels.get((page, identifier))


class PageAnchors:
    """The places of each page of a book, looked up page by page as they are asked for."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._found: dict[str, Anchors] = {}

    def of(self, docname: str) -> Anchors:
        """Return the places of one page."""
        if docname not in self._found:
            self._found[docname] = collect_anchors(self._env.get_doctree(docname), docname)
        return self._found[docname]


def collect_anchors(tree: nodes.document, docname: str) -> Anchors:
    """Return the places of a tree assembled from several pages, of which `docname` is the root."""
    anchors = Anchors()
    _collect(tree, docname, anchors)
    return anchors


def _collect(node: nodes.Element, docname: str, anchors: Anchors) -> None:
    if isinstance(node, addnodes.start_of_file):
        docname = node["docname"]
    for identifier in node["ids"]:
        anchors.labels[docname, identifier] = label(docname, node["ids"][0])
        if isinstance(node, nodes.footnote):
            anchors.footnotes[docname, identifier] = node
    if isinstance(node, nodes.section) and node["ids"]:
        # A reference to a page as a whole leads to its first section.
        anchors.labels.setdefault((docname, ""), label(docname, node["ids"][0]))
    for child in node.children:
        if isinstance(child, nodes.Element):
            _collect(child, docname, anchors)
