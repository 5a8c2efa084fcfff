"""Gaps: cells that a final report needs and that a draft may still leave empty."""

from __future__ import annotations

from functools import cache
from typing import get_args

from hscb_report.schema.row import Row

NUMBERS = ("money", "count", "number")
"""The kinds of column that hold figures: without one, the rest of a row can still be shown."""


@cache
def needed_columns(row: type[Row]) -> frozenset[str]:
    """Return the columns of a table that every row of a final report fills."""
    fields = row.model_fields.items()
    return frozenset(name for name, of in fields if type(None) not in get_args(of.annotation))


def is_gap(row: Row, column: str) -> bool:
    """Whether a cell is empty that a final report needs; so it can only be in a draft."""
    if getattr(row, column) is not None:
        return False
    return column in needed_columns(type(row)) or column in row.awaited
