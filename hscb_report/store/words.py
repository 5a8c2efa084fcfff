"""The words of the vocabularies that a board chooses: its own where it has any, else the usual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hscb_report.findings import Finding
from hscb_report.schema.reference import Word
from hscb_report.schema.vocabularies import CHOSEN, JOURNEY_AREA, Vocabulary
from hscb_report.wording import quoted, suggestion

_ADDED_TO = {name for name, vocabulary in CHOSEN.items() if vocabulary.is_added_to}
_WHOLE = "whole"
"""The meaning that a code must have wherever calculations know it: without it there is no total."""


def words_in_force(usual: Iterable[Word], own: Sequence[Word]) -> dict[str, Vocabulary]:
    """Return every vocabulary that a board chooses, with its words: its own, or else the usual.

    Of one that is added to, the usual words that have no code of the board's own come first.
    """
    chosen = {row.vocabulary for row in own} - _ADDED_TO
    named = {(row.vocabulary, row.code) for row in own}
    kept = (row for row in usual if row.vocabulary not in chosen)
    rows = [*(row for row in kept if (row.vocabulary, row.code) not in named), *own]
    return {name: _with_words(vocabulary, rows) for name, vocabulary in CHOSEN.items()}


def strange_words(own: Sequence[Word], in_force: Mapping[str, Vocabulary]) -> Iterator[Finding]:
    """Yield what is wrong with a board's own words; once for each cause."""
    for row in own:
        vocabulary = in_force.get(row.vocabulary)
        if vocabulary is None:
            hint = suggestion(row.vocabulary, in_force)
            yield _finding(row, "vocabulary", row.vocabulary, "there is no such vocabulary.", hint)
            continue
        if what := _strange_code(row):
            yield _finding(row, "code", row.code, what, "Choose another code.")
        for word in row.means or ():
            if word not in vocabulary.meanings:
                what = f"calculations know no such word in {row.vocabulary}."
                hint = suggestion(word, vocabulary.meanings)
                yield _finding(row, "means", word, what, hint)
        parents = in_force.get(vocabulary.parent, ())
        if (row.of or "") not in (parents or {""}):
            what = f"expected a code of {vocabulary.parent}." if parents else "belongs to no other."
            hint = suggestion(row.of or "", parents) if parents else "Leave the cell empty."
            yield _finding(row, "of", row.of, what, hint)
    yield from _printed_alike(own)
    yield from _printed_as_usual(own, in_force)
    for name in dict.fromkeys(row.vocabulary for row in own if row.vocabulary in in_force):
        whole = in_force[name].meaning(_WHOLE)
        if _WHOLE in in_force[name].meanings and len(whole) != 1:
            first = next(row for row in own if row.vocabulary == name)
            meant = f'"{_WHOLE}" ({CHOSEN[name].meanings[_WHOLE]})'
            what = f"{len(whole) or 'no'} codes of {name} mean {meant}."
            yield _finding(first, "means", None, what, "Say of one, and only one, that it does.")


_MARKUP = re.compile(r"[`{}.]")
_ADDRESS = re.compile(r"[a-z0-9_-]+")


def _strange_code(row: Word) -> str:
    """Return why a code cannot be one, "" if it can."""
    if ";" in row.code:
        return "a semicolon stands between codes, and in none."
    if _MARKUP.search(row.code):
        return "it is part of the names of numbers: no point, no backtick and no brace."
    if row.vocabulary == JOURNEY_AREA.name and not _ADDRESS.fullmatch(row.code):
        return "it is the address of a page, which holds a-z, 0-9, _ and - alone."
    return ""


def _printed_alike(own: Iterable[Word]) -> Iterator[Finding]:
    """Yield each word that a reader could not tell from another of what it belongs to."""
    seen: dict[tuple[str, str | None, str], Word] = {}
    for row in own:
        first = seen.setdefault((row.vocabulary, row.of, row.label), row)
        if first is not row:
            what = f"printed as {quoted(first.code)} is (row {first.place.row})."
            yield _finding(row, "label", row.label, what, "Give one of them another label.")


def _printed_as_usual(own: Sequence[Word], in_force: Mapping[str, Vocabulary]) -> Iterator[Finding]:
    """Yield each added word that a reader could not tell from a usual one of what it belongs to."""
    named = {(row.vocabulary, row.code) for row in own}
    for row in own:
        beside = in_force.get(row.vocabulary)
        for code in beside or ():
            is_usual = (row.vocabulary, code) not in named
            if beside and is_usual and (beside[code], beside.of.get(code)) == (row.label, row.of):
                what = f"printed as the usual {quoted(code)} is."
                hint = f"Give it another label, or the code {quoted(code)} to replace that one."
                yield _finding(row, "label", row.label, what, hint)


def _with_words(vocabulary: Vocabulary, rows: Iterable[Word]) -> Vocabulary:
    own = [row for row in rows if row.vocabulary == vocabulary.name]
    return Vocabulary(
        vocabulary.name,
        {row.code: row.label for row in own},
        vocabulary.meanings,
        vocabulary.parent,
        is_added_to=vocabulary.is_added_to,
        means={row.code: frozenset(row.means) for row in own if row.means},
        of={row.code: row.of for row in own if row.of},
    )


def _finding(row: Word, column: str, found: str | None, message: str, hint: str) -> Finding:
    return Finding("L9", "error", row.place.file, message, hint, row.place.row, column, found)
