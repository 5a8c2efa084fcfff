"""Where what was made is kept: a folder for each data root and edition in the user's cache.

What is kept is whole or not there, and known by what it was made from; what is damaged is dropped.
Of a board edition nothing lies where one that makes a public report looks.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from hscb_report.kept_files import DAMAGED, KeptFiles, set_aside, write_whole
from hscb_report.noting import FILE, FOLDER, OUTSIDE, Note, answer_of_now

MOST_BYTES = 1_000_000_000
"""How much is kept for all reports together; what was not used for longest goes first."""
VARIABLE = "HSCB_REPORT_CACHE"
"""Names another folder than the user's cache."""
_HOUR = 3600.0
_RECORD, _FILES = "record.json", "files"


@dataclass(frozen=True)
class KeptReport:
    """A report that is kept: its files, the name of its folder, what its notebooks told."""

    folder: Path
    name: str
    told: tuple[str, ...]
    hashes: Mapping[str, str]
    """Of each file of the report, by its path."""


def cache_folder() -> Path:
    """Return the folder of all that is kept for this user, or the one that a variable names."""
    named = os.environ.get(VARIABLE)
    try:
        return Path(named) if named else user_cache_path("hscb_report")
    except RuntimeError:  # of a user without a home
        return Path(tempfile.gettempdir()) / "hscb_report"


class Shelf:
    """What is kept of the reports of one data root in one edition."""

    def __init__(self, data: Path, edition: str, cache: Path | None = None) -> None:
        self._cache = cache or cache_folder()
        root = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:20]
        self.folder = self._cache / edition / root
        self._runs = KeptFiles(self.folder / "runs")

    def files(self, kind: str) -> KeptFiles:
        """Return what is kept of a kind: "notebooks", "volumes"."""
        return KeptFiles(self.folder / kind)

    def damaged(self) -> int:
        """Return how much of what is kept was found to be damaged, and delete it."""
        found = [*self.folder.glob(f"*/{DAMAGED}*")]
        for entry in found:
            with suppress(OSError):
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        return len(found)

    # Reports ---------------------------------------------------------------------------------

    def report(self, key: str) -> KeptReport | None:
        """Return the report of a key; drop one that is damaged."""
        entry = self.folder / "reports" / key
        try:
            record = json.loads((entry / _RECORD).read_bytes())
            kept = KeptReport(
                entry / _FILES, record["name"], tuple(record["told"]), record["hashes"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not is_whole(kept.folder, kept.hashes):
            set_aside(entry)
            return None
        with suppress(OSError):
            os.utime(entry)
        return kept

    def report_of_run(self, run: str) -> KeptReport | None:
        """Return the report that a run made which read the same, its notebooks too."""
        content = self._runs.get(run)
        if content is None:
            return None
        record = json.loads(content)
        if any(answer_of_now(of, name) != told for of, name, told in record["noted"]):
            return None
        return self.report(record["report"])

    def keep(self, key: str, made: Path, name: str, told: tuple[str, ...]) -> None:
        """Keep a report that was made; where nothing can be written, it is not kept."""
        folder = self.folder / "reports"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as making:
                entry = Path(making) / key
                shutil.copytree(made, entry / _FILES)
                record = {"name": name, "told": told, "hashes": hashes_of(made)}
                write_whole(entry / _RECORD, json.dumps(record).encode())
                shutil.rmtree(folder / key, ignore_errors=True)
                entry.replace(folder / key)
            make_room(self._cache)

    def remember(
        self, run: str, key: str, of: str, signatures: Mapping[str, str], noted: Iterable[Note] = ()
    ) -> None:
        """Keep which report a run made, and what it read, as the last run of its kind.

        What its notebooks opened besides is held against what is there before it is taken. A run
        of which one asked what nobody can ask again is not remembered.
        """
        opened = [note for note in dict.fromkeys(noted) if note[0] in (FILE, FOLDER, OUTSIDE)]
        if not any(of_what == OUTSIDE for of_what, _, _ in opened):
            self._runs.put(run, json.dumps({"report": key, "noted": opened}).encode())
        self._runs.put(f"last-{of}", json.dumps(dict(signatures)).encode())

    def last(self, of: str) -> dict[str, str]:
        """Return what the last run of a kind read, to say what has changed since."""
        content = self._runs.get(f"last-{of}")
        found: Any = json.loads(content) if content else {}
        return dict(found)


def hashes_of(folder: Path) -> dict[str, str]:
    """Return the hash of each file below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_whole(folder: Path, hashes: Mapping[str, str]) -> bool:
    """Whether a folder holds exactly the files of these hashes."""
    try:
        return hashes_of(folder) == dict(hashes)
    except OSError:
        return False


def make_room(cache: Path, most: int = MOST_BYTES) -> None:
    """Delete what was not used for longest until no more is kept than `most` bytes.

    What killed runs have begun and left is deleted too.
    """
    for left in (*cache.glob("*/*/*/.making-*"), *cache.rglob(".writing-*")):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - _HOUR:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
    held = 0
    for _, size, entry in sorted(_entries(cache), reverse=True):
        held += size
        if held > most:
            with suppress(OSError):
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _entries(cache: Path) -> Iterator[tuple[float, int, Path]]:
    """Yield when each entry was used last, how many bytes it has, and where it is."""
    for entry in cache.glob("*/*/*/[!.]*"):
        with suppress(OSError):
            files = entry.rglob("*") if entry.is_dir() else (entry,)
            size = sum(file.stat().st_size for file in files if file.is_file())
            yield entry.stat().st_mtime, size, entry
