"""What the system refuses, a full disk for instance, in a line: what it is and what to do.

Such a fault may come from any library, at any step, and wrapped in another one's error.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from hscb_report.errors import ReportError, UsageError

_TO_DO = {
    errno.ENOSPC: "The disk is full. Free some space, there or where temporary files are kept "
    "(TMPDIR), and try again.",
    errno.EDQUOT: "Your share of the disk is full. Free some space and try again.",
    errno.EROFS: "It can only be read. Choose another folder with --out.",
    errno.EACCES: "Ask for the right to read and write there, or choose another folder with "
    "--data or --out.",
    errno.EPERM: "You may not change it. Choose another folder with --out.",
    errno.EMFILE: 'Raise the limit ("ulimit -n 4096") and try again.',
    errno.ENFILE: "Too many files are open on this machine. Close other programs and try again.",
    errno.ENAMETOOLONG: "Choose a folder with a shorter path.",
}
_WHOSEVER = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE)
"""Faults of the machine, not of a step: told as such even where only an error's text names them."""


def fault_of_system(error: BaseException) -> UsageError | None:
    """Return what to tell of an error that the system caused, None if it was something else."""
    own = isinstance(error, ReportError)  # is told already, whatever it came of
    for cause in () if own else _causes(error):
        if isinstance(cause, OSError) and cause.errno is not None:
            return UsageError(_told(cause))
    said = str(error)
    for code in _WHOSEVER:
        if os.strerror(code) in said:
            return UsageError(f"Cannot write: {os.strerror(code)}. {_TO_DO[code]}")
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and those that it came of, as far as they are told."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        yield cause
        seen.add(id(cause))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _told(error: OSError) -> str:
    place = f' "{_shown(error.filename)}"' if error.filename else ""
    hint = _TO_DO.get(error.errno or 0, "")
    return f"Cannot read or write{place}: {error.strerror}. {hint}".rstrip()


def _shown(path: object) -> str:
    """Return a path, one that is too long with its end alone."""
    text = os.fsdecode(path) if isinstance(path, (str, bytes, Path)) else str(path)
    return text if len(text) <= 300 else f"…{text[-200:]}"
