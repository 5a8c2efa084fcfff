"""The door through which every file of a data root comes in: what is no plain file is not opened.

To read a pipe would wait for ever, to read a device could do anything, and a link may lead to what
nobody meant to publish.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

MAX_TEXT = 1_000_000
"""The most bytes of a text or of settings."""
LEADS_OUT = "this is a link that leads out of the data."

_KINDS = {
    stat.S_IFDIR: "this is a folder, not a file.",
    stat.S_IFIFO: "this is a pipe to another program, not a file.",
    stat.S_IFSOCK: "this is a socket of another program, not a file.",
    stat.S_IFCHR: "this is a device, not a file.",
    stat.S_IFBLK: "this is a device, not a file.",
}


class UnreadableError(Exception):
    """A file that is not read: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def read_file(root: Path, file: str, limit: int) -> bytes:
    """Return the bytes of a file, which is named relative to its root.

    Raises FileNotFoundError if there is none, UnreadableError for whatever is no plain file of at
    most `limit` bytes within the root, or may not be read.
    """
    path = root / file
    try:
        _check(path, root, limit)
        return _bytes(path, limit)
    except FileNotFoundError:
        if path.is_symlink():
            hint = "Put the file itself there, or remove the link."
            raise UnreadableError("this is a link that leads nowhere.", hint) from None
        raise
    except (OSError, RuntimeError) as error:  # links that go round are the one or the other
        hint = "Close it in other programs, and see that you may read it."
        what = getattr(error, "strerror", None) or "links that lead to each other"
        raise UnreadableError(f"cannot be read ({what}).", hint) from None


def _check(path: Path, root: Path, limit: int) -> None:
    """Refuse what is not to be opened at all."""
    found = path.stat()
    is_linked = any(os.path.islink(part) for part in _from_root(path, root))  # noqa: PTH114 (fast)
    if is_linked and not path.resolve(strict=True).is_relative_to(root.resolve()):
        hint = "Put the file itself there instead of a link to it."
        raise UnreadableError(LEADS_OUT, hint)
    if not stat.S_ISREG(found.st_mode):
        what = _KINDS.get(stat.S_IFMT(found.st_mode), "this is not a file.")
        raise UnreadableError(what, "Move it away, and put the file there if there is one.")
    _check_size(found.st_size, limit)


def _from_root(path: Path, root: Path) -> Iterator[str]:
    """Yield a path and the folders that it lies in, up to its root."""
    part, top = str(path), str(root)
    while len(part) > len(top):
        yield part
        part = os.path.dirname(part)  # noqa: PTH120 (fast)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        what = f"the file holds {size:,} bytes; it may hold {limit:,}."
        raise UnreadableError(what, "Keep only what belongs to the year.")


def _bytes(path: Path, limit: int) -> bytes:
    # Whatever it has become since it was looked at: nothing is waited for, and no more is read.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
        raw = opened.read(limit + 1)
    _check_size(len(raw), limit)
    return raw
