"""What happens to a table: to its bytes, its header, its rows, its cells."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from random import Random

from tests.fuzz.damages import cells

Records = list[list[str]]
OfBytes = Callable[[Random, bytes], bytes]
OfRecords = Callable[[Random, Records], Records]


def records_of(raw: bytes) -> Records:
    """Return the cells of a table's file, as far as they can be read."""
    csv.field_size_limit(10_000_000)
    text = raw.decode("utf-8", "replace").replace("\0", "")
    return list(csv.reader(io.StringIO(text, newline=""))) or [[""]]


def as_csv(records: Records, **form: str) -> bytes:
    """Return records as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\n", **form}).writerows(records)  # type: ignore[arg-type]
    return text.getvalue().encode("utf-8", "surrogatepass")


# To the bytes ---------------------------------------------------------------------------------


def byte_order_marks(rng: Random, raw: bytes) -> bytes:
    return b"\xef\xbb\xbf" * rng.randint(1, 3) + raw


def in_utf_16(rng: Random, raw: bytes) -> bytes:
    return raw.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-16-le", "utf-16-be")))


def in_another_encoding(rng: Random, raw: bytes) -> bytes:
    text = raw.decode("utf-8", "replace") + rng.choice(("", "é", "£", "–"))
    return text.encode(rng.choice(("cp1252", "latin-1", "utf-7", "mac-roman", "utf-32")), "replace")


def encoded_twice(rng: Random, raw: bytes) -> bytes:
    return raw.replace(b"e", "é’".encode(), 3).decode("cp1252", "replace").encode()


def other_line_ends(rng: Random, raw: bytes) -> bytes:
    ends = rng.choice((b"\r\n", b"\r", b"\n\r", b"\r\r\n", b"\n\n", "\u2028".encode(), b"\x0b"))
    return raw.replace(b"\n", ends, rng.choice((-1, -1, 1)))


def no_last_line_end(rng: Random, raw: bytes) -> bytes:
    return raw.rstrip(b"\n")


def line_ends_after(rng: Random, raw: bytes) -> bytes:
    return raw + rng.choice((b"\n", b"\r\n", b",", b"  ", b"\x1a", b",,,\n")) * rng.randint(1, 40)


def another_separator(rng: Random, raw: bytes) -> bytes:
    mark = rng.choice(";\t|:^")
    first = f"sep={mark}\n".encode() if rng.random() < 0.2 else b""
    return first + as_csv(records_of(raw), delimiter=mark)


def semicolons_by_hand(rng: Random, raw: bytes) -> bytes:
    return raw.replace(b",", rng.choice((b";", b", ", b" ,", b"\t", b",,")))


def a_byte_other(rng: Random, raw: bytes) -> bytes:
    at = rng.randint(0, max(0, len(raw) - 1))
    return raw[:at] + bytes([rng.randrange(256)]) + raw[at + rng.randint(0, 1) :]


def bytes_torn_out(rng: Random, raw: bytes) -> bytes:
    at = rng.randint(0, len(raw))
    return raw[:at] + raw[at + rng.randint(1, 200) :]


def bytes_put_in(rng: Random, raw: bytes) -> bytes:
    at = rng.randint(0, len(raw))
    put = rng.choice(
        (b"\x00", b'"', b'""', b"\n", b"\r", b",", b"\xff\xfe", b"\xa3", b"'", b"\x1b")
    )
    return raw[:at] + put * rng.choice((1, 1, 2, 50)) + raw[at:]


def cut_off(rng: Random, raw: bytes) -> bytes:
    return raw[: rng.randint(0, len(raw))]


def all_in_quotes(rng: Random, raw: bytes) -> bytes:
    rows = records_of(raw)
    return "\n".join(",".join(f'"{c}"' for c in row) for row in rows).encode("utf-8", "replace")


def another_file(rng: Random, raw: bytes) -> bytes:
    """What a renamed workbook, archive, web page or picture holds."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("xl/workbook.xml"), raw)
    page = b"<!DOCTYPE html><html><table><tr><td>" + raw[:40] + b"</td></tr></table></html>"
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
    others = (packed.getvalue(), gzip.compress(raw, mtime=0), page, old, b"%PDF-1.7\n", b"{}", b"")
    return rng.choice(
        (*others, b"\x89PNG\r\n\x1a\n", b"version https://git-lfs.github.com/spec/v1\n")
    )


