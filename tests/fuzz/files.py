"""A copy of the project with boards in it: files in memory, changed on disk and put back."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hscb_report.cli import main
from tests.boards import some_parts, write_board

PROJECT = Path(__file__).resolve().parents[2]
PARTS = ("hscb_report", "book", "notebooks", "tests")
"""What a run needs of the project; what is made in it, or measures it, stays behind."""
BOARDS = "boards"
INVENTED = 2
"""How many boards that nobody has seen are among those that are damaged."""
LARGEST = "northshire"
"""The board of five years, of which a check takes as long as thirty of the smallest."""


@dataclass(frozen=True)
class Special:
    """What stands in the place of a file, or nothing at all."""

    kind: Literal["absent", "folder", "fifo", "link"]
    target: str = ""


ABSENT, FOLDER, FIFO = Special("absent"), Special("folder"), Special("fifo")
Content = bytes | Special
Files = Mapping[str, bytes]
Change = dict[str, Content]
"""New contents by path, relative to the copy of the project."""


@dataclass(frozen=True)
class Board:
    """A data root: its name, its latest year, and the folder that holds it."""

    name: str
    year: str

    @property
    def root(self) -> str:
        """The folder of the data root, relative to the copy of the project."""
        return f"{BOARDS}/{self.name}"


@dataclass(frozen=True)
class Sandbox:
    """A copy of the project, as it is when nothing is damaged."""

    folder: Path
    boards: tuple[Board, ...]
    files: Files

    @classmethod
    def opened(cls, folder: Path) -> Sandbox:
        """Return the copy that stands in a folder, read into memory."""
        names = sorted(path.name for path in (folder / BOARDS).iterdir())
        boards = tuple(Board(name, _latest(folder / BOARDS / name)) for name in names)
        places = (folder / part for part in (BOARDS, "book", "notebooks"))
        paths = [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        return cls(folder, boards, files)

    @contextlib.contextmanager
    def changed(self, change: Change) -> Iterator[None]:
        """Have the files changed meanwhile, and as they were afterwards."""
        try:
            for path, content in change.items():
                if self._is_within(path):
                    _put(self.folder / path, content)
            yield
        finally:
            # What stands in the place of a folder goes before what was to stand in the folder.
            for path in sorted(change, key=len):
                if self._is_within(path):
                    self._restore(path)

    def _is_within(self, path: str) -> bool:
        """Whether a path leads to a place in the copy: not through a link, nor through a file."""
        root = self.folder.resolve()
        above = (root / path).parent
        is_blocked = any(part.exists() and not part.is_dir() for part in (above, *above.parents))
        return above.resolve() == above and not is_blocked

    def _restore(self, path: str) -> None:
        _put(self.folder / path, ABSENT)
        for known, raw in self.files.items():
            if known == path or known.startswith(f"{path}/"):
                _put(self.folder / known, raw)


def copied_project(folder: Path) -> None:
    """Copy into a folder what a run needs of the project, and the boards that are damaged."""
    for part in PARTS:
        ignored = shutil.ignore_patterns(".*")
        shutil.copytree(PROJECT / part, folder / part, ignore=ignored, dirs_exist_ok=True)
    shutil.copytree(PROJECT / "data", folder / BOARDS / "committed")
    for example in ("smallshire", LARGEST):
        shutil.copytree(PROJECT / "examples" / example, folder / BOARDS / example)
    _invent(folder / BOARDS)


def _invent(boards: Path) -> None:
    """Write invented boards in which nothing is wrong, so that a damage shows."""
    made = seed = 0
    while made < INVENTED:
        seed += 1
        place = boards / f"invented-{seed}"
        write_board(place, seed, without=some_parts(seed))
        if _is_sound(place):
            made += 1
        else:
            shutil.rmtree(place)


def _is_sound(root: Path) -> bool:
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        return main(["check", "--data", str(root)]) == 0


def _latest(root: Path) -> str:
    return max(path.parent.name for path in root.glob("*/year.toml"))


def _put(path: Path, content: Content) -> None:
    _remove(path)
    if content == ABSENT:
        _remove_empty(path.parent)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content.kind == "link":
        path.symlink_to(content.target)
    else:
        {"folder": os.mkdir, "fifo": os.mkfifo}[content.kind](path)


def _remove_empty(folder: Path) -> None:
    """Remove a folder, and those above, that nothing stands in any more, as after a renaming."""
    while folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
