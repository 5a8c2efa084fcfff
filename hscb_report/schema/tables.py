"""What is known of a table as a whole, and the rows of all tables of a year.

Everything that is known of a table is said once, in its row's class: validation, the data
dictionary, the command `hscb-report schema` and the workbook templates are made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar, get_args

from hscb_report.schema.columns import (
    Carried,
    Kind,
    carried,
    kind_of,
    unit_of,
    with_vocabularies,
)
from hscb_report.schema.row import ABOUT_A_ROW, SOURCED, Row, SourcedRow, TableInfo
from hscb_report.schema.vocabularies import Vocabulary

PRIVATE = "private"
"""The folder of a data root of which nothing goes into any output."""
AnyRow = TypeVar("AnyRow", bound=Row)


class UndeclaredTableError(LookupError):
    """A table is asked for by something that does not declare to read it."""

    def __init__(self, row: type[Row]) -> None:
        super().__init__(f"add {row.__name__} to reads")


@dataclass(frozen=True)
class ColumnInfo:
    """What the schema says of a column."""

    name: str
    kind: Kind
    unit: str | None
    required: bool
    description: str
    carried: Carried


@dataclass(frozen=True)
class TableSchema:
    """A table that the data may hold: its row class, and what follows from it.

    `vocabularies` stand, by name, in the place of those that its columns were declared with.
    """

    row: type[Row]
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)

    @property
    def info(self) -> TableInfo:
        """What is true of the table as a whole."""
        return self.row.info

    @property
    def name(self) -> str:
        """Its name, which is that of its file."""
        return self.info.name

    @cached_property
    def columns(self) -> tuple[ColumnInfo, ...]:
        """The columns: the table's own first, then where the row comes from."""
        sourced = SourcedRow.model_fields if issubclass(self.row, SourcedRow) else ()
        own = [name for name in self.row.model_fields if name not in sourced]
        names = [name for name in (*own, *sourced) if name != "place"]
        return tuple(self._column(name) for name in names)

    @cached_property
    def about_rows(self) -> frozenset[str]:
        """The columns that say something of a row, such as its source, and not what it says."""
        own = () if issubclass(self.row, SourcedRow) else SOURCED
        return frozenset(ABOUT_A_ROW) - {*own, *self.info.keys}

    def path(self, year: object) -> str:
        """Return the path of the table's file, relative to the data root.

        What is common to all boards lies in the package, in its folder `common`; records lie where
        no output is made of what there is.
        """
        folders = {"year": str(year), "records": f"{PRIVATE}/records/{year}"}
        folder = folders.get(self.info.folder, self.info.folder)
        return f"{folder}/{self.name}.csv"

    def _column(self, name: str) -> ColumnInfo:
        declared = self.row.model_fields[name]
        kind = kind_of(declared)
        assert kind is not None, f"{self.row.__name__}.{name} is not declared with column()"
        return ColumnInfo(
            name=name,
            kind=with_vocabularies(kind, self.vocabularies),
            unit=unit_of(declared),
            required=type(None) not in get_args(declared.annotation),
            description=declared.description or "",
            carried=carried(declared, is_key=name in self.info.keys),
        )


@dataclass(frozen=True)
class Tables:
    """The rows of a year's tables, by the class of their rows: `tables[Contribution]`.

    `given` are the names of those that may be asked for; None: all.
    """

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    given: frozenset[str] | None = None

    def __getitem__(self, row: type[AnyRow]) -> tuple[AnyRow, ...]:
        """Return the rows of a table, in the order of its file; none where there is no file.

        Raises UndeclaredTableError for a table that these were not given with.
        """
        if self.given is not None and row.info.name not in self.given:
            raise UndeclaredTableError(row)
        return self.rows.get(row.info.name, ())  # type: ignore[return-value]

    def only(self, rows: Iterable[type[Row]]) -> Tables:
        """Return the tables for somebody who declares to read these: any other is refused."""
        return replace(self, given=frozenset(row.info.name for row in rows))

    def named(self, name: str) -> tuple[Row, ...]:
        """Return the rows of the table with a name."""
        return self.rows.get(name, ())

    def __iter__(self) -> Iterator[Row]:
        """Yield every row of every table."""
        return (row for rows in self.rows.values() for row in rows)

    def with_rows(self, row: type[AnyRow], rows: Iterable[AnyRow]) -> Tables:
        """Return the tables with other rows in one of them."""
        return replace(self, rows={**self.rows, row.info.name: tuple(rows)})
