"""What a fleet costs: many invented boards, each with a year, made one after the other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.cost import Cost, cost_of

YEAR = "2024-25"
SIZES = (1, 5, 20)
_PLAIN = 3
"""So many boards are made the plain way; one more costs as much as the one before."""


def boards(project: Path, number: int) -> list[Path]:
    """Write the data roots of boards that are invented, each otherwise, into a project."""
    made = []
    for seed in range(1, number + 1):
        out = project / "_fleet" / f"board-{seed}"
        command = [sys.executable, "-m", "examples.invent", "--seed", str(seed), "--years", "1"]
        done = [*command, "--out", str(out)]
        subprocess.run(done, cwd=project, check=True, stdout=subprocess.DEVNULL)
        made.append(out)
    return made


def lines(
    project: Path, python: Path, environment: Mapping[str, str], sizes: Sequence[int] = SIZES
) -> Iterator[str]:
    """Yield a table: what fleets of several sizes cost, and a board of them the plain way."""
    roots = boards(project, max(sizes))
    yield "a fleet of invented boards, a year each, nothing kept:"
    yield f"  {'boards':<16}{'cpu':>9}{'of each':>9}{'wall':>8}{'MiB':>7}"
    each = 0.0
    for size in sizes:
        shutil.rmtree(project / "_cache", ignore_errors=True)
        command = [python, "-m", "hscb_report", "render", "--out", project / "_out"]
        cost = cost_of([*command, "--all", *roots[:size]], project, environment)
        each = cost.processor / size
        yield f"  {size:<16}{_told(cost, each)}"
    plain = [_plain(project, python, root, environment) for root in roots[:_PLAIN]]
    usual = sum(cost.processor for cost in plain) / len(plain)
    yield f"  {'each, plain':<16}{_told(max(plain, key=lambda cost: cost.memory), usual)}"
    yield f"  ours of plain: {each / usual:.2f}"


def _told(cost: Cost, each: float) -> str:
    return f"{cost.processor:>9.1f}{each:>9.1f}{cost.wall:>8.1f}{cost.memory:>7.0f}"


def _plain(project: Path, python: Path, root: Path, environment: Mapping[str, str]) -> Cost:
    out = project / "_plain" / root.name
    given = [f"YEAR={YEAR}", f"DATA={root.relative_to(project)}", f"OUT={out}", f"PYTHON={python}"]
    jobs = f"-j{os.cpu_count() or 1}"
    command = ["make", jobs, "-f", "tests/bench/plain/Makefile", *given]
    return cost_of(command, project, environment)
