"""Pages: one title each, headings in order, and nothing that leads nowhere or stands twice."""

from dataclasses import replace

import pytest

from hscb_report.checks.pages import (
    Book,
    Document,
    disordered,
    doubled,
    refused,
    unknown_sections,
    unreached,
)
from hscb_report.checks.prose import Passage
from hscb_report.schema import Place
from tests.made_up import assert_says_what_to_do

BOOK = Book(
    addresses={"index.md", "text/a.md", "text/b.md", "chapters/budget.ipynb"},
    numbered={"spend", "picture-poster"},
    empty={"audits"},
    shown={"spend": "notebooks/budget.ipynb"},
    groups={"both": ("one", "two")},
)


def page(text, *said, file="2013-14/text/a.md", address="text/a.md"):
    return Document(address, (Passage(file, text),), tuple(Passage("said.md", s) for s in said))


def places(found):
    told = list(found)
    assert_says_what_to_do(told)
    return [(finding.found, finding.row) for finding in told]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# T\n\n## A\n\n### B\n\n## C", []),
        ("(a)=\n# T", []),
        ("", [(None, 1)]),
        ("Words\n\n# T", [(None, 1)]),
        ("## T", [(None, 1)]),
        ("# T\n\n# U", [("U", 3)]),
        ("# T\n\n### A\n\n### B", [("A", 3)]),
        ("# T\n\nx[^a] [^a]\n\n[^a]: b", []),
        ("# T\n\nx[^a]", [("a", 3)]),
        ("# T\n\n[^a]: b", [("a", 3)]),
        ("# T\n\nx[^a]\n\n[^a]: b\n\n[^a]: c", [("a", 7)]),
    ],
)
def test_a_page_has_one_title_headings_in_order_and_whole_footnotes(text, found):
    assert places(disordered([page(text)])) == found


def test_cells_of_a_notebook_are_one_page():
    cells = (Passage("n.ipynb", "# T", 1), Passage("n.ipynb", "### A\n\nx[^a]", 3))
    found = list(disordered([Document("chapters/n.ipynb", cells)]))
    assert [(f.found, f.message[:7]) for f in found] == [("A", "cell 3:"), ("a", "cell 3:")]


def test_what_a_year_says_on_a_page_has_no_title_and_shares_its_footnotes():
    assert places(disordered([page("# T\n\nx[^a]", "## A\n\n[^a]: b")])) == []
    assert places(disordered([page("# T", "# A"), page("# T", "### B")])) == [("A", 1), ("B", 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[x](b.md) [x](/index.md) [x](../chapters/budget.ipynb) [x](../index.md)", []),
        ("{doc}`b` {doc}`/chapters/budget` {ref}`here` [x](#here) {ref}`spend`", []),
        ("{numref}`spend` {numref}`picture-poster`", []),
        ("[x](c.md)", ["c.md"]),
        ("[x](b)", ["b"]),
        ("[x](../../secret.md)", ["../../secret.md"]),
        ("[x](/etc/passwd)", ["/etc/passwd"]),
        ("[x](../../../text/b.md)", ["../../../text/b.md"]),
        ("[x](b.md#here)", ["b.md#here"]),
        ("[x](..%2F..%2Fsecret.md)", ["../../secret.md"]),
        ("[x](../data/contributions.csv)", ["../data/contributions.csv"]),
        ("{doc}`c` {doc}`b.md`", ["c", "b.md"]),
        ("{ref}`there` [x](#there) [x](#spend)", ["there", "there", "spend"]),
        ("{numref}`here`", ["here"]),
        ("{numref}`audits` {numref}`audits-chart`", ["audits", "audits-chart"]),
    ],
)
def test_what_the_book_lacks_is_told(text, found):
    told = places(unreached([page(f"(here)=\n# T\n\n{text}")], BOOK))
    assert told == [(name, 4) for name in found]


@pytest.mark.parametrize(
    "text",
    ["[x](nobody.md)", "{doc}`c`", "{ref}`there`", "{numref}`here`", "{numref}`audits-chart`"],
)
def test_what_a_draft_may_still_get_is_missed_with_a_warning(text):
    """What it never gets, with an error; and so is what is wrong however much is to come."""
    draft = replace(BOOK, may_get={"nobody.md", "c", "there", "here", "audits-chart"}.__contains__)
    for book, severity in ((draft, "warning"), (BOOK, "error")):
        text = f"# T\n\n{text} "
        assert [f.severity for f in unreached([page(text)], book)][:1] == [severity]
    assert [f.severity for f in unreached([page("# T\n\n[x](never.md)")], draft)] == ["error"]


def test_a_text_for_every_year_may_speak_of_a_table_that_is_empty():
    """Its section is left out with the table."""
    common = page("# T\n\n{numref}`audits`", file="book/pages/x.md", address="pages/x.md")
    assert places(unreached([common], BOOK)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```{exhibit} own\n```\n\n```{picture} poster\n```", []),
        ("```{exhibit} spend\n```", ["spend"]),
        ("```{exhibit} own\n```\n\n```{exhibit} own\n```", ["own"]),
        ("```{exhibits} both\n```\n\n```{exhibit} two\n```", ["two"]),
        ("(one)=\n## A\n\n(one)=\n## B", ["one"]),
        ("(spend)=\n## A", ["spend"]),
        ("(budget)=\n## A", ["budget"]),
    ],
)
def test_a_label_stands_once_and_a_table_is_shown_once(text, found):
    assert [name for name, _ in places(doubled([page(f"# T\n\n{text}")], BOOK))] == found


def test_what_no_page_may_hold_is_told_at_its_line_and_cell():
    passages = [
        Passage("a.md", "# T\n\n<b>"),
        Passage("n.ipynb", "<i>", 4),
        Passage("a.md", "```{commentary}\n```"),
        Passage("book/a.md", "```{commentary}\n```"),
    ]
    found = list(refused(passages))
    assert [(f.rule, f.file, f.row, f.found) for f in found] == [
        ("M1", "a.md", 3, "<b>"),
        ("M1", "n.ipynb", 1, "<i>"),
        ("M1", "a.md", 1, "commentary"),
    ]
    assert found[1].message.startswith("cell 4: ")
    assert "a.md, line 3: " in str(found[0])
    assert_says_what_to_do(found)


def test_a_tag_of_a_heading_that_its_page_lacks_is_told():
    place = Place("section_tags.csv", 3)
    rows = [(place, "text/a", "Neglect"), (place, "text/a", "Neglct"), (place, "text/z", "Any")]
    assert places(unknown_sections(rows, {"text/a": ["Neglect"]})) == [("Neglct", 3)]
