"""What would be found in the data with what was received: tried in a copy, told by the cell."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hscb_report.findings import Finding, errors
from hscb_report.intake.changes import Change, TableChanges
from hscb_report.intake.proposed import Origin, in_sheet
from hscb_report.report import table_schemas
from hscb_report.schema.records import record_schemas
from hscb_report.spreadsheets.grid import column_letters
from hscb_report.store.copying import copy_folder, copy_root
from hscb_report.store.csv_text import read_records
from hscb_report.store.journal import Replaced
from hscb_report.store.records import read_year_records, records_folder
from hscb_report.store.table_file import TableFile
from hscb_report.store.year import Loaded, load_year
from hscb_report.wording import quoted
from hscb_report.years import ReportingYear


def loaded_with_records(year: ReportingYear, data: Path) -> Loaded:
    """Return what a year holds, its records among it: they may be sent, too."""
    loaded = load_year(year, data, table_schemas())
    schemas = record_schemas(loaded.vocabularies)
    files = [TableFile.read(schema, year, data) for schema in schemas]
    lines = {file.table.name: file.lines for file in files if file.lines is not None}
    return replace(
        loaded,
        schemas=(*loaded.schemas, *schemas),
        lines={**loaded.lines, **lines},
        findings=(*loaded.findings, *read_year_records(year, data).findings),
    )


def found_with(
    loaded: Loaded, data: Path, files: Mapping[str, Replaced], changes: Sequence[TableChanges]
) -> list[Finding]:
    """Return what the loader finds in the data as it would be, each told of the received cell."""
    if not files:
        return []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        copy_root(data, copy)
        if (records := records_folder(loaded.year, data)).is_dir():
            copy_folder(records, records_folder(loaded.year, copy))
        for path, replaced in files.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_bytes(replaced.after)
        after = loaded_with_records(loaded.year, copy)
    before = {_same(finding) for finding in loaded.findings}
    origins = dict(_origins(loaded.year, files, changes))
    new = (finding for finding in errors(after.findings) if _same(finding) not in before)
    return [_told_of_origin(finding, origins) for finding in new]


def _same(finding: Finding) -> tuple[object, ...]:
    return (finding.rule, finding.file, finding.row, finding.column, finding.found, finding.message)


def _origins(
    year: ReportingYear, files: Mapping[str, Replaced], changes: Sequence[TableChanges]
) -> Iterator[tuple[tuple[str, int], Change]]:
    """Yield each changed row of a file with what it was changed by."""
    for table in changes:
        path = table.schema.path(year)
        if path not in files:
            continue
        first = len(read_records(files[path].after)) - len(table.added) + 1
        for number, change in enumerate(table.added, first):
            yield (path, number), change
        for change in table.changes:
            if change.number is not None:
                yield (path, change.number), change


def _told_of_origin(finding: Finding, origins: Mapping[tuple[str, int], Change]) -> Finding:
    """Return a finding of a table's row as one of the cell that it comes from."""
    change = origins.get((finding.file, finding.row or 0))
    if change is None:
        return finding
    origin: Origin = change.origin
    column = finding.column
    number = origin.columns.get(column) if column else None
    told = f"column {quoted(column)} of {finding.file}: " if column else ""
    return in_sheet(
        origin.file,
        origin.sheet,
        f"{told}{finding.message}",
        finding.hint,
        row=origin.row,
        column=column_letters(number) if number else column,
        found=finding.found,
        rule=finding.rule,
    )
