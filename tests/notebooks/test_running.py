"""The notebooks run as they stand, and open what they are given."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import multiprocessing
import os
import pickle
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from papermill.exceptions import PapermillExecutionError

from hscb_report.chapters import declared_chapters
from hscb_report.display.mime import COMMENTARY, TABLE, VALUE
from hscb_report.errors import NotebookError
from hscb_report.notebooks import NOTEBOOKS as FOLDER
from hscb_report.notebooks import (
    Executed,
    notebook_paths,
    run_notebooks,
    stored_year,
)
from hscb_report.notebooks.files import read_notebook
from hscb_report.notebooks.running import _given, _normalised
from hscb_report.report import DEFAULT_DATA, open_report
from hscb_report.results.published import Published
from tests.made_up import tables_of, year_of

NOTEBOOKS = {path.stem: path for path in sorted(FOLDER.glob("*.ipynb"))}


OPENED = cache(open_report)
CHAPTERS = declared_chapters().chapters
NOT_IN_THE_YEAR = {"self_assessments", "outturn"}
"""The notebooks of chapters that the committed year has no data of."""


def outputs(text: str, mime: str) -> Iterator[Any]:
    """Yield what a notebook's outputs hold of a type."""
    for cell in json.loads(text)["cells"]:
        for output in cell.get("outputs", []):
            if mime in output.get("data", {}):
                yield output["data"][mime]


def shown(executed: Executed, mime: str) -> list[Any]:
    """Return what a run notebook shows of a type."""
    return list(outputs(executed.text, mime))


def a_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook of cells of code."""
    code = [
        {"cell_type": "code", "source": c, "metadata": {}, "outputs": [], "execution_count": None}
        for c in cells
    ]
    written = {"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path.write_text(json.dumps(written), "utf-8")
    return path


def test_every_chapter_with_a_notebook_has_one_of_its_name(report: Published) -> None:
    given = year_of(tables_of(), settings=report.settings)
    named = [page.notebook for page in report.contents if page.notebook]
    assert [path.stem for path in notebook_paths(report.contents)] == named
    declared = {page.notebook for c in CHAPTERS for page in c.pages_of(given) if page.notebook}
    assert declared == set(NOTEBOOKS)
    assert set(named) == declared - NOT_IN_THE_YEAR


def test_what_the_stored_outputs_show_is_what_the_report_says_today() -> None:
    """The report of the year that they are of; of a chapter that it lacks they show nothing."""
    for chapter, path in NOTEBOOKS.items():
        report = OPENED(stored_year(path))
        text = path.read_text("utf-8")
        tables = list(outputs(text, TABLE))
        if chapter in NOT_IN_THE_YEAR:
            assert [cell for cell in json.loads(text)["cells"] if cell.get("outputs")] == []
            continue
        assert tables, f"{path.name} shows no table"
        assert tables == [report.exhibit(table["label"]).as_json() for table in tables]
        said = [{"chapter": chapter, "text": report.commentary(chapter).text}]
        assert list(outputs(text, COMMENTARY)) == said


# What a notebook may see -----------------------------------------------------------------------


class Seen(pickle.Unpickler):
    """Reads a report as a run's notebooks do, and gathers the classes of all that is in it."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(io.BytesIO(raw))
        self.classes: set[str] = set()

    def find_class(self, module: str, name: str) -> Any:
        self.classes.add(f"{module}.{name}")
        return super().find_class(module, name)


PLAIN = ("datetime.date", "decimal.Decimal", "hscb_report.figures.Figure")
PUBLISHED = ("hscb_report.results.", "hscb_report.schema.settings.", "hscb_report.units.")


@pytest.mark.parametrize("edition", ["public", "board"])
def test_no_way_leads_from_a_report_to_the_tables_it_was_made_from(
    edition: str,
) -> None:
    """Nothing in it, however deep, is a row, a table, or the place of a row.

    The public edition has neither row numbers nor hashes of the files that count children.
    """
    report = open_report("2013-14", edition)
    raw = pickle.dumps(report)
    seen = Seen(raw)
    assert seen.load() == report
    known = (*PLAIN, *PUBLISHED, "hscb_report.years.ReportingYear", "hscb_report.years.Period")
    assert {name for name in seen.classes if not name.startswith(known)} == set()
    protected = [source.path for source in report.results.inputs if source.is_protected]
    assert "2013-14/child_deaths.csv" in protected
    hashes = [hashlib.sha256((DEFAULT_DATA / path).read_bytes()).hexdigest() for path in protected]
    told = [digest for digest in hashes if digest.encode() in raw]
    rows = [
        source.rows
        for fact in report.facts
        for source in fact.provenance
        if source.file in protected
    ]
    assert rows
    if edition == "public":
        assert told == []
        assert set(rows) == {None}
        assert not [f for f in report.checks["findings"] if f["file"] in protected and f["row"]]
    else:
        assert told == hashes
        assert None not in rows


