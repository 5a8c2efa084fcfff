"""What is tried: input by input, drawn from the seed and the input's number alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.fuzz.damages.folders import damaged_folder
from tests.fuzz.damages.notebooks import damaged_notebook
from tests.fuzz.damages.pages import damaged_page
from tests.fuzz.damages.settings import damaged_settings
from tests.fuzz.damages.tables import damaged_table
from tests.fuzz.files import LARGEST, Board, Change, Sandbox

ALONE = "table alone"
WEIGHTS = {ALONE: 135, "table": 16, "settings": 8, "page": 12, "folder": 6, "notebook": 3}
"""How often each is damaged, of 180. A table alone is read and no rule run: it is quick."""
SECOND = 0.25
"""How often a second damage comes on top of the first."""
OWN = 0.85
"""How often a damaged text is one of the year's own, and not one common to every year."""
COMMENTED = ("index", "budget", "training", "child_deaths")
"""Pages of the smallest board that take a remark."""
BOARD_WEIGHTS = {"smallshire": 60, "committed": 12, LARGEST: 1}
INVENTED_WEIGHT = 9
"""How often each board is damaged: the largest rarely, since its check takes longest."""

OfBytes = Callable[[Random, bytes], tuple[str, bytes]]
_OF_BYTES: dict[str, OfBytes] = {
    ALONE: damaged_table,
    "table": damaged_table,
    "settings": damaged_settings,
    "page": damaged_page,
    "notebook": damaged_notebook,
}


@dataclass(frozen=True)
class Input:
    """A board with damages, each named with its group and file; paths are in the sandbox.

    An `alone` one is a single table, to be read by itself.
    """

    number: int
    board: Board
    names: tuple[str, ...]
    change: Change
    alone: bool = False

    def __str__(self) -> str:
        return f"input {self.number}, {self.board.name}: {' + '.join(self.names)}"


def input_of(sandbox: Sandbox, seed: int, number: int) -> Input:
    """Return the input of a number: the same for the same seed and the same project."""
    rng = Random(f"{seed} {number}")
    group = _drawn(rng, WEIGHTS)
    board = _board(rng, sandbox, any_table=group == ALONE)
    if group == ALONE:
        change, names = _damage(rng, sandbox, board, group, {})
        if rng.random() < SECOND:
            path = next(iter(change))
            name, raw = damaged_table(rng, _bytes(change[path]))
            change, names = {path: raw}, (*names, name)
        return Input(number, board, names, change, alone=True)
    change, names = _damage(rng, sandbox, board, group, {})
    if rng.random() < SECOND:
        others = {name: weight for name, weight in WEIGHTS.items() if name != ALONE}
        change, more = _damage(rng, sandbox, board, _drawn(rng, others), change)
        names = (*names, *more)
    return Input(number, board, names, change)


def _damage(
    rng: Random, sandbox: Sandbox, board: Board, group: str, before: Change
) -> tuple[Change, tuple[str, ...]]:
    """Return the change with one damage more, and the name of that."""
    standing = _standing(sandbox, before)
    if group == "folder":
        root = f"{board.root}/"
        inside = {p.removeprefix(root): raw for p, raw in standing.items() if p.startswith(root)}
        name, change = damaged_folder(rng, inside, board.year)
        found = {f"{root}{path}": content for path, content in change.items()}
        told = next((path for path in reversed(change)), "nothing")
        return before | found, (f"{group}: {name} ({told})",)
    if group == "page":
        standing = _remarks(board) | standing
    paths = sorted(path for path in standing if _is_of(group, board, path))
    if group == "page" and rng.random() < OWN:
        paths = [path for path in paths if path.startswith(board.root)]
    if not paths:
        return before, ()
    path = rng.choice(paths)
    name, raw = _OF_BYTES[group](rng, standing[path])
    return before | {path: raw}, (f"{group}: {name} ({path.removeprefix(board.root + '/')})",)


def _remarks(board: Board) -> dict[str, bytes]:
    """Return texts that a year may have and mostly has: damaged, a new one is there."""
    folder = f"{board.root}/{board.year}/text/commentary"
    return {f"{folder}/{page}.md": b"A remark.\n\nAnother.\n" for page in COMMENTED}


def _is_of(group: str, board: Board, path: str) -> bool:
    """Whether a file is one of those that a group of damages happens to."""
    if group == "notebook":
        return path.startswith("notebooks/") and path.endswith(".ipynb")
    of_year, reference = f"{board.root}/{board.year}/", f"{board.root}/reference/"
    if group == "settings":
        return path in {f"{board.root}/board.toml", f"{of_year}year.toml"}
    if group == "page":
        return path.startswith((f"{of_year}text/", "book/pages/")) and path.endswith(".md")
    return path.startswith((of_year, reference)) and path.endswith(".csv")


def _standing(sandbox: Sandbox, change: Change) -> dict[str, bytes]:
    """Return the files as they stand after a change."""
    kept = {path: raw for path, raw in sandbox.files.items() if path not in change}
    return kept | {path: raw for path, raw in change.items() if isinstance(raw, bytes)}


def _board(rng: Random, sandbox: Sandbox, any_table: bool) -> Board:
    if any_table:
        return rng.choice(sandbox.boards)
    by_name = {board.name: board for board in sandbox.boards}
    weights = {name: BOARD_WEIGHTS.get(name, INVENTED_WEIGHT) for name in by_name}
    return by_name[_drawn(rng, weights)]


def _drawn(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def _bytes(content: object) -> bytes:
    assert isinstance(content, bytes)
    return content
