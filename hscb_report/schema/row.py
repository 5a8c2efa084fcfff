"""What every table and row has: its place in a file, what is true of the table, its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import PRINTED, TEXT, code, column, kind_of, reference

AGENCY = reference("agencies.agency")
SOURCE = reference("sources.source")


@dataclass(frozen=True, order=True)
class Place:
    """Where a row stands: its file, relative to the data root, and its number in a spreadsheet."""

    file: str
    row: int


@dataclass(frozen=True)
class TableInfo:
    """What is true of a table as a whole.

    `keys` are the columns that together tell its rows apart. A required table must be there and
    hold at least one row. A `protected` table counts or describes children or victims: disclosure
    control decides what of it may be published. `folder` is "year" or "reference".
    """

    title: str
    keys: tuple[str, ...]
    required: bool = True
    protected: bool = False
    folder: str = "year"


class Row(BaseModel):
    """A row of any table; it knows the place it was read from."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    info: ClassVar[TableInfo]

    place: Annotated[Place, Field(exclude=True)]

    @field_validator("*", mode="before")
    @classmethod
    def _read_cell(cls, cell: Any, field: ValidationInfo) -> Any:
        """Read a cell as its column's kind says; values that are no text are taken as they are."""
        kind = kind_of(cls.model_fields[field.field_name or ""])
        return kind.parse(cell) if kind and isinstance(cell, str) else cell


class SourcedRow(Row):
    """A row that says which document it comes from, where in it, and on what basis."""

    source: str = column(SOURCE, "The document that the row comes from")
    locator: str = column(TEXT, "Where in it: lines of the extracted text (L918) or a page (p. 30)")
    basis: str = column(code(words.BASIS), "How the value relates to what the source prints")
    as_printed: str | None = column(
        PRINTED, "What the source prints, where the row says something else"
    )
    note: str | None = column(TEXT, "Anything a reader of the row must know")
