"""Rows of a draft that name a row which is still to come: they wait until it is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hscb_report.findings import Finding
from hscb_report.store.table_file import TableFile
from hscb_report.wording import rows_told

_Waiting = dict[tuple[str, str, str], list[int]]
"""The rows that wait, by their file, the column that names what is to come, and its file."""


def leave_out_dangling(files: Sequence[TableFile]) -> Iterator[Finding]:
    """Leave out the rows that name a row which is still to come, and those that name them.

    A cell that may be empty is emptied instead. Yields a warning for each column that names some.
    """
    by_name = {file.table.name: file for file in files}
    waiting: _Waiting = {}
    changed = [file for file in files if file.is_draft]
    while changed:
        changed = [file for file in files if _has_changed(file, by_name, waiting)]
    for (path, column, target), rows in waiting.items():
        what = f"{rows_told(rows)}: a row of {target} is named that is still to be filled in."
        hint = "Add it there, or correct the code; until then it is left out."
        yield Finding("L6", "warning", path, what, hint, None, column)


def _has_changed(file: TableFile, by_name: Mapping[str, TableFile], waiting: _Waiting) -> bool:
    """Leave out rows of a file, or empty cells of them, and say whether any was."""
    before = file.rows
    if not file.is_draft:
        return False
    for name, column in file.columns.items():
        kind = column.kind
        if kind.references:
            file.rows = _kept(file, name, lambda _, to=kind.references: to, by_name, waiting)
        elif kind.references_by:
            deciding, targets = kind.references_by
            file.rows = _kept(
                file,
                name,
                lambda row, by=deciding, to=targets: to.get(getattr(row, by), ""),
                by_name,
                waiting,
            )
    has_changed = file.rows != before
    file.has_left_out |= has_changed
    return has_changed


def _kept(
    file: TableFile,
    column: str,
    target_of: Any,
    by_name: Mapping[str, TableFile],
    waiting: _Waiting,
) -> tuple[Any, ...]:
    """Return the rows that name nothing in a column, or what is there."""
    may_be_empty = not file.columns[column].required and column not in file.table.info.keys
    known: dict[str, set[str]] = {}
    kept = []
    for row in file.rows:
        target, named = target_of(row), getattr(row, column)
        table, _, of = target.partition(".")
        if named is None or not target or not by_name[table].lacks_rows:
            kept.append(row)
            continue
        if target not in known:
            known[target] = {str(getattr(other, of)) for other in by_name[table].rows}
        codes = named if isinstance(named, tuple) else (named,)
        there = tuple(code for code in codes if str(code) in known[target])
        if len(there) == len(codes):
            kept.append(row)
            continue
        place = file.path, column, by_name[table].path
        waiting.setdefault(place, []).append(row.place.row)
        if isinstance(named, tuple) and there:
            kept.append(row.model_copy(update={column: there}))
        elif may_be_empty:
            kept.append(row.model_copy(update={column: None}))
    return tuple(kept)
