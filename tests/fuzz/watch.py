"""A watch over a call: what takes too long, or waits for what never comes, is ended and told."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from types import FrameType

SECONDS = 20.0
"""The processor time that an input may take."""
VARIABLE = "FUZZ_SECONDS"
"""Names another limit, for a test of the watch."""
IDLE = 5
"""For how many seconds a call may use no processor time at all: it waits for ever."""


class Hang(BaseException):
    """A call that does not come to its end. No handler of the product takes it for its own."""


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Raise Hang in what takes more processor time, or none at all, for too long."""
    seconds = float(os.environ.get(VARIABLE, SECONDS))
    started = last = time.process_time()
    idle = 0

    def look(number: int, frame: FrameType | None) -> None:
        nonlocal idle, last
        now = time.process_time()
        idle, last = (idle + 1 if now - last < 0.001 else 0), now
        if now - started > seconds:
            raise Hang(f"more than {seconds:g} processor seconds")
        if idle >= IDLE:
            raise Hang("waits for what never comes")

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
