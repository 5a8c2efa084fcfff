"""Putting a new folder into a data root: whole, and never in the place of another."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from hscb_report.errors import ReportError
from hscb_report.stopping import carried_through, undoing
from hscb_report.store.turns import BusyError, turn

_TURN_SECONDS = 5
_MAKING = ".creating-"
"""How the name of a folder begins that is not whole yet; nothing reads it."""


def create_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, by their paths within it, into a folder that is not there yet.

    It takes its place whole, at the end. Raises ReportError if it is there, or another program is
    creating in the same place; then nothing has changed.
    """
    parent = folder.parent
    parent.mkdir(parents=True, exist_ok=True)
    try:
        with turn(parent, _TURN_SECONDS):
            _clear_away(parent)
            _put(folder, files)
    except BusyError:
        what = f'Another program is writing in "{parent}".'
        raise ReportError(f"{what} Nothing was created; try again.") from None


def refuse_existing(folder: Path) -> None:
    """Raise ReportError if there is anything in the place of a folder to be made.

    An empty folder is nothing.
    """
    is_empty = folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())
    if os.path.lexists(folder) and not is_empty:
        what = f'"{folder}" is there already, and is not touched.'
        raise ReportError(f"{what} Name another, or move that one away first.")


def _put(folder: Path, files: Mapping[str, str]) -> None:
    refuse_existing(folder)
    made = Path(tempfile.mkdtemp(prefix=_MAKING, dir=folder.parent))
    remove = partial(shutil.rmtree, made, ignore_errors=True)
    with undoing(remove), ExitStack() as stack:
        stack.callback(remove)
        for path, text in files.items():
            file = made / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        made.chmod(0o755)
        with carried_through(f'"{folder}" had been created.'):
            made.rename(folder)


def _clear_away(parent: Path) -> None:
    """Remove what a run left that was killed: nobody else is creating here now."""
    for left in parent.glob(f"{_MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
