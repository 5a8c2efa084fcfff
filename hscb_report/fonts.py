"""The bundled font, from its package: the same in charts, on the page and in the PDF."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

FAMILY = "Source Sans Pro, sans-serif"
"""The report's own font, and what stands in for it where a chart is shown without the book."""
OTHER_FAMILY = "Libertinus Serif, sans-serif"
"""Where the font lacks a letter: a font that comes with the PDF's compiler, else the reader's."""

_WOFF_HEADER = 44


def font_folder() -> Path:
    """Return the folder that holds the font's files and its licence."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.__file__).parent / "files"


def web_font(style: str) -> bytes:
    """Return a style of the font, such as "Regular", as WOFF 1.0: each of its tables compressed.

    Nothing in it is changed: its licence keeps the name for what is as its makers made it.
    """
    font = (font_folder() / f"SourceSansPro-{style}.ttf").read_bytes()
    flavour, count = font[:4], struct.unpack(">H", font[4:6])[0]
    records = [struct.unpack(">4sLLL", font[n : n + 16]) for n in range(12, 12 + 16 * count, 16)]
    place = _WOFF_HEADER + 20 * count
    directory, tables = b"", b""
    for tag, checksum, offset, length in records:
        whole = font[offset : offset + length]
        packed = min(whole, zlib.compress(whole, 9), key=len)  # unpacked if no smaller
        directory += struct.pack(">4s4L", tag, place + len(tables), len(packed), length, checksum)
        tables += packed + bytes(-len(packed) % 4)
    size = 12 + 16 * count + sum(record[3] + -record[3] % 4 for record in records)
    total = place + len(tables)
    header = struct.pack(">4s4sLHHLHH5L", b"wOFF", flavour, total, count, 0, size, 1, 0, *[0] * 5)
    return header + directory + tables
