"""A finding: one problem, told so that its reader can go to the cell and mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from hscb_report.wording import counted, one_line, quoted, rows_told

_OF_LINES = (".md", ".ipynb")
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One problem with the data.

    `file` is relative to the data root; `row` counts as a spreadsheet shows it, the header being
    row 1; `row`, `column` and `found` are None where the problem has no single cell.
    """

    rule: str
    severity: Severity
    file: str
    message: str
    hint: str
    row: int | None = None
    column: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        return self.told(() if self.row is None else (self.row,))

    def told(self, rows: Sequence[int], others: int = 0) -> str:
        """Return the finding in a line, of all the rows that have it; nothing in it is obeyed.

        `others` is how many other cells than the one that is shown were found in them.
        """
        unit = "line" if self.file.endswith(_OF_LINES) else "row"
        place = [self.file, *([rows_told(rows, unit)] if rows else [])]
        if self.column is not None:
            place.append(f"column {quoted(self.column)}")
        more = f" and {counted(others, 'other')}" if others else ""
        found = "" if self.found is None else f"found {quoted(self.found)}{more}; "
        line = f"[{self.rule}] {', '.join(place)}: {found}{self.message} {self.hint}"
        return one_line(line.rstrip())

    def as_json(self) -> dict[str, Any]:
        """Return the finding with the field names of `check --format json`."""
        fields = asdict(self)
        order = ("rule", "severity", "file", "row", "column", "found", "message", "hint")
        return {name: fields[name] for name in order}


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop a report."""
    return tuple(finding for finding in findings if finding.severity == "error")
