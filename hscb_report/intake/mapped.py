"""Sheets of others, read as their mapping says: which rows they give, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hscb_report.intake.cells import CellError, as_written
from hscb_report.intake.mapping import Column, Headed, Kind, spelt, year_above
from hscb_report.intake.proposed import Origin, Proposals, Proposed, Sender
from hscb_report.schema import TableSchema
from hscb_report.schema.intake import ANY_OTHER, IN_TITLE, LEFT_OUT
from hscb_report.schema.slips import NUMBERS
from hscb_report.schema.tables import ColumnInfo
from hscb_report.spreadsheets.grid import Cell, Sheet, Span, column_letters
from hscb_report.wording import few_of, quoted, suggestion

_SHOW = "Show it in its program and look at it; or take it out."
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_SLASHED_YEAR = re.compile(r"((?:19|20)\d\d)\s*/\s*(\d\d)")


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
    keys = [name for name in schemas[kind.table].info.keys if known[name].required]
    if not (_is_sound(made, kind, known) and _says_all(made, kind, keys)):
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


def _says_all(made: Proposals, kind: Kind, keys: Iterable[str]) -> bool:
    """Report what no row would say of what it is of, so that none could be taken over."""
    common, groups = _of_rows([*enumerate(kind.taken)])
    said = {*kind.also} | {name for _, column in common for name in _said_by(column)}
    before = len(made.findings)
    for key in keys:
        lacking = [
            column.heading
            for group in groups or [[]]
            if key not in said.union(*(_said_by(column) for _, column in group))
            for _, column in group or [(0, Column(made.sheet, kind.table))]
        ]
        if lacking:
            what = f"the mapping {kind.name} does not say the {key} of {few_of(lacking, 4)}."
            hint = (
                f"Write {key}=… in its column also, in reference/mappings.csv: of the sheet, or of "
                "each of these headings."
            )
            made.report(what, hint, column=key)
    return len(made.findings) == before


def _said_by(column: Column) -> set[str]:
    """Return the columns of ours that a column says something of, itself or by its words."""
    return {column.ours, *column.also, *(name for w in column.words.values() for name in w.also)}


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
        at = {spelt(column.heading): self._place_of(column) for column in self.kind.taken}
        self._report_hidden(at.values())
        self.covered = dict(self._merged_away({*at.values()}))
        order = [LEFT_OUT, *self.known]  # a value is read by what its row is of
        taken = sorted(self.kind.taken, key=lambda column: order.index(column.ours))
        columns = [(at[spelt(column.heading)], column) for column in taken]
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
        wanted = spelt(column.heading)
        every = [n for n, name in self.place.names.items() if spelt(name) == wanted]
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
        word = column.words.get(spelt(text)) or column.words.get(ANY_OTHER)
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
        named = column.words.get(spelt(cell.text))
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
        return known.get(spelt(text))


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


def _tidied(cell: Cell, column: ColumnInfo) -> Cell:
    """Return a cell with a year as we write it: 2014/15 can mean nothing else."""
    if column.kind.name in ("period", "year") and (m := _SLASHED_YEAR.fullmatch(cell.text)):
        return Cell("text", f"{m[1]}-{m[2]}")
    if cell.kind == "number" and column.kind.name in ("period", "text"):
        return Cell("text", cell.text)
    return cell
