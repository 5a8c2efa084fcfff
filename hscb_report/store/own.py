"""Pictures and tables of a year's own, read as what they are: bytes, and cells of text."""

from __future__ import annotations

import hashlib
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic_core import PydanticCustomError

from hscb_report.checks.characters import unprintable_found
from hscb_report.findings import Finding
from hscb_report.results.published import Input
from hscb_report.schema.cells import read_text
from hscb_report.schema.own import OwnTable, Picture
from hscb_report.store.csv_text import MAX_BYTES, CsvError, Record, read_records
from hscb_report.store.files import UnreadableError, read_file
from hscb_report.store.folder import is_passed_over
from hscb_report.wording import one_line, quoted
from hscb_report.years import ReportingYear

Records = tuple[Record, ...]
MAX_PICTURE = 5_000_000
MAX_LOGO = 40_000
"""Bytes: it is loaded with every page."""
_PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_PNG = _PNG_SIGN + b"\0\0\0\rIHDR", b"IEND"
_JPEG = b"\xff\xd8\xff", b"\xff\xd9"
_FORMATS = {".png": _PNG, ".jpg": _JPEG, ".jpeg": _JPEG}
"""How a picture begins, and what stands among its last bytes."""
_TAIL = 32


def read_pictures(
    rows: Iterable[Picture], year: ReportingYear, data: Path
) -> tuple[dict[str, bytes], list[Input], list[Finding]]:
    """Return the pictures by name, what the manifest says of them, and what is wrong with them."""
    read: dict[str, bytes] = {}
    inputs: list[Input] = []
    listed = tuple(rows)
    named = [row.file for row in listed]
    findings = [*unnamed_files(data / str(year) / "pictures", named, "pictures", year)]
    for row in listed:
        file = f"{year}/pictures/{row.file}"
        raw, found = _picture(row, file, data)
        findings += found
        if raw is not None:
            read[row.picture] = raw
            inputs.append(Input(file, hashlib.sha256(raw).hexdigest()))
    return read, inputs, findings


def read_logo(file: str | None, data: Path) -> tuple[bytes, list[Input], list[Finding]]:
    """Return the Board's logo, what the manifest says of it, and what is wrong with it.

    It is empty where the settings name no file, or a wrong one.
    """
    if file is None:
        return b"", [], []
    try:
        raw = read_file(data, file, MAX_LOGO)
    except FileNotFoundError:
        what = f'there is no file "{file}" beside it.'
        hint = "Put the logo there, or correct its name."
        return b"", [], [Finding("L9", "error", "board.toml", what, hint, None, "logo", file)]
    except UnreadableError as error:
        hint = f"{error.hint} A logo is a PNG or JPEG of at most {MAX_LOGO // 1000} kB."
        return b"", [], [Finding("L9", "error", file, error.message, hint)]
    if not _is_picture(file, raw) or (raw.startswith(_PNG[0]) and not _is_whole_png(raw)):
        what = "the file is no whole PNG or JPEG picture, as its name says."
        hint = "Save the logo anew as PNG or JPEG; other kinds are not shown."
        return b"", [], [Finding("L9", "error", file, what, hint)]
    return raw, [Input(file, hashlib.sha256(raw).hexdigest())], []


def _picture(row: Picture, file: str, data: Path) -> tuple[bytes | None, list[Finding]]:
    """Return the bytes of a picture, or None and what is wrong with it."""
    problem, raw = _unsound_name(row.file), None
    try:
        raw = None if problem else read_file(data, file, MAX_PICTURE)
    except FileNotFoundError:
        problem = f'there is no picture "{file}".', "Put it there, or correct its name."
    except UnreadableError as error:
        return None, [Finding("L9", "error", file, error.message, error.hint)]
    if raw is not None and not _is_picture(row.file, raw):
        what = "the file is no PNG or JPEG picture of at most 5 MB."
        problem = what, "Save it anew as PNG or JPEG, smaller if it is large."
    if not problem:
        return raw, []
    place = row.place
    return None, [Finding("L9", "error", place.file, *problem, place.row, "file", row.file)]


