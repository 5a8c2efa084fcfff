"""Abbreviations and terms: what the report uses of them, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from hscb_report.checks.abbreviations import abbreviations_in
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.schema import Place, Tables
from hscb_report.schema.reference import (
    Abbreviation,
    GlossaryTerm,
    UsualAbbreviation,
    UsualGlossaryTerm,
)
from hscb_report.schema.settings import BoardSettings

TERMS = ("abbreviations", "glossary")
"""The labels of the two tables."""


def abbreviations_in_force(
    tables: Tables, board: BoardSettings | None
) -> Mapping[str, Abbreviation]:
    """Return the abbreviations that are known: the Board's own ones stand before the usual ones.

    One of them is the Board's short name, if it is one: readers of its report know it.
    """
    usual: Iterable[Abbreviation] = tables[UsualAbbreviation]
    found = {row.short: row for row in usual}
    if board and [short for _, short in abbreviations_in(board.short_name)] == [board.short_name]:
        found[board.short_name] = Abbreviation(
            place=Place("board.toml", 1), short=board.short_name, full=board.name, is_familiar="yes"
        )
    return found | {row.short: row for row in tables[Abbreviation]}


def terms_exhibits(
    tables: Tables, known: Iterable[Abbreviation], texts: Collection[str]
) -> Iterator[Exhibit]:
    """Yield the abbreviations and the terms that texts use, each with what it means."""
    used = {short for text in texts for _, short in abbreviations_in(text)}
    shorts = sorted((row for row in known if row.short in used), key=lambda row: row.short.lower())
    yield exhibit(
        TERMS[0],
        "Abbreviations that this report uses",
        (Column("Abbreviation"), Column("In full")),
        [(row.short, row.full) for row in shorts],
    )
    usual: Iterable[GlossaryTerm] = tables[UsualGlossaryTerm]
    terms = {row.term.lower(): row for row in usual}
    terms |= {row.term.lower(): row for row in tables[GlossaryTerm]}
    words = " ".join(" ".join(texts).lower().split())
    yield exhibit(
        TERMS[1],
        "Terms that this report uses",
        (Column("Term"), Column("What it means")),
        [(row.term, row.meaning) for _, row in sorted(terms.items()) if _is_used(row.term, words)],
    )


def _is_used(term: str, words: str) -> bool:
    """Whether a term, in singular or plural, stands in words in small letters."""
    stem = re.escape(term.lower()).replace(r"child", r"child(?:ren)?")
    plural = rf"(?:{stem[:-1]}ies|{stem}s?)" if term.endswith("y") else rf"{stem}(?:e?s)?"
    return re.search(rf"(?<!\w){plural}(?!\w)", words) is not None
