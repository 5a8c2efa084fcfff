"""What a command costs: processor seconds with all its processes, seconds by the clock, memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2
"""How often the memory of the processes is looked at, in seconds."""


@dataclass(frozen=True)
class Cost:
    """Processor and wall seconds, and the most memory that all processes had at once, in MiB."""

    processor: float
    wall: float
    memory: float


def adopt_orphans() -> None:
    """Have processes that outlive the command which began them be children of this one.

    The one that kernels are copies of ends a little after its run; its time would not be counted.
    """
    if sys.platform == "linux":
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def cost_of(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command in a folder to its end and return what it cost; raise if it fails."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(
        [*map(str, command)],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watch = _Memory()
        watch.start()
        said, _ = process.communicate()
        wall = time.perf_counter() - began
        watch.end()
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{said[-3000:]}")
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(used, wall, watch.most / 1024)


class _Memory(threading.Thread):
    """Adds up what the processes below this one hold; memory that several share counts once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            self.most = max(self.most, sum(map(_held, _descendants(os.getpid()))))

    def end(self) -> None:
        self._ended.set()
        self.join()


def _descendants(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_descendants(child)]
    return found


def used_by_tree(process: int) -> float:
    """Return the processor seconds of a process, those below it, and those that have ended."""
    ticks = 0
    for one in (process, *_descendants(process)):
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, told[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _held(process: int) -> int:
    """Return the proportional size of a process in KiB; 0 for one that has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
