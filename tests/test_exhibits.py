"""The published tables: rectangular, named, captioned, and never blank."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given

from hscb_report.exhibits import Column, Mark, all_exhibits, exhibit
from hscb_report.exhibits.dictionary import dictionary, dictionary_label
from hscb_report.figures import Figure
from hscb_report.report import open_report
from hscb_report.schema import declared_tables
from hscb_report.schema import vocabularies as words
from hscb_report.units import NOT_STATED, POUNDS
from tests.strategies import exhibits as drawn_exhibits


@pytest.fixture(scope="module")
def published(report):
    return (*report.exhibits, *dictionary())


def test_every_row_has_a_cell_for_every_column(published):
    for found in published:
        assert found.rows
        assert {len(row) for row in found.rows} == {len(found.columns)}
        assert {len(row) for row in found.texts()} == {len(found.columns)}


def test_labels_are_unique_and_can_be_anchors(published):
    labels = [found.label for found in published]
    assert [label for label, times in Counter(labels).items() if times > 1] == []
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", label) for label in labels)


def test_the_label_of_a_table_s_chart_is_free(published):
    labels = {found.label for found in published}
    assert not labels & {f"{label}-chart" for label in labels}


def test_captions_are_unique_and_say_the_year(report, published):
    """Inspections, priorities and the source's faults are of no one year.

    The plan is of the year after the report's; its tracker is of a day.
    """
    captions = [found.caption for found in published]
    assert [caption for caption, times in Counter(captions).items() if times > 1] == []
    of_no_year = re.compile(r"inspection-journey|area-.+|priority-\d|discrepancies")
    of_a_day = re.compile(r"tracker-.+")
    for found in report.exhibits:
        if of_a_day.fullmatch(found.label):
            continue
        says = bool(re.search(r"20(13-14|14-15)", found.caption))
        assert says != bool(of_no_year.fullmatch(found.label)), found.label
    assert all(re.fullmatch(r"\S.*[^.\s]", caption) for caption in captions)


def test_headings_are_unique_within_a_table_and_never_blank(published):
    for found in published:
        headings = [column.heading for column in found.columns]
        assert len(headings) == len(set(headings)), found.label
        assert all(heading.strip() for heading in headings)


def test_row_headers_are_text_and_tell_the_rows_apart(published):
    for found in published:
        names = [row[: found.row_headers] for row in found.texts()]
        assert 1 <= found.row_headers < len(found.columns)
        assert len(names) == len(set(names)), found.label
        headers = [cell for row in found.rows for cell in row[: found.row_headers]]
        assert all(isinstance(cell, str | Mark) for cell in headers)


def test_no_cell_is_blank(published):
    """Who listens to a table cannot tell a blank cell from one that was left out."""
    for found in published:
        assert all(text.strip() for row in found.texts() for text in row), found.label


def test_a_missing_value_is_said_in_words(report):
    coverage = report.table("training-coverage")
    assert coverage.texts()[0][-1] == NOT_STATED == "not stated"
    offers = {row[0]: row for row in report.table("training-offers").texts()}
    assert offers["Safeguarding in Leadership"][3:] == ("not stated",) * 3


def test_zero_is_shown_as_zero(report):
    rows = {row[0]: row for row in report.table("referral-outcomes").texts()}
    assert rows["Internally chaired multi-agency review"][1:4] == ("0", "0", "0")


def test_the_outcomes_table_is_that_of_the_source(report):
    assert [row[:4] for row in report.table("referral-outcomes").texts()] == [
        ("Referrals Received", "7", "3", "1"),
        ("Serious Case Reviews", "1", "0", "0"),
        ("Independently chaired multi-agency review", "2", "2", "0"),
        ("Internally chaired multi-agency review", "0", "0", "0"),
        ("Single Agency Review", "1", "0", "0"),
        ("Did not meet criteria for review", "3", "1", "1"),
        (
            "Reviews completed during the year following referrals made in 2012-2013",
            *("1", "0", "0"),
        ),
    ]


def test_the_budget_is_printed_as_the_board_printed_it(report):
    assert report.table("budget-income").texts() == (
        ("Herefordshire Council", "£127,016"),
        ("NHS Herefordshire", "£45,203"),
        ("West Mercia Police", "£30,165"),
        ("Youth Offending Service", "£645"),
        ("West Mercia Probation", "£4,612"),
        ("CAFCASS", "£550"),
        ("Funding carried forward", "£39,306"),
        ("Total income", "£247,497"),
    )
    assert [row[1] for row in report.table("budget-expenditure").texts()] == [
        *("£22,000", "£142,512", "£7,478", "£20,192", "£20,928", "£778", "£6,630"),
        *("£26,979", "£247,497"),
    ]


def test_the_steps_of_the_balance_add_up(report):
    *steps, carried = [row[1].value for row in report.table("budget-balance").rows]
    assert sum(steps) == carried == 26979


@pytest.mark.parametrize("label", ["contribution-shares", "spend-shares"])
def test_the_last_row_of_a_table_of_shares_is_the_sum_of_the_others(report, label):
    *rows, last = report.table(label).rows
    assert last[0] == "Total"
    assert last[1].value == sum(row[1].value for row in rows)
    assert report.table(label).texts()[-1][2] == "100.00%"


def test_a_qualifier_and_a_corrected_unit_stand_in_the_context_table(report):
    table = report.table("context-measures")
    rows = {(row[0], row[1]): row for row in table.texts()}
    assert "over" in rows["Looked-after children placed here by other authorities", "Herefordshire"]
    rate = rows["Rate of first-time entrants to youth justice", "England"]
    assert "464" in rate
    assert "first-time entrants per 100,000" in rate
    assert any('prints "464 per 10,000"' in note for note in table.notes)


def test_an_inferred_number_is_noted_with_what_is_printed(report):
    notes = report.table("audit-programme").notes
    assert any('the source prints "Light"; 8 is inferred' in note for note in notes)


def test_a_figure_in_a_table_is_that_of_the_ledger(report):
    shares = report.table("contribution-shares")
    assert shares.texts()[0][1:] == (
        report.value("budget.council_contribution"),
        report.value("budget.council_share_of_contributions"),
    )
    assert shares.texts()[-1][1] == report.value("budget.contributions")


def test_the_json_of_a_table_is_made_of_its_texts(published):
    for found in published:
        told = json.loads(json.dumps(found.as_json()))
        assert told["label"] == found.label
        assert [tuple(row) for row in told["rows"]] == list(found.texts())
        assert told["columns"] == [
            {"heading": column.heading, "numeric": column.unit is not None or column.mixed}
            for column in found.columns
        ]


def test_the_tables_of_a_year_are_made_twice_alike(report):
    again = all_exhibits(
        report.checks.loaded.tables, report.year, report.settings.board.area, report.as_at
    )
    assert again == report.exhibits


def test_every_declared_table_is_in_the_dictionary_with_every_column():
    by_label = {found.label: found for found in dictionary()}
    assert len(by_label) == len(declared_tables())
    for table in declared_tables():
        found = by_label[dictionary_label(table.name)]
        assert [row[0] for row in found.texts()] == [column.name for column in table.columns]


# The content that the specification counts ----------------------------------------------------


def rows_of(report, label):
    return report.table(label).texts()


def test_the_journey_is_seven_areas_by_two_inspections(report):
    table = report.table("inspection-journey")
    assert [column.heading for column in table.columns] == ["Area", "Ofsted 2012", "Ofsted 2014"]
    assert [row[0] for row in table.texts()] == list(words.JOURNEY_AREA.values())
    assert any("Has not been sufficiently effective" in note for note in table.notes)
    assert any("Requires Improvement" in note for note in table.notes)


@pytest.mark.parametrize("area", words.JOURNEY_AREA)
def test_an_area_of_the_journey_has_what_each_inspection_said(report, area):
    """The area's own table and the journey say the same."""
    rows = rows_of(report, f"area-{area.replace('_', '-')}")
    assert [row[0] for row in rows] == ["Ofsted 2012", "Ofsted 2014"]
    journey = {row[0]: row[1:] for row in rows_of(report, "inspection-journey")}
    assert tuple(row[1] for row in rows) == journey[words.JOURNEY_AREA[area]]


