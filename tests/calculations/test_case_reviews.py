"""Referrals and case reviews."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import case_reviews
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cases import Referral, ReferralOutcome, ReferralTotal, ReviewCarriedOver
from tests.made_up import YEAR
from tests.strategies import few, outcomes, referrals

STREAMS = ("children", "adults", "dhr")
# Of the source's table: children, adults, domestic homicide.
PUBLISHED = {
    "serious_case_review": (1, 0, 0),
    "independent_multi_agency": (2, 2, 0),
    "internal_multi_agency": (0, 0, 0),
    "single_agency": (1, 0, 0),
    "not_met": (3, 1, 1),
    "open": (0, 0, 0),
}


def test_outcomes_are_those_of_the_source(tables):
    assert list(PUBLISHED) == list(words.REFERRAL_OUTCOME)
    for outcome, numbers in PUBLISHED.items():
        of_outcome = [
            case_reviews.referrals_with_outcome(tables[ReferralOutcome], outcome, stream).value
            for stream in STREAMS
        ]
        assert tuple(of_outcome) == numbers


@pytest.mark.parametrize(
    ("stream", "received", "reviewed", "independent"),
    [("children", 7, 4, 3), ("adults", 3, 2, 2), ("dhr", 1, 0, 0), (None, 11, 6, 5)],
)
def test_the_steps_from_referral_to_review_are_those_of_the_source(
    tables, stream, received, reviewed, independent
):
    referred, decided = tables[Referral], tables[ReferralOutcome]
    assert case_reviews.referrals_received(referred, stream).value == received
    assert case_reviews.reviewed(decided, stream).value == reviewed
    assert case_reviews.independently_led(decided, stream).value == independent


def test_there_were_eleven_referrals_four_more_than_the_year_before(tables):
    stated = tables[ReferralTotal]
    assert case_reviews.stated_referrals(stated, YEAR).value == 11
    assert case_reviews.stated_referrals(stated, YEAR.previous).value == 7
    assert case_reviews.change_on_previous_year(tables[Referral], stated, YEAR).value == 4


def test_a_year_that_the_text_does_not_state_is_missing_and_so_is_the_change_on_it(tables):
    stated = tables[ReferralTotal]
    assert case_reviews.stated_referrals(stated, YEAR.next).value is None
    change = case_reviews.change_on_previous_year(tables[Referral], stated[:1], YEAR)
    assert change.value is None
    assert change.files == ("2013-14/referral_totals.csv", "2013-14/referrals.csv")


def test_a_review_carried_over_is_no_outcome_of_the_year(tables):
    """One review of a case of 2012-13 was completed; the seven referrals have seven outcomes."""
    carried = [
        case_reviews.reviews_carried_over(tables[ReviewCarriedOver], stream).value
        for stream in (*STREAMS, None)
    ]
    assert carried == [1, 0, 0, 1]
    assert case_reviews.referrals_decided(tables[ReferralOutcome], "children").value == 7


def test_every_referral_of_the_source_has_an_outcome(tables):
    found = case_reviews.reconciliations(tables[Referral], tables[ReferralOutcome])
    assert [(row.stream, row.difference.value) for row in found] == [
        ("children", 0),
        ("adults", 0),
        ("dhr", 0),
    ]


def test_a_referral_not_yet_decided_is_an_outcome_and_no_review(tables):
    """It is reconciled, and not counted as reviewed."""
    decided = list(tables[ReferralOutcome])
    not_met = next(row for row in decided if (row.stream, row.outcome) == ("dhr", "not_met"))
    decided[decided.index(not_met)] = not_met.model_copy(update={"outcome": "open"})
    assert case_reviews.referrals_with_outcome(decided, "open").value == 1
    assert case_reviews.reviewed(decided, "dhr").value == 0
    dhr = case_reviews.reconciliations(tables[Referral], decided)[-1]
    assert (dhr.decided.value, dhr.difference.value) == (1, 0)


@few
@given(referrals, outcomes, st.randoms(use_true_random=False))
def test_streams_and_outcomes_sum_to_all_and_come_from_their_rows(received, decided, random):
    """In any order of the rows."""
    mixed = random.sample(decided, len(decided))
    everything = case_reviews.referrals_received(received)
    assert everything.rows == tuple(row.place for row in received)
    found = case_reviews.reconciliations(iter(received), iter(mixed))
    assert found == case_reviews.reconciliations(received, decided)
    assert [row.stream for row in found] == list(words.STREAM)
    assert sum(row.received.value for row in found) == everything.value
    by_kind = [case_reviews.referrals_with_outcome(mixed, kind) for kind in words.REFERRAL_OUTCOME]
    assert sum(row.decided.value for row in found) == sum(figure.value for figure in by_kind)
    for kind, figure in zip(words.REFERRAL_OUTCOME, by_kind, strict=True):
        assert figure.rows == tuple(row.place for row in decided if row.outcome == kind)
    for row in found:
        assert row.difference.value == row.received.value - row.decided.value


@few
@given(outcomes)
def test_each_step_is_part_of_the_one_before(rows):
    """Independently led of reviewed, and reviewed of what was decided one way or the other."""
    for stream in (None, *words.STREAM):
        numbers = {
            kind: case_reviews.referrals_with_outcome(rows, kind, stream).value
            for kind in words.REFERRAL_OUTCOME
        }
        independent = case_reviews.independently_led(rows, stream).value
        reviewed = case_reviews.reviewed(rows, stream).value
        led = numbers["serious_case_review"] + numbers["independent_multi_agency"]
        assert independent == led <= reviewed
        assert reviewed + numbers["not_met"] + numbers["open"] == sum(numbers.values())
