"""Where references lead in a tree of several pages: each page has places of its own."""

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from hscb_report.outputs.pdf.anchors import Anchors, collect_anchors
from hscb_report.outputs.pdf.text import label


def tree() -> nodes.document:
    """Return a root page and, inside it, a page with the same identifiers."""
    document = new_document("book")
    inner = nodes.section("", nodes.paragraph("", "", ids=["table", "old"]), ids=["top"])
    note = nodes.footnote("", nodes.paragraph("", "said"), ids=["note"])
    page = addnodes.start_of_file("", inner, note, docname="text/plan")
    document += nodes.section("", nodes.paragraph("", "", ids=["table"]), page, ids=["top"])
    return document


def refer(anchors: Anchors, **reference: str) -> str | None:
    return anchors.target("index", nodes.reference("", "", **reference))


def test_the_same_identifier_on_two_pages_is_two_places():
    anchors = collect_anchors(tree(), "index")
    assert refer(anchors, refid="table") == label("index", "table")
    assert refer(anchors, refuri="%text/plan#table") == label("text/plan", "table")


def test_an_element_with_several_identifiers_is_one_place():
    anchors = collect_anchors(tree(), "index")
    assert refer(anchors, refuri="%text/plan#old") == label("text/plan", "table")
    assert anchors.of("text/plan", nodes.paragraph("", ids=["old"])) == label("text/plan", "table")
    assert anchors.of("text/plan", nodes.paragraph()) is None


def test_a_reference_to_a_page_leads_to_its_first_section():
    anchors = collect_anchors(tree(), "index")
    assert refer(anchors, refuri="%text/plan") == label("text/plan", "top")
    assert (anchors.has_page("text/plan"), anchors.has_page("text/other")) == (True, False)


def test_what_is_not_there_leads_nowhere():
    anchors = collect_anchors(tree(), "index")
    assert refer(anchors, refid="note") is None
    assert refer(anchors, refuri="%text/other#table") is None


def test_a_footnote_is_found_by_its_own_page():
    anchors = collect_anchors(tree(), "index")
    assert list(anchors.footnotes) == [("text/plan", "note")]
    assert anchors.footnotes["text/plan", "note"].astext() == "said"
