"""The parts of a packed file (.xlsx, .ods): what is unpacked of it, and how much at the most.

A small file may unpack to more than a machine holds. So what its directory says is asked first, and
while a part is read, it gives no more than it said; a part that is none of the file's is not there.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from hscb_report.spreadsheets.refusal import RefusedError

MAX_UNPACKED = 200_000_000
"""The most bytes of all parts of a file."""
MAX_RATIO = 300
"""How much smaller a packed file may be than its parts; it is asked of none that is small."""
MAX_PARTS = 10_000
_SMALL = 20_000_000
_PIECE = 1 << 16
_IS_ENCRYPTED = 0x1
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    RuntimeError,
    OSError,
    EOFError,
)
"""What unpacking raises for bytes that are not as they should be."""
_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")

PROTECTED = "the file is protected with a password."
TAKE_OFF = "Open it in its program, take the password off, and save it again."
_AGAIN = "Open it in its program and save it again, or ask its sender for it anew."
_SMALLER = "Copy the sheets that matter into a new workbook, values alone, and send that."


def damaged(what: str) -> RefusedError:
    """Return the error for a file that is not whole, and how that was noticed."""
    return RefusedError(f"the file is damaged ({what}).", _AGAIN)


class Package:
    """A packed file; `names` are its parts.

    Raises RefusedError, when it is opened or a part of it read, for what is damaged, protected, too
    large, or not to be trusted.
    """

    def __init__(self, raw: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        except _BROKEN:
            raise damaged("it cannot be unpacked") from None
        self._parts = {part.filename: part for part in self._archive.infolist()}
        self._check(len(raw))
        self.names = frozenset(self._parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part, piece by piece."""
        part = self._parts.get(name)
        if part is None:
            raise damaged(f"its part {name} is missing")
        given = 0
        try:
            with self._archive.open(part) as opened:
                while piece := opened.read(_PIECE):
                    given += len(piece)
                    if given > part.file_size:
                        raise damaged(f"its part {name} is larger than it says")
                    yield piece
        except _BROKEN:
            raise damaged(f"its part {name} cannot be unpacked") from None

    def start(self, name: str, size: int) -> bytes:
        """Return the first bytes of a part; none of one that is not there."""
        return next(self.pieces(name), b"")[:size] if name in self.names else b""

    def _check(self, size: int) -> None:
        parts = self._archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if any(_LEADS_OUT.search(part.filename) for part in parts):
            what = "a part of the file has a name that leads out of it, as no program writes it."
            raise RefusedError(what, "Do not open it, and ask its sender where it is from.")
        if len(self._parts) < len(parts):
            raise damaged("two of its parts have one name")
        if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
            raise RefusedError(PROTECTED, TAKE_OFF)
        if any(part.compress_type not in _PACKED_AS for part in parts):
            raise damaged("it is packed as no spreadsheet program does")
        if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
            what = (
                f"the file unpacks to {unpacked:,} bytes in {len(parts):,} parts; "
                f"it may be {MAX_UNPACKED:,} in {MAX_PARTS:,}."
            )
            raise RefusedError(what, _SMALLER)
        if unpacked > max(_SMALL, size * MAX_RATIO):
            what = (
                f"the file unpacks to {unpacked // size:,} times its size, "
                f"as no table does; {MAX_RATIO} times are allowed."
            )
            raise RefusedError(what, _SMALLER)