def test_a_statement_that_is_merged_into_another_is_said_to_be(report):
    journey = {row[0]: row[1:] for row in rows_of(report, "inspection-journey")}
    assert journey["Performance Monitoring"][0] == "Covered by the statement on another area"


def test_nine_periodic_and_ten_annual_reports_are_listed(report):
    often = Counter(row[1] for row in rows_of(report, "periodic-reports"))
    assert often == {"Quarterly": 8, "Termly": 1, "Annual": 10}


def test_ten_headlines_are_listed_and_none_has_a_value(report):
    rows = rows_of(report, "headline-measures")
    assert len(rows) == 9
    assert sum(int(row[1]) for row in rows) == 10
    assert {row[2] for row in rows} == {"no value published"}


def test_a_headline_with_a_value_is_printed_in_the_style_of_every_figure(table, data):
    """Beside it, the others still say that none is published."""
    table("headline_measures").set(2, "value", "1234.50")
    rows = rows_of(open_report("2013-14", data=data), "headline-measures")
    assert [row[2] for row in rows] == ["1,234.5", *["no value published"] * 8]


def test_four_policies_were_developed_and_six_are_scheduled(report):
    status = Counter(row[1] for row in rows_of(report, "policies"))
    assert status == {"Developed in the year": 4, "Scheduled for next year": 6}


