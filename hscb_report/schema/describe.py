"""The declarations as plain data, for `hscb-report schema`, the data dictionary and tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hscb_report.schema.tables import ColumnInfo, TableSchema


def schema_as_json(tables: Iterable[TableSchema], year: str = "YEAR") -> list[dict[str, Any]]:
    """Return every table as `{table, file, title, required, columns, keys, protected}`."""
    return [_table_as_json(table, year) for table in tables]


def schema_as_text(tables: Iterable[TableSchema]) -> str:
    """Return the same for people: a paragraph a table, a line a column."""
    return "\n\n".join(_table_as_text(table) for table in tables) + "\n"


def _table_as_json(table: TableSchema, year: str) -> dict[str, Any]:
    return {
        "table": table.name,
        "file": table.path(year),
        "title": table.info.title,
        "required": False,  # every table is optional: what a year lacks is left out
        "columns": [_column_as_json(column) for column in table.columns],
        "keys": list(table.info.keys),
        "protected": table.info.protected,
    }


def _column_as_json(column: ColumnInfo) -> dict[str, Any]:
    vocabulary = column.kind.vocabulary
    return {
        "name": column.name,
        "type": column.kind.name,
        "unit": column.unit,
        "required": column.required,
        "vocabulary": None if vocabulary is None else list(vocabulary),
        "description": column.description,
    }


def _table_as_text(table: TableSchema) -> str:
    protected = " (protected)" if table.info.protected else ""
    head = f"{table.name}{protected}: {table.path('YEAR')}"
    lines = [head, f"  {' '.join((table.row.__doc__ or '').split())}"]
    lines += [f"  {_column_as_text(column)}" for column in table.columns]
    return "\n".join([*lines, f"  key: {', '.join(table.info.keys)}"])


def _column_as_text(column: ColumnInfo) -> str:
    allowed = ", ".join(column.kind.vocabulary) if column.kind.vocabulary else column.kind.allowed
    empty = "" if column.required else "; may be empty"
    return f"{column.name:<20} {column.kind.name:<9} {column.description} ({allowed}{empty})"
