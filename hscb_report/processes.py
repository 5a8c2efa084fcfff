"""The processes that a run starts: copies of one that has the imports done, gone when it is gone.

On Linux a process is kept that has imported everything, and each new one begins as its copy;
elsewhere, where copying is not known to be sound, each begins anew and imports for itself. What
runs in them is the same.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

_FOLDER, _UNNAMED = "hscb-report-", "hscb-begun-"
LONGEST_FOLDER = 75
"""How long a temporary folder's name may be: that of a socket in it has 107 signs at the most."""


def can_copy() -> bool:
    """Whether a process can be begun as a copy of another."""
    return sys.platform == "linux" and len(tempfile.gettempdir()) <= LONGEST_FOLDER


def context(imports: str) -> ForkServerContext | SpawnContext:
    """Return how processes are started: from one that has imported a module, where there can be.

    It begins with the first call, so that it imports while the caller goes on.
    """
    if not can_copy():
        return multiprocessing.get_context("spawn")
    warm = multiprocessing.get_context("forkserver")
    warm.set_forkserver_preload([imports])
    ensure_running()
    return warm


@contextlib.contextmanager
def beside(work: Callable[..., None], *given: Any) -> Iterator[None]:
    """Do something in a copy of this process while the block runs, or where none can be, after it.

    What it raises is raised once the block has ended.
    """
    if not can_copy():
        yield
        work(*given)
        return
    copied = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, copied, end_with_parent) as pool:
        working = pool.submit(work, *given)
        yield
        working.result()


def keep_temporary_files_together() -> None:
    """Have all that this process, and those it starts, write for a while lie in one folder.

    The folder goes when the process ends. Those that killed processes have left are removed now:
    nobody holds their lock any more. Its name is short enough for sockets in it, if any is.
    """
    if _is_ours(tempfile.gettempdir()):
        return
    for left in Path(_temporary_root()).glob(f"{_FOLDER}*"):
        if (held := _locked(left)) is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(held)
    folder = Path(tempfile.mkdtemp(prefix=_UNNAMED, dir=_temporary_root()))
    _locked(folder)
    named = folder.with_name(folder.name.replace(_UNNAMED, _FOLDER))
    folder.rename(named)  # by now it is locked, so that nobody takes it for one that is left
    tempfile.tempdir = os.environ["TMPDIR"] = str(named)
    # After multiprocessing's own folder in it, which has the priority -100.
    Finalize(None, shutil.rmtree, (named, True), exitpriority=-200)


def end_all() -> None:
    """Kill every process that this one has started, and tidy up as if it ended by itself.

    For an end that cannot wait for threads, which the usual one would.
    """
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    atexit._run_exitfuncs()


def _is_ours(folder: str) -> bool:
    return Path(folder).name.startswith(_FOLDER)


def _temporary_root() -> str:
    usual = tempfile.gettempdir()
    return usual if len(usual) < LONGEST_FOLDER - 30 or not os.access("/tmp", os.W_OK) else "/tmp"


def _locked(folder: Path) -> int | None:
    """Take the lock of a folder, which the process holds to its end; None if another has it."""
    import fcntl

    try:
        held = os.open(folder, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return None
    return held


def end_with_parent() -> None:
    """Have this process end as soon as the one that asked for it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
