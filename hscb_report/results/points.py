"""What a report says first: the points of its pages, its key figures, how inspectors judged it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MAIN, WELL, NOT_WELL, NEXT = "main", "well", "not_well", "next"
TITLE, LEAD, IN_SHORT, MISSING_HERE = "title", "lead", "in_short", "missing"
KEY_FIGURES = "key-figures"
"""The label of the table of key figures."""
MOST_KEY_FIGURES = 10
OUTCOMES = (
    (WELL, "What went well", "done"),
    (NOT_WELL, "What did not go well", "late"),
    (NEXT, "What must be done next", "board"),
)
"""The three lists that stand side by side, each with its heading and the colour above it."""
_PIECE = re.compile(r"(\*\*|\{\{[^{}]*\}\})")


@dataclass(frozen=True)
class Piece:
    """A part of a sentence: words as they are, or a name in the place of its value."""

    text: str
    is_name: bool = False
    is_strong: bool = False


@dataclass(frozen=True)
class ShownPoint:
    """A sentence that a page says before all others, as it was written; `link` names a page."""

    sentence: str
    detail: str = ""
    link: str = ""


@dataclass(frozen=True)
class Verdict:
    """What an inspection said of the Board as a whole."""

    title: str
    judgement: str


@dataclass(frozen=True)
class Points:
    """What a year says first: the sentences of each page by their list, and the judgements.

    Of the judgements the latest comes first.
    """

    of_pages: Mapping[str, Mapping[str, tuple[ShownPoint, ...]]] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()

    def of(self, page: str, name: str) -> tuple[ShownPoint, ...]:
        """Return the sentences of a list of a page."""
        return self.of_pages.get(page, {}).get(name, ())

    def title(self, page: str) -> str:
        """Return the sentence at the head of a page, "" where it has none."""
        return next((point.sentence for point in self.of(page, TITLE)), "")


def pieces(sentence: str) -> Iterator[Piece]:
    """Yield the parts of a sentence: `**` turns bold on and off, `{{ name }}` stands for a value.

    Nothing else in it is markup.
    """
    is_strong = False
    for part in _PIECE.split(sentence):
        if part == "**":
            is_strong = not is_strong
        elif part.startswith("{{"):
            yield Piece(" ".join(part[2:-2].split()), is_name=True, is_strong=is_strong)
        elif part:
            yield Piece(part, is_strong=is_strong)


def told(sentence: str, values: Mapping[str, str]) -> tuple[Piece, ...]:
    """Return a sentence with the values of its names, its first letter a capital."""
    said = [
        Piece(values.get(p.text, p.text) if p.is_name else p.text, is_strong=p.is_strong)
        for p in pieces(sentence)
    ]
    if said:
        first = said[0]
        said[0] = Piece(first.text[:1].upper() + first.text[1:], is_strong=first.is_strong)
    return tuple(said)


def plain(sentence: str, values: Mapping[str, str]) -> str:
    """Return a sentence as text alone."""
    return "".join(piece.text for piece in told(sentence, values))
