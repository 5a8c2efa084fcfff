"""Ending early: what a signal asks for is done at once, in one line, and leaves nothing behind.

An exception would not do: a library may catch it, and a thread may have to be waited for. So the
handler itself ends the children, undoes what has been begun, says what is true, and leaves.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP")]
_CHILD_SECONDS = 1


@dataclass
class _State:
    """What has been begun, and what is true of the command so far."""

    undoings: list[Callable[[], object]] = field(default_factory=list)
    so_far: str = "nothing was changed."
    is_held: bool = False
    asked: Callable[[], None] | None = None


_state = _State()


def listen() -> None:
    """Have Ctrl-C, SIGTERM and SIGHUP end this process, unless it was started to ignore them.

    Its exit code is then 128 and the signal's number: 130, 143, 129. For the command line alone.
    """
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, partial(_stop, os.getpid()))


def leave_to_parent() -> None:
    """Have a child process pass over what a terminal sends to all: its parent ends it."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)


@contextmanager
def undoing(undo: Callable[[], object]) -> Iterator[None]:
    """Have something undone, whatever else happens, if the process is stopped meanwhile."""
    _state.undoings.append(undo)
    try:
        yield
    finally:
        _state.undoings.remove(undo)


@contextmanager
def carried_through(then: str) -> Iterator[None]:
    """Have what is done here done whole; who stops the process is then told what is true."""
    _state.is_held = True
    try:
        yield
        _state.so_far = then
    finally:
        _state.is_held = False
        if _state.asked:
            _state.asked()


def _stop(owner: int, number: int, _frame: object = None) -> None:
    if os.getpid() != owner:  # a copy of the process that listens
        os._exit(128 + number)
    if _state.is_held:
        _state.asked = partial(_stop, owner, number)
        return
    for other in _SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    _end_children()
    for undo in reversed(_state.undoings):
        with suppress(BaseException):
            undo()
    with suppress(OSError):  # nobody may be there to read it; `print` may stand half-way in a line
        line_end = "\n" if os.isatty(2) else ""
        os.write(2, f"{line_end}Stopped; {_state.so_far}\n".encode())
    os._exit(128 + number)


def _end_children() -> None:
    if "multiprocessing" not in sys.modules:
        return
    from multiprocessing import active_children

    children = active_children()
    for child in children:
        child.kill()
    for child in children:
        child.join(_CHILD_SECONDS)
