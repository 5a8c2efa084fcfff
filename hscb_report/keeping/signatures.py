"""What a run can read, each file as a signature of its content: what is the same has been seen.

Everything is taken in that a run may read, whether it does or not: the data root, the project's
code, notebooks and pages, and the environment. So nothing that matters is missed; what does not
matter costs a run.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import platform
import site
import sys
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from functools import cache
from pathlib import Path

from hscb_report.kept_files import of_file, write_whole
from hscb_report.schema.tables import PRIVATE
from hscb_report.workplace import MAKING, MANIFEST

_NO_INPUT = {".git", ".venv", ".ipynb_checkpoints", "__pycache__", "_build", "tests"}
"""Folders of a project that no run reads."""
_MADE_BEFORE = ("calculations", "chapters", "new_year", "report")
_MADE_AFTER = (
    *("keeping", "outputs", "preview"),
    *("arguments.py", "cli.py", "fleet.py", "making.py", "publish.py"),
)
"""Code that makes the report which notebooks ask, and code that uses what they show."""
OF_DATA = "the data, "
ENVIRONMENT = "the environment"
_CODE_KNOWN = "code.json"
_OF_CODE = (".py", ".so", ".pyd", ".pth")


class Signatures:
    """The signatures of what a run can read; what is known of code is kept in a folder."""

    def __init__(self, project: Path, folder: Path) -> None:
        self._project = project
        self._known_file = folder / _CODE_KNOWN
        self._known = _read_known(self._known_file)
        self._used: dict[str, str] = {}

    def of_run(self, data: Path, without: Path) -> dict[str, str]:
        """Return the signature of each file, by its name, and one of the environment.

        `without` is the folder of reports, which may lie in the data root; what was not made there
        is read.
        """
        made = {path.resolve() for path in _made_in(without)}
        found = {f"{OF_DATA}{name}": told for name, told in _of_folder(data, made)}
        for path in self._of_project(data):
            name = path.relative_to(self._project).as_posix()
            found[name] = self._of_code(path) if path.suffix == ".py" else of_file(path)
        found[ENVIRONMENT] = _environment(self._project)
        self._remember()
        return found

    def _of_project(self, data: Path) -> Iterator[Path]:
        """Yield the files of the project that a run can read: its code is wherever Python is."""
        inside = ("hscb_report", "notebooks", "book")
        for path in _files(self._project, {data.resolve()}):
            part = path.relative_to(self._project).parts[0]
            is_code = path.suffix == ".py"
            if is_code or part in inside or path.name in ("pyproject.toml", "requirements.lock"):
                yield path

    def _of_code(self, path: Path) -> str:
        """Return the signature of what code does: comments and layout have no part in it."""
        try:
            content = path.read_bytes()
        except OSError:  # as the lock of an editor, a link that leads nowhere
            return of_file(path)
        raw = hashlib.sha256(content).hexdigest()
        if raw not in self._used:
            self._used[raw] = self._known.get(raw) or _of_code(content)
        return self._used[raw]

    def _remember(self) -> None:
        if self._used.items() - self._known.items():
            with suppress(OSError):
                known = {**self._known, **self._used}
                write_whole(self._known_file, json.dumps(known).encode())


def key_of(signatures: Mapping[str, str], *asked: object) -> str:
    """Return what stands for signatures and for what was asked: the same for the same alone."""
    told = json.dumps([sorted(signatures.items()), [str(one) for one in asked]])
    return hashlib.sha256(told.encode()).hexdigest()


def changed(now: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """Return the names of what is there anew, gone, or other than it was."""
    names = {**before, **now}
    return [name for name in names if now.get(name) != before.get(name)]


def makes_results(name: str) -> bool:
    """Whether code, by its file, works out what the report holds, and does nothing else."""
    return _part(name) in _MADE_BEFORE


def makes_outputs(name: str) -> bool:
    """Whether code, by its file, uses what the report and its notebooks show, and no more."""
    return _part(name) in _MADE_AFTER


def _part(name: str) -> str:
    return name.partition("/")[2].partition("/")[0]


def _made_in(folder: Path) -> Iterator[Path]:
    """Yield what is made in a folder of reports: all of it, unless something else lies there."""
    found = [*folder.glob("*")] if folder.is_dir() else []
    made = [one for one in found if (one / MANIFEST).is_file() or one.name.startswith(MAKING)]
    yield from made
    if len(made) == len(found):
        yield folder


def _files(folder: Path, without: Set[Path]) -> Iterator[Path]:
    """Yield every file of a project, in order, but for those that no run reads."""
    for place, folders, files in _walked(folder, without):
        folders[:] = [name for name in folders if name not in _NO_INPUT]
        yield from (place / name for name in files)


def _of_folder(folder: Path, without: Set[Path]) -> Iterator[tuple[str, str]]:
    """Yield every folder and file of a data root with its signature: a name alone may be a fault.

    What lies in a hidden folder is read by no run, and nothing is made of the private one.
    """
    for place, folders, files in _walked(folder, {*without, (folder / PRIVATE).resolve()}):
        inside = place.relative_to(folder)
        yield from (((inside / name).as_posix(), "a folder") for name in folders)
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (((inside / name).as_posix(), of_file(place / name)) for name in files)


def _walked(folder: Path, without: Set[Path]) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield each folder below one with its folders, of which some may be taken out, and files.

    Links are followed, as readers follow them, and no folder is walked twice.
    """
    seen = {*without}
    for place, folders, files in os.walk(folder, followlinks=True):
        found = [(name, (Path(place) / name).resolve()) for name in sorted(folders)]
        folders[:] = [name for name, real in found if real not in seen]
        seen.update(real for _, real in found)
        yield Path(place), folders, sorted(files)


