"""Codes that name rows of other tables: what they lack is told at its cause, once."""

from __future__ import annotations

import pytest

from tests.conftest import YEAR


def rename(table, name, column, old, new):
    def change(records):
        place = records[0].index(column)
        for record in records[1:]:
            record[place] = new if record[place] == old else record[place]

    table(name).rewrite(change)


@pytest.mark.parametrize(
    ("name", "column", "code"),
    [
        ("areas", "area", "Herefordshire"),
        ("agencies", "agency", "west_mercia_police"),
        ("sources", "source", "ar"),
    ],
)
def test_a_code_misspelt_where_it_is_listed_is_told_there_and_not_at_every_row(
    table, finding, name, column, code
):
    rename(table, name, column, code, f"{code}x")
    told = finding()
    assert (told.rule, told.file.split("/")[-1]) == ("L6", f"{name}.csv")
    assert (told.column, told.found) == (column, f"{code}x")
    assert f'name "{code}", which is not listed.' in told.message
    assert told.hint == f'Is it "{code}"? Correct it here.'


@pytest.mark.parametrize("name", ["agencies", "measures", "areas"])
def test_a_table_that_is_missing_is_told_once_however_many_codes_of_it_are_named(table, load, name):
    table(name).path.unlink()
    found = load().findings
    assert [f.rule for f in found] == ["L6"]
    assert f"expected a code that stands in reference/{name}.csv" in found[0].message
    assert "that other cells name." in found[0].hint


def test_a_row_with_a_wrong_cell_is_told_its_unknown_code_too(table, load):
    """Or the second would only be found when the first is mended."""
    table("contributions").set(3, "amount", "lots")
    table("contributions").set(3, "agency", "nowhere")
    found = {(f.rule, f.row, f.column) for f in load().findings}
    assert found == {("L4", 3, "amount"), ("L6", 3, "agency")}


def test_words_that_cannot_be_read_are_told_and_not_every_code_of_them(table, load):
    table("vocabularies").rewrite(lambda records: [records[0], [*records[1], "x"], *records[2:]])
    loaded = load()
    assert [(f.rule, f.file) for f in loaded.findings] == [("L3", "reference/vocabularies.csv")]
    assert loaded.damaged == {schema.name for schema in loaded.schemas}


def test_where_tables_come_from_is_not_missed_at_each_row_if_its_file_is_damaged(table, load, data):
    def change(records):
        place = records[0].index("basis")
        for record in records[1:]:
            record[place] = ""

    table("contributions").rewrite(change)
    (data / f"{YEAR}/table_sources.csv").write_text("tabel\ncontributions\n", "utf-8")
    assert {f.file for f in load().findings} == {f"{YEAR}/table_sources.csv"}
