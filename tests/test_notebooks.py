"""The notebooks run as they stand, give the outputs that are stored, and open what they are given.

That each gives exactly its stored outputs is held by nbval, which runs the notebooks as tests.
"""

from __future__ import annotations

import gc
import hashlib
import io
import json
import pickle
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from papermill.exceptions import PapermillExecutionError

from hscb_report.chapters import declared_chapters
from hscb_report.display.mime import COMMENTARY, TABLE
from hscb_report.errors import NotebookError
from hscb_report.notebooks import NOTEBOOKS as FOLDER
from hscb_report.notebooks import (
    Executed,
    notebook_paths,
    refresh_stored_outputs,
    run_notebooks,
    stored_year,
)
from hscb_report.report import DEFAULT_DATA, PROJECT, open_report
from hscb_report.results.published import Published
from tests.conftest import copied_data
from tests.made_up import tables_of, year_of

NOTEBOOKS = {path.stem: path for path in sorted(FOLDER.glob("*.ipynb"))}


OPENED = cache(open_report)
CHAPTERS = declared_chapters().chapters
NOT_IN_THE_YEAR = {"self_assessments"}
"""The notebooks of chapters that the committed year has no data of."""


def outputs(text: str, mime: str) -> Iterator[Any]:
    """Yield what a notebook's outputs hold of a type."""
    for cell in json.loads(text)["cells"]:
        for output in cell.get("outputs", []):
            if mime in output.get("data", {}):
                yield output["data"][mime]


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
    for number, (cell, same) in enumerate(zip(run["cells"], before["cells"], strict=True)):
        assert cell["metadata"] == same["metadata"]
        assert cell["id"] == f"cell-{number + (number > 1):02d}"
        assert _without_counts(cell) == _without_counts(same)
    assert "/nowhere" not in executed.text
    # An event loop left behind would be told by Python, when nobody knows where it comes from.
    assert not [str(found.message) for found in told if "event loop" in str(found.message)]


def _without_counts(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a cell's outputs without the count of the cells that ran before."""
    return [{**output, "execution_count": None} for output in cell.get("outputs", [])]


def notebooks_of(folder: Path, **years: str | None) -> list[Path]:
    """Return notebooks without cells whose outputs are of these years."""
    paths = [folder / f"{name}.ipynb" for name in years]
    for path, year in zip(paths, years.values(), strict=True):
        of = {"hscb_report": {"year": year}} if year else {}
        path.write_text(json.dumps({"cells": [], "metadata": of}), "utf-8")
    return paths


def test_only_a_notebook_whose_outputs_differ_is_stored_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = notebooks_of(tmp_path, same="2013-14", other="2013-14")
    before = paths[0].read_text("utf-8")
    run = (Executed("same.ipynb", before), Executed("other.ipynb", "as it is now\n"))
    monkeypatch.setattr("hscb_report.notebooks.run_notebooks", lambda *_: run)
    assert refresh_stored_outputs(paths) == paths[1:]
    assert [path.read_text("utf-8") for path in paths] == [before, "as it is now\n"]


@pytest.mark.parametrize(
    ("stored", "asked", "opened"),
    [
        ({"budget": "2013-14", "audits": "2013-14"}, None, "2013-14"),
        ({"budget": "2013-14", "audits": "2012-13"}, None, "2013-14"),
        ({"budget": "2012-13", "new": None}, None, "2012-13"),
        ({"new": None}, None, None),
        ({"budget": "2012-13"}, "2013-14", "2013-14"),
    ],
)
def test_refreshing_renews_the_year_that_is_stored_unless_another_one_is_asked_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    report: Published,
    stored: dict[str, str | None],
    asked: str | None,
    opened: str | None,
) -> None:
    """Whatever the latest is; of several the latest, and so for a notebook that says nothing."""
    told: list[Any] = []

    def opening(year: str | None) -> Published:
        told.append(year)
        return report

    def running(paths: list[Path], *_: object) -> list[Executed]:
        told.extend(paths)
        return [Executed(path.name, path.read_text("utf-8")) for path in paths]

    monkeypatch.setattr("hscb_report.notebooks.open_report", opening)
    monkeypatch.setattr("hscb_report.notebooks.run_notebooks", running)
    paths = notebooks_of(tmp_path, **stored)
    assert refresh_stored_outputs(paths, asked) == []
    assert told == [opened, *paths]


@pytest.mark.slow
def test_stored_outputs_stay_those_of_their_year_when_the_data_has_a_later_one(
    tmp_path: Path,
) -> None:
    """The notebooks, run as tests, would otherwise open the latest."""
    for name in ("hscb_report", "book"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    data = copied_data(tmp_path / "data")
    later = data / "2014-15"
    later.mkdir()
    settings = (data / "2013-14" / "year.toml").read_text("utf-8")
    (later / "year.toml").write_text(
        settings.replace('year = "2013-14"', 'year = "2014-15"'), "utf-8"
    )
    (tmp_path / "notebooks").mkdir()
    for path in FOLDER.iterdir():
        if path.suffix in (".py", ".ipynb"):
            shutil.copy(path, tmp_path / "notebooks")
    command = "-m pytest -q -p no:cacheprovider --nbval notebooks/child_deaths.ipynb"
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


@pytest.mark.slow
def test_every_notebook_that_fails_is_told_with_its_cell_and_the_last_line(
    tmp_path: Path, report: Published
) -> None:
    """Together, whether a line of it fails or its kernel dies."""
    for name, line in (
        ("dies.ipynb", "import os\nos._exit(1)"),
        ("fails.ipynb", 'report.value("budget.nothing")'),
    ):
        notebook = json.loads(NOTEBOOKS["audits"].read_text("utf-8"))
        del notebook["cells"][4:]
        notebook["cells"][3] |= {"cell_type": "code", "source": line, "outputs": []}
        (tmp_path / name).write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(NotebookError) as told:
        run_notebooks([tmp_path / "dies.ipynb", tmp_path / "fails.ipynb"], {}, report)
    died, failed = str(told.value).splitlines()
    assert died.startswith("notebooks/dies.ipynb: its kernel stopped")
    assert failed.startswith(
        'notebooks/fails.ipynb, code cell 3 (report.value("budget.nothing")): '
    )
    assert 'Unknown fact "budget.nothing"' in failed


def test_a_cell_is_counted_without_the_one_in_which_parameters_are_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise PapermillExecutionError(4, 4, "show(report)", "TypeError", "no table", [])

    monkeypatch.setattr("papermill.execute.execute_notebook", failing)
    with pytest.raises(NotebookError, match=r"code cell 3 \(show\(report\)\): TypeError: no table"):
        run_notebooks([NOTEBOOKS["budget"]], {"year": "2013-14"})


def test_a_parameter_that_no_notebook_has_is_refused() -> None:
    with pytest.raises(NotebookError, match='no parameter "yaer"\\. Did you mean "year"'):
        run_notebooks([NOTEBOOKS["budget"]], {"yaer": "2013-14"})
