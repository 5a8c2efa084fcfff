"""The measures of training."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import training
from tests.strategies import training as drawn_training


@pytest.mark.parametrize(
    ("offer", "attended", "sessions"),
    [
        ("set_events", 249, 2),
        ("set_e_learning", 177, None),
        ("set_module", 212, None),
        ("set_specialist", 77, 5),
        ("leadership", None, None),
    ],
)
def test_attendances_are_those_of_the_source_or_missing(tables, offer, attended, sessions):
    assert training.attended(tables.training_deliveries, offer).value == attended
    assert training.sessions(tables.training_deliveries, offer).value == sessions


def test_practitioners_are_stated_and_not_added_up(tables):
    assert training.practitioners(tables.training_totals).value == 1583


def test_establishments_are_no_part_of_the_trainees(tables):
    coverage = tables.establishment_coverage
    found = training.establishments_represented(coverage, "set_specialist")
    assert found.value == 22
    assert {place.file for place in found.rows} == {"2013-14/establishment_coverage.csv"}


def test_the_year_s_attendances_must_not_be_added_up_to_people(tables):
    found = training.additivity(tables.training_deliveries)
    assert not found.may_add_people
    assert len(found.reasons) == 3


def test_one_delivery_whose_place_in_the_total_is_known_may_be_read_as_people(tables):
    row = tables.training_deliveries[0].model_copy(update={"in_total": "yes"})
    assert training.additivity([row]) == training.Additivity(True, ())


def test_a_group_without_a_published_number_is_missing_not_zero(tables):
    themes = training.attendances_by(tables.training_offers, tables.training_deliveries, "theme")
    by_theme = {group.code: group for group in themes}
    assert by_theme["Leadership"].attendances.value is None
    assert (by_theme["Leadership"].offers, by_theme["Leadership"].counted) == (1, 0)
    assert by_theme["Sexual exploitation and trafficking"].attendances.value == 715


@pytest.mark.parametrize("attribute", ["level", "theme", "mode"])
@given(drawn=drawn_training())
def test_groups_sum_to_all_offers_and_attendances_whatever_they_are_grouped_by(attribute, drawn):
    offers, deliveries = drawn
    groups = training.attendances_by(offers, deliveries, attribute)
    assert sum(group.offers for group in groups) == len(offers)
    assert sum(group.counted for group in groups) == len({row.offer for row in deliveries})
    assert sum(group.attendances.value or 0 for group in groups) == sum(
        row.attended for row in deliveries
    )


@given(drawn_training())
def test_attendances_come_from_the_rows_of_the_offer(drawn):
    offers, deliveries = drawn
    for offer in offers:
        found = training.attended(deliveries, offer.offer)
        rows = [row for row in deliveries if row.offer == offer.offer]
        assert found.rows == tuple(sorted(row.place for row in rows))
        assert found.value == (sum(row.attended for row in rows) if rows else None)


@given(drawn_training())
def test_groups_come_in_the_order_of_the_offers(drawn):
    offers, deliveries = drawn
    codes = [group.code for group in training.attendances_by(offers, deliveries, "mode")]
    assert codes == list(dict.fromkeys(offer.mode for offer in offers))


@given(drawn_training(), st.randoms(use_true_random=False))
def test_the_order_of_deliveries_does_not_matter_and_they_are_not_changed(drawn, random):
    offers, deliveries = drawn
    mixed = list(deliveries)
    random.shuffle(mixed)
    before = list(mixed)
    assert training.attendances_by(offers, mixed, "level") == training.attendances_by(
        offers, deliveries, "level"
    )
    assert training.additivity(mixed) == training.additivity(deliveries)
    assert mixed == before
