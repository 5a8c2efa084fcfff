"""The kinds of column a table may hold, and how a column is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field
from pydantic.fields import FieldInfo

from hscb_report.schema.cells import (
    read_action,
    read_action_area,
    read_count,
    read_day,
    read_identifier,
    read_money,
    read_month,
    read_number,
    read_period,
    read_printed,
    read_record_number,
    read_signed_money,
    read_signed_number,
    read_text,
    read_year,
    refuse,
)
from hscb_report.schema.slips import NUMBERS
from hscb_report.schema.vocabularies import CHOSEN, Vocabulary
from hscb_report.wording import few_of, nearest

_FEW_CODES = 8
_TIMES = ("period", "year")
NextYear = Literal["kept", "empty", "later"]


@dataclass(frozen=True)
class Kind:
    """A kind of column: its name, how a cell is read, and what a cell may hold.

    A cell of a kind with a `vocabulary` holds one of its codes; one that may hold `several` values
    has semicolons between them. A `within_year` month lies in the reporting year; `references`
    names the `table.column` in which the cell's value must stand; `references_by` names another
    column of the row, and the `table.column` for each of its codes. A code is one that belongs to
    that in the column `within`, if there is one, or to the code `of`, where the words in force have
    any that do.
    """

    name: str
    parse: Callable[[str], Any]
    allowed: str
    vocabulary: Vocabulary | None = None
    several: bool = False
    within_year: bool = False
    references: str | None = None
    references_by: tuple[str, Mapping[str, str]] | None = None
    within: str = ""
    of: str = ""

    @property
    def to_enter(self) -> str:
        """What a cell may hold, for whoever left it empty; codes by name where they are few."""
        few = self.vocabulary and 0 < len(self.vocabulary) <= _FEW_CODES
        return f"one of: {', '.join(self.vocabulary)}" if few and self.vocabulary else self.allowed

    def read(self, cell: str, row: Mapping[str, Any] = MappingProxyType({})) -> Any:
        """Return the value of a cell, given the columns before it.

        Raises PydanticCustomError for what is not allowed.
        """
        if self.within and self.vocabulary is not None:
            return _read_belonging(cell, self.vocabulary, row.get(self.within))
        if not self.several:
            return self._read_one(cell)
        parts = [part.strip() for part in cell.split(";")]
        if not all(parts):
            hint = "A semicolon stands only between two of them."
            raise refuse(self.name, f"expected {self.allowed}.", hint)
        values = tuple(self._read_one(part) for part in parts)
        twice = [part for n, part in enumerate(parts) if values[n] in values[:n]]
        if twice:
            raise refuse(self.name, f"{twice[0]} stands twice.", "Name each of them once.")
        return values

    def _read_one(self, cell: str) -> Any:
        return self.parse(cell) if self.vocabulary is None else _read_code(cell, self.vocabulary)


WITHOUT_WORDS = "is listed yet."
NO_WORDS = "no_words"
"""The kind of error of a code whose vocabulary has no words at all."""


def _read_belonging(cell: str, vocabulary: Vocabulary, parent: str | None) -> str:
    """Read a code that belongs to one of the parent vocabulary; any code beside an unknown one."""
    if parent is None or not vocabulary:
        return _read_code(cell, vocabulary)
    own = {key: vocabulary[key] for key in vocabulary.within(parent)}
    if not own:
        hint = 'Say in the column "of" of reference/vocabularies.csv which codes do.'
        raise refuse("code", f"no code of {vocabulary.name} belongs to {parent}.", hint)
    return _read_code(cell, replace(vocabulary, labels=own), f", for {parent},")


def _read_code(cell: str, vocabulary: Vocabulary, of_which: str = "") -> str:
    if vocabulary.is_open:
        return read_text(cell)
    if cell in vocabulary:
        return cell
    if not vocabulary:
        hint = "List the board's own codes in reference/vocabularies.csv."
        raise refuse(NO_WORDS, f"no code of {vocabulary.name} {WITHOUT_WORDS}", hint)
    by_label = [key for key, label in vocabulary.items() if label.lower() == cell.lower()]
    near = by_label[:1] or nearest(cell, vocabulary, count=1)
    own = "A board's own codes stand in reference/vocabularies.csv."
    hint = f'Did you mean "{near[0]}"?' if near else own if vocabulary.name in CHOSEN else ""
    raise refuse("code", f"expected{of_which} one of: {few_of(vocabulary)}.", hint)


IDENTIFIER = Kind("identifier", read_identifier, "a short code of a-z, 0-9 and _")
TEXT = Kind("text", read_text, "any text")
PRINTED = Kind(
    "text",
    read_printed,
    'any text; what a spreadsheet would rewrite, in quotation marks: "Sep 14"',
)
MONEY = Kind("money", read_money, "pounds, with pence or without: 45203, £45,203, 45203.50")
SIGNED_MONEY = Kind(
    "money",
    read_signed_money,
    "pounds, below zero where money is owed or came back: 45203, -1200.50",
)
COUNT = Kind("count", read_count, "a whole number from 0")
NUMBER = Kind("number", read_number, "a decimal number")
SIGNED_NUMBER = Kind("number", read_signed_number, "a decimal number, below zero too")
MONTH = Kind("month", read_month, "a month, 2024-M06")
RECORD_NUMBER = Kind(
    "record number",
    read_record_number,
    "a number that the Board gives, such as 12 or CD-7; never a name",
)
MONTH_OF_YEAR = replace(MONTH, allowed="a month of the reporting year, 2024-M06", within_year=True)
DAY = Kind("day", read_day, "a day, 2024-M10-01")
DAY_OF_YEAR = replace(DAY, allowed="a day of the reporting year, 2024-M10-01", within_year=True)
YEAR = Kind("year", read_year, "a reporting year, 2024-25")
PERIOD = Kind(
    "period",
    read_period,
    "a reporting year, 2024-25; a calendar year, 2024; year to September 2024; months, "
    "2024-M04 to 2024-M09; a day, 2025-M03-31; or undated",
)
ACTION_AREA = Kind("action area", read_action_area, "the label of an action area, such as 3.2")
ACTION = Kind("action", read_action, "the label of an action, such as 3.2b")


def code(vocabulary: Vocabulary, within: str = "", of: str = "") -> Kind:
    """Return the kind of a cell that holds one of the codes of `vocabulary`.

    `within` names the column whose code the codes must belong to; `of` is such a code itself.
    """
    return Kind("code", read_text, "one of the listed codes", vocabulary, within=within, of=of)


def several(one: Kind, name: str, allowed: str) -> Kind:
    """Return the kind of a cell that holds one or more values of a kind, between semicolons."""
    return replace(one, name=name, allowed=f"{allowed}, between semicolons", several=True)


def codes(vocabulary: Vocabulary) -> Kind:
    """Return the kind of a cell that holds one or more codes, separated by semicolons."""
    return several(code(vocabulary), "codes", "one or more of the listed codes")


SEVERAL_MONTHS = several(MONTH, "months", "one or more months, 2024-M10")
SEVERAL_YEARS = several(YEAR, "years", "one or more reporting years, 2024-25")


def reference(
    target: str = "", of: Kind = TEXT, *, by: tuple[str, Mapping[str, str]] | None = None
) -> Kind:
    """Return the kind of a cell that names a row of another table, `table.column`, of that kind.

    With `by`, the table depends on the code in another column of the row.
    """
    where = target or f"the table that its {by[0] if by else ''} says"
    allowed = f"a code that stands in {where}"
    return Kind("reference", of.parse, allowed, references=target or None, references_by=by)


def with_vocabularies(kind: Kind, vocabularies: Mapping[str, Vocabulary]) -> Kind:
    """Return a kind with the vocabulary that stands in the place of its own, if one does."""
    if kind.vocabulary is None or kind.vocabulary.name not in vocabularies:
        return kind
    found = vocabularies[kind.vocabulary.name]
    own = {key: found[key] for key in found.within(kind.of)} if kind.of else {}
    return replace(kind, vocabulary=replace(found, labels=own) if own else found)


def column(
    kind: Kind,
    description: str,
    unit: str | None = None,
    *,
    next_year: NextYear | None = None,
    begins_as: str | None = None,
) -> Any:
    """Declare a column: its kind, what it means and, where it counts something, its unit.

    A field typed `| None` may be left empty. `next_year` says what becomes of a cell when the next
    year begins, where it is not as its kind has it; it `begins_as` another column of the row was.
    """
    about = {"kind": kind, "unit": unit, "next_year": next_year, "begins_as": begins_as}
    return Field(description=description, json_schema_extra=about)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Carried:
    """What becomes of a column's cells when the next year begins.

    They are "kept", "empty", or the same a year "later"; or what another column was.
    """

    as_: NextYear
    begins_as: str | None = None


def carried(field: FieldInfo, *, is_key: bool) -> Carried:
    """Return what becomes of a column's cells: numbers are empty, times later, the rest kept."""
    extra, kind = field.json_schema_extra, kind_of(field)
    if not isinstance(extra, dict) or kind is None:
        return Carried("kept")
    usual: NextYear = "kept"
    if kind.name in NUMBERS and not is_key:
        usual = "empty"
    elif kind.name in _TIMES or kind.within_year:
        usual = "later"
    return Carried(extra["next_year"] or usual, extra["begins_as"])  # type: ignore[arg-type]


def kind_of(field: FieldInfo) -> Kind | None:
    """Return the kind of a declared column, None for a field that is no column."""
    extra = field.json_schema_extra
    return extra["kind"] if isinstance(extra, dict) else None  # type: ignore[return-value]


def unit_of(field: FieldInfo) -> str | None:
    """Return the unit of a declared column."""
    extra = field.json_schema_extra
    return extra["unit"] if isinstance(extra, dict) else None  # type: ignore[return-value]
