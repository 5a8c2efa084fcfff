"""An outline: what is published as sections and lists, whose headings and text are data.

It is plain data of a few kinds of block; a directive of the book turns it into document nodes, so
that its text is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraphs:
    """Paragraphs of text."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """A list of items."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A term with what belongs to it: paragraphs of text, or a fact by its name in prose."""

    term: str
    paragraphs: tuple[str, ...] = ()
    fact: str = ""


@dataclass(frozen=True)
class Terms:
    """A list of terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Shown:
    """A published table, by its label."""

    exhibit: str


@dataclass(frozen=True)
class Tagged:
    """The sections and remarks that carry the tag of an area of the improvement journey."""

    tagged: str


Block = Paragraphs | Items | Terms | Shown | Tagged


@dataclass(frozen=True)
class Section:
    """A section with its heading, its blocks, and the sections inside it.

    One without a title is what stands before the first heading: blocks alone.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


Outline = tuple[Section, ...]


def texts(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the texts of sections: headings, terms, items and paragraphs."""
    for section in sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, Paragraphs):
                yield from block.paragraphs
            elif isinstance(block, Items):
                yield from block.items
            elif isinstance(block, Terms):
                yield from (text for term in block.terms for text in (term.term, *term.paragraphs))
        yield from texts(section.sections)


@dataclass(frozen=True)
class Callout:
    """A highlighted remark, with the areas of the improvement journey that it belongs to."""

    name: str
    areas: tuple[str, ...]
    titles: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class TaggedSection:
    """A section of a page that carries the tags of areas of the improvement journey."""

    page: str
    section: str
    areas: tuple[str, ...]
