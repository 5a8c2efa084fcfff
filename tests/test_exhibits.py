"""The published tables: rectangular, named, captioned, and never blank."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given

from hscb_report.exhibits import Column, all_exhibits, exhibit
from hscb_report.exhibits.dictionary import dictionary, dictionary_label
from hscb_report.figures import Figure
from hscb_report.schema import declared_tables
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
    captions = [found.caption for found in published]
    assert [caption for caption, times in Counter(captions).items() if times > 1] == []
    assert all("2013-14" in found.caption for found in report.exhibits)
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
        assert all(isinstance(cell, str) for row in found.rows for cell in row[: found.row_headers])


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
            {"heading": column.heading, "numeric": column.unit is not None}
            for column in found.columns
        ]


def test_the_tables_of_a_year_are_made_twice_alike(report):
    assert all_exhibits(report.checks.loaded.tables, report.year) == report.exhibits


def test_every_declared_table_is_in_the_dictionary_with_every_column():
    by_label = {found.label: found for found in dictionary()}
    assert len(by_label) == len(declared_tables())
    for table in declared_tables():
        found = by_label[dictionary_label(table.name)]
        assert [row[0] for row in found.texts()] == [column.name for column in table.columns]


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
