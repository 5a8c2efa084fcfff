"""A year's records worked out: what to write into its summary tables, and what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hscb_report.calculations.records.worked_out import Difference
from hscb_report.checks.redaction import redacted
from hscb_report.errors import DataError, ReportError
from hscb_report.findings import errors
from hscb_report.report.reading import DEFAULT_DATA
from hscb_report.report.reconciling import differences_of, key_told
from hscb_report.schema import Row
from hscb_report.schema.row import OF_NO_DOCUMENT
from hscb_report.store import journal
from hscb_report.store.csv_text import MAX_BYTES, read_records
from hscb_report.store.editing import edited
from hscb_report.store.files import read_file
from hscb_report.store.records import (
    ReadRecords,
    has_records,
    read_year_records,
    records_folder,
)
from hscb_report.store.settings import read_settings
from hscb_report.store.table_file import TableFile
from hscb_report.store.year import latest_year, refuse_missing
from hscb_report.wording import listed
from hscb_report.years import ReportingYear

_NOTE = "Worked out from the records"
_OF_DOCUMENTS = ("source", "locator", "as_printed")
"""What a row of the Board's own records does not say."""


@dataclass(frozen=True)
class Reconciled:
    """A year's records beside its summary tables, both sound: what differs, and what is told."""

    read: ReadRecords
    data: Path

    @classmethod
    def of(cls, year: str | None, data: Path | str | None) -> Reconciled:
        """Read a year, the latest if none is named.

        Raises ReportError if there is no such year or it has no records, DataError with everything
        that is wrong with records or summary tables.
        """
        root = Path(data) if data else DEFAULT_DATA
        reporting = latest_year(root) if year is None else ReportingYear.parse(year)
        refuse_missing(reporting, root)
        if not has_records(reporting, root):
            raise ReportError(
                f"There are no records of {reporting}: nothing lies in "
                f'"{records_folder(reporting, root)}". `hscb-report schema` says which tables of '
                "records there may be."
            )
        read = read_year_records(reporting, root)
        if not read.records.vocabularies:
            raise ReportError(
                "The board's own words cannot be read, so nothing can be counted by them. Mend "
                "reference/vocabularies.csv first: `hscb-report check` says what is wrong there."
            )
        of_tables = (f for file in read.summaries.values() for f in errors(file.findings))
        protected = {f.path for f in read.summaries.values() if f.table.info.protected}
        wrong = (*read.findings, *(redacted(finding, protected) for finding in of_tables))
        if wrong:
            raise DataError(wrong)
        return cls(read, root)

    @property
    def year(self) -> ReportingYear:
        """The year."""
        return self.read.records.year

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Every cell that is other than the records give, or not there yet."""
        return tuple(differences_of(self.read))

    def lines(self, *, is_written: bool = False) -> Iterator[str]:
        """Yield, table by table, what would become of each cell, or did; then what else is told."""
        for worked_out in self.read.records.worked_out():
            own = [one for one in self.differences if one.row is worked_out.row]
            is_single = len(worked_out.counted) == 1
            told = [_told(one, is_single=is_single, is_written=is_written) for one in own]
            yield from told or [f"{worked_out.row.info.name}.csv agrees with the records."]
        if besides := [f"  {told}" for told in self.read.records.told()]:
            yield from ("", "Besides, the records say:", *besides)

    def write(self) -> tuple[str, ...]:
        """Write what differs into the summary tables, all of them or none; return their paths.

        Rows that the records do not give stay as they are. Raises DataError if a table were not
        sound then, ReportError if one has been changed meanwhile.
        """
        contents = {}
        for name in dict.fromkeys(one.row.info.name for one in self.differences):
            file = self.read.summaries[name]
            own = [one for one in self.differences if one.row.info.name == name]
            there = (self.data / file.path).exists()
            before = read_file(self.data, file.path, MAX_BYTES) if there else None
            contents[file.path] = journal.Replaced(before, self._written(file, before, own))
        journal.write(contents, self.data, (f"the records of {self.year}",))
        return tuple(contents)

    def _written(self, file: TableFile, before: bytes | None, own: Sequence[Difference]) -> bytes:
        """Return a table's file with what differs written into it."""
        names = read_records(before)[0].cells if before else list(file.columns)
        rows = {row.place.row: row for row in file.rows}
        changes = {
            number: self._about(file, names, rows[number]) | cells
            for number, cells in _by_row(own).items()
        }
        added = [{**self._about(file, names), **cells} for cells in _new_rows(own)]
        raw = edited(file.table, before, changes, added)
        usual, is_draft = file.usual, file.is_draft
        found = TableFile.of(file.table, file.year, raw, usual, is_draft=is_draft).findings
        if wrong := errors(found):
            protected = {file.path} if file.table.info.protected else set()
            raise DataError([redacted(finding, protected) for finding in wrong])
        return raw

    def _about(
        self, file: TableFile, names: Sequence[str], row: Row | None = None
    ) -> dict[str, str]:
        """Return the cells that say where a row comes from; a note, where the file has notes."""
        basis = getattr(row, "basis", None) or file.usual.get("basis")
        about = {}
        has_document = any(getattr(row, name, None) for name in _OF_DOCUMENTS)
        if basis not in OF_NO_DOCUMENT or has_document:
            about = {"basis": self._basis, **dict.fromkeys(_OF_DOCUMENTS, "")}
        if not getattr(row, "note", None) and "note" in names:
            about["note"] = _NOTE
        return about

    @cached_property
    def _basis(self) -> str:
        """What a row of the Board's own records rests on; in an example they are invented, too."""
        settings, _, _ = read_settings(self.year, self.data)
        is_example = settings is not None and settings.year.kind == "example"
        return "invented" if is_example else "own_record"


def _by_row(own: Iterable[Difference]) -> dict[int, dict[str, str]]:
    """Return the cells to be changed, by the rows that are there."""
    found: dict[int, dict[str, str]] = {}
    for one in own:
        if one.place is not None:
            found.setdefault(one.place.row, {})[one.column] = one.given
    return found


def _new_rows(own: Iterable[Difference]) -> list[Mapping[str, str]]:
    """Return the rows to be added, each once."""
    found = {tuple(one.key.values()): one.cells for one in own if one.place is None}
    return list(found.values())


def _told(one: Difference, *, is_single: bool, is_written: bool) -> str:
    """Return what would become of a cell, or did; one that is the `single` of its row is clear."""
    file = f"{one.row.info.name}.csv"
    if one.place is not None:
        where = f"{file} row {one.place.row}, {one.column}"
    else:
        where = f"{file}: {key_told(one)}"
        where += f", {one.column}" if one.column and not is_single else ""
    if one.found is None:
        added = "(written)" if is_written else "(not there yet)"
        return f"{where}: {one.given} {added}" if one.given else f"{where} {added}"
    return f"{where}: {one.found} {'became' if is_written else 'would become'} {one.given}"


def written_line(paths: Sequence[str]) -> str:
    """Return which tables were written."""
    return f"Written: {listed(list(paths))}." if paths else "Nothing had to be written."
