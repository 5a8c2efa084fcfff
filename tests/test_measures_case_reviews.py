"""The measures of referrals and case reviews."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import case_reviews
from hscb_report.schema import vocabularies as words
from hscb_report.years import ReportingYear
from tests.strategies import outcomes, referrals

YEAR = ReportingYear(2013)
# Of the source's table: children, adults, domestic homicide.
PUBLISHED = {
    "serious_case_review": (1, 0, 0),
    "independent_multi_agency": (2, 2, 0),
    "internal_multi_agency": (0, 0, 0),
    "single_agency": (1, 0, 0),
    "not_met": (3, 1, 1),
}


@pytest.mark.parametrize(("stream", "number"), [("children", 7), ("adults", 3), ("dhr", 1)])
def test_referrals_received_are_those_of_the_source(tables, stream, number):
    assert case_reviews.referrals_received(tables.referrals, stream).value == number


@pytest.mark.parametrize("outcome", PUBLISHED)
def test_outcomes_are_those_of_the_source(tables, outcome):
    found = tuple(
        case_reviews.referrals_with_outcome(tables.referral_outcomes, outcome, stream).value
        for stream in ("children", "adults", "dhr")
    )
    assert found == PUBLISHED[outcome]


def test_there_were_eleven_referrals_four_more_than_the_year_before(tables):
    assert case_reviews.referrals_received(tables.referrals).value == 11
    assert case_reviews.stated_referrals(tables.referral_totals, YEAR).value == 11
    assert case_reviews.stated_referrals(tables.referral_totals, YEAR.previous).value == 7
    change = case_reviews.change_on_previous_year(tables.referrals, tables.referral_totals, YEAR)
    assert change.value == 4


def test_a_year_that_the_text_does_not_state_is_missing(tables):
    stated = case_reviews.stated_referrals(tables.referral_totals, YEAR.next)
    assert stated.value is None
    next_year = case_reviews.change_on_previous_year(tables.referrals, (), YEAR)
    assert next_year.value is None


def test_a_review_carried_over_is_no_outcome_of_the_year(tables):
    """One review of a case of 2012-13 was completed; the seven referrals have seven outcomes."""
    carried = case_reviews.reviews_carried_over(tables.reviews_carried_over, "children")
    assert carried.value == 1
    assert case_reviews.referrals_decided(tables.referral_outcomes, "children").value == 7


def test_independently_led_reviews_include_the_serious_case_review(tables):
    assert case_reviews.independently_led(tables.referral_outcomes, "children").value == 3
    assert case_reviews.independently_led(tables.referral_outcomes).value == 5


def test_every_referral_of_the_source_has_an_outcome(tables):
    found = case_reviews.reconciliations(tables.referrals, tables.referral_outcomes)
    assert [row.stream for row in found] == ["children", "adults", "dhr"]
    assert [row.difference.value for row in found] == [0, 0, 0]


@given(referrals)
def test_streams_sum_to_all_referrals_and_come_from_their_rows(rows):
    streams = [case_reviews.referrals_received(rows, stream).value for stream in words.STREAM]
    everything = case_reviews.referrals_received(rows)
    assert sum(streams) == everything.value == sum(row.received for row in rows)
    assert everything.rows == tuple(sorted(row.place for row in rows))


@given(outcomes)
def test_outcomes_sum_over_streams_and_over_kinds(rows):
    by_stream = [case_reviews.referrals_decided(rows, stream).value for stream in words.STREAM]
    by_kind = [
        case_reviews.referrals_with_outcome(rows, outcome).value
        for outcome in words.REFERRAL_OUTCOME
    ]
    assert sum(by_stream) == sum(by_kind) == sum(row.referrals for row in rows)


@given(outcomes)
def test_an_outcome_comes_from_its_own_rows(rows):
    for outcome in words.REFERRAL_OUTCOME:
        chosen = tuple(sorted(row.place for row in rows if row.outcome == outcome))
        assert case_reviews.referrals_with_outcome(rows, outcome).rows == chosen


@given(referrals, outcomes)
def test_a_reconciliation_holds_every_stream_and_its_difference(received, decided):
    found = case_reviews.reconciliations(received, decided)
    assert [row.stream for row in found] == list(words.STREAM)
    for row in found:
        assert row.difference.value == row.received.value - row.decided.value


@given(referrals, outcomes, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_they_are_not_changed(received, decided, random):
    mixed = list(decided)
    random.shuffle(mixed)
    before = list(mixed)
    assert case_reviews.reconciliations(received, mixed) == case_reviews.reconciliations(
        received, decided
    )
    assert mixed == before


@given(outcomes)
def test_independently_led_is_the_sum_of_two_outcomes(rows):
    two = [
        case_reviews.referrals_with_outcome(rows, outcome).value
        for outcome in ("serious_case_review", "independent_multi_agency")
    ]
    assert case_reviews.independently_led(rows).value == sum(two)


# From referral to review ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "received", "reviewed", "independent"),
    [("children", 7, 4, 3), ("adults", 3, 2, 2), ("dhr", 1, 0, 0), (None, 11, 6, 5)],
)
def test_the_steps_from_referral_to_review_are_those_of_the_source(
    tables, stream, received, reviewed, independent
):
    referred, decided = tables.referrals, tables.referral_outcomes
    assert case_reviews.referrals_received(referred, stream).value == received
    assert case_reviews.reviewed(decided, stream).value == reviewed
    assert case_reviews.independently_led(decided, stream).value == independent
    share = case_reviews.independent_share(referred, decided, stream)
    assert share.value == Decimal(independent) / received


@given(referrals, outcomes)
def test_each_step_is_part_of_the_one_before(received, decided):
    for stream in (None, "children", "adults", "dhr"):
        reviewed = case_reviews.reviewed(decided, stream)
        independent = case_reviews.independently_led(decided, stream)
        not_met = case_reviews.referrals_with_outcome(decided, "not_met", stream)
        whole = sum(row.referrals for row in decided if stream in (None, row.stream))
        assert 0 <= independent.value <= reviewed.value
        assert reviewed.value + not_met.value == whole


@given(referrals, outcomes)
def test_without_referrals_the_share_is_missing(received, decided):
    share = case_reviews.independent_share(received, decided).value
    whole = sum(row.received for row in received)
    assert (share is None) == (whole == 0)
