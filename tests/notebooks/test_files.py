"""A notebook is read alike, whatever programs have noted in it and whatever format it is in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from hscb_report.errors import NotebookError
from hscb_report.notebooks import NOTEBOOKS
from hscb_report.notebooks.files import code_cell, read_notebook, stored_year
from hscb_report.notebooks.saving import as_stored

BUDGET = NOTEBOOKS / "budget.ipynb"


def written(path: Path, text: str) -> Path:
    """Write a file; return its path."""
    path.write_text(text, "utf-8")
    return path


def changed(path: Path, **metadata: Any) -> Path:
    """Write the notebook on the budget with other metadata, and JupyterLab's notes in its cells."""
    notebook = json.loads(BUDGET.read_text("utf-8"))
    notebook["metadata"] |= metadata
    for number, cell in enumerate(notebook["cells"]):
        cell["execution_count"] = 40 + number if cell["cell_type"] == "code" else None
        cell["metadata"] |= {"collapsed": True, "jupyter": {"outputs_hidden": True}}
        cell["metadata"]["ExecuteTime"] = {"start_time": "2026-01-01"}
    return written(path, json.dumps(notebook))


def test_the_name_of_a_kernel_runs_and_what_jupyterlab_notes_do_not_matter(tmp_path: Path) -> None:
    kernel = {"name": "conda-env-old-py", "display_name": "Old", "language": "R"}
    other = changed(tmp_path / "budget.ipynb", kernelspec=kernel, widgets={"state": {}})
    assert read_notebook(other) == read_notebook(BUDGET)


def test_a_cell_that_is_put_between_others_leaves_their_names(tmp_path: Path) -> None:
    notebook = json.loads(BUDGET.read_text("utf-8"))
    before = [cell["id"] for cell in notebook["cells"]]
    new = {**notebook["cells"][3], "id": "0b7c9b1e-11f0-4a51"}
    for cell in (new, {**new, "id": "cell-01"}, {**new, "id": "no name, this"}):
        notebook["cells"].insert(5, cell)
    other = read_notebook(written(tmp_path / "budget.ipynb", json.dumps(notebook)))
    names = [cell["id"] for cell in other.cells]
    assert len(set(names)) == len(names)
    assert names[:5] == before[:5]
    assert names[8:] == before[5:]
    assert names[7] == new["id"]


def test_what_jupyterlab_saves_without_a_change_is_the_file_that_it_was(tmp_path: Path) -> None:
    """Opened and run, it has counts, a kernel's full name and the state of its cells."""
    for path in NOTEBOOKS.glob("*.ipynb"):
        stored = path.read_text("utf-8")
        content = json.loads(stored)
        content["metadata"] |= {"language_info": {"name": "python", "version": "3.12.1"}, "toc": {}}
        for number, cell in enumerate(content["cells"]):
            cell["metadata"] |= {"editable": True, "execution": {"iopub.execute_input": "now"}}
            if cell.get("execution_count"):
                cell["execution_count"] = 70 + number
        model = {"type": "notebook", "content": content}
        as_stored(model)
        assert nbformat.writes(model["content"]) + "\n" == stored, path


def test_what_is_no_notebook_is_saved_as_it_is() -> None:
    for model in ({"type": "file", "content": "text"}, {"type": "notebook", "content": None}):
        before = dict(model)
        as_stored(model)
        assert model == before


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    other = written(tmp_path / "budget.ipynb", "\ufeff" + BUDGET.read_text("utf-8"))
    assert read_notebook(other) == read_notebook(BUDGET)
    assert stored_year(other) == stored_year(BUDGET)


def test_a_notebook_of_an_older_format_has_the_same_cells(tmp_path: Path) -> None:
    """Formats 4.0 to 4.5 and 3, whose cells lie elsewhere and are called otherwise."""
    now = nbformat.read(BUDGET, as_version=4)
    for cell in now.cells:
        cell.outputs = [] if cell.cell_type == "code" else cell.get("outputs")
        if cell.cell_type != "code":
            del cell["outputs"]
    old = nbformat.convert(now, 3)
    third = written(tmp_path / "three.ipynb", nbformat.v3.writes_json(old))
    now.nbformat_minor = 0
    fourth = written(tmp_path / "four.ipynb", json.dumps(now))
    sources = [cell.source for cell in read_notebook(BUDGET).cells]
    assert [cell.source for cell in read_notebook(fourth).cells] == sources
    assert [cell.source for cell in read_notebook(third).cells] == sources


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"cells": 1}', "nul\0", "null", '"x"'])
def test_a_file_that_is_no_notebook_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotebookError, match=r"^notebooks/other\.ipynb is no notebook\. Take back"):
        read_notebook(written(tmp_path / "other.ipynb", text))


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match=r"^notebooks/gone\.ipynb cannot be read \(No such"):
        read_notebook(tmp_path / "gone.ipynb")


def test_a_cell_is_named_as_jupyterlab_counts_those_of_code() -> None:
    """From one, Markdown and the injected cell left out, with its first line that says anything."""
    cells = [
        nbformat.v4.new_markdown_cell("# Title"),
        nbformat.v4.new_code_cell("year = 1", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("year = 2", metadata={"tags": ["injected-parameters"]}),
        nbformat.v4.new_code_cell("\n\nshow(x)\nmore"),
        nbformat.v4.new_code_cell(""),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert code_cell(notebook, 1) == "code cell 1 (year = 1)"
    assert code_cell(notebook, 3) == "code cell 2 (show(x))"
    assert code_cell(notebook, 4) == "code cell 3 ()"
