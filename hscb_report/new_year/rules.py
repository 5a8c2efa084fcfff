"""The rules by which no report is made of last year's content: what they find, and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding, Severity
from hscb_report.new_year.states import Item
from hscb_report.new_year.status import Status
from hscb_report.schema import Row
from hscb_report.schema.settings import YearSettings
from hscb_report.wording import rows_told, suggestion
from hscb_report.years import without_years

CARRIED = Rule("Y1", "What was carried over from an earlier year has been looked at")
WHOLE = Rule("Y2", "Nothing is missing or empty that belongs to the year")
KNOWN = Rule("Y3", "What is confirmed, or owed, is a table or a text that there is", "warning")
DATED = Rule("Y4", "The settings hold no day, and name no year, of the year before")
CONFIRM_ROLE = ' --role "…"'
"""How the command ends by which somebody confirms something."""
RULES = (CARRIED, WHOLE, KNOWN, DATED)


def findings_of(
    status: Status, told: Collection[str], unshown: Collection[str] = ()
) -> Iterator[Finding]:
    """Yield what is not done in a year: errors in a final report, warnings in a draft.

    `told` are the files of which it is known already what they lack, `unshown` those that are in no
    report, so that nothing has to be done about them.
    """
    severity: Severity = "error" if status.is_final else "warning"
    for item in (item for item in status.undone if item.file not in unshown):
        if item.state in ("to_confirm", "unchanged"):
            what, hint = _carried(item, status)
            yield Finding(CARRIED.code, severity, item.file, what, hint, _first(item))
        elif item.file not in told:
            what, hint = _lacking(item, status)
            yield Finding(WHOLE.code, severity, item.file, what, hint, _first(item))


def _first(item: Item) -> int | None:
    return item.rows[0] if len(item.rows) == 1 else None


def _carried(item: Item, status: Status) -> tuple[str, str]:
    rows = f" ({rows_told(item.rows)})" if len(item.rows) > 1 else ""
    what = f"{item.told}{rows}, and nobody has confirmed that it holds for {status.year}."
    return what, f"Correct it, or confirm it: {_command(item, status)}"


def _lacking(item: Item, status: Status) -> tuple[str, str]:
    rows = f": {rows_told(item.rows)}" if len(item.rows) > 1 else ""
    none = f"or say that there is none: {_command(item, status)}"
    if item.state == "missing":
        return f"this is missing: {item.told}.", f"Add it, {none}"
    if not item.may_be_confirmed:
        return f"{item.told}{rows}.", "Fill it in." if not item.is_text else "Write it."
    if item.rows:
        return (
            f"{item.told}{rows}.",
            f"Fill it in, or confirm it as it is: {_command(item, status)}",
        )
    return f"{item.told}{rows}.", f"{'Write it' if item.is_text else 'Fill it in'}, {none}"


def _command(item: Item, status: Status) -> str:
    return f"`hscb-report confirm {status.year} {item.name}{CONFIRM_ROLE}`"


def unknown_contents(rows: Iterable[Row], known: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each row that names neither a table nor a text; `known` are all names."""
    for row in rows:
        content, place = str(getattr(row, "content", "")), row.place
        if content not in known and not content.startswith(("text/", "tables/")):
            what, hint = "there is no such table or text.", suggestion(content, known)
            yield Finding(
                KNOWN.code, "warning", place.file, what, hint, place.row, "content", content
            )


def settings_of_before(
    settings: YearSettings, before: YearSettings, *, is_final: bool
) -> Iterator[Finding]:
    """Yield a finding for each day, and each text with a year in it, that is the year before's."""
    then = dict(_of_a_time(before))
    for name, said in _of_a_time(settings):
        if then.get(name) == said:
            what = f"{name} is {said}, as in the settings of {before.year}."
            hint = "Correct it, or take the setting out as long as it is not known."
            file, severity = f"{settings.year}/year.toml", DATED.severity
            if isinstance(said, str):  # a plan of several years keeps its title
                hint, severity = "Correct it, or leave it if it still holds.", "warning"
            yield Finding(DATED.code, severity if is_final else "warning", file, what, hint)


def _of_a_time(section: BaseModel, within: str = "") -> Iterator[tuple[str, date | str]]:
    """Yield each day, and each text that names a year, by its name: covering_report.day.

    The code of a statutory regime holds for years, whatever year is in it.
    """
    fields: Mapping[str, Any] = {name: value for name, value in section if name != "guidance"}
    for name, value in fields.items():
        if isinstance(value, BaseModel):
            yield from _of_a_time(value, f"{within}{name}.")
        elif isinstance(value, date) or (isinstance(value, str) and without_years(value) != value):
            yield f"{within}{name}", value
