"""What a notebook asks for while it runs, noted: its outputs are kept by what it was given.

Noted are what it asks of the report, the files that it opens and the folders that it lists, and
whether it asks what no file tells, as another program or server does. The clock and the environment
cannot be heard.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hscb_report.kept_files import of_file
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.published import Commentary, Published
from hscb_report.schema.tables import PRIVATE

VARIABLE = "HSCB_REPORT_NOTED"
"""Names the file that a kernel writes its notes into."""
REPORT, FILE, FOLDER, OUTSIDE = "report", "file", "folder", "outside"
"""What a note is of: what was asked of the report, a file that was opened, a folder that was
listed, or whom else was asked."""
_ANSWERS = ("exhibit", "group", "commentary", "value")
"""What is asked of a report with a word: only the answer to that word is given."""
_OUTSIDE = (
    *("socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"),
    "sqlite3.connect",  # what is read out of a database is not heard
)
_LISTS = ("os.listdir", "os.scandir")
_PRIVATE = tuple(f"{os.sep}{PRIVATE}{os.sep}{name}{os.sep}" for name in ("records", "received"))
_OF_THE_SYSTEM = ("/proc/", "/sys/", "/dev/")

Note = tuple[str, str, str]
"""What it is of, its name, and the word it was asked with, or how it was when it was opened."""


def answer_of_now(of: str, name: str) -> str | None:
    """Return how a file or folder is now, to hold against how it was; None for what is neither."""
    if of == FILE:
        return of_file(Path(name))
    return of_names(name) if of == FOLDER else None


def note(of: str, name: str, word: str = "") -> None:
    """Note something, if notes are taken."""
    if file := os.environ.get(VARIABLE):
        with Path(file).open("a", encoding="utf-8") as notes:
            notes.write(f"{json.dumps([of, name, word])}\n")


def notes_in(file: Path) -> tuple[Note, ...]:
    """Return what was noted, each once, in order."""
    if not file.exists():
        return ()
    lines = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    return tuple(dict.fromkeys((of, name, word) for of, name, word in lines))


def of_names(folder: str) -> str:
    """Return the names of what lies in a folder, as one text."""
    try:
        return json.dumps(sorted(os.listdir(folder)))  # noqa: PTH208
    except OSError:
        return ""


def answer(report: Published, name: str, word: str) -> object:
    """Return what a report answers to what was noted."""
    found = getattr(report, name)
    return found(word) if name in _ANSWERS else found


class _Noting(Published):
    """A report that notes what is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        own: dict[str, Any] = object.__getattribute__(self, "__dict__")
        if name in ("__dict__", "__reduce_ex__"):
            note(OUTSIDE, f"report.{name}")  # all of it at once, which nobody can compare
        elif not (own["_is_answering"] or name.startswith("_") or _is_method(type(self), name)):
            with _answering(self):
                note(REPORT, name)
                return super().__getattribute__(name)
        return super().__getattribute__(name)

    # The names of their words are those of the report: a notebook may say them.

    def exhibit(self, label: str) -> Exhibit:
        note(REPORT, "exhibit", label)
        with _answering(self):
            return super().exhibit(label)

    def group(self, name: str) -> tuple[Exhibit, ...]:
        note(REPORT, "group", name)
        with _answering(self):
            return super().group(name)

    def commentary(self, chapter: str) -> Commentary:
        note(REPORT, "commentary", chapter)
        with _answering(self):
            return super().commentary(chapter)

    def value(self, fact: str) -> str:
        note(REPORT, "value", fact)
        with _answering(self):
            return super().value(fact)


def _is_method(kind: type, name: str) -> bool:
    """Whether a name is of a method: what that asks for is noted, not it."""
    return callable(getattr(kind, name, None))


@contextmanager
def _answering(report: _Noting) -> Iterator[None]:
    """Have nothing noted that the report asks of itself to answer."""
    own: dict[str, Any] = object.__getattribute__(report, "__dict__")
    was, own["_is_answering"] = own["_is_answering"], True
    try:
        yield
    finally:
        own["_is_answering"] = was


def noting(report: Published) -> Published:
    """Return the same report, which notes what is asked of it if notes are taken."""
    if VARIABLE not in os.environ:
        return report
    made = object.__new__(_Noting)
    own: dict[str, Any] = object.__getattribute__(made, "__dict__")
    own.update(vars(report), _is_answering=False)
    return made


def watch(*own: Path) -> None:
    """Note from now on what this process opens and whom it asks; `own` are folders of this run."""
    ignored = (*dict.fromkeys(_ignored(own)), *_OF_THE_SYSTEM)
    seen: set[str] = set()

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, str | bytes | os.PathLike) and _is_read(mode, flags):
                file = _source(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 (no links resolved)
                if file not in seen and not file.startswith(ignored):
                    seen.add(file)
                    note(*_told(file))
        elif event in _LISTS and not isinstance(arguments[0], int):
            # Who imports lists the folders that modules may lie in.
            folder = os.path.abspath(os.fsdecode(arguments[0] or "."))  # noqa: PTH100
            if f"{folder}{os.sep}" not in seen and not f"{folder}{os.sep}".startswith(ignored):
                seen.add(f"{folder}{os.sep}")
                if folder not in {os.path.abspath(path) for path in sys.path}:  # noqa: PTH100
                    note(FOLDER, folder, of_names(folder))
        elif event in _OUTSIDE and event not in seen:
            seen.add(event)
            note(OUTSIDE, event)

    sys.addaudithook(heard)


def _told(file: str) -> Note:
    """Return what is noted of a file; of a private one no signature, so nothing of it is kept."""
    if any(part in file for part in _PRIVATE):
        return OUTSIDE, "what is private", ""
    return FILE, file, of_file(Path(file))


def _is_read(mode: str | None, flags: int) -> bool:
    """Whether a file is opened for what is in it, and not to be written anew."""
    if mode is None:
        return not flags & os.O_WRONLY and not flags & os.O_EXCL
    return "+" in mode or not set(mode) & {"w", "x", "a"}


def _ignored(own: Iterable[Path]) -> Iterator[str]:
    """Yield folders of which a run knows otherwise whether anything in them has changed."""
    found = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    folders = [Path(folder) for folder in found if folder]
    for folder in (*folders, Path(sys.prefix), Path(__file__).parent, *own):
        yield f"{folder.absolute()}{os.sep}"


def _source(file: str) -> str:
    """Return the file that compiled code was made from: it is what an analyst changes."""
    if file.endswith(".pyc"):
        try:
            return importlib.util.source_from_cache(file)
        except ValueError:
            return file
    return file
