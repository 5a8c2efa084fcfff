"""Turns: a folder is one process's alone for a while, and others wait.

The lock is on the folder itself, so there is no file that stays, or that others could write to; and
it ends with its process, however that ends.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EVERY_SECONDS = 0.05


class BusyError(Exception):
    """Another process has the folder."""


@contextmanager
def turn(folder: Path, seconds: float) -> Iterator[None]:
    """Have a folder alone; it is made, for its user only, if there is none.

    Its user may remove it meanwhile, with all that it holds. Raises BusyError if another process
    has it for longer than these seconds, OSError if it cannot be made or is no folder.
    """
    handle = _taken(folder, seconds)
    try:
        yield
    finally:
        os.close(handle)


def _taken(folder: Path, seconds: float) -> int:
    from filelock import lock_descriptor  # most commands lock nothing

    last = time.monotonic() + seconds
    while True:
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        if lock_descriptor(handle, blocking=False) and _is_there(handle, folder):
            return handle
        os.close(handle)
        if time.monotonic() >= last:
            raise BusyError
        time.sleep(_EVERY_SECONDS)


def _is_there(handle: int, folder: Path) -> bool:
    """Whether the folder is still the one of its name: who had it before may have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), folder.lstat())
    except FileNotFoundError:
        return False
