"""Whether render makes what check lets through: many let-through damages in one report.

A render takes seconds, so inputs that pass are gathered in one board, as long as that passes too.
If it does not render, the inputs are halved until one is found that holds it up.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.fuzz.files import Change, Sandbox
from tests.fuzz.inputs import Input
from tests.fuzz.oracle import Failure

BOARD = "smallshire"
"""The board that is rendered: the smallest, in about 14 processor seconds."""
CODE = re.compile(r"notebook: (?:cell|member|source|outputs)|notebooks/.*bytes")
"""Damages to a notebook's code, which fail when it runs and not when it is checked."""
GATHERED = 25
"""How many inputs stand in one report at most."""


def gathered(
    given: Iterable[Input], pass_together: Callable[[list[Input]], bool], most: int
) -> list[list[Input]]:
    """Return inputs that pass a check, in so many lots at most that pass together."""
    lots: list[list[Input]] = [[]]
    for one in given:
        if one.board.name != BOARD or CODE.search(str(one)) or not one.change:
            continue
        if len(lots[-1]) == GATHERED:
            if len(lots) == most:
                break
            lots.append([])
        taken = {path for other in lots[-1] for path in other.change}
        if not taken & set(one.change) and pass_together([*lots[-1], one]):
            lots[-1].append(one)
    return [lot for lot in lots if lot]


def unrendered(sandbox: Sandbox, lot: Sequence[Input]) -> tuple[Input, Failure] | None:
    """Return an input of a lot that render refuses, with what it said; None if it makes all.

    The lot is halved until one is left, so that a refusal costs no more than a few renders.
    """
    said = _refused(sandbox, lot)
    if said is None:
        return None
    while len(lot) > 1:
        first, second = lot[: len(lot) // 2], lot[len(lot) // 2 :]
        found = _refused(sandbox, first)
        lot, said = (second, said) if found is None else (first, found)
    said = _refused(sandbox, lot) or said
    cause = re.sub(r'"[^"]*"|/\S+|\d+', "…", said.strip())[:90]
    return lot[0], Failure("check and render", f"does not render: {cause}", said[-400:])


def _refused(sandbox: Sandbox, lot: Sequence[Input]) -> str | None:
    """Return what a render says that makes no report; a traceback or a path is told too."""
    with tempfile.TemporaryDirectory() as out, sandbox.changed(together(lot)):
        done = _render(sandbox, lot[0], out)
        made = Path(out) / lot[0].board.year / "manifest.json"
        if done.returncode == 0 and made.is_file() and "Traceback" not in done.stderr:
            return None
        return f"exit {done.returncode}: {done.stderr}"


def together(lot: Sequence[Input]) -> Change:
    """Return the changes of several inputs as one."""
    return {path: content for one in lot for path, content in one.change.items()}


def _render(sandbox: Sandbox, one: Input, out: str) -> subprocess.CompletedProcess[str]:
    root = str(sandbox.folder / one.board.root)
    command = ("render", one.board.year, "--data", root, "--out", out)
    return subprocess.run(
        [sys.executable, "-m", "hscb_report", *command],
        cwd=sandbox.folder,
        env=os.environ | {"PYTHONPATH": str(sandbox.folder)},
        capture_output=True,
        text=True,
        timeout=600,
    )
