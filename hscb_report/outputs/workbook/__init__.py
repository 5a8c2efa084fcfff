"""The published tables as a workbook for Excel and its like: a cover, contents, notes, the tables.

It follows the Government Analysis Function's rules for accessible spreadsheets ("Releasing
statistics in spreadsheets"): one table a sheet, each marked as a table with one row of headings,
nothing merged, hidden, blank or frozen, what is missing in shorthand that a sheet explains.
"""

from pathlib import Path

from hscb_report.outputs.notices import draft, marking
from hscb_report.outputs.workbook.sheets import sheets_of
from hscb_report.outputs.workbook.writing import About, workbook
from hscb_report.results.published import Published

__all__ = ["write_workbook"]


def write_workbook(report: Published, path: Path) -> None:
    """Write the workbook of a report's tables."""
    board = report.settings.board
    about = About(
        title=f"{board.name}: tables of the {report.settings.title}",
        author=board.name,
        told=marking(report),
        status="Draft" if draft(report) else "Final",
        language=board.language,
        day=report.as_at,
        colour=board.colour,
    )
    path.write_bytes(workbook(sheets_of(report), about))
