"""A safeguarding children board's annual report, made from its data."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hscb_report.analysis import Report

__all__ = ["open_report"]


def open_report(
    year: str | None = None,
    edition: str = "public",
    data: Path | str | None = None,
    as_at: date | str | None = None,
) -> Report:
    """Return the report of a year, the latest by default, as `hscb_report.report.open_report` does.

    In a notebook that a run runs, it is the report of that run, if that is what is asked for. One
    that is opened by hand sees from then on what is changed in code. A data root that is not where
    the notebook is, is looked for in the project.
    """
    from hscb_report.analysis import for_analysts
    from hscb_report.handed_over import report_of_this_run

    if report := report_of_this_run(year, edition, data, as_at):
        return for_analysts(report)
    from hscb_report.interactive import work_with_somebody
    from hscb_report.noting import OUTSIDE, note
    from hscb_report.report import PROJECT
    from hscb_report.report import open_report as opened

    note(OUTSIDE, "another report")  # which all of the data and the code may have a part in
    work_with_somebody()
    root = PROJECT / data if data is not None and not os.path.exists(data) else data  # noqa: PTH110
    return for_analysts(opened(year, edition, root, as_at))
