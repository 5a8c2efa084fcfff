"""The plan, the tracker and the golden thread as tables: told in words, and at any day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.exhibits import Column, Mark, exhibit, golden_thread, plan, tracker
from hscb_report.figures import Figure
from hscb_report.measures import tracker as measured
from hscb_report.schema import vocabularies as words
from hscb_report.units import count_of
from tests.conftest import YEAR
from tests.made_up_plan import PLAN_YEAR, statuses
from tests.strategies import printable

MEETING = date(2014, 10, 1)
TONES = ("good", "watch", "alarm", "plain")


def at(tables, day=MEETING, records=None):
    """Return the tables of the tracker at a day by their labels; the records may be made up."""
    if records is not None:
        tables = replace(tables, action_status=records)
    return {found.label: found for found in tracker.exhibits(tables, YEAR, day)}


def plan_at(tables, day=MEETING, records=None):
    if records is not None:
        tables = replace(tables, action_status=records)
    return {found.label: found for found in plan.exhibits(tables, YEAR, day)}


# Marks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "text"),
    [(Mark("At risk", "▲", "watch"), "▲ At risk"), (Mark("none"), "none")],
)
def test_a_mark_is_printed_as_its_shape_and_its_word(mark, text):
    found = exhibit("a", "A", (Column("Is"),), [(mark,)])
    assert (mark.text, found.text(0, 0)) == (text, text)
    assert found.records() == [{"Is": mark.word}]


def test_json_has_the_tone_of_every_cell_where_there_is_a_mark():
    columns = (Column("Action"), Column("Is"), Column("Number", count_of("actions")))
    rows = [
        ("1.1a", Mark("At risk", "▲", "watch"), Figure(1)),
        ("1.1b", "plain text", Figure(2)),
        ("1.1c", Mark("Not rated", "–"), Figure(None)),
    ]
    told = exhibit("a", "A", columns, rows).as_json()
    assert told["tones"] == [["", "watch", ""], ["", "", ""], ["", "plain", ""]]
    assert told["rows"][0] == ["1.1a", "▲ At risk", "1"]


def test_json_without_a_mark_has_no_tones():
    told = exhibit("a", "A", (Column("Action"),), [("1.1a",), ("1.1b",)]).as_json()
    assert told["tones"] == []


drawn_words = printable.filter(str.strip).map(str.strip)
marks = st.builds(Mark, drawn_words, st.sampled_from(("", "✓", "■")), st.sampled_from(TONES))


@given(st.lists(st.tuples(drawn_words | marks, drawn_words | marks)))
def test_tones_are_of_the_shape_of_the_rows_or_none_at_all(rows):
    told = exhibit("a", "A", (Column("One"), Column("Two")), rows).as_json()
    expected = [[cell.tone if isinstance(cell, Mark) else "" for cell in row] for row in rows]
    assert told["tones"] == (expected if any(map(any, expected)) else [])
    for row, texts in zip(rows, told["rows"], strict=True):
        for cell, text in zip(row, texts, strict=True):
            assert (cell.word if isinstance(cell, Mark) else cell) in text


@pytest.mark.parametrize(
    ("mark", "codes"),
    [(plan.process_mark, words.PROCESS_RAG), (plan.completion_mark, words.COMPLETION_RAG)],
)
def test_every_rating_has_a_word_and_a_shape_of_its_own(mark, codes):
    """In print without colour, and to a listener, no two look or sound the same."""
    found = [mark(code) for code in codes]
    assert [one.word for one in found] == list(codes.values())
    assert len({one.shape for one in found}) == len({one.word for one in found}) == len(codes)
    assert all(one.shape.strip() and one.word.strip() for one in found)
    assert {one.tone for one in found} <= set(TONES)


def test_no_tone_promises_what_the_word_does_not():
    """An unknown code is neither good nor bad."""
    for code in ("unrated", "code_unknown"):
        assert plan.completion_mark(code).tone == plan.process_mark(code).tone == "plain"
    assert plan.completion_mark("outside_timescale").tone == "alarm"
    assert plan.completion_mark("complete").tone == "good"


def test_no_status_is_told_without_a_word(tables):
    """Nor by a code of the data."""
    made = (*plan_at(tables).values(), *at(tables).values(), *at(tables, *COURSE).values())
    found = [cell for one in made for row in one.rows for cell in row if isinstance(cell, Mark)]
    assert found
    for mark in found:
        assert any(letter.isalpha() for letter in mark.word)
        assert "_" not in mark.word
        assert mark.shape
        assert mark.tone in TONES


# The action tables ------------------------------------------------------------------------------


def test_the_tables_of_the_areas_hold_every_action_once(tables):
    made = plan_at(tables)
    labels = [plan.area_label(row.action_area) for row in tables.action_areas]
    assert len(set(labels)) == 15
    told = [row[0] for label in labels for row in made[label].texts()]
    assert sorted(told) == sorted(row.action for row in tables.actions)
    assert len(told) == 49
    for area in tables.action_areas:
        rows = made[plan.area_label(area.action_area)].texts()
        assert {row[0][:-1] for row in rows} == {area.action_area}


def test_the_table_of_all_actions_tells_each_as_its_area_does(tables):
    made = plan_at(tables)
    by_action = {row[0]: row for row in made["actions"].texts()}
    assert list(by_action) == [row.action for row in tables.actions]
    headings = [column.heading for column in made["actions"].columns]
    for area in tables.action_areas:
        table = made[plan.area_label(area.action_area)]
        for row in table.texts():
            whole = dict(zip(headings, by_action[row[0]], strict=True))
            assert whole["Action area"] == f"{area.action_area} {area.title}"
            for column, text in zip(table.columns, row, strict=True):
                assert whole[column.heading] == text


def test_the_table_of_due_dates_counts_every_action_twice_over(tables):
    table = plan_at(tables)["due-dates"]
    assert [sum(row[column].value for row in table.rows) for column in (1, 2)] == [49, 49]
    rows = {row[0]: row[1:] for row in table.texts()}
    assert rows["February 2014"] == ("1", "0")
    assert rows["February 2015"] == ("4", "5")
    assert rows["To be confirmed, or not legible"] == ("4", "4")
    assert "4.5b" in table.notes[0]
    assert "4.5e" in table.notes[0]


def test_a_misprint_is_shown_as_printed_with_what_it_is_read_as(tables):
    by_action = {row.action: plan.timescale(row) for row in tables.actions}
    assert by_action["4.5b"] == "Feb 14 (read as February 2015)"
    assert by_action["4.5d"] == "Oct 14 for Education Mar 15 for wider application"
    assert by_action["3.1a"] == "TBC"
    assert by_action["1.1a"] == "no legible date"


def test_leads_are_told_by_role_and_no_code_of_a_holder_is_shown(tables):
    made = (*plan_at(tables).values(), *at(tables).values())
    texts = [text for one in made for row in one.texts() for text in row]
    assert not [text for text in texts if "holder_" in text]
    by_action = {row.action: plan.lead(tables, row) for row in tables.actions}
    assert by_action["1.1c"] == "Business Manager"
    assert by_action["2.1c"] == "Herefordshire Council: Head of Safeguarding and Review"
    assert by_action["3.3c"] == "not stated, or not legible"


def progress(tables, *records):
    """Return the progress of 1.1a, of all actions and of its own area alike."""
    made = plan_at(tables, records=statuses(*records))
    whole, own = made["actions"], made["plan-actions-1-1"]
    assert whole.text(0, 0) == own.text(0, 0) == "1.1a"
    told = whole.records()[0]["Progress"]
    assert own.records()[0].get("Progress", "nothing recorded") == told
    return told


def test_progress_is_told_with_what_is_left_to_do_and_its_impact(tables):
    said = {"progress": "Begun", "further_work": "Go on", "impact": "Some"}
    record = {"as_at": "2014-07-01", "process": "agreed", "completion": "on_target", **said}
    told = "Progress: Begun; Further work: Go on; Impact so far: Some (1 July 2014, A meeting)"
    assert progress(tables, record) == told
    assert progress(tables, {**record, "as_at": "2014-10-02"}) == "nothing recorded"


def test_the_latest_progress_takes_the_place_of_the_earlier(tables):
    rated = {"as_at": "2014-07-01", "process": "agreed", "progress": "Begun"}
    later = {"as_at": "2014-08-01", "completion": "on_target", "progress": "Halfway"}
    assert progress(tables, later, rated) == "Progress: Halfway (1 August 2014, A meeting)"


def test_only_an_area_with_progress_has_a_column_for_it(tables):
    made = plan_at(tables, records=statuses({"as_at": "2014-07-01", "impact": "Some"}))
    with_column = [
        area.action_area
        for area in tables.action_areas
        if "Progress" in [c.heading for c in made[plan.area_label(area.action_area)].columns]
    ]
    assert with_column == ["1.1"]


def test_progress_that_is_recorded_without_a_rating_is_told(tables):
    """An empty rating says nothing; the progress beside it does."""
    rated = {"as_at": "2014-07-01", "completion": "on_target"}
    assert "Halfway" in progress(tables, rated, {"as_at": "2014-08-01", "progress": "Halfway"})
    assert "Halfway" in progress(tables, {"as_at": "2014-08-01", "progress": "Halfway"})


# The tracker at a day ---------------------------------------------------------------------------


def counts(table):
    return {row[0]: row[1].value for row in table.rows}


def test_the_summary_counts_and_names_the_same_actions(tables):
    table = at(tables)["tracker-summary"]
    assert list(counts(table)) == list(words.TRACKED.values())
    for what, number, which in table.texts():
        if which != "see the action tables":
            assert int(number) == (0 if which == "none" else len(which.split(", "))), what
    rows = {row[0]: row[2] for row in table.texts()}
    assert rows["Date to be confirmed"] == "3.1a, 3.1b"
    assert rows["No legible date"] == "1.1a, 3.4b"


@pytest.mark.parametrize(("day", "overdue"), [("2014-09-30", 6), ("2014-10-01", 13)])
def test_overdue_changes_with_the_day_and_captions_say_it(tables, day, overdue):
    """Seven actions are due by the end of September."""
    made = at(tables, date.fromisoformat(day))
    assert counts(made["tracker-summary"])["Overdue"] == overdue
    table = made["tracker-overdue"]
    assert len(table.rows) == overdue
    assert {row[4].text for row in table.rows} == {"◆ Overdue"}
    said = {"2014-09-30": "30 September 2014", "2014-10-01": "1 October 2014"}[day]
    assert all(said in made[name].caption for name in ("tracker-summary", "tracker-overdue"))


def test_before_anything_is_due_nothing_is_overdue(tables):
    table = at(tables, date(2014, 6, 30))["tracker-overdue"]
    assert table.texts() == (("none",) * 6,)


@pytest.mark.parametrize("name", ["area", "lead", "group"])
def test_every_grouping_of_the_tracker_sums_to_the_summary(tables, name):
    made = at(tables)
    whole = counts(made["tracker-summary"])
    table = made[f"tracker-by-{name}"]
    for position, column in enumerate(table.columns[1:], 1):
        assert sum(row[position].value for row in table.rows) == whole[column.heading]


@pytest.mark.parametrize("rating", ["completion", "process"])
def test_ratings_sum_to_all_actions_and_zero_is_shown(tables, rating):
    table = at(tables)[f"tracker-{rating}"]
    assert sum(row[1].value for row in table.rows) == 49
    assert "0" in [row[1] for row in table.texts()]


TWO_DAYS = statuses(
    {"action": "1.1a", "as_at": "2014-10-01", "completion": "on_target"},
    {"action": "1.1b", "as_at": "2014-10-01", "completion": "on_target"},
    {"action": "1.1a", "as_at": "2015-01-15", "completion": "complete"},
    {"action": "1.1b", "as_at": "2015-01-15", "process": "agreed"},
    {"action": "1.1c", "as_at": "2015-01-15", "completion": "at_risk"},
)


COURSE = (date(2015, 1, 31), TWO_DAYS)


def test_with_records_of_two_days_the_changes_between_them_are_told(tables):
    table = at(tables, *COURSE)["tracker-transitions"]
    assert [(row[0], row[2], row[3]) for row in table.texts()] == [
        ("1.1a", "▶ On target", "✓ Complete"),
        ("1.1b", "▶ On target", "▶ On target"),
        ("1.1c", "– Not rated", "▲ At risk"),
    ]
    assert table.texts()[1][4:] == ("– Not rated", "✓ Process agreed")
    assert table.caption == "Ratings that changed from 1 October 2014 to 15 January 2015"
    assert table.notes == ()


def test_with_records_of_two_days_the_burndown_has_two_rows(tables):
    table = at(tables, *COURSE)["tracker-burndown"]
    assert table.texts() == (
        ("1 October 2014", "49", str(49 - 13)),
        ("15 January 2015", "48", str(49 - 13 - 14 - 8 - 2)),  # October to December
    )
    assert table.notes == ()


def test_a_record_of_a_later_day_is_not_seen(tables):
    """At 1 October the tracker is what it was before the records of January came."""
    later = [row for row in TWO_DAYS if row.as_at > MEETING]
    assert at(tables, records=(*tables.action_status, *later)) == at(tables)
    assert plan_at(tables, records=(*tables.action_status, *later)) == plan_at(tables)


def test_an_overdue_action_that_is_rated_on_target_shows_both(tables):
    records = statuses({"action": "1.1b", "as_at": "2014-10-01", "completion": "on_target"})
    rows = {row[0]: row for row in at(tables, records=records)["tracker-overdue"].texts()}
    assert rows["1.1b"][4:] == ("◆ Overdue", "▶ On target")


def test_records_that_change_nothing_are_told_so(tables):
    records = statuses(
        {"as_at": "2014-07-01", "completion": "at_risk"},
        {"as_at": "2014-10-01", "completion": "at_risk"},
    )
    table = at(tables, records=records)["tracker-transitions"]
    assert table.texts() == (("none", *["no change"] * 5),)


def test_records_of_one_day_show_no_change_and_no_course_and_the_notes_say_so(tables):
    made = at(tables)
    assert any("one day only" in note for note in made["tracker-transitions"].notes)
    assert len(made["tracker-burndown"].rows) == 1
    assert any("One day alone" in note for note in made["tracker-burndown"].notes)


@pytest.mark.parametrize("records", [(), None], ids=["no table", "none up to the day"])
def test_without_records_the_tables_say_that_there_are_none(tables, records):
    """And not that there are records of one day."""
    made = at(tables, date(2014, 9, 30), records)
    assert counts(made["tracker-completion"])[plan.completion_mark("unrated")] == 49
    assert made["tracker-burndown"].texts() == (("none recorded", "none", "none"),)
    for name in ("tracker-transitions", "tracker-burndown"):
        assert made[name].notes
        assert not [note for note in made[name].notes if "one day" in note.lower()]


def test_every_table_is_whole_at_any_day(tables):
    """No cell is blank, whatever is recorded."""
    for records in ((), TWO_DAYS):
        for day in (date(2014, 1, 1), MEETING, date(2016, 1, 1)):
            made = (*at(tables, day, records).values(), *plan_at(tables, day, records).values())
            assert all(one.rows for one in made)
            assert all(text.strip() for one in made for row in one.texts() for text in row)


def test_the_tracker_agrees_with_its_measures(tables):
    made = at(tables, *COURSE)
    found = measured.standings(tables.actions, TWO_DAYS, date(2015, 1, 31), PLAN_YEAR)
    for what, label in words.TRACKED.items():
        number = measured.tracked(found, what)
        assert counts(made["tracker-summary"])[label] == number.value


# The golden thread ------------------------------------------------------------------------------


def test_the_table_of_priorities_without_action_is_that_of_the_source(tables):
    made = {found.label: found for found in golden_thread.exhibits(tables, YEAR)}
    rows = made["priorities-without-action"].texts()
    assert [row[0] for row in rows] == [
        row.title
        for row in tables.stated_priorities
        if row.stated in ("neglect", "disabled_deaf_diverse")
    ]
    assert {row[3] for row in rows} == {"Neglect Guidance", "none"}
    assert {row[0]: row[3] for row in rows}["Neglect"] == "Neglect Guidance"


def test_the_tables_of_the_thread_hold_every_start_once_and_sum_to_the_whole(tables):
    made = {found.label: found for found in golden_thread.exhibits(tables, YEAR)}
    *kinds, whole = made["golden-thread"].rows
    for kind, row in zip(words.ORIGIN, kinds, strict=True):
        assert len(made[f"golden-thread-{kind}"].rows) == row[1].value
    for column in range(1, len(whole)):
        assert whole[column].value == sum(row[column].value for row in kinds)
    orphans = made["golden-thread-orphans"]
    assert len(orphans.rows) == whole[-1].value


def test_without_orphans_the_tables_say_none(tables):
    kept = replace(
        tables,
        stated_priorities=tables.stated_priorities[:1],
        audit_findings=(),
        cdop_lessons=(),
        inspection_statements=(),
    )
    made = {found.label: found for found in golden_thread.exhibits(kept, YEAR)}
    assert made["golden-thread-orphans"].texts() == (("none",) * 4,)
    assert made["priorities-without-action"].texts() == (("none",) * 4,)


def test_an_action_area_without_actions_has_a_table_that_says_so(tables):
    """A table without rows would have no headers in the PDF, and stop it."""
    kept = [row for row in tables.actions if row.action_area != "1.2"]
    made = plan_at(replace(tables, actions=tuple(kept)))
    assert made["plan-actions-1-2"].texts()[0][:2] == ("none", "no action")


def test_what_a_reader_must_know_of_a_row_stands_below_its_table(tables):
    """How a damaged cell was read, a corrected month, and the note of the latest status."""
    records = statuses(
        {"action": "4.3c", "as_at": "2014-10-01", "note": "Old", "completion": "on_target"},
        {"action": "4.3c", "as_at": "2014-10-01", "note": "New", "completion": "at_risk"},
    )
    notes = " ".join(plan_at(tables, records=records)["plan-actions-4-3"].notes)
    assert "4.3c: monitoring read as October 2014 and January 2015" in notes
    assert "4.3c, status: New (1 October 2014, A meeting)." in notes
    assert "Old" not in notes
    area = plan_at(tables)["plan-actions-1-4"]
    assert any(note.startswith('1.4b: printed "Chair of A"') for note in area.notes)


def test_the_course_and_changes_go_back_to_the_first_record(tables):
    records = statuses(
        {"as_at": "2014-10-01", "completion": "on_target"},
        {"as_at": "2014-11-01", "completion": "at_risk"},
        {"action": "1.1b", "as_at": "2014-11-20", "process": "agreed"},
    )
    made = at(tables, date(2014, 12, 1), records)
    changed = made["tracker-transitions"]
    assert changed.caption.endswith("from 1 October 2014 to 20 November 2014")
    assert [row[0] for row in changed.texts()] == ["1.1a", "1.1b"]
    assert [row[0] for row in made["tracker-burndown"].texts()] == [
        "1 October 2014",
        "20 November 2014",
    ]
    said = {row[0]: row[-1] for row in made["tracker-actions"].texts()}
    assert said["1.1b"] == "20 November 2014, A meeting"
    assert said["1.1c"] == "no record"


def test_every_action_is_told_by_its_date(tables):
    records = statuses({"action": "4.2b", "as_at": "2014-10-01", "completion": "complete"})
    by_date = {row[0]: row[2] for row in at(tables, records=records)["tracker-actions"].texts()}
    assert len(by_date) == 49
    told = {label: by_date[label] for label in ("1.1a", "1.1b", "1.1c", "4.2b")}
    assert told == {
        "1.1a": "no date",
        "1.1b": "◆ Overdue",
        "1.1c": "not overdue",
        "4.2b": "complete",
    }
