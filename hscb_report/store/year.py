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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from hscb_report.checks.rule import Rule
from hscb_report.errors import ReportError
from hscb_report.findings import Finding
from hscb_report.results.published import Input
from hscb_report.schema import Row, Tables, TableSchema
from hscb_report.schema.finance import FundBalance
from hscb_report.schema.settings import (
    BoardSettings,
    CoveringSettings,
    PlanSettings,
    Settings,
    YearSettings,
)
from hscb_report.store.table_file import TableFile
from hscb_report.wording import suggestion
from hscb_report.years import ReportingYear

RULES = (
    Rule("L1", "Every required file is there and can be read"),
    Rule("L2", "The header names the declared columns"),
    Rule("L3", "Every row has a cell for every column"),
    Rule("L4", "Every cell holds what its column allows"),
    Rule("L5", "No two rows have the same key"),
    Rule("L6", "Every code that names a row of another table is found there"),
    Rule("L7", "Months lie in the reporting year where they must"),
    Rule("L8", "The settings files are complete"),
)


# The sections of year.toml.
_SECTIONS: dict[str, type[BaseModel]] = {
    "plan": PlanSettings,
    "covering_report": CoveringSettings,
}


@dataclass(frozen=True)
class Loaded:
    """What one year's data came to. `findings` are those of loading alone."""

    year: ReportingYear
    schemas: tuple[TableSchema, ...]
    tables: Tables
    balances_before: tuple[FundBalance, ...]
    settings: Settings | None
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]

    @property
    def damaged(self) -> frozenset[str]:
        """The tables in which something was found."""
        files = {finding.file for finding in self.findings}
        return frozenset(t.name for t in self.schemas if t.path(self.year) in files)

    @property
    def protected(self) -> frozenset[str]:
        """The files that count or describe children."""
        return frozenset(t.path(self.year) for t in self.schemas if t.info.protected)


def available_years(data: Path) -> list[ReportingYear]:
    """Return the years that have a folder under the data root, oldest first."""
    years = []
    for folder in data.iterdir() if data.is_dir() else ():
        with suppress(ReportError):
            year = ReportingYear.parse(folder.name)
            if folder.is_dir():
                years.append(year)
    return sorted(years)


def load_year(year: ReportingYear, data: Path, schemas: Sequence[TableSchema]) -> Loaded:
    """Read a year's tables and settings from the data root; collect all problems, raise none.

    `schemas` are the tables that there may be.

    Raises ReportError only when there is no folder for the year at all.
    """
    if not (data / str(year)).is_dir():
        known = [str(known) for known in available_years(data)]
        raise ReportError(
            f'There is no data for {year}: the folder "{data / str(year)}" does not exist. '
            f"{suggestion(str(year), known)}"
        )
    names = [table.name for table in schemas]
    files = [TableFile.read(table, year, data, names) for table in schemas]
    settings, settings_inputs, settings_findings = _settings(year, data)
    findings = [finding for file in files for finding in file.findings]
    findings += list(_broken_references(files)) + settings_findings
    findings += list(_unknown_agencies(settings, files))
    return Loaded(
        year=year,
        schemas=tuple(schemas),
        tables=Tables({file.table.name: file.rows for file in files}),
        balances_before=_balances_before(year, data),
        settings=settings,
        inputs=(*(file.input for file in files if file.sha256), *settings_inputs),
        findings=tuple(findings),
    )


def _balances_before(year: ReportingYear, data: Path) -> tuple[FundBalance, ...]:
    """Return the fund balances of the year before, where there is such a year and it is sound."""
    if not (data / str(year.previous)).is_dir():
        return ()
    file = TableFile.read(TableSchema(FundBalance), year.previous, data)
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
                found,
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
                if getattr(row, deciding) in targets:  # a board's own code may lead to no table
                    yield column.name, row, targets[getattr(row, deciding)]
            else:
                yield column.name, row, kind.references or ""


def _unknown_agencies(settings: Settings | None, files: Sequence[TableFile]) -> Iterator[Finding]:
    """Yield a finding for each agency of the board's settings that the list of agencies lacks."""
    agencies = next((file for file in files if file.table.name == "agencies"), None)
    if settings is None or agencies is None or agencies.findings:
        return
    known = {row.agency for row in agencies.rows}
    for setting in ("local_authority", "agency"):
        found = getattr(settings.board, setting)
        if found is not None and found not in known:
            hint = suggestion(found, known)
            what = f"expected a code that stands in {agencies.path}."
            yield Finding("L8", "error", "board.toml", what, hint, None, setting, found)


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
            inputs.append(Input(path, hashlib.sha256(raw).hexdigest()))
            read[name] = kind.model_validate(tomllib.loads(raw.decode("utf-8-sig")))
        except FileNotFoundError:
            findings.append(_settings_finding(path, "this file is missing.", "Add it."))
        except OSError as error:
            findings.append(_settings_finding(path, f"cannot be read ({error.strerror}).", ""))
        except ValidationError as error:
            findings += [
                _settings_finding(
                    path, f"{problem['msg']}.", _settings_hint(problem), problem["loc"]
                )
                for problem in error.errors(include_url=False)
            ]
        except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, or too deep or too long
            findings.append(_settings_finding(path, f"is not valid TOML: {error}.", "Mend it."))
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
