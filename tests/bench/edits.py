"""The edits that a bench makes in a copy of the project: each leaves a report that can be made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Board:
    """A data root that is measured: its name, its folder in the project, and the year."""

    name: str
    data: str
    year: str
    cell: tuple[str, str]
    """A table, and words of one of its cells, after which a number is written."""

    def begin(self, project: Path) -> None:
        """Make a report that was confirmed a draft in a copy of the project: edits undo that."""
        if not (project / self.data / self.year / "confirmed.csv").exists():
            return
        file = project / self.data / self.year / "year.toml"
        text = file.read_text("utf-8")
        file.write_text(text.replace('status = "final"', 'status = "draft"'), "utf-8")


REAL = Board("real", "data", "2013-14", ("cdop_lessons.csv", "Deaths in this year"))
NORTHSHIRE = Board(
    "northshire",
    "examples/northshire",
    "2024-25",
    ("audit_findings.csv", "Feedback to those who refer"),
)

Edit = Callable[[Path, Board, int], None]
"""Changes a copy of the project for the n-th time."""


def no_edit(_project: Path, _board: Board, _times: int) -> None:
    """Leave everything as it is."""


def cell(project: Path, board: Board, times: int) -> None:
    """Change one cell of a table."""
    table, words = board.cell
    file = project / board.data / board.year / table
    text = re.sub(
        rf"{re.escape(words)}(?: \d+)?", f"{words} {times}", file.read_text("utf-8"), count=1
    )
    assert f"{words} {times}" in text
    file.write_text(text, "utf-8")


def prose(project: Path, board: Board, times: int) -> None:
    """Write another line into a page."""
    file = project / board.data / board.year / "text/communication.md"
    text = re.sub(r"\n\nLine [a-z]+ of the bench\.\n$", "\n", file.read_text("utf-8"))
    file.write_text(f"{text.rstrip()}\n\nLine {'x' * (times + 1)} of the bench.\n", "utf-8")


def notebook(project: Path, _board: Board, times: int) -> None:
    """Change the code of one notebook, and nothing of what it shows."""
    file = project / "notebooks/training.ipynb"
    content = json.loads(file.read_text("utf-8"))
    code = next(
        c for c in content["cells"] if c["cell_type"] == "code" and "bars(" in "".join(c["source"])
    )
    lines = [line for line in code["source"] if not line.startswith("bench =")]
    code["source"] = [f"bench = {times}\n", *lines]
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def calculation(project: Path, _board: Board, times: int) -> None:
    """Change a calculation, and nothing of what it comes to."""
    file = project / "hscb_report/calculations/budget.py"
    text = re.sub(r"\n_BENCH = \d+\n$", "\n", file.read_text("utf-8"))
    file.write_text(f"{text.rstrip()}\n\n_BENCH = {times}\n", "utf-8")


def comment(project: Path, _board: Board, times: int) -> None:
    """Change a comment in a calculation."""
    file = project / "hscb_report/calculations/budget.py"
    text = re.sub(r"\n# Bench \d+\n$", "\n", file.read_text("utf-8"))
    file.write_text(f"{text.rstrip()}\n\n# Bench {times}\n", "utf-8")


CASES: dict[str, Edit] = {
    "unchanged": no_edit,
    "prose": prose,
    "cell": cell,
    "notebook": notebook,
    "calculation": calculation,
    "comment": comment,
}
"""What is measured after a cold run, in this order."""
PREVIEWED = ("prose", "cell")
"""What is measured in a preview too."""
