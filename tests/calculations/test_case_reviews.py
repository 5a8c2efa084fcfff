"""Referrals and case reviews."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import case_reviews
from hscb_report.schema.cases import Referral, ReferralOutcome, ReferralTotal, ReviewCarriedOver
from hscb_report.schema.cells import Month
from tests import in_force
from tests.made_up import YEAR
from tests.made_up_reviews import reviews
from tests.strategies import few, outcomes, referrals

STREAMS = ("children", "adults", "dhr")
INDEPENDENT = in_force.REFERRAL_OUTCOME.meaning("independent")
NO_REVIEW = in_force.REFERRAL_OUTCOME.meaning("no_review")
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
    assert list(PUBLISHED) == list(in_force.REFERRAL_OUTCOME)
    for outcome, numbers in PUBLISHED.items():
        of_outcome = [
            case_reviews.referrals_with_outcome(tables[ReferralOutcome], (outcome,), stream).value
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
    assert case_reviews.reviewed(decided, NO_REVIEW, stream).value == reviewed
    assert case_reviews.independently_led(decided, INDEPENDENT, stream).value == independent


def test_there_were_eleven_referrals_and_seven_the_year_before_and_others_are_missing(tables):
    stated = tables[ReferralTotal]
    assert case_reviews.stated_referrals(stated, YEAR).value == 11
    assert case_reviews.stated_referrals(stated, YEAR.previous).value == 7
    missing = case_reviews.stated_referrals(stated, YEAR.next)
    assert (missing.value, missing.searched) == (None, ("2013-14/referral_totals.csv",))


def test_a_review_carried_over_is_no_outcome_of_the_year(tables):
    """One review of a case of 2012-13 was completed; the seven referrals have seven outcomes."""
    carried = [
        case_reviews.reviews_carried_over(tables[ReviewCarriedOver], stream).value
        for stream in (*STREAMS, None)
    ]
    assert carried == [1, 0, 0, 1]
    assert case_reviews.referrals_decided(tables[ReferralOutcome], "children").value == 7


def test_every_referral_of_the_source_has_an_outcome(tables):
    found = case_reviews.reconciliations(tables[Referral], tables[ReferralOutcome], STREAMS)
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
    assert case_reviews.referrals_with_outcome(decided, ("open",)).value == 1
    assert case_reviews.reviewed(decided, NO_REVIEW, "dhr").value == 0
    dhr = case_reviews.reconciliations(tables[Referral], decided, STREAMS)[-1]
    assert (dhr.decided.value, dhr.difference.value) == (1, 0)


def nought(figure):
    """Return the value of a figure, 0 where nothing was counted."""
    return figure.value or 0


@few
@given(referrals, outcomes, st.randoms(use_true_random=False))
def test_streams_and_outcomes_sum_to_all_and_come_from_their_rows(received, decided, random):
    """In any order of the rows."""
    mixed = random.sample(decided, len(decided))
    everything = case_reviews.referrals_received(received)
    assert everything.rows == tuple(row.place for row in received)
    found = case_reviews.reconciliations(iter(received), iter(mixed), in_force.STREAM)
    assert found == case_reviews.reconciliations(received, decided, in_force.STREAM)
    assert [row.stream for row in found] == list(in_force.STREAM)
    assert sum(row.received.value for row in found) == nought(everything)
    by_kind = [
        case_reviews.referrals_with_outcome(mixed, (kind,)) for kind in in_force.REFERRAL_OUTCOME
    ]
    assert sum(row.decided.value for row in found) == sum(map(nought, by_kind))
    for kind, figure in zip(in_force.REFERRAL_OUTCOME, by_kind, strict=True):
        assert figure.rows == tuple(row.place for row in decided if row.outcome == kind)
    for row in found:
        assert row.difference.value == row.received.value - row.decided.value


@few
@given(outcomes)
def test_each_step_is_part_of_the_one_before(rows):
    """Independently led of reviewed, and reviewed of what was decided one way or the other."""
    for stream in (None, *in_force.STREAM):
        numbers = {
            kind: nought(case_reviews.referrals_with_outcome(rows, (kind,), stream))
            for kind in in_force.REFERRAL_OUTCOME
        }
        independent = nought(case_reviews.independently_led(rows, INDEPENDENT, stream))
        reviewed = nought(case_reviews.reviewed(rows, NO_REVIEW, stream))
        led = numbers["serious_case_review"] + numbers["independent_multi_agency"]
        assert independent == led <= reviewed
        assert reviewed + numbers["not_met"] + numbers["open"] == sum(numbers.values())


@few
@given(referrals, outcomes)
def test_a_stream_of_which_nothing_was_counted_is_missing_and_not_nought(received, decided):
    """Nought is said of it where it has a row, of another outcome or of none received."""
    for stream in in_force.STREAM:
        own = [row for row in received if row.stream == stream]
        found = case_reviews.referrals_received(iter(received), stream)
        assert found.value == (own[0].received if own else None)
        assert found.lacks == (() if own else (f'stream "{stream}"',))
        is_decided = any(row.stream == stream for row in decided)
        for figure in (
            case_reviews.referrals_with_outcome(iter(decided), ("open",), stream),
            case_reviews.independently_led(iter(decided), INDEPENDENT, stream),
            case_reviews.reviewed(decided, NO_REVIEW, stream),
        ):
            assert (figure.value is not None) == is_decided
            assert figure.lacks == (() if is_decided else (f'stream "{stream}"',))


@few
@given(outcomes, st.sets(st.sampled_from(tuple(in_force.REFERRAL_OUTCOME))))
def test_what_counts_as_a_review_is_for_the_board_s_words_to_say(rows, chosen):
    """Where no outcome is a review with an independent chair, that there was none is not said.

    Nor is it said how many were reviewed where no outcome is known to be no review.
    """
    independent = case_reviews.independently_led(rows, chosen)
    reviewed = case_reviews.reviewed(rows, chosen)
    assert independent.rows == tuple(row.place for row in rows if row.outcome in chosen)
    others = tuple(row.place for row in rows if row.outcome not in chosen)
    assert reviewed.rows == (others if chosen else ())
    everything = sum(row.referrals for row in rows) if rows and chosen else None
    assert (independent + reviewed).value == everything


@few
@given(referrals, outcomes, st.permutations(tuple(in_force.STREAM)))
def test_the_streams_counted_are_those_of_any_row_in_the_order_of_the_board_s_words(
    received, decided, order
):
    counted = case_reviews.streams_counted(iter(received), iter(decided), iter(order))
    named = {row.stream for row in received} | {row.stream for row in decided}
    assert list(counted) == [stream for stream in order if stream in named]


def test_where_nothing_at_all_was_counted_the_whole_is_missing():
    for whole in (
        case_reviews.referrals_received(()),
        case_reviews.referrals_with_outcome((), ("open",)),
        case_reviews.reviewed((), NO_REVIEW),
    ):
        assert (whole.value, whole.lacks) == (None, ())
    assert case_reviews.streams_counted((), (), STREAMS) == ()


# Several methods, and reviews one by one ----------------------------------------------------------


def test_rows_of_one_outcome_that_differ_in_method_are_added_up_everywhere(tables):
    rows = tables[ReferralOutcome]
    other = rows[0].model_copy(update={"method": "help", "referrals": 2})
    several = (*rows, other)
    code = rows[0].outcome
    assert case_reviews.referrals_with_outcome(several, (code,), "children").value == 3
    assert case_reviews.referrals_decided(several, "children").value == 9
    assert case_reviews.independently_led(several, INDEPENDENT, "children").value == 5
    assert case_reviews.reviewed(several, NO_REVIEW, "children").value == 6
    assert case_reviews.with_several_methods(several) == (rows[0], other)
    assert case_reviews.with_several_methods(rows) == ()


months = st.none() | st.sampled_from(
    [Month(2013, 3), Month(2013, 4), Month(2014, 3), Month(2014, 4)]
)


@given(st.lists(st.fixed_dictionaries({"began": months, "ended": months, "published": months})))
def test_a_review_is_under_way_at_the_year_s_end_or_ended_by_then_or_not_begun(steps):
    """The last day of March counts as the year's; the first of April does not."""
    rows = reviews(*({"review": f"r{number}", **step} for number, step in enumerate(steps)))
    ended = [s for s in steps if s["ended"] in (Month(2013, 4), Month(2014, 3))]
    under_way = [
        s for s in steps if s["ended"] in (None, Month(2014, 4)) and s["began"] != Month(2014, 4)
    ]
    published = [s for s in steps if s["published"] in (Month(2013, 4), Month(2014, 3))]
    assert case_reviews.reviews_ended(rows, YEAR).value == len(ended)
    assert case_reviews.reviews_under_way(rows, YEAR).value == len(under_way)
    assert case_reviews.reviews_published(rows, YEAR).value == len(published)
