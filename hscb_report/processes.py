"""The processes that a run starts: copies of one that has the imports done, gone when it is gone.

On Linux a process is kept that has imported everything, and each new one begins as its copy;
elsewhere, where copying is not known to be sound, each begins anew and imports for itself. What
runs in them is the same.
"""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import resource_tracker
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

# A terminal that is closed ends it a moment before us. Nobody has to be told.
warnings.filterwarnings("ignore", "resource_tracker: process died unexpectedly", UserWarning)

LONGEST_FOLDER = 75
"""How long a temporary folder's name may be: that of a socket in it has 107 signs at the most."""


_Result = TypeVar("_Result")

OPEN_FILES = 512
"""How many files a run may have open at once; the sockets of kernels are most of them."""


def allow_open_files() -> None:
    """Have this process, and those it starts, open as many files as a run needs.

    Raises OSError (EMFILE) where the system does not let it. A kernel would end in the middle.
    """
    import resource

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY != most < OPEN_FILES:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
    if resource.RLIM_INFINITY != now < OPEN_FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, most))


def can_copy() -> bool:
    """Whether a process can be begun as a copy of another."""
    return sys.platform == "linux" and len(tempfile.gettempdir()) <= LONGEST_FOLDER


def context(imports: str) -> ForkServerContext | SpawnContext:
    """Return how processes are started: from one that has imported a module, where there can be.

    It begins with the first call, so that it imports while the caller goes on.
    """
    return _warmed(imports) if can_copy() else multiprocessing.get_context("spawn")


def begun_anew(work: Callable[..., None], *given: Any) -> BaseProcess:
    """Begin a process that has nothing of this one, nor of what it has imported."""
    with _errors_sent_nowhere():
        resource_tracker.ensure_running()  # it would complain of a process that is killed
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    return process


@cache
def _warmed(imports: str) -> ForkServerContext:
    """Begin the process that others are copies of; a later one would begin by itself."""
    warm = multiprocessing.get_context("forkserver")
    warm.set_forkserver_preload([imports])
    with _errors_sent_nowhere():
        ensure_running()
    return warm


@contextlib.contextmanager
def _errors_sent_nowhere() -> Iterator[None]:
    """Have what is started meanwhile tell nothing itself: who waits for it tells what failed."""
    usual, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(usual, 2)
        os.close(usual)
        os.close(nowhere)


@contextlib.contextmanager
def beside(work: Callable[..., None], *given: Any) -> Iterator[None]:
    """Do something in a copy of this process while the block runs, or where none can be, after it.

    What it raises is raised once the block has ended, and in the place of what the block raises.
    """
    if not can_copy():
        yield
        work(*given)
        return
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("fork"), end_with_parent)
    working = pool.submit(work, *given)
    pool.shutdown(wait=False)  # the copy is gone as soon as it is done, and its memory with it
    try:
        yield
    finally:
        working.result()


def apart(work: Callable[..., _Result], *given: Any) -> _Result:
    """Return what is done in a copy of this process: the memory that it takes goes with it.

    Where no copy can be, it is done here.
    """
    if not can_copy():
        return work(*given)
    copied = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, copied, end_with_parent) as pool:
        return pool.submit(work, *given).result()


def end_with_parent() -> None:
    """Have this process end as soon as the one that asked for it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
