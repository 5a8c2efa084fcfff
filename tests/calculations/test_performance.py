"""Performance monitoring: reports received and headline measures."""

import pytest

from hscb_report.calculations import performance
from hscb_report.schema.journey import HeadlineMeasure, PeriodicReport
from tests import in_force


@pytest.mark.parametrize(
    ("frequencies", "number"),
    [
        (("quarterly", "termly"), 9),
        (("quarterly",), 8),
        (("termly",), 1),
        (("annual",), 10),
        ((), 0),
        (tuple(in_force.FREQUENCY), 19),
    ],
)
def test_nine_periodic_and_ten_annual_reports_were_received(tables, frequencies, number):
    found = performance.reports_received(tables[PeriodicReport], *frequencies)
    assert found.value == len(found.rows) == number


def test_the_ten_headlines_are_nine_entries_of_which_one_is_double(tables):
    headlines = tables[HeadlineMeasure]
    assert len(headlines) == 9
    assert performance.headline_measures(headlines).value == 10


def test_no_headline_has_a_published_value_and_one_that_is_measured_would(tables):
    """Whatever its value is: nought too. Not measured is no value."""
    none = performance.headlines_with_value(tables[HeadlineMeasure], {"plans"})
    assert (none.value, none.searched) == (0, ("2013-14/headline_measures.csv",))
    first, *others = tables[HeadlineMeasure]
    published = [first.model_copy(update={"shown_by": ("visits", "plans")}), *others]
    found = performance.headlines_with_value(published, {"plans"})
    assert (found.value, found.rows) == (1, (first.place,))
