"""One table, from the bytes of its file to typed rows, with every problem met on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from hscb_report.checks.characters import unprintable_found
from hscb_report.findings import Finding
from hscb_report.results.published import Input
from hscb_report.schema import Place, Row, TableSchema
from hscb_report.schema.cells import Month
from hscb_report.schema.columns import NO_WORDS
from hscb_report.schema.row import OF_NO_DOCUMENT, SOURCED, SourcedRow, with_usual
from hscb_report.schema.tables import ColumnInfo
from hscb_report.store.csv_text import CsvError, Record, read_records
from hscb_report.wording import nearest
from hscb_report.years import ReportingYear

_PACKAGE = Path(__file__).resolve().parents[1]
CHANGED_COLUMNS = {
    ("requirement_coverage", "profile"): "Remove it: the guidance follows from the year.",
    **dict.fromkeys(
        (("headline_measures", "value"), ("headline_measures", "unit")),
        "Give the value in measurements.csv, and name its measure in the column shown_by.",
    ),
}
"""What to do with columns of files that were written for an earlier version of the tables."""
_MISSING_WORDS = {"n/a", "#n/a", "na", "nan", "null", "-", "–", "—", "--"}


@dataclass
class TableFile:
    """One table on its way from bytes to rows; gathers findings as it goes."""

    table: TableSchema
    year: ReportingYear
    usual: Mapping[str, str] = field(default_factory=dict)
    sha256: str | None = None
    rows: tuple[Any, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    _without_words: set[str] = field(default_factory=set)

    @classmethod
    def read(
        cls,
        table: TableSchema,
        year: ReportingYear,
        data: Path,
        usual: Mapping[str, str] = MappingProxyType({}),
    ) -> TableFile:
        """Read a table's file, of no row if there is none; what is wrong is in `findings`.

        `usual` are the cells of its columns where a row leaves them empty.
        """
        file = cls(table, year, usual)
        root = _PACKAGE if table.info.folder == "common" else data
        try:
            raw = (root / file.path).read_bytes()
        except FileNotFoundError:
            return file
        except OSError as error:
            file._report("L1", f"cannot be read ({error.strerror}).", "Close it in other programs.")
            return file
        file._read(raw)
        return file

    @classmethod
    def of(cls, table: TableSchema, year: ReportingYear, raw: bytes) -> TableFile:
        """Read a table from the bytes of its file."""
        file = cls(table, year)
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
        header, body = records[0], records[1:]
        if not self._header_is_sound(header, body):
            return
        rows = [row for record in body if (row := self._row(header, record)) is not None]
        self._check_characters(header, body)
        self._check_keys(rows)
        self._check_months(rows)
        self.rows = tuple(rows)

    def _header_is_sound(self, header: Record, body: Sequence[Record]) -> bool:
        before = len(self.findings)
        if body and set(body[0].cells) & set(self.columns) and not self._looks_like_data(body[0]):
            what = (
                "row 2 is a second header row."
                if set(header.cells) & set(self.columns)
                else "the column names stand in row 2, not row 1."
            )
            self._report("L2", what, "Keep one header row, the first.", row=2)
            return False
        if header.is_blank:
            self._report("L2", "row 1 is blank.", "Put the column names there.", row=1)
            return False
        self._check_columns(header.cells)
        return len(self.findings) == before

    def _looks_like_data(self, record: Record) -> bool:
        """Whether fewer than half of a row's cells are names of columns."""
        named = sum(cell in self.columns for cell in record.cells)
        return named * 2 < len(self.columns)

    def _check_columns(self, names: Sequence[str]) -> None:
        missing = [name for name in self.columns if name not in names]
        for position, name in enumerate(names, 1):
            if name in self.columns:
                if name in names[: position - 1]:
                    self._report("L2", "this column stands twice.", "Keep one.", row=1, column=name)
                continue
            near = nearest(name, missing)
            hint = f'Is it "{near[0]}"? Rename it.' if near else "Remove it, or move it to a note."
            hint = CHANGED_COLUMNS.get((self.table.name, name), hint)
            what = f"column {position} is not a column of this table."
            self._report("L2", what, hint, row=1, column=name or None, found=name)
        for name in missing:
            if name in self._absent:
                continue
            self._report(
                "L2",
                "this column is missing.",
                f"Add it: {self.columns[name].description.lower()}.",
                row=1,
                column=name,
            )

    def _row(self, header: Record, record: Record) -> Row | None:
        if record.is_blank:
            self._report("L3", "the row is blank.", "Delete it.", row=record.number)
            return None
        if len(record.cells) != len(header.cells):
            self._report(
                "L3",
                f"the row has {len(record.cells)} cells; the header has {len(header.cells)}.",
                "A value that holds a comma must stand in quotation marks.",
                row=record.number,
            )
            return None
        cells = dict(zip(header.cells, record.cells, strict=True))
        place = Place(self.path, record.number)
        sound = self._non_missing_words(cells, record.number)
        told = {name: cells.get(name, "") for name in SOURCED if name in self.columns}
        filled = {name: cell or None for name, cell in cells.items()}
        given = {**dict.fromkeys(self._absent), **filled, **with_usual(told, self.usual)}
        try:
            row = self.table.row.model_validate(
                {"place": place, **{k: v for k, v in given.items() if k in self.columns}},
                context=dict(self.table.vocabularies),
            )
        except ValidationError as error:
            self._report_cells(error, cells, record.number)
            return None
        return row if sound and self._names_its_source(row) else None

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

    def _non_missing_words(self, cells: Mapping[str, str], number: int) -> bool:
        """Report cells that say "missing" in words; only an empty cell says it here."""
        said = {name: cell for name, cell in cells.items() if cell.lower() in _MISSING_WORDS}
        for name, cell in said.items():
            allowed = not self.columns[name].required
            hint = "Leave the cell empty." if allowed else "This column needs a value."
            what = "a missing value is written as an empty cell."
            self._report("L4", what, hint, row=number, column=name, found=cell)
        return not said

    def _report_cells(self, error: ValidationError, cells: Mapping[str, str], row: int) -> None:
        for problem in error.errors(include_url=False):
            name = str(problem["loc"][0])
            cell = cells.get(name) or self.usual.get(name, "")
            if cell.lower() in _MISSING_WORDS:
                continue  # already reported, in its own words
            if not cell:
                kind = self.columns[name].kind
                hint = f"Enter {kind.to_enter}."
                if name in SourcedRow.model_fields:
                    hint += " For a whole table it can be said once, in table_sources.csv."
                self._report("L4", "the cell is empty.", hint, row=row, column=name)
                continue
            hint = problem.get("ctx", {}).get("hint") or "Correct the cell."
            told = Finding("L4", "error", self.path, problem["msg"], hint, row, name, cell)
            if problem["type"] != NO_WORDS or name not in self._without_words:
                self.findings.append(told)
            if problem["type"] == NO_WORDS:
                self._without_words.add(name)  # one cause, however many cells

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

    def _check_months(self, rows: Iterable[Row]) -> None:
        within = [name for name, column in self.columns.items() if column.kind.within_year]
        for row in rows:
            for name in within:
                month = getattr(row, name)
                if isinstance(month, Month) and not self.year.contains(month.first_day):
                    self._report(
                        "L7",
                        f"expected a month of {self.year} (April to March).",
                        "Correct the month, or move the row to the year it belongs to.",
                        row=row.place.row,
                        column=name,
                        found=str(month),
                    )
