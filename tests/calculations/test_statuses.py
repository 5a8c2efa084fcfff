"""Statuses: which records hold at a day, for whatever they are of."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import recommendations, tracker
from hscb_report.calculations.statuses import records_until
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from tests import made_up_plan, made_up_reviews
from tests.made_up_plan import PLAN_YEAR
from tests.strategies import action_statuses, plan_days


@given(action_statuses(), plan_days)
def test_the_records_up_to_a_day_are_kept_in_order_and_none_is_lost_or_mixed(records, day):
    found = records_until(day, records, lambda row: row.action)
    for action, own in found.items():
        assert {row.action for row in own} == {action}
        assert list(own) == sorted(own, key=lambda row: (row.as_at, row.record))
    kept = [row for own in found.values() for row in own]
    assert sorted(kept, key=records.index) == [row for row in records if row.as_at <= day]


@given(
    st.lists(st.tuples(plan_days, st.none() | st.sampled_from(tuple(words.COMPLETION_RAG)))),
    st.none() | st.sampled_from((Month(2014, 6), Month(2014, 10), Month(2015, 3))),
    plan_days,
)
def test_a_recommendation_stands_as_an_action_does_with_the_same_records(said, due, day):
    """One machinery: what is open, overdue or unknown means the same of both."""
    told = [{"as_at": as_at, "completion": code} for as_at, code in said]
    action = made_up_plan.action(due=(due,) if due else None)
    (of_action,) = tracker.states_at(day, [action], made_up_plan.statuses(*told), PLAN_YEAR)
    asked = made_up_reviews.recommendations({"due": due})
    records = made_up_reviews.statuses(*told)
    (of_recommendation,) = recommendations.states_at(day, asked, records)
    for name in (
        *("completion", "is_complete", "is_unknown", "is_open", "has_passed", "is_overdue"),
        "due_day",
    ):
        assert getattr(of_recommendation, name) == getattr(of_action, name), name


def test_what_a_count_rests_on_are_the_rows_asked_for_and_those_that_rate_them():
    asked = made_up_reviews.recommendations({}, {})
    records = made_up_reviews.statuses(
        {"as_at": date(2014, 1, 1), "completion": "on_target"},
        {"as_at": date(2014, 2, 1), "progress": "Begun"},
    )
    states = recommendations.states_at(date(2014, 3, 31), asked, records)
    still_open = recommendations.followed_and(states, "open")
    assert (still_open.value, still_open.rows) == (1, (records[0].place, asked[0].place))
    none = recommendations.followed_and(states, "complete")
    assert (none.value, none.rows) == (0, ())
    assert none.searched == ("2013-14/recommendation_status.csv", "2013-14/recommendations.csv")
