"""The actions: dates, monitoring, posts and statuses that hold; their tables and outline."""

from collections import Counter

import pytest

from hscb_report.chapters import actions as chapter
from hscb_report.chapters.actions import CHAPTER
from hscb_report.results.exhibit import Mark
from hscb_report.results.outline import Section, Shown, Terms
from hscb_report.schema.plan import (
    ActionArea,
    ActionStatus,
    DevelopmentArea,
    PlanGroup,
    PlannedAction,
)
from tests import in_force
from tests.made_up import result_of, tables_of, with_tables, year_of
from tests.made_up_plan import actions, statuses

R18, R19, R22, R34, R35 = CHAPTER.rules
ACTIONS = "2013-14/actions.csv"
STATUSES = "2013-14/action_status.csv"
LOST = "not known"


def of_actions(rule, *rows):
    """Return what a rule says of made-up actions 1.1a, 1.1b and so on."""
    made = actions(*({"action": f"1.1{x}", **row} for x, row in zip("abc", rows, strict=False)))
    return [found.message for found in result_of(rule, tables_of(actions=made)).findings]


def named(given, found):
    """Return the labels of the actions at whose rows findings stand."""
    by_row = {row.place.row: row.action for row in given.tables[PlannedAction]}
    return [by_row[finding.row] for finding in found]


# Due dates --------------------------------------------------------------------------------------


def test_due_dates_are_missing_or_out_of_place_exactly_where_the_source_has_them_so(given):
    found = result_of(R18, given.tables).findings
    parts = {
        "still to be confirmed": ["3.1a", "3.1b"],
        "no date can be read": ["1.1a", "3.4b"],
        "is outside the plan year 2014-15": ["4.5b", "4.5c", "4.5e"],
        "2 dates stand in one timescale": ["4.5d"],
    }
    for says, labels in parts.items():
        assert named(given, [f for f in found if says in f.message]) == labels
    assert len(found) == 8
    told = {f.found: f.message for f in found}
    assert told["Feb 14"].endswith("2014-15; it is read as February 2015.")
    assert told["Apr 15"].endswith("April 2015 is outside the plan year 2014-15.")


def test_a_finding_of_a_date_or_of_monitoring_is_a_warning_at_what_is_printed(given):
    """And names the action."""
    by_row = {row.place.row: row for row in given.tables[PlannedAction]}
    for rule, column in ((R18, "due_printed"), (R19, "monitoring")):
        for found in result_of(rule, given.tables).findings:
            action = by_row[found.row]
            assert (found.severity, found.file, found.column) == ("warning", ACTIONS, column)
            assert found.found == getattr(action, column)
            assert found.message.startswith(f"{action.action}: ")


def test_one_date_inside_the_plan_year_passes_and_the_months_around_it_do_not():
    for due, says in (
        ("2014-M04", None),
        ("2015-M03", None),
        ("2014-M03", "March 2014 is outside"),
        ("2015-M04", "April 2015 is outside"),
    ):
        found = of_actions(R18, {"due_printed": "Then", "due": due})
        assert [says in message for message in found] == ([True] if says else [])


def test_a_correction_outside_the_plan_year_is_told_as_well():
    row = {"due_printed": "Then", "due": "2014-M04", "due_corrected": "2015-M04"}
    assert of_actions(R18, row) == [
        "1.1a: April 2015, as corrected, is outside the plan year 2014-15."
    ]


def test_two_dates_of_which_one_is_outside_are_two_findings_that_name_that_month_only():
    several, outside = of_actions(R18, {"due_printed": "Then", "due": "2014-M10;2015-M04"})
    assert "2 dates" in several
    assert "April 2015 is outside" in outside
    assert "October" not in outside


def test_the_months_of_a_timescale_are_those_that_it_names():
    for printed, due, is_told in (
        ("Sep 14", "2014-M09", False),
        ("Juli 14", "2014-M07", False),
        ("by the autumn", "2014-M10", False),
        ("Sep 14", "2014-M10", True),
        ("Sep 14", "2015-M09", True),
        ("Oct 14 for one, Mar 15 for another", "2014-M10", True),
    ):
        found = of_actions(R18, {"due_printed": printed, "due": due})
        assert any("does not name" in message for message in found) == is_told


