"""Days and months in the forms that people and spreadsheet programs write: what each could mean.

A form that means one day is read. One that could mean two, such as 01/06/2013, or that a program
has made of something else, such as the serial number 41426, is refused with what it could mean.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name[n].lower(): n for name in (month_name, month_abbr) for n in range(1, 13)}
_MONTHS["sept"] = 9
_PART = r"\s*[-/.,\s]\s*"
_SPOKEN = re.compile(rf"([0-9]{{1,2}})(?:st|nd|rd|th)?{_PART}([A-Za-z]+){_PART}([0-9]{{4}})")
_SHORT = re.compile(rf"([0-9]{{1,2}}){_PART}([A-Za-z]+){_PART}([0-9]{{2}})")
_AMERICAN = re.compile(r"([A-Za-z]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_SERIAL = re.compile(r"[2-6][0-9]{4}")
_MONTH_SPOKEN = re.compile(rf"([A-Za-z]+){_PART}([0-9]{{4}})")
_MONTH_SHORT = re.compile(rf"([A-Za-z]+){_PART}([0-9]{{2}})")
_MONTH_NUMBERS = re.compile(r"([0-9]{1,2})[-/.]((?:19|20)[0-9]{2})")
_MONTH_YEAR_FIRST = re.compile(r"((?:19|20)[0-9]{2})[-/.]([0-9]{1,2})")
_TIME = re.compile(r"[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?$")
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.I
)
_EPOCH = date(1899, 12, 30)
"""The day from which spreadsheet programs count, so that 41426 is 1 June 2013."""
_A_CENTURY = 100


@dataclass(frozen=True)
class Reading:
    """What a text could mean: days, the most likely first, and whether it surely means the one.

    Of a month it is the first day.
    """

    days: tuple[date, ...] = ()
    is_sure: bool = False
    is_serial: bool = False


def day_reading(text: str) -> Reading:
    """Return the days that a text could mean; none, if it is of no form that is known."""
    if match := _SPOKEN.fullmatch(text):
        return Reading(_day(match[3], match[2], match[1]), is_sure=True)
    if (match := _NUMBERS.fullmatch(text)) and len(match[4]) > 2:
        days = _either_way(match[1], match[3], match[4])
        return Reading(days, is_sure=len(days) == 1 and days[0].day == int(match[1]))
    if match := _NUMBERS.fullmatch(text):
        return Reading(_either_way(match[1], match[3], match[4]))
    if match := _SHORT.fullmatch(text):
        return Reading(_day(match[3], match[2], match[1]))
    if match := _AMERICAN.fullmatch(text):
        return Reading(_day(match[3], match[1], match[2]))
    if match := _YEAR_FIRST.fullmatch(text):
        return Reading(_day(match[1], match[2], match[3]))
    if _SERIAL.fullmatch(text):
        return Reading((_EPOCH + timedelta(int(text)),), is_serial=True)
    bare = _WEEKDAY.sub("", _TIME.sub("", text))
    return Reading(day_reading(bare).days) if bare != text else Reading()


def month_reading(text: str) -> Reading:
    """Return the months that a text could mean, a day's own among them, by their first days."""
    for form in (_MONTH_SPOKEN, _MONTH_NUMBERS):
        if match := form.fullmatch(text):
            return Reading(_day(match[2], match[1], "1"), is_sure=True)
    if match := _MONTH_YEAR_FIRST.fullmatch(text):
        return Reading(_day(match[1], match[2], "1"))
    if match := _MONTH_SHORT.fullmatch(text):
        return Reading(_day(match[2], match[1], "1"))
    reading = day_reading(text)
    firsts = dict.fromkeys(day.replace(day=1) for day in reading.days)
    return Reading(tuple(firsts), is_serial=reading.is_serial)


def _either_way(first: str, second: str, year: str) -> tuple[date, ...]:
    """Return the days of two numbers and a year: the British way and, if another, the American."""
    return tuple(dict.fromkeys((*_day(year, second, first), *_day(year, first, second))))


def _day(year: str, month: str, day: str) -> tuple[date, ...]:
    """Return the one day that there is of these, or none; a short year is of this century."""
    of_year = int(year) + (2000 if int(year) < _A_CENTURY else 0)
    of_month = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    with suppress(ValueError):
        return (date(of_year, of_month, int(day)),)
    return ()
