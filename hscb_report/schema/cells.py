"""How a cell is read: what each kind of value may look like, and what is refused with a hint.

Reading is strict where a guess could be wrong (`45.203` may be pounds or thousands)
and lenient where it could not (`£45,203`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic_core import PydanticCustomError

from hscb_report import years
from hscb_report.errors import ReportError
from hscb_report.years import Period, ReportingYear

_MONEY = re.compile(r"£?\s*([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(\.[0-9]{2})?")
_NEGATIVE = re.compile(r"[-−]\s*(.+)|\((.+)\)")
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


def read_money(cell: str) -> Decimal:
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
    if _COUNT.fullmatch(cell):
        return int(cell.replace(",", ""))
    hint = ""
    if cell.startswith(("-", "−")):
        hint = "A count is never negative."
    elif re.fullmatch(r"[0-9,]+\.[0-9]+", cell):
        hint = "A count has no fraction."
    raise refuse("count", "expected a whole number such as 12 or 1,583.", hint)


def read_number(cell: str) -> Decimal:
    """Read a decimal number, exactly."""
    if _NUMBER.fullmatch(cell):
        return Decimal(cell.replace(",", ""))
    raise refuse("number", "expected a number such as 589 or 61.25.")


def read_signed_number(cell: str) -> Decimal:
    """Read a decimal number, exactly, with a minus sign of any kind."""
    return read_number(cell.replace("−", "-"))


def read_month(cell: str) -> Month:
    """Read a month."""
    match = _MONTH.fullmatch(cell)
    if match:
        return Month(int(match[1]), int(match[2]))
    hint = ""
    if re.fullmatch(r"[A-Za-z]{3,9}[-\s/][0-9]{2,4}|[0-9]{1,2}/[0-9]{2,4}", cell):
        hint = "A spreadsheet program has probably rewritten it."
    raise refuse("month", "expected a month written 2013-M06.", hint)


def read_day(cell: str) -> date:
    """Read a day."""
    try:
        return years.parse_day(cell)
    except ReportError:
        hint = "A spreadsheet program has probably rewritten it." if "/" in cell else ""
        raise refuse("day", "expected a day written 2014-M10-01.", hint) from None


def read_year(cell: str) -> ReportingYear:
    """Read a reporting year."""
    try:
        return ReportingYear.parse(cell)
    except ReportError:
        raise refuse("year", "expected a reporting year written 2013-14.") from None


def read_period(cell: str) -> Period:
    """Read a period: a reporting or calendar year, a year to a month, months, a day, or undated."""
    try:
        return Period.parse(cell)
    except ReportError:
        hint = ""
        if re.fullmatch(r"[0-9]{4}/[0-9]{2}", cell):
            hint = f'Write it as "{cell.replace("/", "-")}".'
        what = (
            "expected a period: 2013-14, 2013, year to September 2013, 2013-M04 to 2013-M09, "
            "2014-M03-31, or undated."
        )
        raise refuse("period", what, hint) from None


def read_identifier(cell: str) -> str:
    """Read a short code; it becomes part of the names of facts."""
    if _IDENTIFIER.fullmatch(cell):
        return cell
    raise refuse("identifier", "expected a short code such as set_events: a-z, 0-9 and _.")


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
    """Take text as it is; refuse characters that no output can show."""
    if _CONTROL.search(cell):
        raise refuse("text", "holds a control character that cannot be printed.", "Retype it.")
    return cell


def read_printed(cell: str) -> str:
    """Take text as it is printed, out of the quotation marks that keep a spreadsheet from it."""
    quoted = len(cell) > 2 and cell[0] == cell[-1] == '"'
    return read_text(cell[1:-1] if quoted else cell)
