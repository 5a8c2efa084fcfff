"""Storing the notebooks' outputs in place, for JupyterLab and for the tests to compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hscb_report.notebooks.changes import changes
from hscb_report.notebooks.files import notebook_paths, stored_year
from hscb_report.notebooks.running import run_notebooks
from hscb_report.report import NOTEBOOKS, open_report
from hscb_report.stopping import carried_through


@dataclass(frozen=True)
class Stored:
    """The notebooks that were stored anew, what each shows anew, and what all wrote besides."""

    changed: tuple[Path, ...]
    told: tuple[str, ...] = ()
    lines: Mapping[Path, tuple[str, ...]] = field(default_factory=dict, compare=False)


def refresh_stored_outputs(
    paths: Sequence[Path] | None = None, year: str | None = None, folder: Path = NOTEBOOKS
) -> Stored:
    """Run the notebooks as they stand and store their outputs in place.

    The outputs are of the year that is asked for, else of the latest that is stored. By default
    every notebook of the folder that the year has a chapter for is run.
    """
    stored = [stored_year(path) for path in paths or sorted(folder.glob("*.ipynb"))]
    report = open_report(year or max((found for found in stored if found), default=None))
    chosen = notebook_paths(report.contents, folder) if paths is None else list(paths)
    changed, run = [], run_notebooks(chosen, {}, report)
    lines: dict[Path, tuple[str, ...]] = {}
    with carried_through("the stored outputs were renewed."):
        for path, executed in zip(chosen, run, strict=True):
            if (before := path.read_text("utf-8-sig")) != executed.text:
                lines[path] = tuple(changes(before, executed.text))
                beside = path.with_name(f".{path.name}.new")
                beside.write_text(executed.text, "utf-8")
                beside.replace(path)  # at once, so that a run that is killed leaves it whole
                changed.append(path)
    told = tuple(line for executed in run for line in executed.told)
    return Stored(tuple(changed), told, lines)
