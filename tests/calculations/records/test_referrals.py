"""Records of referrals become counts: each has one outcome, and one of an earlier year none."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.records.referrals import (
    is_undecided,
    of_another_year,
    received_in,
    referrals_told,
    referrals_worked_out,
)
from hscb_report.schema.records import ReferralRecord
from hscb_report.years import ReportingYear
from tests.made_up_records import row_of

YEAR = ReportingYear(2016)
days = st.integers(-500, 500).map(lambda n: YEAR.start + timedelta(days=n))
spans = st.none() | st.integers(0, 400)


def _record(referral, stream, received, to_decision, outcome, method, to_end):
    decided = None if to_decision is None else received + timedelta(days=to_decision)
    completed = decided and to_end is not None and decided + timedelta(days=to_end)
    return row_of(
        ReferralRecord,
        referral=str(referral),
        stream=stream,
        received=received,
        decided=decided,
        outcome=outcome if decided else None,
        method=method if decided else None,
        completed=completed or None,
    )


records = st.lists(
    st.builds(
        _record,
        st.integers(1, 99),
        st.sampled_from(("children", "adults")),
        days,
        spans,
        st.sampled_from(("review", "not_met")),
        st.sampled_from((None, "silp")),
        spans,
    ),
    unique_by=lambda row: row.referral,
)


def rows_of(listed, undecided=("open",)):
    return [worked_out.rows for worked_out in referrals_worked_out(listed, YEAR, undecided)]


def total(rows, column):
    return sum(int(row[column]) for row in rows)


def test_of_no_records_nothing_is_given():
    assert referrals_worked_out([], YEAR, ["open"]) == ()
    assert [*referrals_told([], YEAR)] == []


@given(records.filter(bool))
def test_every_referral_of_the_year_is_received_and_has_one_outcome(listed):
    received, outcomes, carried_over, stated = rows_of(listed)
    own = [row for row in listed if YEAR.start <= row.received <= YEAR.end]
    assert total(received, "received") == total(outcomes, "referrals") == len(own)
    assert stated == ({"year": "2016-17", "referrals": str(len(own))},)
    waiting = [row for row in own if not (row.decided and row.decided <= YEAR.end)]
    assert total([r for r in outcomes if r["outcome"] == "open"], "referrals") == len(waiting)
    earlier = [
        row
        for row in listed
        if row.received < YEAR.start and row.completed and YEAR.contains(row.completed)
    ]
    assert total(carried_over, "completed") == len(earlier)
    assert all(ReportingYear.parse(row["referred_in"]) < YEAR for row in carried_over)
    assert len(own) + len(earlier) + len(of_another_year(listed, YEAR)) == len(listed)


@given(records.filter(bool))
def test_without_a_word_for_it_the_undecided_have_no_row(listed):
    decided = [row for row in received_in(listed, YEAR) if not is_undecided(row, YEAR)]
    assert total(rows_of(listed, ())[1], "referrals") == len(decided)


@given(st.data())
def test_the_order_of_rows_does_not_matter(data):
    listed = data.draw(records)
    shuffled = data.draw(st.permutations(listed))
    assert rows_of(listed) == rows_of(shuffled)
    assert [*referrals_told(listed, YEAR)] == [*referrals_told(shuffled, YEAR)]


def test_a_year_begins_on_the_first_of_april_and_ends_on_the_last_of_march():
    first = _record(1, "adults", date(2015, 4, 1), 1, "review", None, 400)
    last = _record(2, "adults", date(2016, 3, 31), 1, "review", None, 10)
    *_, carried_over, _ = rows_of([first, last])
    assert carried_over == ({"stream": "adults", "referred_in": "2015-16", "completed": "2"},)


def test_a_decision_of_the_last_day_is_one_of_the_year():
    last = _record(1, "adults", date(2017, 3, 30), 1, "review", None, None)
    late = _record(2, "adults", date(2017, 3, 30), 2, "review", None, None)
    assert [is_undecided(row, YEAR) for row in (last, late)] == [False, True]


def test_the_time_to_a_decision_is_told_with_how_many_it_is_of():
    listed = [
        _record(n, "adults", date(2016, 5, 1), span, "review", None, None)
        for n, span in enumerate((10, 20, 60, None))
    ]
    assert [str(told) for told in referrals_told(listed, YEAR)] == [
        "Time from a referral to the decision (3 referrals): median 20 days, longest 60 days",
        "Referrals undecided at the year's end: 1",
    ]
