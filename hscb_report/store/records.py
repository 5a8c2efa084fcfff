"""Reading records, of which no report is made, and the summary tables that are held against them.

What is wrong with records is told as of any table. Nobody else reads the folder in which they lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hscb_report.calculations.records.of_year import SUMMARIES, YearRecords
from hscb_report.checks.redaction import redacted
from hscb_report.findings import Finding, errors
from hscb_report.schema import Row, Tables, TableSchema
from hscb_report.schema.board import Group
from hscb_report.schema.learning import Audit, TrainingOffer
from hscb_report.schema.records import RECORDS, ChildDeathRecord, record_schemas
from hscb_report.schema.reference import Agency
from hscb_report.schema.tables import PRIVATE
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.store.folder import is_passed_over
from hscb_report.store.settings import may_be_draft, read_settings
from hscb_report.store.table_file import TableFile
from hscb_report.store.year import available_years, usual_cells, words_of
from hscb_report.wording import nearest, one_line, quoted, suggestion
from hscb_report.years import ReportingYear

_NAMED: tuple[type[Row], ...] = (Agency, Group, TrainingOffer, Audit)
"""The tables of a report whose rows records name."""


@dataclass(frozen=True)
class ReadRecords:
    """A year's records beside its summary tables, and what is wrong with either.

    `findings` are those of the records alone, as they may be told; `summaries` are the files of the
    summary tables by their names, damaged ones too.
    """

    records: YearRecords
    summaries: Mapping[str, TableFile]
    findings: tuple[Finding, ...]


def records_folder(year: ReportingYear, data: Path) -> Path:
    """Return where the records of a year lie."""
    return data / PRIVATE / "records" / str(year)


def has_records(year: ReportingYear, data: Path) -> bool:
    """Whether there is anything where the records of a year lie."""
    folder = records_folder(year, data)
    return folder.is_dir() and any(not is_passed_over(path) for path in folder.iterdir())


def read_year_records(year: ReportingYear, data: Path) -> ReadRecords:
    """Read a year's records and its summary tables; what is wrong is in the findings."""
    words = words_of(data)
    records = [TableFile.read(schema, year, data) for schema in record_schemas(words)]
    named = [_read(row, year, data, words) for row in (*_NAMED, *SUMMARIES)]
    there = {file.table.name: file for file in named}
    of = YearRecords(
        year,
        Tables({file.table.name: file.rows for file in records}),
        Tables({name: file.rows for name, file in there.items()}),
        words,
        _deaths(year, data, words),
    )
    found = [
        *strange_records(year, data),
        *(finding for file in records for finding in file.findings),
        *_broken_references(records, [*records, *named]),
        *of.out_of_place(),
    ]
    protected = {file.path for file in records}
    told = tuple(redacted(finding, protected) for finding in found)
    return ReadRecords(of, {row.info.name: there[row.info.name] for row in SUMMARIES}, told)


def _read(
    row: type[Row], year: ReportingYear, data: Path, words: Mapping[str, Vocabulary]
) -> TableFile:
    """Read a table of the report as a load of its year does."""
    table = TableSchema(row, words)
    return TableFile.read(
        table, year, data, usual_cells(table, year, data), is_draft=is_draft(year, data)
    )


def is_draft(year: ReportingYear, data: Path) -> bool:
    """Whether a year's report is a draft, in which cells may be empty."""
    settings, _, _ = read_settings(year, data)
    return settings.year.status == "draft" if settings else may_be_draft(year, data)


def _deaths(
    year: ReportingYear, data: Path, words: Mapping[str, Vocabulary]
) -> dict[ReportingYear, tuple[ChildDeathRecord, ...]]:
    """Return the records of child deaths of a year and of those before it that have any."""
    schema = TableSchema(ChildDeathRecord, words)
    every = (one for one in available_years(data) if one <= year)
    read = {one: TableFile.read(schema, one, data) for one in every if has_records(one, data)}
    return {one: file.rows for one, file in read.items() if file.rows and not file.findings}


def strange_records(year: ReportingYear, data: Path) -> Iterator[Finding]:
    """Yield a finding for each file among a year's records that is none: nothing would count it."""
    folder = records_folder(year, data)
    names = [f"{row.info.name}.csv" for row in RECORDS]
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name in names or is_passed_over(path):
            continue
        near = nearest(path.stem, [row.info.name for row in RECORDS], 1)
        hint = f'Is it "{near[0]}.csv"? Rename it.' if near else "Move it away, or rename it."
        file = one_line(path.relative_to(data).as_posix())
        yield Finding("L1", "error", file, "no table of records has this name.", hint)


def _broken_references(
    records: Iterable[TableFile], every: Sequence[TableFile]
) -> Iterator[Finding]:
    """Yield a finding for each cell of a record that names a row which its table does not have.

    A table in which something else is wrong is mended first: some of its rows may be missing.
    """
    by_name = {file.table.name: file for file in every}
    for file in records:
        for column in file.columns.values():
            table, _, listed = (column.kind.references or "").partition(".")
            if not table or errors(by_name[table].findings):
                continue
            known = {str(getattr(row, listed)) for row in by_name[table].rows}
            for row in file.rows:
                if (named := getattr(row, column.name)) is not None and named not in known:
                    yield _broken(file, row, column.name, by_name[table], listed, known)


def _broken(
    file: TableFile, row: Row, column: str, target: TableFile, listed: str, known: Iterable[str]
) -> Finding:
    what = f"expected a code that stands in {target.path}, column {listed}."
    named = str(getattr(row, column))
    hint = suggestion(named, known)
    if target.table.info.protected:
        hint = "Look the number up there."
    what = what if target.table.info.protected else f"{quoted(named)} is not there; {what}"
    return Finding("L6", "error", file.path, what, hint, row.place.row, column, named)
