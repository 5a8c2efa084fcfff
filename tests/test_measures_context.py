"""The measures of context."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import context
from tests.strategies import population


@pytest.mark.parametrize(
    ("measure", "area", "value"),
    [
        ("population", "Herefordshire", 184900),
        ("under_18", "Herefordshire", 36100),
        ("carers_register", "Herefordshire", 301),
        ("first_time_entrants", "Herefordshire", 176),
        ("first_time_entrant_rate", "Herefordshire", 589),
        ("first_time_entrant_rate", "England", 464),
        ("homeless_children", "Herefordshire", 201),
        ("placed_by_other_authorities", "Herefordshire", 200),
        ("senior_escalations", "Herefordshire", 2),
    ],
)
def test_a_measure_has_the_value_of_the_source(tables, measure, area, value):
    found = context.measure_value(tables.measure_values, measure, area)
    assert found.value == value
    assert len(found.rows) == 1


def test_a_value_that_is_not_published_is_missing(tables):
    assert context.measure_value(tables.measure_values, "population", "England").value is None


def test_the_misprinted_rate_is_marked_as_corrected(tables):
    """The source prints "per 10,000", which the rate cannot be."""
    rate = context.measure_value(tables.measure_values, "first_time_entrant_rate", "England")
    assert rate.basis == "corrected"
    measure = next(row for row in tables.measures if row.measure == "first_time_entrant_rate")
    assert measure.per == 100_000


def test_a_fifth_of_the_population_is_under_18(tables):
    share = context.share_under_18(tables.measure_values, "Herefordshire")
    assert round(share.value * 100, 2) == Decimal("19.52")


@given(population)
def test_a_share_comes_from_both_rows_and_is_missing_without_a_population(rows):
    share = context.share_under_18(rows, "Here")
    under_18, everyone = (row.value for row in rows)
    assert share.value == (under_18 / everyone if everyone else None)
    assert share.rows == tuple(row.place for row in rows)


@given(population, st.booleans())
def test_the_order_of_rows_does_not_matter_and_they_are_not_changed(rows, swap):
    mixed = list(reversed(rows)) if swap else list(rows)
    before = list(mixed)
    assert context.share_under_18(mixed, "Here") == context.share_under_18(rows, "Here")
    assert mixed == before
