"""The lines of the account: what of them is agreed beforehand."""

from __future__ import annotations

from hscb_report.calculations import budget
from hscb_report.schema import YearData
from hscb_report.schema.finance import (
    Contribution,
    Expenditure,
    OtherIncome,
)

AGREED = ("budget", "next_year")
LINES: tuple[type[budget.Line], ...] = (Contribution, OtherIncome, Expenditure)


def is_agreed(data: YearData, column: str) -> bool:
    """Whether any line of the account has an agreed amount."""
    lines = (row for table in LINES for row in data.tables[table])
    return any(getattr(row, column) is not None for row in lines)
