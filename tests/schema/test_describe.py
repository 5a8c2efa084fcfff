"""The declarations as data, for `hscb-report schema`, and for people."""

import json
import re

from hscb_report.report import table_schemas
from hscb_report.schema import TableSchema
from hscb_report.schema.describe import schema_as_json, schema_as_text
from hscb_report.schema.finance import Contribution, Expenditure
from hscb_report.schema.vocabularies import Vocabulary

SCHEMAS = table_schemas()
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
        assert (table["required"], table["protected"]) == (
            *(schema.info.required, schema.info.protected),
        )
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
    assert by_name["basis"]["vocabulary"] == ["verbatim", "corrected", "inferred", "derived"]
    assert not by_name["note"]["required"]


def test_a_board_s_own_codes_are_described_in_the_place_of_the_declared_ones():
    own = Vocabulary("statutory_heading", {"premises": "Premises"})
    schema = TableSchema(Expenditure, {"statutory_heading": own})
    (table,) = schema_as_json([schema])
    assert table["columns"][1]["vocabulary"] == ["premises"]
    assert re.search(r"^  statutory_heading .*\(premises\)$", schema_as_text([schema]), re.M)


def test_the_description_for_people_names_every_table_and_column_and_what_it_may_hold():
    paragraphs = schema_as_text(SCHEMAS).strip().split("\n\n")
    for schema, paragraph in zip(SCHEMAS, paragraphs, strict=True):
        head, about, *lines, keys = paragraph.split("\n")
        marks = head.removeprefix(f"{schema.name} (").partition(")")[0].split(", ")
        assert ("protected" in marks) == schema.info.protected
        assert ("required" in marks) == schema.info.required
        assert ("optional" in marks) == (not schema.info.required and not schema.info.protected)
        assert head.endswith(f": {schema.path('YEAR')}")
        assert about.strip()
        assert keys == f"  key: {', '.join(schema.info.keys)}"
        for line, column in zip(lines, schema.columns, strict=True):
            allowed = ", ".join(column.kind.vocabulary or (column.kind.allowed,))
            empty = "" if column.required else "; may be empty"
            assert line.startswith(f"  {column.name} ")
            assert line.endswith(f"{column.description} ({allowed}{empty})")
