"""What a cell of a spreadsheet becomes in a table: what its column can read, or a plain refusal.

A number, a day or a text goes over as it is. Where a program has made something else of what was
typed (a date of 3/4, 0.61 of 61%), nobody can tell any more what that was, so it is not guessed.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from decimal import Decimal
from types import MappingProxyType

from hscb_report.schema.columns import Kind
from hscb_report.schema.measurements import OF_THE_MEASURE, PERCENT_NAMES
from hscb_report.schema.slips import NUMBERS, likely
from hscb_report.schema.tables import ColumnInfo
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.spreadsheets.grid import Cell
from hscb_report.wording import listed, quoted

_DAYS = ("day", "period")
_MONTHS = ("month", "months")
_SERIALS = range(20_000, 80_001)
"""The numbers that are days of 1954 to 2119 to a spreadsheet program."""
_ANSWERS = {"TRUE": "yes", "FALSE": "no"}
_AS_TEXT = "Give the cell the format of text, and enter what its source has."


class CellError(Exception):
    """Why a cell cannot be taken as it is, and what mends it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def as_written(
    cell: Cell,
    column: ColumnInfo,
    row: Mapping[str, str] = MappingProxyType({}),
    shares: Container[str] = (),
) -> str:
    """Return what a cell becomes in a table, in a column.

    `row` are the cells of the row before it, and `shares` the measures that are in percent: by them
    a value is known that is shown as a percentage.

    The column may refuse it still, in its own words. Raises CellError for what has no one meaning:
    an error, a formula without its result, what a program has made a date or a percentage of.
    """
    if cell.lacks_value:
        what = "the cell has a formula whose result is not stored."
        raise CellError(what, "Open the file in its program and save it again.")
    if cell.kind == "error":
        what = f"the cell holds the error {cell.text}."
        raise CellError(what, "Mend the formula that it comes from, or type the value.")
    if cell.kind == "day":
        return _day(cell.text, column.kind)
    if cell.kind == "time":
        raise _time_refused(cell.text, column.kind)
    if cell.kind == "boolean":
        return _answer(cell.text, column.kind)
    if cell.kind == "percent":
        is_share = column.unit == OF_THE_MEASURE and row.get("measure") in shares
        return _percentage(cell.text, column, is_share=is_share)
    if cell.kind == "number":
        _check_serial(cell.text, column.kind)
    return _of_vocabulary(cell.text, column.kind)


def _of_vocabulary(text: str, kind: Kind) -> str:
    """Return a text, or the codes of the labels that stand in it in a column of codes."""
    if not text or kind.vocabulary is None or kind.vocabulary.is_open:
        return text
    if not kind.several or ";" not in text:
        return _code(text, kind.vocabulary)
    return ";".join(_code(part.strip(), kind.vocabulary) for part in text.split(";"))


def _code(text: str, vocabulary: Vocabulary) -> str:
    """Return the code that a text is the label of; the text itself, if it is none."""
    if text in vocabulary:
        return text
    labelled = [code for code, label in vocabulary.items() if _same(label, text)]
    if len(labelled) > 1:
        what = f"{quoted(text)} is the label of {len(labelled)} codes: {listed(labelled)}."
        raise CellError(what, "Enter the code that is meant.")
    return labelled[0] if labelled else text


def _same(label: str, text: str) -> bool:
    return " ".join(label.casefold().split()) == " ".join(text.casefold().split())


def _day(text: str, kind: Kind) -> str:
    year, month, day = text.split("-")
    if kind.name in _DAYS:
        return f"{year}-M{month}-{day}"
    if kind.name in _MONTHS and day == "01":
        return f"{year}-M{month}"
    if kind.name in _MONTHS:
        what = f"the cell holds a day, {year}-M{month}-{day}, and not a month."
        raise CellError(what, f"If its month is meant, enter {year}-M{month} as text.")
    what = f"a spreadsheet program has made a date of the cell: {year}-M{month}-{day}."
    raise CellError(what, _AS_TEXT)


def _time_refused(text: str, kind: Kind) -> CellError:
    day, _, clock = text.rpartition("T")
    year, _, rest = day.partition("-")
    if not day:
        return CellError(f"the cell holds a time of day, {clock}.", _AS_TEXT)
    what = f"the cell holds a day with a time of day: {year}-M{rest} {clock}."
    return CellError(
        what, f"Enter the day alone: {year}-M{rest}." if kind.name in _DAYS else _AS_TEXT
    )


def _answer(text: str, kind: Kind) -> str:
    answer = _ANSWERS[text]
    if kind.vocabulary is not None and answer in kind.vocabulary:
        return answer
    what = f"the cell holds the value {text}, which a spreadsheet program makes of the word."
    raise CellError(what, _AS_TEXT)


def _percentage(text: str, column: ColumnInfo, *, is_share: bool) -> str:
    hundredths = f"{(Decimal(text) * 100).normalize():f}"
    if column.kind.name not in NUMBERS:
        raise CellError(f"the cell is shown as a percentage: {hundredths}%.", _AS_TEXT)
    if is_share or (column.unit or "").lower() in PERCENT_NAMES:
        return hundredths
    unit = f"; the unit of its column is: {column.unit}" if column.unit else ""
    what = f"the cell is shown as a percentage: {hundredths}%{unit}."
    hint = f"Give it the format of a number, and enter what is meant, {hundredths} or {text}."
    raise CellError(what, hint)


def _check_serial(text: str, kind: Kind) -> None:
    """Refuse a number where a day belongs, if it is one by which a program keeps a day."""
    is_serial = text.isdecimal() and len(text) == 5 and int(text) in _SERIALS
    if kind.name in (*_DAYS, *_MONTHS) and is_serial:
        meant = likely(kind.name, text, kind.read)
        what = f"the cell holds the number {text}, where {kind.allowed} belongs."
        raise CellError(what, meant or "Give it the format of a date, or enter it as text.")
