"""A copy of a data root, in which something may be tried before it is done."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from hscb_report.schema.tables import PRIVATE
from hscb_report.store.folder import is_passed_over


def copy_root(data: Path, into: Path) -> None:
    """Copy what a data root holds to a folder that is not there yet: but what is kept back.

    A link that leads out of it, or nowhere, is one in the copy too; what is no file, or may not be
    read, is passed over, and so is what programs left. Whatever the rights of the original, the
    copy may be written to.
    """
    into.mkdir(parents=True)
    for path in data.iterdir():
        if path.name != PRIVATE and not is_passed_over(path):
            _copy(path, into / path.name, data)


def copy_folder(folder: Path, into: Path) -> None:
    """Copy a folder to one that is not there yet, in the same way."""
    _copy(folder, into, folder)


def _copy(path: Path, into: Path, root: Path) -> None:
    with suppress(OSError, RuntimeError):  # not to be read; links that go round
        if path.is_symlink() and not (path.is_file() and _is_within(path, root)):
            into.symlink_to(path.resolve())
        elif path.is_dir():
            into.mkdir(parents=True)
            for inner in path.iterdir():
                _copy(inner, into / inner.name, root)
        elif path.is_file():
            shutil.copyfile(path, into)


def _is_within(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())
