"""Records: which tables there are, where they lie, and that they name nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from hscb_report.report import table_schemas
from hscb_report.schema.cells import read_record_number
from hscb_report.schema.columns import kind_of
from hscb_report.schema.records import RECORDS, ChildDeathRecord, ReferralRecord, record_schemas
from hscb_report.store.table_file import TableFile
from hscb_report.years import ReportingYear
from tests.in_force import IN_FORCE

YEAR = ReportingYear(2016)
SCHEMAS = {schema.row: schema for schema in record_schemas(IN_FORCE)}
_PEOPLE = {"child", "person", "member", "case", "referral", "establishment", "booking", "answer"}


def findings(row, text):
    return [
        (f.rule, f.row, f.column) for f in TableFile.of(SCHEMAS[row], YEAR, text.encode()).findings
    ]


def test_no_report_is_made_of_records():
    """Their names are none of the report's, so that `schema NAME` means one table."""
    assert not {row.info.name for row in RECORDS} & {table.name for table in table_schemas()}


@pytest.mark.parametrize("schema", record_schemas(), ids=lambda schema: schema.name)
def test_records_are_protected_and_lie_in_the_private_folder_of_their_year(schema):
    assert schema.info.protected
    assert schema.path(YEAR) == f"private/records/2016-17/{schema.name}.csv"


def test_people_and_children_have_a_number_and_no_column_is_for_names():
    for schema in SCHEMAS.values():
        for column in schema.columns:
            if column.name in _PEOPLE:
                kind = kind_of(schema.row.model_fields[column.name])
                assert kind is not None
                assert kind.name == "record number"
                assert "name" not in column.name


@given(st.from_regex(r"[A-Z]{0,4}[-/]?[0-9]{1,6}", fullmatch=True))
def test_a_number_may_have_a_few_letters_before_it(number):
    if number[0] not in "-/":
        assert read_record_number(number) == number


@pytest.mark.parametrize(
    "name", ["Smith", "Amy", "J Smith", "smith1", "Amy Jones 2", "O'Hara", "", "1" * 21]
)
def test_a_name_is_refused_and_never_repeated(name):
    with pytest.raises(PydanticCustomError) as refused:
        read_record_number(name)
    assert not name or name not in str(refused.value.message()).replace("CD-7", "")


def test_a_review_before_the_death_and_a_notification_before_it_are_refused_at_their_cells():
    text = (
        "child,died,notified,reviewed\n"
        "1,2016-M05-02,2016-M05-01,2016-M06-01\n"
        "2,2016-M05-02,2016-M05-03,2016-M05-02\n"
        "3,2016-M05-02,2016-M05-02,2016-M05-02\n"
    )
    assert findings(ChildDeathRecord, text) == [("L4", 2, "notified"), ("L4", 3, "reviewed")]


def test_a_code_of_another_dimension_is_refused():
    """`male` is no age, although both are categories of a death."""
    text = "child,died,sex,age_band\n1,2016-M05-02,male,male\n2,2016-M05-02,1 to 4 years,female\n"
    assert findings(ChildDeathRecord, text) == [
        ("L4", 2, "age_band"),
        ("L4", 3, "sex"),
        ("L4", 3, "age_band"),
    ]


def test_a_board_that_breaks_down_otherwise_may_use_any_of_its_categories():
    own = {**IN_FORCE, "death_category": IN_FORCE["stream"]}
    (schema,) = (s for s in record_schemas(own) if s.row is ChildDeathRecord)
    text = b"child,died,sex\n1,2016-M05-02,children\n"
    assert TableFile.of(schema, YEAR, text).findings == []


def test_a_decision_has_an_outcome_and_a_day_and_comes_after_the_referral():
    text = (
        "referral,stream,received,decided,outcome,completed\n"
        "1,children,2016-M05-02,2016-M06-02,not_met,\n"
        "2,children,2016-M05-02,2016-M06-02,,\n"
        "3,children,2016-M05-02,,not_met,\n"
        "4,children,2016-M05-02,2016-M05-01,not_met,\n"
        "5,children,2016-M05-02,2016-M06-02,not_met,2016-M06-01\n"
        "6,children,2016-M05-02,,,\n"
    )
    assert findings(ReferralRecord, text) == [
        ("L4", 3, "outcome"),
        ("L4", 4, "outcome"),
        ("L4", 5, "decided"),
        ("L4", 6, "completed"),
    ]


def test_a_day_outside_the_year_is_found_where_it_must_lie_in_it():
    (schema,) = (s for s in SCHEMAS.values() if s.name == "meetings")
    text = b"meeting,group,day\n1,board,2016-M04-01\n2,board,2017-M04-01\n3,board,2017-M03-31\n"
    (found,) = TableFile.of(schema, YEAR, text).findings
    assert (found.rule, found.row, found.column) == ("L7", 3, "day")
    assert found.message == "expected a day of 2016-17 (April to March)."
