"""Writing the template that asks an agency for its figures: from a data root to a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hscb_report.errors import DataError, ReportError
from hscb_report.findings import Finding, errors
from hscb_report.intake.drawing import drawn
from hscb_report.intake.template import Holding, Template, held_tables, owed_tables, template
from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.report.beginning import chapters_named, tables_of
from hscb_report.schema import TableSchema
from hscb_report.schema.records import record_schemas
from hscb_report.store.year import available_years, latest_year, load_year, usual_cells
from hscb_report.wording import counted, slug
from hscb_report.years import ReportingYear

_BLINDING = ("L1", "L2", "L8", "L9")
"""What hides what a year holds: files, headers, settings and words that cannot be read."""


@dataclass(frozen=True)
class TemplateFile:
    """A template that was written: its file, and what it asks for."""

    path: Path
    template: Template

    def lines(self) -> tuple[str, ...]:
        """Return what was written, and what to do with it."""
        forms = self.template.forms
        tables = counted(len(forms), "table")
        first = f"{tables} for {self.template.for_whom}: {', '.join(form.table for form in forms)}."
        return f"The template is {self.path}.", first


def write_template(
    year: str | None,
    data: Path | None = None,
    agency: str | None = None,
    chapter: str | None = None,
    out: Path = Path(),
) -> TemplateFile:
    """Write the template of a year's tables: of those that an agency owes, of a chapter, or of all.

    Without a year it is the latest that the data root holds. Raises ReportError if there is no such
    year or nothing to ask for, UnknownNameError for an agency that there is not, DataError if what
    the year holds cannot be read. A file that is there and holds something else is not touched.
    """
    root = data or DEFAULT_DATA
    holding = holding_of(latest_year(root) if year is None else ReportingYear.parse(year), root)
    if agency is not None:
        made = template(holding, owed_tables(holding, agency), agency)
    elif chapter is not None:
        (named,) = chapters_named([chapter])
        tables = _of_chapter(chapter, (TableSchema(row) for row in tables_of(named)))
        told = f'whoever has figures for the chapter "{named.title}"'
        made = template(holding, tables, told=told)
    else:
        told = "every agency that gives figures for the report"
        made = template(holding, held_tables(holding), told=told)
    path = out / f"{_name(holding, agency or chapter or '')}.xlsx"
    _put(path, drawn(made))
    return TemplateFile(path, made)


def holding_of(year: ReportingYear, root: Path) -> Holding:
    """Return what a year and the one before hold.

    Raises ReportError if there is no such year, DataError if what it holds cannot be read. The year
    before is only looked at: as far as it cannot be read, there is nothing of it.
    """
    loaded = load_year(year, root, table_schemas())
    blinding = [finding for finding in errors(loaded.findings) if _blinds(finding)]
    if blinding or loaded.settings is None:
        raise DataError(blinding or loaded.findings)
    there = year.previous in available_years(root)
    before = load_year(year.previous, root, table_schemas()).lines if there else {}
    usual = {schema.name: usual_cells(schema, year, root) for schema in loaded.schemas}
    # Of records the forms are empty: what they hold of people goes out to nobody.
    schemas = (*loaded.schemas, *record_schemas(loaded.vocabularies))
    return Holding(year, loaded.settings, schemas, loaded.lines, before, usual)


def _blinds(finding: Finding) -> bool:
    return finding.rule in _BLINDING


def _of_chapter(name: str, tables: Iterable[TableSchema]) -> tuple[TableSchema, ...]:
    """Return those of a chapter's tables that belong to a year."""
    found = tuple(schema for schema in tables if schema.info.folder == "year")
    if not found:
        raise ReportError(f'The chapter "{name}" has no table of a year to ask for.')
    return found


def _name(holding: Holding, asked: str) -> str:
    """Return the name of the file: the board's, the year, and whom or what it asks."""
    board = slug(holding.settings.board.short_name) or "board"
    return "-".join(part for part in (board, str(holding.year), asked) if part)


def _put(path: Path, raw: bytes) -> None:
    """Write a file, whole at the end; one that holds something else may be filled in already."""
    if path.exists() or path.is_symlink():
        if path.is_file() and path.read_bytes() == raw:
            return
        what = f'"{path}" is there already, and is not touched: somebody may have filled it in.'
        raise ReportError(f"{what} Move it away, or name another folder with --out.")
    path.parent.mkdir(parents=True, exist_ok=True)
    number, made = tempfile.mkstemp(prefix=".template-", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(raw)
        Path(made).chmod(0o644)
        Path(made).rename(path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