# Monitoring -------------------------------------------------------------------------------------

TOO_SOON = ["1.3b", "2.2a", "4.1e", "4.1f", "4.3c", "4.4a"]
LATE = ["1.1b", "1.1c", "4.1g", "4.2a", "4.2b"]


def test_monitoring_that_cannot_do_its_work_is_found_and_no_other(given):
    found = result_of(R19, given.tables).findings
    for says, labels in (
        ("for the last time", TOO_SOON),
        ("for the first time", LATE),
        ("January 2014 is before the plan year 2014-15; read as January 2015.", ["4.3c"]),
    ):
        assert named(given, [f for f in found if says in f.message]) == labels
    assert len(found) == len(TOO_SOON) + len(LATE) + 1


def test_monitoring_may_neither_end_before_the_due_month_nor_begin_two_months_after():
    for due, monitored, says in (
        ("2014-M10", "2014-M09", "last time in September 2014, before it is due in October 2014"),
        ("2014-M10", "2014-M10", None),
        ("2014-M10", "2014-M11", None),
        ("2014-M10", "2014-M12", "first time in December 2014, 2 months after it is due"),
        ("2014-M12", "2015-M02", "first time in February 2015, 2 months after it is due"),
        ("2014-M10", "2014-M11;2014-M07", None),
        ("2014-M10", "2014-M07;2014-M09", "last time in September 2014"),
        ("2014-M10;2015-M03", "2014-M10", "before it is due in March 2015"),
        ("2014-M10;2015-M03", "2015-M04", None),
        (None, "2014-M10", None),
        ("2014-M10", None, None),
    ):
        found = of_actions(R19, {"due": due, "monitored": monitored, "monitoring": "So"})
        assert [says in message for message in found] == ([True] if says else [])


def test_the_months_of_monitoring_are_those_that_its_words_name():
    """Of what the plan names none for, or not all, nothing can be said."""
    for words_, monitored, says in (
        ("To the Board in October", "2014-M10", None),
        ("To the Board in October and January", "2014-M10", "does not name January"),
        ("In October, then in March", "2014-M11", "does not name March and October"),
        ("To the Board in October", None, None),
        ("Every quarter", "2014-M10", None),
        ("In octobers, and as it may be", "2014-M10", None),
    ):
        found = of_actions(R19, {"monitoring": words_, "monitored": monitored})
        assert [says in message for message in found] == ([True] if says else [])


def test_corrected_months_are_compared_and_not_the_misprinted_ones():
    row = {
        "due": "2014-M02",
        "due_corrected": "2015-M02",
        "monitored": "2014-M12;2014-M02",
        "monitored_corrected": "2014-M12;2015-M02",
    }
    (message,) = of_actions(R19, row)
    assert message == "1.1a: February 2014 is before the plan year 2014-15; read as February 2015."


# Posts and holders ------------------------------------------------------------------------------


def test_one_post_of_the_source_has_two_holders_and_none_is_named(given):
    (found,) = result_of(R22, given.tables).findings
    assert named(given, [found]) == ["4.3a"]
    assert (found.severity, found.file, found.column) == ("warning", ACTIONS, "lead_holder")
    assert found.message.startswith("Head of Safeguarding and Review has 2 holders in one plan")
    assert found.message.endswith("(actions 2.1c, 3.3a, 4.3c; 4.3a).")


def test_no_finding_about_posts_tells_who_holds_them():
    """Not even the opaque code: with the plan beside it, that would tell who it is."""
    rows = [{"lead_role": "Chair", "lead_holder": f"holder_0{n}"} for n in (1, 2, 3)]
    made = actions(*({"action": f"1.1{x}", **row} for x, row in zip("abc", rows, strict=True)))
    (found,) = result_of(R22, tables_of(actions=made)).findings
    assert "3 holders" in found.message
    assert "holder_" not in str(found.as_json()).replace("lead_holder", "")


