"""How far each table and text of a year is, known from what stands in it.

A row or a sentence is carried over if it is one of an earlier year, whatever years it names, or
one with which `hscb-report create` begins the table. How it got there does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from hscb_report.checks.over_all import PLACEHOLDER
from hscb_report.new_year.carrying import Begun
from hscb_report.new_year.contents import (
    Normal,
    Normals,
    hash_of_file,
    hash_of_nothing,
    hash_of_table,
    hash_of_text,
    plain,
    sentences,
)
from hscb_report.schema import TableSchema
from hscb_report.schema.line import Line
from hscb_report.schema.row import APART, STANDING
from hscb_report.schema.upkeep import Confirmation
from hscb_report.wording import counted
from hscb_report.years import ReportingYear, day_text

State = Literal["missing", "empty", "to_confirm", "unchanged", "done"]
STATES: Mapping[State, str] = {
    "missing": "missing",
    "empty": "to fill in",
    "unchanged": "as before",
    "to_confirm": "to confirm",
    "done": "done",
}
"""What each state is called, the gravest first."""


@dataclass(frozen=True)
class Item:
    """How far a table or a text of a year is, and why; `rows` are those that are concerned.

    `content` is the hash of what it holds; `may_be_confirmed` unless something has to be filled in
    first.
    """

    name: str
    file: str
    state: State
    told: str = ""
    rows: tuple[int, ...] = ()
    content: str = ""
    confirmed: Confirmation | None = None
    may_be_confirmed: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is a text, and no table."""
        return self.name.startswith("text/")


@dataclass(frozen=True)
class Before:
    """What the years before have of one table: the rows of each by its year, the latest first.

    `last` is the last of all years before; `begun` are the rows with which `hscb-report create`
    begins the table after it.
    """

    years: Mapping[ReportingYear, Sequence[Line]] = field(default_factory=dict)
    begun: Sequence[Begun] = ()
    last: ReportingYear | None = None

    @property
    def latest(self) -> Sequence[Line]:
        """The rows of the last year before."""
        return self.years.get(self.last, ()) if self.last else ()


def table_item(
    schema: TableSchema,
    year: ReportingYear,
    lines: Sequence[Line] | None,
    before: Before,
    confirmations: Iterable[Confirmation] = (),
) -> Item | None:
    """Return how far a table is; None if nobody has to ask: it is not there, and was not before.

    `lines` are the rows of its file, None where there is none.
    """
    table, file = _Table(schema, before), schema.path(year)
    if schema.info.next_year == STANDING or not table.is_expected(lines):
        return None
    if lines is None:
        return _missing(schema.name, year, file, before.years, confirmations)
    content = hash_of_table(lines, year, schema.name)
    said = _said(schema.name, content, confirmations)
    state, told, rows = table.state(lines, said, content)
    return Item(schema.name, file, state, told, rows, content, said, not table.lacking(lines))


def unread_item(name: str, file: str) -> Item:
    """Return that a table or text is there, and that nobody knows what it holds."""
    return Item(name, file, "empty", "its file cannot be read")


def _missing(
    name: str,
    year: ReportingYear,
    file: str,
    before: Iterable[ReportingYear],
    confirmations: Iterable[Confirmation],
) -> Item:
    """Return that something is not there which an earlier year had, left out on purpose or not."""
    content = hash_of_nothing(year, name)
    said = _said(name, content, confirmations)
    if _holds(said, content):
        return Item(name, file, "done", "left out, as confirmed", (), content, said, True)
    told = f"the report for {next(iter(before))} had it"
    return Item(name, file, "missing", told, (), content, said, True)


