"""Outputs are stored of the year that they are of, and only where they differ.

That each notebook gives exactly its stored outputs is held by nbval, which runs them as tests.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hscb_report.notebooks import NOTEBOOKS as FOLDER
from hscb_report.notebooks import Executed, refresh_stored_outputs
from hscb_report.notebooks.storing import Stored
from hscb_report.report import PROJECT
from hscb_report.results.published import Published
from tests.conftest import copied_data


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
    run = (
        Executed("same.ipynb", before),
        Executed("other.ipynb", "as it is now\n", ("other: printed",)),
    )
    monkeypatch.setattr("hscb_report.notebooks.storing.run_notebooks", lambda *_: run)
    assert refresh_stored_outputs(paths) == Stored((paths[1],), ("other: printed",))
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

    monkeypatch.setattr("hscb_report.notebooks.storing.open_report", opening)
    monkeypatch.setattr("hscb_report.notebooks.storing.run_notebooks", running)
    paths = notebooks_of(tmp_path, **stored)
    assert refresh_stored_outputs(paths, asked) == Stored(())
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