def _of_code(content: bytes) -> str:
    try:
        told = ast.dump(ast.parse(content))
    except (SyntaxError, ValueError, RecursionError):
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def _environment(project: Path) -> str:
    """Return the signature of Python and of all that is installed: each file's size and time.

    Once in a process, which has imported by then what it is made with.
    """
    told = hashlib.sha256(f"{sys.version} {platform.platform()} {sys.flags}".encode())
    own = [*site.getsitepackages(), *([site.getusersitepackages()] * bool(site.ENABLE_USER_SITE))]
    seen: set[tuple[int, int]] = set()
    for folder in own:
        _add_files(told, folder, seen)
    elsewhere = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    for added in (*elsewhere, *(line for folder in own for line in _led_to(folder))):
        if added and Path(added).resolve() != project:
            _add_files(told, added, seen, _OF_CODE)
    return told.hexdigest()


def _led_to(folder: str) -> Iterator[str]:
    """Yield the folders that the files of a folder of packages add: of code that is worked on."""
    for file in sorted(Path(folder).glob("*.pth")):
        with suppress(OSError, UnicodeDecodeError):
            yield from (
                line for line in file.read_text("utf-8").splitlines() if Path(line).is_dir()
            )


def _add_files(
    told: hashlib._Hash, folder: str, seen: set[tuple[int, int]], endings: tuple[str, ...] = ("",)
) -> None:
    """Add the size and time of every file below a folder whose name ends in one of the endings.

    Links are followed; no folder is `seen` twice.
    """
    with suppress(OSError):
        place = os.stat(folder)  # noqa: PTH116 (there are thousands of them)
        if (place.st_dev, place.st_ino) in seen:
            return
        seen.add((place.st_dev, place.st_ino))
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if entry.is_dir():
                if entry.name not in _NO_INPUT:
                    _add_files(told, entry.path, seen, endings)
            elif entry.name.endswith(endings):
                about = entry.stat(follow_symlinks=entry.is_file())  # not one that leads nowhere
                told.update(f"{entry.path} {about.st_size} {about.st_mtime_ns}\n".encode())


def _read_known(file: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        known = json.loads(file.read_bytes())
        if isinstance(known, dict):
            return {str(raw): str(code) for raw, code in known.items()}
    return {}
