"""What is published is found by its name, and a slip is answered with the nearest."""

from dataclasses import replace

import pytest

from hscb_report.errors import UnknownNameError


def test_a_table_a_value_and_a_commentary_are_found_by_name(report):
    assert report.exhibit("budget-income").caption.endswith("2013-14")
    assert report.value("budget.total_income") == "£247,497"
    assert report.commentary("budget").chapter == "budget"
    with pytest.raises(UnknownNameError, match=r'"budget-incom".*"budget-income"'):
        report.exhibit("budget-incom")
    with pytest.raises(UnknownNameError, match=r'"budgets".*"budget"'):
        report.commentary("budgets")


def test_a_commentary_names_facts_and_in_plain_words_their_numbers(report):
    budget = report.commentary("budget")
    assert "{{" in budget.text
    assert "{{" not in budget.plain
    assert report.facts["budget.total_expenditure"].in_prose in budget.plain


def test_a_table_without_rows_is_found_and_not_published(report):
    """So a notebook that shows it shows nothing, and a slip in its name is still told."""
    whole = report.results.exhibits[0]
    emptied = replace(whole, rows=())
    results = replace(report.results, exhibits=(emptied, *report.results.exhibits[1:]))
    found = replace(report, results=results)
    assert found.exhibit(whole.label) == emptied
    assert found.exhibits == tuple(e for e in report.exhibits if e.label != whole.label)


def test_the_tables_of_a_group_are_those_that_say_so(report):
    """As many as there are programmes of audits with findings."""
    group = report.group("findings")
    assert len(group) > 1
    assert group == tuple(e for e in report.exhibits if e.group == "findings")
    assert report.group("nothing") == ()


def test_the_tables_about_the_report_stand_last(report):
    every = (*report.results.exhibits, *report.assurance)
    assert report.exhibits == tuple(exhibit for exhibit in every if exhibit.rows)
    assert not report.is_for_board
