"""The facts that prose names: found in Markdown pages and in notebooks' Markdown cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hscb_report.errors import suggestion
from hscb_report.findings import Finding

_SUBSTITUTION = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
UNKNOWN_FACT = "P1"


@dataclass(frozen=True)
class Passage:
    """A piece of prose and where it stands: a page, or a cell of a notebook (from 1)."""

    file: str
    text: str
    cell: int | None = None


def passages(path: Path, file: str) -> Iterator[Passage]:
    """Yield the prose of a Markdown file or of a notebook's Markdown cells."""
    text = path.read_text("utf-8")
    if path.suffix != ".ipynb":
        yield Passage(file, text)
        return
    for number, cell in enumerate(json.loads(text)["cells"], 1):
        if cell["cell_type"] == "markdown":
            yield Passage(file, "".join(cell["source"]), number)


def unknown_facts(prose: Iterable[Passage], known: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each `{{ name }}` that no fact has, with the nearest that one has."""
    names = set(known)
    for passage in prose:
        for match in _SUBSTITUTION.finditer(passage.text):
            name = " ".join(match[1].split())
            if name not in names:
                where = f"cell {passage.cell}: " if passage.cell else ""
                yield Finding(
                    UNKNOWN_FACT,
                    "error",
                    passage.file,
                    f"{where}there is no such fact.",
                    suggestion(name, names),
                    passage.text.count("\n", 0, match.start()) + 1,
                    found=name,
                )
