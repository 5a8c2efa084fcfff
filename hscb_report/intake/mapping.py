"""How spreadsheets of others are read: kinds of sheet, their headings and words, and ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hscb_report.schema.intake import ANY_OTHER, LEFT_OUT, TAKEN, Mapped
from hscb_report.spreadsheets.grid import Sheet, column_letters

_HEADINGS_WITHIN = 30
_HIGHEST = 4
"""The rows among which headings are looked for, and how many of them a heading may fill."""
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}(?:[-/](?:20)?[0-9]{2})?\b")
_REPORTING_YEAR = re.compile(r"\b((?:19|20)[0-9]{2})[-/](?:20)?([0-9]{2})\b")
BETWEEN = " / "
"""Between the parts of a heading that stands in several rows, one above the other."""
NO_NAME = "column "
"""How a column without a heading is named, with its letter."""


@dataclass(frozen=True)
class Word:
    """What a word of theirs is for us, and what it says besides; it may be left out."""

    ours: str
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column of theirs: ours, what it says besides, and what the words in it mean."""

    heading: str
    ours: str
    also: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Word] = field(default_factory=dict)

    @property
    def tells_rows_apart(self) -> bool:
        """Whether its words decide which rows are taken: not where each of them is, as it stands.

        A proposal lists the few words of a column of remarks so, and most rows have none.
        """
        is_listed = all(word.ours == TAKEN and not word.also for word in self.words.values())
        return bool(self.words) and not (self.ours == LEFT_OUT and is_listed)


@dataclass(frozen=True)
class Kind:
    """How sheets of one kind are read; `row` is the row of the mapping's file that says of it."""

    name: str
    sheet: str
    table: str
    columns: tuple[Column, ...]
    also: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""
    confirmed: str = ""
    row: int = 0

    @property
    def taken(self) -> tuple[Column, ...]:
        """The columns that are taken over, or whose words decide what is."""
        return tuple(column for column in self.columns if column.ours != LEFT_OUT or column.words)


@dataclass(frozen=True)
class Headed:
    """The headings of a sheet: by their columns, and the first row below them."""

    names: Mapping[int, str]
    body: int


def kinds_of(rows: Iterable[Mapped]) -> list[Kind]:
    """Return the kinds of sheet that a mapping's rows tell of, in the order of the file."""
    kinds = []
    for name, group in groupby(sorted(rows, key=lambda row: row.mapping), lambda r: r.mapping):
        own = list(group)
        words: dict[str, dict[str, Word]] = {}
        for row in own:
            if row.part == "word":
                word = Word(row.ours, assigned(row.also))
                words.setdefault(spelt(row.heading or ""), {})[spelt(row.theirs)] = word
        columns = tuple(
            Column(row.theirs, row.ours, assigned(row.also), words.get(spelt(row.theirs), {}))
            for row in own
            if row.part == "column"
        )
        kinds += [
            Kind(
                name,
                row.theirs,
                row.ours,
                columns,
                assigned(row.also),
                row.sender or "",
                row.confirmed or "",
                row.place.row,
            )
            for row in own
            if row.part == "sheet"
        ]
    return kinds


def assigned(also: str | None) -> dict[str, str]:
    """Return what "measure=referrals; period=2017-18" says, by column."""
    parts = (part.partition("=") for part in (also or "").split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in parts}


def headed(sheet: Sheet, wanted: Iterable[str]) -> Headed | None:
    """Return where a sheet has all of these headings, in as few rows as can be; None if nowhere.

    If it has them only with other years in them, as the next year's file does, they are named as
    they are wanted.
    """
    names = list(wanted)
    places = [
        (first, height, headings_at(sheet, first, height))
        for height in range(1, _HIGHEST + 1)
        for first in range(1, min(len(sheet.rows), _HEADINGS_WITHIN) + 1)
    ]
    for compared in (spelt, _whatever_year):
        meant = {compared(name): name for name in names}
        for first, height, found in places:
            named_so = [compared(name) for name in found.values()]
            is_clear = compared is spelt or (
                len(meant) == len(names) and all(named_so.count(name) == 1 for name in meant)
            )
            if meant and meant.keys() <= {*named_so} and is_clear:
                named = {n: meant.get(compared(name), name) for n, name in found.items()}
                return Headed(named, first + height)
    return None


