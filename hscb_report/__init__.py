"""A safeguarding children board's annual report, made from its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hscb_report.results.published import Published

__all__ = ["open_report"]


def open_report(
    year: str | None = None,
    edition: str = "public",
    data: Path | str | None = None,
    as_at: date | str | None = None,
) -> Published:
    """Return the report of a year, the latest by default, as `hscb_report.report.open_report` does.

    In a notebook that a run runs, it is the report of that run, if that is what is asked for.
    """
    from hscb_report.kept import report_of_this_run

    if report := report_of_this_run(year, edition, data, as_at):
        return report
    from hscb_report.noting import OUTSIDE, note
    from hscb_report.report import open_report as opened

    note(OUTSIDE, "another report")  # which all of the data and the code may have a part in
    return opened(year, edition, data, as_at)