def test_two_holders_of_one_post_break_the_rule_and_nothing_else_does():
    chair = ("hscb", "Chair", "h1")
    for first, second, is_told in (
        (chair, chair, False),
        (chair, ("hscb", "Manager", "h1"), False),
        (chair, ("police", "Chair", "h2"), False),
        (chair, ("hscb", "Chair", None), False),
        ((None, None, "h1"), (None, None, "h2"), False),
        (chair, ("hscb", "Chair", "h2"), True),
    ):
        columns = ("lead_agency", "lead_role", "lead_holder")
        found = of_actions(
            R22, *(dict(zip(columns, lead, strict=True)) for lead in (first, second))
        )
        assert [("1.1a" in m and "1.1b" in m) for m in found] == ([True] if is_told else [])


# Statuses ---------------------------------------------------------------------------------------


def dated(rule, *rows):
    found = result_of(rule, tables_of(action_status=statuses(*rows))).findings
    return [(f.severity, f.file, f.row, f.column, f.found) for f in found]


def test_a_status_lies_within_a_year_of_the_plan_year():
    for day, is_near in (
        ("2013-03-31", False),
        ("2013-04-01", True),
        ("2016-03-31", True),
        ("2016-04-01", False),
        ("9999-12-31", False),
    ):
        expected = [] if is_near else [("error", STATUSES, 2, "as_at", day)]
        assert dated(R34, {"as_at": day}) == expected


def test_of_the_49_statuses_that_were_read_from_the_plan_each_other_day_is_found(given, after):
    assert result_of(R35, given.tables).outcome == "passed"
    for row in range(2, 51):
        (found,) = after(R35, (ActionStatus, row, "as_at", "2014-M10-02"))
        assert (found.severity, found.row, found.found) == ("warning", row, "2014-10-02")
        assert "HSCB Business Plan 2014-15 v1.2 are as at 1 October 2014" in found.message


def test_statuses_of_another_document_or_of_a_meeting_have_days_of_their_own():
    plan_, later = "The plan, L12", "The plan, p. 3"
    days = [{"as_at": "2014-10-01"}, {"as_at": "2014-10-01"}, {"as_at": "2014-11-01"}]
    for third, is_told in (
        (later, True),
        ("The plan, L12-14", True),
        ("Another plan, L12", False),
        ("The plan, the chair", False),
        ("A meeting", False),
    ):
        said = [
            {**day, "reported_in": place}
            for day, place in zip(days, (plan_, later, third), strict=True)
        ]
        expected = [("warning", STATUSES, 4, "as_at", "2014-11-01")] if is_told else []
        assert dated(R35, *said) == expected


# The tables -------------------------------------------------------------------------------------


def made(given, records=None, **changed):
    """Return the plan's tables by their labels; the records may be made up."""
    rows = changed if records is None else {**changed, "action_status": records}
    data = year_of(with_tables(given.tables, **rows), settings=given.settings)
    return {table.label: table for table in chapter.exhibits(data)}


def test_the_tables_of_the_areas_hold_every_action_once_as_the_whole_tells_it(given, report):
    whole = report.exhibit("actions")
    by_action = {row[0]: row for row in whole.texts()}
    assert list(by_action) == [row.action for row in given.tables[PlannedAction]]
    headings = [column.heading for column in whole.columns]
    told = []
    for area in given.tables[ActionArea]:
        table = report.exhibit(chapter.area_label(area.action_area))
        for row in table.texts():
            told.append(row[0])
            cells = dict(zip(headings, by_action[row[0]], strict=True))
            assert cells["Action area"] == f"{area.action_area} {area.title}"
            assert row[0][:-1] == area.action_area
            for column, text in zip(table.columns, row, strict=True):
                assert cells[column.heading] == text
    assert sorted(told) == sorted(by_action)
    assert len(told) == 49


def test_a_timescale_is_told_as_printed_with_what_it_is_read_as(given):
    by_action = {row.action: chapter.timescale(row) for row in given.tables[PlannedAction]}
    assert by_action["4.5b"] == "Feb 14 (read as February 2015)"
    assert by_action["4.5d"] == "Oct 14 for Education Mar 15 for wider application"
    assert by_action["3.1a"] == "TBC"
    assert by_action["3.4b"] == "1 (no legible date)"
    assert by_action["1.1a"] == "no legible date"