SAID, DID, DIFFERENCE = words.STATEMENT_KIND.values()


@pytest.mark.parametrize(
    ("priority", "said", "did", "difference"),
    [(1, 3, 3, 3), (2, 2, 3, 1), (3, 4, 6, 4), (4, 3, 3, 2)],
)
def test_a_priority_has_what_was_said_done_and_claimed(report, priority, said, did, difference):
    rows = rows_of(report, f"priority-{priority}")
    kinds = Counter(row[1] for row in rows)
    assert kinds == {SAID: said, DID: did, DIFFERENCE: difference}
    for row in rows:
        assert (row[3] == "not graded") == (row[1] != DIFFERENCE)


def test_the_four_priorities_have_all_statements_between_them(report):
    labels = [found.label for found in report.exhibits if re.match(r"priority-", found.label)]
    assert labels == [f"priority-{number}" for number in range(1, 5)]
    kinds = Counter(row[1] for label in labels for row in rows_of(report, label))
    assert kinds == {SAID: 12, DID: 15, DIFFERENCE: 10}


def test_the_claimed_differences_are_graded_and_the_words_are_those_of_the_key(report):
    """Only the first letter is made a capital: the Board keeps its own."""
    assert list(rows_of(report, "evidence-grades")) == [
        ("Two figures to compare", "0"),
        ("One figure, nothing to compare it with", "0"),
        ("The view of an inspection or review", "1"),
        ("The Board's own account", "9"),
    ]


def test_the_members_are_twenty_three_people_in_twenty_one_rows(report):
    rows = rows_of(report, "membership")
    assert len(rows) == 21
    assert sum(int(row[3]) for row in rows) == 23
    assert [row[3] for row in rows if row[1] == "Lay Members"] == ["3"]


def test_all_162_attendance_ratings_are_said_to_be_lost(report):
    """Eighteen agencies by nine groups: nothing is invented, and nothing is blank."""
    table = report.table("attendance")
    assert (len(table.rows), len(table.columns)) == (18, 10)
    cells = [cell for row in table.texts() for cell in row[1:]]
    assert cells == ["lost"] * 162
    assert any('"lost": not recoverable from the published text' in n for n in table.notes)


def test_attendance_ratings_that_are_known_are_shown(data):
    (data / "2013-14/attendance_ratings.csv").write_text(
        "agency,group,rating,source,locator,basis,as_printed,note\n"
        "hscb,training,not_a_member,ar,L892,derived,,For a test\n"
    )
    table = open_report("2013-14", data=data).table("attendance")
    assert table.texts()[0][7] == "Not on group membership"
    assert table.notes == ()


