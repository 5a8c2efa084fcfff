"""Spreadsheets of others, read as a mapping says: their sheets, headings and words, and ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hscb_report.intake.cells import CellError, as_written
from hscb_report.intake.proposed import Origin, Proposals, Proposed, Sender
from hscb_report.schema import TableSchema
from hscb_report.schema.intake import ANY_OTHER, IN_TITLE, LEFT_OUT, TAKEN, Mapped
from hscb_report.schema.slips import NUMBERS
from hscb_report.schema.tables import ColumnInfo
from hscb_report.spreadsheets.grid import Cell, Sheet, Span, column_letters
from hscb_report.wording import few_of, quoted, suggestion

_SHOW = "Show it in its program and look at it; or take it out."
_HEADINGS_WITHIN = 30
_HIGHEST = 4
"""The rows among which headings are looked for, and how many of them a heading may fill."""
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}(?:[-/](?:20)?[0-9]{2})?\b")
_REPORTING_YEAR = re.compile(r"\b((?:19|20)[0-9]{2})[-/](?:20)?([0-9]{2})\b")
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_SLASHED_YEAR = re.compile(r"((?:19|20)\d\d)\s*/\s*(\d\d)")
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
                words.setdefault(_spelt(row.heading or ""), {})[_spelt(row.theirs)] = word
        columns = tuple(
            Column(row.theirs, row.ours, assigned(row.also), words.get(_spelt(row.theirs), {}))
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
    for compared in (_spelt, _whatever_year):
        meant = {compared(name): name for name in names}
        for first, height, found in places:
            spelt = [compared(name) for name in found.values()]
            is_clear = compared is _spelt or (
                len(meant) == len(names) and all(spelt.count(name) == 1 for name in meant)
            )
            if meant and meant.keys() <= {*spelt} and is_clear:
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
    at = {_spelt(name): number for number, name in place.names.items()}
    return all(
        _spelt(text) in column.words
        for column in kind.taken
        if column.words and ANY_OTHER not in column.words
        for row in range(place.body, len(sheet.rows) + 1)
        if (text := sheet.cell(row, at[_spelt(column.heading)]).text)
    )


def _shared(kind: Kind, place: Headed) -> int:
    """Return how many headings a kind and a sheet share, less those that only one of them has."""
    there = {_spelt(name) for name in place.names.values() if not name.startswith(NO_NAME)}
    own = {_spelt(c.heading) for c in kind.columns if not c.heading.startswith(NO_NAME)}
    return len(there & own) - len(there ^ own)


def read_mapped(
    sheet: Sheet,
    kind: Kind,
    place: Headed,
    file: str,
    schemas: Mapping[str, TableSchema],
    names: Mapping[str, Mapping[str, str]],
    sender: Sender,
    shares: Container[str] = (),
) -> Proposals:
    """Return what a sheet says by its mapping; what is wrong with it is among its findings.

    `names` are, by the `table.column` that cells refer to, the codes by their names in words;
    `shares` the measures that are in percent.
    """
    made = Proposals(
        kind.table,
        file,
        sheet.name,
        sender,
        mapping=kind.name,
        is_confirmed=bool(kind.confirmed),
    )
    if kind.table not in schemas:
        hint = f"{suggestion(kind.table, schemas)} Correct reference/mappings.csv, row {kind.row}."
        made.report("the mapping names a table that there is not.", hint, found=kind.table)
        return made
    known = {column.name: column for column in schemas[kind.table].columns}
    if not _is_sound(made, kind, known):
        return made
    _Reader(sheet, kind, place, known, names, made, shares).read()
    return made


def _is_sound(made: Proposals, kind: Kind, known: Mapping[str, ColumnInfo]) -> bool:
    """Report columns that the mapping names and the table does not have; return whether none."""
    before = len(made.findings)
    named = [column.ours for column in kind.columns if column.ours != LEFT_OUT]
    for also in (kind.also, *(column.also for column in kind.columns)):
        named += also
    named += [name for c in kind.columns for word in c.words.values() for name in word.also]
    for name in dict.fromkeys(named):
        if name not in known:
            hint = f"{suggestion(name, known)} Correct the mapping {kind.name}."
            what = f"the mapping names a column that {kind.table} does not have."
            made.report(what, hint, found=name)
    return len(made.findings) == before


@dataclass
class _Reader:
    """The reading of one sheet."""

    sheet: Sheet
    kind: Kind
    place: Headed
    known: Mapping[str, ColumnInfo]
    names: Mapping[str, Mapping[str, str]]
    made: Proposals
    shares: Container[str]
    unknown: set[tuple[str, str]] = field(default_factory=set)
    covered: dict[tuple[int, int], Span] = field(default_factory=dict)
    torn: set[Span] = field(default_factory=set)
    others: dict[str, dict[str, None]] = field(default_factory=dict)

    def read(self) -> None:
        """Add a row for each that the sheet has: one a row, or one for each column of a value."""
        at = {_spelt(column.heading): self._place_of(column) for column in self.kind.taken}
        self._report_hidden(at.values())
        self.covered = dict(self._merged_away({*at.values()}))
        order = [LEFT_OUT, *self.known]  # a value is read by what its row is of
        taken = sorted(self.kind.taken, key=lambda column: order.index(column.ours))
        columns = [(at[_spelt(column.heading)], column) for column in taken]
        common, values = _of_rows(columns)
        said = self._said_of_all()
        for row in range(self.place.body, len(self.sheet.rows) + 1):
            if not any(not cell.is_empty for cell in self.sheet.rows[row - 1]):
                continue
            cells: dict[str, str] = dict(said)
            places: dict[str, int] = {}
            if not self._takes(row, common, cells, places):
                continue
            if row in self.sheet.hidden_rows:
                self.made.report("the row is hidden.", _SHOW, row)
                continue
            self._add(row, values, cells, places)
        for heading, words in self.others.items():
            told = f"left out below {quoted(heading)}, for they are not named: {few_of(words)}"
            self.made.told.append(told)

    def _place_of(self, column: Column) -> int:
        """Return the column that a heading heads; report it if two do that hold numbers or words.

        One that holds nothing but marks stands under a heading that reaches over two columns.
        """
        wanted = _spelt(column.heading)
        every = [n for n, name in self.place.names.items() if _spelt(name) == wanted]
        filled = [n for n in every if self._holds(n, str.isalnum)]
        is_read = column.ours != LEFT_OUT or column.tells_rows_apart
        if is_read and len(filled) > 1:
            first, other = column_letters(filled[0]), column_letters(filled[1])
            what = f"two columns have this heading: {first} and {other}."
            hint = (
                "Give each a heading of its own, in a copy of the file and in the mapping; or take "
                "one of them out."
            )
            self.made.report(what, hint, self.place.body - 1, first, column.heading)
        return (filled or every)[0]

    def _holds(self, number: int, is_meant: Callable[[str], bool] = bool) -> bool:
        """Whether a column holds anything, of any sign that is meant."""
        rows = range(self.place.body, len(self.sheet.rows) + 1)
        return any(any(map(is_meant, self.sheet.cell(row, number).text)) for row in rows)

    def _report_hidden(self, columns: Iterable[int]) -> None:
        """Report what is hidden and would be taken over unseen; of rows it is told one by one."""
        if self.sheet.is_hidden:
            self.made.report("the sheet is hidden.", _SHOW)
        for number in sorted(self.sheet.hidden_columns & {*columns}):
            if self._holds(number):
                letter = column_letters(number)
                self.made.report("the column is hidden.", _SHOW, column=letter)

    def _merged_away(self, columns: Container[int]) -> Iterator[tuple[tuple[int, int], Span]]:
        """Yield the places of values that are part of a span that begins in a row above."""
        for span in self.sheet.merged:
            if span.first_row < self.place.body:
                continue
            for column in range(span.first_column, span.last_column + 1):
                if column in columns:
                    last = min(span.last_row, len(self.sheet.rows))
                    for row in range(span.first_row + 1, last + 1):
                        yield (row, column), span

    def _is_merged_away(self, row: int, number: int, column: Column) -> bool:
        """Whether a cell is one with others above it; report that, once, if they say anything."""
        span = self.covered.get((row, number))
        if span is None:
            return False
        text = self.sheet.cell(span.first_row, span.first_column).text
        word = column.words.get(_spelt(text)) or column.words.get(ANY_OTHER)
        if span in self.torn:
            return True
        if not text or (word is not None and word.ours == LEFT_OUT and not word.also):
            return False
        self.torn.add(span)
        hint = "Take the merge apart, and enter the value in each row that it is meant for."
        letter = column_letters(span.first_column)
        self.made.report("cells are merged here.", hint, span.first_row, letter)
        return True

    def _said_of_all(self) -> dict[str, str]:
        """Return what all rows say: of a year that stands in the title, the one of this file."""
        said = dict(self.kind.also)
        for name in [name for name, value in said.items() if value == IN_TITLE]:
            if year := year_above(self.sheet, self.place.body):
                said[name] = year
            else:
                what = "no reporting year stands above the headings, where the mapping takes it."
                hint = f"Give it in the mapping {self.kind.name}, in the column also of its sheet."
                self.made.report(what, hint, column=name)
        return said

    def _add(
        self,
        row: int,
        values: Sequence[Sequence[tuple[int, Column]]],
        cells: Mapping[str, str],
        places: Mapping[str, int],
    ) -> None:
        origin = Origin(self.made.file, self.sheet.name, row, places)
        if not values:
            self.made.rows.append(Proposed(self.kind.table, dict(cells), origin))
        for group in values:
            own, where = dict(cells), dict(places)
            filled = [(n, column) for n, column in group if not self.sheet.cell(row, n).is_empty]
            for number, column in group:
                if (number, column) not in filled:
                    self._is_merged_away(row, number, column)
            if not filled or not self._takes(row, filled, own, where):
                continue
            at = Origin(self.made.file, self.sheet.name, row, where)
            self.made.rows.append(Proposed(self.kind.table, own, at))

    def _takes(
        self,
        row: int,
        columns: Sequence[tuple[int, Column]],
        cells: dict[str, str],
        places: dict[str, int],
    ) -> bool:
        """Put the cells of some columns into a row of ours; return whether there is one.

        A row that does not say what it is of says nothing.
        """
        for number, column in columns:
            cell = self.sheet.cell(row, number)
            if cell.is_empty:
                if self._is_merged_away(row, number, column):
                    return False
                if column.tells_rows_apart or self._is_needed(column.ours):
                    self.made.leave_out(f"nothing stands below {quoted(column.heading)}")
                    return False
                continue
            text, also = self._meant(row, number, column, {**cells, **column.also})
            if text is None:
                return False
            cells.update(column.also)
            cells.update(also)
            if text and column.ours != LEFT_OUT:
                cells[column.ours] = text
                places[column.ours] = number
        return True

    def _is_needed(self, name: str) -> bool:
        return name != LEFT_OUT and self.known[name].required

    def _meant(
        self, row: int, number: int, column: Column, cells: Mapping[str, str]
    ) -> tuple[str | None, Mapping[str, str]]:
        """Return what a cell is for us, and what it says besides; None if its row is left out."""
        cell = self.sheet.cell(row, number)
        declared = self.known.get(column.ours)
        is_number = declared is not None and declared.kind.name in NUMBERS and _is_number(cell)
        named = column.words.get(_spelt(cell.text))
        word = named or (None if is_number else column.words.get(ANY_OTHER))
        if word is not None:
            if word.ours == LEFT_OUT and not word.also:
                if named is None:
                    self.others.setdefault(column.heading, {})[cell.text] = None
                self.made.leave_out(f"{quoted(column.heading)} is none of those named")
                return None, {}
            return ("" if word.ours == LEFT_OUT else word.ours), word.also
        if declared and (code := self._named(cell.text, declared)):
            return code, {}
        if declared is None or (column.words and not is_number):
            self._report_word(row, number, cell.text, column)
            return None, {}
        try:
            return as_written(_tidied(cell, declared), declared, cells, self.shares), {}
        except CellError as error:
            self.made.report(
                error.message, error.hint, row, column_letters(number), cell.text or None
            )
            return None, {}

    def _report_word(self, row: int, number: int, word: str, column: Column) -> None:
        """Report a word that the mapping does not name: once, wherever else it stands."""
        if (column.heading, word) in self.unknown:
            return
        self.unknown.add((column.heading, word))
        what = f"the mapping {self.kind.name} does not say what this word means."
        hint = (
            f"Add it to reference/mappings.csv (part word, heading {quoted(column.heading)}), with "
            f"our code, or {LEFT_OUT}."
        )
        self.made.report(what, hint, row, column_letters(number), word)

    def _named(self, text: str, column: ColumnInfo) -> str | None:
        """Return the code of what a cell names in words, where codes of another table stand."""
        known = self.names.get(column.kind.references or "", {})
        return known.get(_spelt(text))


def _of_rows(
    columns: Sequence[tuple[int, Column]],
) -> tuple[list[tuple[int, Column]], list[list[tuple[int, Column]]]]:
    """Return the columns that every row of ours has, and those of each row, if there are several.

    Several columns that are the same one of ours give a row each; with it go those that say the
    same besides, such as the number that a share is of.
    """
    ours = [column.ours for _, column in columns if column.ours != LEFT_OUT]
    several = {name for name in ours if ours.count(name) > 1}
    common: list[tuple[int, Column]] = []
    groups: dict[tuple[object, ...], list[tuple[int, Column]]] = {}
    for number, column in columns:
        if not several or (column.ours not in several and not column.also):
            common.append((number, column))
            continue
        said: tuple[object, ...] = tuple(sorted(column.also.items())) or (number,)
        if column.ours in {other.ours for _, other in groups.get(said, ())}:
            said = (*said, number)
        groups.setdefault(said, []).append((number, column))
    return common, list(groups.values())


def _is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, be it as text."""
    return cell.kind in ("number", "percent") or bool(_NUMBER.fullmatch(cell.text))


def year_above(sheet: Sheet, body: int) -> str | None:
    """Return the last reporting year that stands above the rows of values, None for none."""
    above = (cell.text for row in sheet.rows[: body - 1] for cell in row)
    years = [match for text in above for match in _REPORTING_YEAR.finditer(text)]
    return f"{years[-1][1]}-{years[-1][2]}" if years else None


def _tidied(cell: Cell, column: ColumnInfo) -> Cell:
    """Return a cell with a year as we write it: 2014/15 can mean nothing else."""
    if column.kind.name in ("period", "year") and (m := _SLASHED_YEAR.fullmatch(cell.text)):
        return Cell("text", f"{m[1]}-{m[2]}")
    if cell.kind == "number" and column.kind.name in ("period", "text"):
        return Cell("text", cell.text)
    return cell


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
    return _YEAR.sub("YEAR", _spelt(text))


def _spelt(text: str) -> str:
    """Return text as it is compared: whatever its capitals and spaces."""
    return " ".join(text.split()).casefold()
