"""Storing the notebooks' outputs in place, for JupyterLab and for the tests to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hscb_report.notebooks.files import NOTEBOOKS, notebook_paths, stored_year
from hscb_report.notebooks.running import run_notebooks
from hscb_report.report import open_report


def refresh_stored_outputs(
    paths: Sequence[Path] | None = None, year: str | None = None, folder: Path = NOTEBOOKS
) -> list[Path]:
    """Run the notebooks as they stand and store their outputs in place; return those changed.

    The outputs are of the year that is asked for, else of the latest that is stored. By default
    every notebook of the folder that the year has a chapter for is run.
    """
    stored = [stored_year(path) for path in paths or sorted(folder.glob("*.ipynb"))]
    report = open_report(year or max((found for found in stored if found), default=None))
    chosen = notebook_paths(report.contents, folder) if paths is None else list(paths)
    changed = []
    for path, executed in zip(chosen, run_notebooks(chosen, {}, report), strict=True):
        if path.read_text("utf-8") != executed.text:
            path.write_text(executed.text, "utf-8")
            changed.append(path)
    return changed