def test_the_budget_has_the_lines_of_the_source(report):
    """Six contributors and the balance; seven lines of spend and the balance."""
    assert len(rows_of(report, "budget-income")) == 6 + 1 + 1
    assert len(rows_of(report, "budget-expenditure")) == 7 + 1 + 1
    assert len(rows_of(report, "contribution-shares")) == 6 + 1
    assert len(rows_of(report, "spend-shares")) == 7 + 1


def test_spend_by_heading_does_not_take_missing_for_nought(report):
    rows = {row[0]: row[1:] for row in rows_of(report, "spend-by-heading")}
    assert rows["Child death reviews"] == (NOT_STATED, NOT_STATED)
    assert rows["Case reviews"] == ("£20,928", "9.49%")
    assert rows["Training and learning events"] == ("£20,192", "9.16%")
    assert rows["Other"] == ("£179,398", "81.35%")
    assert rows["Total"] == ("£220,518", "100.00%")


def test_the_burden_of_contributions_is_that_of_the_ledger(report):
    rows = [row[1] for row in rows_of(report, "contribution-burden")]
    assert rows == ["61.01%", "97.21%", "0.44", "6", "6", "£5.77", "£6.11"]


def test_twelve_requirements_are_listed_and_one_is_not_met(report):
    rows = rows_of(report, "statutory-coverage")
    assert len(rows) == 12
    assert Counter(row[2] for row in rows) == {
        "By evidence": 6,
        "By narrative only": 5,
        "Not at all": 1,
    }
    assert [row[0] for row in rows if row[2] == "Not at all"] == ["Spend on child death reviews"]


def test_every_discrepancy_is_listed_with_what_finds_it(report, tables):
    rows = rows_of(report, "discrepancies")
    assert [row[0] for row in rows] == [row.discrepancy for row in tables.discrepancies]
    found_by = {row[0]: row[3] for row in rows}
    assert (found_by["I-01"], found_by["I-09"], found_by["I-21"]) == (
        *("rule R17", "rule R25", "rule R23"),
    )
    assert found_by["I-02"] == "reading"


def test_the_steps_from_referral_to_review_are_shown_by_stream(report):
    assert [row[1:] for row in rows_of(report, "referral-funnel")] == [
        ("7", "3", "1", "11"),
        ("4", "2", "0", "6"),
        ("3", "2", "0", "5"),
        ("1", "0", "0", "1"),
    ]


def test_the_loop_of_the_audits_is_shown_with_its_share(report):
    assert [row[1] for row in rows_of(report, "audit-loop")] == ["7", "4", "57%", "1"]


# Exhibits as such -----------------------------------------------------------------------------


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="a-label, row 2: 1 cells, 2 columns"):
        exhibit("a-label", "Caption", [Column("A"), Column("B")], [("a", "b"), ("a",)])


def test_a_blank_or_missing_cell_is_not_stated():
    found = exhibit("a-label", "Caption", [Column("A"), Column("B", POUNDS)], [("", Figure(None))])
    assert found.texts() == ((NOT_STATED, NOT_STATED),)


def test_records_hold_unrounded_values_by_heading():
    found = exhibit(
        "a-label",
        "Caption",
        [Column("A"), Column("B", POUNDS)],
        [("a", Figure(2)), ("b", Figure(None))],
    )
    assert found.records() == [{"A": "a", "B": 2}, {"A": "b", "B": None}]


@given(drawn_exhibits())
def test_texts_and_json_and_records_tell_of_the_same_cells(found):
    texts = found.texts()
    assert [tuple(row) for row in found.as_json()["rows"]] == list(texts)
    assert len(texts) == len(found.rows) == len(found.records())
    for row, told in zip(found.rows, texts, strict=True):
        for cell, text in zip(row, told, strict=True):
            assert text == (cell or NOT_STATED) if isinstance(cell, str) else text
