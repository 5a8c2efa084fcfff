"""Without a browser the tests that need one do not run, and say so; or they fail, if need be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hscb_report.report import PROJECT
from tests.browser.chromium import NoBrowserError, find_chromium, is_needed

WALK = "tests/browser/test_walk.py"


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Have no program be found; return the only folder in which one is looked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("CHROMIUM", "HSCB_BROWSER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def program(path: Path) -> str:
    path.write_text("#!/bin/sh\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_browser_is_one_of_the_usual_names_or_what_chromium_names(
    nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = program(nothing / "google-chrome")
    assert find_chromium() == usual
    own = program(nothing / "my browser")
    monkeypatch.setenv("CHROMIUM", own)
    assert find_chromium() == own


def test_without_a_browser_it_is_said_how_to_get_one(
    nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoBrowserError, match="sudo apt install chromium"):
        find_chromium()
    monkeypatch.setenv("CHROMIUM", "/no/such program")
    with pytest.raises(NoBrowserError, match='CHROMIUM: "/no/such program" is no program'):
        find_chromium()


def test_a_browser_is_needed_where_that_is_said_or_one_is_named(
    nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_needed()
    monkeypatch.setenv("HSCB_BROWSER", "yes")
    with pytest.raises(ValueError, match='found "yes"; allowed: needed'):
        is_needed()
    monkeypatch.setenv("HSCB_BROWSER", "needed")
    assert is_needed()
    monkeypatch.delenv("HSCB_BROWSER")
    monkeypatch.setenv("CHROMIUM", "/a/browser")
    assert is_needed()


@pytest.mark.parametrize(("wish", "code"), [("", 0), ("needed", 1)])
def test_a_run_without_a_browser_passes_and_says_what_did_not_run(wish: str, code: int) -> None:
    """Unless it is needed: then the run fails."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    plain.pop("CHROMIUM", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-o", "addopts=", WALK],
        cwd=PROJECT,
        env={**plain, "PATH": "/nowhere", "HSCB_BROWSER": wish},
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stdout
    assert "sudo apt install chromium" in done.stdout
    is_told = f"tests did not run, those of {WALK}" in done.stdout
    assert is_told == (code == 0)
