"""A packed file gives what it says and no more, and what could not be a spreadsheet is refused."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from hscb_report.spreadsheets import package
from hscb_report.spreadsheets.package import MAX_RATIO, MAX_UNPACKED, Package
from hscb_report.spreadsheets.refusal import RefusedError
from tests.spreadsheets.received import packed

AGAIN = "Open it in its program and save it again, or ask its sender for it anew."


def refusal(raw):
    with pytest.raises(RefusedError) as refused:
        b"".join(Package(raw).pieces("a.xml"))
    return refused.value.message, refused.value.hint


def with_size(raw, size):
    """Return a packed file of one part whose directory says another size of it, unpacked."""
    central = raw.index(b"PK\x01\x02")
    return raw[: central + 24] + struct.pack("<I", size) + raw[central + 28 :]


def test_a_part_is_given_whole():
    part = bytes(range(256)) * 1000
    opened = Package(packed({"a.xml": part, "b/c.xml": b"x"}))
    assert b"".join(opened.pieces("a.xml")) == part
    assert opened.names == {"a.xml", "b/c.xml"}
    assert (opened.start("a.xml", 3), opened.start("none.xml", 3)) == (b"\x00\x01\x02", b"")


@pytest.mark.parametrize("cut", [10, 60, -10])
def test_a_file_of_which_a_part_is_lost_is_damaged(cut):
    raw = packed({"a.xml": b"x" * 10_000})
    assert refusal(raw[:cut]) == ("the file is damaged (it cannot be unpacked).", AGAIN)


def test_a_part_whose_bytes_have_changed_is_damaged():
    raw = bytearray(packed({"a.xml": b"any text at all" * 9}))
    raw[40] ^= 0xFF
    assert refusal(bytes(raw))[0] == "the file is damaged (its part a.xml cannot be unpacked)."


def test_a_part_that_is_missing_is_named():
    message, _ = refusal(packed({"b.xml": b"x"}))
    assert message == "the file is damaged (its part a.xml is missing)."


def test_a_part_gives_no_more_than_its_directory_says():
    """A bomb that says it is small is not unpacked to see how large it is."""
    raw = with_size(packed({"a.xml": b"\x00" * 50_000_000}), 1000)
    assert refusal(raw)[0] == "the file is damaged (its part a.xml cannot be unpacked)."


def test_more_than_a_machine_should_hold_is_not_unpacked():
    raw = with_size(packed({"a.xml": b"x"}), MAX_UNPACKED + 1)
    message, hint = refusal(raw)
    assert message == (
        "the file unpacks to 200,000,001 bytes in 1 parts; it may be 200,000,000 in 10,000."
    )
    assert hint == "Copy the sheets that matter into a new workbook, values alone, and send that."


def test_too_many_parts_are_not_unpacked(monkeypatch):
    monkeypatch.setattr(package, "MAX_PARTS", 2)
    raw = packed({"a.xml": b"x", "b.xml": b"x", "c.xml": b"x"})
    assert refusal(raw)[0] == "the file unpacks to 3 bytes in 3 parts; it may be 200,000,000 in 2."


def test_what_is_packed_as_no_table_is_not_unpacked():
    message, _ = refusal(packed({"a.xml": b"\x00" * 30_000_000}))
    assert f"times its size, as no table does; {MAX_RATIO} times are allowed." in message


@pytest.mark.parametrize(
    "name", ["../a.xml", "/etc/a.xml", "C:\\a.xml", "xl/../../a.xml", "..\\a.xml", "\\\\host\\a"]
)
def test_a_name_that_leads_out_is_refused(name):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.xml", b"x")
        archive.writestr(zipfile.ZipInfo(name), b"x")
    message, hint = refusal(raw.getvalue())
    assert "has a name that leads out of it" in message
    assert hint == "Do not open it, and ask its sender where it is from."


def test_a_name_with_dots_in_it_leads_nowhere():
    assert Package(packed({"xl/a..b.xml": b"x"})).names == {"xl/a..b.xml"}


def test_two_parts_of_one_name_are_refused():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("a.xml", b"one")
        archive.writestr("a.xml", b"two")
    assert refusal(raw.getvalue())[0] == "the file is damaged (two of its parts have one name)."


def test_an_encrypted_part_is_a_password():
    raw = bytearray(packed({"a.xml": b"x"}))
    for header, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(header) + at] |= 1
    assert refusal(bytes(raw)) == (
        "the file is protected with a password.",
        "Open it in its program, take the password off, and save it again.",
    )


def test_an_unusual_way_of_packing_is_refused():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", b"x" * 100)
    assert "packed as no spreadsheet program does" in refusal(raw.getvalue())[0]
