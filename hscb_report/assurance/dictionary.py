"""The data dictionary: a table for each table of the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.schema import TableSchema
from hscb_report.schema.tables import ColumnInfo
from hscb_report.schema.vocabularies import CHOSEN

GROUP = "dictionary"


def dictionary(schemas: Iterable[TableSchema]) -> Iterator[Exhibit]:
    """Yield, for each table of the data, its columns and what they may hold; then the meanings."""
    for table in schemas:
        described = " ".join((table.row.__doc__ or "").split())
        yield exhibit(
            f"{GROUP}-{table.name.replace('_', '-')}",
            f"{table.info.title}: columns of {table.name}.csv",
            (Column("Column"), Column("Kind"), Column("Meaning"), Column("May hold")),
            [(c.name, c.kind.name, c.description, _allowed(c)) for c in table.columns],
            described,
            f"Rows are told apart by: {', '.join(table.info.keys)}.",
            group=GROUP,
        )
    yield meanings()


def meanings() -> Exhibit:
    """Return the words by which calculations know some codes of what a board chooses."""
    return exhibit(
        f"{GROUP}-meanings",
        "What calculations know of the words that a board chooses",
        (Column("Vocabulary"), Column("Word"), Column("What a code that has it is taken for")),
        [
            (name, word, meaning)
            for name, vocabulary in CHOSEN.items()
            for word, meaning in vocabulary.meanings.items()
        ],
        "They stand in the column means of vocabularies.csv. Of other codes only the label counts.",
        row_headers=2,
        group=GROUP,
    )


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
