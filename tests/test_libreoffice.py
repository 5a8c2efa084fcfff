"""Without LibreOffice the tests that need it do not run, and say so; or they fail, if need be."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from hscb_report.report import PROJECT
from tests.libreoffice import NoOfficeError, find_office, is_needed

WITH_OFFICE = (
    "tests/spreadsheets/test_opening.py::test_rows_that_a_filter_hides_are_hidden_in_a_table_too"
)


def test_without_it_it_is_said_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoOfficeError, match="apt-get install libreoffice-calc"):
        find_office()
    program = tmp_path / "libreoffice"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    assert find_office() == str(program)


def test_it_is_needed_where_that_is_said(monkeypatch):
    monkeypatch.delenv("HSCB_OFFICE", raising=False)
    assert not is_needed()
    monkeypatch.setenv("HSCB_OFFICE", "needed")
    assert is_needed()
    monkeypatch.setenv("HSCB_OFFICE", "yes")
    with pytest.raises(ValueError, match='found "yes"; allowed: needed'):
        is_needed()


@pytest.mark.parametrize(("wish", "code"), [("", 0), ("needed", 1)])
def test_a_run_without_it_passes_and_says_what_did_not_run(wish, code):
    """Unless it is needed: then the run fails."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-o", "addopts=", WITH_OFFICE],
        cwd=PROJECT,
        env={**plain, "PATH": "/nowhere", "HSCB_OFFICE": wish},
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stdout
    assert "apt-get install libreoffice-calc" in done.stdout
    is_told = "1 tests did not run, those of tests/spreadsheets/test_opening.py" in done.stdout
    assert is_told == (code == 0)
