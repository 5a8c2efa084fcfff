"""The header of a table's file: whether it names the declared columns, and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from hscb_report.schema.tables import ColumnInfo
from hscb_report.store.csv_text import Record
from hscb_report.wording import nearest, slug

CHANGED_COLUMNS = {
    ("requirement_coverage", "profile"): "Remove it: the guidance follows from the year.",
    **dict.fromkeys(
        (("headline_measures", "value"), ("headline_measures", "unit")),
        "Give the value in measurements.csv, and name its measure in the column shown_by.",
    ),
}
"""What to do with columns of files that were written for an earlier version of the tables."""
_HEADER_WITHIN = 12
"""The first rows, among which the header is looked for if it is not the first."""
_FEW = 2


class Problem(NamedTuple):
    """What is wrong with a header."""

    message: str
    hint: str
    row: int = 1
    column: str | None = None
    found: str | None = None


def without_blank_columns(records: Sequence[Record]) -> Sequence[Record]:
    """Return the rows without columns that have neither a name nor a cell, as programs add them."""
    header = records[0].cells
    nameless = {place for place, name in enumerate(header) if not name}
    for record in records if nameless else ():
        nameless -= {place for place in nameless if any(record.cells[place : place + 1])}
    if not nameless or len(nameless) == len(header):
        return records
    return [
        Record(r.number, tuple(c for place, c in enumerate(r.cells) if place not in nameless))
        for r in records
    ]


def misplaced(header: Record, body: Sequence[Record], columns: Collection[str]) -> Problem | None:
    """Return that the names of the columns stand in another row than the first, or in two."""
    others = (record for record in body[:_HEADER_WITHIN] if _is_header(record, columns))
    if other := next(others, None):
        if _is_header(header, columns):
            what = f"row {other.number} is a second header row."
            return Problem(what, "Keep one header row, the first.", other.number)
        what = f"the column names stand in row {other.number}, not row 1."
        hint = "Keep one header row, the first, and take out what stands above it."
        return Problem(what, hint, other.number)
    return Problem("row 1 is blank.", "Put the column names there.") if header.is_blank else None


def _is_header(record: Record, columns: Collection[str]) -> bool:
    """Whether more than half of what stands in a row are names of columns."""
    filled = [cell for cell in record.cells if cell]
    named = sum(slug(cell) in columns for cell in filled)
    return named > 1 and named * 2 > len(filled)


def misnamed(
    table: str, names: Sequence[str], columns: Mapping[str, ColumnInfo], absent: Collection[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the names of a header; those that are `absent` may be missing.

    One that is misspelt is told, and not again as one that is missing.
    """
    missing = [name for name in columns if name not in names]
    meant = {name: slug(name) for name in names if slug(name) in missing}
    if len(meant) > _FEW:  # a header in capitals, or in words with spaces
        what = f"{len(meant)} columns have their names in another form."
        yield Problem(what, f"Write them as {', '.join(meant.values())}.")
        names = [meant.get(name, name) for name in names]
        missing = [name for name in columns if name not in names]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        if name in columns:
            yield Problem("this column stands twice.", "Keep one.", column=name)
    for position, name in enumerate(names, 1):
        if name not in columns:
            yield _unknown(table, position, name, missing)
    for name in missing:
        if name not in absent:
            hint = f"Add it: {columns[name].description.lower()}."
            yield Problem("this column is missing.", hint, column=name)


def _unknown(table: str, position: int, name: str, missing: list[str]) -> Problem:
    """Return that a name is none of the table's; the one that it likely is, is missing no more."""
    near = [slug(name)] if slug(name) in missing else nearest(name, missing)
    hint = f'Is it "{near[0]}"? Rename it.' if near else "Remove it, or move it to a note."
    if near:
        missing.remove(near[0])
    hint = CHANGED_COLUMNS.get((table, name), hint)
    what = f"column {position} is not a column of this table."
    return Problem(what, hint, column=name or None, found=name)
