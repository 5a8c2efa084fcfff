"""The exceptions a user may meet, each a plain sentence and an exit code.

ReportError                 something the user can put right; exit code 1
├── DataError               the tables contradict the schema or the rules (carries the findings)
├── UnknownNameError        a fact, table or year that does not exist (suggests the nearest)
├── NotebookError           a notebook failed, or was given a parameter it does not have
├── BookError               the book did not build, or its PDF is not accessible
└── UsageError              the command line is at fault, or a folder cannot be written; exit code 2
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hscb_report.findings import Finding
from hscb_report.wording import quoted, suggestion


class ReportError(Exception):
    """Something the user can put right; its text is all they need to see."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows of it, as IPython asks: its text, and no lines of code."""
        return str(self).splitlines()


class DataError(ReportError):
    """The data is at fault; `findings` holds every problem, not only the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class UnknownNameError(ReportError):
    """A name that does not exist, with the nearest ones that do."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"Unknown {kind} {quoted(name)}. {suggestion(name, known)}")


class NotebookError(ReportError):
    """A notebook did not run to its end."""


class BookError(ReportError):
    """The book could not be compiled, or the PDF made from it is not sound."""


class UsageError(ReportError):
    """The command line, or a folder it names, is at fault."""

    exit_code = 2
