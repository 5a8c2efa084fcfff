"""One table, from the bytes of its file to typed rows, with every problem met on the way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from hscb_report.checks.characters import unprintable_found
from hscb_report.findings import Finding
from hscb_report.results.published import Input
from hscb_report.schema import Place, Row, TableSchema
from hscb_report.schema.cells import Month, in_year
from hscb_report.schema.columns import NO_WORDS
from hscb_report.schema.damage import damage_in
from hscb_report.schema.gaps import NUMBERS
from hscb_report.schema.line import Line
from hscb_report.schema.missing import INEXACT, how_to_record_none, inexact, said_of_none
from hscb_report.schema.row import OF_NO_DOCUMENT, SOURCED, SourcedRow, with_usual
from hscb_report.schema.slips import likely
from hscb_report.schema.tables import ColumnInfo
from hscb_report.store.csv_text import MAX_BYTES, CsvError, Record, read_records
from hscb_report.store.files import UnreadableError, read_file
from hscb_report.store.gaps import gap_found
from hscb_report.store.header import misnamed, misplaced, without_blank_columns
from hscb_report.years import ReportingYear

_PACKAGE = Path(__file__).resolve().parents[1]
_TOTAL = re.compile(r"(?:grand |sub-?|overall )?totals?:?|sum:?", re.IGNORECASE)
EMPTY = "the cell is empty."
_ANY_NUMBER = "0"
"""What stands in a gap while the row's other cells are read."""


@dataclass(frozen=True)
class Unread:
    """A row that cannot be taken, with the values of those of its cells that can."""

    place: Place
    values: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.values.get(name)


def _line(header: Record, record: Record) -> Line:
    return Line(
        record.number, {n: c for n, c in zip(header.cells, record.cells, strict=False) if c}
    )


