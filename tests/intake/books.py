"""Workbooks written to files, as agencies send them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from hscb_report.intake.layout import LABELS, ROW, heading
from hscb_report.report import table_schemas
from hscb_report.schema.records import record_schemas

COLUMNS = {
    schema.name: {column.name: column for column in schema.columns}
    for schema in (*table_schemas(), *record_schemas())
}


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook of these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(list(row))
    book.save(path)
    return path


def of_template(
    table: str, rows: Sequence[Mapping[str, Any]], year: str = "2024-25", **said: str
) -> list[list[Any]]:
    """Return the rows of a sheet that has the form of a template, with rows of a table."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    head = [[LABELS[name], text] for name, text in {"table": table, "year": year, **said}.items()]
    headings = [ROW, *(heading(COLUMNS[table][name]) for name in names)]
    body = [[number, *(row.get(name) for name in names)] for number, row in enumerate(rows, 1)]
    return [["A title"], *head, headings, *body]
