"""Further figures in words: the middle of times, and parts of wholes."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.records.told import Told, days_told, median, share_told


@given(st.lists(st.integers(0, 5000), min_size=1))
def test_the_median_is_that_of_statistics(numbers):
    assert float(median(numbers)) == statistics.median(numbers)


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="no middle"):
        median([])


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([1], "median 1 day, longest 1 day"),
        ([1, 2], "median 1.5 days, longest 2 days"),
        ([400, 2, 4], "median 4 days, longest 400 days"),
    ],
)
def test_times_are_told_by_their_median_and_the_longest(days, told):
    assert days_told(days) == told


def test_of_fewer_than_twenty_no_percentage_is_told():
    shares = [share_told(0, 0), share_told(3, 4), share_told(19, 19), share_told(5, 20)]
    assert shares == ["none of 0", "3 of 4", "19 of 19", "5 of 20 (25%)"]
    assert str(Told("Places", "3 of 4")) == "Places: 3 of 4"
