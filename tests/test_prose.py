"""Prose: which facts it names, and where it names one that does not exist."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.notebooks import notebook_paths
from hscb_report.prose import Passage, passages, unknown_facts
from hscb_report.report import DEFAULT_DATA

KNOWN = ["budget.total_income", "budget.spend", "year"]
PAGES = sorted((DEFAULT_DATA / "2013-14" / "text").rglob("*.md"))


def unknown(text, cell=None):
    return list(unknown_facts([Passage("page.md", text, cell)], KNOWN))


@pytest.mark.parametrize(
    "text",
    [
        "Income was {{ budget.total_income }} in {{ year }}.",
        "{{budget.spend}}",
        "{{   budget.spend   }}",
        "No facts, but { braces } and {numref}`table`.",
        "",
    ],
)
def test_prose_that_names_only_known_facts_has_no_findings(text):
    assert unknown(text) == []


def test_an_unknown_fact_is_told_with_its_line_and_the_nearest():
    (found,) = unknown("# Budget\n\nIncome: {{ budget.total_incom }}.\n")
    assert found.as_json() == {
        "rule": "P1",
        "severity": "error",
        "file": "page.md",
        "row": 3,
        "column": None,
        "found": "budget.total_incom",
        "message": "there is no such fact.",
        "hint": found.hint,
    }
    assert '"budget.total_income"' in found.hint


def test_an_unknown_fact_of_a_notebook_is_told_with_its_cell():
    (found,) = unknown("{{ nothing }}", cell=4)
    assert found.message == "cell 4: there is no such fact."
    assert found.row == 1


def test_every_unknown_fact_is_told():
    found = unknown("{{ a }} and {{ b }}\n{{ budget.spend }}\n{{ a }}")
    assert [(finding.found, finding.row) for finding in found] == [("a", 1), ("b", 1), ("a", 3)]


@pytest.mark.parametrize("text", ["{{ }}", "{{ budget.spend | upper }}", "{{ budget.spend + 1 }}"])
def test_what_is_more_than_a_name_is_told(text):
    """Arithmetic and filters belong in a measure, not in prose."""
    assert len(unknown(text)) == 1


def test_a_name_broken_over_two_lines_is_told():
    """Whatever the book would make of it, it is no known fact on its line."""
    assert len(unknown("{{\nbudget.spent\n}}")) == 1


def test_a_page_is_one_passage(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Ä {{ x }}\n", "utf-8")
    assert list(passages(page, "text/page.md")) == [Passage("text/page.md", "# Ä {{ x }}\n")]


def test_a_notebook_has_a_passage_for_each_markdown_cell_and_none_for_code(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["# One\n", "{{ x }}"]},
        {"cell_type": "code", "source": ["{{ not_prose }}"]},
        {"cell_type": "markdown", "source": "as one text"},
    ]
    path = tmp_path / "book.ipynb"
    path.write_text(json.dumps({"cells": cells}), "utf-8")
    assert list(passages(path, "n")) == [
        Passage("n", "# One\n{{ x }}", 1),
        Passage("n", "as one text", 3),
    ]


@pytest.mark.parametrize("path", [*PAGES, *notebook_paths()], ids=lambda path: path.name)
def test_the_committed_prose_names_only_facts_that_exist(report, path):
    known = [*(fact.id for fact in report.facts), "year"]
    assert list(unknown_facts(passages(path, path.name), known)) == []


@given(st.text(), st.lists(st.text(max_size=5), max_size=3))
def test_any_text_gives_findings_with_lines_and_nothing_else(text, known):
    for found in unknown_facts([Passage("p", text)], known):
        assert found.found not in known
        assert 1 <= found.row <= len(text.splitlines())
