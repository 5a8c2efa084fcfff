"""Adding rows to a table's file: nothing in it is overwritten, and it is replaced whole.

Writers take turns. The file keeps its columns, its line ends and its rights.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from hscb_report.errors import DataError, ReportError
from hscb_report.schema import TableSchema
from hscb_report.stopping import carried_through
from hscb_report.store.csv_text import MAX_BYTES, csv_row, csv_text, read_records
from hscb_report.store.files import read_file
from hscb_report.store.table_file import TableFile
from hscb_report.store.turns import BusyError, turn
from hscb_report.years import ReportingYear

_TURN_SECONDS = 30
_BLANK_ROW = re.compile(r'\s*(?:"")?\s*(?:,\s*(?:"")?\s*)*')


def add_rows(
    table: TableSchema, year: ReportingYear, data: Path, rows: Sequence[Mapping[str, str | None]]
) -> None:
    """Add rows to a table of a year, which is made if there is none: all of them, or none.

    One that another program has added meanwhile, cell for cell, is not added again.

    Raises DataError if the table is not sound, or then were not, ReportError if another program
    keeps it.
    """
    if not rows:
        return
    path = (data / table.path(year)).resolve()
    with turn_at(path):
        raw = read_file(data, table.path(year), MAX_BYTES) if path.exists() else header_of(table)
        there = [line.cells for line in _sound(table, year, raw).lines or ()]
        new = [row for row in rows if {n: cell for n, cell in row.items() if cell} not in there]
        raw = with_rows(raw, new)
        _sound(table, year, raw)
        with carried_through(f"{path.name} had been written."):
            replace_file(path, raw)


def _sound(table: TableSchema, year: ReportingYear, raw: bytes) -> TableFile:
    """Return what stands in a table's file; raise DataError if something is wrong in it."""
    read = TableFile.of(table, year, raw)
    if read.findings:
        raise DataError(read.findings)
    return read


def header_of(table: TableSchema) -> bytes:
    """Return the file of a table without rows."""
    return csv_text([column.name for column in table.columns], ()).encode("utf-8")


def with_row(raw: bytes, cells: Mapping[str, str | None]) -> bytes:
    """Return a file with a row added, in the order of its columns and with its own line ends."""
    return with_rows(raw, [cells])


def with_rows(raw: bytes, rows: Sequence[Mapping[str, str | None]]) -> bytes:
    """Return a file with rows added in the same way; with none it is as it was."""
    if not rows:
        return raw
    header = read_records(raw)[0].cells
    lines = list(io.StringIO(raw.decode("utf-8"), newline=""))
    line_end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    # No text in quotation marks can reach into a blank row, for that would have to close them.
    while _BLANK_ROW.fullmatch(lines[-1]):
        lines.pop()
    if not lines[-1].endswith(("\n", "\r")):
        lines[-1] += line_end
    lines += (csv_row([cells.get(name) for name in header]) + line_end for cells in rows)
    return "".join(lines).encode("utf-8")


@contextmanager
def turn_at(path: Path) -> Iterator[None]:
    """Wait until no other writer is at the file's folder."""
    try:
        with turn(path.parent, _TURN_SECONDS):
            yield
    except BusyError:
        raise ReportError(
            f'Another program has been writing "{path.name}" for {_TURN_SECONDS} seconds. '
            "Nothing was recorded; try again."
        ) from None


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another, whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
