"""`make bench`: what check and render cost, in processor seconds; prints, asserts nothing.

With another checkout of the project, in which `make report` was run once, both are measured in turn
and compared: the machine's other work then weighs on both alike.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NORTHSHIRE = "examples/northshire"
COMMANDS = {"check": 7, "schema": 3, "render": 3, "check northshire": 5}
"""How often each command is run; of Northshire, the latest of five years."""


def main(year: str, against: Path | None) -> None:
    """Measure `check`, `schema` and `render` as whole processes, and the steps of a render."""
    _adopt_orphans()
    for command, runs in COMMANDS.items():
        costs: dict[Path, list[float]] = {ROOT: []}
        if against:
            costs[against.resolve()] = []
        costs = {at: found for at, found in costs.items() if _can(at, command)}
        for _ in range(runs):
            for checkout, found in costs.items():
                found.append(_cost(checkout, command, year))
        here, *there = (statistics.median(found) for found in costs.values())
        compared = f"   {there[0]:6.2f} s there: {here / there[0]:.2f} times" if there else ""
        print(f"hscb-report {command:<17} {here:6.2f} s (median of {runs}){compared}")
    _steps(year)


def _can(checkout: Path, command: str) -> bool:
    """Whether a checkout has the board that a command is run on."""
    return "northshire" not in command or (checkout / NORTHSHIRE).is_dir()


def _adopt_orphans() -> None:
    """Have processes that outlive the command which began them be children of this one.

    The one that kernels are copies of ends a little after its run; its time would not be counted.
    """
    if sys.platform == "linux":
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def _cost(checkout: Path, command: str, year: str) -> float:
    """Return the processor seconds of a command, in the environment of a checkout."""
    with tempfile.TemporaryDirectory() as out:
        verb, _, board = command.partition(" ")
        known = {"check": [year], "schema": [], "render": [year, "--out", out]}
        arguments = ["--data", NORTHSHIRE] if board else known[verb]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [checkout / ".venv/bin/python", "-m", "hscb_report", verb, *arguments],
            cwd=checkout,
            check=True,
            capture_output=True,
        )
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _steps(year: str) -> None:
    from hscb_report.publish import render
    from hscb_report.report import DEFAULT_DATA

    @contextlib.contextmanager
    def timed(step: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        print(f"  {step:<38} {time.perf_counter() - started:6.2f} s")

    print("steps of one render, in one process, by the clock:")
    with tempfile.TemporaryDirectory() as out:
        render(year, "public", DEFAULT_DATA, Path(out), timed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("year", nargs="?", default="2013-14")
    parser.add_argument("--against", type=Path, help="another checkout to compare with")
    options = parser.parse_args()
    main(options.year, options.against)
