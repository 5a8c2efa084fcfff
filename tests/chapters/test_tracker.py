"""The tracker at any day: what is counted, named, overdue, unknown, and how that changed."""

from datetime import date

from hscb_report.calculations.tracker import states_at, tracked
from hscb_report.chapters import tracker
from hscb_report.results.exhibit import Mark
from hscb_report.schema import vocabularies as words
from hscb_report.schema.plan import ActionStatus, PlannedAction
from tests.made_up import with_tables, year_of
from tests.made_up_plan import PLAN_YEAR, statuses

MEETING = date(2014, 10, 1)
TWO_DAYS = statuses(
    {"action": "1.1a", "as_at": "2014-10-01", "completion": "on_target"},
    {"action": "1.1b", "as_at": "2014-10-01", "completion": "on_target"},
    {"action": "1.1a", "as_at": "2015-01-15", "completion": "complete"},
    {"action": "1.1b", "as_at": "2015-01-15", "process": "agreed"},
    {"action": "1.1c", "as_at": "2015-01-15", "completion": "at_risk"},
)
COURSE = date(2015, 1, 31), TWO_DAYS


def at(given, day=MEETING, records=None, since=None):
    """Return the tables of the tracker at a day by their labels; the records may be made up."""
    tables = given.tables
    if records is not None:
        tables = with_tables(tables, action_status=records)
    data = year_of(tables, settings=given.settings, asked_day=day, since=since)
    return {table.label: table for table in tracker.exhibits(data)}


def all_rated(given, completion="on_target", day="2014-10-01"):
    """Return a status of every action."""
    actions = [row.action for row in given.tables[PlannedAction]]
    return statuses(
        *({"action": action, "as_at": day, "completion": completion} for action in actions)
    )


def counts(table):
    return {row[0]: row[1].value for row in table.rows}


# What is counted --------------------------------------------------------------------------------


def test_what_a_code_does_not_say_is_unknown_and_neither_open_nor_overdue(report):
    """The plan's N stands in no legend: of 13 actions only the date can be said to have passed."""
    found = counts(report.exhibit("tracker-summary"))
    assert (found["Actions"], found["Status unknown"]) == (49, 49)
    assert found["Open"] == found["Overdue"] == found["Complete"] == 0
    assert found["Date passed, status unknown"] == 13
    table = report.exhibit("tracker-past")
    assert len(table.rows) == 13
    assert "Status" not in [column.heading for column in table.columns]
    assert table.caption.endswith("; status of all 13: date passed, status unknown")


def test_the_summary_counts_what_the_calculations_count_and_names_the_same_actions(given):
    table = at(given, *COURSE)["tracker-summary"]
    states = states_at(COURSE[0], given.tables[PlannedAction], TWO_DAYS, PLAN_YEAR)
    assert counts(table) == {
        label: tracked(states, what).value for what, label in words.TRACKED.items()
    }
    for what, number, which in table.texts():
        assert (which == "none") == (number == "0"), what
        if which != "see the action tables":
            assert int(number) == (0 if which == "none" else len(which.split(", "))), what
    rows = {row[0]: row[2] for row in table.texts()}
    assert rows["Date to be confirmed"] == "3.1a, 3.1b"
    assert rows["No legible date"] == "1.1a, 3.4b"
    assert rows["Rated at risk"] == "1.1c"


def test_overdue_changes_with_the_day_and_captions_say_it(given):
    """Seven actions are due by the end of September."""
    rated = all_rated(given, day="2014-04-01")
    for day, overdue, said in (
        (date(2014, 9, 30), 6, "30 September 2014"),
        (date(2014, 10, 1), 13, "1 October 2014"),
    ):
        made = at(given, day, rated)
        assert counts(made["tracker-summary"])["Overdue"] == overdue
        assert len(made["tracker-past"].rows) == overdue
        assert made["tracker-past"].caption.endswith(f"; status of all {overdue}: overdue")
        for name in ("standing", "past", "by-area", "summary", "completion", "process", "actions"):
            assert said in made[f"tracker-{name}"].caption
    assert made["tracker-standing"].texts() == (
        ("▶ On target", "36", "Rated on target, date not passed"),
        ("◆ Overdue", "13", "Rated, not as complete; 13 on target"),
    )
    assert at(given, date(2014, 6, 30), rated)["tracker-past"].rows == ()


