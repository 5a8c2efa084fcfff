"""A CSV file as a spreadsheet: one sheet of text, for nothing in it says what is a number."""

from __future__ import annotations

from hscb_report.spreadsheets.gathering import GrowingSheet, Room
from hscb_report.spreadsheets.grid import Sheet
from hscb_report.spreadsheets.values import text_cell
from hscb_report.store.csv_text import read_records


def read_sheet(raw: bytes, name: str) -> Sheet:
    """Return the sheet of a CSV file.

    Raises store.csv_text.CsvError for what is no CSV file in UTF-8 with commas, and RefusedError
    for one of too many cells.
    """
    sheet = GrowingSheet(name, Room())
    for record in read_records(raw):
        for column, text in enumerate(record.cells, 1):
            sheet.put(record.number, column, text_cell(text))
    return sheet.sheet()
