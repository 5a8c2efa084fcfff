"""The measures of the Business Plan: when its actions are due, and how they stand at a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import plan, tracker
from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import Month
from hscb_report.schema.plan import Objective
from hscb_report.years import ReportingYear
from tests.made_up_plan import (
    PLAN_YEAR,
    action,
    actions,
    drawn_actions,
    drawn_days,
    drawn_statuses,
    statuses,
)
from tests.strategies import placed

MEETING = date(2014, 10, 1)


@pytest.fixture(scope="module")
def at_meeting(tables):
    return tracker.standings(tables.actions, tables.action_status, MEETING, PLAN_YEAR)


def labels(found):
    return [standing.action.action for standing in found]


# The counts of the source -----------------------------------------------------------------------


def test_the_plan_has_forty_nine_actions_in_four_areas(tables):
    assert plan.planned(tables.actions).value == 49
    by_area = [plan.planned(tables.actions, area).value for area in (1, 2, 3, 4)]
    assert by_area == [14, 6, 10, 19]


def test_an_area_is_told_by_its_whole_number():
    rows = actions({"action": "1.1a"}, {"action": "11.1a"}, {"action": "2.1a"})
    assert [plan.planned(rows, area).value for area in (1, 11, 2)] == [1, 1, 1]


AS_PRINTED = {
    "2014-02": 1,
    "2014-03": 1,
    "2014-06": 1,
    "2014-07": 4,
    "2014-08": 1,
    "2014-09": 7,
    "2014-10": 14,
    "2014-11": 8,
    "2014-12": 2,
    "2015-02": 4,
    "2015-03": 1,  # the action with two dates
    "2015-04": 1,
}
AS_READ = AS_PRINTED | {"2014-02": 0, "2014-03": 0, "2015-02": 5, "2015-03": 2}


def test_the_tables_of_expected_counts_hold_every_dated_action():
    assert sum(AS_PRINTED.values()) == sum(AS_READ.values()) == 49 - 4


@pytest.mark.parametrize("written", AS_PRINTED)
def test_actions_by_month_are_those_of_the_source(tables, written):
    month = Month(int(written[:4]), int(written[5:]))
    found = plan.due_in(tables.actions, month, as_printed=True)
    assert found.value == AS_PRINTED[written]
    assert plan.due_in(tables.actions, month).value == AS_READ[written]


@pytest.mark.parametrize("as_printed", [True, False])
def test_four_actions_have_no_date(tables, as_printed):
    found = plan.due_in(tables.actions, None, as_printed=as_printed)
    assert found.value == 4
    rows = {row.place for row in tables.actions if row.action in ("1.1a", "3.1a", "3.1b", "3.4b")}
    assert set(found.rows) == rows


def test_only_one_timescale_holds_two_dates(tables):
    assert [row.action for row in tables.actions if len(row.due or ()) > 1] == ["4.5d"]


def test_thirteen_actions_are_due_before_the_meeting_and_fifteen_as_printed(tables):
    assert plan.due_before(tables.actions, MEETING).value == 13
    assert plan.due_before(tables.actions, MEETING, as_printed=True).value == 15


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("planned", 49),
        ("complete", 0),
        ("open", 49),
        ("on_target", 0),
        ("at_risk", 0),
        ("overdue", 13),
        ("overdue_on_target", 0),
        ("undated", 2),
        ("illegible", 2),
        ("outside_year", 1),
    ],
)
def test_the_tracker_at_the_meeting_counts_as_the_specification_does(at_meeting, what, expected):
    """No status of the source says more than "N", whose meaning is unknown."""
    assert tracker.tracked(at_meeting, what).value == expected


def test_no_owner_is_exactly_where_no_lead_is_legible(tables, at_meeting):
    unowned = [s.action.action for s in at_meeting if tracker.is_tracked(s, "no_owner")]
    assert unowned == [row.action for row in tables.actions if not row.lead_role]
    assert unowned == ["3.3c", "4.1b", "4.1d"]


def test_which_actions_are_undated_illegible_or_outside_the_year(at_meeting):
    named = {
        what: [s.action.action for s in at_meeting if tracker.is_tracked(s, what)]
        for what in ("undated", "illegible", "outside_year")
    }
    assert named == {
        "undated": ["3.1a", "3.1b"],
        "illegible": ["1.1a", "3.4b"],
        "outside_year": ["4.5c"],
    }


def test_three_actions_are_outside_the_year_as_printed(tables):
    found = plan.outside_year_as_printed(tables.actions, PLAN_YEAR)
    outside = {row.place for row in tables.actions if row.action in ("4.5b", "4.5c", "4.5e")}
    assert (found.value, set(found.rows)) == (3, outside)


def test_no_rating_of_the_source_is_guessed(at_meeting):
    for rating in ("process", "completion"):
        known = set(words.COMPLETION_RAG) | set(words.PROCESS_RAG)
        for code in known - {"code_unknown", "unrated"}:
            assert tracker.rated(at_meeting, rating, code).value == 0
        unknown = tracker.rated(at_meeting, rating, "code_unknown").value
        assert unknown + tracker.rated(at_meeting, rating, "unrated").value == 49
        assert unknown > 0


def test_twenty_one_objectives_of_which_six_have_no_action_area(tables):
    assert plan.rows_total(tables.objectives).value == 21
    found = plan.objectives_without_area(tables.objectives)
    assert found.value == 6
    assert set(found.rows) == {row.place for row in tables.objectives if not row.action_area}


def test_four_development_areas_and_fifteen_action_areas(tables):
    assert plan.rows_total(tables.development_areas).value == 4
    assert plan.rows_total(tables.action_areas).value == 15


# When an action is due --------------------------------------------------------------------------


def test_the_last_of_two_dates_counts_in_whatever_order_they_stand():
    for due in ("2014-M10;2015-M03", "2015-M03;2014-M10"):
        assert plan.last_month(action(due=due)) == Month(2015, 3)
        assert plan.due_day(action(due=due)) == date(2015, 3, 31)


def test_a_correction_counts_unless_the_printed_month_is_asked_for():
    row = action(due="2014-M02", due_corrected="2015-M02", due_printed="Feb 14")
    assert plan.due_day(row) == date(2015, 2, 28)
    assert plan.due_day(row, as_printed=True) == date(2014, 2, 28)


def test_an_action_without_a_date_has_no_day_and_is_never_due():
    row = action(due_printed="TBC")
    assert (plan.due_day(row), plan.last_month(row)) == (None, None)
    assert plan.due_before([row], date.max).value == 0


def test_a_day_is_due_before_the_next_and_not_before_itself():
    row = action(due="2014-M09")
    assert plan.due_before([row], date(2014, 9, 30)).value == 0
    assert plan.due_before([row], date(2014, 10, 1)).value == 1


@pytest.mark.parametrize(
    ("printed", "due", "undated", "illegible"),
    [
        (None, None, False, True),
        ("TBC", None, True, False),
        ("1", None, False, True),
        ("Oct 14", "2014-M10", False, False),
        ("TBC, say Oct 14", "2014-M10", False, False),
    ],
)
def test_a_timescale_is_missing_illegible_or_read(printed, due, undated, illegible):
    row = action(due_printed=printed, due=due)
    assert (plan.is_undated(row), plan.is_illegible(row)) == (undated, illegible)


@pytest.mark.parametrize(
    ("due", "outside"),
    [
        ("2014-M03", True),
        ("2014-M04", False),
        ("2015-M03", False),
        ("2015-M04", True),
        ("2014-M10;2015-M04", True),
        (None, False),
    ],
)
def test_the_plan_year_runs_from_april_to_march_and_every_date_must_lie_in_it(due, outside):
    (standing,) = tracker.standings([action(due=due)], (), MEETING, PLAN_YEAR)
    assert standing.is_outside_year == outside
    assert plan.outside_year_as_printed([action(due=due)], PLAN_YEAR).value == outside


@given(drawn_actions())
def test_every_action_is_due_in_one_month_or_in_none(rows):
    for as_printed in (True, False):
        months = {plan.last_month(row, as_printed=as_printed) for row in rows} | {None}
        found = [plan.due_in(rows, month, as_printed=as_printed) for month in months]
        assert sum(figure.value for figure in found) == len(rows)
        places = [place for figure in found for place in figure.rows]
        assert sorted(places) == [row.place for row in rows]


# How an action stands at a day ------------------------------------------------------------------


def standing_of(records, day=MEETING, **cells):
    (found,) = tracker.standings([action(**cells)], records, day, PLAN_YEAR)
    return found


def test_an_action_without_a_record_is_unrated_and_open():
    found = standing_of(())
    assert (found.process, found.completion) == ("unrated", "unrated")
    assert found.rows == (found.action,)
    assert not found.is_complete


def test_a_record_of_another_action_says_nothing():
    records = statuses({"action": "1.1b", "as_at": MEETING, "completion": "complete"})
    assert standing_of(records).completion == "unrated"


def test_the_latest_day_holds_whatever_the_numbers_of_the_records():
    records = statuses(
        {"record": 9, "as_at": "2014-07-01", "completion": "at_risk"},
        {"record": 1, "as_at": "2014-08-01", "completion": "on_target"},
    )
    assert standing_of(records).completion == "on_target"


def test_of_one_day_the_record_with_the_highest_number_holds():
    """As numbers: record 10 comes after record 9."""
    records = statuses(
        {"record": 10, "as_at": MEETING, "completion": "complete"},
        {"record": 9, "as_at": MEETING, "completion": "at_risk"},
    )
    assert standing_of(records).completion == "complete"


def test_an_empty_rating_leaves_the_earlier_one_and_both_records_are_told():
    records = statuses(
        {"as_at": "2014-07-01", "process": "planned", "completion": "at_risk"},
        {"as_at": "2014-08-01", "process": "agreed"},
    )
    found = standing_of(records)
    assert (found.process, found.completion) == ("agreed", "at_risk")
    assert set(found.rows) == {found.action, *records}
    assert len(found.rows) == 3


def test_words_hold_until_others_are_said_in_the_same_column():
    records = statuses(
        {"as_at": "2014-07-01", "progress": "Begun", "further_work": "Go on"},
        {"as_at": "2014-08-01", "progress": "Halfway", "completion": "on_target"},
        {"as_at": "2014-10-02", "progress": "Done", "impact": "Some"},
    )
    found = standing_of(records)
    said = {column: found.said(column) for column in tracker.SAID}
    assert said == {
        "process": None,
        "completion": "on_target",
        "progress": "Halfway",
        "further_work": "Go on",
        "impact": None,
    }


def test_a_rating_taken_back_is_unrated_again():
    """An empty cell says nothing; the code says that nothing holds any more."""
    records = statuses(
        {"as_at": "2014-07-01", "completion": "on_target"},
        {"as_at": "2014-08-01", "completion": "unrated"},
    )
    assert standing_of(records).completion == "unrated"


def test_a_record_holds_from_its_day_on():
    records = statuses({"as_at": "2014-10-01", "completion": "complete"})
    assert standing_of(records, date(2014, 9, 30)).completion == "unrated"
    assert standing_of(records, date(2014, 10, 1)).completion == "complete"


def test_a_reopened_action_is_open():
    records = statuses(
        {"as_at": "2014-07-01", "completion": "complete"},
        {"as_at": "2014-08-01", "completion": "at_risk"},
    )
    assert standing_of(records, date(2014, 7, 31)).is_complete
    assert not standing_of(records, date(2014, 8, 1)).is_complete


@pytest.mark.parametrize("code", [code for code in words.COMPLETION_RAG if code != "complete"])
def test_an_open_action_is_overdue_from_the_day_after_its_last_whatever_its_rating(code):
    records = statuses({"as_at": "2014-07-01", "completion": code})
    assert not standing_of(records, date(2014, 10, 31), due="2014-M10").is_overdue
    assert standing_of(records, date(2014, 11, 1), due="2014-M10").is_overdue


def test_a_complete_action_is_never_overdue():
    records = statuses({"as_at": "2014-07-01", "completion": "complete"})
    assert not standing_of(records, date(2020, 1, 1), due="2014-M10").is_overdue


def test_an_action_with_two_dates_is_overdue_after_the_last():
    due = "2015-M03;2014-M10"
    assert not standing_of((), date(2015, 3, 31), due=due).is_overdue
    assert standing_of((), date(2015, 4, 1), due=due).is_overdue


def test_a_corrected_misprint_is_not_overdue_by_its_printed_year():
    cells = {"due": "2014-M02", "due_corrected": "2015-M02"}
    assert not standing_of((), date(2015, 2, 28), **cells).is_overdue
    assert standing_of((), date(2015, 3, 1), **cells).is_overdue


def test_an_agreed_process_does_not_complete_an_action():
    records = statuses({"as_at": "2014-07-01", "process": "agreed"})
    assert not standing_of(records, date(2014, 11, 1), due="2014-M10").is_complete


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
    found = tracker.standings(rows, records, MEETING, PLAN_YEAR)
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


def test_the_longest_overdue_comes_first():
    rows = actions(
        {"action": "1.1a", "due": "2014-M09"},
        {"action": "1.1b", "due": "2014-M07"},
        {"action": "1.1c", "due": "2014-M10"},
        {"action": "1.1d", "due": "2014-M07;2014-M08"},
        {"action": "1.1e"},
    )
    found = tracker.overdue(tracker.standings(rows, (), MEETING, PLAN_YEAR))
    assert labels(found) == ["1.1b", "1.1d", "1.1a"]


@given(drawn_actions(), drawn_statuses(), drawn_days)
def test_open_and_complete_make_all_and_so_do_the_ratings(rows, records, day):
    found = tracker.standings(rows, records, day, PLAN_YEAR)
    assert labels(found) == [row.action for row in rows]
    count = {what: tracker.tracked(found, what).value for what in words.TRACKED}
    assert count["open"] + count["complete"] == count["planned"] == len(rows)
    assert count["overdue_on_target"] <= min(count["overdue"], count["on_target"])
    assert len(tracker.overdue(found)) == count["overdue"] <= count["open"]
    for rating, codes in (("process", words.PROCESS_RAG), ("completion", words.COMPLETION_RAG)):
        assert sum(tracker.rated(found, rating, code).value for code in codes) == len(rows)


@given(drawn_actions(), drawn_statuses(), drawn_days)
def test_a_rating_is_that_of_the_latest_record_that_has_one(rows, records, day):
    for found in tracker.standings(rows, records, day, PLAN_YEAR):
        for rating in ("process", "completion"):
            said = [
                (row.as_at, row.record, row)
                for row in records
                if row.action == found.action.action and row.as_at <= day and getattr(row, rating)
            ]
            if not said:
                assert getattr(found, rating) == "unrated"
                continue
            last = max(said, key=lambda one: one[:2])[2]
            assert getattr(found, rating) == getattr(last, rating)
            assert last in found.rows


@given(drawn_actions(), drawn_statuses(), drawn_days, st.randoms(use_true_random=False))
def test_the_order_of_records_in_the_file_does_not_matter_and_they_are_not_changed(
    rows, records, day, random
):
    mixed = list(records)
    random.shuffle(mixed)
    before = list(mixed)
    found = tracker.standings(rows, mixed, day, PLAN_YEAR)
    assert found == tracker.standings(rows, records, day, PLAN_YEAR)
    assert tracker.burndown(rows, mixed, day, PLAN_YEAR) == tracker.burndown(
        rows, records, day, PLAN_YEAR
    )
    assert mixed == before


@given(drawn_actions(), drawn_statuses(), drawn_statuses(), drawn_days)
def test_records_of_later_days_never_change_how_an_action_stood(rows, records, later, day):
    """Whatever their numbers: the past is what the records up to a day say."""
    after = [
        row.model_copy(update={"as_at": row.as_at + timedelta(days=(day - row.as_at).days + 1)})
        for row in later
    ]
    assert all(row.as_at > day for row in after)
    found = tracker.standings(rows, records, day, PLAN_YEAR)
    assert found == tracker.standings(rows, (*after, *records), day, PLAN_YEAR)
    points = tracker.burndown(rows, records, day, PLAN_YEAR)
    assert points == tracker.burndown(rows, (*records, *after), day, PLAN_YEAR)


@given(drawn_actions(), drawn_statuses(), drawn_days)
def test_the_rows_of_a_count_hold_every_action_counted_and_no_other(rows, records, day):
    found = tracker.standings(rows, records, day, PLAN_YEAR)
    every = {row.place for row in rows}
    for what in words.TRACKED:
        figure = tracker.tracked(found, what)
        counted = [s for s in found if tracker.is_tracked(s, what)]
        assert set(figure.rows) & every == {s.action.place for s in counted}
        assert set(figure.rows) == {row.place for s in counted for row in s.rows}
        assert len(figure.rows) == len(set(figure.rows))


# Groups, changes and the course of time ---------------------------------------------------------


@given(drawn_actions(), drawn_statuses(), drawn_days)
def test_grouping_keeps_every_action_once_and_the_order(rows, records, day):
    found = tracker.standings(rows, records, day, PLAN_YEAR)
    groups = tracker.grouped(found, lambda s: s.completion)
    assert list(groups) == list(dict.fromkeys(s.completion for s in found))
    for name, members in groups.items():
        assert members == tuple(s for s in found if s.completion == name)


def test_a_transition_is_a_rating_that_changed():
    rows = actions(*({"action": label} for label in ("1.1a", "1.1b", "1.1c", "1.1d")))
    records = statuses(
        {"action": "1.1a", "as_at": "2014-07-01", "completion": "on_target"},
        {"action": "1.1b", "as_at": "2014-07-01", "completion": "on_target"},
        {"action": "1.1a", "as_at": "2014-10-01", "completion": "complete"},
        {"action": "1.1b", "as_at": "2014-10-01", "process": "agreed"},
        {"action": "1.1c", "as_at": "2014-10-01", "completion": "at_risk"},
        {"action": "1.1d", "as_at": "2014-10-01", "progress": "Some"},
    )
    before, after = (
        tracker.standings(rows, records, day, PLAN_YEAR) for day in (date(2014, 7, 1), MEETING)
    )
    told = [
        (change.action.action, change.after.completion, change.after.process)
        for change in tracker.transitions(before, after)
    ]
    assert told == [
        ("1.1a", "complete", "unrated"),
        ("1.1b", "on_target", "agreed"),
        ("1.1c", "at_risk", "unrated"),
    ]


@given(drawn_actions(), drawn_statuses(), drawn_days, drawn_days)
def test_transitions_are_exactly_the_actions_that_differ(rows, records, one, other):
    before, after = (tracker.standings(rows, records, day, PLAN_YEAR) for day in (one, other))
    changed = {change.action.action for change in tracker.transitions(before, after)}
    was = {s.action.action: (s.completion, s.process) for s in before}
    is_now = {s.action.action: (s.completion, s.process) for s in after}
    assert changed == {name for name in was if was[name] != is_now[name]}
    assert tracker.transitions(before, before) == ()


def test_the_burndown_has_open_actions_beside_those_not_yet_due():
    rows = actions(
        {"action": "1.1a", "due": "2014-M07"},
        {"action": "1.1b", "due": "2014-M09"},
        {"action": "1.1c", "due_printed": "TBC"},
    )
    records = statuses(
        {"action": "1.1b", "as_at": "2014-07-31", "completion": "complete"},
        {"action": "1.1b", "as_at": "2014-08-01", "completion": "at_risk"},
        {"action": "1.1a", "as_at": "2014-10-01", "completion": "complete"},
        {"action": "1.1c", "as_at": "2014-10-02", "completion": "complete"},
    )
    points = tracker.burndown(rows, records, MEETING, PLAN_YEAR)
    assert [(p.day.isoformat(), p.open.value, p.not_yet_due.value) for p in points] == [
        ("2014-07-31", 2, 3),
        ("2014-08-01", 3, 2),
        ("2014-10-01", 2, 1),
    ]


@given(drawn_actions(), drawn_statuses(), drawn_days)
def test_the_burndown_has_one_point_a_month_and_what_is_due_only_falls(rows, records, until):
    points = tracker.burndown(rows, records, until, PLAN_YEAR)
    days = {r.as_at for r in records if r.as_at <= until}
    months = {(day.year, day.month) for day in days}
    lasts = (max(d for d in days if (d.year, d.month) == month) for month in sorted(months))
    assert [p.day for p in points] == list(lasts)
    left = [p.not_yet_due.value for p in points]
    assert left == sorted(left, reverse=True)
    for point in points:
        found = tracker.standings(rows, records, point.day, PLAN_YEAR)
        assert point.open == tracker.tracked(found, "open")
        late = {s.action.place for s in tracker.overdue(found)}
        assert not late & set(point.not_yet_due.rows)


def test_without_records_there_is_no_course():
    assert tracker.burndown(actions({"action": "1.1a"}), (), MEETING, PLAN_YEAR) == ()
    assert tracker.status_days((), MEETING) == ()


@pytest.mark.parametrize(
    ("ticked", "expected"), [(None, False), ("2013-14", False), ("2013-14;2014-15", True)]
)
def test_an_objective_is_ticked_for_the_years_named(ticked, expected):
    row = {"objective": "one", "development_area": 1, "title": "One", "ticked": ticked}
    (objective,) = placed("2013-14/objectives.csv", [row], Objective)
    assert plan.is_ticked(objective, ReportingYear(2014)) == expected
