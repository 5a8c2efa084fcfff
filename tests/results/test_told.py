"""Titles that tell one figure, or set it beside another: right of none, one and many."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import MISSING, Figure, to_come, withheld
from hscb_report.results import told
from hscb_report.units import POUNDS, count_of

REVIEWS, CHILDREN = count_of("reviews"), count_of("children")
UNKNOWN = (MISSING, withheld(Figure(3)), to_come(MISSING))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0, REVIEWS, "No reviews were completed"),
        (1, REVIEWS, "1 review was completed"),
        (2, REVIEWS, "2 reviews were completed"),
        (1583, REVIEWS, "1,583 reviews were completed"),
        (1, CHILDREN, "1 child was completed"),
    ],
)
def test_a_count_is_told_as_one_says_it(value, unit, said):
    assert told.told(Figure(value), unit, "were completed") == said


def test_what_is_said_of_one_keeps_its_past_tense():
    assert told.told(Figure(1), CHILDREN, "died") == "1 child died"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (11, 7, "11 reviews were received, up from 7"),
        (1, 7, "1 review was received, down from 7"),
        (7, 7, "7 reviews were received, as many as in 2012-13"),
        (7, None, "7 reviews were received"),
        (None, 7, ""),
    ],
)
def test_a_count_stands_beside_that_of_the_year_before(now, before, said):
    found = told.told_beside(Figure(now), Figure(before), REVIEWS, "were received", "2012-13")
    assert found == said


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (39306, 26979, "The balance fell from £39,306 to £26,979"),
        (8100, 11050, "The balance rose from £8,100 to £11,050"),
        (8100, 8100, "The balance stayed at £8,100"),
        (-50, 20, "The balance rose from −£50 to £20"),
    ],
)
def test_what_moved_is_told_with_both_its_values(before, now, said):
    assert told.moved("The balance", Figure(before), Figure(now), POUNDS) == said


@pytest.mark.parametrize(
    ("actual", "agreed", "said"),
    [
        (100, 90, "Spend was £10 above the budget"),
        (90, 100, "Spend was £10 below the budget"),
        (100, 100, "Spend was as budgeted"),
    ],
)
def test_a_sum_is_held_against_what_was_agreed(actual, agreed, said):
    assert told.against("Spend", Figure(actual), Figure(agreed), POUNDS) == said


@pytest.mark.parametrize(
    ("lack", "whole", "said"),
    [
        (6, 21, "6 of 21 objectives had no area"),
        (0, 21, "All 21 objectives had an area"),
        (0, 2, "Both objectives had an area"),
        (21, 21, "All 21 objectives had no area"),
        (0, 0, ""),
    ],
)
def test_what_nothing_lacks_is_told_as_what_all_have(lack, whole, said):
    found = told.lacking(Figure(lack), Figure(whole), "objectives", "had no area", "had an area")
    assert found == said


@pytest.mark.parametrize(
    ("fewest", "most", "said"),
    [
        (5, 7, "5 to 7 months lay between"),
        (1, 1, "1 month lay between"),
        (6, 6, "6 months lay between"),
    ],
)
def test_months_are_told_as_a_span_where_they_differ(fewest, most, said):
    assert told.months_between(Figure(fewest), Figure(most), "lay between") == said


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_what_is_not_known_is_not_told(unknown):
    known = Figure(9)
    assert told.told(unknown, REVIEWS, "were completed") == ""
    assert told.told_beside(unknown, known, REVIEWS, "were received", "2012-13") == ""
    for one, other in ((unknown, known), (known, unknown)):
        assert told.moved("The balance", one, other, POUNDS) == ""
        assert told.against("Spend", one, other, POUNDS) == ""
        assert told.lacking(one, other, "objectives", "had no area", "had an area") == ""
        assert told.months_between(one, other, "lay between") == ""


@given(st.integers(-9999, 9999), st.integers(-9999, 9999))
def test_the_direction_is_that_of_the_values(before, now):
    said = told.moved("It", Figure(Decimal(before)), Figure(Decimal(now)), POUNDS)
    assert ("rose" in said, "fell" in said) == (now > before, now < before)