# Runs ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_run_s_notebooks_open_its_report_and_read_no_data(report: Published) -> None:
    """It is worked out once; what it gives the notebook is all that differs from what is stored.

    No time, no path of this machine and no random id gets into it.
    """
    chosen = report.exhibit("spend-shares")
    marked = replace(chosen, caption="Only in this run")
    exhibits = tuple(marked if e == chosen else e for e in report.results.exhibits)
    given = replace(report, results=replace(report.results, exhibits=exhibits))
    parameters = {"year": "2013-14", "edition": "public", "data": "/nowhere/else"}
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        (executed,) = run_notebooks([NOTEBOOKS["budget"]], parameters, given)
        gc.collect()
    stored = NOTEBOOKS["budget"].read_text("utf-8").replace(chosen.caption, marked.caption)
    run, before = json.loads(executed.text), json.loads(stored)
    injected = run["cells"].pop(2)
    assert injected["metadata"] == {"tags": ["injected-parameters"]}
    assert run["metadata"] == before["metadata"]
    for cell, same in zip(run["cells"], before["cells"], strict=True):
        assert cell["metadata"] == same["metadata"]
        assert cell["id"] == same["id"]
        assert _without_counts(cell) == _without_counts(same)
    assert "/nowhere" not in executed.text
    # An event loop left behind would be told by Python, when nobody knows where it comes from.
    assert not [str(found.message) for found in told if "event loop" in str(found.message)]


