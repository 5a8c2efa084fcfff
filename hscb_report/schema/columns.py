"""The kinds of cell a table may hold: how each is written, read and explained.

Reading is strict where a guess could be wrong (`45.203` may be pounds or thousands)
and lenient where it could not (`£45,203`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from hscb_report import years
from hscb_report.errors import ReportError, suggestion
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.years import ReportingYear

_MONEY = re.compile(r"£?\s*([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(\.[0-9]{2})?")
_COUNT = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2}")
_NUMBER = re.compile(r"-?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(\.[0-9]{1,6})?")
_MONTH = re.compile(r"((?:19|20)[0-9]{2})-M?(0[1-9]|1[0-2])")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,59}")
_ACTION_AREA = re.compile(r"[1-9][0-9]?\.[1-9][0-9]?")
_ACTION = re.compile(_ACTION_AREA.pattern + r"[a-z]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, written `2013-M06`: the form of SDMX, which no spreadsheet rewrites.

    (`2013-06` is read too, but a spreadsheet saves it as "Jun-13".)
    """

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-M{self.month:02d}"

    @property
    def text(self) -> str:
        """The month in words, "June 2013"."""
        return f"{date(self.year, self.month, 1):%B %Y}"

    @property
    def name(self) -> str:
        """The month's name alone, "June"."""
        return f"{date(self.year, self.month, 1):%B}"

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def months_until(self, later: Month) -> int:
        """Return the number of months from this one to `later`, negative if that is earlier."""
        return (later.year - self.year) * 12 + later.month - self.month


