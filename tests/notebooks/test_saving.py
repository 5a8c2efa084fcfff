"""What JupyterLab saves is what a run stores: a session of edits leaves small differences."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from hscb_report.display.mime import DRAWING
from hscb_report.interactive import LAB
from hscb_report.notebooks import NOTEBOOKS, refresh_stored_outputs
from hscb_report.notebooks.saving import as_stored


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """Return a copy of the notebook of the budget."""
    return Path(shutil.copy(NOTEBOOKS / "budget.ipynb", tmp_path))


def saved(path: Path, *, is_run: bool) -> Any:
    """Open a notebook, run it if that is wanted, save it; return what was on the screen."""
    opened = nbformat.read(path, as_version=4)
    if is_run:
        where = {"metadata": {"path": str(NOTEBOOKS)}}
        NotebookClient(opened, kernel_name="python3", resources=where).execute()
    shown = nbformat.from_dict(opened)
    model = {"type": "notebook", "content": opened}
    as_stored(model)
    nbformat.write(model["content"], path)
    return shown


def _opened_and_saved(path: Path) -> None:
    saved(path, is_run=False)


def _run_and_saved(path: Path) -> None:
    shown = saved(path, is_run=True)
    drawings = [
        output["data"][DRAWING]
        for cell in shown.cells
        for output in cell.get("outputs", ())
        if DRAWING in output.get("data", {})
    ]
    assert len(drawings) == 3
    assert all("@font-face" in drawing for drawing in drawings)


def _refreshed(path: Path) -> None:
    refresh_stored_outputs([path], "2013-14")


def _with_another_chart(path: Path) -> None:
    text = path.read_text("utf-8")
    old, new = '\\"Total\\", also=\\"Share\\")', '\\"Total\\")'
    place = text.index(old, text.index('dots(report.exhibit(\\"spend-shares\\")'))
    path.write_text(text[:place] + new + text[place + len(old) :], "utf-8")
    _refreshed(path)


def _with_a_new_cell(path: Path) -> None:
    opened = nbformat.read(path, as_version=4)
    opened.cells.insert(8, nbformat.v4.new_markdown_cell("A note of an analyst."))
    nbformat.write(opened, path)
    _refreshed(path)


SESSION: list[tuple[Callable[[Path], None], tuple[int, int]]] = [
    (_opened_and_saved, (0, 0)),
    (_run_and_saved, (0, 0)),
    (_with_another_chart, (3, 3)),  # the line, the drawing for a wide page and for a narrow one
    (_run_and_saved, (0, 0)),
    (_with_a_new_cell, (8, 0)),
    (_run_and_saved, (0, 0)),
    (_refreshed, (0, 0)),
]
"""What is done, one after the other, and how many lines are new and gone after each."""


@pytest.mark.slow
def test_each_step_of_a_session_changes_the_lines_that_it_is_about(
    notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LAB, "1")
    counted = []
    for step, _ in SESSION:
        before = notebook.read_text("utf-8").splitlines()
        step(notebook)
        after = notebook.read_text("utf-8").splitlines()
        told = [line[:2] for line in difflib.ndiff(before, after)]
        counted.append((told.count("+ "), told.count("- ")))
    assert counted == [lines for _, lines in SESSION]