def longer_than_may_be(rng: Random, raw: bytes) -> bytes:
    return raw + raw.splitlines(keepends=True)[-1] * 3000 if raw else b"x" * 100_000


def doubled(rng: Random, raw: bytes) -> bytes:
    return raw + raw


OF_BYTES: tuple[OfBytes, ...] = (
    *(byte_order_marks, in_utf_16, in_another_encoding, encoded_twice, other_line_ends),
    *(no_last_line_end, line_ends_after, another_separator, semicolons_by_hand, a_byte_other),
    *(bytes_torn_out, bytes_put_in, cut_off, all_in_quotes, another_file, longer_than_may_be),
    doubled,
)


# To the rows ----------------------------------------------------------------------------------


def _row(rng: Random, records: Records) -> int:
    """Return the number of a row below the header, or of the header where there is no other."""
    return rng.randrange(1, len(records)) if len(records) > 1 else 0


def row_twice(rng: Random, records: Records) -> Records:
    at = _row(rng, records)
    to = rng.randint(1, len(records))
    return [*records[:to], list(records[at]), *records[to:]]


def row_gone(rng: Random, records: Records) -> Records:
    at = _row(rng, records)
    return records[:at] + records[at + 1 :]


def all_rows_gone(rng: Random, records: Records) -> Records:
    return records[:1]


def rows_in_another_order(rng: Random, records: Records) -> Records:
    return records[:1] + rng.sample(records[1:], len(records) - 1)


def header_moved(rng: Random, records: Records) -> Records:
    return records[1:] + records[:1]


def header_twice(rng: Random, records: Records) -> Records:
    at = rng.randint(1, len(records))
    return [*records[:at], list(records[0]), *records[at:]]


def header_gone(rng: Random, records: Records) -> Records:
    return records[1:] or [[""]]


def title_above(rng: Random, records: Records) -> Records:
    width = len(records[0])
    title = [rng.choice(("Contributions 2013-14", "Table 1: x", "DRAFT", "Source: records"))]
    above = [title + [""] * (width - 1) * rng.randint(0, 1)]
    return above + [[""] * width] * rng.randint(0, 2) + records


def total_below(rng: Random, records: Records) -> Records:
    width = len(records[0])
    told = rng.choice(("Total", "TOTAL", "Grand total", "Sum", "Total:", "of which"))
    last = [told, *("" for _ in range(width - 2)), str(rng.randint(1, 99_999))][:width]
    return records + [[""] * width] * rng.randint(0, 1) + [last]


def note_below(rng: Random, records: Records) -> Records:
    note = rng.choice(("* provisional", "Notes: figures are rounded, see p. 3", "Source: council"))
    return records + [[""] * len(records[0])] * rng.randint(0, 2) + [[note]]


def blank_row_within(rng: Random, records: Records) -> Records:
    at = rng.randint(1, len(records))
    blank = [rng.choice(("", " "))] * rng.choice((0, 1, len(records[0])))
    return [*records[:at], *[blank] * rng.randint(1, 3), *records[at:]]


def trailing_cells_left_out(rng: Random, records: Records) -> Records:
    """As a program saves rows whose last cells are empty."""
    shown = [list(row) for row in records]
    for row in shown[1:]:
        while len(row) > 1 and not row[-1]:
            row.pop()
    return shown


def blank_columns_after(rng: Random, records: Records) -> Records:
    more = [""] * rng.choice((1, 2, 200))
    return [row + more for row in records]


def a_cell_too_many(rng: Random, records: Records) -> Records:
    at = rng.randrange(len(records))
    more = [rng.choice(("", "x", "12"))]
    return [row + more if number == at else list(row) for number, row in enumerate(records)]


def a_cell_shifted(rng: Random, records: Records) -> Records:
    at = _row(rng, records)
    row = ["", *records[at][:-1]] if rng.random() < 0.5 else [*records[at][1:], ""]
    return [row if number == at else list(old) for number, old in enumerate(records)]


