"""Abbreviations in the book: in full where a page first uses one, marked wherever it stands."""

import pytest
from docutils import nodes
from docutils.utils import new_document
from hypothesis import given
from hypothesis import strategies as st
from sphinx import addnodes

from hscb_report.outputs.book.abbreviations import explain

GIVEN = {
    "CDOP": {"full": "Child Death Overview Panel", "is_expanded": True},
    "DHR": {"full": "domestic homicide review", "is_expanded": True},
    "MAPPA": {"full": "public protection arrangements", "is_expanded": True},
    "T&WD": {"full": "Training and Workforce Development", "is_expanded": True},
    "NHS": {"full": "National Health Service", "is_expanded": False},
}


def marked(*parts, known=GIVEN):
    """Return a document of these parts, texts as paragraphs, after the transform."""
    document = new_document("page")
    for part in parts:
        document += nodes.paragraph("", part) if isinstance(part, str) else part
    explain(document, known)
    return document


def told(*parts):
    return [child.astext() for child in marked(*parts).children]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The CDOP met.", "The Child Death Overview Panel (CDOP) met."),
        ("DHRs are rare.", "Domestic homicide reviews (DHRs) are rare."),
        ("It is over. DHR began.", "It is over. Domestic homicide review (DHR) began."),
        ("A review (DHR) began.", "A review (domestic homicide review, DHR) began."),
        ("Under MAPPA it went.", "Under public protection arrangements (MAPPA) it went."),
        ("The T&WD group.", "The Training and Workforce Development (T&WD) group."),
        ("The Child Death Overview Panel (CDOP) met.", None),
        ("CDOP (Child Death Overview Panel) met.", None),
        ("CDOP: Child Death Overview Panel.", None),
        ("The NHS paid.", None),
        ("ACDOP and CDOPX", None),
    ],
)
def test_a_page_says_an_abbreviation_in_full_where_it_comes_first(text, first):
    assert told(text, "The CDOP, DHR and NHS.")[0] == (first or text)


def test_later_uses_are_marked_and_say_to_a_listener_what_they_are_short_for():
    page = marked("The CDOP met.", "Then the CDOP met again.")
    assert page.children[1].astext() == "Then the CDOP met again."
    found = [*page.findall(nodes.abbreviation)]
    assert [node["explanation"] for node in found] == ["Child Death Overview Panel"] * 2


def test_cells_captions_and_links_are_marked_and_leave_the_first_use_to_the_text():
    row = nodes.row("", nodes.entry("", nodes.paragraph("", "CDOP")))
    body = nodes.tgroup("", nodes.tbody("", row), cols=1)
    table = nodes.table("", nodes.title("", "CDOP in numbers"), body)
    link = nodes.paragraph("", "", nodes.reference("", "the CDOP", refuri="#a"))
    page = marked(table, link, "The CDOP met.")
    assert page.children[1].astext() == "the CDOP"
    assert page.children[2].astext() == "The Child Death Overview Panel (CDOP) met."
    assert len([*page.findall(nodes.abbreviation)]) == 4


def test_headings_and_code_stay_as_they_are():
    section = nodes.section("", nodes.title("", "The CDOP"), ids=["cdop"])
    code = nodes.paragraph("", "", nodes.literal("", "CDOP"))
    page = marked(section, code)
    assert not [*page.findall(nodes.abbreviation)]


def test_each_page_of_a_pdf_says_it_in_full_again():
    pages = [
        addnodes.start_of_file("", nodes.paragraph("", "The CDOP met."), docname=name)
        for name in ("a", "b")
    ]
    assert told(*pages) == ["The Child Death Overview Panel (CDOP) met."] * 2


@given(st.lists(st.sampled_from((*GIVEN, "the", "met.", "<b>", "{x}")), max_size=12))
def test_nothing_is_lost_and_each_is_in_full_at_most_once(parts):
    page = marked(" ".join(parts))
    marks = [node.astext() for node in page.findall(nodes.abbreviation)]
    assert marks == [part for part in parts if GIVEN.get(part, {}).get("is_expanded")]
    assert all(page.astext().count(told_of["full"]) <= 1 for told_of in GIVEN.values())
    plain = [word for word in page.astext().split() if word in ("the", "met.", "<b>", "{x}")]
    assert plain == [part for part in parts if part not in GIVEN]


def test_without_a_list_a_page_stays_as_it_is():
    assert marked("The CDOP met.", known={}).astext() == "The CDOP met."
