"""The report of a run, kept for the notebooks that it runs: none of them works it out again.

It lies in a file of this run's own, in a folder that only its user can enter, and is gone with it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hscb_report.noting import noting
from hscb_report.results.published import Published

VARIABLE = "HSCB_REPORT_RESULTS"
"""Names the file to the kernels that start while the report is kept."""


@contextlib.contextmanager
def handed_over(report: Published, data: Path | str | None = None) -> Iterator[None]:
    """Have the kernels that start meanwhile open this report, made from a data root."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report"
        path.write_bytes(pickle.dumps((report, _root(data))))
        os.environ[VARIABLE] = str(path)
        try:
            yield
        finally:
            del os.environ[VARIABLE]


def report_of_this_run(
    year: str | None, edition: str, data: Path | str | None, as_at: date | str | None
) -> Published | None:
    """Return the report that this process's run has kept, if it is the one that is asked for."""
    path = os.environ.get(VARIABLE)
    if path is None:
        return None
    report, root = pickle.loads(Path(path).read_bytes())
    assert isinstance(report, Published)
    asked = year or str(report.year)
    is_same = (str(report.year), report.edition, root) == (asked, edition, _root(data))
    return noting(report) if is_same and as_at in (None, report.as_at, str(report.as_at)) else None


def _root(data: Path | str | None) -> str:
    return str(Path(data).resolve()) if data else ""