def cells_merged(rng: Random, records: Records) -> Records:
    """As merged cells are saved: the first holds the value, those below nothing."""
    column = rng.randrange(max(1, len(records[0])))
    shown = [list(row) for row in records]
    for row in shown[2:]:
        row[column : column + 1] = [""]
    return shown


# To the columns -------------------------------------------------------------------------------


def _columns(rng: Random, records: Records, change: Callable[[list[str]], list[str]]) -> Records:
    return [change(list(row)) for row in records]


def column_gone(rng: Random, records: Records) -> Records:
    at = rng.randrange(max(1, len(records[0])))
    return _columns(rng, records, lambda row: row[:at] + row[at + 1 :])


def column_twice(rng: Random, records: Records) -> Records:
    at = rng.randrange(max(1, len(records[0])))
    return _columns(rng, records, lambda row: row + row[at : at + 1])


def columns_in_another_order(rng: Random, records: Records) -> Records:
    order = rng.sample(range(len(records[0])), len(records[0]))
    return _columns(rng, records, lambda row: [row[at] for at in order if at < len(row)])


def column_more(rng: Random, records: Records) -> Records:
    name = rng.choice(
        ("comments", "", "place", "note", "Unnamed: 0", "source", "__class__", "year")
    )
    return [[*records[0], name], *([*row, rng.choice(("", "x"))] for row in records[1:])]


def column_renamed(rng: Random, records: Records) -> Records:
    header = list(records[0]) or [""]
    at = rng.randrange(len(header))
    old = header[at]
    near = (old.upper(), old.title(), f" {old} ", old.replace("_", " "), f"{old}s", old[:-1], "")
    odd = ("\u200b" + old, "\ufeff" + old, old.replace("a", "а"), f"{old}\n(£)", "x" * 5000)
    header[at] = rng.choice((*near, *odd, *cells.HOSTILE["control"], *cells.HOSTILE["markup"]))
    return [header, *records[1:]]


def turned(rng: Random, records: Records) -> Records:
    width = max(len(row) for row in records)
    padded = [row + [""] * (width - len(row)) for row in records]
    return [list(column) for column in zip(*padded, strict=True)] or [[""]]


OF_ROWS: tuple[OfRecords, ...] = (
    *(row_twice, row_gone, all_rows_gone, rows_in_another_order, header_moved, header_twice),
    *(header_gone, title_above, total_below, note_below, blank_row_within),
    *(trailing_cells_left_out, blank_columns_after, a_cell_too_many, a_cell_shifted),
    *(cells_merged, column_gone, column_twice, columns_in_another_order, column_more),
    *(column_renamed, turned),
)


# To the cells ---------------------------------------------------------------------------------


def damaged_cells(rng: Random, raw: bytes) -> tuple[str, bytes]:
    """Return a table with one cell, or a whole column, written anew, and the name of that."""
    records = records_of(raw)
    at = _row(rng, records)
    column = rng.randrange(max(1, len(records[at])))
    is_whole = rng.random() < 0.15
    if rng.random() < 0.7:
        kind, value = cells.hostile(rng)
        name, write = kind, lambda cell: value
    else:
        change = rng.choice(cells.CHANGES)
        name, write = change.__name__.replace("_", " "), lambda cell: change(rng, cell)
    for number, row in enumerate(records[1:], 1):
        if column < len(row) and (is_whole or number == at):
            row[column] = write(row[column])
    form = rng.choice(({}, {}, {"lineterminator": "\r\n"}))
    return f"column of {name}" if is_whole else f"cell of {name}", as_csv(records, **form)


def damaged_table(rng: Random, raw: bytes) -> tuple[str, bytes]:
    """Return a table to which one thing has happened, and the name of that."""
    where = rng.random()
    if where < 0.5:
        return damaged_cells(rng, raw)
    if where < 0.75:
        of_rows = rng.choice(OF_ROWS)
        return of_rows.__name__.replace("_", " "), as_csv(of_rows(rng, records_of(raw)))
    of_bytes = rng.choice(OF_BYTES)
    return of_bytes.__name__.replace("_", " "), of_bytes(rng, raw)
