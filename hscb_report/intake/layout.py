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
ROW = "Row"
EXAMPLE = "Example"
"""The heading of the first column of a table, and what stands there in the row of the example."""
_HEADING = re.compile(r"(?s).*\(([a-z][a-z0-9_]*)\)\s*")


def heading(column: ColumnInfo) -> str:
    """Return the heading of a column: what it means, in words, and its code."""
    return f"{column.description} ({column.name})"


def column_of(heading: str) -> str | None:
    """Return the code of the column that a heading names; None for what is only looked at."""
    match = _HEADING.fullmatch(heading)
    return match[1] if match else None
