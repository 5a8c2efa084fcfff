"""What is told of cells that a spreadsheet program would save as another text."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding
from hscb_report.schema.columns import PRINTED
from hscb_report.schema.rewritten import is_rewritten
from hscb_report.store.table_file import TableFile

REWRITABLE = Rule("L12", "No text is one that a spreadsheet program would rewrite", "warning")
_MESSAGE = "a spreadsheet program would save it as a number, a day or the result of a formula."


def rewritable_found(file: TableFile) -> Iterator[Finding]:
    """Yield a finding for each text of a table that would be another, once a program has saved it.

    Cells of other kinds are read strictly: what a program makes of them is refused.
    """
    texts = {name: c.kind for name, c in file.columns.items() if c.kind.name == PRINTED.name}
    for line in file.lines or ():
        for name, cell in line.cells.items():
            if name in texts and is_rewritten(cell):
                hint = "Write it so that it is none, with a word: No. 4."
                if texts[name].parse is PRINTED.parse:
                    hint = f'Put it in quotation marks, in the cell itself: "{cell}".'
                code, severity = REWRITABLE.code, REWRITABLE.severity
                yield Finding(code, severity, file.path, _MESSAGE, hint, line.number, name, cell)
