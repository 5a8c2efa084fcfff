"""Writing what was taken over, all of it or nothing, and taking the last back.

Each import has a folder in the data root, `private/imports/0007`: what stood in the files that it
changes, what stands there now, and a note of both. One that was broken off is taken back before
anything else is done.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hscb_report.errors import ReportError
from hscb_report.schema.tables import PRIVATE
from hscb_report.stopping import carried_through
from hscb_report.store.adding import replace_file, turn_at
from hscb_report.wording import listed

IMPORTS, RECEIVED = f"{PRIVATE}/imports", f"{PRIVATE}/received"
_NOTE = "import.json"
_BEFORE = "before"


@dataclass(frozen=True)
class Undone:
    """What was taken back: the files that were put back, and the received files that it was of."""

    files: tuple[str, ...]
    received: tuple[str, ...]


def write(
    files: Mapping[str, bytes], received: Mapping[str, Path], year: str, data: Path
) -> Path | None:
    """Write new contents of files of a data root, and keep the received ones: all, or nothing.

    `received` are files by the codes that rows name. Returns the folder in which the received
    files are kept. Raises ReportError if another program writes there.
    """
    if not files:
        return None
    with _turn(data):
        folder = _next_folder(data)
        kept = {
            f"{RECEIVED}/{year}/{code}{path.suffix.lower()}": path.read_bytes()
            for code, path in received.items()
        }
        every = {**files, **kept}
        for name in every:
            there = data / name
            if there.exists():
                (folder / _BEFORE / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(there, folder / _BEFORE / name)
        note: dict[str, Any] = {
            "year": year,
            "files": {name: _hash(content) for name, content in every.items()},
            "received": sorted(path.name for path in received.values()),
        }
        _say(folder, note, "begun")
        with carried_through("the files had been taken over."):
            for name, content in every.items():
                (data / name).parent.mkdir(parents=True, exist_ok=True)
                replace_file(data / name, content)
            _say(folder, note, "done")
    return data / RECEIVED / year if kept else None


def undo(data: Path) -> Undone:
    """Take back the last import of a data root: every file is as it was before.

    Raises ReportError if there is none, or if one of the files has been changed since: then nothing
    is taken back.
    """
    with _turn(data):
        done = [folder for folder in _folders(data) if _note(folder)["state"] == "done"]
        if not done:
            raise ReportError(f'There is no import to take back in "{data}".')
        folder, note = done[-1], _note(done[-1])
        changed = [name for name, told in note["files"].items() if _hash_of(data / name) != told]
        if changed:
            raise ReportError(
                f"{listed(changed)} changed since the import, so it cannot be taken back as a "
                f"whole. What stood there before is kept in {folder / _BEFORE}."
            )
        with carried_through("the import had been taken back."):
            _put_back(folder, note, data)
    tables = tuple(name for name in note["files"] if not name.startswith(PRIVATE))
    return Undone(tables, tuple(note["received"]))


@contextmanager
def _turn(data: Path) -> Iterator[None]:
    """Have the data root alone; first take back what was broken off."""
    (data / IMPORTS).mkdir(parents=True, exist_ok=True)
    with turn_at(data / IMPORTS / _NOTE):
        for folder in _folders(data):
            if (note := _note(folder))["state"] == "begun":
                _put_back(folder, note, data)
        yield


def _put_back(folder: Path, note: dict[str, Any], data: Path) -> None:
    for name in note["files"]:
        before = folder / _BEFORE / name
        if before.exists():
            replace_file(data / name, before.read_bytes())
        else:
            (data / name).unlink(missing_ok=True)
    _say(folder, note, "undone")


def _folders(data: Path) -> list[Path]:
    """Return the folders of imports that wrote something, oldest first."""
    return sorted(path.parent for path in (data / IMPORTS).glob(f"[0-9]*/{_NOTE}"))


def _next_folder(data: Path) -> Path:
    there = [int(path.name) for path in (data / IMPORTS).glob("[0-9]*") if path.name.isdigit()]
    folder = data / IMPORTS / f"{max(there, default=0) + 1:04d}"
    folder.mkdir()
    return folder


def _note(folder: Path) -> dict[str, Any]:
    note: dict[str, Any] = json.loads((folder / _NOTE).read_text("utf-8"))
    return note


def _say(folder: Path, note: dict[str, Any], state: str) -> None:
    text = json.dumps({**note, "state": state}, indent=1, ensure_ascii=False)
    replace_file(folder / _NOTE, f"{text}\n".encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash_of(path: Path) -> str | None:
    return _hash(path.read_bytes()) if path.is_file() else None
