"""A data root with one year of an invented board, into which files are taken over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hscb_report.report import PROJECT
from tests.intake.taken import YEAR


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data root with one year of an invented board."""
    root = tmp_path / "data"
    source = PROJECT / "examples" / "northshire"
    shutil.copytree(source / "reference", root / "reference")
    shutil.copytree(source / str(YEAR), root / str(YEAR))
    shutil.copy(source / "board.toml", root)
    return root
