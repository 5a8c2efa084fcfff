"""What may be entered in a column of a template: its list, its check, what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic_core import PydanticCustomError

from hscb_report.outputs.workbook.cells import LONGEST_TEXT, cut
from hscb_report.schema.cells import Month, in_year, read_signed_money
from hscb_report.schema.columns import Kind
from hscb_report.schema.line import Line
from hscb_report.schema.slips import NUMBERS
from hscb_report.schema.tables import ColumnInfo, TableSchema
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.wording import first_upper
from hscb_report.years import ReportingYear

LONGEST_TITLE, LONGEST_PROMPT = 32, 255
"""Signs that Excel takes for the title and the text of what it says beside a cell."""
_MOST = 999_999_999
_EARLIEST, _YEARS_ON = date(1990, 1, 1), 10
"""The days that are taken for no slip of the pen: from then on, and so many years from now."""
_CANCEL = "Choose Cancel to get back what stood here."
_NAMES = ("name", "title", "label", "subject", "programme_title", "asks_for", "offer")
"""The columns that say what a row is, the best first."""

Entry = str | int | Decimal | date | None
Shows = Literal["text", "count", "money", "number", "day"]
_SHOWN: Mapping[str, Shows] = {
    "money": "money",
    "count": "count",
    "number": "number",
    "day": "day",
}


@dataclass(frozen=True)
class Choice:
    """An entry of a list: what stands in the cell, the code that it means, and what that is."""

    entry: str
    code: str
    meaning: str


@dataclass(frozen=True)
class Choices:
    """A list, by a name that no other has; one that `may_grow` does not refuse other entries."""

    name: str
    choices: tuple[Choice, ...]
    may_grow: bool = False


@dataclass(frozen=True)
class Check:
    """What a cell takes: an entry of a list, or a number, day or length within bounds."""

    kind: Literal["list", "integer", "decimal", "date", "length"]
    least: int | date = 0
    most: int | date = LONGEST_TEXT
    choices: Choices | None = None


@dataclass(frozen=True)
class Asked:
    """How a cell is asked for: how it shows its entry, its check, and what is said beside it."""

    shows: Shows
    check: Check
    title: str
    prompt: str
    refusal: str


class Lists:
    """The lists of a year: of vocabularies, of the rows that may be named, of its months."""

    def __init__(
        self,
        year: ReportingYear,
        schemas: Sequence[TableSchema],
        lines: Mapping[str, Sequence[Line]],
    ) -> None:
        self._year, self._lines = year, lines
        self._schemas = {schema.name: schema for schema in schemas}

    def of(self, kind: Kind) -> Choices | None:
        """Return the list of which a cell of a kind holds an entry, or several; None if of none."""
        if kind.vocabulary:
            return _of_vocabulary(kind.vocabulary, several=kind.several)
        if kind.references:
            return self._of_rows(kind.references)
        return self._months() if kind.within_year else None

    def _months(self) -> Choices:
        first = Month(self._year.first, 4)
        numbers = (first.month - 1 + step for step in range(12))
        months = [Month(first.year + n // 12, n % 12 + 1) for n in numbers]
        choices = tuple(Choice(str(month), str(month), month.text) for month in months)
        return Choices(f"Months of {self._year}", choices)

    def _of_rows(self, target: str) -> Choices | None:
        table, _, column = target.partition(".")
        schema = self._schemas[table]
        said = _said_by(schema, column)
        found: dict[str, str] = {}
        for line in self._lines.get(table, ()):
            if code := line.get(column):
                found.setdefault(code, _with_unit(line.get(said) or code, line))
        if not found or max(map(len, found)) > LONGEST_TEXT:
            return None
        named = (
            schema.info.title if column in schema.info.keys else f"{schema.info.title}: {column}"
        )
        choices = tuple(Choice(code, code, meaning) for code, meaning in found.items())
        return Choices(named, choices, may_grow=schema.info.folder == "year")


def _with_unit(name: str, line: Line) -> str:
    """Return what a row is, with the unit of what it measures, if it does."""
    per = f" per {line.get('per')}" if line.get("per") else ""
    return f"{name}: {line.get('unit')}{per}" if line.get("unit") else name


def _of_vocabulary(vocabulary: Vocabulary, *, several: bool) -> Choices:
    """Return the words of a vocabulary: by their labels, if each means one alone; else by codes.

    A cell of several has codes, for no program lets somebody choose more than one entry.
    """
    name = first_upper(vocabulary.name.replace("_", " "))
    found = [(code, label.strip()) for code, label in vocabulary.items()]
    by_label = _is_clear(found) and not several
    choices = (Choice(label if by_label else code, code, label) for code, label in found)
    return Choices(f"{name}, codes" if several else name, tuple(choices))


def _is_clear(found: Iterable[tuple[str, str]]) -> bool:
    """Whether each label says which code is meant: no other has it, as its label or as its code."""
    meant: dict[str, str] = {}
    for code, label in found:
        for said in {code.casefold(), label.casefold()}:
            if meant.setdefault(said, code) != code:
                return False
    return True


def _said_by(schema: TableSchema, column: str) -> str:
    """Return the column that says what a row is that is named by another."""
    names = [c.name for c in schema.columns if c.name not in schema.about_rows]
    best = (name for name in _NAMES if name in names and name != column)
    texts = (c.name for c in schema.columns if c.name != column and c.kind.name == "text")
    return next(best, next(texts, column))


def asked(column: ColumnInfo, year: ReportingYear, choices: Choices | None) -> Asked:
    """Return how the cells of a column are asked for, in a year."""
    kind = column.kind
    allowed = _allowed(kind, year, choices)
    needed = "Required." if column.required else "Leave it empty if you do not know."
    unit = f" Unit: {column.unit}." if column.unit and kind.name != "money" else ""
    about = cut(column.description, LONGEST_PROMPT - len(f". {unit} {allowed} {needed}"))
    prompt = f"{about}.{unit} {allowed} {needed}"
    return Asked(
        _shows(kind),
        _check(kind, year, choices),
        cut(column.description, LONGEST_TITLE),
        cut(prompt, LONGEST_PROMPT),
        cut(f"{allowed} {_CANCEL}", LONGEST_PROMPT),
    )


def said_once(label: str, about: str, choices: Choices | None) -> Asked:
    """Return how it is asked for what is said once of a whole sheet."""
    allowed = f'Choose an entry of "{choices.name}" (sheet Lists).' if choices else "Text."
    check = Check("list", choices=choices) if choices else Check("length")
    told = cut(f"{about} {allowed}", LONGEST_PROMPT)
    return Asked("text", check, label, told, f"{allowed} {_CANCEL}")


def _shows(kind: Kind) -> Shows:
    return _SHOWN.get(kind.name, "text")


def _check(kind: Kind, year: ReportingYear, choices: Choices | None) -> Check:
    if choices and not kind.several:
        return Check("list", choices=choices)
    if kind.name == "count":
        return Check("integer", 0, _MOST)
    if kind.name in NUMBERS:
        is_signed = kind.name != "money" or kind.parse is read_signed_money
        return Check("decimal", -_MOST if is_signed else 0, _MOST)
    if kind.name == "day":
        return Check("date", _EARLIEST, date(year.first + _YEARS_ON, 12, 31))
    return Check("length")


def _allowed(kind: Kind, year: ReportingYear, choices: Choices | None) -> str:
    """Return what a cell may hold, as a sentence or two for whoever fills it."""
    if choices and kind.several:
        return f'Codes of "{choices.name}" (sheet Lists), with semicolons between them.'
    if choices and choices.may_grow:
        return f'An entry of "{choices.name}" (sheet Lists), or a code that you add to its table.'
    if choices:
        return f'Choose an entry of "{choices.name}" (sheet Lists).'
    told = {
        "count": "A whole number from 0.",
        "number": "A number, with decimals or without.",
        "day": f"A day, such as 1 October {year.first}, from 1990 to {year.first + _YEARS_ON}.",
        "text": f"Text of at most {LONGEST_TEXT:,} signs.",
    }
    if kind.name == "money":
        is_signed = kind.parse is read_signed_money
        below = ", below zero where money is owed or came back" if is_signed else ", from 0"
        return f"Pounds, with pence or without{below}."
    return told.get(kind.name) or f"{first_upper(in_year(kind.allowed, year))}."


def example(column: ColumnInfo, year: ReportingYear, choices: Choices | None) -> Entry:
    """Return what an example row has in a column: invented, and of the right form."""
    kind = column.kind
    if choices:
        entries = [choice.entry for choice in choices.choices]
        return "; ".join(entries[:2]) if kind.several else entries[0]
    numbers: Mapping[str, Entry] = {
        "money": Decimal(1234),
        "count": 12,
        "number": Decimal(12),
        "day": date(year.first, 10, 1),
    }
    month = Month(year.first, 6)
    texts = {
        "month": f"{month}",
        "months": f"{month}; {year.first}-M09",
        "period": f"{year}",
        "year": f"{year}",
        "years": f"{year}; {year.next}",
        "action area": "3.2",
        "action": "3.2b",
        "actions": "3.2b; 3.2c",
        "text": "Words of your own",
    }
    return numbers.get(kind.name) or texts.get(kind.name, "a_code")


def entry(column: ColumnInfo, cell: str, choices: Choices | None) -> Entry:
    """Return what a cell of a table's file is in a sheet: a number, a day, a label, or its text.

    What cannot be read stays as it is.
    """
    kind = column.kind
    if not cell:
        return None
    if choices and not kind.several:
        return next((c.entry for c in choices.choices if c.code == cell), cell)
    if kind.name in NUMBERS or kind.name == "day":
        try:
            value = kind.read(cell)
        except PydanticCustomError:
            return cell
        assert isinstance(value, int | Decimal | date)
        return value
    return cell
