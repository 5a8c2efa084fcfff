"""LibreOffice, which saves a spreadsheet in another form, as whoever fills a template does.

With `HSCB_OFFICE=needed` a missing LibreOffice is a failure; else tests that need it are skipped,
and the run says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120
"""What is not converted by then, on a machine with other work too, never is."""

needs_office = pytest.mark.usefixtures("office")
"""Marks a test that needs LibreOffice; the fixture is in tests/conftest.py."""


class NoOfficeError(Exception):
    """There is no LibreOffice; its text says what to do."""


def find_office() -> str:
    """Return the path of LibreOffice, or raise `NoOfficeError`."""
    for program in PROGRAMS:
        if found := shutil.which(program):
            return found
    raise NoOfficeError("LibreOffice is not installed: apt-get install libreoffice-calc")


def is_needed() -> bool:
    """Whether a missing LibreOffice is a failure."""
    wish = os.environ.get("HSCB_OFFICE", "")
    if wish not in ("", "needed"):
        raise ValueError(f'HSCB_OFFICE: found "{wish}"; allowed: needed, or nothing.')
    return bool(wish)


def converted(path: Path, to: str, folder: Path) -> Path:
    """Return a spreadsheet as LibreOffice saves it in another form, in a folder, "ods" or "xlsx".

    It has a profile of its own there, so nothing that a user has set counts. What it says is told
    where it makes no file.
    """
    made = folder / f"{path.stem}.{to}"
    assert made != path, "it would take the place of the file that it is made from"
    profile = (folder / "profile of LibreOffice").resolve().as_uri()
    done = subprocess.run(
        [
            *(find_office(), f"-env:UserInstallation={profile}", "--headless", "--norestore"),
            *("--convert-to", to, "--outdir", str(folder), str(path)),
        ],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    assert made.is_file(), f"LibreOffice made no {made.name}: {done.stdout}{done.stderr}"
    return made