@dataclass
class TableFile:
    """One table on its way from bytes to rows; gathers findings as it goes.

    `lines` are the rows as the file has them, None as long as none can be read. Of a draft, cells
    that are still to be filled are `gaps`: the numbers of their rows, by column; rows that cannot
    be taken without them are left out.
    """

    table: TableSchema
    year: ReportingYear
    usual: Mapping[str, str] = field(default_factory=dict)
    is_draft: bool = False
    sha256: str | None = None
    rows: tuple[Any, ...] = ()
    lines: tuple[Line, ...] | None = None
    findings: list[Finding] = field(default_factory=list)
    gaps: dict[str, list[int]] = field(default_factory=dict)
    has_left_out: bool = False
    _without_words: set[str] = field(default_factory=set)
    _unread: list[Unread] = field(default_factory=list)

    @classmethod
    def read(
        cls,
        table: TableSchema,
        year: ReportingYear,
        data: Path,
        usual: Mapping[str, str] = MappingProxyType({}),
        *,
        is_draft: bool = False,
    ) -> TableFile:
        """Read a table's file, of no row if there is none; what is wrong is in `findings`.

        `usual` are the cells of its columns where a row leaves them empty. In a draft, a table of
        the year may have gaps; what is common to all years may not.
        """
        file = cls(table, year, usual, is_draft and table.info.folder == "year")
        root = _PACKAGE if table.info.folder == "common" else data
        try:
            raw = read_file(root, file.path, MAX_BYTES)
        except FileNotFoundError:
            return file
        except UnreadableError as error:
            file._report("L1", error.message, error.hint)
            return file
        file._read(raw)
        return file

    @classmethod
    def of(
        cls,
        table: TableSchema,
        year: ReportingYear,
        raw: bytes,
        usual: Mapping[str, str] = MappingProxyType({}),
        *,
        is_draft: bool = False,
    ) -> TableFile:
        """Read a table from the bytes of its file; `usual` and `is_draft` are those of `read`."""
        file = cls(table, year, usual, is_draft and table.info.folder == "year")
        file._read(raw)
        return file

    @property
    def path(self) -> str:
        """The file, relative to the data root."""
        return self.table.path(self.year)

    @property
    def input(self) -> Input:
        """What the manifest says of the file."""
        return Input(self.path, self.sha256, self.table.info.protected)

    @cached_property
    def columns(self) -> dict[str, ColumnInfo]:
        """The declared columns by name."""
        return {column.name: column for column in self.table.columns}

    @cached_property
    def _absent(self) -> tuple[str, ...]:
        """The columns that a file may lack: it may be of before there was such a column."""
        return tuple(
            name
            for name, column in self.columns.items()
            if not column.required or name in self.usual
        )

    def _read(self, raw: bytes) -> None:
        self.sha256 = hashlib.sha256(raw).hexdigest()
        try:
            self._take(read_records(raw))
        except CsvError as error:
            self._report("L1", error.message, error.hint, row=error.row)

    def _report(
        self,
        rule: str,
        message: str,
        hint: str,
        *,
        row: int | None = None,
        column: str | None = None,
        found: str | None = None,
    ) -> None:
        self.findings.append(Finding(rule, "error", self.path, message, hint, row, column, found))

    # From records to rows -------------------------------------------------------------------

    def _take(self, records: Sequence[Record]) -> None:
        header, *body = without_blank_columns(records)
        self.lines = tuple(_line(header, record) for record in body)
        if not self._header_is_sound(header, body):
            return
        if body and (told := self._is_total(header, body[-1])):
            self._report("L3", *told, row=body.pop().number)
        rows = [row for record in body if (row := self._row(header, record)) is not None]
        for column, numbers in self.gaps.items():
            self.findings.append(gap_found(self.path, self.columns[column], numbers, self.year))
        self._check_characters(header, body)
        self._check_keys(rows)
        self._check_months((*rows, *self._unread))
        self.rows = tuple(rows)

    @property
    def lacks_rows(self) -> bool:
        """Whether it is a table of a draft without a row yet, or one of which some are left out."""
        return (
            self.is_draft and self.sha256 is not None and (not self.named_rows or self.has_left_out)
        )

    @property
    def named_rows(self) -> tuple[Any, ...]:
        """The rows, and of those that cannot be taken the cells that can."""
        return (*self.rows, *self._unread)

    def _header_is_sound(self, header: Record, body: Sequence[Record]) -> bool:
        if wrong := misplaced(header, body, self.columns):
            problems = [wrong]
        else:
            problems = [*misnamed(self.table.name, header.cells, self.columns, self._absent)]
        for what, hint, row, column, found in problems:
            self._report("L2", what, hint, row=row, column=column, found=found)
        return not problems

    def _is_total(self, header: Record, record: Record) -> tuple[str, str] | None:
        """Return what is wrong with a last row that is a total or a remark; None if it is none."""
        cells = [*zip(header.cells, record.cells, strict=False)]
        filled = [(name, cell) for name, cell in cells if cell]
        if not filled:
            return None
        name, first = filled[0]
        if _TOTAL.fullmatch(first) and not self._is_a_code(name, first):
            return "the last row is a total.", "Take it out: totals are worked out."
        needed = [c for c in self.columns.values() if c.required and c.name not in self.usual]
        may_be_begun = self.is_draft and name in self.table.info.keys
        if len(filled) == 1 < len(needed) and len(first.split()) > 1 and not may_be_begun:
            return "the last row is a remark, no row of the table.", "Take it out."
        return None

    def _is_a_code(self, column: str, cell: str) -> bool:
        return cell in (self.columns[column].kind.vocabulary or ())

    def _row(self, header: Record, record: Record) -> Row | None:
        if record.is_blank:
            self._report("L3", "the row is blank.", "Delete it.", row=record.number)
            return None
        own = self._cells_of(header, record)
        if own is None:
            self._report(
                "L3",
                f"the row has {len(record.cells)} cells; the header has {len(header.cells)}.",
                "A value that holds a comma must stand in quotation marks.",
                row=record.number,
            )
            return None
        cells = dict(zip(header.cells, own, strict=True))
        place = Place(self.path, record.number)
        sound = self._says_no_missing(cells, record.number)
        told = {name: cells.get(name, "") for name in SOURCED if name in self.columns}
        filled = {name: cell or None for name, cell in cells.items()}
        given = {**dict.fromkeys(self._absent), **filled, **with_usual(told, self.usual)}
        given = {name: cell for name, cell in given.items() if name in self.columns}
        empty = self._gaps_in(given, record.number) if self.is_draft else ()
        to_come = [name for name in empty if self.columns[name].kind.name in NUMBERS]
        given |= dict.fromkeys(to_come, _ANY_NUMBER)
        try:
            row = self.table.row.model_validate(
                {"place": place, **given}, context=dict(self.table.vocabularies)
            )
        except ValidationError as error:
            self._report_cells(error, cells, record.number, empty)
            self._unread.append(Unread(place, self._values(given | dict.fromkeys(to_come))))
            # Of a row with a wrong cell that is told; nothing has to wait for it.
            wrong = (str(problem["loc"][0]) for problem in error.errors(include_url=False))
            self.has_left_out |= not any(map(cells.get, wrong))
            return None
        if self.is_draft:
            row = row.model_copy(update=dict.fromkeys(to_come))
            self._note_gaps(row.awaited, record.number)
        return row if sound and self._names_its_source(row) else None

    def _gaps_in(self, given: Mapping[str, str | None], number: int) -> tuple[str, ...]:
        """Return, and note, the columns of a row that are to be filled; a key is never left out."""
        needed = (name for name, column in self.columns.items() if column.required)
        empty = [name for name in needed if not given.get(name)]
        found = tuple(name for name in empty if name not in self.table.info.keys)
        self._note_gaps(found, number)
        return found

    def _note_gaps(self, columns: Iterable[str], number: int) -> None:
        for name in columns:
            self.gaps.setdefault(name, []).append(number)

    def _cells_of(self, header: Record, record: Record) -> tuple[str, ...] | None:
        """Return a row's cells, one a column; None if it has more, or fewer than it needs.

        A spreadsheet program may leave out the empty cells at a row's end, or add some.
        """
        width, cells = len(header.cells), record.cells
        if len(cells) > width:
            return None if any(cells[width:]) else cells[:width]
        if any(name not in self._absent for name in header.cells[len(cells) :]):
            return None
        return (*cells, *[""] * (width - len(cells)))

    def _values(self, cells: Mapping[str, str | None]) -> dict[str, Any]:
        """Return the values of the cells that can be read and say of what or when a row is."""
        values: dict[str, Any] = {}
        for name, cell in cells.items():
            kind = self.columns[name].kind
            with suppress(PydanticCustomError):
                values[name] = kind.read(cell, values) if cell else None
        return values

    def _names_its_source(self, row: Row) -> bool:
        """Report a row that rests on a document and does not say on which, or where in it."""
        if not isinstance(row, SourcedRow) or row.basis in OF_NO_DOCUMENT:
            return True
        lacking = [name for name in ("source", "locator") if getattr(row, name) is None]
        for name in lacking:
            what = f'the cell is empty, and the basis "{row.basis}" rests on a document.'
            hint = 'Say which, here or for the whole table in table_sources.csv; or "own_record".'
            self._report("L4", what, hint, row=row.place.row, column=name)
        return not lacking

    def _says_no_missing(self, cells: Mapping[str, str], number: int) -> bool:
        """Report cells that say "missing" in words or marks; only an empty cell says it here."""
        is_sound = True
        for name, cell in cells.items():
            # A mark is short, and most cells of a table are longer or plain numbers.
            if not cell or cell.isdecimal():
                continue
            column = self.columns[name]
            if what := said_of_none(cell, column):
                hint = how_to_record_none(column, self.table.columns)
                self._report("L4", what, hint, row=number, column=name, found=cell)
                is_sound = False
        return is_sound

    def _report_cells(
        self,
        error: ValidationError,
        cells: Mapping[str, str],
        row: int,
        gaps: Container[str] = (),
    ) -> None:
        """Report each cell that is refused; what is still to be filled is no error."""
        for problem in error.errors(include_url=False):
            name = str(problem["loc"][0])
            if name in gaps:
                continue
            cell = cells.get(name) or self.usual.get(name, "")
            if cell and said_of_none(cell, self.columns[name]):
                continue  # already reported, in its own words
            if not cell:
                hint = f"Enter {in_year(self.columns[name].kind.to_enter, self.year)}."
                if name in SourcedRow.model_fields:
                    hint += " For a whole table it can be said once, in table_sources.csv."
                self._report("L4", EMPTY, hint, row=row, column=name)
                continue
            if problem["type"] != NO_WORDS or name not in self._without_words:
                message, hint = self._told(problem, name, cell)
                self._report("L4", message, hint, row=row, column=name, found=cell)
            if problem["type"] == NO_WORDS:
                self._without_words.add(name)  # one cause, however many cells

    def _told(self, problem: Mapping[str, Any], name: str, cell: str) -> tuple[str, str]:
        """Return what is wrong with a refused cell, and what to do: its damage before its form."""
        column = self.columns[name]
        own = problem.get("ctx", {}).get("hint", "")
        message = problem["msg"]
        if column.kind.vocabulary is None:
            message = in_year(message, self.year)
        if damage := damage_in(cell):
            message, own = damage
        elif inexactly := inexact(cell, column, self.table.columns):
            message, own = INEXACT, inexactly
        elif not own:
            own = likely(column.kind.name, cell, column.kind.read)
        # A hint that repeats a cell would tell what stands in a protected table.
        is_told = own and not (self.table.info.protected and '"' in own)
        return message, own if is_told else "Correct the cell."

    def _check_characters(self, header: Record, body: Sequence[Record]) -> None:
        """Report each cell with characters that cannot be printed, unless it is told already."""
        told = {(finding.row, finding.column) for finding in self.findings}
        for record in body:
            for name, cell in zip(header.cells, record.cells, strict=False):
                found = unprintable_found(self.path, cell, record.number, name)
                if found and (record.number, name) not in told:
                    self.findings.append(found)

    # Across rows ----------------------------------------------------------------------------

    def _check_keys(self, rows: Iterable[Row]) -> None:
        listed = tuple(rows)
        for keys in (self.table.info.keys, *((name,) for name in self.table.info.distinct)):
            self._check_key(listed, keys)

    def _check_key(self, rows: Iterable[Row], keys: tuple[str, ...]) -> None:
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            key = tuple(getattr(row, name) for name in keys)
            if key in seen:
                self._report(
                    "L5",
                    f"the same {' and '.join(keys)} as row {seen[key]}.",
                    "Each may stand once: correct one of them, or add them up.",
                    row=row.place.row,
                    column=keys[0],
                    found=", ".join(str(part) for part in key if part is not None),
                )
            seen.setdefault(key, row.place.row)

    def _check_months(self, rows: Iterable[Any]) -> None:
        """Report months and days that lie outside the year, in columns that are of it."""
        within = [column for column in self.columns.values() if column.kind.within_year]
        for row in rows if within else ():
            for column in within:
                found = getattr(row, column.name)
                day = found.first_day if isinstance(found, Month) else found
                if isinstance(day, date) and not self.year.contains(day):
                    self._report(
                        "L7",
                        f"expected a {column.kind.name} of {self.year} (April to March).",
                        f"Correct the {column.kind.name}, or move the row to the year it belongs "
                        "to.",
                        row=row.place.row,
                        column=column.name,
                        found=str(found),
                    )