def headings_at(sheet: Sheet, first: int, height: int) -> dict[int, str]:
    """Return the heading of each column, put together from rows one above the other.

    What is merged heads every column that it reaches over.
    """
    width = max((len(row) for row in sheet.rows), default=0)
    names: dict[int, str] = {}
    for number in range(1, width + 1):
        parts = [_seen(sheet, row, number) for row in range(first, first + height)]
        told = BETWEEN.join(dict.fromkeys(filter(None, parts)))
        names[number] = told or f"{NO_NAME}{column_letters(number)}"
    return names


def kinds_beside(sheet: Sheet, names: Iterable[str], kinds: Sequence[Kind]) -> list[Kind]:
    """Return the kinds that a sheet of a file may be of: not one whose own sheet is another there.

    `names` are those of all sheets of the file.
    """
    others = {name.casefold() for name in names} - {sheet.name.casefold()}
    return [kind for kind in kinds if kind.sheet.casefold() not in others]


def kind_for(sheet: Sheet, kinds: Sequence[Kind]) -> tuple[Kind, Headed] | list[Kind] | None:
    """Return the kind of a sheet and its headings; several kinds if it could be any of them.

    Its headings decide. Where they are those of several, the name of the sheet does, then whether
    the words below them are known, then which headings there are besides.
    """
    found = [
        (kind, place)
        for kind in kinds
        if (place := headed(sheet, [column.heading for column in kind.taken]))
    ]
    named = [pair for pair in found if pair[0].sheet.casefold() == sheet.name.casefold()]
    found = named or found
    found = [pair for pair in found if _knows_words(sheet, *pair)] or found
    likeness = [_shared(*pair) for pair in found]
    found = [p for p, shared in zip(found, likeness, strict=True) if shared == max(likeness)]
    if len(found) > 1:
        return [kind for kind, _ in found]
    return found[0] if found else None


def _knows_words(sheet: Sheet, kind: Kind, place: Headed) -> bool:
    """Whether every word of the columns whose words are all named is one of them."""
    at = {spelt(name): number for number, name in place.names.items()}
    return all(
        spelt(text) in column.words
        for column in kind.taken
        if column.words and ANY_OTHER not in column.words
        for row in range(place.body, len(sheet.rows) + 1)
        if (text := sheet.cell(row, at[spelt(column.heading)]).text)
    )


def _shared(kind: Kind, place: Headed) -> int:
    """Return how many headings a kind and a sheet share, less those that only one of them has."""
    there = {spelt(name) for name in place.names.values() if not name.startswith(NO_NAME)}
    own = {spelt(c.heading) for c in kind.columns if not c.heading.startswith(NO_NAME)}
    return len(there & own) - len(there ^ own)


def year_above(sheet: Sheet, body: int) -> str | None:
    """Return the last reporting year that stands above the rows of values, None for none."""
    above = (cell.text for row in sheet.rows[: body - 1] for cell in row)
    years = [match for text in above for match in _REPORTING_YEAR.finditer(text)]
    return f"{years[-1][1]}-{years[-1][2]}" if years else None


def _seen(sheet: Sheet, row: int, column: int) -> str:
    """Return what a reader sees in a cell: of merged ones, what stands in the first."""
    if text := sheet.cell(row, column).text:
        return " ".join(text.split())
    for span in sheet.merged:
        in_rows = span.first_row <= row <= span.last_row
        if in_rows and span.first_column <= column <= span.last_column:
            return " ".join(sheet.cell(span.first_row, span.first_column).text.split())
    return ""


def _whatever_year(text: str) -> str:
    return _YEAR.sub("YEAR", spelt(text))


def spelt(text: str) -> str:
    """Return text as it is compared: whatever its capitals and spaces."""
    return " ".join(text.split()).casefold()
