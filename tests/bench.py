"""`make bench`: how long each step takes, on this machine, now. Prints; asserts nothing."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3


def main(year: str) -> None:
    """Time `check` and `render` as whole processes, and the steps of a render."""
    for name, arguments in (
        ("hscb-report check", ["check", year]),
        ("hscb-report schema", ["schema"]),
    ):
        print(f"{name:<40} {_best(arguments):6.2f} s (best of {RUNS})")
    with tempfile.TemporaryDirectory() as out:
        print(f"{'hscb-report render':<40} {_best(['render', year, '--out', out]):6.2f} s")
    _steps(year)


def _best(arguments: list[str]) -> float:
    """Return the shortest of several runs: the one least disturbed by the machine's other work."""
    return min(_once(arguments) for _ in range(RUNS))


def _once(arguments: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "hscb_report", *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started


def _steps(year: str) -> None:
    from hscb_report.publish import render
    from hscb_report.report import DEFAULT_DATA

    @contextlib.contextmanager
    def timed(step: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        print(f"  {step:<38} {time.perf_counter() - started:6.2f} s")

    print("steps of one render, in one process:")
    with tempfile.TemporaryDirectory() as out:
        render(year, "public", DEFAULT_DATA, Path(out), timed)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "2013-14")