def test_leads_are_told_by_role_and_no_code_of_a_holder_is_shown(given, report):
    texts = [text for table in report.exhibits for row in table.texts() for text in row]
    assert not [text for text in texts if "holder_" in text]
    by_action = {row.action: chapter.lead(given, row) for row in given.tables[PlannedAction]}
    assert by_action["1.1c"] == "Business Manager"
    assert by_action["2.1c"] == "Herefordshire Council: Head of Safeguarding and Review"
    assert by_action["3.3c"] == LOST


def test_a_lead_agency_without_a_role_is_told_alone(given):
    """What is known of who leads is never dropped."""
    (row, *_) = given.tables[PlannedAction]
    alone = row.model_copy(update={"lead_role": None, "lead_agency": "west_mercia_police"})
    assert chapter.lead(given, alone) == "West Mercia Police"


def progress(given, *records):
    """Return the progress of 1.1a, of all actions and of its own area alike."""
    tables = made(given, statuses(*records))
    whole, own = tables["actions"], tables["plan-actions-1-1"]
    assert whole.text(0, 0) == own.text(0, 0) == "1.1a"
    told = whole.records()[0]["Progress"]
    assert own.records()[0].get("Progress", "nothing recorded") == told
    return told


def test_progress_is_told_with_what_is_left_to_do_its_impact_and_who_said_so(given):
    said = {"progress": "Begun", "further_work": "Go on", "impact": "Some"}
    record = {"as_at": "2014-07-01", "process": "agreed", "completion": "on_target", **said}
    told = "Progress: Begun; Further work: Go on; Impact so far: Some (1 July 2014, A meeting)"
    assert progress(given, record) == told
    assert progress(given, {**record, "as_at": "2014-10-02"}) == "nothing recorded"
    later = {"as_at": "2014-08-01", "progress": "Halfway"}
    rated = {"as_at": "2014-07-01", "completion": "on_target", "progress": "Begun"}
    for records in ((later, rated), (later,)):
        assert progress(given, *records) == "Progress: Halfway (1 August 2014, A meeting)"


def test_only_an_area_with_progress_has_a_column_for_it(given):
    tables = made(given, statuses({"as_at": "2014-07-01", "impact": "Some"}))
    with_column = [
        area.action_area
        for area in given.tables[ActionArea]
        if "Progress" in [c.heading for c in tables[chapter.area_label(area.action_area)].columns]
    ]
    assert with_column == ["1.1"]


def test_what_has_no_rows_says_so(given):
    """A table without rows would have no headers in the PDF, and stop it."""
    kept = [row for row in given.tables[PlannedAction] if row.action_area != "1.2"]
    tables = made(given, actions=kept)
    assert tables["plan-actions-1-2"].texts()[0][:2] == ("none", "no action")


def test_what_a_reader_must_know_of_a_row_stands_below_its_table(given, report):
    """How a damaged cell was read, a corrected month, and the note of the latest status."""
    records = statuses(
        {"action": "4.3c", "as_at": "2014-10-01", "note": "Old", "completion": "on_target"},
        {"action": "4.3c", "as_at": "2014-10-01", "note": "New", "completion": "at_risk"},
    )
    notes = " ".join(made(given, records)["plan-actions-4-3"].notes)
    assert "4.3c: monitoring read as October 2014 and January 2015" in notes
    assert "4.3c, status: New (1 October 2014, A meeting)." in notes
    assert "Old" not in notes
    area = report.exhibit("plan-actions-1-4")
    assert any(note.startswith('1.4b: printed "Chair of A"') for note in area.notes)


# The outline ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outline(given):
    ((name, sections),) = chapter.outlines(given)
    assert name == "plan-actions"
    return sections


