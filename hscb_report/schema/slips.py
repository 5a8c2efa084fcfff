"""What a cell that its column refuses was most likely meant to be.

Nothing is offered that the column would refuse too: each form that a cell may have been meant in is
read, and the first that can be is named. None of it is taken over: whoever keeps the data decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from pydantic_core import PydanticCustomError

from hscb_report.schema.dates import day_reading, month_reading
from hscb_report.wording import one_line, slug
from hscb_report.years import ReportingYear

Reader = Callable[[str], object]
NUMBERS = ("money", "count", "number")
_LONGEST = 60
_OTHER_MONEY = re.compile(r"[-(]?\s*[$€¥]|[$€¥]$|\b(?:EUR|USD)\b")
_POWER = re.compile(r"-?[0-9](?:\.[0-9]+)?[eE][+-]?[0-9]+")
_SHORTENED = re.compile(r"(?P<number>[0-9][0-9.,]*)\s*(?:k|m|bn|thousand|million)", re.IGNORECASE)
_WITH_WORDS = re.compile(r"[A-Za-z£%\s.]*?(-?[0-9][0-9,]*(?:\.[0-9]+)?)[A-Za-z%\s]*")
_YEARS = re.compile(r"(?:FY\s*)?((?:20)?[0-9]{2})\s*(?:[-/–—]|to)\s*((?:20)?[0-9]{2})")
_QUARTER = re.compile(r"Q([1-4])\s*(?:of\s*)?(20[0-9]{2}[-/][0-9]{2})", re.IGNORECASE)
_SPAN = re.compile(r"(.+?)\s*(?:-|–|to|until)\s*(.+)")
_YEAR_TO = re.compile(
    r"(?:12 months|year)(?: ending| ended)?(?: to)? ([A-Za-z]+)\.? ([0-9]{4})", re.I
)


def likely(kind: str, cell: str, read: Reader) -> str:
    """Return what a refused cell of a kind probably was, told as a hint; "" if nothing is likely.

    `read` is how the column reads a cell; every value that the hint offers, it reads.
    """
    if len(cell) > _LONGEST:
        return ""
    if kind in NUMBERS and (told := _of_a_number(cell)):
        return told
    meant = dict.fromkeys((*_meant(kind, cell), *_part_by_part(kind, cell, read)))
    offered = [text for text in meant if _is_read(text, read)]
    if not offered:
        return ""
    told = " or ".join(f'"{one_line(text)}"' for text in _alternatives(kind, cell, offered))
    return f"{_why(kind, cell)}Did you mean {told}?"


def _part_by_part(kind: str, cell: str, read: Reader) -> Iterator[str]:
    """Yield a cell of several values, each part of it that is refused as it was likely meant."""
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    if ";" in cell:
        yield ";".join(_first_read((part, *_meant(kind, part)), read) for part in parts)


def _first_read(texts: tuple[str, ...], read: Reader) -> str:
    return next((text for text in texts if _is_read(text, read)), texts[0])


def _alternatives(kind: str, cell: str, offered: list[str]) -> list[str]:
    """Return all that are offered where a cell could mean two times, else the likeliest."""
    could_be_two = len(_times(kind, cell)) > 1 or kind in ("year", "years", "period")
    return offered[:2] if could_be_two else offered[:1]


def _why(kind: str, cell: str) -> str:
    if not _is_time(kind):
        return ""
    if day_reading(cell).is_serial:
        return "It is the number by which a spreadsheet program keeps a day. "
    is_time = _times(kind, cell) or month_reading(cell).days
    return "A spreadsheet program has probably rewritten it. " if is_time else ""


def _is_time(kind: str) -> bool:
    return kind.rstrip("s") in ("day", "month", "period", "year")


def _is_read(text: str, read: Reader) -> bool:
    try:
        read(text)
    except PydanticCustomError:
        return False
    return True


def _of_a_number(cell: str) -> str:
    """Return what is told of a number where no other cell can be offered."""
    if _OTHER_MONEY.search(cell):
        return "It is an amount of another currency: enter it in pounds."
    if _POWER.fullmatch(cell):
        return "A program has shortened it to a power of ten: enter all of its digits."
    if _SHORTENED.fullmatch(cell):
        return "Enter it in full, with all of its noughts."
    if _is_a_date(cell):
        return "A spreadsheet program has probably made a date of it: enter what its source has."
    return ""


def _is_a_date(cell: str) -> bool:
    """Whether a cell is a day or a month, with its year or without: "01-Feb", "Sep-14"."""
    if not re.search("[-/A-Za-z]", cell[1:]):
        return False
    return bool(month_reading(cell).days or day_reading(f"{cell}-2000").days)


# What a cell may have been meant to be, the likeliest first ---------------------------------------


def _meant(kind: str, cell: str) -> Iterator[str]:
    tidy = _tidied(cell)
    yield tidy
    if kind in NUMBERS:
        yield from _numbers(tidy)
    elif _is_time(kind):
        yield from (_written(kind, day) for day in _times(kind, tidy))
        yield from _other_times(tidy)
    else:
        yield from _labels(tidy)


def _tidied(cell: str) -> str:
    """Return a cell with plain letters and signs, out of marks that only a spreadsheet needs."""
    formula = re.fullmatch(r'="(.*)"', cell)
    plain = unicodedata.normalize("NFKC", formula[1] if formula else cell)
    return " ".join(re.sub("[−–—]", "-", plain).strip("'\"’“”` ").split())


def _numbers(cell: str) -> Iterator[str]:
    close = re.sub(r"\s", "", cell)
    yield close
    yield re.sub("[oO]", "0", re.sub("[lI]", "1", close))
    yield re.sub(r"^£-", "-", close)
    yield re.sub(r"^([0-9.,]+)-$", r"-\1", close)
    if re.fullmatch(r"-?[0-9]+,[0-9]{1,2}", close):
        yield close.replace(",", ".")
    if match := _WITH_WORDS.fullmatch(cell):
        yield match[1]


def _times(kind: str, cell: str) -> tuple[date, ...]:
    """Return the days, or the first days of the months, that a cell could mean."""
    if kind.startswith("month"):
        return month_reading(cell).days
    return day_reading(cell).days if kind in ("day", "period") else ()


def _written(kind: str, day: date) -> str:
    month = f"{day.year}-M{day.month:02d}"
    return month if kind.startswith("month") else f"{month}-{day.day:02d}"


def _other_times(cell: str) -> Iterator[str]:
    yield cell.lower()
    yield re.sub(r"\s*[,;/&]\s*|\s+and\s+|\s+", ";", cell)
    if match := _YEARS.fullmatch(cell):
        yield from _reporting_year(match[1])
    if re.fullmatch("20[0-9]{2}", cell):
        yield from (str(ReportingYear(int(cell) - 1)), str(ReportingYear(int(cell))))
    for month in month_reading(cell).days:
        if month.year % 100 == month.month - 1:  # "2011-12" becomes "Dec-11"
            yield f"{month.year}-{month.month:02d}"
    yield from _spans(cell)


def _spans(cell: str) -> Iterator[str]:
    """Yield the months of a span, a quarter or a year to a month in the form that is read."""
    if match := _QUARTER.fullmatch(cell):
        first, quarter = int(match[2][:4]), int(match[1])
        year, begins = (first, quarter * 3 + 1) if quarter < 4 else (first + 1, 1)
        yield f"{year}-M{begins:02d} to {year}-M{begins + 2:02d}"
    if match := _YEAR_TO.fullmatch(cell):
        for month in month_reading(f"{match[1]} {match[2]}").days:
            yield f"year to {month:%B %Y}"
    for month in month_reading(cell).days:
        yield _written("month", month)
    if match := _SPAN.fullmatch(cell):
        last = month_reading(match[2]).days
        named = re.fullmatch("[A-Za-z]+", match[1])
        first_days = month_reading(
            f"{match[1]} {last[0].year}" if named and last else match[1]
        ).days
        for first_day, last_day in zip(first_days, last, strict=False):
            yield f"{_written('month', first_day)} to {_written('month', last_day)}"


def _reporting_year(first: str) -> Iterator[str]:
    yield str(ReportingYear(int(first) + (2000 if len(first) == 2 else 0)))


def _labels(cell: str) -> Iterator[str]:
    """Yield a label or a code without what is easily typed too much."""
    bare = re.sub(r"\s", "", cell).rstrip(".,;:")
    if " " in cell:
        yield slug(cell)
    for text in (bare, bare.lower(), bare.lower().replace(",", ".")):
        yield text
        yield re.sub(r"(^|\.)0+(?=[0-9])", r"\1", text)
    yield slug(cell)
    yield re.sub(r"\s*[,/&]\s*|\s+and\s+", ";", cell)
