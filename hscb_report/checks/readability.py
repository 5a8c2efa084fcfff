"""How a page reads: how long its sentences are, and words that only those who made it know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hscb_report.checks.markdown import blanked, book_parser
from hscb_report.checks.pages import Document
from hscb_report.checks.prose import Passage, filled_in, finding_in
from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding
from hscb_report.wording import shortened

SHORT = Rule("P11", "Sentences of a page are of at most 25 words on the average", "warning")
PLAIN = Rule("P12", "Pages outside the evidence have no words of the workshop", "warning")
RULES = (SHORT, PLAIN)
MOST_WORDS = 25
_MOST_SOURCES = 2
"""How often a page may speak of "the source" before it is about that and not about the year."""
_STOP = re.compile(r"(?<![Ii]\.e\.)(?<!e\.g\.)(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z£\d])")
_WORD = re.compile(r"\S*\w\S*")
_WORKSHOP = re.compile(
    r"\b(?i:retold|retells?|retelling)\b|\b(?P<code>[A-Z]\d{1,2})\b"
    r"|\b[\w-]+\.(?:csv|toml|ipynb|py)\b|\b[a-z]+(?:_[a-z]+)+\b"
)
_NUMBER_OF = re.compile(r"\{numref\}`[^`]*`")
_SIGNS = re.compile(r"[\[\]*]|\s+(?=[.,;:!?])")
_SOURCE = re.compile(r"\b[Tt]he source\b")
_ROOM = 60


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage: its line, its text as a reader has it, how many words it has."""

    passage: Passage
    line: int
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(_WORD.findall(self.text))


@dataclass(frozen=True)
class Reading:
    """The sentences of a page."""

    address: str
    sentences: tuple[Sentence, ...]

    @property
    def average(self) -> float:
        """How many words a sentence has on the average; 0 on a page without any."""
        return sum(s.words for s in self.sentences) / max(len(self.sentences), 1)

    @property
    def worst(self) -> Sentence:
        """The longest sentence."""
        return max(self.sentences, key=lambda sentence: sentence.words)


def readings(documents: Iterable[Document], values: Mapping[str, str]) -> list[Reading]:
    """Return how each page reads, the one with the longest sentences first.

    Headings, tables and what directives show are no sentences; an item of a list is one, at least.
    `values` stand in the place of names.
    """
    found = [
        Reading(
            document.address,
            tuple(s for passage in document.passages for s in sentences_of(passage, values)),
        )
        for document in documents
    ]
    return sorted((r for r in found if r.sentences), key=lambda reading: -reading.average)


def sentences_of(passage: Passage, values: Mapping[str, str]) -> Iterator[Sentence]:
    """Yield the sentences of a passage."""
    for line, content in _paragraphs(filled_in(passage.text, values)):
        told = blanked(_NUMBER_OF.sub("Table 1", content))
        start = 0
        for end in (*(match.end() for match in _STOP.finditer(told)), len(told)):
            text = _SIGNS.sub("", " ".join(told[start:end].split()))
            if _WORD.search(text):
                first = len(told[start:]) - len(told[start:].lstrip())
                yield Sentence(passage, line + told.count("\n", 0, start + first), text)
            start = end


@lru_cache(maxsize=4096)
def _paragraphs(text: str) -> tuple[tuple[int, str], ...]:
    """Return the paragraphs of a text with their lines, those within directives too."""
    return tuple(_paragraphs_from(text, 1))


def _paragraphs_from(text: str, first: int) -> Iterator[tuple[int, str]]:
    tokens = book_parser().parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        line = first + (token.map[0] if token.map else 0)
        if token.type == "inline" and before is not None and before.type == "paragraph_open":
            yield line, token.content
        elif token.type in ("fence", "colon_fence") and token.info.lstrip().startswith("{"):
            yield from _paragraphs_from(token.content, line + 1)


def long_winded(
    documents: Iterable[Document], own: Collection[str], values: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield a warning for each page whose own texts have sentences too long on the average.

    `own` are the files of the year; it stands at the longest sentence.
    """
    for document in documents:
        texts = [passage for passage in document.passages if passage.file in own]
        for reading in readings([Document(document.address, tuple(texts))], values):
            if reading.average > MOST_WORDS:
                yield _long_winded(reading)


def _long_winded(reading: Reading) -> Finding:
    worst, average = reading.worst, round(reading.average)
    what = f"the page's sentences have {average} words on the average; this one has {worst.words}."
    hint = f"Say it in several sentences: {MOST_WORDS} words on the average are enough."
    found = shortened(worst.text, _ROOM)
    return finding_in(SHORT.code, SHORT.severity, worst.passage, worst.line, found, what, hint)


def of_the_workshop(passages: Sequence[Passage], codes: Collection[str]) -> Iterator[Finding]:
    """Yield a warning for each word in the passages of a page that only its makers know.

    `codes` are those of the rules: A4 and M25 are none.
    """
    sources = 0
    for passage in passages:
        text = blanked(passage.text)
        for match in _WORKSHOP.finditer(text):
            if match["code"] and match["code"] not in codes:
                continue
            what = "a word of those who made the report, not of its readers."
            hint = "Say it in words of the field, or move it to the evidence."
            yield _at(passage, match, what, hint)
        for match in _SOURCE.finditer(text):
            sources += 1
            if sources == _MOST_SOURCES + 1:
                what = f"this page speaks of it more than {_MOST_SOURCES} times."
                hint = "Say once, in a note, what the source lacks; then tell the year."
                yield _at(passage, match, what, hint)


def _at(passage: Passage, match: re.Match[str], what: str, hint: str) -> Finding:
    line = passage.line(match.start())
    return finding_in(PLAIN.code, PLAIN.severity, passage, line, match[0], what, hint)
