"""The XML of a received file, element by element; what could harm its reader is refused.

Nothing is kept of it but what a handler keeps, so its size is no matter. Names of elements and
attributes come without their prefix, for programs choose them as they like.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from hscb_report.spreadsheets.package import Package, damaged
from hscb_report.spreadsheets.refusal import RefusedError

MAX_ELEMENTS = 10_000_000
"""The most elements of a part."""


class Elements(ContentHandler):
    """What is done with each element, and with the text in it; a subclass says what."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        """Take the beginning of an element, and its attributes."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take a piece of text."""

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]  # noqa: D102, N802
        self.count += 1
        given = {_local(key): value for key, value in attrs.items()} if attrs else {}
        self.begin(_local(name), given)

    def endElement(self, name: str) -> None:  # noqa: D102, N802
        self.end(_local(name))

    def characters(self, content: str) -> None:  # noqa: D102
        self.text(content)


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def read_part(package: Package, part: str, elements: Elements) -> None:
    """Have the elements of a part taken.

    Raises RefusedError for what is damaged, declares a document type or entities, or has more
    elements than any sheet.
    """
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(elements)
    try:
        for piece in package.pieces(part):
            parser.feed(piece)
            if elements.count > MAX_ELEMENTS:
                what = f"the part {part} of the file has more than {MAX_ELEMENTS:,} elements."
                hint = "Copy the sheets that matter into a new workbook, values alone."
                raise RefusedError(what, hint)
        parser.close()
    except DefusedXmlException:
        what = f"the part {part} of the file declares entities or a document type."
        hint = "No spreadsheet program writes that: ask its sender where the file is from."
        raise RefusedError(what, hint) from None
    except (SAXException, ValueError, LookupError, ArithmeticError):
        raise _not_as_it_should_be(part) from None
    if not elements.count:
        raise _not_as_it_should_be(part)


def _not_as_it_should_be(part: str) -> RefusedError:
    return damaged(f"its part {part} is not as its format has it")
