"""Files that are no CSV, whatever their name ends in: what each of them is, told by its bytes."""

from __future__ import annotations

import json
import re

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook of the old kind (.xls)"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file (.gz)"),
    (b"7z\xbc\xaf", "a compressed file (.7z)"),
    (b"Rar!", "a compressed file (.rar)"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"ID;P", 'a table in the format SYLK ("symbolic link")'),
)
_PACKED = (
    (b"vnd.oasis.opendocument.spreadsheet", "an OpenDocument table (.ods)"),
    (b"vnd.oasis.opendocument", "an OpenDocument file"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"word/", "a Word document (.docx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"Index/", "a Numbers table"),
)
_UTF_16 = 'in UTF-16, the format of Excel\'s "Unicode text"'
_MARKUP = re.compile(rb"\s*<(?:!doctype html|html|head|body|table|meta|div)\b", re.IGNORECASE)
_SAMPLE = 4096


def kind_of_file(raw: bytes) -> str | None:
    """Return what a file is that is no table of text: "an Excel workbook (.xlsx)"; else None."""
    start = raw[:_SAMPLE].removeprefix(b"\xef\xbb\xbf")
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if start.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _PACKED if part in raw), "a compressed file (.zip)")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(start):
        return _UTF_16
    if _MARKUP.match(start):
        return "a page in HTML"
    if start.lstrip().startswith(b"<?xml"):
        return "a file in XML"
    return "a file in JSON" if start.lstrip()[:1] in (b"{", b"[") and _is_json(raw) else None


def _is_wide(start: bytes) -> bool:
    """Whether every other byte is NUL, as in UTF-16 without its mark."""
    even, odd = start[0::2], start[1::2]
    return len(start) > 7 and any(
        part.count(0) * 10 > len(part) * 8 and other.count(0) * 10 < len(other)
        for part, other in ((even, odd), (odd, even))
    )


def _is_json(raw: bytes) -> bool:
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True
