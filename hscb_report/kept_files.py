"""Files that are kept by what they were made from: whole or not there, dropped where damaged."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

DAMAGED = ".damaged-"
"""What the name of something begins with that was damaged."""
_LARGE = 50_000_000
"""A file of more bytes is known by its size and time, as no table or page is so large."""


@dataclass(frozen=True)
class KeptIn:
    """Where the parts of a book are kept: its PDFs in a folder, its pages in a file."""

    volumes: Path
    pages: Path


class KeptFiles:
    """A folder of contents, each under a key; where nothing can be written, nothing is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key; what is damaged is dropped."""
        file = self.folder / key
        try:
            sound, _, content = file.read_bytes().partition(b"\n")
        except OSError:
            return None
        if sound != _signature(content):
            set_aside(file)
            return None
        with suppress(OSError):
            os.utime(file)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep content under a key."""
        with suppress(OSError):
            write_whole(self.folder / key, _signature(content) + b"\n" + content)


def set_aside(damaged: Path) -> None:
    """Take a file or folder out of what is kept; whoever looks can tell its user."""
    with suppress(OSError):
        damaged.replace(damaged.with_name(f"{DAMAGED}{damaged.name}"))


def write_whole(file: Path, content: bytes) -> None:
    """Write a file, for its user alone, so that it is never seen in part."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, made = tempfile.mkstemp(dir=file.parent, prefix=".writing-")
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(content)
        Path(made).replace(file)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def of_file(path: Path) -> str:
    """Return the signature of a file, of its content unless it is very large."""
    with suppress(OSError):
        about = path.stat()
        if about.st_size > _LARGE or not path.is_file():
            return f"{about.st_mode} {about.st_size} {about.st_mtime_ns}"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return "not readable"


def _signature(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
