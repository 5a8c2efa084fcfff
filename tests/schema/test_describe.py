"""The declarations as data, for `hscb-report schema`, and for people."""

import json
import re
from dataclasses import replace

from hscb_report.report import table_schemas
from hscb_report.schema import TableSchema
from hscb_report.schema.describe import schema_as_json, schema_as_text
from hscb_report.schema.finance import Contribution, Expenditure
from hscb_report.schema.vocabularies import Vocabulary
from tests.in_force import IN_FORCE

SCHEMAS = table_schemas()
BY_NAME = {schema.name: schema for schema in SCHEMAS}
TABLE_FIELDS = ["table", "file", "title", "required", "columns", "keys", "protected"]
COLUMN_FIELDS = ["name", "type", "unit", "required", "vocabulary", "description"]


def test_every_table_and_column_is_described_by_the_fields_of_the_interface():
    """No more and no fewer, with values that JSON can hold."""
    described = schema_as_json(SCHEMAS, "2013-14")
    assert json.loads(json.dumps(described)) == described
    assert [table["table"] for table in described] == [schema.name for schema in SCHEMAS]
    for table, schema in zip(described, SCHEMAS, strict=True):
        assert list(table) == TABLE_FIELDS
        assert table["file"] == schema.path("2013-14")
        assert (table["required"], table["protected"]) == (False, schema.info.protected)
        assert (table["title"], table["keys"]) == (schema.info.title, list(schema.info.keys))
        for column, declared in zip(table["columns"], schema.columns, strict=True):
            assert list(column) == COLUMN_FIELDS
            assert column["name"] == declared.name
            assert (column["vocabulary"] is None) == (declared.kind.vocabulary is None)


def test_a_column_is_described_as_it_is_declared():
    (table,) = schema_as_json([TableSchema(Contribution)])
    assert table["file"] == "YEAR/contributions.csv"
    assert table["columns"][2] == {
        "name": "amount",
        "type": "money",
        "unit": "pounds",
        "required": True,
        "vocabulary": None,
        "description": "What it paid in the year",
    }
    by_name = {column["name"]: column for column in table["columns"]}
    assert by_name["basis"]["vocabulary"] == [
        *("own_record", "verbatim", "corrected", "inferred", "derived", "invented"),
    ]
    assert not by_name["note"]["required"]


def test_a_board_s_own_codes_are_described_in_the_place_of_the_declared_ones():
    own = Vocabulary("statutory_heading", {"premises": "Premises"})
    schema = TableSchema(Expenditure, {"statutory_heading": own})
    (table,) = schema_as_json([schema])
    assert table["columns"][1]["vocabulary"] == ["premises"]
    assert re.search(r"^  statutory_heading .*\(premises\)$", schema_as_text([schema]), re.M)


def test_of_words_that_a_board_chooses_there_are_none_to_name_until_some_are_in_force():
    stream = BY_NAME["referrals"], replace(BY_NAME["referrals"], vocabularies=IN_FORCE)
    declared, in_force = (schema_as_json([schema])[0]["columns"][0] for schema in stream)
    assert declared["vocabulary"] == []
    assert in_force["vocabulary"] == ["children", "adults", "dhr"]
    declared, in_force = (schema_as_text([schema]) for schema in stream)
    assert "(one of the listed codes)" in declared
    assert "(children, adults, dhr)" in in_force


def test_the_description_for_people_names_every_table_and_column_and_what_it_may_hold():
    paragraphs = schema_as_text(SCHEMAS).strip().split("\n\n")
    for schema, paragraph in zip(SCHEMAS, paragraphs, strict=True):
        head, about, *lines, keys = paragraph.split("\n")
        mark = " (protected)" if schema.info.protected else ""
        assert head == f"{schema.name}{mark}: {schema.path('YEAR')}"
        assert about.strip()
        assert keys == f"  key: {', '.join(schema.info.keys)}"
        for line, column in zip(lines, schema.columns, strict=True):
            allowed = ", ".join(column.kind.vocabulary or (column.kind.allowed,))
            empty = "" if column.required else "; may be empty"
            assert line.startswith(f"  {column.name} ")
            assert line.endswith(f"{column.description} ({allowed}{empty})")
