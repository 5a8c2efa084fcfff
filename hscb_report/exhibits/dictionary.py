"""The data dictionary: a table for each declared table of the data."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.exhibits.exhibit import Column, Exhibit, exhibit
from hscb_report.schema import declared_tables
from hscb_report.schema.tables import ColumnInfo


def dictionary() -> Iterator[Exhibit]:
    """Yield, for each table of the data, its columns and what they may hold."""
    for table in declared_tables():
        yield exhibit(
            dictionary_label(table.name),
            f"{table.info.title}: columns of {table.name}.csv",
            (Column("Column"), Column("Kind"), Column("Meaning"), Column("May hold")),
            [(c.name, c.kind.name, c.description, _allowed(c)) for c in table.columns],
            f"Rows are told apart by: {', '.join(table.info.keys)}.",
        )


def dictionary_label(table: str) -> str:
    """Return the label of a table's dictionary entry."""
    return f"dictionary-{table.replace('_', '-')}"


def _allowed(column: ColumnInfo) -> str:
    vocabulary = column.kind.vocabulary
    allowed = column.kind.allowed
    if vocabulary:
        allowed = "; ".join(
            f"{key}: {label}" if label and label != key else key
            for key, label in vocabulary.items()
        )
    unit = f" ({column.unit})" if column.unit else ""
    return allowed + unit + ("" if column.required else "; may be empty")
