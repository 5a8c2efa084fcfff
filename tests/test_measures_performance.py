"""The measures of performance monitoring, policies and the journey."""

from decimal import Decimal

import pytest

from hscb_report.measures import performance
from hscb_report.schema import vocabularies as words


def test_nine_periodic_and_ten_annual_reports_were_received(tables):
    reports = tables.periodic_reports
    assert performance.reports_received(reports, "quarterly", "termly").value == 9
    assert performance.reports_received(reports, "quarterly").value == 8
    assert performance.reports_received(reports, "termly").value == 1
    assert performance.reports_received(reports, "annual").value == 10


def test_no_frequency_counts_no_report(tables):
    assert performance.reports_received(tables.periodic_reports).value == 0


def test_every_report_has_one_frequency(tables):
    figures = [
        performance.reports_received(tables.periodic_reports, often) for often in words.FREQUENCY
    ]
    assert sum(figure.value for figure in figures) == len(tables.periodic_reports) == 19


def test_the_ten_headlines_are_nine_entries_of_which_one_is_double(tables):
    assert len(tables.headline_measures) == 9
    assert performance.headline_measures(tables.headline_measures).value == 10
    assert [row.locator for row in tables.headline_measures if row.measures == 2] == ["L507"]


def test_no_headline_has_a_published_value(tables):
    assert performance.headlines_with_value(tables.headline_measures).value == 0


def test_a_headline_with_a_value_of_nought_has_a_value(tables):
    """Zero is a value; not published is none."""
    first, *others = tables.headline_measures
    published = [first.model_copy(update={"value": Decimal(0)}), *others]
    found = performance.headlines_with_value(published)
    assert (found.value, found.rows) == (1, (first.place,))


@pytest.mark.parametrize(("status", "number"), [("developed", 4), ("scheduled", 6)])
def test_policies_are_those_of_the_source(tables, status, number):
    assert performance.policies_with_status(tables.policies, status).value == number


def test_the_journey_has_seven_areas_each_counted_once(tables):
    """Two inspections speak of each."""
    found = performance.journey_areas(tables.inspection_statements)
    assert found.value == len(words.JOURNEY_AREA) == 7
    assert len(tables.inspection_statements) == 14
    assert performance.journey_areas(()).value == 0
