"""The cells of the plan: labels, lists of months and years, references to one of several tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from hscb_report.errors import UsageError
from hscb_report.measures.golden_thread import origins
from hscb_report.report import check_year
from hscb_report.schema import declared_tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import (
    ACTION,
    ACTION_AREA,
    DAY,
    MONTHS,
    YEARS,
    Month,
    codes,
    reference,
)
from hscb_report.years import ReportingYear, day_text, parse_day
from tests.strategies import months
from tests.strategies import years as drawn_years

AREAS = codes(words.JOURNEY_AREA)
POLYMORPHIC = [
    (table, column)
    for table in declared_tables()
    for column in table.columns
    if column.kind.references_by
]


# What a cell may hold ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (ACTION, "3.2b", "3.2b"),
        (ACTION, "12.10z", "12.10z"),
        (ACTION_AREA, "3.2", "3.2"),
        (ACTION_AREA, "12.10", "12.10"),
        (MONTHS, "2014-M10", (Month(2014, 10),)),
        (MONTHS, "2014-10", (Month(2014, 10),)),
        (MONTHS, "2014-M10;2015-M03", (Month(2014, 10), Month(2015, 3))),
        (MONTHS, "2015-M03 ; 2014-M10", (Month(2015, 3), Month(2014, 10))),
        (YEARS, "2013-14", (ReportingYear(2013),)),
        (YEARS, "2015-16; 2013-14", (ReportingYear(2015), ReportingYear(2013))),
        (AREAS, "voice;audit", ("voice", "audit")),
        (DAY, "2014-M10-01", date(2014, 10, 1)),
        (DAY, "2014-10-01", date(2014, 10, 1)),
        (DAY, "2016-M02-29", date(2016, 2, 29)),
    ],
)
def test_a_cell_is_read_as_its_kind_says_and_a_list_keeps_its_order(kind, cell, value):
    assert kind.parse(cell) == value


ACTION_LABEL = "expected the label of an action, such as 3.2b."
AREA_LABEL = "expected the label of an action area, such as 3.2."
A_MONTH = "expected a month written 2013-M06."
SOME_MONTHS = "expected one or more months, 2014-M10, between semicolons."
SOME_YEARS = "expected one or more reporting years, 2013-14, between semicolons."
A_YEAR = "expected a reporting year written 2013-14."
A_DAY = "expected a day written 2014-M10-01."
REFUSED = [
    *((ACTION, cell, ACTION_LABEL) for cell in ("3.2", "3.2B", "3.2bb", "3b", "0.1a", "3.02a")),
    *((ACTION, cell, ACTION_LABEL) for cell in ("3.2 b", "3,2b", "١.٢a", "3.2b\n", "")),
    *((ACTION_AREA, cell, AREA_LABEL) for cell in ("3", "3.2b", "3.0", "0.3", "3.2.1", "3.", "")),
    *((MONTHS, cell, SOME_MONTHS) for cell in ("2014-M10;", ";2014-M10", "2014-M10;;2015-M03")),
    *((MONTHS, cell, SOME_MONTHS) for cell in (";", "")),
    *((MONTHS, cell, A_MONTH) for cell in ("2014-M10,2015-M03", "2014-M13", "Oct-14")),
    *((YEARS, cell, SOME_YEARS) for cell in ("2013-14;", "")),
    *((YEARS, cell, A_YEAR) for cell in ("2013-15", "2013-14 2014-15", "2013")),
    *((DAY, cell, A_DAY) for cell in ("2014-M02-29", "2014-M10-1", "2014-M10", "1 October 2014")),
    *((DAY, cell, A_DAY) for cell in ("0000-01-01", "2014-W10-01", "01/10/2014", "20141001", "")),
]


@pytest.mark.parametrize(("kind", "cell", "says"), REFUSED)
def test_anything_else_is_refused_and_the_right_form_shown(kind, cell, says):
    with pytest.raises(PydanticCustomError) as refused:
        kind.parse(cell)
    assert refused.value.message() == says


@pytest.mark.parametrize("cell", ["voice;", "voice;;audit", "voice, audit", "voices"])
def test_a_list_of_codes_with_an_empty_or_unknown_part_is_refused(cell):
    says = "expected one (of: training, governance|or more of the listed codes)"
    with pytest.raises(PydanticCustomError, match=says):
        AREAS.parse(cell)


@pytest.mark.parametrize(("kind", "cell"), [(DAY, "01/10/2014"), (MONTHS, "2014-M09;Oct-14")])
def test_what_a_spreadsheet_rewrote_is_told_so(kind, cell):
    with pytest.raises(PydanticCustomError) as refused:
        kind.parse(cell)
    assert refused.value.context["hint"] == "A spreadsheet program has probably rewritten it."


@given(st.lists(months, min_size=1, max_size=4), st.sampled_from((";", "; ", " ; ")))
def test_months_read_back_as_they_are_written(found, between):
    assert MONTHS.parse(between.join(map(str, found))) == tuple(found)


@given(st.lists(drawn_years, min_size=1, max_size=4))
def test_years_read_back_as_they_are_written(found):
    assert YEARS.parse(";".join(map(str, found))) == tuple(found)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_reads_back_in_both_forms_and_is_printed_in_words(day):
    assert parse_day(day.isoformat()) == parse_day(f"{day:%Y-M%m-%d}") == day
    number, month, year = day_text(day).split(" ")
    assert (number, year) == (str(day.day), str(day.year))
    assert month == Month(day.year, day.month).name


def test_a_day_is_printed_as_the_report_prints_it():
    assert day_text(date(2014, 10, 1)) == "1 October 2014"


@pytest.mark.parametrize("text", ["2014-10-32", "yesterday", "", " 2014-10-01", "2014-10-01T00:00"])
def test_what_is_no_day_is_refused_in_words(text):
    with pytest.raises(UsageError, match=r"is not a day\. Write it as 2014-10-01\.$") as refused:
        parse_day(text)
    assert f'"{text}"' in str(refused.value)


@given(st.text(max_size=12))
def test_no_text_is_taken_for_a_day_that_is_not_written_like_one(text):
    try:
        day = parse_day(text)
    except UsageError:
        return
    assert text.replace("M", "") == day.isoformat()


# Labels that fit --------------------------------------------------------------------------------


def test_every_action_of_the_data_fits_its_area_and_every_area_its_development_area(tables):
    assert {row.action[:-1] for row in tables.actions} == {
        row.action_area for row in tables.action_areas
    }
    for row in tables.actions:
        assert row.action.startswith(row.action_area)
    for row in tables.action_areas:
        assert row.action_area.startswith(f"{row.development_area}.")


@pytest.mark.parametrize(
    ("name", "column", "cell", "at", "found", "expected"),
    [
        ("actions", "action_area", "1.2", "action_area", "1.2", "1.1"),
        ("actions", "action", "1.2z", "action_area", "1.1", "1.2"),
        ("action_areas", "development_area", "2", "development_area", "2", "1"),
        ("action_areas", "action_area", "2.9", "development_area", "1", "2"),
    ],
)
def test_a_label_that_does_not_fit_its_area_is_refused_at_the_area(
    table, finding, name, column, cell, at, found, expected
):
    table(name).set(2, column, cell)
    told = finding()
    assert (told.rule, told.severity) == ("L4", "error")
    assert (told.file, told.row, told.column) == (f"2013-14/{name}.csv", 2, at)
    assert told.found == found
    assert told.message == f"expected {expected}, as the row's label says."


def test_a_wrong_label_is_told_alone_and_not_its_area_too(table, finding):
    """What does not read as a label says nothing of the area."""
    table("actions").set(2, "action", "1.1")
    assert (finding().column, finding().message) == ("action", ACTION_LABEL)


def test_an_area_that_is_not_among_the_action_areas_is_told(table, load):
    areas = table("action_areas")
    last = len(areas.records)
    assert areas.cell(last, "action_area") == "4.5"
    areas.rewrite(lambda records: records[:-1])
    found = [f for f in load().findings if f.file == "2013-14/actions.csv"]
    assert {(f.rule, f.column, f.found) for f in found} == {("L6", "action_area", "4.5")}
    assert len(found) == 5


@pytest.mark.parametrize("cell", ["2014-M10;", "2014-M10;;2015-M03", "2014-M10 2015-M03"])
def test_a_damaged_list_of_months_is_refused_at_its_cell(table, finding, cell):
    table("actions").set(49, "due", cell)
    told = finding()
    assert (told.rule, told.row, told.column, told.found) == ("L4", 49, "due", cell)


def test_a_list_of_months_keeps_the_order_of_the_file(table, load):
    table("actions").set(49, "due", "2015-M03; 2014-M10")
    (row,) = [row for row in load().tables.actions if row.action == "4.5d"]
    assert row.due == (Month(2015, 3), Month(2014, 10))


# References to one of several tables ------------------------------------------------------------


def test_the_golden_thread_has_the_references_that_depend_on_a_code():
    assert [(table.name, column.name) for table, column in POLYMORPHIC] == [
        ("golden_thread", "item"),
        ("golden_thread", "reached"),
    ]


@pytest.mark.parametrize(("table", "column"), POLYMORPHIC, ids=lambda one: one.name)
def test_every_code_of_the_deciding_column_has_a_declared_column_to_refer_to(table, column):
    deciding, targets = column.kind.references_by
    kinds = {other.name: other for other in table.columns}
    assert kinds[deciding].required
    assert set(targets) == set(kinds[deciding].kind.vocabulary)
    declared = {other.name: {c.name for c in other.columns} for other in declared_tables()}
    for target in targets.values():
        name, _, its_column = target.partition(".")
        assert its_column in declared[name]


def test_a_reference_says_of_which_tables_it_may_be():
    assert reference("actions.action").allowed == "a code that stands in actions.action"
    assert "target" in reference(by=("target", {})).allowed


@pytest.mark.parametrize(
    ("row", "cells", "column", "where", "hint"),
    [
        (2, {"origin": "lesson"}, "item", "cdop_lessons.csv, column lesson", "Look the code up"),
        (2, {"origin": "priority"}, "item", "stated_priorities.csv, column stated", "Known: "),
        (
            2,
            {"item": "incomplete_form"},
            "item",
            "audit_findings.csv, column finding",
            'Did you mean "incomplete_forms"?',
        ),
        (2, {"target": "policy"}, "reached", "policies.csv, column policy", "Known: "),
        (2, {"target": "training"}, "reached", "training_offers.csv, column offer", "Known: "),
        (2, {"reached": "1.3"}, "reached", "actions.csv, column action", 'Did you mean "1.3'),
        (
            2,
            {"target": "action_area"},
            "reached",
            "action_areas.csv, column action_area",
            'Did you mean "1.3"',
        ),
        (
            3,
            {"reached": "Levels of Need and Service Response Guidance"},
            "reached",
            "policies.csv, column policy",
            'Did you mean "Levels of Need & Service Response Guidance"?',
        ),
    ],
)
def test_what_stands_in_another_table_than_the_code_says_is_refused_with_a_suggestion(
    table, finding, row, cells, column, where, hint
):
    thread = table("golden_thread")
    for name, cell in cells.items():
        thread.set(row, name, cell)
    told = finding()
    assert (told.rule, told.severity) == ("L6", "error")
    assert (told.file, told.row, told.column) == ("2013-14/golden_thread.csv", row, column)
    assert told.found == thread.cell(row, column)
    assert told.message == f"expected a code that stands in 2013-14/{where}."
    assert told.hint.startswith(hint)


def test_an_item_is_known_as_soon_as_its_code_says_the_right_table(table, load):
    thread = table("golden_thread")
    thread.set(2, "origin", "lesson")
    thread.set(2, "item", "safe_sleeping")
    assert load().findings == ()


def test_both_ends_of_a_thread_are_told_at_once(table, load):
    thread = table("golden_thread")
    thread.set(2, "item", "nothing")
    thread.set(2, "reached", "9.9z")
    assert [(f.rule, f.column, f.found) for f in load().findings] == [
        ("L6", "item", "nothing"),
        ("L6", "reached", "9.9z"),
    ]


def test_codes_of_a_damaged_table_that_a_thread_leads_to_are_not_called_unknown(table, finding):
    table("actions").set(2, "due", "soon")
    assert (finding().rule, finding().file) == ("L4", "2013-14/actions.csv")


def test_a_thread_from_what_is_no_start_is_told_or_shown(table, data):
    """Otherwise it is kept, and no page, count or finding has it."""
    statements = table("inspection_statements")
    row = [record[0] for record in statements.records].index("ofsted_2012_voice") + 1
    assert statements.cell(row, "said") == "additional_priority"
    thread = table("golden_thread")
    thread.set(11, "origin", "inspection")
    thread.set(11, "item", "ofsted_2012_voice")
    checks = check_year("2013-14", data)
    found = origins(checks.loaded.tables)
    shown = {thread.place.row for origin in found for thread in origin.threads}
    told = {f.row for f in checks.findings if f.file == "2013-14/golden_thread.csv"}
    assert 11 in shown | told