def test_each_action_has_one_status_and_only_those_that_there_are_stand_there(report, given):
    """With what is known of its actions."""
    assert report.exhibit("tracker-standing").texts() == (
        ("? Date passed, status unknown", "13", "No rating says if they are done"),
        ("○ Not yet due", "32", "Due from October 2014 to April 2015"),
        ("– No date", "4", "2 to be confirmed, 2 not legible"),
    )
    records = statuses(
        {"action": "4.2b", "as_at": "2014-10-01", "completion": "complete"},
        {"action": "1.1b", "as_at": "2014-10-01", "completion": "outside_timescale"},
        {"action": "1.1c", "as_at": "2014-10-01", "completion": "outside_timescale"},
        {"action": "1.2a", "as_at": "2014-10-01", "completion": "at_risk"},
    )
    made = at(given, records=records)
    rows = {row[0]: row[1:] for row in made["tracker-standing"].texts()}
    assert rows["✓ Complete"] == ("1", "1 recorded after the date")
    assert rows["▲ At risk"] == ("2", "Rated at risk or outside timescale, date not passed")
    assert rows["◆ Overdue"] == ("1", "Rated, not as complete")
    assert sum(int(number) for number, _ in rows.values()) == 49
    assert made["tracker-standing"].title == "1 of 49 actions was complete or on target"


def test_what_is_past_its_date_has_its_status_where_there_are_several(given):
    records = statuses({"action": "1.1b", "as_at": "2014-10-01", "completion": "at_risk"})
    table = at(given, records=records)["tracker-past"]
    assert table.columns[-1].heading == "Status"
    assert {row[-1] for row in table.texts()} == {"◆ Overdue", "? Date passed, status unknown"}
    assert table.texts()[0][0] == "4.2b"
    assert table.texts()[0][3] == "June 2014"


def test_every_grouping_has_the_statuses_that_there_are_and_sums_to_them(given):
    made = at(given, *COURSE)
    whole = {row[0].word: row[1].value for row in made["tracker-standing"].rows}
    whole["Date passed, unknown"] = whole.pop("Date passed, status unknown")
    for name in ("area", "lead", "group", "leading-group"):
        table = made[f"tracker-by-{name}"]
        headings = [column.heading for column in table.columns[1:]]
        assert sorted(headings) == sorted([*whole, "All"])
        *groups, total = table.rows
        assert total[0] == "Total"
        for position, heading in enumerate(headings, 1):
            expected = whole.get(heading, 49)
            assert sum(row[position].value for row in groups) == expected == total[position].value


def test_every_rating_sums_to_all(given):
    made = at(given, *COURSE)
    for rating in ("completion", "process"):
        table = made[f"tracker-{rating}"]
        assert sum(row[1].value for row in table.rows) == 49
        assert "0" in [row[1] for row in table.texts()]


def test_the_areas_title_says_how_many_are_behind(report, given):
    assert report.exhibit("tracker-by-area").title == "All 4 areas had actions past their date"
    none = at(given, date(2014, 6, 30))["tracker-by-area"]
    assert none.title == "None of the 4 areas had actions past their date"


def test_an_unknown_code_is_explained_where_there_is_one(given):
    for records, number in ((None, 1), (all_rated(given), 0)):
        assert len(at(given, records=records)["tracker-completion"].notes) == number


def test_every_action_is_told_with_its_status_and_with_who_said_so_last(given):
    records = statuses(
        {"action": "4.2b", "as_at": "2014-10-01", "completion": "complete"},
        {"action": "1.1b", "as_at": "2014-10-01", "completion": "at_risk"},
    )
    rows = {row[0]: row for row in at(given, records=records)["tracker-actions"].texts()}
    assert len(rows) == 49
    assert {label: rows[label][2] for label in ("1.1a", "1.1b", "1.1c", "1.4a", "4.2b")} == {
        "1.1a": "– No date",
        "1.1b": "◆ Overdue",
        "1.1c": "○ Not yet due",
        "1.4a": "? Date passed, status unknown",
        "4.2b": "✓ Complete",
    }
    assert (rows["1.1b"][-1], rows["1.1c"][-1]) == ("1 October 2014, A meeting", "no record")


