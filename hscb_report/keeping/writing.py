"""Writing files that are whole or not there, whoever else writes and whenever the run is killed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
