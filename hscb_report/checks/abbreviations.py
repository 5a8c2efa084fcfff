"""Abbreviations: which a text uses, and which of them nobody explains."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from hscb_report.checks.markdown import NAME, blanked
from hscb_report.checks.prose import Passage, finding_in
from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding

EXPLAINED = Rule("P10", "Every abbreviation in the prose is explained", "warning")
_WORD = re.compile(r"(?<![\w&/.-])[A-Z](?:[A-Za-z&]*[A-Z])(?:s(?![A-Za-z]))?(?![\w&])")
_ROMAN = re.compile(r"[IVX]+")
_MOST_SMALL = 1
"""Small letters that an abbreviation may have between its capitals: DfE, but not McDonald."""
HINT = "Add it to reference/abbreviations.csv (short,full), or write it in full."


def abbreviations_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield each abbreviation of a text with its place; of several, "SCRs", without the s."""
    for match in _WORD.finditer(text):
        short = match[0].removesuffix("s")
        small = sum(letter.islower() for letter in short)
        if small <= _MOST_SMALL and not _ROMAN.fullmatch(short):
            yield match.start(), short


def unexplained(passages: Iterable[Passage], known: Collection[str]) -> Iterator[Finding]:
    """Yield a warning for the first use of each abbreviation that is not `known`."""
    told: set[str] = set()
    for passage in passages:
        text = blanked(NAME.sub(lambda match: " " * len(match[0]), passage.text))
        for place, short in abbreviations_in(text):
            if short not in known and short not in told:
                told.add(short)
                what, line = "no list says what it is short for.", passage.line(place)
                rule = EXPLAINED
                yield finding_in(rule.code, rule.severity, passage, line, short, what, HINT)
