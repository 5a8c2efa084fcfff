"""Recording where an action of the plan stands: a row is added, nothing is ever overwritten.

A new row is read by the loader, as part of its file, before the file takes it in; so what can be
recorded is what can be loaded. Writers take turns, and a file is replaced whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hscb_report.checks.over_all import PLACEHOLDER
from hscb_report.errors import DataError, UnknownNameError, UsageError
from hscb_report.findings import Finding
from hscb_report.schema import TableSchema
from hscb_report.schema.plan import STATUS_COLUMNS, ActionStatus, PlannedAction
from hscb_report.stopping import carried_through
from hscb_report.store.adding import header_of, replace_file, turn_at, with_row
from hscb_report.store.csv_text import MAX_BYTES, read_records
from hscb_report.store.files import read_file
from hscb_report.store.table_file import TableFile
from hscb_report.store.year import available_years, usual_cells
from hscb_report.wording import quoted
from hscb_report.years import ReportingYear, day_text, parse_day

_ACTIONS, _STATUSES = TableSchema(PlannedAction), TableSchema(ActionStatus)
_UNREADABLE = re.compile(r"[\ud800-\udfff]")  # bytes of the command line that are no UTF-8


@dataclass(frozen=True)
class Recorded:
    """A status that was added, and whether it is the latest of its action."""

    status: ActionStatus
    is_latest: bool

    @property
    def text(self) -> str:
        """What was done, in one line."""
        status, place = self.status, self.status.place
        columns = [name for name in STATUS_COLUMNS if getattr(status, name)]
        said = ", ".join(f"{name} {getattr(status, name)}" for name in columns)
        told = f"{status.action} as at {day_text(status.as_at)}: {said}"
        later = "" if self.is_latest else " A record of a later day still holds after that."
        return f"{told} ({place.file}, row {place.row}).{later}"


def plan_years(data: Path) -> list[ReportingYear]:
    """Return the years that have a plan: each stands with the report of the year before."""
    return [year.next for year in available_years(data) if (data / _ACTIONS.path(year)).is_file()]


def record_status(
    action: str, said: Mapping[str, str | None], plan_year: ReportingYear, data: Path
) -> Recorded:
    """Add a status of an action to the plan of a year; `said` has the other columns, as text.

    Raises UnknownNameError for a plan or an action that does not exist, DataError if the tables
    themselves are at fault, UsageError with everything that is wrong with what is said. Then
    nothing has been written.
    """
    years = plan_years(data)
    if plan_year not in years:
        raise UnknownNameError("plan", str(plan_year), map(str, years))
    said, year = _stripped(said), plan_year.previous
    usual = usual_cells(_ACTIONS, year, data)
    actions: tuple[PlannedAction, ...] = _sound(TableFile.read(_ACTIONS, year, data, usual)).rows
    known = [row.action for row in actions]
    unknown = None if action in known else UnknownNameError("action", action, known)
    path = (data / _STATUSES.path(year)).resolve()
    with turn_at(path):
        return _add(path, {"action": action, **_safe_day(said)}, year, data, unknown)


def _add(
    path: Path,
    said: Mapping[str, str | None],
    year: ReportingYear,
    data: Path,
    unknown: UnknownNameError | None,
) -> Recorded:
    table = _STATUSES
    existed = path.exists()
    before = _sound(TableFile.read(table, year, data)) if existed else TableFile(table, year)
    records: tuple[ActionStatus, ...] = before.rows
    number = max((row.record for row in records), default=0) + 1
    raw = read_file(data, table.path(year), MAX_BYTES) if existed else header_of(table)
    added = with_row(raw, {**said, "record": str(number)})
    file = TableFile.of(table, year, added)
    problems = [
        *_nothing_said(said),
        *map(_told, file.findings),
        *_without_column(said, raw, table.path(year)),
        *_far_from_plan(said["as_at"] or "", year.next),
        *_unfinished(said),
    ]
    if unknown and not problems:
        raise unknown
    if problems:
        raise UsageError("\n".join([*([str(unknown)] if unknown else []), *problems]))
    new: ActionStatus = file.rows[-1]
    with carried_through("the status had been recorded."):
        replace_file(path, added)
    own = [row for row in records if row.action == new.action]
    return Recorded(new, is_latest=all(row.as_at <= new.as_at for row in own))


def _sound(file: TableFile) -> TableFile:
    """Return a file with which nothing is wrong; raise DataError for any other."""
    if file.findings:
        raise DataError(file.findings)
    return file


def _safe_day(said: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return what is said with its day in the form that no spreadsheet program rewrites."""
    as_at = (said.get("as_at") or "").strip()
    with suppress(UsageError):  # the loader says what is wrong with it
        day = parse_day(as_at)
        as_at = f"{day.year:04}-M{day.month:02}-{day.day:02}"
    return {**said, "as_at": as_at}


def _stripped(said: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return what is said without space around it; raise UsageError for what is no text."""
    wrong = [name for name, text in said.items() if _UNREADABLE.search(text or "")]
    if wrong:
        told = (f"{_option(name)}: {quoted(said[name] or '')} is not in UTF-8." for name in wrong)
        raise UsageError("\n".join(told))
    return {name: (text or "").strip() for name, text in said.items()}


def _nothing_said(said: Mapping[str, str | None]) -> Iterator[str]:
    if not any((said.get(name) or "").strip() for name in STATUS_COLUMNS):
        options = ", ".join(map(_option, STATUS_COLUMNS))
        yield f"Nothing is said of the action. Give one of: {options}."


def _without_column(said: Mapping[str, str | None], raw: bytes, file: str) -> Iterator[str]:
    """Refuse what the file, of before there was such a column, has no place for."""
    header = read_records(raw)[0].cells
    for name, text in said.items():
        if text and name not in header:
            yield f'{_option(name)}: {file} has no column "{name}". Add it to the header first.'


def _far_from_plan(as_at: str, plan_year: ReportingYear) -> Iterator[str]:
    """Refuse a date that must be mistyped: more than a year before or after the plan's."""
    first, last = plan_year.previous.start, plan_year.next.end
    with suppress(UsageError):  # the loader says what is wrong with it
        day = parse_day(as_at)
        if not first <= day <= last:
            yield (
                f'--as-at: found "{day}"; expected a day near the plan year {plan_year}, '
                f"from {day_text(first)} to {day_text(last)}."
            )


def _unfinished(said: Mapping[str, str | None]) -> Iterator[str]:
    """Refuse what rule 28 would find: a placeholder stops a final report."""
    for name, text in said.items():
        if found := PLACEHOLDER.search(text or ""):
            what = f'found "{found[0]}", which stops a final report.'
            yield f"{_option(name)}: {what} Say it in other words."


def _told(finding: Finding) -> str:
    """Return a loader's finding about the new row, in terms of the command's options."""
    found = "" if finding.found is None else f"found {quoted(finding.found)}; "
    where = _option(finding.column) if finding.column else "the new row"
    return f"{where}: {found}{finding.message} {finding.hint}".rstrip()


def _option(column: str) -> str:
    return "ACTION" if column == "action" else "--" + column.replace("_", "-")
