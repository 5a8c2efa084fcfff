"""What a page of a draft still lacks, in a box below its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from hscb_report.checks.markdown import as_text

_TITLE = re.compile(r"(?m)^# .*\n?")


def with_gaps(text: str, gaps: Sequence[str]) -> str:
    """Return a page with a box of what it lacks below its title; as it is, if it lacks nothing."""
    title = _TITLE.search(text)
    if not gaps or not title:
        return text
    return f"{text[: title.end()].rstrip()}\n\n{_box(gaps)}\n\n{text[title.end() :].lstrip()}"


def cells_with_gaps(cells: Sequence[dict[str, Any]], gaps: Sequence[str]) -> list[dict[str, Any]]:
    """Return the cells of a notebook with that box below the cell of its title."""
    kept = list(cells)
    titled = (n for n, cell in enumerate(kept) if _is_title(cell))
    place = next(titled, None)
    if gaps and place is not None:
        box = {"cell_type": "markdown", "id": "still-to-come", "metadata": {}, "source": _box(gaps)}
        kept.insert(place + 1, box)
    return kept


def _is_title(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] == "markdown" and "".join(cell["source"]).startswith("# ")


def _box(gaps: Iterable[str]) -> str:
    lines = "\n".join(f"- {as_text(gap)}" for gap in gaps)
    return f"```{{important}}\nStill to come on this page:\n\n{lines}\n```"
