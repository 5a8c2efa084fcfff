"""Records held against the summary tables of a year: which figures are other than they give.

No output is made of records. A report is refused as long as one of its figures is another than its
records give; so what is published never depends on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from hscb_report.calculations.records.of_year import BEHIND
from hscb_report.calculations.records.worked_out import Difference, differences
from hscb_report.checks.rule import Rule
from hscb_report.errors import DataError
from hscb_report.findings import Finding, errors
from hscb_report.report.reading import DEFAULT_DATA, data_option
from hscb_report.schema.records import record_schemas
from hscb_report.store.records import ReadRecords, has_records, read_year_records
from hscb_report.store.year import latest_year
from hscb_report.years import ReportingYear

AGREES = Rule("B1", "Figures agree with the records behind them")


def findings_of_records(year: str | None, data: Path | str | None) -> tuple[Finding, ...]:
    """Return what is wrong with a year's records, or which figures are other than they give.

    Each such finding names both numbers: it is for a terminal and nowhere else. There are none
    where there are no records.
    """
    root = Path(data) if data else DEFAULT_DATA
    reporting = latest_year(root) if year is None else ReportingYear.parse(year)
    if not has_records(reporting, root):
        return ()
    read = read_year_records(reporting, root)
    if read.findings:
        return read.findings
    found = (d for d in differences_of(read) if d.is_contradiction)
    return tuple(_contradiction(one, reporting, root) for one in found)


def without_numbers(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the same findings as they may be shown anywhere: they name no number of a record."""
    return tuple(
        replace(finding, found=None, message="the records give another number.")
        if finding.rule == AGREES.code
        else finding
        for finding in findings
    )


def refuse_contradicted(year: str | None, data: Path | str | None) -> None:
    """Raise DataError if a figure of a year is another than its records give."""
    if found := findings_of_records(year, data):
        raise DataError(found)


def differences_of(read: ReadRecords) -> Iterator[Difference]:
    """Yield what differs, table by table; of a damaged table nothing can be said."""
    for worked_out in read.records.worked_out():
        file = read.summaries[worked_out.row.info.name]
        if not errors(file.findings):
            yield from differences(worked_out, file.rows)


def _contradiction(one: Difference, year: ReportingYear, data: Path) -> Finding:
    assert one.place is not None, "a row that is not there contradicts nothing"
    paths = {schema.row: schema.path(year) for schema in record_schemas()}
    behind = " or ".join(paths[row] for row in BEHIND[one.row])
    command = f"hscb-report records {year}{data_option(data)} --write"
    what = f"the records give {one.given} for {key_told(one)}."
    hint = f"Run `{command}`, or correct the record in {behind}."
    place = one.place
    return Finding(AGREES.code, "error", place.file, what, hint, place.row, one.column, one.found)


def key_told(one: Difference) -> str:
    """Return what tells a row apart, as it is told."""
    return ", ".join(filter(None, one.key.values()))
