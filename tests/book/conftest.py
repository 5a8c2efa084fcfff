"""One rendered report for all tests of the book, whichever process they run in."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from hscb_report.publish import Rendered, render
from hscb_report.report import DEFAULT_DATA

YEAR = "2013-14"


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Rendered:
    """The report of 2013-14, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    out = shared / "rendered"
    with FileLock(shared / "rendered.lock"):
        if not (out / YEAR / "manifest.json").exists():
            render(YEAR, "public", DEFAULT_DATA, out)
    return Rendered(Path(out / YEAR))
