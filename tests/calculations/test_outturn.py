"""What came of a plan: every action has one outcome, and what nobody said is not known."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.outturn import COUNTED, Outcome, came_to, outturn_of, planned
from hscb_report.schema import vocabularies as words
from tests.made_up_outturn import dropped, following, outturn, rated
from tests.made_up_plan import LABELS, statuses

OUTCOMES = get_args(Outcome)
CARRIED = following({"action": "1.1a", "continues": "1.1a"})
DROPPED = dropped(a1_1a="No need")


def outcome(**known):
    """Return what came of the only action of a plan, 1.1a."""
    (each,) = outturn(labels=["1.1a"], **known).actions
    return each.outcome


def counts(found):
    return {name: came_to(found, name).value for name in OUTCOMES}


@pytest.mark.parametrize("code", words.COMPLETION_RAG)
def test_a_rating_alone_says_done_undecided_or_nothing(code):
    """A code that the legend does not have is no rating: what came of it is not known."""
    unknown = code in ("unrated", "code_unknown")
    expected = "done" if code == "complete" else "not_known" if unknown else "undecided"
    assert outcome(records=rated(a1_1a=code)) == expected


def test_of_an_action_without_a_record_nothing_is_known():
    assert outcome() == "not_known"
    assert outcome(records=statuses({"as_at": "2015-03-01", "process": "agreed"})) == "not_known"


@pytest.mark.parametrize("code", ["on_target", "at_risk", "outside_timescale", "code_unknown"])
def test_what_is_said_of_it_this_year_decides_what_was_left_open(code):
    """Also of one whose rating nobody can read."""
    assert outcome(records=rated(a1_1a=code), plan=CARRIED) == "carried"
    assert outcome(records=rated(a1_1a=code), given_up=DROPPED) == "dropped"


def test_of_what_contradicts_itself_the_later_decision_holds():
    done = rated(a1_1a="complete")
    assert outcome(records=done, plan=CARRIED) == "done"
    assert outcome(records=done, given_up=DROPPED) == "dropped"
    assert outcome(plan=CARRIED, given_up=DROPPED) == "dropped"


def test_only_what_was_recorded_up_to_the_day_counts():
    records = statuses(
        {"as_at": "2015-03-31", "completion": "at_risk"},
        {"as_at": "2015-04-01", "completion": "complete"},
    )
    assert outcome(records=records, day=date(2015, 3, 30)) == "not_known"
    assert outcome(records=records, day=date(2015, 3, 31)) == "undecided"
    assert outcome(records=records, day=date(2015, 4, 1)) == "done"


def test_two_actions_may_continue_one_and_one_may_continue_two():
    plan = following(
        {"action": "1.1a", "continues": "1.1b;2.1a"}, {"action": "1.1b", "continues": "1.1b"}
    )
    found = {each.action.action: each for each in outturn(plan=plan).actions}
    labels = {name: [a.action for a in each.continued_by] for name, each in found.items()}
    assert labels == {"1.1a": [], "1.1b": ["1.1a", "1.1b"], "2.1a": ["1.1a"], "3.2c": []}


def test_a_count_names_the_rows_that_it_was_read_from():
    """The action, its rating, and the row of this year that decides."""
    found = outturn(
        rated(a1_1a="complete", a1_1b="at_risk", a2_1a="at_risk"),
        following({"action": "2.1a"}, {"action": "2.1b", "continues": "1.1b"}),
        dropped(a2_1a="No need"),
    )
    rows = {
        name: [(p.file, p.row) for p in came_to(found, name).rows]
        for name in ("done", "carried", "dropped", "not_known")
    }
    status, plan = "2013-14/action_status.csv", "2013-14/actions.csv"
    assert rows["done"] == [(status, 2), (plan, 2)]
    assert rows["carried"] == [(status, 3), (plan, 3), ("2014-15/actions.csv", 3)]
    assert rows["dropped"] == [(status, 4), (plan, 4), ("2014-15/dropped_actions.csv", 2)]
    assert rows["not_known"] == [(plan, 5)]
    assert [place.row for place in planned(found).rows] == [2, 3, 4, 5]


def test_a_count_of_nothing_names_every_table_that_was_looked_through():
    records = rated(**dict.fromkeys(("a1_1a", "a1_1b", "a2_1a", "a3_2c"), "complete"))
    found = outturn(records, following({"action": "1.1a"}), dropped(a9_9z="Of another plan"))
    assert came_to(found, "carried").value == 0
    assert came_to(found, "carried").searched == (
        *("2013-14/action_status.csv", "2013-14/actions.csv"),
        *("2014-15/actions.csv", "2014-15/dropped_actions.csv"),
    )


def test_each_outcome_has_a_count_of_its_own_that_says_what_it_counts():
    found = outturn(rated(a1_1a="complete", a1_1b="at_risk"), CARRIED, dropped(a2_1a="No need"))
    assert tuple(COUNTED) == OUTCOMES
    assert {name: count(found) for name, count in COUNTED.items()} == {
        name: came_to(found, name) for name in OUTCOMES
    }
    assert len({count.__doc__ for count in COUNTED.values()}) == len(OUTCOMES)


def test_a_part_of_the_plan_has_the_outcomes_of_its_actions():
    found = outturn(rated(a1_1a="complete", a2_1a="complete"))
    part = found.only(lambda action: action.action.startswith("1."))
    assert (planned(part).value, came_to(part, "done").value) == (2, 1)


codes = st.dictionaries(
    st.sampled_from(["a1_1a", "a1_1b", "a2_1a", "a3_2c"]), st.sampled_from([*words.COMPLETION_RAG])
)
some = st.lists(st.sampled_from(LABELS), unique=True)


@given(codes, some, some, st.randoms())
def test_each_action_is_counted_once_in_whatever_order_the_rows_stand(
    ratings, continued, given_up, rng
):
    records = rated(**ratings)
    plan = following(
        *({"action": f"1.1{'abcd'[n]}", "continues": old} for n, old in enumerate(continued))
    )
    gone = dropped(**{f"a{label.replace('.', '_')}": "No need" for label in given_up})
    found = outturn(records, plan, gone)
    assert sum(counts(found).values()) == planned(found).value == len(LABELS)
    assert counts(found)["dropped"] == len(given_up)
    states = [each.state for each in found.actions]
    mixed = [rng.sample(rows, len(rows)) for rows in (states, list(plan), list(gone))]
    again = outturn_of(*mixed)
    assert counts(again) == counts(found)
    assert {n: came_to(again, n).rows for n in OUTCOMES} == {
        n: came_to(found, n).rows for n in OUTCOMES
    }
