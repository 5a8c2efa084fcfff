"""Writing several files of a data root, all of them or none, and taking the last writing back.

Each writing has a folder in the data root, `private/written/0007`: what stood in the files that it
changes, and a note of what stands there now. One that was broken off is taken back before anything
else is read or written; a file that somebody has edited since stays as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hscb_report.errors import ReportError
from hscb_report.schema.tables import PRIVATE
from hscb_report.stopping import carried_through
from hscb_report.store.adding import replace_file, turn_at
from hscb_report.wording import listed

WRITTEN, RECEIVED = f"{PRIVATE}/written", f"{PRIVATE}/received"
_NOTE, _BEFORE = "note.json", "before"


class Replaced(NamedTuple):
    """What a file held when it was read, None if there was none, and what it is to hold."""

    before: bytes | None
    after: bytes


@dataclass(frozen=True)
class Undone:
    """What was taken back: the files that were put back, and what the writing was of.

    `left` are files that were changed since, and stay; `kept` is where what they held before is.
    """

    files: tuple[str, ...]
    of: tuple[str, ...]
    left: tuple[str, ...] = ()
    kept: Path = Path()


def write(
    files: Mapping[str, Replaced],
    data: Path,
    of: tuple[str, ...] = (),
    kept: Mapping[str, bytes] | None = None,
) -> None:
    """Write files by their paths in a data root, and others that are `kept` there: all, or none.

    `of` says what is written, for whoever takes it back. Raises ReportError if a file holds
    something else by now than when it was read, or if another program writes there; then nothing is
    changed.
    """
    if not files:
        return
    with _turn(data):
        for name, replaced in files.items():
            if _held(data / name) != replaced.before:
                what = f'"{name}" has been changed meanwhile. Nothing was written; try again.'
                raise ReportError(what)
        every = {name: replaced.after for name, replaced in files.items()} | {**(kept or {})}
        folder = _next_folder(data)
        for name in every:
            if (before := _held(data / name)) is not None:
                (folder / _BEFORE / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / _BEFORE / name).write_bytes(before)
        hashes = {name: _hash(content) for name, content in every.items()}
        note = {"files": hashes, "of": list(of)}
        _say(folder, note, "begun")
        with carried_through("the files had been written."):
            try:
                for name, content in every.items():
                    (data / name).parent.mkdir(parents=True, exist_ok=True)
                    replace_file((data / name).resolve(), content)
            except OSError:
                _put_back(folder, note, data)
                raise
            _say(folder, note, "done")


def undo(data: Path) -> Undone:
    """Take back the last writing in a data root: every file is as it was before.

    Raises ReportError if there is none, or if one of the files has been changed since: then nothing
    is taken back.
    """
    if not (data / WRITTEN).is_dir():
        raise ReportError(_nothing_in(data))
    with _turn(data):
        done = [folder for folder in _folders(data) if _note(folder)["state"] == "done"]
        if not done:
            raise ReportError(_nothing_in(data))
        folder, note = done[-1], _note(done[-1])
        if changed := _changed(folder, note, data):
            raise ReportError(
                f"{listed(changed)} changed since then, so it cannot be taken back as a whole. "
                f"What stood there before is kept in {folder / _BEFORE}."
            )
        with carried_through("it had been taken back."):
            _say(folder, note, "begun")  # if this is broken off, it is ended before anything else
            return _put_back(folder, note, data)


def recover(data: Path) -> Undone | None:
    """Take back a writing that was broken off; return what was, None if there is none.

    Raises ReportError if another program writes there, or if the note of a writing is damaged.
    """
    if all(_note(folder)["state"] != "begun" for folder in _folders(data)):
        return None
    with _turn(data) as recovered:
        return recovered


def _nothing_in(data: Path) -> str:
    return f'There is nothing to take back in "{data}".'


@contextmanager
def _turn(data: Path) -> Iterator[Undone | None]:
    """Have the data root alone; first take back what was broken off, and yield what was."""
    (data / WRITTEN).mkdir(parents=True, exist_ok=True)
    with turn_at(data / WRITTEN / _NOTE):
        undone = None
        for folder in _folders(data):
            if (note := _note(folder))["state"] == "begun":
                undone = _put_back(folder, note, data)
        yield undone


def _changed(folder: Path, note: dict[str, Any], data: Path) -> list[str]:
    """Return the files that hold neither what was written there nor what stood there before."""
    return [
        name
        for name, told in note["files"].items()
        if _hash_of(data / name) not in (told, _hash_of(folder / _BEFORE / name))
    ]


def _put_back(folder: Path, note: dict[str, Any], data: Path) -> Undone:
    left = _changed(folder, note, data)
    files = [name for name in note["files"] if name not in left]
    for name in files:
        before = _held(folder / _BEFORE / name)
        if before is not None:
            replace_file((data / name).resolve(), before)
        else:
            (data / name).unlink(missing_ok=True)
    _say(folder, note, "undone")
    tables = tuple(name for name in files if not name.startswith(RECEIVED))
    return Undone(tables, tuple(note["of"]), tuple(left), folder / _BEFORE)


def _folders(data: Path) -> list[Path]:
    """Return the folders of writings, oldest first."""
    return sorted(path.parent for path in (data / WRITTEN).glob(f"[0-9]*/{_NOTE}"))


def _next_folder(data: Path) -> Path:
    there = [int(path.name) for path in (data / WRITTEN).glob("[0-9]*") if path.name.isdigit()]
    folder = data / WRITTEN / f"{max(there, default=0) + 1:04d}"
    folder.mkdir()
    return folder


def _note(folder: Path) -> dict[str, Any]:
    try:
        note: dict[str, Any] = json.loads((folder / _NOTE).read_text("utf-8"))
    except ValueError:
        what = f'"{folder / _NOTE}" is damaged: what was written then cannot be taken back.'
        raise ReportError(f"{what} Move the folder {folder.name} away.") from None
    return note


def _say(folder: Path, note: dict[str, Any], state: str) -> None:
    text = json.dumps({**note, "state": state}, indent=1, ensure_ascii=False)
    replace_file(folder / _NOTE, f"{text}\n".encode())


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash_of(path: Path) -> str | None:
    held = _held(path)
    return None if held is None else _hash(held)
