"""An agency that fills in its template as people do: numbers as numbers, days as days, labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hscb_report.intake.cells import as_written
from hscb_report.intake.layout import EXAMPLE
from hscb_report.intake.ours import Head, head_of
from hscb_report.report import table_schemas
from hscb_report.schema import TableSchema
from hscb_report.schema.slips import NUMBERS
from hscb_report.spreadsheets.grid import Sheet, column_letters
from hscb_report.spreadsheets.opening import read_book
from hscb_report.store.year import schemas_in_force

Row = Mapping[str, str]


class Agency:
    """Somebody who fills in one template."""

    def __init__(self, template: Path, data: Path) -> None:
        self.template = template
        self.schemas = {s.name: s for s in schemas_in_force(table_schemas(), data)}
        self.book = load_workbook(template)
        self.asked: dict[str, tuple[Sheet, Head]] = {}
        for sheet in read_book(template).sheets:
            if head := head_of(sheet):
                self.asked[head.said["table"]] = sheet, head

    def fill_in(self, table: str, rows: Sequence[Row]) -> None:
        """Fill the empty cells of the rows that are there, and the spare rows below them."""
        sheet, head = self.asked[table]
        schema = self.schemas[table]
        there = self._rows(sheet, head, schema)
        spare = self._spare(sheet, head)
        page = self.book[sheet.name]
        for row in rows:
            known = there.get(self._key(schema, row))
            number = known[0] if known else next(spare)
            for column, name in head.columns.items():
                if name in row and not (known and known[1].get(name)):
                    page.cell(number, column).value = self._entered(schema, name, row[name])

    def cell(self, table: str, row: int, name: str) -> str:
        """Return the cell of a column in a row of the table, counted from 1: "D12"."""
        _, head = self.asked[table]
        column = next(n for n, code in head.columns.items() if code == name)
        return f"{column_letters(column)}{self.row_of(table, row)}"

    def page(self, table: str) -> Worksheet:
        """Return the sheet of a table."""
        return self.book[self.asked[table][0].name]

    def row_of(self, table: str, row: int) -> int:
        """Return the number of a row of the table, counted from 1 below the example."""
        return self.asked[table][1].row + 1 + row

    def send(self, folder: Path, name: str = "") -> Path:
        """Save the workbook as the file that is sent."""
        file = folder / (name or self.template.name)
        self.book.save(file)
        return file

    def _rows(
        self, sheet: Sheet, head: Head, schema: TableSchema
    ) -> dict[tuple[str, ...], tuple[int, Row]]:
        known = {column.name: column for column in schema.columns}
        rows = {}
        for number in range(head.row + 1, len(sheet.rows) + 1):
            if sheet.cell(number, 1).text == EXAMPLE:
                continue
            cells = {
                name: as_written(sheet.cell(number, column), known[name])
                for column, name in head.columns.items()
            }
            if any(cells.values()):
                rows[self._key(schema, cells)] = number, cells
        return rows

    def _spare(self, sheet: Sheet, head: Head) -> Iterator[int]:
        """Yield the rows to be filled, then those below the table."""
        for number in count(head.row + 1):
            if not any(sheet.cell(number, column).text for column in head.columns):
                yield number

    def _key(self, schema: TableSchema, row: Row) -> tuple[str, ...]:
        return tuple(row.get(name, "") for name in schema.info.keys)

    def _entered(self, schema: TableSchema, name: str, text: str) -> Any:
        """Return what somebody enters who means this cell of a table."""
        kind = next(column.kind for column in schema.columns if column.name == name)
        if kind.name in NUMBERS:
            number = float(text)
            return int(number) if number.is_integer() else number
        if kind.name == "day":
            return date.fromisoformat(text.replace("-M", "-"))
        if kind.vocabulary and not kind.several and not kind.vocabulary.is_open:
            labels = list(kind.vocabulary.values())
            label = kind.vocabulary.get(text, text)
            return label if labels.count(label) == 1 and label not in kind.vocabulary else text
        return text
