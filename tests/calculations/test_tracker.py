"""The tracker: how the plan's actions stand at a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import tracker
from hscb_report.schema import vocabularies as words
from hscb_report.schema.plan import STATUS_COLUMNS, ActionStatus, PlannedAction
from tests.made_up_plan import PLAN_YEAR, action, actions, statuses
from tests.strategies import action_statuses, few, plan_days, planned_actions

MEETING = date(2014, 10, 1)
KNOWN = [code for code in words.COMPLETION_RAG if code not in ("unrated", "code_unknown")]


def states_at(day, rows, records=()):
    return tracker.states_at(day, rows, records, PLAN_YEAR)


def state_at(day, records=(), **cells):
    (found,) = states_at(day, [action(**cells)], records)
    return found


def labels(states):
    return [state.action.action for state in states]


# The tracker at the meeting ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def at_meeting(tables):
    return states_at(MEETING, tables[PlannedAction], tables[ActionStatus])


def test_the_tracker_at_the_meeting_knows_no_status_and_calls_nothing_open_or_overdue(at_meeting):
    """No status of the source says more than "N", whose meaning is unknown."""
    counts = {what: tracker.tracked(at_meeting, what).value for what in words.TRACKED}
    assert counts == {
        **dict.fromkeys(words.TRACKED, 0),
        "planned": 49,
        "unknown": 49,
        "passed_unknown": 13,
        "no_owner": 3,
        "undated": 2,
        "illegible": 2,
        "outside_year": 1,
    }


def test_a_count_of_nothing_names_both_files_that_it_looked_through(at_meeting):
    none = tracker.tracked(at_meeting, "overdue")
    assert none.rows == ()
    assert none.searched == ("2013-14/action_status.csv", "2013-14/actions.csv")
    assert tracker.tracked(at_meeting, "unknown").searched == ()


@pytest.mark.parametrize(
    ("role", "agency", "has_none"),
    [
        ("Manager", "hscb", False),
        ("Manager", None, False),
        (None, "hscb", False),
        (None, None, True),
    ],
)
def test_an_action_has_no_owner_where_neither_a_role_nor_an_agency_is_named(role, agency, has_none):
    state = state_at(MEETING, lead_role=role, lead_agency=agency)
    assert tracker.is_tracked(state, "no_owner") == has_none


def test_which_actions_have_no_owner_no_date_or_one_outside_the_year(at_meeting):
    named = {
        what: labels(state for state in at_meeting if tracker.is_tracked(state, what))
        for what in ("no_owner", "undated", "illegible", "outside_year")
    }
    assert named == {
        "no_owner": ["3.3c", "4.1b", "4.1d"],
        "undated": ["3.1a", "3.1b"],
        "illegible": ["1.1a", "3.4b"],
        "outside_year": ["4.5c"],
    }


@pytest.mark.parametrize(
    ("rating", "vocabulary"),
    [("process", words.PROCESS_RAG), ("completion", words.COMPLETION_RAG)],
)
def test_no_rating_of_the_source_is_guessed(at_meeting, rating, vocabulary):
    counts = {code: tracker.rated(at_meeting, rating, code).value for code in vocabulary}
    unknown, unrated = counts.pop("code_unknown"), counts.pop("unrated")
    assert unknown + unrated == 49
    assert unknown > 0 < unrated
    assert set(counts.values()) == {0}


# What the records say ---------------------------------------------------------------------------


def test_an_action_without_a_record_of_its_own_is_unrated_and_its_status_unknown():
    records = statuses({"action": "1.1b", "as_at": MEETING, "completion": "complete"})
    found = state_at(MEETING, records)
    assert found.ratings == ("unrated", "unrated")
    assert found.rows == (found.action,)
    assert (found.is_unknown, found.is_open, found.is_complete) == (True, False, False)


def test_the_latest_day_holds_and_of_one_day_the_record_with_the_highest_number():
    """As numbers: record 10 comes after record 9."""
    records = statuses(
        {"record": 11, "as_at": "2014-07-01", "completion": "outside_timescale"},
        {"record": 10, "as_at": "2014-08-01", "completion": "complete"},
        {"record": 9, "as_at": "2014-08-01", "completion": "at_risk"},
    )
    assert state_at(MEETING, records).completion == "complete"


def test_what_is_said_holds_until_something_else_is_said_in_the_same_column():
    """An empty cell says nothing; the rows are those that the two ratings were read from."""
    records = statuses(
        {"as_at": "2014-06-01", "process": "planned", "completion": "at_risk"},
        {"as_at": "2014-07-01", "completion": "on_target", "progress": "Begun"},
        {"as_at": "2014-08-01", "progress": "Halfway", "further_work": "Go on"},
        {"as_at": "2014-10-02", "completion": "complete", "impact": "Some"},
    )
    found = state_at(MEETING, records)
    assert {column: found.said(column) for column in STATUS_COLUMNS} == {
        "process": "planned",
        "completion": "on_target",
        "progress": "Halfway",
        "further_work": "Go on",
        "impact": None,
    }
    assert found.ratings == ("on_target", "planned")
    assert found.rows == (found.action, *records[:2])


def test_a_rating_taken_back_is_unrated_again_and_a_reopened_action_open():
    records = statuses(
        {"as_at": "2014-07-01", "completion": "complete"},
        {"as_at": "2014-08-01", "completion": "at_risk"},
        {"as_at": "2014-09-01", "completion": "unrated"},
    )
    days = (date(2014, 6, 30), date(2014, 7, 1), date(2014, 8, 1), date(2014, 9, 1))
    found = [state_at(day, records) for day in days]
    assert [state.completion for state in found] == ["unrated", "complete", "at_risk", "unrated"]
    assert [state.is_open for state in found] == [False, False, True, False]


# Open, overdue, unknown -------------------------------------------------------------------------


@pytest.mark.parametrize("code", words.COMPLETION_RAG)
def test_only_what_is_known_to_be_open_is_overdue_and_of_the_unknown_only_the_date_has_passed(code):
    """From the day after the last day of its timescale, whatever the rating."""
    records = statuses({"as_at": "2014-07-01", "completion": code, "process": "agreed"})
    last, next_day = (
        state_at(day, records, due="2014-M10") for day in (date(2014, 10, 31), date(2014, 11, 1))
    )
    assert last.rows == (last.action, *records), "one record of both ratings, told once"
    assert last.is_open == (code in KNOWN and code != "complete")
    assert last.is_unknown == (code not in KNOWN)
    assert (last.has_passed, next_day.has_passed) == (False, True)
    assert not last.is_overdue
    assert next_day.is_overdue == last.is_open
    assert not tracker.late([last])
    assert bool(tracker.late([next_day])) == (code != "complete")
    expected = {"complete": "complete", "on_target": "on_target"}
    later = "not_yet_due" if last.is_unknown else "at_risk"
    passed = "passed_unknown" if last.is_unknown else "overdue"
    assert last.standing == expected.get(code, later)
    assert next_day.standing == ("complete" if code == "complete" else passed)
    undated = state_at(date(2014, 11, 1), records)
    assert undated.standing == expected.get(code, "no_date" if last.is_unknown else "at_risk")


@pytest.mark.parametrize(
    ("cells", "day", "passed"),
    [
        ({"due": "2015-M03;2014-M10"}, date(2015, 3, 31), False),
        ({"due": "2015-M03;2014-M10"}, date(2015, 4, 1), True),
        ({"due": "2014-M02", "due_corrected": "2015-M02"}, date(2015, 2, 28), False),
        ({"due": "2014-M02", "due_corrected": "2015-M02"}, date(2015, 3, 1), True),
        ({"due_printed": "TBC"}, date(2020, 1, 1), False),
    ],
)
def test_a_timescale_has_passed_after_the_last_of_its_corrected_months(cells, day, passed):
    assert state_at(day, **cells).has_passed == passed


@pytest.mark.parametrize(("due", "outside"), [("2015-M03", False), ("2015-M03;2015-M04", True)])
def test_a_timescale_lies_outside_the_year_if_one_of_its_months_does(due, outside):
    assert state_at(MEETING, due=due).is_outside_year == outside


def test_overdue_though_rated_on_target_is_told_apart():
    rows = actions(
        {"action": "1.1a", "due": "2014-M09"},
        {"action": "1.1b", "due": "2014-M09"},
        {"action": "1.1c", "due": "2014-M10"},
    )
    records = statuses(
        {"action": "1.1a", "as_at": "2014-09-01", "completion": "on_target"},
        {"action": "1.1b", "as_at": "2014-09-01", "completion": "at_risk"},
        {"action": "1.1c", "as_at": "2014-09-01", "completion": "on_target"},
    )
    found = states_at(MEETING, rows, records)
    counts = {what: tracker.tracked(found, what).value for what in words.TRACKED}
    assert counts == {
        **dict.fromkeys(words.TRACKED, 0),
        "planned": 3,
        "open": 3,
        "on_target": 2,
        "at_risk": 1,
        "overdue": 2,
        "overdue_on_target": 1,
    }


def test_what_is_past_its_date_comes_earliest_first_among_the_known_and_the_unknown():
    due = {
        "1.1a": "2014-M09",
        "1.1b": "2014-M07",
        "1.1c": "2014-M10",
        "1.1d": "2014-M07;2014-M08",
        "1.1e": None,
    }
    rows = actions(*({"action": label, "due": months} for label, months in due.items()))
    records = statuses(
        *({"action": label, "as_at": "2014-07-01", "completion": "at_risk"} for label in due)
    )
    open_ones, unknown = states_at(MEETING, rows, records), states_at(MEETING, rows)
    expected = ["1.1b", "1.1d", "1.1a"]
    assert labels(tracker.late(open_ones)) == labels(tracker.late(unknown)) == expected
    assert {state.standing for state in tracker.late(open_ones)} == {"overdue"}
    assert {state.standing for state in tracker.late(unknown)} == {"passed_unknown"}


# Any plan ---------------------------------------------------------------------------------------


@few
@given(planned_actions(), action_statuses(), plan_days)
def test_open_complete_and_unknown_make_all_and_so_do_the_ratings(rows, records, day):
    found = states_at(day, iter(rows), iter(records))
    assert labels(found) == [row.action for row in rows]
    number = {what: tracker.tracked(found, what).value for what in words.TRACKED}
    assert number["open"] + number["complete"] + number["unknown"] == number["planned"]
    assert number["overdue_on_target"] <= min(number["overdue"], number["on_target"])
    assert number["overdue"] <= number["open"]
    assert number["passed_unknown"] <= number["unknown"]
    assert len(tracker.late(found)) == number["overdue"] + number["passed_unknown"]
    for rating, codes in (("process", words.PROCESS_RAG), ("completion", words.COMPLETION_RAG)):
        assert sum(tracker.rated(found, rating, code).value for code in codes) == len(rows)
    groups = tracker.grouped(iter(found), lambda state: state.completion)
    assert list(groups) == list(dict.fromkeys(state.completion for state in found))
    for name, members in groups.items():
        assert members == tuple(state for state in found if state.completion == name)


@few
@given(planned_actions(), action_statuses(), plan_days)
def test_every_action_has_one_standing_which_agrees_with_what_is_counted(rows, records, day):
    found = states_at(day, rows, records)
    number = {code: tracker.standing(found, code).value for code in tracker.STANDINGS}
    assert sum(number.values()) == len(rows)
    for code in ("complete", "overdue", "passed_unknown"):
        assert number[code] == tracker.tracked(found, code).value
    left = tracker.tracked(found, "open").value - number["overdue"]
    assert number["on_target"] + number["at_risk"] == left
    unknown = tracker.tracked(found, "unknown").value - number["passed_unknown"]
    assert number["not_yet_due"] + number["no_date"] == unknown
    assert all(state.standing in tracker.STANDINGS for state in found)


@few
@given(planned_actions(), action_statuses(), plan_days)
def test_a_rating_is_that_of_the_latest_record_that_has_one(rows, records, day):
    for found in states_at(day, rows, records):
        for rating in ("process", "completion"):
            said = [
                row
                for row in records
                if row.action == found.action.action and row.as_at <= day and getattr(row, rating)
            ]
            last = max(said, key=lambda row: (row.as_at, row.record), default=None)
            assert getattr(found, rating) == (getattr(last, rating) if last else "unrated")
            assert last is None or last in found.rows


@few
@given(
    planned_actions(),
    action_statuses(),
    action_statuses(),
    plan_days,
    st.randoms(use_true_random=False),
)
def test_neither_later_records_nor_their_order_change_how_an_action_stood(
    rows, records, later, day, random
):
    """Whatever their numbers: the past is what the records up to a day say."""
    after = [row.model_copy(update={"as_at": day + timedelta(days=1)}) for row in later]
    mixed = random.sample([*records, *after], len(records) + len(after))
    before = list(mixed)
    assert states_at(day, rows, mixed) == states_at(day, rows, records)
    assert tracker.burndown(rows, mixed, day, PLAN_YEAR) == tracker.burndown(
        rows, records, day, PLAN_YEAR
    )
    assert tracker.status_days(mixed, day) == tuple(
        sorted({row.as_at for row in records if row.as_at <= day})
    )
    assert mixed == before


@few
@given(planned_actions(), action_statuses(), plan_days)
def test_a_count_rests_on_the_rows_of_the_actions_counted_or_names_where_it_looked(
    rows, records, day
):
    found = states_at(day, rows, records)
    everywhere = tuple(sorted({row.place.file for state in found for row in state.rows}))
    for what in words.TRACKED:
        figure = tracker.tracked(found, what)
        counted = [state for state in found if tracker.is_tracked(state, what)]
        assert figure.value == len(counted)
        places = {row.place for state in counted for row in state.rows}
        assert figure.rows == tuple(sorted(places))
        assert figure.searched == (() if counted else everywhere)


# Changes and the course of time -----------------------------------------------------------------


def test_a_change_is_a_rating_that_changed_and_no_other_words():
    rows = actions(*({"action": label} for label in ("1.1a", "1.1b", "1.1c", "1.1d")))
    records = statuses(
        {"action": "1.1a", "as_at": "2014-07-01", "completion": "on_target"},
        {"action": "1.1b", "as_at": "2014-07-01", "completion": "on_target"},
        {"action": "1.1a", "as_at": "2014-10-01", "completion": "complete"},
        {"action": "1.1b", "as_at": "2014-10-01", "process": "agreed"},
        {"action": "1.1c", "as_at": "2014-10-01", "completion": "at_risk"},
        {"action": "1.1d", "as_at": "2014-10-01", "progress": "Some"},
    )
    before, after = (states_at(day, rows, records) for day in (date(2014, 7, 1), MEETING))
    told = [
        (change.action.action, change.before.ratings, change.after.ratings)
        for change in tracker.rating_changes(before, after[::-1])
    ]
    assert told == [
        ("1.1c", ("unrated", "unrated"), ("at_risk", "unrated")),
        ("1.1b", ("on_target", "unrated"), ("on_target", "agreed")),
        ("1.1a", ("on_target", "unrated"), ("complete", "unrated")),
    ]
    assert tracker.rating_changes(after, after) == ()


def test_the_burndown_has_what_is_not_complete_beside_what_is_not_yet_due():
    """At the last day of each month that has records; without a date, to the end."""
    rows = actions(
        {"action": "1.1a", "due": "2014-M07"},
        {"action": "1.1b", "due": "2014-M09"},
        {"action": "1.1c", "due_printed": "TBC"},
    )
    records = statuses(
        {"action": "1.1b", "as_at": "2014-07-31", "completion": "complete"},
        {"action": "1.1b", "as_at": "2014-08-01", "completion": "at_risk"},
        {"action": "1.1a", "as_at": "2014-08-31", "progress": "None"},
        {"action": "1.1a", "as_at": "2014-10-01", "completion": "complete"},
        {"action": "1.1c", "as_at": "2014-10-02", "completion": "complete"},
    )
    points = tracker.burndown(rows, records, MEETING, PLAN_YEAR)
    assert [(p.day.isoformat(), p.not_complete.value, p.not_yet_due.value) for p in points] == [
        ("2014-07-31", 2, 3),
        ("2014-08-31", 3, 2),
        ("2014-10-01", 2, 1),
    ]
    assert tracker.burndown(rows, (), MEETING, PLAN_YEAR) == ()


@few
@given(planned_actions(), action_statuses(), plan_days)
def test_in_the_burndown_what_is_not_yet_due_only_falls(rows, records, until):
    points = tracker.burndown(rows, records, until, PLAN_YEAR)
    left = [point.not_yet_due.value for point in points]
    assert left == sorted(left, reverse=True)
    for point in points:
        found = states_at(point.day, rows, records)
        complete = tracker.tracked(found, "complete")
        assert point.not_complete.value + complete.value == len(rows)
        passed = {state.action.place for state in found if state.has_passed}
        assert not passed & set(point.not_yet_due.rows)
        assert len(passed) + point.not_yet_due.value == len(rows)
