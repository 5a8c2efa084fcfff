"""What is told of the cells of a draft that are still to be filled."""

from __future__ import annotations

from collections.abc import Sequence

from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding
from hscb_report.schema.cells import in_year
from hscb_report.schema.tables import ColumnInfo
from hscb_report.wording import counted, rows_told
from hscb_report.years import ReportingYear

GAPS = Rule("L11", "No cell is empty that a final report needs", "warning")


def gap_found(file: str, column: ColumnInfo, rows: Sequence[int], year: ReportingYear) -> Finding:
    """Return the one finding about the empty cells of a column, which are in these rows."""
    number = len(rows)
    are, them = ("is", "it") if number == 1 else ("are", "them")
    what = f"{counted(number, 'cell')} {are} still to be filled: {rows_told(rows)}."
    hint = f"Enter {in_year(column.kind.to_enter, year)}; a final report needs {them}."
    return Finding(GAPS.code, GAPS.severity, file, what, hint, None, column.name)
