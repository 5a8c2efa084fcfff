"""Words and marks that say that there is no value, or no exact one, and how to record it instead.

An empty cell says that a value is missing. What else there is to say stands in other columns, if
the table has them: that a value is not available, that it is approximate, a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic_core import PydanticCustomError

from hscb_report.schema import vocabularies as words
from hscb_report.schema.slips import NUMBERS
from hscb_report.schema.tables import ColumnInfo

WORDS = {"n/a", "na", "nan", "null", "-", "–", "—", "--"}
"""What is said of a missing value in any column."""
_MARKS = {
    *("c", "x", "z", "s", "u", "w", "k", "*", "**", ":", "..", "...", "…", ".", "~", "?", "‡", "†"),
    *("none", "unknown", "not known", "not available", "not applicable", "suppressed", "withheld"),
    *("redacted", "low", "n/k", "nk", "not recorded", "missing", "blank", "confidential"),
}
"""What is said in a column of numbers of one that is kept back or missing, as statistics do."""
_UNDER = re.compile(r"(?:<|≤|<=|fewer than|less than|under|up to)\s*[0-9]+", re.IGNORECASE)
_OVER = re.compile(
    r"(?:>|≥|>=|over|more than|at least)\s*([0-9][0-9.,]*)|([0-9][0-9.,]*)\s*\+", re.I
)
_ABOUT = re.compile(
    r"(?:~|≈|c\.?|ca\.?|circa|about|around|approx(?:\.|imately)?)\s*([0-9][0-9.,]*)", re.IGNORECASE
)
AS_EMPTY = "a missing value is written as an empty cell."
KEPT_BACK = "a mark stands here in the place of a number."
INEXACT = "a number stands alone in its cell."


def said_of_none(cell: str, column: ColumnInfo) -> str | None:
    """Return what is wrong with a cell that says in words or by a mark that it has no value."""
    if cell.lower() in WORDS:
        return AS_EMPTY
    if column.kind.name not in NUMBERS:
        return None
    if cell.strip("[]()").lower() in _MARKS or _UNDER.fullmatch(cell):
        return KEPT_BACK
    return None


def how_to_record_none(column: ColumnInfo, columns: Iterable[ColumnInfo]) -> str:
    """Return how a table records that a value of one of its columns is missing or kept back."""
    if column.required:
        if column.kind.name not in NUMBERS:
            return "This column needs a value."
        return "This column needs the number itself; if nobody knows it, leave the row out."
    named = {other.name: other.kind.vocabulary for other in columns}
    if column.kind.name in NUMBERS and named.get("status") == words.VALUE_STATUS:
        return 'Leave the cell empty, and write "not_available" in the column status.'
    if column.kind.name in NUMBERS and "note" in named:
        return "Leave the cell empty, and say why in the column note."
    return "Leave the cell empty."


def inexact(cell: str, column: ColumnInfo, columns: Iterable[ColumnInfo]) -> str | None:
    """Return how to record a number that is said to be more, or about as much; None if none is."""
    if column.kind.name not in NUMBERS:
        return None
    for form, qualifier in ((_OVER, "over"), (_ABOUT, "approximately")):
        if match := form.fullmatch(cell):
            number = next(part for part in match.groups() if part)
            return _with_qualifier(number, qualifier, column, columns)
    return None


def _with_qualifier(
    number: str, qualifier: str, column: ColumnInfo, columns: Iterable[ColumnInfo]
) -> str | None:
    try:
        column.kind.read(number)
    except PydanticCustomError:
        return None
    listed = {other.name for other in columns}
    if "qualifier" in listed:
        return f'Write "{number}", and "{qualifier}" in the column qualifier.'
    beside = ", and the rest in the column note" if "note" in listed else ""
    return f'Write "{number}"{beside}.'
