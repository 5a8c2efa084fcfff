"""Where a number comes from: files, rows, documents, definition, and the pages that print it."""

from __future__ import annotations

import pytest

from hscb_report.assurance.sources import trace_lines
from hscb_report.report import open_report
from hscb_report.results.published import Published


def told(report: Published, fact: str) -> list[str]:
    return list(trace_lines(report.facts[fact], report.printed_in[fact]))


def test_a_number_is_traced_to_its_rows_its_document_and_its_function(report: Published) -> None:
    lines = told(report, "budget.total_income")
    assert lines[0] == "budget.total_income = £247,497   Total income, in pounds; derived"
    assert "Contributions and the balance brought forward, in pounds." in lines[1]
    assert lines[2].startswith("function    hscb_report.calculations.budget.total_income (")
    assert "hscb_report/calculations/budget.py:" in lines[2]
    assert "from        2013-14/contributions.csv, rows 2, 3, 4, 5, 6, 7" in lines
    assert "            HSCB Annual Report 2013-14 L927" in lines
    assert lines[-1] == "printed in  2013-14/text/commentary/index.md"


def test_a_protected_number_is_traced_to_its_document_in_the_public_edition() -> None:
    """The figure is in print: so is the place where it stands."""
    lines = told(open_report("2013-14"), "child_deaths.deaths")
    assert "from        2013-14/child_deaths.csv, rows not told in the public edition" in lines
    assert "            HSCB Annual Report 2013-14 L720" in lines
    assert "            sha256 not told in the public edition" in lines
    board = told(open_report("2013-14", "board"), "child_deaths.deaths")
    assert "from        2013-14/child_deaths.csv, row 2" in board


@pytest.mark.parametrize(
    ("fact", "file"),
    [
        ("audits.findings_not_reviewed", "2013-14/audit_findings.csv"),
        ("performance.headlines_with_value", "2013-14/headline_measures.csv"),
        ("priorities.differences_with_figures", "2013-14/priority_statements.csv"),
        ("plan.complete", "2013-14/action_status.csv"),
    ],
)
def test_a_count_of_nothing_names_the_table_it_looked_through(
    report: Published, fact: str, file: str
) -> None:
    assert report.facts[fact].figure.value == 0
    assert f"from        {file}, looked through; no row is of the kind" in told(report, fact)


def test_no_definition_names_a_line_of_one_source(report: Published) -> None:
    """What is published of a calculation is written for its reader, whatever the year."""
    import re

    for fact in report.facts:
        assert fact.definition
        assert not re.search(r"\bL\d|\bI-\d|\bissue\b|2013-14|Herefordshire", fact.definition)


def test_every_fact_has_a_row_with_its_address_on_the_sources_page(report: Published) -> None:
    tables = [table for table in report.exhibits if table.label.startswith("sources-")]
    anchors = [anchor for table in tables for anchor in table.anchors]
    assert sorted(anchors) == sorted(fact.anchor for fact in report.facts)
    assert len(set(anchors)) == len(anchors)
