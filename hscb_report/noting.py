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
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from hscb_report.kept_files import of_file
from hscb_report.results.published import Published

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
_OF_THE_SYSTEM = ("/proc/", "/sys/", "/dev/")

Note = tuple[str, str, str]
"""What it is of, its name, and the word it was asked with, or how it was when it was opened."""


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
        if name.startswith("_") or own["_is_answering"]:
            return super().__getattribute__(name)
        if name in _ANSWERS:
            return _noted(own, name, super().__getattribute__(name))
        own["_is_answering"] = True
        try:
            note(REPORT, name)
            return super().__getattribute__(name)
        finally:
            own["_is_answering"] = False


def _noted(own: dict[str, Any], name: str, ask: Callable[[str], Any]) -> Callable[[str], Any]:
    def noted(word: str) -> Any:
        note(REPORT, name, word)
        own["_is_answering"] = True
        try:
            return ask(word)
        finally:
            own["_is_answering"] = False

    return noted


def noting(report: Published) -> Published:
    """Return the same report, which notes what is asked of it if notes are taken."""
    if VARIABLE not in os.environ:
        return report
    made = object.__new__(_Noting)
    vars(made).update(vars(report), _is_answering=False)
    return made


def watch(*own: Path) -> None:
    """Note from now on what this process opens and whom it asks; `own` are folders of this run."""
    ignored = (*dict.fromkeys(_ignored(own)), *_OF_THE_SYSTEM)
    seen: set[str] = set()

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, str | bytes) and _is_read(mode, flags):
                file = _source(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 (no links resolved)
                if file not in seen and not file.startswith(ignored):
                    seen.add(file)
                    note(FILE, file, of_file(Path(file)))
        elif event in _LISTS:
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


def _is_read(mode: str | None, flags: int) -> bool:
    """Whether a file is opened for what is in it, and not to be written anew."""
    if mode is None:
        return not flags & (os.O_CREAT | os.O_WRONLY)
    return not set(mode) & {"w", "x", "a"}


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
