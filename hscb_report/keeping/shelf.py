"""Where what was made is kept: a folder for each data root and edition in the user's cache.

An entry is whole or not there, and is known by what it was made from. What is damaged is dropped.
Of
a board edition nothing lies where one that makes a public report looks.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from hscb_report.keeping.writing import write_whole

MOST_BYTES = 1_000_000_000
"""How much is kept for all reports together; what was not used for longest goes first."""
_RECORD, _REPORT, _LAST = "record.json", "report", "last.json"
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class KeptReport:
    """A report that is kept: its files, the name of its folder, what its notebooks told."""

    folder: Path
    name: str
    told: tuple[str, ...]
    hashes: Mapping[str, str]
    """Of each file of the report, by its path."""


def cache_folder() -> Path:
    """Return the folder of all that is kept for this user."""
    return user_cache_path("hscb_report")


class Shelf:
    """What is kept of the reports of one data root in one edition."""

    def __init__(self, data: Path, edition: str, cache: Path | None = None) -> None:
        self._cache = cache or cache_folder()
        root = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:20]
        self.folder = self._cache / edition / root

    def report(self, key: str) -> KeptReport | None:
        """Return the report that was made from what a key stands for; drop one that is damaged."""
        entry = self.folder / key
        try:
            record = json.loads((entry / _RECORD).read_bytes())
            kept = KeptReport(
                entry / _REPORT, record["name"], tuple(record["told"]), record["hashes"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not is_whole(kept.folder, kept.hashes):
            shutil.rmtree(entry, ignore_errors=True)
            return None
        with suppress(OSError):
            os.utime(entry)
        return kept

    def keep(self, key: str, made: Path, name: str, told: tuple[str, ...]) -> None:
        """Keep a report that was made; where nothing can be written, it is not kept."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryDirectory(dir=self.folder, prefix=".making-") as making:
                entry = Path(making) / key
                shutil.copytree(made, entry / _REPORT)
                record = {"name": name, "told": told, "hashes": hashes_of(made)}
                write_whole(entry / _RECORD, json.dumps(record).encode())
                if not (self.folder / key).exists():
                    entry.replace(self.folder / key)
            _make_room(self._cache, self.folder / key)

    def last(self, of: str) -> dict[str, str]:
        """Return the signatures of the last run of a report, to say what has changed since."""
        with suppress(OSError, ValueError):
            found: Any = json.loads((self.folder / f"{of}-{_LAST}").read_bytes())
            if isinstance(found, dict):
                return found
        return {}

    def remember(self, of: str, signatures: Mapping[str, str]) -> None:
        """Keep the signatures of the last run of a report."""
        with suppress(OSError):
            write_whole(self.folder / f"{of}-{_LAST}", json.dumps(dict(signatures)).encode())


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


def _make_room(cache: Path, newest: Path) -> None:
    """Delete what was not used for longest, until no more is kept than may be."""
    entries = sorted(_entries(cache), key=lambda entry: entry[0], reverse=True)
    held = 0
    for _, size, entry in entries:
        held += size
        if held > MOST_BYTES and entry != newest:
            shutil.rmtree(entry, ignore_errors=True)


def _entries(cache: Path) -> Iterator[tuple[float, int, Path]]:
    """Yield when each entry was used last, how many bytes it has, and where it is."""
    for record in cache.glob(f"*/*/*/{_RECORD}"):
        with suppress(OSError):
            files = (path for path in record.parent.rglob("*") if path.is_file())
            yield record.parent.stat().st_mtime, sum(f.stat().st_size for f in files), record.parent
