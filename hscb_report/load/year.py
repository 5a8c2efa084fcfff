"""The one place that reads tables: every problem of every file, or the typed rows.

Loader findings have rules of their own:

L1  a file is missing, or cannot be read as a table
L2  a header row that does not name the declared columns
L3  a row of another length, a blank row, or no rows at all
L4  a cell that its column does not allow
L5  two rows with the same key
L6  a code that stands in no other table
L7  a month outside the reporting year
L8  a settings file (board.toml, year.toml) that is missing or damaged
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from hscb_report.errors import ReportError, suggestion
from hscb_report.findings import Finding
from hscb_report.load.settings import (
    BoardSettings,
    CoveringSettings,
    PlanSettings,
    Settings,
    YearSettings,
)
from hscb_report.load.table_file import Input, TableFile
from hscb_report.schema import Row, Tables, declared_tables
from hscb_report.schema.finance import FundBalance
from hscb_report.years import ReportingYear

RULES = {
    "L1": "Every required file is there and can be read",
    "L2": "The header names the declared columns",
    "L3": "Every row has a cell for every column",
    "L4": "Every cell holds what its column allows",
    "L5": "No two rows have the same key",
    "L6": "Every code that names a row of another table is found there",
    "L7": "Months lie in the reporting year where they must",
    "L8": "The settings files are complete",
}


# The sections of year.toml.
_SECTIONS: dict[str, type[BaseModel]] = {
    "plan": PlanSettings,
    "covering_report": CoveringSettings,
}


@dataclass(frozen=True)
class Loaded:
    """What one year's data came to. `findings` are those of loading alone."""

    year: ReportingYear
    tables: Tables
    balances_before: tuple[FundBalance, ...]
    present: frozenset[str]
    settings: Settings | None
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]

    @property
    def damaged(self) -> frozenset[str]:
        """The tables in which something was found."""
        files = {finding.file for finding in self.findings}
        return frozenset(t.name for t in declared_tables() if t.path(self.year) in files)


def available_years(data: Path) -> list[ReportingYear]:
    """Return the years that have a folder under the data root, oldest first."""
    years = []
    for folder in data.iterdir() if data.is_dir() else ():
        try:
            years.append(ReportingYear.parse(folder.name))
        except ReportError:
            continue
    return sorted(years)


def load_year(year: ReportingYear, data: Path) -> Loaded:
    """Read a year's tables and settings from the data root; collect all problems, raise none.

    Raises ReportError only when there is no folder for the year at all.
    """
    if not (data / str(year)).is_dir():
        known = [str(known) for known in available_years(data)]
        raise ReportError(
            f'There is no data for {year}: the folder "{data / str(year)}" does not exist. '
            f"{suggestion(str(year), known)}"
        )
    files = [TableFile.read(table, year, data) for table in declared_tables()]
    settings, settings_inputs, settings_findings = _settings(year, data)
    findings = [finding for file in files for finding in file.findings]
    findings += list(_broken_references(files)) + settings_findings
    findings += list(_unknown_local_authority(settings, files))
    return Loaded(
        year=year,
        tables=Tables(**{file.table.name: file.rows for file in files}),
        balances_before=_balances_before(year, data),
        present=frozenset(file.table.name for file in files if file.sha256),
        settings=settings,
        inputs=(*(file.input for file in files if file.sha256), *settings_inputs),
        findings=tuple(findings),
    )


def _balances_before(year: ReportingYear, data: Path) -> tuple[FundBalance, ...]:
    """Return the fund balances of the year before, where there is such a year and it is sound."""
    table = next(table for table in declared_tables() if table.name == "fund_balances")
    if not (data / str(year.previous)).is_dir():
        return ()
    file = TableFile.read(table, year.previous, data)
    return () if file.findings else tuple(file.rows)


