"""JupyterLab as an analyst has it: a notebook is opened, run and saved, and is the file it was."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import Reader
from tests.copies import free_port, project_copied

pytestmark = pytest.mark.slow
SECONDS = 60
NOTEBOOK = "notebooks/budget.ipynb"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project, to be opened and edited."""
    return project_copied(tmp_path_factory.mktemp("lab") / "project", "tests")


@pytest.fixture(scope="module")
def address(project: Path, browser: object) -> Iterator[str]:
    """Return where JupyterLab answers, as `make lab` starts it."""
    port, own = free_port(), project.parent
    environment = {
        **os.environ,
        "PYTHONPATH": str(project),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "IPYTHONDIR": str(own / "ipython"),
    }
    command = [sys.executable, "-m", "hscb_report.notebooks.lab", "--no-browser"]
    command += [f"--port={port}", "--IdentityProvider.token=word", "--log-level=ERROR"]
    with subprocess.Popen(command, cwd=project, env=environment) as lab:
        try:
            _wait_for(f"http://127.0.0.1:{port}/api?token=word")
            yield f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?token=word"
        finally:
            lab.terminate()
            lab.wait(SECONDS)


def _wait_for(address: str) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            urllib.request.urlopen(address)
            return
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.2)


def cells(page: Page) -> Locator:
    return page.locator(".jp-Notebook .jp-CodeCell")


def run_all(page: Page) -> None:
    """Run every cell, and wait until the last has its number."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(cells(page).last.locator(".jp-InputPrompt").first).to_have_text("[11]:")


def test_a_notebook_that_is_run_and_saved_is_the_file_that_it_was(
    address: str, project: Path, window: Reader
) -> None:
    """The notebook opens the latest year of the project, which is the one that is stored."""
    page = window.page
    page.set_default_timeout(SECONDS * 1000)
    expect.set_options(timeout=SECONDS * 1000)
    before = (project / NOTEBOOK).read_text("utf-8")
    stored = (project / NOTEBOOK).stat().st_ctime_ns
    page.goto(address)
    expect(cells(page).first).to_be_visible()
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()  # and not before
    run_all(page)

    table = page.get_by_role("table").filter(has_text="Largest contributor's share").first
    heads = table.get_by_role("rowheader")
    assert heads.first.evaluate("head => getComputedStyle(head).textAlign") == "left"
    number = table.get_by_role("cell").first
    assert number.evaluate("cell => getComputedStyle(cell).textAlign") == "right"

    chart = page.locator(".jp-RenderedSVG img").first
    assert "@font-face" in chart.evaluate("image => decodeURIComponent(image.src)")

    page.get_by_role("menuitem", name="File", exact=True).click()
    page.get_by_role("menuitem", name="Save Notebook").first.click()
    until = time.monotonic() + SECONDS
    while (project / NOTEBOOK).stat().st_ctime_ns == stored and time.monotonic() < until:
        time.sleep(0.2)
    assert (project / NOTEBOOK).stat().st_ctime_ns != stored
    while not (text := (project / NOTEBOOK).read_text("utf-8")).endswith("}\n"):  # half written
        assert time.monotonic() < until
        time.sleep(0.2)
    assert text == before
