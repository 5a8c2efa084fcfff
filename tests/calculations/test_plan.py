"""The Business Plan: its actions and objectives, and when they are due."""

from datetime import date

import pytest
from hypothesis import given

from hscb_report.calculations import plan
from hscb_report.schema.cells import Month
from hscb_report.schema.plan import ActionArea, DevelopmentArea, Objective, PlannedAction
from hscb_report.years import ReportingYear
from tests.made_up import placed
from tests.made_up_plan import PLAN_YEAR, action, actions
from tests.strategies import planned_actions

MEETING = date(2014, 10, 1)


def places(rows, *labels):
    return tuple(row.place for row in rows if row.action in labels)


# The counts of the source -----------------------------------------------------------------------


def test_the_plan_has_forty_nine_actions_in_four_areas(tables):
    rows = tables[PlannedAction]
    by_area = [plan.planned(rows, area).value for area in (None, 1, 2, 3, 4)]
    assert by_area == [49, 14, 6, 10, 19]
    assert plan.rows_total(tables[DevelopmentArea]).value == 4
    assert plan.rows_total(tables[ActionArea]).value == 15
    in_areas = [plan.planned_in(rows, area.action_area).value for area in tables[ActionArea]]
    assert sum(in_areas) == 49
    assert plan.planned_in(rows, "3.4").rows == places(rows, "3.4a", "3.4b")


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


@pytest.mark.parametrize(("as_printed", "expected"), [(True, AS_PRINTED), (False, AS_READ)])
def test_actions_by_month_are_those_of_the_source(tables, as_printed, expected):
    """Four have no date."""
    rows = tables[PlannedAction]
    found = {
        written: plan.due_in(
            rows, Month(int(written[:4]), int(written[5:])), as_printed=as_printed
        ).value
        for written in expected
    }
    assert found == expected
    none = plan.due_in(rows, None, as_printed=as_printed)
    assert none.rows == places(rows, "1.1a", "3.1a", "3.1b", "3.4b")
    assert sum(expected.values()) + none.value == 49


def test_thirteen_actions_are_due_before_the_meeting_and_fifteen_as_printed(tables):
    assert plan.due_before(tables[PlannedAction], MEETING).value == 13
    assert plan.due_before(tables[PlannedAction], MEETING, as_printed=True).value == 15


def test_three_actions_are_outside_the_year_as_printed(tables):
    found = plan.outside_year_as_printed(tables[PlannedAction], PLAN_YEAR)
    assert found.rows == places(tables[PlannedAction], "4.5b", "4.5c", "4.5e")
    assert found.value == 3


def test_twenty_one_objectives_of_which_six_have_no_action_area(tables):
    rows = tables[Objective]
    found = plan.objectives_without_area(rows)
    assert (plan.rows_total(rows).value, found.value) == (21, 6)
    assert set(found.rows) == {row.place for row in rows if not row.action_area}


@pytest.mark.parametrize(
    ("ticked", "expected"), [(None, False), ("2013-14", False), ("2013-14;2014-15", True)]
)
def test_an_objective_is_ticked_for_the_years_named(ticked, expected):
    row = {"objective": "one", "development_area": 1, "title": "One", "ticked": ticked}
    (objective,) = placed("2013-14/objectives.csv", [row], Objective)
    assert plan.is_ticked(objective, ReportingYear(2014)) == expected


# When an action is due --------------------------------------------------------------------------


@pytest.mark.parametrize("due", ["2014-M10;2015-M03", "2015-M03;2014-M10"])
def test_the_last_of_two_dates_counts_in_whatever_order_they_stand(due):
    assert plan.last_month(action(due=due)) == Month(2015, 3)
    assert plan.due_day(action(due=due)) == date(2015, 3, 31)


def test_a_correction_counts_unless_the_printed_month_is_asked_for():
    row = action(due="2014-M02", due_corrected="2015-M02", due_printed="Feb 14")
    assert plan.due_day(row) == date(2015, 2, 28)
    assert plan.due_day(row, as_printed=True) == date(2014, 2, 28)
    assert plan.due_in([row], Month(2014, 2), as_printed=True).value == 1
    assert plan.due_before([row], date(2014, 10, 1)).value == 0
    assert plan.outside_year_as_printed([row], PLAN_YEAR).value == 1


def test_an_action_without_a_date_is_never_due_and_a_count_of_none_names_its_file():
    row = action(due_printed="TBC")
    assert (plan.due_day(row), plan.last_month(row)) == (None, None)
    found = plan.due_before([row], date.max)
    assert (found.value, found.searched) == (0, ("2013-14/actions.csv",))


def test_a_day_is_due_before_the_next_and_not_before_itself():
    row = action(due="2014-M09")
    assert plan.due_before([row], date(2014, 9, 30)).value == 0
    assert plan.due_before([row], date(2014, 10, 1)).value == 1


@pytest.mark.parametrize(
    ("printed", "due", "undated", "illegible"),
    [
        (None, None, False, True),
        ("TBC", None, True, False),
        ("tbc", None, True, False),
        ("1", None, False, True),
        ("Oct 14", "2014-M10", False, False),
        ("TBC", "2014-M10", False, False),
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
    assert plan.outside_year_as_printed([action(due=due)], PLAN_YEAR).value == outside


@given(planned_actions())
def test_every_action_is_due_in_one_month_or_in_none(rows):
    for as_printed in (True, False):
        months = {plan.last_month(row, as_printed=as_printed) for row in rows} | {None}
        found = [plan.due_in(rows, month, as_printed=as_printed) for month in months]
        in_months = [place for figure in found for place in figure.rows]
        assert sorted(in_months) == [row.place for row in rows]
    for row in rows:
        assert plan.is_undated(row) + plan.is_illegible(row) == (not plan.due_months(row))