def _without_counts(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a cell's outputs without the count of the cells that ran before."""
    return [{**output, "execution_count": None} for output in cell.get("outputs", [])]


@pytest.mark.slow
def test_every_notebook_that_fails_is_told_with_its_cell_and_the_last_line(
    tmp_path: Path, report: Published
) -> None:
    """Together: a line of it fails, its kernel dies, or it runs for longer than it may."""
    opened = "from hscb_report import open_report\nreport = open_report()"
    patient = "while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass"
    paths = [
        a_notebook(tmp_path / "dies.ipynb", "1", "import os\nos._exit(1)"),
        a_notebook(tmp_path / "fails.ipynb", opened, 'report.value("budget.nothing")'),
        a_notebook(tmp_path / "never.ipynb", "import time\nwhile True: time.sleep(1)"),
        a_notebook(tmp_path / "patient.ipynb", "1", "2", patient),
    ]
    with pytest.raises(NotebookError) as told:
        run_notebooks(paths, {}, allowing(report, seconds=3))
    died, failed, never, patiently = str(told.value).splitlines()
    assert died.startswith("notebooks/dies.ipynb, code cell 2 (import os): its kernel stopped")
    assert failed.startswith(
        'notebooks/fails.ipynb, code cell 2 (report.value("budget.nothing")): '
    )
    assert 'Unknown fact "budget.nothing"' in failed
    assert never == (
        "notebooks/never.ipynb, code cell 1 (import time): the notebook has run for 3 seconds, "
        'which is the limit. Mend the cell, or allow more as "notebook_seconds" in board.toml.'
    )
    assert patiently.startswith("notebooks/patient.ipynb, code cell 3 (while True:): ")
    assert multiprocessing.active_children() == []


def allowing(report: Published, seconds: int) -> Published:
    """Return a report of a board whose notebooks may run for so many seconds."""
    board = report.settings.board.model_copy(update={"notebook_seconds": seconds})
    return replace(report, settings=replace(report.settings, board=board))


LEFT_BEHIND = """
import os, random, sys, builtins, decimal, altair
builtins.left = altair.left = decimal.left = "here"
left = os.environ["LEFT"] = "here"
sys.modules["left"] = sys
os.chdir("/")
random.seed(1)
decimal.getcontext().prec = 3
altair.data_transformers.disable_max_rows()
import hscb_report.units
hscb_report.units.POUNDS = None
sys.path.insert(0, "/left")
"""
FOUND = """
import os, sys, builtins, decimal, altair, hscb_report.units
from hscb_report.display import show
show(", ".join(name for name, is_there in {
    "name": "left" in globals(),
    "builtin": hasattr(builtins, "left"),
    "attribute": hasattr(altair, "left") or hasattr(decimal, "left"),
    "variable": "LEFT" in os.environ,
    "module": "left" in sys.modules,
    "folder": os.getcwd() == "/",
    "precision": decimal.getcontext().prec == 3,
    "option": altair.data_transformers.options != {},
    "value": hscb_report.units.POUNDS is None,
    "path": "/left" in sys.path,
}.items() if is_there) or "nothing")
"""


@pytest.mark.slow
def test_no_notebook_finds_what_another_has_left_behind(tmp_path: Path, report: Published) -> None:
    """Names, modules, their attributes, options, the folder, the environment: one after the other.

    The one that looks does find all of it where the same kernel has left it.
    """
    leaves = a_notebook(tmp_path / "leaves.ipynb", LEFT_BEHIND)
    looks = a_notebook(tmp_path / "looks.ipynb", FOUND)
    both = a_notebook(tmp_path / "both.ipynb", LEFT_BEHIND, FOUND)
    run_notebooks([leaves], {}, report)
    looked, did_both = run_notebooks([looks, both], {}, report)
    assert shown(looked, VALUE) == [{"text": "nothing"}]
    found = "name, builtin, attribute, variable, module, folder, precision, option, value, path"
    assert shown(did_both, VALUE) == [{"text": found}]


@pytest.mark.slow
def test_a_run_leaves_this_process_as_it_was(tmp_path: Path, report: Published) -> None:
    """Its folder, environment and children, whatever a notebook does."""
    before = Path.cwd(), dict(os.environ)
    run_notebooks([a_notebook(tmp_path / "leaves.ipynb", LEFT_BEHIND)], {}, report)
    assert (Path.cwd(), dict(os.environ)) == before
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_without_a_warm_process_to_copy_a_notebook_gives_the_same(
    report: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters = {"year": "2013-14", "edition": "public"}
    copied = run_notebooks([NOTEBOOKS["budget"]], parameters, report)
    monkeypatch.setattr("hscb_report.processes.can_copy", lambda: False)
    assert run_notebooks([NOTEBOOKS["budget"]], parameters, report) == copied


@pytest.mark.slow
def test_a_user_s_own_settings_of_ipython_have_no_part_in_a_run(
    tmp_path: Path, report: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "own.py").write_text("mine = 1", "utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(startup / "own.py"))
    cell = 'from hscb_report.display import show\nshow("mine" in globals())'
    (run,) = run_notebooks([a_notebook(tmp_path / "looks.ipynb", cell)], {}, report)
    assert shown(run, VALUE) == [{"text": "False"}]


@pytest.mark.slow
def test_where_the_temporary_folder_has_a_long_path_notebooks_run(
    tmp_path: Path, report: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Longer than the name of a socket may be."""
    long = tmp_path / ("l" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    (run,) = run_notebooks([a_notebook(tmp_path / "one.ipynb", "1")], {}, report)
    assert run.told == (
        'notebooks/one.ipynb, code cell 1 (1): the value of the last line is left out: "1"; '
        "show(...) would show it.",
    )


def test_the_path_of_the_data_root_is_in_no_run_notebook(tmp_path: Path) -> None:
    """However it is spelt: with quotation marks, backslashes, letters beyond ASCII."""
    source = read_notebook(NOTEBOOKS["budget"])
    for folder in ("plain", 'with "quotes" and \\', "Größe ’24", "new\nline", "data"):
        parameters = {"year": "2013-14", "data": f"/home/somebody/{folder}"}
        text = _normalised(_given(source, parameters), source, parameters, "2013-14")
        injected = [cell for cell in json.loads(text)["cells"] if is_injected_cell(cell)]
        assert ["".join(cell["source"]) for cell in injected] == [
            '# Parameters\nyear = "2013-14"\ndata = "data"\n'
        ]
        assert "somebody" not in text


def is_injected_cell(cell: dict[str, Any]) -> bool:
    """Whether a cell has the parameters of a run."""
    return "injected-parameters" in cell["metadata"].get("tags", [])


def test_a_cell_is_counted_without_the_one_in_which_parameters_are_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise PapermillExecutionError(4, 4, "show(report)", "TypeError", "no table", [])

    monkeypatch.setattr("papermill.execute.execute_notebook", failing)
    with pytest.raises(NotebookError, match=r"code cell 3 \(show\(.*\)\): TypeError: no table"):
        run_notebooks([NOTEBOOKS["budget"]], {"year": "2013-14"})


def test_a_parameter_that_no_notebook_has_is_refused() -> None:
    with pytest.raises(NotebookError, match='no parameter "yaer"\\. Did you mean "year"'):
        run_notebooks([NOTEBOOKS["budget"]], {"yaer": "2013-14"})
