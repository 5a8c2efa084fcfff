"""What is published is found by its name, and a slip is answered with the nearest."""

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
    assert report.value("budget.in_year_deficit") in budget.plain


def test_the_tables_about_the_report_stand_last(report):
    assert report.exhibits == (*report.results.exhibits, *report.assurance)
    assert not report.is_for_board
