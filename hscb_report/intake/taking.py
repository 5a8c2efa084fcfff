"""From received files to the data: what they say, what it would change, and whether it may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from hscb_report.checks.characters import unprintable_found
from hscb_report.errors import DataError, ReportError, UnknownNameError
from hscb_report.findings import Finding, errors
from hscb_report.intake.changes import TableChanges, changes_of
from hscb_report.intake.layout import LISTS, READ_ME, board_of
from hscb_report.intake.mapped import read_mapped
from hscb_report.intake.mapping import Kind, kind_for, kinds_beside, kinds_of
from hscb_report.intake.ours import Head, head_of, read_ours
from hscb_report.intake.proposed import RULE, Proposals, Proposed, Sender, in_sheet
from hscb_report.intake.sources import RECEIVED, SOURCES, Sources
from hscb_report.intake.trying import found_with, loaded_with_records
from hscb_report.report import data_option, table_schemas
from hscb_report.schema import TableSchema
from hscb_report.schema.intake import Mapped, Received
from hscb_report.schema.measurements import Measure
from hscb_report.schema.records import record_schemas
from hscb_report.schema.reference import Agency, AgencyAlias
from hscb_report.spreadsheets.grid import Book
from hscb_report.spreadsheets.opening import read_book
from hscb_report.store.csv_text import MAX_BYTES
from hscb_report.store.editing import edited
from hscb_report.store.files import read_file
from hscb_report.store.journal import Replaced
from hscb_report.store.year import Loaded
from hscb_report.wording import counted, few_of, one_line, quoted
from hscb_report.years import ReportingYear

_OF_FORM = ("L1", "L2")
"""The rules of a table that cannot be read, or lacks columns."""
OURS = (READ_ME, LISTS)
"""The sheets of a template that hold no table."""


@dataclass(frozen=True)
class Taken:
    """What received files come to: what would change, what is wrong, what was passed over.

    `files` are the new contents of tables by their path in the data root; `received` the files
    themselves, by the source that rows name.
    """

    year: ReportingYear
    proposals: tuple[Proposals, ...]
    changes: tuple[TableChanges, ...]
    findings: tuple[Finding, ...]
    told: tuple[str, ...]
    files: Mapping[str, Replaced] = field(default_factory=dict)
    received: Mapping[str, Path] = field(default_factory=dict)
    is_final: bool = False

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The mappings that nobody has looked at yet."""
        return tuple(dict.fromkeys(p.mapping for p in self.proposals if not p.is_confirmed))

    @property
    def is_nothing(self) -> bool:
        """Whether nothing would change."""
        return not any(changes.changes for changes in self.changes)


def take(
    paths: Sequence[Path], year: ReportingYear, data: Path, day: date, sender: str | None = None
) -> Taken:
    """Return what received files say for a year, and what it would change; nothing is written.

    `sender` is the agency, or whoever else, that sent files which do not say so themselves. What is
    wrong, in the files and in what the tables would be with them, is in the findings.

    Raises DataError for files that cannot be read, or tables that are damaged already; ReportError
    if there is no such year.
    """
    loaded = loaded_with_records(year, data)
    _refuse_unsound(loaded)
    books = _books(paths)
    read = _Reading(loaded, data, sender)
    for book in books:
        read.book(book)
    sources = Sources(loaded, day)
    proposed = [
        replace(row, cells=sources.cells(row, proposals, book))
        for book, every in read.by_book
        for proposals in every
        for row in proposals.rows
    ]
    findings = [*read.findings, *(f for p in read.proposals for f in p.findings)]
    changes = _changes(loaded, proposed, sources, findings)
    files = _files(loaded, data, changes, sources)
    findings += found_with(loaded, data, files, changes)
    kept = {
        sources.codes[book.sha256]: path
        for book, path in zip(books, paths, strict=True)
        if sources.codes.get(book.sha256) in sources.used(changes)
    }
    return Taken(
        year,
        tuple(read.proposals),
        tuple(changes),
        tuple(findings),
        tuple(read.told),
        files,
        kept,
        loaded.settings is not None and not loaded.is_draft,
    )


def _refuse_unsound(loaded: Loaded) -> None:
    """Raise DataError if what files are read by is damaged: the settings, agencies, measures."""
    tables = [TableSchema(row).path(loaded.year) for row in (Agency, AgencyAlias, Measure)]
    settings = ("board.toml", f"{loaded.year}/year.toml") if loaded.settings is None else ()
    wrong = [f for f in errors(loaded.findings) if f.file in settings]
    wrong += [f for f in errors(loaded.findings) if f.file in tables and f.rule in _OF_FORM]
    if wrong:
        raise DataError(wrong)


