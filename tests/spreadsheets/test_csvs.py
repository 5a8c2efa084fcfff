"""A CSV file is one sheet, and everything in it is text."""

from __future__ import annotations

import pytest

from hscb_report.spreadsheets.csvs import read_sheet
from hscb_report.spreadsheets.grid import EMPTY, Cell
from hscb_report.store.csv_text import CsvError


def test_everything_is_text():
    sheet = read_sheet(b'a,b\n 45203 ,2024-10-01\n,\n61%,"two\r\nlines"\n', "file.csv")
    assert sheet.name == "file.csv"
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["a", "b"],
        ["45203", "2024-10-01"],
        [],
        ["61%", "two\nlines"],
    ]
    assert {cell.kind for row in sheet.rows for cell in row} == {"text"}


def test_empty_cells_at_the_ends_are_no_part_of_it():
    sheet = read_sheet(b"a,,\n,b,\n,,\n,,\n", "file.csv")
    assert sheet.rows == ((Cell("text", "a"),), (EMPTY, Cell("text", "b")))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a;b\n1;2\n", "the columns are separated by semicolons, not commas."),
        (b"a,b\n\xa31,2\n", "the file is not in UTF-8; it looks like Excel's plain CSV"),
        ("a,b\n1,2\n".encode("utf-16"), "the file is in UTF-16"),
    ],
)
def test_other_forms_are_told_as_everywhere(raw, told):
    with pytest.raises(CsvError) as refused:
        read_sheet(raw, "file.csv")
    assert refused.value.message.startswith(told)
