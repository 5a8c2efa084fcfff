"""Training: attendances, and what they may be added up to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import training
from hscb_report.figures import LEAST_OF_A_SHARE
from hscb_report.schema import vocabularies as words
from hscb_report.schema.learning import (
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingOffer,
    TrainingTotal,
)
from tests.strategies import evaluations, few
from tests.strategies import training as drawn_training

ATTRIBUTES = ("level", "theme", "mode")


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
    """What is missing names the file in which it is missing."""
    for found, value in (
        (training.attended(tables[TrainingDelivery], offer), attended),
        (training.sessions(tables[TrainingDelivery], offer), sessions),
    ):
        assert (found.value, found.files) == (value, ("2013-14/training_deliveries.csv",))


def test_practitioners_are_stated_and_not_added_up(tables):
    stated = tables[TrainingTotal]
    assert training.practitioners(stated).value == 1583
    others = [row.model_copy(update={"total": "attendances"}) for row in stated]
    missing = training.practitioners(others)
    assert (missing.value, missing.lacks) == (None, ('total "practitioners"',))


def test_establishments_are_no_part_of_the_trainees(tables):
    found = training.establishments_represented(tables[EstablishmentCoverage], "set_specialist")
    assert (found.value, found.files) == (22, ("2013-14/establishment_coverage.csv",))
    other = training.establishments_represented(tables[EstablishmentCoverage], "set_module")
    assert (other.value, other.lacks) == (None, ('offer "set_module"',))


# What may be added up ---------------------------------------------------------------------------


def test_the_attendees_of_a_theme_are_never_added_to_its_practitioners(tables):
    """249 attendees, 389 practitioners, 77 trainees: not 715 of anything."""
    groups = training.attendances_by(tables[TrainingOffer], tables[TrainingDelivery], "theme")
    found = [
        (group.counted_as, group.offers.value, group.attendances.value)
        for group in groups
        if group.code == "Sexual exploitation and trafficking"
    ]
    assert found == [("attendees", 1, 249), ("practitioners", 2, 389), ("trainees", 1, 77)]


def test_a_group_in_which_nothing_was_counted_is_missing_not_zero(tables):
    """It still says how many offers there are, and where their numbers would stand."""
    groups = training.attendances_by(tables[TrainingOffer], tables[TrainingDelivery], "theme")
    (found,) = (group for group in groups if group.code == "Leadership")
    assert (found.counted_as, found.offers.value, found.attendances.value) == (None, 1, None)
    assert found.attendances.files == ("2013-14/training_deliveries.csv",)


@few
@given(drawn_training(), st.sampled_from(ATTRIBUTES), st.randoms(use_true_random=False))
def test_a_group_adds_only_like_to_like_and_every_delivery_stands_in_one(drawn, by, random):
    """In any order of the deliveries; the groups come in the order of the offers."""
    offers, deliveries = drawn
    groups = training.attendances_by(offers, random.sample(deliveries, len(deliveries)), by)
    codes = list(dict.fromkeys(getattr(offer, by) for offer in offers))
    assert list(dict.fromkeys(group.code for group in groups)) == codes
    assert len({(group.code, group.counted_as) for group in groups}) == len(groups)
    code_of = {offer.offer: getattr(offer, by) for offer in offers}
    for group in groups:
        own = [
            row
            for row in deliveries
            if (code_of[row.offer], row.counted_as) == (group.code, group.counted_as)
        ]
        assert set(group.attendances.rows) == {row.place for row in own}
        assert group.attendances.value == (sum(row.attended for row in own) if own else None)
        held = (
            {row.offer for row in own} if own else {o for o in code_of if code_of[o] == group.code}
        )
        assert set(group.offers.rows) == {row.place for row in offers if row.offer in held}
        assert group.offers.value == len(held)
    in_groups = [place for group in groups for place in group.attendances.rows]
    assert sorted(in_groups) == [row.place for row in deliveries]


@few
@given(drawn_training())
def test_attendances_and_sessions_come_from_the_rows_of_the_offer(drawn):
    offers, deliveries = drawn
    for offer in offers:
        rows = [row for row in deliveries if row.offer == offer.offer]
        attended = training.attended(iter(deliveries), offer.offer)
        assert attended.rows == tuple(row.place for row in rows)
        assert attended.value == (sum(row.attended for row in rows) if rows else None)
        assert attended.lacks == (() if rows else (f'offer "{offer.offer}"',))
        sessions = training.sessions(iter(deliveries), offer.offer)
        assert sessions.rows == tuple(row.place for row in rows)
        is_counted = rows and all(row.sessions is not None for row in rows)
        assert sessions.value == (sum(row.sessions for row in rows) if is_counted else None)


@few
@given(drawn_training())
def test_the_deliveries_of_each_offer_stand_together_and_none_is_lost(drawn):
    """The offers come as the table begins with them, and their deliveries in its order."""
    _offers, deliveries = drawn
    found = training.by_offer(iter(deliveries))
    assert list(found) == list(dict.fromkeys(row.offer for row in deliveries))
    for offer, rows in found.items():
        assert rows == tuple(row for row in deliveries if row.offer == offer)


@pytest.mark.parametrize(
    ("offers", "units", "in_total", "reasons"),
    [
        ("a", "x", "yes", 0),
        ("aa", "xx", "no", 0),
        ("ab", "xx", "yes", 1),
        ("aa", "xy", "yes", 1),
        ("a", "x", "unknown", 1),
        ("", "", "", 0),
    ],
)
def test_attendances_are_people_only_where_nothing_speaks_against_it(
    tables, offers, units, in_total, reasons
):
    """Several offers, several ways of counting and an unknown place in the total each do."""
    first = tables[TrainingDelivery][0]
    rows = [
        first.model_copy(update={"offer": offer, "counted_as": unit, "in_total": in_total})
        for offer, unit in zip(offers, units, strict=True)
    ]
    found = training.additivity(iter(rows))
    assert (found.may_add_people, len(found.reasons)) == (not reasons, reasons)


def test_the_year_s_attendances_must_not_be_added_up_to_people(tables):
    found = training.additivity(tables[TrainingDelivery])
    assert (found.may_add_people, len(found.reasons)) == (False, 3)


# Evaluation -----------------------------------------------------------------------------------


@few
@given(evaluations, st.sampled_from(tuple(words.EVALUATED)), st.sampled_from((None, "a", "b")))
def test_answers_are_added_up_over_offers_at_one_time_of_asking_alone(rows, asked, offer):
    """Of fewer than twenty a share has its counts; where nobody was asked there is no number."""
    own = [row for row in rows if row.asked == asked and offer in (None, row.offer)]
    answered = training.answered(iter(rows), asked, offer)
    positive = training.positive(iter(rows), asked, offer)
    share = training.share_positive(iter(rows), asked, offer)
    assert answered.rows == positive.rows == tuple(row.place for row in own)
    assert answered.value == (sum(row.answered for row in own) if own else None)
    assert positive.value == (sum(row.positive for row in own) if own else None)
    is_told = bool(own) and answered.value > 0
    assert (share.value is not None) == is_told
    assert not is_told or round(share.value * answered.value) == positive.value
    assert (share.out_of is not None) == (is_told and answered.value < LEAST_OF_A_SHARE)
