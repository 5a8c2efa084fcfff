"""Commands run as a user types them, on a board of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hscb_report.cli import main


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Told]


def commands_of(board: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs a command of a board; no traceback may reach a user."""

    def run(*arguments: object, data: Path = board) -> Told:
        capsys.readouterr()
        try:
            code = main([*map(str, arguments), "--data", str(data)])
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Told(code, told.out, told.err)

    return run
