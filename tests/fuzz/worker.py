"""Tries inputs in a process of its own, in the sandbox: a number comes in, what failed goes out.

A line of JSON each. Whatever happens to this process happens to nobody else.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.fuzz.files import Sandbox
from tests.fuzz.inputs import Input, input_of
from tests.fuzz.oracle import Failure, failures, run_command
from tests.fuzz.reduce import reduced
from tests.fuzz.renders import together

MEMORY = 2 * 2**30
"""How many bytes of addresses a worker may use: a file without end must not take the machine's."""
SHOWN, FILES = 300, 5
"""How much is shown of a changed file, and of how many."""


def main(folder: str, seed: int, planted: str = "") -> None:
    """Answer numbers until there are no more; `planted` names a module that brings a defect in."""
    faulthandler.enable()
    gc.set_threshold(50_000, 20, 20)  # as the command itself does
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if planted:
        importlib.import_module(planted).plant()
    sandbox = Sandbox.opened(Path(folder))
    for line in sys.stdin:
        asked = json.loads(line)
        given = input_of(sandbox, seed, asked["number"])
        if "beside" in asked:
            others = [input_of(sandbox, seed, number) for number in asked["beside"]]
            answer = {"passes": _passes(sandbox, [*others, given])}
        else:
            do = _reduced if asked.get("reduce") else _tried
            answer = do(sandbox, given, asked)
        print(json.dumps(answer), file=sys.__stdout__, flush=True)


def _tried(sandbox: Sandbox, given: Input, asked: dict[str, Any]) -> dict[str, Any]:
    found = failures(sandbox, given)
    is_asked = asked["passes"] and not given.alone and not found
    passes = is_asked and _passes(sandbox, [given])
    return {"input": str(given), "failures": [vars(f) for f in found], "passes": passes}


def _reduced(sandbox: Sandbox, given: Input, asked: dict[str, Any]) -> dict[str, Any]:
    key = tuple(asked["reduce"])

    def fails(smaller: Input) -> bool:
        return any((f.what, f.cause) == key for f in failures(sandbox, smaller))

    return {"shown": _shown(sandbox, reduced(given, fails), given)}


def _shown(sandbox: Sandbox, smaller: Input, given: Input) -> list[str]:
    """Return what is left of a change: the lines that are not as they were."""
    lines = []
    for path, content in list(smaller.change.items())[:FILES]:
        told = repr(content)
        if isinstance(content, bytes):
            before = set(sandbox.files.get(path, b"").splitlines())
            other = [line for line in content.splitlines() if line not in before]
            is_new = other and path in sandbox.files
            told = f"{len(content)} bytes, new in it {other!r}" if is_new else f"{content!r}"
        lines.append(f"{path.removeprefix(given.board.root + '/')}: {told}"[:SHOWN])
    return lines


def _passes(sandbox: Sandbox, lot: Sequence[Input]) -> bool:
    """Whether a check lets inputs through together, so that a render must make a report of it."""
    board = lot[0].board
    with sandbox.changed(together(lot)):
        root = str(sandbox.folder / board.root)
        return run_command("check", board.year, "--data", root).code == 0


def crashed(code: int | None, said: str) -> Failure:
    """Return the failure of an input that ended its worker."""
    last = next((line for line in said.splitlines() if "hscb_report" in line), said[-80:])
    return Failure("crash", f"exit code {code}, {last.strip()}", said[-300:])


def arguments(folder: Path, seed: int, planted: str) -> Sequence[str]:
    """Return the command that starts a worker."""
    return (sys.executable, "-m", "tests.fuzz.worker", str(folder), str(seed), planted)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
