"""Recording that somebody has looked at tables and texts of a year, as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hscb_report.checks.characters import unprintable_found
from hscb_report.errors import DataError, ReportError, UnknownNameError, UsageError
from hscb_report.new_year.states import STATES, Item
from hscb_report.new_year.status import Status
from hscb_report.report.reading import DEFAULT_DATA, Run
from hscb_report.schema import TableSchema
from hscb_report.schema.upkeep import Confirmation
from hscb_report.store.adding import add_rows
from hscb_report.wording import quoted, rows_told
from hscb_report.years import ReportingYear, day_text

_CONFIRMED = TableSchema(Confirmation)
_LONGEST_ROLE = 200


@dataclass(frozen=True)
class Confirmed:
    """What was confirmed, and what was not because it has to be named."""

    items: tuple[Item, ...]
    left: tuple[Item, ...]

    def lines(self) -> Iterator[str]:
        """Yield what was done, a line each."""
        for item in self.items:
            told = f", {item.told}" if item.told else ""
            yield f"confirmed {item.file} ({STATES[item.state]}{told})"
        if not self.items:
            yield "There was nothing to confirm."
        if self.left:
            names = ", ".join(item.name for item in self.left)
            yield f"Not confirmed, as it has to be named: {names}."


def confirm(
    year: str | None, names: Sequence[str], role: str, day: date, data: Path | None = None
) -> Confirmed:
    """Record that a role has looked at tables and texts on a day, and that they hold for the year.

    Without names it is all that was carried over and is to be confirmed; what is the same as last
    year though each year has its own, and what is missing or empty, has to be named.

    Raises ReportError if there is no such year, for a name that the year does not have and for what
    has to be filled in first, UsageError for what is no role or day; then nothing is recorded.
    """
    root = data or DEFAULT_DATA
    run = Run.of(year, root)
    if wrong := [f for f in run.loaded.findings if f.file == _CONFIRMED.path(run.loaded.year)]:
        raise DataError(wrong)
    role = _role(role)
    _refuse_day(day, run.loaded.year)
    status = run.status
    chosen = (
        _named(status, names) if names else [i for i in status.items if i.state == "to_confirm"]
    )
    told = [_to_do_first(item) for item in chosen if not item.may_be_confirmed]
    if told and names:
        raise ReportError("\n".join(told))
    chosen = [item for item in chosen if item.may_be_confirmed]
    said = run.loaded.tables[Confirmation]
    known = {(row.content, row.role, row.hash) for row in said}
    new = [item for item in chosen if (item.name, role, item.content) not in known]
    record(new, role, day, run.loaded.year, root)
    waiting = ("unchanged", "missing") if not names else ()
    left = tuple(item for item in status.items if item.state in waiting)
    return Confirmed(tuple(chosen), left)


def record(items: Iterable[Item], role: str, day: date, year: ReportingYear, data: Path) -> None:
    """Add a row for each table and text that was looked at, as it stands, to a year's file.

    Raises DataError if that file is damaged.
    """
    written = f"{day.year}-M{day.month:02d}-{day.day:02d}"  # no spreadsheet rewrites it
    looked = {"role": role, "confirmed": written}
    rows = [{"content": item.name, **looked, "hash": item.content} for item in items]
    add_rows(_CONFIRMED, year, data, rows)


def _named(status: Status, names: Iterable[str]) -> list[Item]:
    """Return what names mean: tables, and texts with or without their folder and ending."""
    known = {item.name: item for item in status.items}
    by_name: dict[str, Item] = {}
    for item in status.items:
        bare = item.name.removeprefix("text/").removesuffix(".md")
        for name in (item.file, bare, f"{bare}.md", f"text/{bare}", f"{item.name}.csv"):
            by_name.setdefault(name, item)
    unknown = [name for name in names if name not in known and name not in by_name]
    if unknown:
        told = (str(UnknownNameError("table or text", name, known)) for name in unknown)
        raise ReportError("\n".join(told))
    found = (known.get(name) or by_name[name] for name in names)
    return list({item.name: item for item in found}.values())


def _to_do_first(item: Item) -> str:
    if item.is_text:
        return f"{item.file}: {item.told}. Write it first, and take out the words TODO."
    rows = f" ({rows_told(item.rows)})" if item.rows else ""
    return f"{item.file}: {item.told}{rows}. Fill in every cell that must not be empty first."


def _role(said: str) -> str:
    """Return a role as it is recorded; raise UsageError for what is none."""
    role = said.strip()
    if len(role) > _LONGEST_ROLE or len(role.splitlines()) != 1:
        what = f"--role: found {quoted(said)}; expected a role on one line, such as "
        raise UsageError(f'{what}"Business Manager".')
    if found := unprintable_found("--role", role, None):
        raise UsageError(f"--role: found {found.found}; {found.message} {found.hint}")
    return role


def _refuse_day(day: date, year: ReportingYear) -> None:
    if day < year.start:
        what = f"--on: {day_text(day)} is before {year} begins, so nothing of it can be confirmed."
        raise UsageError(f"{what} Give the day on which it was looked at.")
