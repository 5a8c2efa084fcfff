"""A file of another kind is told by what it is, whatever its name ends in."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from hscb_report.store.csv_text import CsvError, read_records
from hscb_report.store.other_files import kind_of_file

TABLE = "agency,name,amount\na,Alpha,1\n"


def packed(*names):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet")
    return raw.getvalue()


FILES = {
    "an Excel workbook (.xlsx)": packed("xl/workbook.xml").replace(b"oasis", b"xxxxx"),
    "an OpenDocument table (.ods)": packed("mimetype"),
    "a Word document (.docx)": packed("word/document.xml").replace(b"oasis", b"xxxxx"),
    "an Excel workbook of the old kind (.xls)": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 90,
    "a PDF": b"%PDF-1.7\n\x00",
    "a page in HTML": b"\xef\xbb\xbf\n<!DOCTYPE html><html><table><tr><td>1,2</td></tr>",
    "a file in XML": b"<?xml version='1.0'?><Workbook/>",
    "a file in JSON": json.dumps([{"agency": "a", "amount": 1}]).encode(),
    'a table in the format SYLK ("symbolic link")': b"ID;PWXL;N;E\nP;PGeneral\n",
    "a picture": b"\x89PNG\r\n",
}


@pytest.mark.parametrize("kind", FILES)
def test_another_kind_of_file_is_named_for_what_it_is(kind):
    with pytest.raises(CsvError) as refused:
        read_records(FILES[kind])
    assert refused.value.message == f"the file is {kind}."
    assert "CSV UTF-8" in refused.value.hint


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text_is_known_with_its_mark_and_without(codec):
    assert "UTF-16" in (kind_of_file((TABLE * 3).encode(codec)) or "")


@pytest.mark.parametrize("text", [TABLE, "", "a", "[x],y\n1,2\n", "{a,b\n", "PK,b\n", "<5,b\n"])
def test_a_table_of_text_is_no_other_kind(text):
    assert kind_of_file(text.encode()) is None


def test_two_byte_order_marks_make_no_difference():
    mark = b"\xef\xbb\xbf"
    assert read_records(mark * 2 + TABLE.encode()) == read_records(TABLE.encode())
