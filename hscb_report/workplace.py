"""Where a run works, how its report takes its place, and what becomes of what a killed run left.

A run that makes `2013-14` has the folder `.making-2013-14` beside it to itself. The earlier report
lies in it, as `before`, while the new one takes its place. Whoever finds such a folder that nobody
has puts the earlier report back, if none is in place, and removes the rest; so after any kill the
one or the other is there, whole.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import cache, partial
from multiprocessing.util import Finalize
from pathlib import Path

from hscb_report.errors import UsageError
from hscb_report.stopping import carried_through, undoing
from hscb_report.store.turns import BusyError, turn

MANIFEST = "manifest.json"
"""What a report of ours holds, and no other folder."""
MAKING = ".making-"
_PROCESS = "process"
_TEMPORARY = "hscb-report-"
_WAIT_SECONDS = 5  # as long as children of a killed run may take to end
_TRIES, _BETWEEN_TRIES = 30, 0.1
_MOST_FOR_SOCKETS = 50  # a socket's path has 100 characters or so, and libraries add to it


def recover(out: Path) -> None:
    """Undo what killed runs have left in the folder of reports; those that still run stay."""
    for work in sorted(out.glob(f"{MAKING}*")):
        with suppress(BusyError, OSError), turn(work, 0):
            _clear(work)


@contextmanager
def workplace(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside that of a report, which is this run's alone and gone afterwards.

    Raises UsageError if another run makes that report, OSError if nothing can be written there.
    """
    work = target.with_name(MAKING + target.name)
    with ExitStack() as stack:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(turn(work, _WAIT_SECONDS))
        except BusyError:
            raise UsageError(_told_of_other(work, target)) from None
        stack.enter_context(undoing(partial(_clear, work)))
        stack.callback(_clear, work)
        _put_back(work)
        for left in work.iterdir():
            _remove(left) if left.is_dir() else left.unlink()
        (work / _PROCESS).write_text(str(os.getpid()))
        yield work


def put_in_place(made: Path, target: Path) -> None:
    """Put the report that was made in a workplace where the earlier one is.

    If that fails, leaving the workplace puts the earlier one back.
    """
    os.sync()  # a power cut must not leave a folder of empty files
    try:
        with carried_through("the report had been made."):
            if target.exists():
                target.replace(made.with_name("before"))
            made.replace(target)
    except OSError as error:
        raise UsageError(
            f'"{target}" cannot be replaced ({error.strerror}). Close it in other programs.'
        ) from None


def refuse_foreign(target: Path) -> None:
    """Raise UsageError if the target is there and was not made by us."""
    if not target.exists():
        return
    empty = target.is_dir() and not any(target.iterdir())
    if not (empty or (target / MANIFEST).is_file()):
        raise UsageError(
            f'"{target}" is there and holds no {MANIFEST}, so it is not a report of ours and is '
            "not replaced. Move it away, or choose another folder with --out."
        )


@cache
def have_own_temporary_files() -> None:
    """Keep the short-lived files of this process and its children in a folder that goes with it.

    What killed processes have left of theirs is removed.
    """
    shared = _short(Path(tempfile.gettempdir()))
    for left in shared.glob(f"{_TEMPORARY}*"):
        with suppress(BusyError, OSError):
            if left.lstat().st_uid == os.getuid():
                with turn(left, 0):
                    _remove(left)
    own = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=shared))
    kept = ExitStack()
    kept.callback(_remove, own)
    kept.enter_context(turn(own, _WAIT_SECONDS))
    kept.enter_context(undoing(partial(_remove, own)))
    # After the folder that multiprocessing has in it, whose priority is -100.
    Finalize(None, kept.close, exitpriority=-200)
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)


def _short(folder: Path) -> Path:
    """Return a folder whose path leaves room for the names of sockets, if there is one."""
    usual = Path("/tmp")
    is_long = len(os.fsencode(folder)) > _MOST_FOR_SOCKETS
    return usual if is_long and os.access(usual, os.W_OK | os.X_OK) else folder


def _clear(work: Path) -> None:
    """Put the earlier report back if none is in place, and remove the rest."""
    _put_back(work)
    _remove(work)


def _put_back(work: Path) -> None:
    before, target = work / "before", work.with_name(work.name.removeprefix(MAKING))
    if before.exists() and not target.exists():
        before.replace(target)


def _remove(folder: Path) -> None:
    for _ in range(_TRIES):  # a thread may be writing to it, or a child of a child that is ending
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_BETWEEN_TRIES)


def _told_of_other(work: Path, target: Path) -> str:
    """Say who makes the report: its process, and since when."""
    who = "Another run"
    with suppress(OSError, ValueError):
        said = work / _PROCESS
        number = int(said.read_text("utf-8"))
        since = datetime.fromtimestamp(said.stat().st_mtime)
        who = f"Another run (process {number}, since {since:%H:%M on %d %B %Y})"
    return f'{who} is making "{target}". Wait until it has ended, or stop it, and try again.'
