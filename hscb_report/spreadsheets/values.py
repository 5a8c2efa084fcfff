"""What is stored for a cell, as a cell of the grid: numbers exact, days and times by their format.

Spreadsheet programs keep numbers in binary and show 15 digits: what they show is what was meant. A
day is a number too, counted from 1900 or from 1904; its number format alone says that it is one.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from typing import Literal

from hscb_report.spreadsheets.grid import EMPTY, Cell

FormatKind = Literal["number", "percent", "day", "clock", "duration"]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_LONGEST = 400
_SHOWN = Context(prec=15)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_A_DAY = 86_400
_FROM_1900, _FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
_NO_SUCH_DAY = 60
"""The 29 February 1900, which there was not; what is before it is counted from a day later."""
_LAST_DAY = 2_958_465
_PERIOD = re.compile(r"PT(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:[.,][0-9]*)?S)?")


def text_cell(text: str) -> Cell:
    """Return a cell of text, without the space around it; a line break in it is one sign."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return Cell("text", kept) if kept else EMPTY


def plain_number(stored: str) -> str | None:
    """Return a number in digits alone, as a spreadsheet program shows it; None for what is none.

    A whole number keeps all of its digits; of another, 15 count.
    """
    if len(stored) > _LONGEST or not _NUMBER.fullmatch(stored):
        return None
    number = Decimal(stored)
    if not _WHOLE.fullmatch(stored):
        number = _SHOWN.plus(number)
    digits = f"{number:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits.strip("-0") == "" else digits


def number_cell(stored: str, shown: FormatKind = "number", *, from_1904: bool = False) -> Cell:
    """Return the cell of a number that is stored and shown in a format; what is none is text."""
    digits = plain_number(stored)
    if digits is None:
        return text_cell(stored)
    if shown in ("number", "percent"):
        return Cell(shown, digits)
    return _time_cell(Decimal(digits), shown, from_1904) or Cell("number", digits)


def _time_cell(number: Decimal, shown: FormatKind, from_1904: bool) -> Cell | None:
    if number < 0 or number > _LAST_DAY:
        return None
    seconds = int((number * _A_DAY).to_integral_value())
    days, rest = divmod(seconds, _A_DAY)
    if shown == "duration" or (days == 0 and (shown == "clock" or not from_1904)):
        return Cell("time", _clock(seconds))
    if days == _NO_SUCH_DAY and not from_1904:
        return None
    early = 1 if days < _NO_SUCH_DAY and not from_1904 else 0
    with suppress(OverflowError):
        day = (_FROM_1904 if from_1904 else _FROM_1900) + timedelta(days + early)
        return Cell("time", f"{day}T{_clock(rest)}") if rest else Cell("day", f"{day}")
    return None


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    text = f"{hours:02d}:{rest // 60:02d}"
    return f"{text}:{rest % 60:02d}" if rest % 60 else text


def moment_cell(stored: str) -> Cell:
    """Return the cell of a day, with a time of it or without, that is stored as 2024-10-01T10:30.

    Midnight is no time of its own: programs add it to a day. What is no day is text.
    """
    try:
        moment = datetime.fromisoformat(stored.removesuffix("Z"))
    except ValueError:
        return text_cell(stored)
    rest = moment.hour * 3600 + moment.minute * 60 + moment.second
    day = moment.date().isoformat()
    return Cell("time", f"{day}T{_clock(rest)}") if rest else Cell("day", day)


def duration_cell(stored: str) -> Cell:
    """Return the cell of a time that is stored as PT10H30M00S; what is none is text."""
    if not (match := _PERIOD.fullmatch(stored)) or len(stored) > _LONGEST:
        return text_cell(stored)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return Cell("time", _clock(hours * 3600 + minutes * 60 + seconds))


@lru_cache(maxsize=1024)
def kind_of_format(code: str) -> FormatKind:
    """Return what a number format makes of a number: `0.0%`, `dd/mm/yyyy`, `[h]:mm`."""
    signs = _LITERAL.sub("", code).partition(";")[0].lower()
    if _DURATION.search(signs):
        return "duration"
    if "%" in signs:
        return "percent"
    if "general" in signs or not re.search("[ymdhs]", signs):
        return "number"
    is_clock = re.search("[hs]", signs) and not re.search("[yd]", signs)
    return "clock" if is_clock else "day"
