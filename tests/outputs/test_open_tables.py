"""Open tables: plain numbers that a program reads, each with its unit, and nothing withheld."""

import csv
import json
import re
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hscb_report.figures import Figure, withheld
from hscb_report.outputs.open_tables import field_names, without_formula, write_open_tables
from hscb_report.results.exhibit import Column, Quantity, exhibit
from hscb_report.units import NOT_SHOWN, NOT_STATED, PERCENT, POUNDS, count_of
from tests.strategies import exhibits as drawn_exhibits


@pytest.fixture(scope="session")
def written(report):
    """Return a function that writes one table; it gives the records of the file, and its fields."""

    def write(found):
        results = replace(report.results, exhibits=(found,))
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent) / "data"
            write_open_tables(replace(report, results=results, assurance=()), folder)
            package = json.loads((folder / "datapackage.json").read_text("utf-8"))
            (resource,) = package["resources"]
            with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
                return list(csv.reader(file)), resource["schema"]["fields"]

    return write


MIXED = exhibit(
    "burden",
    "The burden",
    (
        Column("Measure"),
        Column("Value", mixed=True),
        Column("Value unit"),
        Column("Share", PERCENT),
    ),
    [
        ("Share", Quantity(Figure(Decimal(1) / 3), PERCENT), "a word", Figure(Decimal("0.5"))),
        ("Agencies", Quantity(Figure(6), count_of("agencies")), "", Figure(None)),
        ("Left", Quantity(Figure(Decimal("12.50")), POUNDS), "", withheld(Figure(1))),
        ("Nothing", Quantity(Figure(Decimal("-0.00001")), POUNDS), "", Figure(0)),
    ],
)


def test_a_column_that_mixes_units_is_followed_by_the_unit_of_each_number(written):
    """Numbers are rounded to 4 decimals; what is missing is empty, what is withheld is said."""
    (header, *rows), fields = written(MIXED)
    assert header == ["measure", "value", "value_unit", "value_unit_4", "share"]
    assert rows == [
        ["Share", "33.3333", "percent", "a word", "50"],
        ["Agencies", "6", "agencies", NOT_STATED, ""],
        ["Left", "12.5", "pounds", NOT_STATED, NOT_SHOWN],
        ["Nothing", "0", "pounds", NOT_STATED, "0"],
    ]
    assert [field["type"] for field in fields] == ["string", "number", "string", "string", "string"]


@pytest.mark.parametrize(
    "headings",
    [("A unit", "A"), ("A", "A unit"), ("A", "A 2", "a", "A!"), ("%", "-", "column"), ("A", "a")],
)
def test_the_columns_of_a_file_have_names_of_their_own(headings):
    columns = [Column(heading, mixed=heading == "A") for heading in headings]
    names = field_names(exhibit("a", "A", columns, []))
    assert len(set(names)) == len(names) == len(headings) + headings.count("A")


@given(drawn_exhibits())
def test_a_file_holds_every_cell_as_a_plain_number_or_as_it_is_printed(written, found):
    """Its description names the columns as the file does, and calls number what is one."""
    assume(found.rows)
    (header, *rows), fields = written(found)
    assert header == field_names(found) == [field["name"] for field in fields]
    for column, field in zip(found.columns, fields, strict=True):
        assert field["type"] == ("number" if column.is_numeric else "string")
        assert field.get("unit") == (column.unit.name if column.unit else None)
    for row, texts, record in zip(rows, found.texts(), found.records(), strict=True):
        for cell, text, value in zip(row, texts, record.values(), strict=True):
            if isinstance(value, str):
                assert cell == without_formula(text)
            elif value is None:
                assert cell == ""
            else:
                assert "e" not in cell.lower()
                assert abs(Decimal(cell) - value) <= Decimal("0.00005")
                assert len(cell.partition(".")[2]) <= 4


FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "- an item"]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", ["", " ", "'", '"', ' "', "'' "])
def test_text_that_a_spreadsheet_would_run_has_an_apostrophe_before_it(formula, before):
    safe = without_formula(before + formula)
    assert safe.startswith(f"'{before}{formula[0]}")
    assert safe.count("'") <= (before + formula).count("'") + 2


@pytest.mark.parametrize("mark", [";", "\t", "\n", "\r\n", '";'])
def test_nor_does_it_run_what_it_takes_for_another_cell(mark):
    """A program of another country parts cells by another mark."""
    assert without_formula(f"a{mark}=1") == f"a{mark}'=1"


@pytest.mark.parametrize(
    "text",
    ["-5", "+5", "-0.25", "12", "", "a=b", "re-referrals", "−5", "– none", "£5", "x'=", "5 - 3"],
)
def test_a_number_and_other_text_stay_as_they_are(text):
    assert without_formula(text) == text


@given(st.text())
def test_no_text_begins_as_a_formula_and_only_apostrophes_are_added(text):
    safe = without_formula(text)
    is_number = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text)
    assert is_number or not safe.lstrip('"\n ').startswith(("=", "+", "-", "@", "\t", "\r"))
    left = iter(safe)
    assert all(character in left for character in text)
    assert set(safe) <= {*text, "'"}


def test_the_readme_of_the_package_says_what_was_done_to_texts(report, tmp_path):
    write_open_tables(report, tmp_path / "data")
    said = (tmp_path / "data" / "README.md").read_text("utf-8")
    assert "an apostrophe (') is put before text" in said
    write_open_tables(replace(report, edition="board"), tmp_path / "board")
    told = (tmp_path / "board" / "README.md").read_text("utf-8")
    assert "Board edition: not for publication." in told


def test_a_table_without_rows_is_not_written(report, tmp_path):
    empty = exhibit("empty", "Empty", [Column("A")], [])
    results = replace(report.results, exhibits=(MIXED, empty))
    write_open_tables(replace(report, results=results, assurance=()), tmp_path / "data")
    assert {path.name for path in (tmp_path / "data").iterdir()} == {
        "burden.csv",
        "datapackage.json",
        "README.md",
    }


def test_an_open_package_says_what_every_page_says(report, tmp_path):
    """That it is for the Board, a draft or invented: the tables go their own ways."""
    for edition, said in (("public", None), ("board", "Board edition: not for publication.")):
        folder = tmp_path / edition
        write_open_tables(replace(report, edition=edition), folder)
        package = json.loads((folder / "datapackage.json").read_text("utf-8"))
        assert package.get("description") == said


def test_the_committed_tables_are_written_with_their_captions_and_notes(report, tmp_path):
    write_open_tables(report, tmp_path / "data")
    text = (tmp_path / "data" / "contribution-shares.csv").read_text("utf-8")
    assert text.splitlines()[:2] == [
        "agency,contribution,share",
        "Herefordshire Council,127016,61.0094",
    ]
    package = json.loads((tmp_path / "data" / "datapackage.json").read_text("utf-8"))
    told = {resource["name"]: resource for resource in package["resources"]}
    assert list(told) == [found.label for found in report.exhibits]
    for found in report.exhibits:
        assert told[found.label]["title"] == found.caption
        assert told[found.label]["description"] == " ".join(found.notes)
