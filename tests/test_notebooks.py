"""The notebooks run as they stand, and give the outputs that are stored."""

from __future__ import annotations

import gc
import json
import warnings
from pathlib import Path

import pytest

from hscb_report.errors import NotebookError
from hscb_report.notebooks import notebook_paths, refresh_stored_outputs, run_notebooks
from hscb_report.report import open_report


@pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.name)
def test_every_table_a_notebook_shows_is_a_table_of_the_report(path: Path) -> None:
    """What stands in the stored outputs is what the ledger and the tables say today."""
    report = open_report("2013-14")
    shown = [
        output["data"]["application/vnd.hscb.table+json"]
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "application/vnd.hscb.table+json" in output.get("data", {})
    ]
    assert shown, f"{path.name} shows no table"
    for table in shown:
        assert table == report.table(table["label"]).as_json()


def test_every_measure_with_a_chapter_has_a_notebook_of_its_name() -> None:
    stems = {path.stem.split("-", 1)[1] for path in notebook_paths()}
    assert stems == {
        *("audits", "case_reviews", "training", "child_deaths", "budget"),
        *("plan", "tracker", "golden_thread"),
    }


@pytest.mark.slow
def test_refreshing_twice_changes_nothing(tmp_path: Path) -> None:
    """Stored outputs hold no time, path or random id, so a difference means something."""
    path = tmp_path / "05-budget.ipynb"
    path.write_text(notebook_paths()[4].read_text("utf-8"), "utf-8")
    refresh_stored_outputs([path])
    first = path.read_bytes()
    assert refresh_stored_outputs([path]) == []
    assert path.read_bytes() == first


@pytest.mark.slow
def test_a_kernel_that_dies_is_told_by_its_notebook(tmp_path: Path) -> None:
    path = tmp_path / "01-dies.ipynb"
    notebook = json.loads(notebook_paths()[0].read_text("utf-8"))
    notebook["cells"][2]["source"] = "import os\nos._exit(1)"
    path.write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(NotebookError, match=r"notebooks/01-dies\.ipynb: its kernel stopped"):
        run_notebooks([path], {})


@pytest.mark.slow
def test_a_run_leaves_no_event_loop_behind() -> None:
    """Python would warn of it, at a time when nobody can tell where it comes from."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        run_notebooks(notebook_paths()[-1:], {})
        gc.collect()
    assert not [str(found.message) for found in told if "event loop" in str(found.message)]
