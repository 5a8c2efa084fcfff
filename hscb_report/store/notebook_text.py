"""The cells of a notebook file, of whatever format: the one reading of check and of a run.

Of a notebook that is all that matters. Outputs are made anew, and what programs note in it (the
kernel it was last run with, ids, the state of cells) is no part of the calculation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_KINDS = ("code", "markdown", "raw")
_TODAY = 4
"""The format since which cells lie where they do; earlier ones are converted."""


class NoNotebookError(ValueError):
    """The text is no notebook."""


@dataclass(frozen=True)
class Cell:
    """A cell: "code", "markdown" or "raw", its text, its tags, and its name, if it has one."""

    kind: str
    source: str
    tags: tuple[str, ...] = ()
    id: str = ""


def read_cells(text: str) -> tuple[Cell, ...]:
    """Return the cells of a notebook. Raises NoNotebookError for any other text."""
    try:
        notebook = json.loads(text)
        if notebook.get("nbformat", _TODAY) < _TODAY:
            notebook = _converted(text) if notebook["worksheets"] else {"cells": []}
        return tuple(map(_cell, notebook["cells"]))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        raise NoNotebookError from None


def _cell(given: Any) -> Cell:
    kind, source = given["cell_type"], "".join(given["source"])
    tags = given.get("metadata", {}).get("tags", ())
    if kind not in _KINDS or not all(isinstance(tag, str) for tag in tags):
        raise NoNotebookError
    return Cell(kind, source, tuple(tags), str(given.get("id", "")))


def _converted(text: str) -> Any:
    import nbformat  # slow to import, and seldom needed

    try:
        return nbformat.reads(text, as_version=_TODAY)  # type: ignore[no-untyped-call]
    except Exception:  # it takes for granted that a notebook is whole
        raise NoNotebookError from None