# How it changed ---------------------------------------------------------------------------------


def test_the_changes_go_from_the_first_record_to_the_last(given):
    table = at(given, *COURSE)["tracker-changes"]
    assert [(row[0], row[2], row[3]) for row in table.texts()] == [
        ("1.1a", "▶ On target", "✓ Complete"),
        ("1.1b", "▶ On target", "▶ On target"),
        ("1.1c", "– Not rated", "▲ At risk"),
    ]
    assert table.texts()[1][4:] == ("– Not rated", "✓ Process agreed")
    assert table.caption == "Ratings that changed from 1 October 2014 to 15 January 2015"
    assert table.notes == ()


def test_the_changes_may_be_asked_for_since_another_day(given):
    records = statuses(
        {"as_at": "2014-10-01", "completion": "on_target"},
        {"as_at": "2014-11-01", "completion": "at_risk"},
        {"action": "1.1b", "as_at": "2014-11-20", "process": "agreed"},
    )
    table = at(given, date(2014, 12, 1), records, since=date(2014, 11, 10))["tracker-changes"]
    assert table.caption == "Ratings that changed from 10 November 2014 to 1 December 2014"
    assert [row[0] for row in table.texts()] == ["1.1b"]
    first = at(given, date(2014, 12, 1), records)["tracker-changes"]
    assert [row[0] for row in first.texts()] == ["1.1a", "1.1b"]


def test_the_burndown_has_a_row_for_the_last_recorded_day_of_each_month(given):
    table = at(given, *COURSE)["tracker-burndown"]
    assert table.texts() == (
        ("1 October 2014", "49", str(49 - 13)),
        ("15 January 2015", "48", str(49 - 13 - 14 - 8 - 2)),  # October to December
    )
    assert table.notes == ()
    again = statuses(
        {"as_at": "2014-11-01", "completion": "at_risk"},
        {"action": "1.1b", "as_at": "2014-11-20", "process": "agreed"},
    )
    third = statuses({"action": "1.1b", "as_at": "2014-12-01", "completion": "complete"})
    made = at(given, date(2014, 12, 1), (*again, *third))
    days = [row[0] for row in made["tracker-burndown"].texts()]
    assert days == ["20 November 2014", "1 December 2014"]


def test_a_record_of_a_later_day_is_not_seen(given):
    """At 1 October the tracker is what it was before the records of January came."""
    later = [row for row in TWO_DAYS if row.as_at > MEETING]
    assert at(given, records=(*given.tables[ActionStatus], *later)) == at(given)


def test_what_there_is_not_enough_of_is_not_shown(given):
    """No records up to the day, or records of one day only; what changed nothing is said."""
    before = at(given, date(2014, 9, 30))
    for made in (at(given, date(2014, 9, 30), ()), before, at(given)):
        assert made["tracker-burndown"].rows == made["tracker-changes"].rows == ()
    same = [{"as_at": day, "completion": "at_risk"} for day in ("2014-07-01", "2014-10-01")]
    changes = at(given, records=statuses(*same))["tracker-changes"]
    assert changes.texts() == (("none", *["no change"] * 3),)


def test_the_process_is_left_out_where_it_changed_nowhere(given):
    course = (
        {"as_at": "2014-07-01", "completion": "at_risk", "process": "agreed"},
        {"as_at": "2014-10-01", "completion": "on_target"},
    )
    changes = at(given, records=statuses(*course))["tracker-changes"]
    headings = [column.heading for column in changes.columns]
    assert headings == ["Action", "Lead", "Completion was", "Completion is"]


def test_every_table_is_whole_at_any_day_and_no_status_is_told_without_a_word(given):
    """No cell is blank, whatever is recorded; nor is a code of the data shown."""
    for records in ((), TWO_DAYS, None):
        for day in (date(2014, 1, 1), MEETING, date(2016, 1, 1)):
            for table in at(given, day, records).values():
                may_be_empty = ("tracker-past", "tracker-changes", "tracker-burndown")
                assert table.rows or table.label in may_be_empty
                assert all(text.strip() for row in table.texts() for text in row)
                marks = [cell for row in table.rows for cell in row if isinstance(cell, Mark)]
                assert all(mark.shape and "_" not in mark.word for mark in marks)
