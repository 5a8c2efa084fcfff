"""Policies and procedures."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.policies import (
    developed_of_scheduled,
    followed,
    not_named_again,
    policies_with_status,
    scheduled_before,
)
from hscb_report.schema.journey import Policy
from tests.made_up import placed


def test_four_policies_were_developed_and_six_scheduled(tables):
    developed = policies_with_status(tables[Policy], "developed")
    scheduled = policies_with_status(tables[Policy], "scheduled")
    assert (developed.value, scheduled.value) == (4, 6)
    assert {*developed.rows, *scheduled.rows} == {row.place for row in tables[Policy]}


def test_a_year_in_which_none_was_developed_names_the_file_that_lists_none(tables):
    scheduled = [row for row in tables[Policy] if row.status == "scheduled"]
    found = policies_with_status(scheduled, "developed")
    assert (found.value, found.searched) == (0, ("2013-14/policies.csv",))


# Those that the year before scheduled ---------------------------------------------------------


def listed(year, **status):
    rows = [{"policy": name, "status": of} for name, of in status.items()]
    return placed(f"{year}/policies.csv", rows, Policy)


def test_a_scheduled_policy_is_followed_by_its_title():
    before = listed("2012-13", A="scheduled", b="scheduled", C="scheduled", D="developed")
    now = listed("2013-14", B="developed", C="scheduled", D="developed", E="scheduled")
    found = [(p.before.policy, p.now and p.now.status) for p in followed(now, before)]
    assert found == [("A", None), ("b", "developed"), ("C", "scheduled")]


names, statuses = st.sampled_from("ABCDE"), st.sampled_from(("developed", "scheduled"))
lists = st.dictionaries(names, statuses)


@given(lists, st.dictionaries(names, statuses, min_size=1))
def test_what_became_of_them_is_counted_from_both_lists(now, before):
    """Recounted by title: developed, not named again, and the rest are still scheduled."""
    rows, then = listed("2013-14", **now), listed("2012-13", **before)
    waiting = [name for name, status in before.items() if status == "scheduled"]
    developed, gone = developed_of_scheduled(rows, then), not_named_again(rows, then)
    assert scheduled_before(then).value == len(waiting)
    assert developed.value == sum(now.get(name) == "developed" for name in waiting)
    assert gone.value == sum(name not in now for name in waiting)
    files = {row.place.file for row in (*rows, *then)}
    assert {*developed.files} == {*gone.files} == files
    assert {place.file for place in gone.rows} <= {"2012-13/policies.csv"}


def test_without_a_list_of_the_year_before_nothing_is_said():
    now = listed("2013-14", A="developed")
    assert followed(now, ()) == ()
    for figure in (
        scheduled_before(()),
        developed_of_scheduled(now, ()),
        not_named_again(now, ()),
    ):
        assert (figure.value, figure.files) == (None, ())
