"""The index of the search: sections with their anchors, all their text, abbreviations."""

from __future__ import annotations

import json

import pytest
from docutils import nodes
from docutils.utils import new_document

from hscb_report.outputs.book.search_index import (
    IndexedPage,
    abbreviations_of,
    index_script,
    sections_of,
)
from tests.outputs.projects import docutils_table, entry


def page(*blocks: nodes.Node) -> nodes.document:
    document = new_document("page")
    inner = nodes.section("", nodes.title("", "What is left"), *blocks, ids=["left"])
    text = nodes.paragraph("", "The council paid £127,016.")
    document += nodes.section("", nodes.title("", "Budget"), text, inner, ids=["budget"])
    return document


def test_each_section_has_its_own_text_and_a_table_is_read_row_by_row() -> None:
    table = docutils_table([[entry("Agency"), entry("Paid")], [entry("CAFCASS"), entry("£550")]])
    hidden = [
        nodes.paragraph("", "Download CSV", classes=["tools"]),
        nodes.raw("", "<svg>drawn</svg>", format="html"),
    ]
    assert sections_of(page(table, *hidden)) == (
        ("budget", "Budget", "The council paid £127,016."),
        ("left", "What is left", "Agency, Paid. CAFCASS, £550."),
    )


def test_a_heading_is_found_below_the_line_that_stands_above_it() -> None:
    document = page()
    document[0].insert(0, nodes.paragraph("", "Budget", classes=["kicker"]))
    assert sections_of(document) == sections_of(page())


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("the Child Death Overview Panel (CDOP) met", "CDOP", "Child Death Overview Panel"),
        ("a Multi-Agency Safeguarding Hub (MASH)", "MASH", "Multi-Agency Safeguarding Hub"),
        ("the Department for Education (DfE)", "DfE", ""),
        ("Voice of the Child (VoC)", "VoC", ""),
        ("the Quality Assurance Group (QAG)", "QAG", "Quality Assurance Group"),
        ("the panel (CDOP) met", "CDOP", ""),
    ],
)
def test_what_stands_before_its_initials_in_brackets_is_what_they_are_short_for(
    text: str, short: str, full: str
) -> None:
    found = dict(abbreviations_of(page(nodes.paragraph("", text))))
    assert found == ({short: full} if full else {})


def test_what_is_marked_as_an_abbreviation_is_one() -> None:
    marked = nodes.abbreviation("", "NHS", explanation="National Health Service")
    found = dict(abbreviations_of(page(nodes.paragraph("", "", marked))))
    assert found == {"NHS": "National Health Service"}


def test_no_text_can_end_the_script_that_it_stands_in() -> None:
    hostile = "</script><script>alert(1)</script>"
    told = IndexedPage("a.html", hostile, "Part", "evidence", (("a", hostile, hostile),))
    script = index_script([told], {"A": hostile})
    assert "<" not in script
    read = json.loads(script.removeprefix("window.searchIndex = ").removesuffix(";\n"))
    assert read["pages"][0]["sections"] == [["a", hostile, hostile]]
    assert read["abbreviations"] == {"A": hostile}
