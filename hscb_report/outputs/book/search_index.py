"""The index of the book's own search: what stands on each page, section by section, as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from docutils import nodes

_NOT_SAID = {"tools", "toc", "kicker", "vh"}
_SHORT = re.compile(r"((?:[\w'’]+[ -]){1,9})\(([A-Z][A-Za-z]*[A-Z])s?\)")
_SMALL = {"of", "the", "and", "for", "in", "to", "on", "a"}


@dataclass(frozen=True)
class IndexedPage:
    """A page as the search knows it: its sections are anchor, heading and text.

    Its kind is "chapter", "evidence" or "other".
    """

    address: str
    title: str
    part: str
    kind: str
    sections: tuple[tuple[str, str, str], ...]


def sections_of(document: nodes.document) -> tuple[tuple[str, str, str], ...]:
    """Return each section of a page: its anchor, its heading and what it says itself."""
    return tuple(
        (section["ids"][0], *_heading_and_text(section))
        for section in document.findall(nodes.section)
        if section["ids"] and section.children
    )


def _heading_and_text(section: nodes.section) -> tuple[str, str]:
    """Return the heading of a section, which a line may stand above, and the rest."""
    titles = [child for child in section.children if isinstance(child, nodes.title)]
    return _said(titles), _said(child for child in section.children if child not in titles)


def index_script(pages: Iterable[IndexedPage], abbreviations: dict[str, str]) -> str:
    """Return the index as a script: a page that was opened as a file may not fetch one."""
    index = {"pages": [asdict(page) for page in pages], "abbreviations": abbreviations}
    # No text of the data can end the script, whatever page it is put into.
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.searchIndex = {text};\n"


def abbreviations_of(document: nodes.document) -> Iterator[tuple[str, str]]:
    """Yield what a page says that an abbreviation is short for.

    It may be marked as one, or stand in brackets after the words whose initials it is.
    """
    for node in document.findall(nodes.abbreviation):
        if node.get("explanation"):
            yield node.astext(), node["explanation"]
    for words, short in _SHORT.findall(document.astext()):
        if full := _full_name(words.split(), short):
            yield short, full


def _full_name(words: list[str], short: str) -> str:
    """Return the last of the words whose initials make the abbreviation, "" if none do."""
    for first in range(len(words)):
        parts = [part for word in words[first:] for part in word.split("-")]
        letters = [part[0].upper() for part in parts if part and part not in _SMALL]
        if "".join(letters) == short.upper() and words[first] not in _SMALL:
            return " ".join(words[first:])
    return ""


def _said(children: Iterable[nodes.Node]) -> str:
    parts = (_text(child) for child in children if not isinstance(child, nodes.section))
    return " ".join(" ".join(parts).split())


def _text(node: nodes.Node) -> str:
    """Return what a node says to a reader: no drawings, no links to other forms of it."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, nodes.raw | nodes.comment | nodes.image | nodes.section):
        return ""
    assert isinstance(node, nodes.Element)
    if _NOT_SAID & set(node["classes"]):
        return ""
    said = "".join(_text(child) for child in node.children)
    if isinstance(node, nodes.entry):
        return f"{said.strip()}, "
    if isinstance(node, nodes.row):
        return f"{said.removesuffix(', ')}. "
    is_block = not isinstance(node, nodes.Inline | nodes.reference)
    return f"{said} " if is_block else said