def _books(paths: Sequence[Path]) -> list[Book]:
    """Return the files as they are read; raise DataError with what is wrong with all of them."""
    books, wrong = [], list[Finding]()
    for path in paths:
        try:
            books.append(read_book(path))
            wrong += _strangely_named(one_line(path.name))
        except DataError as error:
            wrong += error.findings
    if wrong:
        raise DataError(wrong)
    return books


def _other_year(heads: Collection[Head], year: str) -> str | None:
    """Return the year that several sheets are all of, if it is another: it has one cause."""
    said = {head.said.get("year") for head in heads}
    return said.pop() if len(heads) > 1 and len(said) == 1 and year not in said else None


def _strangely_named(name: str) -> Iterator[Finding]:
    """Yield what is wrong with a file's name: sources are listed by it, and printed."""
    if strange := unprintable_found(name, name, None, where="in the name of the file "):
        yield replace(strange, rule="I1", hint="Rename the file.")


class _Reading:
    """The reading of files, sheet by sheet."""

    def __init__(self, loaded: Loaded, data: Path, sender: str | None) -> None:
        self.loaded, self.data = loaded, data
        self.schemas = {s.name: s for s in loaded.schemas if _is_sent(s)}
        self.mappings = TableSchema(Mapped).path(loaded.year)
        self.kinds = kinds_of(loaded.tables[Mapped])
        self.names = names_of(loaded)
        self.shares = {row.measure for row in loaded.tables[Measure] if row.is_share}
        self.sender = self._sender(sender) if sender else None
        self.by_book: list[tuple[Book, list[Proposals]]] = []
        self.findings: list[Finding] = []
        self.told: list[str] = []
        if self.sender and not self.sender.agency:
            self.told.append(f"Taken as sent by {quoted(self.sender.name)}, none of the agencies.")

    @property
    def proposals(self) -> list[Proposals]:
        """What all sheets say."""
        return [proposals for _, every in self.by_book for proposals in every]

    def book(self, book: Book) -> None:
        """Read a file: every sheet that is known."""
        made, unknown = list[Proposals](), list[str]()
        year, before = str(self.loaded.year), len(self.findings)
        heads = {sheet.name: head for sheet in book.sheets if (head := head_of(sheet))}
        if other := _other_year(heads.values(), year):
            what = f"its sheets are of another year than {year}."
            hint = "Take it over with the --year that it is of."
            self.findings.append(Finding(RULE, "error", book.name, what, hint, found=other))
            self.by_book.append((book, made))
            return
        if other := self._other_board(book):
            what = "it was made for another board than that of the data."
            hint = (
                "Name the data of that board with --data; or if it is this one by another name, "
                f"write its name of now in cell A1 of the sheet {READ_ME}."
            )
            self.findings.append(Finding(RULE, "error", book.name, what, hint, found=other))
        for sheet in book.sheets:
            if head := heads.get(sheet.name):
                ours = read_ours(sheet, head, book.name, self.schemas, year, self.shares)
                made.append(self._with_sender(ours))
                continue
            if wrong := errors(f for f in self.loaded.findings if f.file == self.mappings):
                raise DataError(wrong)
            kind = kind_for(sheet, kinds_beside(sheet, book.by_name, self.kinds))
            if isinstance(kind, list):
                self._report_several(book, sheet.name, kind)
            elif kind is None:
                unknown.append(sheet.name)
            else:
                of, place = kind
                sender = self.sender or self._sender(of.sender)
                made.append(
                    read_mapped(
                        sheet, of, place, book.name, self.schemas, self.names, sender, self.shares
                    )
                )
        self.told += (f"{book.name}: {line}" for line in book.told)
        self.by_book.append((book, made))
        if not made and len(self.findings) == before:
            self._report_unknown(book, unknown)
        elif others := [name for name in unknown if name not in OURS]:
            told = f"{counted(len(others), 'sheet')} passed over: {few_of(others)}"
            self.told.append(f"{book.name}: {told}.")

    def _other_board(self, book: Book) -> str | None:
        """Return the board that a template was made for, if it is another."""
        first = book.by_name.get(READ_ME)
        board = board_of(first.cell(1, 1).text) if first else None
        own = self.loaded.settings.board.name if self.loaded.settings else board
        return board if board and board != own else None

    def _with_sender(self, made: Proposals) -> Proposals:
        said = made.sender.agency
        known = self.names.get("agencies.agency", {})
        if said and said.casefold() not in known:
            hint = f"Choose one of: {few_of(row.agency for row in self.loaded.tables[Agency])}."
            made.report("no agency has this code or name.", hint, found=said)
            made.sender = Sender()
            return made
        told = Sender(known[said.casefold()]) if said else None
        made.sender = self.sender or told or Sender()
        return made

    def _sender(self, said: str) -> Sender:
        """Return who is meant: an agency by its code or a name, else somebody outside the Board."""
        code = self.names.get("agencies.agency", {}).get(" ".join(said.split()).casefold())
        return Sender(code) if code else Sender(None, said.strip())

    def _report_several(self, book: Book, sheet: str, kinds: Sequence[Kind]) -> None:
        names = ", ".join(kind.name for kind in kinds)
        hint = (
            "Name the sheet in reference/mappings.csv, in the row of the one that is meant, or "
            "take out the rows of those that are not."
        )
        what = f"several mappings could be meant: {names}."
        self.findings.append(in_sheet(book.name, sheet, what, hint))

    def _report_unknown(self, book: Book, sheets: Sequence[str]) -> None:
        others = [name for name in sheets if name not in OURS] or sheets
        command = f"hscb-report import {book.name} --map TABLE"
        if len(others) > 1:
            command += " --sheet NAME"
        hint = (
            f"Fill in a template, or propose how it is to be read: `{command}"
            f"{data_option(self.data)}`. Its sheets: {few_of(others)}."
        )
        what = "no sheet of it is a template of ours, or read by a mapping."
        self.findings.append(Finding(RULE, "error", book.name, what, hint))


