"""How a cell is read: what each kind of value may look like, and what is refused with a hint.

Reading is strict where a guess could be wrong (`45.203` may be pounds or thousands)
and lenient where it could not (`£45,203`, `45203.0`, `7 June 2013`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic_core import PydanticCustomError

from hscb_report import years
from hscb_report.errors import ReportError
from hscb_report.schema.damage import damage_in
from hscb_report.schema.dates import day_reading, month_reading
from hscb_report.years import Period, ReportingYear

_MONEY = re.compile(r"£?\s*([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(\.[0-9]{1,2})?")
_NEGATIVE = re.compile(r"[-−]\s*(.+)|\((.+)\)")
_COUNT = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0{1,2})?")
_NUMBER = re.compile(r"-?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(\.[0-9]{1,6})?")
_MONTH = re.compile(r"((?:19|20)[0-9]{2})-M?(0[1-9]|1[0-2])")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,59}")
_ACTION_AREA = re.compile(r"[1-9][0-9]?\.[1-9][0-9]?")
_ACTION = re.compile(_ACTION_AREA.pattern + r"[a-z]")
_RECORD_NUMBER = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9/_-]{0,19}")
_LETTERS = re.compile(r"[A-Za-z]{5}")  # as many as a name may have
_EXAMPLE = re.compile(r"\b(?:2024-25|2024|2025)\b")

A_COUNT = "expected a whole number such as 12 or 1,583."
SOME_POUNDS = "expected pounds such as 45203 or 45203.50."
A_NUMBER = "expected a number such as 589 or 61.25."
# Times are written with the year 2024-25, in whose place a message has the year that is read.
A_MONTH = "expected a month written 2024-M06."
A_DAY = "expected a day written 2024-M10-01."
A_YEAR = "expected a reporting year written 2024-25."
A_PERIOD = (
    "expected a period: 2024-25, 2024, year to September 2024, 2024-M04 to 2024-M09, "
    "2025-M03-31, or undated."
)


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


def in_year(text: str, year: ReportingYear) -> str:
    """Return what a cell may hold with the times of a year in the place of the example's."""
    of_year = {"2024-25": str(year), "2024": str(year.first), "2025": str(year.first + 1)}
    return _EXAMPLE.sub(lambda match: of_year[match[0]], text)


def read_money(cell: str) -> Decimal:
    """Read pounds, exactly; refuse what could mean two amounts."""
    match = _MONEY.fullmatch(cell)
    if match:
        return Decimal(match[1].replace(",", "") + (match[2] or ""))
    hint = ""
    if re.fullmatch(r"\(.*\)|[-−].*", cell):
        hint = "An amount is never negative here: put it on the other side of the account."
    elif re.search(r"[.,][0-9]+$", cell):
        hint = "It is not clear what is thousands, what is pence: write thousands without a mark."
    raise refuse("money", SOME_POUNDS, hint)


def read_signed_money(cell: str) -> Decimal:
    """Read pounds, exactly, with a minus sign or in brackets where they are owed or came back."""
    match = _NEGATIVE.fullmatch(cell)
    if not match:
        return read_money(cell)
    amount = (match[1] or match[2]).strip()
    if _NEGATIVE.fullmatch(amount):
        hint = "One minus sign, or brackets, say that it is below zero."
        raise refuse("money", "expected pounds such as 45203 or -1200.50.", hint)
    return -read_money(amount)


def read_count(cell: str) -> int:
    """Read a whole number from 0; refuse signs and fractions."""
    if match := _COUNT.fullmatch(cell):
        return int(match[1].replace(",", ""))
    hint = ""
    if cell.startswith(("-", "−")):
        hint = "A count is never negative."
    elif re.fullmatch(r"[0-9,]+\.[0-9]+", cell):
        hint = "A count has no fraction."
    raise refuse("count", A_COUNT, hint)


def read_number(cell: str) -> Decimal:
    """Read a decimal number, exactly."""
    if _NUMBER.fullmatch(cell):
        return Decimal(cell.replace(",", ""))
    raise refuse("number", A_NUMBER)


def read_signed_number(cell: str) -> Decimal:
    """Read a decimal number, exactly, with a minus sign of any kind."""
    return read_number(cell.replace("−", "-"))


def read_month(cell: str) -> Month:
    """Read a month, in words or in numbers too: "June 2013", "06/2013"."""
    if match := _MONTH.fullmatch(cell):
        return Month(int(match[1]), int(match[2]))
    reading = month_reading(cell)
    if reading.is_sure and reading.days:
        return Month(reading.days[0].year, reading.days[0].month)
    raise refuse("month", A_MONTH)


def read_day(cell: str) -> date:
    """Read a day, in words too, and in numbers where they mean one day: "23/11/2013"."""
    try:
        return years.parse_day(cell)
    except ReportError:
        reading = day_reading(cell)
        if reading.is_sure and reading.days:
            return reading.days[0]
        raise refuse("day", A_DAY) from None


def read_year(cell: str) -> ReportingYear:
    """Read a reporting year."""
    try:
        return ReportingYear.parse(cell)
    except ReportError:
        raise refuse("year", A_YEAR) from None


def read_period(cell: str) -> Period:
    """Read a period: a reporting or calendar year, a year to a month, months, a day, or undated."""
    for form in (str, read_day, read_month):
        with suppress(ReportError, PydanticCustomError):
            return Period.parse(str(form(cell)))
    raise refuse("period", A_PERIOD)


def read_identifier(cell: str) -> str:
    """Read a short code; it becomes part of the names of facts."""
    if _IDENTIFIER.fullmatch(cell):
        return cell
    raise refuse("identifier", "expected a short code such as set_events: a-z, 0-9 and _.")


def read_record_number(cell: str) -> str:
    """Read the number of a record: digits, with a few letters and strokes; refuse what names."""
    if _RECORD_NUMBER.fullmatch(cell) and not _LETTERS.search(cell):
        return cell
    hint = "A record names nobody: keep the list of names and numbers elsewhere."
    raise refuse("record number", "expected a number such as 12 or CD-7.", hint)


def read_action_area(cell: str) -> str:
    """Read the label of an action area."""
    if _ACTION_AREA.fullmatch(cell):
        return cell
    raise refuse("action area", "expected the label of an action area, such as 3.2.")


def read_action(cell: str) -> str:
    """Read the label of an action."""
    if _ACTION.fullmatch(cell):
        return cell
    raise refuse("action", "expected the label of an action, such as 3.2b.")


def read_text(cell: str) -> str:
    """Take text as it is; refuse what programs leave in it and no output can show."""
    if found := damage_in(cell):
        raise refuse("text", *found)
    return cell


def read_printed(cell: str) -> str:
    """Take text as it is printed, out of the quotation marks that keep a spreadsheet from it."""
    quoted = len(cell) > 2 and cell[0] == cell[-1] == '"'
    return read_text(cell[1:-1] if quoted else cell)
