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
    table = report.exhibit("tracker-passed-unknown")
    assert len(table.rows) == 13
    assert {row[4].text for row in table.rows} == {"? Date passed, status unknown"}
    assert report.exhibit("tracker-overdue").texts() == (("none",) * 6,)


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
        assert len(made["tracker-overdue"].rows) == overdue
        cells = {tuple(row[4:]) for row in made["tracker-overdue"].texts()}
        assert cells == {("◆ Overdue", "▶ On target")}
        for name in ("summary", "overdue", "passed-unknown", "completion", "process", "actions"):
            assert said in made[f"tracker-{name}"].caption
    assert at(given, date(2014, 6, 30), rated)["tracker-overdue"].texts() == (("none",) * 6,)


def test_every_grouping_and_every_rating_sums_to_the_summary(given):
    made = at(given, *COURSE)
    whole = counts(made["tracker-summary"])
    for name in ("area", "lead", "group", "leading-group"):
        table = made[f"tracker-by-{name}"]
        for position, column in enumerate(table.columns[1:], 1):
            assert sum(row[position].value for row in table.rows) == whole[column.heading]
    for rating in ("completion", "process"):
        table = made[f"tracker-{rating}"]
        assert sum(row[1].value for row in table.rows) == 49
        assert "0" in [row[1] for row in table.texts()]


def test_an_unknown_code_is_explained_where_there_is_one(given):
    for records, number in ((None, 1), (all_rated(given), 0)):
        assert len(at(given, records=records)["tracker-completion"].notes) == number


def test_every_action_is_told_by_its_date_and_by_who_said_so_last(given):
    records = statuses(
        {"action": "4.2b", "as_at": "2014-10-01", "completion": "complete"},
        {"action": "1.1b", "as_at": "2014-10-01", "completion": "at_risk"},
    )
    rows = {row[0]: row for row in at(given, records=records)["tracker-actions"].texts()}
    assert len(rows) == 49
    assert {label: rows[label][2] for label in ("1.1a", "1.1b", "1.1c", "1.4a", "4.2b")} == {
        "1.1a": "no date",
        "1.1b": "◆ Overdue",
        "1.1c": "not yet due",
        "1.4a": "? Date passed, status unknown",
        "4.2b": "complete, recorded after its date",
    }
    assert (rows["1.1b"][5], rows["1.1c"][5]) == ("1 October 2014, A meeting", "no record")


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
    made = at(given, date(2014, 12, 1), again)
    assert [row[0] for row in made["tracker-burndown"].texts()] == ["20 November 2014"]


def test_a_record_of_a_later_day_is_not_seen(given):
    """At 1 October the tracker is what it was before the records of January came."""
    later = [row for row in TWO_DAYS if row.as_at > MEETING]
    assert at(given, records=(*given.tables[ActionStatus], *later)) == at(given)


def test_what_there_is_not_enough_of_is_said(given):
    """No records up to the day, records of one day only, or records that change nothing."""
    for day, records in ((date(2014, 9, 30), ()), (date(2014, 9, 30), None)):
        made = at(given, day, records)
        assert made["tracker-burndown"].texts() == (("none recorded", "none", "none"),)
        for name in ("tracker-changes", "tracker-burndown"):
            assert made[name].notes == ("No status is recorded up to this day.",)
    made = at(given)
    assert made["tracker-changes"].texts() == (("none", *["no earlier record"] * 5),)
    assert "one day only" in made["tracker-changes"].notes[0]
    assert "One day alone" in made["tracker-burndown"].notes[0]
    same = [{"as_at": day, "completion": "at_risk"} for day in ("2014-07-01", "2014-10-01")]
    changes = at(given, records=statuses(*same))["tracker-changes"]
    assert changes.texts() == (("none", *["no change"] * 5),)


def test_every_table_is_whole_at_any_day_and_no_status_is_told_without_a_word(given):
    """No cell is blank, whatever is recorded; nor is a code of the data shown."""
    for records in ((), TWO_DAYS, None):
        for day in (date(2014, 1, 1), MEETING, date(2016, 1, 1)):
            for table in at(given, day, records).values():
                assert table.rows
                assert all(text.strip() for row in table.texts() for text in row)
                marks = [cell for row in table.rows for cell in row if isinstance(cell, Mark)]
                assert all(mark.shape and "_" not in mark.word for mark in marks)