def _broken_references(files: Sequence[TableFile]) -> Iterator[Finding]:
    """Yield a finding for each cell that names a row no other table has."""
    by_name = {file.table.name: file for file in files}
    aliases = {row.name.lower(): row.agency for row in by_name["agencies"].rows}
    aliases |= {row.alias.lower(): row.agency for row in by_name["agency_aliases"].rows}
    for file in files:
        for column, row, target in _references(file):
            table, _, target_column = target.partition(".")
            if by_name[table].findings:
                continue  # mend that table first: half of its codes may be missing
            known = {str(getattr(other, target_column)) for other in by_name[table].rows}
            found = str(getattr(row, column))
            if found in known:
                continue
            alias = aliases.get(found.lower()) if table == "agencies" else None
            hint = f'Write its code, "{alias}".' if alias else suggestion(found, known)
            if by_name[table].table.info.protected:
                hint = "Look the code up there."  # a code of that table may tell of a child
            where = f"{by_name[table].path}, column {target_column}"
            yield Finding(
                "L6",
                "error",
                file.path,
                f"expected a code that stands in {where}.",
                hint,
                row.place.row,
                column,
                None if file.table.info.protected else found,
            )


def _references(file: TableFile) -> Iterator[tuple[str, Row, str]]:
    """Yield each filled cell that names a row elsewhere: its column, its row, `table.column`."""
    for column in file.columns.values():
        kind = column.kind
        if not (kind.references or kind.references_by):
            continue
        for row in file.rows:
            if getattr(row, column.name) is None:
                continue
            if kind.references_by:
                deciding, targets = kind.references_by
                yield column.name, row, targets[getattr(row, deciding)]
            else:
                yield column.name, row, kind.references or ""


def _unknown_local_authority(
    settings: Settings | None, files: Sequence[TableFile]
) -> Iterator[Finding]:
    agencies = next(file for file in files if file.table.name == "agencies")
    if settings is None or agencies.findings:
        return
    known = {row.agency for row in agencies.rows}
    found = settings.board.local_authority
    if found not in known:
        hint = suggestion(found, known)
        what = f"expected a code that stands in {agencies.path}."
        yield Finding("L8", "error", "board.toml", what, hint, None, "local_authority", found)


def _settings(
    year: ReportingYear, data: Path
) -> tuple[Settings | None, list[Input], list[Finding]]:
    """Read board.toml and the year's year.toml."""
    inputs: list[Input] = []
    findings: list[Finding] = []
    read: dict[str, Any] = {}
    for name, path, kind in (
        ("board", "board.toml", BoardSettings),
        ("year", f"{year}/year.toml", YearSettings),
    ):
        try:
            raw = (data / path).read_bytes()
            inputs.append(Input(path, hashlib.sha256(raw).hexdigest(), protected=False))
            read[name] = kind.model_validate(tomllib.loads(raw.decode("utf-8-sig")))
        except FileNotFoundError:
            findings.append(_settings_finding(path, "this file is missing.", "Add it."))
        except OSError as error:
            findings.append(_settings_finding(path, f"cannot be read ({error.strerror}).", ""))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            findings.append(_settings_finding(path, f"is not valid TOML: {error}.", "Mend it."))
        except ValidationError as error:
            findings += [
                _settings_finding(
                    path, f"{problem['msg']}.", _settings_hint(problem), problem["loc"]
                )
                for problem in error.errors(include_url=False)
            ]
    if not findings and str(read["year"].year) != str(year):
        hint = f'Write year = "{year}".'
        findings.append(_settings_finding(f"{year}/year.toml", "is of another year.", hint))
    return (None if findings else Settings(read["board"], read["year"])), inputs, findings


def _settings_hint(problem: Any) -> str:
    """Return what to do: for a section that is missing, what it holds."""
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] != "missing" or name not in _SECTIONS:
        return "Correct it."
    return f"Add the section [{name}] with {', '.join(_SECTIONS[name].model_fields)}."


def _settings_finding(
    path: str, message: str, hint: str, place: Sequence[int | str] = ()
) -> Finding:
    column = ".".join(str(part) for part in place) or None
    return Finding("L8", "error", path, message, hint, column=column)
