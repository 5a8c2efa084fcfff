"""From the bytes of a CSV file to its cells, or to a plain account of what is wrong with it; back.

Strict about form, because a guess here shifts every number behind it; lenient about what
spreadsheet programs do on their own: byte order marks, any line ends, spaces around a value,
blank last rows. A file of another kind is told by what it is.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hscb_report.store.other_files import kind_of_file

MAX_BYTES = 10_000_000
MAX_ROWS = 100_000
_FROM_THERE = 'Save its table from there as "CSV UTF-8 (comma delimited)".'


@dataclass(frozen=True)
class Record:
    """One row of cells and its number as a spreadsheet shows it (the header is 1)."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.cells)


class CsvError(Exception):
    """The file cannot be read as a table; `row` is where reading stopped, if anywhere."""

    def __init__(self, message: str, hint: str, row: int | None = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.row = message, hint, row


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return the text of a CSV file, each row ended by a line feed; None is an empty cell."""
    return "".join(f"{csv_row(cells)}\n" for cells in (header, *rows))


def csv_row(cells: Sequence[object]) -> str:
    """Return a row of a CSV file, without a line end."""
    row = io.StringIO(newline="")
    # With these line ends the writer quotes a text that holds either of them.
    csv.writer(row, lineterminator="\r\n").writerow(cells)
    return row.getvalue().removesuffix("\r\n")


def read_records(raw: bytes) -> list[Record]:
    """Return the rows of a CSV file, cells stripped, blank last rows dropped.

    Raises CsvError for what is not UTF-8 comma-separated text of at most 10 MB.
    """
    if len(raw) > MAX_BYTES:
        raise CsvError(
            f"the file holds {len(raw):,} bytes; a table may hold {MAX_BYTES:,}.",
            "Keep only the year's rows.",
        )
    text = _decoded(raw)
    _check_delimiter(text)
    records = _parsed(text)
    while records and records[-1].is_blank:
        records.pop()
    if not records:
        raise CsvError("the file is empty.", "Give it a header row and its rows.")
    return records


def _decoded(raw: bytes) -> str:
    save_as = 'Save it again as "CSV UTF-8 (comma delimited)".'
    if kind := kind_of_file(raw):
        hint = save_as if kind.startswith("in ") else f"Open it in its own program. {_FROM_THERE}"
        raise CsvError(f"the file is {kind}.", hint)
    if b"\x00" in raw:
        row = _row_at(raw, raw.index(b"\x00"))
        raise CsvError("the file holds a NUL byte, so it is damaged or no text.", save_as, row)
    text = raw
    while text.startswith(codecs.BOM_UTF8):  # some programs add one to the one that there is
        text = text.removeprefix(codecs.BOM_UTF8)
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CsvError(
            "the file is not in UTF-8; it looks like Excel's plain CSV (Windows cp1252).",
            save_as,
            _row_at(text, error.start),
        ) from None


def _row_at(raw: bytes, position: int) -> int:
    """Return the row that holds a byte, counted as a spreadsheet shows it."""
    # One more character, so that a byte at the start of a row counts as in it.
    before = raw[:position].decode("latin-1") + "x"
    return sum(1 for _ in csv.reader(io.StringIO(before, newline="")))


def _parsed(text: str) -> list[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[Record] = []
    try:
        for cells in reader:
            if len(records) == MAX_ROWS:
                raise CsvError(
                    f"the file has more than {MAX_ROWS:,} rows.", "Keep only the year's rows."
                )
            stripped = tuple(cell.strip() for cell in cells)
            records.append(Record(len(records) + 1, stripped))
    except csv.Error as error:
        raise CsvError(
            f"the quotation marks do not close, or a cell is too long ({error}).",
            'Write a quotation mark inside a quoted cell twice: "".',
            len(records) + 1,
        ) from None
    return records


def _check_delimiter(text: str) -> None:
    """Refuse another separator by name; every table has more than one column."""
    header = text.lstrip().splitlines()[0] if text.strip() else ""
    if "," in header:
        return
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright lines")):
        if mark in header:
            raise CsvError(
                f"the columns are separated by {name}, not commas.",
                'Save it again as "CSV UTF-8 (comma delimited)".',
                1,
            )
