"""Changing cells of tables in place, and several files at once: all of them, or none.

A row that is not changed keeps its bytes, and so does the file its line ends.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from hscb_report.errors import ReportError
from hscb_report.stopping import carried_through
from hscb_report.store.adding import replace_file, turn_at
from hscb_report.store.csv_text import csv_row, read_records

Changes = Mapping[str, str]


def with_columns(raw: bytes, names: Iterable[str]) -> bytes:
    """Return a file with those of the columns that it lacks, empty, at the end of each row."""
    header = read_records(raw)[0].cells
    lacking = [name for name in names if name not in header]
    if not lacking:
        return raw
    rows = _Rows(raw)
    for number, cells in enumerate(rows.cells, 1):
        padded = [*cells, *[""] * (len(header) - len(cells))]
        if number == 1:
            rows.put(number, [*padded, *lacking])
        elif any(cells):
            rows.put(number, [*padded, *[""] * len(lacking)])
    return rows.raw


def with_cells(raw: bytes, row: int, cells: Changes) -> bytes:
    """Return a file with other cells in a row, which is counted as a spreadsheet shows it.

    Raises KeyError for a column that the file does not have.
    """
    header = read_records(raw)[0].cells
    places = {name: place for place, name in enumerate(header)}
    rows = _Rows(raw)
    own = rows.cells[row - 1]
    changed = [*own, *[""] * (len(header) - len(own))]
    for name, cell in cells.items():
        changed[places[name]] = cell
    rows.put(row, changed)
    return rows.raw


class _Rows:
    """The rows of a file, each with the lines that it spans."""

    def __init__(self, raw: bytes) -> None:
        text = raw.decode("utf-8")
        self._mark = text[: len(text) - len(text.lstrip("\ufeff"))]
        text = text.removeprefix(self._mark)
        self._line_end = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
        lines = list(io.StringIO(text, newline=""))
        reader = csv.reader(iter(lines), strict=True)
        self.cells: list[list[str]] = []
        self._texts: list[str] = []
        begun = 0
        for cells in reader:
            self.cells.append(cells)
            self._texts.append("".join(lines[begun : reader.line_num]))
            begun = reader.line_num

    def put(self, row: int, cells: Sequence[str]) -> None:
        """Put other cells into a row."""
        self._texts[row - 1] = csv_row(cells) + self._line_end

    @property
    def raw(self) -> bytes:
        """The file as it is now; byte order marks before its first row stay."""
        return "".join([self._mark, *self._texts]).encode("utf-8")


def replace_files(folder: Path, contents: Mapping[Path, tuple[bytes | None, bytes]]) -> None:
    """Replace files of a folder, each with what it held when it was read and what it is to hold.

    None stands for a file that was not there. Raises ReportError if one of them holds something
    else by now, or another program keeps the folder; then nothing is changed.
    """
    with turn_at(folder / next(iter(contents), Path("nothing")).name):
        for path, (before, _) in contents.items():
            if (path.read_bytes() if path.exists() else None) != before:
                what = f'"{path.name}" has been changed meanwhile. Nothing was written; try again.'
                raise ReportError(what)
        done: list[Path] = []

        def undo() -> None:
            for path in done:
                before, _ = contents[path]
                with suppress(OSError):
                    path.unlink() if before is None else replace_file(path, before)

        with carried_through("the tables had been written."):
            try:
                for path, (_, after) in contents.items():
                    done.append(path)
                    replace_file(path, after)
            except BaseException:
                undo()
                raise