class _Table:
    """One table, held against what the years before have of it."""

    def __init__(self, schema: TableSchema, before: Before) -> None:
        self._schema, self._before = schema, before
        self._normals = Normals(schema)

    def is_expected(self, lines: Sequence[Line] | None) -> bool:
        """Whether the year has the table, or is to have it."""
        is_usual = self._schema.info.next_year != APART
        return bool(lines) or (is_usual and (lines is not None or bool(self._before.latest)))

    def lacking(self, lines: Sequence[Line]) -> tuple[int, ...]:
        """Return the rows in which a cell is empty that must not be."""
        passed_over = self._schema.about_rows
        needed = [c.name for c in self._schema.columns if c.required and c.name not in passed_over]
        return tuple(line.number for line in lines if not all(map(line.get, needed)))

    def state(
        self, lines: Sequence[Line], said: Confirmation | None, content: str
    ) -> tuple[State, str, tuple[int, ...]]:
        """Return how far it is, why, and which rows that concerns."""
        has_said = _holds(said, content)
        if not lines:
            return ("done", "none, as confirmed", ()) if has_said else ("empty", "no row yet", ())
        if lacking := self.lacking(lines):
            return "empty", f"{counted(len(lacking), 'row')} to fill in", lacking
        if has_said:
            return "done", "confirmed", ()
        if to_fill := self._as(lines, (row.line for row in self._before.begun if row.to_fill)):
            return "empty", f"{counted(len(to_fill), 'row')} to fill in", to_fill
        return self._carried(lines, said)

    def _carried(
        self, lines: Sequence[Line], said: Confirmation | None
    ) -> tuple[State, str, tuple[int, ...]]:
        for year, rows in self._before.years.items():
            if len(self._as(lines, rows)) == len(lines):
                state: State = "unchanged" if self._is_of_one_year else "to_confirm"
                return state, f"every row as in {year}", ()
        if said is not None:
            return "to_confirm", f"changed since {_when(said)}", ()
        kept = (row.line for row in self._before.begun if not row.is_made)
        same = self._as(lines, (*self._before.latest, *kept))
        if same and self._schema.info.next_year != APART:
            told = f"{len(same)} of {counted(len(lines), 'row')} as in {self._before.last}"
            return "to_confirm", told, same
        return "done", "", ()

    @property
    def _is_of_one_year(self) -> bool:
        """Whether each year has its own: nothing of it is taken over as it is."""
        columns = self._schema.columns
        return self._schema.info.next_year != "rows" or any(
            column.carried.as_ != "kept" for column in columns
        )

    def _as(self, lines: Iterable[Line], others: Iterable[Line]) -> tuple[int, ...]:
        """Return the numbers of the rows that are also among others."""
        known: set[Normal] = {self._normals.of(line) for line in others}
        if not known:
            return ()
        return tuple(line.number for line in lines if self._normals.of(line) in known)


def text_item(
    name: str,
    year: ReportingYear,
    text: str | None,
    before: Mapping[ReportingYear, Iterable[str]],
    confirmations: Iterable[Confirmation] = (),
) -> Item:
    """Return how far a text is; `text` is None if there is none.

    `before` has the texts of the years before, the latest first.
    """
    file = f"{year}/{name}"
    if text is None:
        return _missing(name, year, file, before, confirmations)
    content = hash_of_text(text, year, name)
    said = _said(name, content, confirmations)
    state, told = _text_state(text, before, said, content)
    may_be = not PLACEHOLDER.search(text)
    return Item(name, file, state, told, (), content, said, may_be)


def _text_state(
    text: str,
    before: Mapping[ReportingYear, Iterable[str]],
    said: Confirmation | None,
    content: str,
) -> tuple[State, str]:
    own = list(sentences(text))
    if PLACEHOLDER.search(text):
        return "empty", "to be written"
    if not own and not _holds(said, content):
        return "empty", "no words yet"
    then = (
        (year, {sentence for other in texts for sentence in sentences(other)})
        for year, texts in before.items()
    )
    return _compared(own, then, said, content, "sentence")


def file_item(
    name: str,
    year: ReportingYear,
    parts: Sequence[str],
    before: Mapping[ReportingYear, Iterable[str]],
    confirmations: Iterable[Confirmation] = (),
) -> Item:
    """Return how far a table or a picture of the year's own is.

    `parts` are the rows of a table, or the hash of a picture alone; `before` has those of all such
    files of the years before, the latest first.
    """
    file, content = f"{year}/{name}", hash_of_file(parts, year, name)
    said = _said(name, content, confirmations)
    then = ((there, {*map(plain, theirs)}) for there, theirs in before.items())
    state, told = _compared([*map(plain, parts)], then, said, content, "row")
    return Item(name, file, state, told, (), content, said, may_be_confirmed=True)


def _compared(
    own: Sequence[str],
    before: Iterable[tuple[ReportingYear, Collection[str]]],
    said: Confirmation | None,
    content: str,
    what: str,
) -> tuple[State, str]:
    """Return how far something is of which the parts are compared, and what each is called."""
    if _holds(said, content):
        return "done", "confirmed"
    for year, known in before:
        same = sum(part in known for part in own)
        if same == len(own):
            return "unchanged", f"the same as in {year}"
        if same:
            return "to_confirm", f"{same} of {counted(len(own), what)} as in {year}"
    if said is not None:
        return "to_confirm", f"changed since {_when(said)}"
    return "done", ""


def _holds(said: Confirmation | None, content: str) -> bool:
    """Whether somebody has confirmed what stands there now."""
    return said is not None and said.hash == content


def _said(name: str, content: str, confirmations: Iterable[Confirmation]) -> Confirmation | None:
    """Return the last confirmation of what stands there now, else of what stood there."""
    said = [row for row in confirmations if row.content == name]
    of_this = [row for row in said if row.hash == content]
    return next(reversed(of_this or said), None)


def _when(said: Confirmation) -> str:
    return f"it was confirmed on {day_text(said.confirmed)}"
