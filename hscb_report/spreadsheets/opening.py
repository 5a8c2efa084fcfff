"""A received file on its way to sheets: what it is, told by what it holds, and whether it is taken.

The name of a file says nothing of what it is: files are renamed, and saved under the name of
another kind. What is not taken is told with what mends it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from hscb_report.errors import DataError
from hscb_report.findings import Finding
from hscb_report.spreadsheets import csvs, ods, xlsx
from hscb_report.spreadsheets.grid import Book, Sheet
from hscb_report.spreadsheets.package import PROTECTED, TAKE_OFF, Package
from hscb_report.spreadsheets.refusal import RefusedError
from hscb_report.store.csv_text import CsvError
from hscb_report.store.files import UnreadableError, read_file
from hscb_report.store.other_files import kind_of_file

MAX_BYTES = 25_000_000
"""The most bytes of a received file."""
RULE = "I1"

_PACKED = (b"PK\x03\x04", b"PK\x05\x06")
_OLD = b"\xd0\xcf\x11\xe0"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOK, _CSV, _TABLE = "an Excel workbook", "a CSV file", "an OpenDocument table"
_SAVE_AS = "Open it in its program and save it as an Excel workbook (.xlsx)."
_ASK = "Ask its sender for the spreadsheet that it was made from."
_ENDINGS = {_WORKBOOK: (".xlsx", ".xlsm"), _TABLE: (".ods",), _CSV: (".csv", ".txt")}


@dataclass(frozen=True)
class _Taken:
    """What a file is, its sheets, and what is told of it."""

    kind: str
    sheets: tuple[Sheet, ...]
    told: tuple[str, ...] = ()


def read_book(path: Path) -> Book:
    """Return the sheets of a received file: .xlsx, .xlsm, .ods or .csv, whatever its name.

    Raises DataError, with a finding of rule I1, for a file that cannot be taken.
    """
    try:
        raw = _bytes(path)
        taken = _taken(raw, path.name)
        if not any(sheet.rows for sheet in taken.sheets):
            what = f"no sheet of the file holds anything; it is {taken.kind}."
            raise RefusedError(what, "See that it is the right file, and saved.")
    except (RefusedError, UnreadableError, CsvError) as error:
        row = getattr(error, "row", None)
        found = Finding(RULE, "error", path.name, error.message, error.hint, row)
        raise DataError([found]) from None
    told = (*_misnamed(path, taken.kind), *taken.told)
    return Book(path.name, hashlib.sha256(raw).hexdigest(), taken.sheets, told)


def _bytes(path: Path) -> bytes:
    try:
        file = path.resolve()
        if file.is_dir():
            raise RefusedError("this is a folder, not a file.", "Name the files in it.")
        raw = read_file(file.parent, file.name, MAX_BYTES)
    except FileNotFoundError:
        hint = "See that its name and folder are right."
        raise RefusedError("there is no such file.", hint) from None
    except (OSError, RuntimeError, ValueError):  # links that go round; a NUL in the name
        raise RefusedError("there is no file of this name.", "Name the file itself.") from None
    if not raw:
        raise RefusedError("the file is empty: it holds 0 bytes.", "Ask its sender for it anew.")
    return raw


def _taken(raw: bytes, name: str) -> _Taken:
    if raw.startswith(_OLD):
        raise _of_old_kind(raw)
    if raw.startswith(_PACKED):
        return _unpacked(Package(raw))
    kind = kind_of_file(raw)
    if kind is not None and not kind.startswith("in "):
        raise RefusedError(f"the file is {kind}, not a spreadsheet.", _hint_for(kind))
    return _Taken(_CSV, (csvs.read_sheet(raw, name),))


def _unpacked(package: Package) -> _Taken:
    names = package.names
    declared = package.start("mimetype", 100).decode("ascii", "replace")
    if "encrypted-package" in names:
        raise RefusedError(PROTECTED, TAKE_OFF)
    if declared.startswith(_ODS):
        return _Taken(_TABLE, ods.read_sheets(package), ods.told_of(package))
    if "xl/workbook.bin" in names:
        raise RefusedError("the file is an Excel workbook in binary form (.xlsb).", _SAVE_AS)
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return _Taken(_WORKBOOK, xlsx.read_sheets(package), xlsx.told_of(package))
    raise RefusedError(*_of_another(names, declared))


def _of_another(names: frozenset[str], declared: str) -> tuple[str, str]:
    """Return what is told of a packed file that is no spreadsheet that can be read."""
    folders = {name.partition("/")[0] for name in names}
    if "Index" in folders or "Index.zip" in names:
        hint = "Open it in Numbers and export it as an Excel workbook (.xlsx)."
        return "the file is a Numbers table (.numbers).", hint
    if "word" in folders:
        return "the file is a Word document (.docx), not a spreadsheet.", _ASK
    if "ppt" in folders:
        return "the file is a PowerPoint presentation (.pptx), not a spreadsheet.", _ASK
    if declared.startswith("application/vnd.oasis.opendocument"):
        return "the file is an OpenDocument file, not a spreadsheet.", _ASK
    return "the file is a compressed file (.zip).", "Unpack it, and name the files in it."


def _of_old_kind(raw: bytes) -> RefusedError:
    """Return what is told of a file in the form of before 2007, in which protected ones are too."""
    if _wide("EncryptedPackage") in raw:
        return RefusedError(PROTECTED, TAKE_OFF)
    if _wide("WordDocument") in raw:
        return RefusedError("the file is an old Word document (.doc), not a spreadsheet.", _ASK)
    return RefusedError("the file is an Excel workbook of the old kind (.xls).", _SAVE_AS)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _hint_for(kind: str) -> str:
    is_saved_so = any(form in kind for form in ("HTML", "XML", "SYLK"))
    if "compressed" in kind:
        return "Unpack it, and name the files in it."
    return _SAVE_AS if is_saved_so else _ASK


def _misnamed(path: Path, kind: str) -> tuple[str, ...]:
    if path.suffix.lower() in _ENDINGS[kind]:
        return ()
    ending = f"ends in {path.suffix}" if path.suffix else "has no ending"
    return (f"The name of the file {ending}; it is {kind}, and was read as one.",)
