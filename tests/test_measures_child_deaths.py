"""The measures of child deaths and their reviews."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import Figure
from hscb_report.measures import child_deaths
from tests.strategies import child_deaths as drawn_deaths
from tests.strategies import shares


def test_the_counts_are_those_of_the_source(tables):
    rows = tables.child_deaths
    assert child_deaths.deaths(rows).value == 11
    assert child_deaths.reviews(rows).value == 5
    assert child_deaths.reviews_by(rows, "sex", "male").value == 3
    assert child_deaths.reviews_by(rows, "sex", "female").value == 2
    assert child_deaths.reviews_by(rows, "modifiable", "modifiable").value == 1
    assert child_deaths.lessons(tables.cdop_lessons).value == 3


def test_what_the_extraction_lost_is_missing_not_zero(tables):
    assert child_deaths.reviews_by(tables.child_deaths, "age_band", "1 to 4 years").value is None
    lost = child_deaths.reviews_by(tables.child_deaths, "modifiable", "insufficient")
    assert lost.value is None


def test_one_review_of_five_is_twenty_percent_and_leaves_a_wide_interval(tables):
    """1 of 5: the 95 % Wilson interval is 3.6 % to 62.4 %, as published tables of it say."""
    rows = tables.child_deaths
    assert child_deaths.modifiable_share(rows).value == Decimal("0.2")
    assert round(child_deaths.modifiable_share_low(rows).value, 4) == Decimal("0.0362")
    assert round(child_deaths.modifiable_share_high(rows).value, 4) == Decimal("0.6245")


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, "0.0000", "0.2775"),
        (10, 10, "0.7225", "1.0000"),
        (5, 10, "0.2366", "0.7634"),
        (1, 100, "0.0018", "0.0545"),
        (81, 263, "0.2553", "0.3662"),
    ],
)
def test_the_interval_is_wilson_s(part, whole, low, high):
    """81 of 263 is the example of Newcombe (Statistics in Medicine 17, 1998)."""
    bounds = child_deaths.wilson_bounds(part, whole)
    assert [round(bound, 4) for bound in bounds] == [Decimal(low), Decimal(high)]


@given(shares)
def test_the_interval_contains_the_share_and_lies_within_nought_and_one(share):
    part, whole = share
    low, high = child_deaths.wilson_bounds(part, whole)
    assert 0 <= low <= Decimal(part) / whole <= high <= 1


@given(shares)
def test_the_interval_of_the_other_part_is_the_mirror_image(share):
    part, whole = share
    low, high = child_deaths.wilson_bounds(part, whole)
    other_low, other_high = child_deaths.wilson_bounds(whole - part, whole)
    assert abs(low - (1 - other_high)) < Decimal("1e-20")
    assert abs(high - (1 - other_low)) < Decimal("1e-20")


@given(st.integers(0, 1000))
def test_no_reviews_leave_the_share_and_its_interval_missing(part):
    low, high = child_deaths.wilson_interval(Figure(part), Figure(0))
    assert low.value is high.value is None


@given(drawn_deaths())
def test_the_share_lies_within_its_interval_and_all_three_come_from_the_same_two_rows(rows):
    figures = (
        child_deaths.modifiable_share_low(rows),
        child_deaths.modifiable_share(rows),
        child_deaths.modifiable_share_high(rows),
    )
    used = tuple(sorted(row.place for row in rows if row.counted == "reviews"))
    assert all(figure.rows == used for figure in figures)
    values = [figure.value for figure in figures]
    assert values == [None] * 3 or values == sorted(values)


@given(drawn_deaths(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_they_are_not_changed(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    before = list(mixed)
    assert child_deaths.modifiable_share(mixed) == child_deaths.modifiable_share(rows)
    assert child_deaths.deaths(mixed) == child_deaths.deaths(rows)
    assert mixed == before


@given(drawn_deaths())
def test_deaths_and_reviews_are_never_mixed(rows):
    deaths = [row.children for row in rows if row.counted == "deaths"]
    assert child_deaths.deaths(rows).value == (deaths[0] if deaths else None)
