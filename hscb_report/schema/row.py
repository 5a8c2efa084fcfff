"""What every table and row has: its place in a file, what is true of the table, its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import refuse
from hscb_report.schema.columns import (
    PRINTED,
    TEXT,
    code,
    column,
    kind_of,
    reference,
    with_vocabularies,
)

OF_NO_DOCUMENT = ("own_record", "invented")
"""The bases of rows that need name no document."""
SOURCED = ("source", "locator", "basis")
"""The columns that say where a row comes from."""
ABOUT_A_ROW = (*SOURCED, "as_printed", "note")
"""The columns that say something of a row, and not of what it is about."""
AGENCY = reference("agencies.agency")
SOURCE = reference("sources.source")


NextTable = Literal["rows", "anew", "apart", "standing"]
ANEW: NextTable = "anew"
APART: NextTable = "apart"
STANDING: NextTable = "standing"


@dataclass(frozen=True, order=True)
class Place:
    """Where a row stands: its file, relative to the data root, and its number in a spreadsheet."""

    file: str
    row: int


@dataclass(frozen=True)
class TableInfo:
    """What is true of a table as a whole.

    `name` is that of its file; `keys` are the columns that together tell its rows apart. A
    `protected` table counts or describes children or victims: disclosure control decides what of
    it may be published, and so each table says whether it is one. `folder` is "year", "reference",
    "common", which holds for every board, or "records", of which a year's tables are counted and
    no report is made. One `of_reconstruction` belongs to that kind of report alone. The columns
    that are `distinct` head columns or rows of published tables, and hold no value twice.

    `next_year` says how the next year's table begins: with its "rows", each cell as its column
    says; "anew", without any; or not at all, for it stands "apart": it is of one report alone, or
    there only if it is needed. One that is "standing" holds until somebody changes it.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    protected: bool
    folder: str = "year"
    of_reconstruction: bool = False
    distinct: tuple[str, ...] = ()
    next_year: NextTable = "rows"


class Row(BaseModel):
    """A row of any table; it knows the place it was read from."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )
    info: ClassVar[TableInfo]

    place: Annotated[Place, Field(exclude=True)]

    @property
    def awaited(self) -> tuple[str, ...]:
        """The columns, of those that may be empty, that this row of a final report needs filled."""
        return ()

    @field_validator("*", mode="before")
    @classmethod
    def _read_cell(cls, cell: Any, field: ValidationInfo) -> Any:
        """Read a cell as its column's kind says; values that are no text are taken as they are.

        The context of the validation may hold vocabularies, by name, in place of declared ones.
        """
        kind = kind_of(cls.model_fields[field.field_name or ""])
        if kind is None or not isinstance(cell, str):
            return cell
        return with_vocabularies(kind, field.context or {}).read(cell, field.data)


class SourcedRow(Row):
    """A row that says which document it comes from, where in it, and on what basis.

    What holds for a whole table is said once, in table_sources.csv.
    """

    source: str | None = column(
        SOURCE, "The document that the row comes from; empty: a record of the Board's own"
    )
    locator: str | None = column(TEXT, "Where in it: a page, a sheet and row, a line")
    basis: str = column(code(words.BASIS), "How the value relates to what the document has")
    as_printed: str | None = column(
        PRINTED, "What the document has, where the row says something else"
    )
    note: str | None = column(TEXT, "Anything a reader of the row must know")

    @field_validator("as_printed")
    @classmethod
    def _says_something_else(cls, as_printed: str | None, row: ValidationInfo) -> str | None:
        """Refuse other words beside a value that is said to be the printed one."""
        if as_printed is not None and row.data.get("basis") == "verbatim":
            hint = "Leave the cell empty, or say on what other basis the row stands."
            raise refuse("as_printed", "what is verbatim is printed as the row says it.", hint)
        return as_printed


def with_usual(own: Mapping[str, str], usual: Mapping[str, str]) -> dict[str, str]:
    """Return where a row comes from, as it says itself and, where it does not, as is usual.

    Source, locator and basis belong together: with a source of its own a row has no usual locator,
    and what rests on no document has neither.
    """
    told = {name: value for name, value in own.items() if value}
    if told.get("basis") in OF_NO_DOCUMENT:
        return told
    kept = {n: v for n, v in usual.items() if not (n == "locator" and "source" in told)}
    return {**kept, **told}
