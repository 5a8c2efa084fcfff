"""How a sheet of a template is laid out: written by the one module, read again by the other.

Above the table stand pairs of a label and what is said of the whole sheet. The table's headings end
in the column's code, in brackets; a heading without a code heads what is only to be looked at, such
as last year's value. A row that is marked as the example is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from hscb_report.schema.tables import ColumnInfo
from hscb_report.years import ReportingYear

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "table": "Table",
        "year": "Year",
        "sender": "Sent by",
        "source": "Source",
        "locator": "Where in it",
        "basis": "Basis",
    }
)
"""What is said of a whole sheet, and the label before it: in column A, what is said in column B."""
READ_ME, LISTS = "Read me", "Lists"
"""The sheets that hold no table of the data: what to do, and what the lists offer."""
ROW = "Row"
EXAMPLE = "Example"
"""The heading of the first column of a table, and what stands there in the row of the example."""
_LAST_YEAR, _IN_WORDS = "Last year (", ", in words and with its unit"
_FIGURES_FOR = ": figures for "
_HEADING = re.compile(r"(?s).*\(([a-z][a-z0-9_]*)\)\s*")


def title_of(board: str, year: ReportingYear) -> str:
    """Return the title of a workbook, in the first cell of its first sheet."""
    return f"{board}{_FIGURES_FOR}{year}"


def board_of(title: str) -> str | None:
    """Return the board that a title names; None for what is the title of something else."""
    board, found, _ = title.rpartition(_FIGURES_FOR)
    return board if found else None


def heading(column: ColumnInfo) -> str:
    """Return the heading of a column: what it means, whether it is required, and its code."""
    required = ", required" if column.required else ""
    return f"{column.description}{required} ({column.name})"


def last_years_heading(column: ColumnInfo, year: ReportingYear) -> str:
    """Return the heading of what a column had the year before `year`: only to be looked at."""
    told = f"{_LAST_YEAR}{year.previous}): {column.description}"
    return told if column_of(told) is None else f"{told}."


def is_looked_at(heading: str) -> bool:
    """Whether a heading is one of what is only to be looked at."""
    return heading.startswith(_LAST_YEAR) or heading.endswith(_IN_WORDS)


def column_of(heading: str) -> str | None:
    """Return the code of the column that a heading names; None for what is only looked at."""
    match = _HEADING.fullmatch(heading)
    return match[1] if match else None


def meaning_heading(column: ColumnInfo) -> str:
    """Return the heading of what the codes of a column mean, which is only to be looked at."""
    return f"{column.description}{_IN_WORDS}"