def names_of(loaded: Loaded) -> dict[str, dict[str, str]]:
    """Return, for the columns that cells may refer to, the codes by names and other names."""
    agencies = {row.agency: [row.agency, row.name] for row in loaded.tables[Agency]}
    for alias in loaded.tables[AgencyAlias]:
        agencies.setdefault(alias.agency, []).append(alias.alias)
    by_name: dict[str, str] = {}
    for code, every in agencies.items():
        for name in every:
            by_name.setdefault(" ".join(name.split()).casefold(), code)
    return {"agencies.agency": by_name}


def _changes(
    loaded: Loaded,
    proposed: Sequence[Proposed],
    sources: Sources,
    findings: list[Finding],
) -> list[TableChanges]:
    by_name = {schema.name: schema for schema in loaded.schemas}
    names = dict.fromkeys(row.table for row in proposed)
    if unsound := _unsound(loaded, names):
        raise DataError(unsound)
    made = []
    for name in names:
        schema = by_name[name]
        rows = [row for row in proposed if row.table == name]
        lines = loaded.lines.get(name, ())
        made.append(changes_of(schema, rows, lines, sources.sent_before, sources.senders, findings))
    return made


def _unsound(loaded: Loaded, names: Iterable[str]) -> list[Finding]:
    """Return what is wrong with the form of the tables that would be changed: that comes first."""
    paths = {s.path(loaded.year) for s in loaded.schemas if s.name in {*names}}
    paths |= {SOURCES.path(loaded.year), RECEIVED.path(loaded.year)}
    return [f for f in errors(loaded.findings) if f.file in paths and f.rule in _OF_FORM]


def _files(
    loaded: Loaded, data: Path, changes: Sequence[TableChanges], sources: Sources
) -> dict[str, Replaced]:
    """Return the new contents of the tables' files, by their path in the data root."""
    made: dict[str, Replaced] = {}
    for table in changes:
        cells = {c.number: c.cells for c in table.changes if c.number is not None}
        added = [change.cells for change in table.added]
        if cells or added:
            path = table.schema.path(loaded.year)
            before = _raw(data, path)
            made[path] = Replaced(before, edited(table.schema, before, cells, added))
    for schema, row in sources.rows(changes):
        path = schema.path(loaded.year)
        there = made.get(path)
        before = there.before if there else _raw(data, path)
        after = edited(schema, there.after if there else before, {}, [row])
        made[path] = Replaced(before, after)
    return made


def _raw(data: Path, path: str) -> bytes | None:
    try:
        return read_file(data, path, MAX_BYTES)
    except FileNotFoundError:
        return None


def _is_sent(schema: TableSchema) -> bool:
    """Whether a table may be sent: not what every board has, nor what is kept of files sent."""
    return schema.info.folder != "common" and schema.row not in (Mapped, Received)


def refuse_table(name: str) -> TableSchema:
    """Return the table of a name; raise UnknownNameError where there is none."""
    schemas = (*table_schemas(), *record_schemas())
    known = {schema.name: schema for schema in schemas if _is_sent(schema)}
    if name not in known:
        raise UnknownNameError("table", name, known)
    return known[name]


def refuse_unconfirmed(taken: Taken) -> None:
    """Raise ReportError if a mapping is used that nobody has looked at."""
    for name in taken.unconfirmed:
        raise ReportError(
            f"Nobody has confirmed the mapping {quoted(name)}. Look at its rows in "
            'reference/mappings.csv, enter your role in the column "confirmed" of its sheet, '
            "and take the file over again."
        )
