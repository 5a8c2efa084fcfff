"""Which page shows a table: by a text, a notebook, an outline, or the page itself."""

import pytest

from hscb_report.checks.pages import Document
from hscb_report.checks.prose import Passage
from hscb_report.report import PROJECT, open_report
from hscb_report.report.documents import pages_of_exhibits
from hscb_report.results.chapter import THE_DATA, Page
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.outline import Section, Shown

ON_NO_PAGE = {"actions"}
"""Tables that are published as data alone."""


@pytest.mark.parametrize("root", ["data", "examples/northshire", "examples/smallshire"])
def test_every_table_of_a_report_is_on_one_of_its_pages(root):
    report = open_report(None, "public", PROJECT / root)
    paths = {page.path for page in report.contents}
    labels = {found.label for found in report.exhibits}
    assert labels - set(report.shown_on) <= ON_NO_PAGE
    assert set(report.shown_on.values()) <= {*paths, "index"} <= set(report.titles)


def of(label, group=""):
    return exhibit(label, label, [Column("A")], [("a",)], group=group)


def test_the_first_page_that_shows_a_table_counts():
    pages = (
        Page("text/one", THE_DATA),
        Page("chapters/two", THE_DATA),
        Page("pages/three", THE_DATA, outline="plan"),
        Page("pages/four", THE_DATA, exhibits=("d", "a")),
    )
    text = "# One\n\n```{exhibit} a\n```\n\n```{exhibits} group\n```\n"
    documents = (Document("text/one.md", (Passage("text/one.md", text),)),)
    outlines = {"plan": (Section("Plan", blocks=(Shown("c"),)),)}
    opened = 'report.frame("f")'  # to open a table is not to show it
    code = {"notebooks/two.ipynb": f'{opened}; show_measures(report.group("measures"))'}
    every = [of(label) for label in "abcdef"] + [of("g", "group"), of("m", "measures")]
    assert pages_of_exhibits(pages, documents, outlines, every, code) == {
        "a": "text/one",
        "g": "text/one",
        "m": "chapters/two",
        "c": "pages/three",
        "d": "pages/four",
    }
