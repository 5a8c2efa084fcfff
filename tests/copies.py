"""A copy of the project, to be edited: without what was made, and what else is named."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from hscb_report.report import PROJECT

_LEFT = ("_build", "_plain", "_out", "_cache", ".git", ".venv", "*cache*", "mutants")


def project_copied(folder: Path, *without: str, source: Path = PROJECT) -> Path:
    """Copy the project into a folder that is not there yet, without what is named besides."""
    left = shutil.ignore_patterns(*_LEFT, *without)
    return Path(shutil.copytree(source, folder, ignore=left, symlinks=True))


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
