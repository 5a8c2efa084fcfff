"""Reporting years, April to March, written "2013-14"; days, "2014-10-01"; and other periods."""

from __future__ import annotations

import contextlib
import re
from calendar import month_name, monthrange
from dataclasses import dataclass, field
from datetime import date

from hscb_report.errors import UsageError
from hscb_report.wording import quoted

_WRITTEN = re.compile(r"(20[0-9]{2})-([0-9]{2})")
_CALENDAR_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_TO = re.compile(rf"year to ({'|'.join(month_name[1:])}) ((?:19|20)[0-9]{{2}})")
_MONTHS = re.compile(
    r"((?:19|20)[0-9]{2}-M?(?:0[1-9]|1[0-2]))(?: to ((?:19|20)[0-9]{2}-M?(?:0[1-9]|1[0-2])))?"
)
_FOUR_DIGITS = re.compile(r"\b[0-9]{4}\b")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-/](?:20)?\d\d(?![\d-]))?(?!\d)")
_DAY = re.compile(r"([0-9]{4})-M?([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, order=True)
class ReportingYear:
    """A financial year, the period a board reports on.

    Working Together 2013 (chapter 3) has the annual report published in relation to the preceding
    financial year, 1 April to 31 March.
    """

    first: int

    @classmethod
    def parse(cls, text: str) -> ReportingYear:
        """Return the year written as `text`; raise UsageError for anything but "2013-14"."""
        match = _WRITTEN.fullmatch(text)
        if not match:
            raise UsageError(f'"{text}" is not a reporting year. Write it as 2013-14.')
        first = int(match[1])
        year = cls(first)
        if str(year) != text:
            raise UsageError(f'"{text}" is not a reporting year. Did you mean {year}?')
        return year

    def __str__(self) -> str:
        return f"{self.first}-{(self.first + 1) % 100:02d}"

    @property
    def start(self) -> date:
        """The first day, 1 April."""
        return date(self.first, 4, 1)

    @property
    def end(self) -> date:
        """The last day, 31 March."""
        return date(self.first + 1, 3, 31)

    @property
    def months(self) -> str:
        """Its first and its last month, "April 2013 to March 2014"."""
        return f"{self.start:%B %Y} to {self.end:%B %Y}"

    @property
    def previous(self) -> ReportingYear:
        """The year before."""
        return ReportingYear(self.first - 1)

    @property
    def next(self) -> ReportingYear:
        """The year after."""
        return ReportingYear(self.first + 1)

    def is_between(self, first: ReportingYear | None, last: ReportingYear | None) -> bool:
        """Whether it is not before the first and not after the last, where they are known."""
        return (first is None or first <= self) and (last is None or self <= last)

    def contains(self, day: date) -> bool:
        """Whether `day` lies in the year, its first and last day included."""
        return self.start <= day <= self.end


@dataclass(frozen=True, order=True)
class Period:
    """The time that a value is of: a span of days or, with `first` and `last` alike, one day.

    The later of two is the one that ends later. What is not dated comes before everything.
    """

    last: date
    first: date
    text: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period written as `text`; raise UsageError for what is none."""
        if text == "undated":
            return cls(date.min, date.min, text)
        if match := _YEAR_TO.fullmatch(text):
            month, year = list(month_name).index(match[1]), int(match[2])
            last = _month_end(date(year, month, 1))
            first = date(year - (month < 12), month % 12 + 1, 1)
            return cls(last, first, text)
        if _CALENDAR_YEAR.fullmatch(text):
            return cls(date(int(text), 12, 31), date(int(text), 1, 1), text)
        with contextlib.suppress(UsageError):
            year_ = ReportingYear.parse(text)
            return cls(year_.end, year_.start, text)
        if match := _MONTHS.fullmatch(text):
            first_month, last_month = match[1], match[2] or match[1]
            first, last = (date(int(m[:4]), int(m[-2:]), 1) for m in (first_month, last_month))
            if first <= last:
                return cls(_month_end(last), first, " to ".join(_months_text(first, last)))
        with contextlib.suppress(UsageError):
            day = parse_day(text)
            return cls(day, day, day_text(day))
        raise UsageError(
            f"{quoted(text)} is not a period. Write it as 2013-14, 2013, year to September 2013, "
            "2013-M04 to 2013-M09, 2014-M03-31, or undated."
        )

    @classmethod
    def of_year(cls, year: ReportingYear) -> Period:
        """Return a whole reporting year as a period."""
        return cls(year.end, year.start, str(year))

    def __str__(self) -> str:
        return self.text

    @property
    def before(self) -> Period:
        """The same time a year earlier; of what is not dated, itself."""
        if not self.is_dated:
            return self
        first, last = _year_earlier(self.first), _year_earlier(self.last)
        text = _FOUR_DIGITS.sub(lambda year: str(int(year[0]) - 1), self.text)
        if _WRITTEN.fullmatch(self.text):
            text = str(ReportingYear(first.year))
        elif self.is_a_day:
            text = day_text(last)
        return Period(last, first, text)

    @property
    def is_a_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last

    def is_later_by_years(self, other: Period) -> bool:
        """Whether it is the same time of a later year: 2013-14 of 2011-12, and not of 2012."""
        then = self
        while then.last > other.last and then.first.year > date.min.year:
            then = then.before
        return then == other and self != other

    @property
    def is_dated(self) -> bool:
        """Whether it is known when it is."""
        return self.last > date.min

    def overlaps(self, other: Period) -> bool:
        """Whether a day lies in both; in what is not dated none does."""
        is_known = self.is_dated and other.is_dated
        return is_known and self.first <= other.last and other.first <= self.last


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months_text(first: date, last: date) -> list[str]:
    return list(dict.fromkeys(f"{month:%B %Y}" for month in (first, last)))


def _year_earlier(day: date) -> date:
    """Return the day a year before; the end of a month stays its end."""
    if day == _month_end(day):
        return _month_end(date(day.year - 1, day.month, 1))
    return day.replace(year=day.year - 1)


def a_year_later(text: str) -> str:
    """Return a year, month, day or other period, as tables write it, one year on.

    The end of February stays its end; what names no year stays as it is.
    """
    if _WRITTEN.fullmatch(text):
        return str(ReportingYear(int(text[:4]) + 1))
    if match := _DAY.fullmatch(text):
        day = date(int(match[1]), int(match[2]), 1)
        ends = int(match[3]) == monthrange(day.year, day.month)[1]
        later = day.replace(year=day.year + 1)
        last = monthrange(later.year, later.month)[1]
        number = last if ends else int(match[3])
        return f"{later.year}{text[4:-2]}{number:02d}"
    return _FOUR_DIGITS.sub(lambda year: str(int(year[0]) + 1), text)


def without_years(text: str) -> str:
    """Return a text with a sign in the place of each year, so that only the rest is compared."""
    return _ANY_YEAR.sub("#", text)


def parse_day(text: str) -> date:
    """Return the day written as `text`, 2014-10-01 or 2014-M10-01; raise UsageError for others."""
    match = _DAY.fullmatch(text)
    with contextlib.suppress(ValueError):
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    raise UsageError(f'"{text}" is not a day. Write it as 2014-10-01.')


def day_text(day: date) -> str:
    """Return a day as the report prints it, "1 October 2014"."""
    return f"{day.day} {day:%B %Y}"
