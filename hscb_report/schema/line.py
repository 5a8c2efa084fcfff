"""A row as its file has it: cells of text, before anything is read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """A row of a file by its number in a spreadsheet: what its cells hold, the empty ones left out.

    `cells` are by the names of their columns, in the order of the file.
    """

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """Return what stands in a column, "" for nothing."""
        return self.cells.get(column, "")