def read_own_tables(
    rows: Iterable[OwnTable], year: ReportingYear, data: Path
) -> tuple[dict[str, Records], list[Input], list[Finding]]:
    """Return the records of the tables by label, heading first, and what is wrong with them."""
    read: dict[str, Records] = {}
    inputs: list[Input] = []
    listed = tuple(rows)
    named = [f"{row.label}.csv" for row in listed]
    findings = [*unnamed_files(data / str(year) / "tables", named, "own_tables", year)]
    for row in listed:
        file = f"{year}/tables/{row.label}.csv"
        try:
            raw = read_file(data, file, MAX_BYTES)
        except FileNotFoundError:
            what, hint = f'there is no table "{file}".', "Put it there, or correct its name."
            place = row.place
            findings.append(
                Finding("L9", "error", place.file, what, hint, place.row, "label", row.label)
            )
            continue
        except UnreadableError as error:
            findings.append(Finding("L9", "error", file, error.message, error.hint))
            continue
        inputs.append(Input(file, hashlib.sha256(raw).hexdigest()))
        try:
            records = tuple(read_records(raw))
        except CsvError as error:
            findings.append(Finding("L9", "error", file, error.message, error.hint, error.row))
            continue
        wrong = list(_unsound_records(file, records))
        findings += wrong
        if not wrong:
            read[row.label] = records
    return read, inputs, findings


def unnamed_files(
    folder: Path, declared: Iterable[str], table: str, year: ReportingYear
) -> Iterator[Finding]:
    """Yield a finding for each file of a folder that no row of the table names."""
    known = set(declared)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and not is_passed_over(path):
            file = f"{year}/{folder.name}/{one_line(path.name)}"
            hint = f"Give it a row in {year}/{table}.csv, or move it out of the data."
            if path.is_dir():
                hint = "Move what it holds one folder up, or out of the data."
            alike = {_spelt(name): name for name in known}.get(_spelt(path.name))
            if alike and not (folder / alike).exists():
                hint = f"Rename it {quoted(alike)}, as that row writes it."
            yield Finding("L1", "error", file, f"no row of {table} names this file.", hint)


def _spelt(name: str) -> str:
    """Return a name whatever its capitals, and whether accents are characters of their own."""
    return unicodedata.normalize("NFC", name).casefold()


def _unsound_records(file: str, records: Records) -> Iterable[Finding]:
    heading = records[0].cells
    if not all(heading) or len(set(heading)) < len(heading):
        what = "the first row must name each column, each with a name of its own."
        yield Finding("L9", "error", file, what, "Correct the first row.", 1)
    if len(records) == 1:
        yield Finding("L9", "error", file, "there is a heading but no row.", "Add the rows.", 2)
    for record in records[1:]:
        if len(record.cells) != len(heading):
            what = f"the row has {len(record.cells)} cells; the heading has {len(heading)}."
            hint = "A value that holds a comma must stand in quotation marks."
            yield Finding("L9", "error", file, what, hint, record.number)
    for record in records:
        for cell in record.cells:
            try:
                read_text(cell)
            except PydanticCustomError as error:
                yield Finding("L9", "error", file, error.message(), "Retype it.", record.number)
                continue
            if found := unprintable_found(file, cell, record.number):
                yield found


def _unsound_name(name: str) -> tuple[str, str] | None:
    if "/" in name or "\\" in name or name.startswith("."):
        return "expected the name of a file in the folder pictures.", "Leave the folders out."
    return None


def _is_picture(name: str, raw: bytes) -> bool:
    """Whether a file is a whole PNG or JPEG, as its name says."""
    start, end = _FORMATS.get(Path(name).suffix.lower(), (b"", b"none"))
    return raw.startswith(start) and end in raw[-_TAIL:]


def _is_whole_png(raw: bytes) -> bool:
    """Whether each part of a PNG is there, up to its last one, and is what its sum says."""
    place = len(_PNG_SIGN)
    while place + 12 <= len(raw):
        (length,) = struct.unpack_from(">I", raw, place)
        end = place + 8 + length
        told = int.from_bytes(raw[end : end + 4])
        if end + 4 > len(raw) or zlib.crc32(raw[place + 4 : end]) != told:
            return False
        if raw[place + 4 : place + 8] == b"IEND":
            return True
        place = end + 4
    return False