def refuse(kind: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return the error for a cell: what is allowed and, as a hint, what probably went wrong."""
    return PydanticCustomError(kind, "{message}", {"message": message, "hint": hint})


def parse_money(cell: str) -> Decimal:
    """Read pounds, exactly; refuse what could mean two amounts."""
    match = _MONEY.fullmatch(cell)
    if match:
        return Decimal(match[1].replace(",", "") + (match[2] or ""))
    hint = ""
    if re.fullmatch(r"\(.*\)|[-−].*", cell):
        hint = "An amount is never negative here: put it on the other side of the account."
    elif re.search(r"[.,][0-9]+$", cell):
        hint = "It is not clear what is thousands and what is pence: write it without commas."
    raise refuse("money", "expected pounds such as 45203 or 45203.50.", hint)


def parse_count(cell: str) -> int:
    """Read a whole number from 0; refuse signs and fractions."""
    if _COUNT.fullmatch(cell):
        return int(cell.replace(",", ""))
    hint = ""
    if cell.startswith(("-", "−")):
        hint = "A count is never negative."
    elif re.fullmatch(r"[0-9,]+\.[0-9]+", cell):
        hint = "A count has no fraction."
    raise refuse("count", "expected a whole number such as 12 or 1,583.", hint)


def parse_number(cell: str) -> Decimal:
    """Read a decimal number, exactly."""
    if _NUMBER.fullmatch(cell):
        return Decimal(cell.replace(",", ""))
    raise refuse("number", "expected a number such as 589 or 61.25.")


def parse_month(cell: str) -> Month:
    """Read a month."""
    match = _MONTH.fullmatch(cell)
    if match:
        return Month(int(match[1]), int(match[2]))
    hint = ""
    if re.fullmatch(r"[A-Za-z]{3,9}[-\s/][0-9]{2,4}|[0-9]{1,2}/[0-9]{2,4}", cell):
        hint = "A spreadsheet program has probably rewritten it."
    raise refuse("month", "expected a month written 2013-M06.", hint)


def parse_day(cell: str) -> date:
    """Read a day."""
    try:
        return years.parse_day(cell)
    except ReportError:
        hint = "A spreadsheet program has probably rewritten it." if "/" in cell else ""
        raise refuse("day", "expected a day written 2014-M10-01.", hint) from None


def parse_year(cell: str) -> ReportingYear:
    """Read a reporting year."""
    try:
        return ReportingYear.parse(cell)
    except ReportError:
        raise refuse("year", "expected a reporting year written 2013-14.") from None


def parse_identifier(cell: str) -> str:
    """Read a short code; it becomes part of the names of facts."""
    if _IDENTIFIER.fullmatch(cell):
        return cell
    raise refuse("identifier", "expected a short code such as set_events: a-z, 0-9 and _.")


def parse_action_area(cell: str) -> str:
    """Read the label of an action area."""
    if _ACTION_AREA.fullmatch(cell):
        return cell
    raise refuse("action area", "expected the label of an action area, such as 3.2.")


def parse_action(cell: str) -> str:
    """Read the label of an action."""
    if _ACTION.fullmatch(cell):
        return cell
    raise refuse("action", "expected the label of an action, such as 3.2b.")


def parse_text(cell: str) -> str:
    """Take text as it is; refuse characters that no output can show."""
    if _CONTROL.search(cell):
        raise refuse("text", "holds a control character that cannot be printed.", "Retype it.")
    return cell


def parse_printed(cell: str) -> str:
    """Take text as it is printed, out of the quotation marks that keep a spreadsheet from it."""
    quoted = len(cell) > 2 and cell[0] == cell[-1] == '"'
    return parse_text(cell[1:-1] if quoted else cell)


@dataclass(frozen=True)
class Kind:
    """A kind of column: its name, how a cell is read, and what a cell may hold.

    A `within_year` month lies in the reporting year; `references` names the `table.column` in
    which the cell's value must stand; `references_by` names another column of the row, and the
    `table.column` for each of its codes.
    """

    name: str
    parse: Callable[[str], Any]
    allowed: str
    vocabulary: Vocabulary | None = None
    within_year: bool = False
    references: str | None = None
    references_by: tuple[str, Mapping[str, str]] | None = None


IDENTIFIER = Kind("identifier", parse_identifier, "a short code of a-z, 0-9 and _")
TEXT = Kind("text", parse_text, "any text")
PRINTED = Kind(
    "text",
    parse_printed,
    'any text; what a spreadsheet would rewrite, in quotation marks: "Sep 14"',
)
MONEY = Kind("money", parse_money, "pounds with no or two decimals: 45203, 45,203, £45,203.00")
COUNT = Kind("count", parse_count, "a whole number from 0")
NUMBER = Kind("number", parse_number, "a decimal number")
MONTH = Kind("month", parse_month, "a month, 2013-M06")
MONTH_OF_YEAR = replace(MONTH, allowed="a month of the reporting year, 2013-M06", within_year=True)
DAY = Kind("day", parse_day, "a day, 2014-M10-01")
YEAR = Kind("year", parse_year, "a reporting year, 2013-14")
ACTION_AREA = Kind("action area", parse_action_area, "the label of an action area, such as 3.2")
ACTION = Kind("action", parse_action, "the label of an action, such as 3.2b")


def code(vocabulary: Vocabulary) -> Kind:
    """Return the kind of a cell that holds one of the codes of `vocabulary`."""

    def parse_code(cell: str) -> str:
        if cell in vocabulary:
            return cell
        by_label = [key for key, label in vocabulary.items() if label.lower() == cell.lower()]
        hint = f'Did you mean "{by_label[0]}"?' if by_label else suggestion(cell, vocabulary)
        raise refuse("code", f"expected one of: {', '.join(vocabulary)}.", hint)

    return Kind("code", parse_code, "one of the listed codes", vocabulary=vocabulary)


def several(one: Kind, name: str, allowed: str) -> Kind:
    """Return the kind of a cell that holds one or more values of a kind, between semicolons."""

    def parse_several(cell: str) -> tuple[Any, ...]:
        parts = [part.strip() for part in cell.split(";")]
        if not all(parts):
            hint = "A semicolon stands only between two of them."
            raise refuse(name, f"expected {allowed}, between semicolons.", hint)
        return tuple(one.parse(part) for part in parts)

    return replace(one, name=name, parse=parse_several, allowed=f"{allowed}, between semicolons")


def codes(vocabulary: Vocabulary) -> Kind:
    """Return the kind of a cell that holds one or more codes, separated by semicolons."""
    return several(code(vocabulary), "codes", "one or more of the listed codes")


MONTHS = several(MONTH, "months", "one or more months, 2014-M10")
YEARS = several(YEAR, "years", "one or more reporting years, 2013-14")


def reference(
    target: str = "", of: Kind = TEXT, *, by: tuple[str, Mapping[str, str]] | None = None
) -> Kind:
    """Return the kind of a cell that names a row of another table, `table.column`, of that kind.

    With `by`, the table depends on the code in another column of the row.
    """
    where = target or f"the table that its {by[0] if by else ''} says"
    allowed = f"a code that stands in {where}"
    return Kind("reference", of.parse, allowed, references=target or None, references_by=by)


def column(kind: Kind, description: str, unit: str | None = None) -> Any:
    """Declare a column: its kind, what it means and, where it counts something, its unit.

    A field typed `| None` may be left empty.
    """
    return Field(description=description, json_schema_extra={"kind": kind, "unit": unit})  # type: ignore[dict-item]


def kind_of(field: FieldInfo) -> Kind | None:
    """Return the kind of a declared column, None for a field that is no column."""
    extra = field.json_schema_extra
    return extra["kind"] if isinstance(extra, dict) else None  # type: ignore[return-value]


def unit_of(field: FieldInfo) -> str | None:
    """Return the unit of a declared column."""
    extra = field.json_schema_extra
    return extra["unit"] if isinstance(extra, dict) else None  # type: ignore[return-value]
