"""The bundled font for pages: smaller, and the very same."""

from __future__ import annotations

import struct
import zlib

import pytest

from hscb_report.fonts import font_folder, web_font


def tables_of_font(font: bytes) -> dict[bytes, bytes]:
    count = struct.unpack(">H", font[4:6])[0]
    records = (struct.unpack(">4sLLL", font[n : n + 16]) for n in range(12, 12 + 16 * count, 16))
    return {tag: font[at : at + length] for tag, _sum, at, length in records}


def tables_of_woff(woff: bytes) -> dict[bytes, bytes]:
    count = struct.unpack(">H", woff[12:14])[0]
    found = {}
    for n in range(44, 44 + 20 * count, 20):
        tag, at, packed, length, _sum = struct.unpack(">4s4L", woff[n : n + 20])
        assert at % 4 == 0
        data = woff[at : at + packed]
        found[tag] = data if packed == length else zlib.decompress(data)
        assert len(found[tag]) == length
    return found


@pytest.mark.parametrize("style", ["Regular", "Semibold", "It"])
def test_a_web_font_holds_every_table_of_the_font_unchanged(style: str) -> None:
    """Its licence asks for that: under its name nothing may be changed."""
    font = (font_folder() / f"SourceSansPro-{style}.ttf").read_bytes()
    woff = web_font(style)
    assert tables_of_woff(woff) == tables_of_font(font)
    assert woff[:8] == b"wOFF" + font[:4]
    total, _count, _none, whole = struct.unpack(">LHHL", woff[8:20])
    assert (total, whole) == (len(woff), len(font))
    assert len(woff) < len(font) * 0.55
