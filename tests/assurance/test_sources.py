"""Where a number comes from: files, rows, documents, definition, and the pages that print it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hscb_report.assurance.sources import trace_lines
from hscb_report.report import open_report
from hscb_report.results.published import Published
from tests.conftest import small_year


def told(report: Published, fact: str) -> list[str]:
    return list(trace_lines(report.facts[fact], report.printed_in[fact]))


def test_a_number_is_traced_to_its_rows_its_document_and_its_function(report: Published) -> None:
    lines = told(report, "budget.total_income")
    assert told(report, "plan.actions")[-1].startswith("printed in  2013-14/text/commentary/index")
    assert lines[0] == "budget.total_income = £247,497   Total income, in pounds; derived"
    assert "Contributions, any other income and the balance brought forward, in pounds." in lines[1]
    assert lines[2].startswith("function    hscb_report.calculations.budget.total_income (")
    assert "hscb_report/calculations/budget.py:" in lines[2]
    assert "from        2013-14/contributions.csv, rows 2 to 7" in lines
    assert "            HSCB Annual Report 2013-14 L927" in lines


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


def test_the_sources_page_tells_what_a_number_was_in_earlier_years_and_why_it_was_revised(
    tmp_path: Path,
) -> None:
    """As "About this report" says."""
    agencies = ("agency,name", "council,The Council")
    for year, paid in (("2012-13", 90), ("2013-14", 100), ("2014-15", 110)):
        rows = ("agency,organisation,amount", f"council,The Council,{paid}")
        small_year(tmp_path, year, contributions=rows, reference_agencies=agencies)
    revised = "fact,period,value,revision\nbudget.contributions,2013-14,101,A late bill\n"
    (tmp_path / "2014-15/earlier_figures.csv").write_text(revised, "utf-8")
    report = open_report(data=tmp_path)
    told_of = {row["Number"]: row for row in report.exhibit("sources-budget").records()}
    told = told_of[report.facts["budget.contributions"].label]
    before = "Earlier: 2013-14: £101 (revised: A late bill); 2012-13: £90."
    assert told["What it is"].endswith(before)
    files = {source.path for source in report.results.inputs}
    assert {"2012-13/contributions.csv", "2014-15/earlier_figures.csv"} <= files
    first = open_report("2012-13", data=tmp_path)
    assert "Earlier:" not in str(first.exhibit("sources-budget").texts())
    assert not [source for source in first.results.inputs if source.path.startswith("2013-14")]


def test_every_fact_has_a_row_with_its_address_on_the_sources_page(report: Published) -> None:
    tables = [table for table in report.exhibits if table.label.startswith("sources-")]
    anchors = [anchor for table in tables for anchor in table.anchors]
    assert sorted(anchors) == sorted(fact.anchor for fact in report.facts)
    assert len(set(anchors)) == len(anchors)