def test_what_is_known_of_no_action_is_said_once_before_the_first_heading(given, report, outline):
    """And has no column in any table."""
    (opening,) = outline[0].blocks
    assert outline[0].title == ""
    assert opening.paragraphs == (
        "How the actions stand is not known: the plan rates 45 of 49 by a code that its key does "
        "not explain, and no other. No progress or impact is recorded for any action.",
    )
    for area in given.tables[ActionArea]:
        table = report.exhibit(chapter.area_label(area.action_area))
        assert not {"Status", "Progress"} & {column.heading for column in table.columns}
        assert not any("status:" in note for note in table.notes)


def test_a_plan_of_which_something_is_known_has_it_in_every_table(given):
    known = {"as_at": "2014-07-01", "completion": "on_target", "progress": "Begun"}
    tables = with_tables(given.tables, action_status=statuses(known))
    data = year_of(tables, settings=given.settings)
    ((_, sections),) = chapter.outlines(data)
    assert all(section.title for section in sections)
    made_tables = made(given, statuses(known))
    for area in given.tables[ActionArea]:
        table = made_tables[chapter.area_label(area.action_area)]
        assert "Status" in [column.heading for column in table.columns]


def test_monitoring_and_terms_known_of_nothing_are_said_once_too(given):
    rows = [row.model_copy(update={"monitoring": None}) for row in given.tables[PlannedAction]]
    lost = {"expected_impact": None, "journey_areas": None}
    areas = [row.model_copy(update=lost) for row in given.tables[ActionArea]]
    tables = with_tables(given.tables, actions=rows, action_areas=areas)
    data = year_of(tables, settings=given.settings)
    ((_, sections),) = chapter.outlines(data)
    (said,) = sections[0].blocks[0].paragraphs
    assert "Not known for any action: monitoring." in said
    assert said.endswith(
        "Not known for any action area: impact expected in the end, improvement journey."
    )
    terms = sections[1].sections[0].blocks[0].terms
    assert [term.term for term in terms] == ["The need came from", "Monitored by"]
    labels = {table.label: table for table in chapter.exhibits(data)}
    headings = [column.heading for column in labels["plan-actions-1-1"].columns]
    assert headings == ["Action", "What should be in place", "Lead", "Due"]


def test_every_development_area_is_a_section_with_its_action_areas_in_their_order(given, outline):
    _, *outline = outline
    assert [section.title for section in outline] == [
        f"Development area {row.area}: {row.title}" for row in given.tables[DevelopmentArea]
    ]
    assert [(s.title[:18], inner.title) for s in outline for inner in s.sections] == [
        (f"Development area {row.development_area}", f"{row.action_area} {row.title}")
        for row in given.tables[ActionArea]
    ]
    assert all(
        isinstance(inner, Section) and not inner.sections for s in outline for inner in s.sections
    )


def test_every_action_area_says_four_things_of_itself_and_ends_with_its_own_table(given, outline):
    """What is lost is said to be lost: no term is left out and none is blank."""
    groups = {row.group: row.name for row in given.tables[PlanGroup]}
    inner = [section for outer in outline for section in outer.sections]
    for section, row in zip(inner, given.tables[ActionArea], strict=True):
        about, table = section.blocks
        assert isinstance(about, Terms)
        assert table == Shown(chapter.area_label(row.action_area))
        need = in_force.NEED[row.need_from] + (f": {row.need}" if row.need else "")
        areas = "; ".join(in_force.JOURNEY_AREA[code] for code in row.journey_areas or ())
        assert [(term.term, term.paragraphs) for term in about.terms] == [
            ("The need came from", (need,)),
            ("Impact expected in the end", (row.expected_impact or LOST,)),
            ("Monitored by", (groups.get(row.monitored_by, LOST),)),
            ("Improvement journey", (areas or "none named",)),
        ]


def test_every_mark_in_the_action_tables_reads_alike_wherever_it_stands(report):
    read = {}
    for table in report.exhibits:
        for row in table.rows:
            for cell in row:
                if isinstance(cell, Mark):
                    read.setdefault(cell.text, set()).add(cell.tone)
                    assert "_" not in cell.word
    assert read
    assert Counter(len(tones) for tones in read.values()).keys() == {1}
