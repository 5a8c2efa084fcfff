"""The declared tables fit together; a year's tables are found by the class of their rows."""

from itertools import product

import pytest
from hypothesis import given
from pydantic_core import PydanticCustomError

from hscb_report.report import table_schemas
from hscb_report.schema import Tables, TableSchema
from hscb_report.schema.finance import Contribution, Expenditure
from hscb_report.schema.reference import Agency, Regime, Source
from hscb_report.schema.row import SourcedRow
from hscb_report.schema.tables import UndeclaredTableError
from hscb_report.schema.vocabularies import STATUTORY_HEADING, Vocabulary
from tests.strategies import contributions, expenditure

SCHEMAS = table_schemas()
BY_NAME = {schema.name: schema for schema in SCHEMAS}
SOURCES_OF_ROW = ["source", "locator", "basis", "as_printed", "note"]
# What this project says of its own report, and not of the source.
OURS = {
    *("sources", "accepted", "exempt_numbers", "action_status", "recommendation_status"),
    *("table_sources", "contents", "pictures", "own_tables", "corrections", "confirmed"),
    *("points", "key_figures"),
    "received",
}
by_table = pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)


def columns(name):
    return {column.name: column for column in BY_NAME[name].columns}


# The declarations -------------------------------------------------------------------------------


def test_every_table_is_declared_once():
    assert len(BY_NAME) == len(SCHEMAS)


@by_table
def test_the_key_columns_of_a_table_exist_and_must_be_filled(schema):
    required = {column.name for column in schema.columns if column.required}
    # An accepted warning of no row, an outcome without a method, a measurement of all, a point
    # that a draft has not said yet, a sheet of others' that stands below no heading.
    may_be_empty = {
        "accepted": {"row"},
        "points": {"sentence"},
        "referral_outcomes": {"method"},
        "mappings": {"heading"},
        "measurements": {"dimension", "category"},
        "protected_measurements": {"dimension", "category"},
    }.get(schema.name, set())
    assert schema.info.keys
    assert set(schema.info.keys) - required == may_be_empty


@by_table
def test_every_column_says_what_it_means(schema):
    assert all(column.description for column in schema.columns)
    assert not {"place", "info"} & {column.name for column in schema.columns}


@by_table
def test_what_a_column_refers_to_is_a_column_of_a_declared_table(schema):
    """Where another column decides on the table, each of its codes has one."""
    for column in schema.columns:
        targets = [column.kind.references] if column.kind.references else []
        if column.kind.references_by:
            deciding, by_code = column.kind.references_by
            assert columns(schema.name)[deciding].required
            assert set(by_code) == set(columns(schema.name)[deciding].kind.vocabulary)
            targets += by_code.values()
        for target in targets:
            name, _, its_column = target.partition(".")
            assert its_column in columns(name)


@by_table
def test_the_columns_that_say_where_a_row_comes_from_stand_last(schema):
    """Every table of the year that is not our own has them."""
    names = [column.name for column in schema.columns]
    sourced = issubclass(schema.row, SourcedRow)
    assert (names[-5:] == SOURCES_OF_ROW) == sourced
    assert sourced == (schema.info.folder == "year" and schema.name not in OURS)


def test_counts_of_children_and_cases_are_protected_and_money_is_not():
    """Disclosure control decides on tables that count or describe children or victims."""
    assert {schema.name for schema in SCHEMAS if schema.info.protected} == {
        *("referrals", "referral_outcomes", "reviews_carried_over", "referral_totals"),
        *("child_deaths", "cdop_lessons", "audit_programme", "earlier_figures"),
        "protected_measurements",
        *("audit_grades", "reviews"),
    }


def test_only_what_is_wrong_in_a_source_belongs_to_one_kind_of_report_alone():
    assert {schema.name for schema in SCHEMAS if schema.info.of_reconstruction} == {"discrepancies"}


@by_table
def test_a_table_lies_in_the_year_in_what_a_board_has_or_in_what_holds_for_every_board(schema):
    """Nothing that is common to all boards can be protected."""
    assert schema.info.folder in ("year", "reference", "common")
    assert not schema.info.protected or schema.info.folder == "year"


def reads(column, cell):
    try:
        return column.kind.read(cell)
    except PydanticCustomError:
        return None


def test_amounts_below_zero_are_allowed_where_money_may_be_owed_or_come_back():
    found = {
        (schema.name, column.name)
        for schema in SCHEMAS
        for column in schema.columns
        if column.kind.name in ("money", "count") and reads(column, "-12") is not None
    }
    lines = product(("expenditure", "other_income"), ("amount", "budget", "next_year"))
    assert found == {*lines, ("fund_balances", "amount")}


def test_the_period_of_a_value_is_a_typed_one():
    assert columns("measurements")["period"].kind.name == "period"


# A schema ---------------------------------------------------------------------------------------


def test_the_path_of_a_table_is_in_the_year_or_among_what_is_common_to_all():
    assert TableSchema(Contribution).path("2013-14") == "2013-14/contributions.csv"
    assert TableSchema(Agency).path("2013-14") == "reference/agencies.csv"
    assert TableSchema(Regime).path("2013-14") == "common/regimes.csv"


def test_a_schema_may_hold_a_board_s_own_vocabularies():
    own = Vocabulary("statutory_heading", {"premises": "Premises"})
    schema = TableSchema(Expenditure, {"statutory_heading": own})
    kinds = {column.name: column.kind for column in schema.columns}
    assert kinds["statutory_heading"].vocabulary == own
    assert kinds["basis"].vocabulary.name == "basis"
    assert columns("expenditure")["statutory_heading"].kind.vocabulary == STATUTORY_HEADING


def test_a_vocabulary_has_one_name_and_a_name_one_vocabulary():
    """So that what a board puts in its place is put there and nowhere else."""
    declared = {}
    for schema in SCHEMAS:
        for column in schema.columns:
            if vocabulary := column.kind.vocabulary:
                assert declared.setdefault(vocabulary.name, vocabulary) == vocabulary


# The rows of a year -----------------------------------------------------------------------------


@given(contributions, expenditure)
def test_rows_are_found_by_their_class_or_their_table_s_name_and_none_is_lost(paid, spent):
    tables = Tables().with_rows(Contribution, paid).with_rows(Expenditure, iter(spent))
    assert tables[Contribution] == tables.named("contributions") == paid
    assert tables[Expenditure] == tables.named("expenditure") == spent
    assert tuple(tables) == (*paid, *spent)


@given(contributions, contributions)
def test_other_rows_in_a_table_make_other_tables_and_leave_the_first_as_they_were(paid, others):
    tables = Tables().with_rows(Contribution, paid)
    assert tables.with_rows(Contribution, others)[Contribution] == others
    assert tables[Contribution] == paid


@given(contributions, expenditure)
def test_who_declares_what_he_reads_is_given_that_and_refused_anything_else(paid, spent):
    """By the name of what he would have to declare; the rows are the same."""
    tables = Tables().with_rows(Contribution, paid).with_rows(Expenditure, spent)
    some = tables.only([Contribution])
    assert some[Contribution] == paid
    for refused in (some, some.with_rows(Contribution, ())):
        with pytest.raises(UndeclaredTableError, match="add Expenditure to reads"):
            refused[Expenditure]
    assert tables[Expenditure] == spent


def test_a_table_without_a_file_has_no_rows():
    assert Tables()[Source] == Tables().named("sources") == Tables().named("no_table") == ()
