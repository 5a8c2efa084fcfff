"""Changing cells of a table's file: rows that are not changed stay as they are, byte for byte."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from hscb_report.schema import TableSchema
from hscb_report.store.adding import header_of, with_rows
from hscb_report.store.csv_text import csv_row

Cells = Mapping[str, str]


def edited(
    table: TableSchema,
    raw: bytes | None,
    changes: Mapping[int, Cells],
    added: Sequence[Cells] = (),
) -> bytes:
    """Return a table's file with some cells changed and rows added; None is a file not there yet.

    `changes` are, by the number of a row (the header is 1), the cells that it gets. The file keeps
    its line ends and the order of its columns; a column that it lacks, and that some cell needs,
    is put behind the one that is declared before it.
    """
    whole = header_of(table) if raw is None else raw
    rows = list(_rows(whole))
    needed = {name for cells in (*changes.values(), *added) for name, cell in cells.items() if cell}
    header = _with_columns(table, rows[0].names, needed)
    written = [row.written(header, rows[0].names, changes.get(n)) for n, row in enumerate(rows, 1)]
    made = "".join(written).encode("utf-8")
    made = codecs.BOM_UTF8 + made if whole.startswith(codecs.BOM_UTF8) else made
    return with_rows(made, added)


class _Row:
    """A row of a file: its cells, and the text that it is written with."""

    def __init__(self, cells: list[str], text: str) -> None:
        self.cells, self.text = cells, text

    @property
    def names(self) -> list[str]:
        """Its cells as the names of columns."""
        return [cell.strip() for cell in self.cells]

    def written(self, header: Sequence[str], before: Sequence[str], cells: Cells | None) -> str:
        """Return its text below a header, with cells of other values in the place of its own."""
        if cells is None and header == before:
            return self.text
        own = dict(zip(before, self.cells, strict=False))
        is_header = self.names == list(before)
        told = header if is_header else [{**own, **(cells or {})}.get(name, "") for name in header]
        return csv_row(told) + self.text[len(self.text.rstrip("\r\n")) :]


def _rows(raw: bytes) -> Iterator[_Row]:
    text = raw.decode("utf-8-sig")
    lines = list(io.StringIO(text, newline=""))
    reader, begun = csv.reader(lines), 0
    for cells in reader:
        yield _Row(cells, "".join(lines[begun : reader.line_num]))
        begun = reader.line_num


def _with_columns(table: TableSchema, names: Sequence[str], needed: set[str]) -> list[str]:
    """Return the names of a file's columns with those that it needs and lacks."""
    header = list(names)
    declared = [column.name for column in table.columns]
    for place, name in enumerate(declared):
        if name in needed and name not in header:
            before = next((n for n in reversed(declared[:place]) if n in header), None)
            header.insert(header.index(before) + 1 if before else 0, name)
    return header
