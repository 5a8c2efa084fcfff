"""The XML of a file is taken element by element, and none of its tricks is played."""

from __future__ import annotations

import pytest

from hscb_report.spreadsheets import markup
from hscb_report.spreadsheets.markup import Elements, read_part
from hscb_report.spreadsheets.package import Package
from hscb_report.spreadsheets.refusal import RefusedError
from tests.spreadsheets.received import packed

NOT_SO = "the file is damaged (its part a.xml is not as its format has it)."
DECLARES = "the part a.xml of the file declares entities or a document type."


class Noted(Elements):
    """Notes what it is given."""

    def __init__(self):
        super().__init__()
        self.noted = []

    def begin(self, name, given):
        self.noted.append((name, dict(given)))

    def text(self, text):
        self.noted.append(text)

    def end(self, name):
        self.noted.append(f"/{name}")


def read(part, elements=None):
    noted = elements or Noted()
    read_part(Package(packed({"a.xml": part})), "a.xml", noted)
    return noted.noted


def refusal(part, elements=None):
    with pytest.raises(RefusedError) as refused:
        read(part, elements)
    return refused.value.message


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_elements_come_without_their_prefix(codec):
    part = f'<?xml version="1.0" encoding="{codec}"?><x:a xmlns:x="u" x:b="é">t<c/></x:a>'
    begun, *others = read(part.encode(codec))
    assert begun == ("a", {"x": "u", "b": "é"})
    assert others == ["t", ("c", {}), "/c", "/a"]


@pytest.mark.parametrize(
    "part",
    [
        '<!DOCTYPE a [<!ENTITY b "lol">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/x.dtd"> %b;]><a/>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;&c;&c;</a>',
    ],
)
def test_entities_and_document_types_are_refused(part):
    assert refusal(part.encode()) == DECLARES


@pytest.mark.parametrize("part", [b"", b"<a>", b"<a></b>", b"no XML", b"<a>&b;</a>", b"<a \xff/>"])
def test_what_is_no_xml_is_damaged(part):
    assert refusal(part) == NOT_SO


@pytest.mark.parametrize("error", [ValueError, KeyError, IndexError, OverflowError])
def test_what_its_reader_cannot_make_sense_of_is_damaged(error):
    class Failing(Noted):
        def begin(self, name, given):
            raise error(name)

    assert refusal(b"<a/>", Failing()) == NOT_SO


def test_more_elements_than_any_sheet_has_are_not_read_to_their_end(monkeypatch):
    monkeypatch.setattr(markup, "MAX_ELEMENTS", 10_000)
    read(b"<a>" + b"<b/>" * 9_999 + b"</a>")
    told = refusal(b"<a>" + b"<b/>" * 10_000 + b"</a>")
    assert told == "the part a.xml of the file has more than 10,000 elements."
