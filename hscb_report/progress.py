"""A line for each step of a run, with its time, for people who watch a terminal."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TextIO

Progress = Callable[[str], AbstractContextManager[None]]


@contextlib.contextmanager
def silent(_step: str) -> Iterator[None]:
    """Say nothing."""
    yield


def telling(stream: TextIO = sys.stderr) -> Progress:
    """Return a progress that writes "step … 1.2 s" lines to the stream."""

    @contextlib.contextmanager
    def tell(step: str) -> Iterator[None]:
        print(f"{step} …", end="", file=stream, flush=True)
        started = time.perf_counter()
        try:
            yield
        except BaseException:
            print(" stopped", file=stream, flush=True)
            raise
        print(f" {time.perf_counter() - started:.1f} s", file=stream, flush=True)

    return tell
