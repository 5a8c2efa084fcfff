"""`make anywhere`: the report of the small board is the same wherever and however it is made.

In each circumstance it is made of edited data first, and then of the data as they are: so some of
it is taken from what was kept, and some made. Every file is held against that of a usual run. Every
Python from 3.11 that can be found is given an environment of its own, which takes some minutes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hscb_report.keeping.shelf import VARIABLE, hashes_of
from hscb_report.report import PROJECT
from tests.copies import project_copied

_BOARD, _YEAR = "examples/smallshire", "2016-17"
_EDITED = ("text/review-of-the-year.md", "neglect easier", "abuse easier")
_NOBODY = 65534
_FOR_ALL = ("/usr/bin/python3", "/usr/local/bin/python3")


@dataclass(frozen=True)
class Circumstance:
    """How a report is made: what is set, by what command, in which copy of the project."""

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    umask: int = -1
    is_elsewhere: bool = False
    python: str = ""


def usual_circumstances() -> Iterator[Circumstance]:
    """Yield what can be had on every machine."""
    yield Circumstance("another time zone", {"TZ": "Pacific/Kiritimati"})
    yield Circumstance("no locale", {"LC_ALL": "C", "LANG": "C"})
    yield Circumstance("another locale", {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"})
    yield from (Circumstance(f"hash seed {seed}", {"PYTHONHASHSEED": seed}) for seed in ("0", "7"))
    yield Circumstance("files for the user alone", umask=0o077)
    yield Circumstance("another folder", is_elsewhere=True)


def other_user() -> Iterator[Circumstance]:
    """Yield another user, where this one may be it, with a Python that everybody may run."""
    can_be = os.name == "posix" and os.geteuid() == 0 and shutil.which("setpriv")
    python = next((p for p in map(Path, _FOR_ALL) if p.exists() and _runs(p)), None)
    if can_be and python:
        ids = [f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
        before = ("setpriv", *ids)
        yield Circumstance("another user", before=before, is_elsewhere=True, python=str(python))
    else:
        print("another user: not tried; run it as root, with a Python in /usr.", flush=True)


def other_pythons() -> Iterator[Circumstance]:
    """Yield each Python from 3.11 that is found, but the one that runs."""
    folders = [*os.get_exec_path(), *map(str, Path.home().glob(".pyenv/versions/*/bin"))]
    seen = {sys.version_info[:2]}
    for folder in folders:
        for program in sorted(Path(folder).glob("python3.*")):
            found = re.fullmatch(r"python3\.(\d+)", program.name)
            version = (3, int(found[1])) if found else (0, 0)
            if version >= (3, 11) and version not in seen and _runs(program):
                seen.add(version)
                yield Circumstance(program.name, is_elsewhere=True, python=str(program))


def difference(circumstance: Circumstance, usual: Mapping[str, str], folder: Path) -> list[str]:
    """Return the files that are other in a circumstance; those of an earlier run are gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = report_in(circumstance, folder)
    names = {*usual, *made}
    return sorted(name for name in names if usual.get(name) != made.get(name))


def report_in(circumstance: Circumstance, folder: Path) -> dict[str, str]:
    """Return the hashes of a report that is made in a circumstance, all within a folder."""
    project, python = PROJECT, Path(sys.executable)
    if circumstance.is_elsewhere:
        project = project_copied(folder / "a project ünd more")
    if circumstance.python:
        command = ["make", "-s", "ready", f"PYTHON={circumstance.python}"]
        subprocess.run(command, cwd=project, check=True)
        python = project / ".venv/bin/python"
    data = Path(shutil.copytree(PROJECT / _BOARD, folder / "data"))
    (folder / "tmp").mkdir()
    file, words, others = _EDITED
    page = data / _YEAR / file
    text = page.read_text("utf-8")
    assert words in text
    page.write_text(text.replace(words, others), "utf-8")
    if circumstance.before:  # another user has to get there
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)
    environment = {
        **os.environ,
        **circumstance.environment,
        "PYTHONPATH": str(project),
        VARIABLE: str(folder / "cache"),
        "HOME": str(folder),
        "TMPDIR": str(folder / "tmp"),
    }
    for is_edited in (True, False):
        if not is_edited:
            page.write_text(text, "utf-8")
        subprocess.run(
            [
                *(*circumstance.before, str(python), "-m", "hscb_report", "render", _YEAR),
                *("--data", str(data), "--out", str(folder / "out")),
            ],
            cwd=project,
            env=environment,
            umask=circumstance.umask,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return hashes_of(folder / "out" / _YEAR)


def _runs(program: Path) -> bool:
    is_enough = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    told = subprocess.run([program, "-c", is_enough], capture_output=True, check=False)
    return told.returncode == 0


def main() -> int:
    """Make the report in every circumstance; return 1 if one differs."""
    parser = argparse.ArgumentParser(prog="make anywhere", description=__doc__)
    parser.add_argument("--no-pythons", action="store_true", help="with this Python alone")
    asked = parser.parse_args()
    others = [] if asked.no_pythons else [*other_user(), *other_pythons()]
    differs = False
    with tempfile.TemporaryDirectory(prefix="anywhere-") as place:
        Path(place).chmod(0o755)
        usual = report_in(Circumstance("usual"), Path(place) / "usual")
        for circumstance in (*usual_circumstances(), *others):
            found = difference(circumstance, usual, Path(place) / "other")
            differs |= bool(found)
            told = f"{len(found)} files differ: {', '.join(found[:5])}" if found else "the same"
            print(f"{circumstance.name}: {told} ({len(usual)} files)", flush=True)
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
