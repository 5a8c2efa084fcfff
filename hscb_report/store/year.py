"""The one place that reads tables: every problem of every file, or the typed rows.

Loader findings have rules of their own:

L1  a file is missing, or cannot be read as a table
L2  a header row that does not name the declared columns
L3  a row of another length, or a blank row
L4  a cell that its column does not allow
L5  two rows with the same key
L6  a code that stands in no other table
L7  a month outside the reporting year
L8  a settings file (board.toml, year.toml) that is missing or damaged
L9  a word, a picture or a table of the board's own that is not whole
L10 a character, in a table, a setting or a text, that cannot be printed
L11 a cell of a draft that is still to be filled
L12 a text that a spreadsheet program would rewrite
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from hscb_report.checks.characters import PRINTABLE
from hscb_report.checks.rule import Rule
from hscb_report.errors import DataError, ReportError
from hscb_report.findings import Finding, errors
from hscb_report.results.published import Input
from hscb_report.schema import Tables, TableSchema
from hscb_report.schema.columns import WITHOUT_WORDS
from hscb_report.schema.line import Line
from hscb_report.schema.own import EVERY_TABLE, OwnTable, Picture, TableSource
from hscb_report.schema.reference import UsualWord, Word
from hscb_report.schema.row import SOURCED, with_usual
from hscb_report.schema.settings import (
    Settings,
)
from hscb_report.schema.vocabularies import Vocabulary
from hscb_report.store.dangling import leave_out_dangling
from hscb_report.store.folder import (
    is_passed_over,
    linked_folders,
    passed_over,
    strange_files,
    strange_in_root,
    strange_texts,
)
from hscb_report.store.gaps import GAPS
from hscb_report.store.own import Records, read_logo, read_own_tables, read_pictures
from hscb_report.store.references import broken_references, unknown_agencies
from hscb_report.store.rewritable import REWRITABLE, rewritable_found
from hscb_report.store.settings import logo_named, may_be_draft, read_settings
from hscb_report.store.table_file import EMPTY, TableFile
from hscb_report.store.words import strange_words, words_in_force
from hscb_report.wording import suggestion
from hscb_report.years import ReportingYear

RULES = (
    Rule("L1", "Every file can be read, and is one that the report knows"),
    Rule("L2", "The header names the declared columns"),
    Rule("L3", "Every row has a cell for every column"),
    Rule("L4", "Every cell holds what its column allows"),
    Rule("L5", "No two rows have the same key"),
    Rule("L6", "Every code that names a row of another table is found there"),
    Rule("L7", "Months lie in the reporting year where they must"),
    Rule("L8", "The settings files are complete"),
    Rule("L9", "A board's own words, pictures and tables are whole"),
    PRINTABLE,
    GAPS,
    REWRITABLE,
)


@dataclass(frozen=True)
class Loaded:
    """What one year's data came to. `findings` are those of loading alone.

    `schemas` are the tables with the words in force; `pictures` are the pictures by their names,
    `own_tables` the records of the year's own tables, the heading first, and `logo` is the Board's,
    empty where it has none. `passed_over` are the
    files that programs left behind; `lines` the rows of each table that has a file, as it has them.
    `begun`, `awaited` and `gaps` are, of a draft, the tables that have a file, those of them that
    lack rows, and those with cells that are still to be filled.
    """

    year: ReportingYear
    schemas: tuple[TableSchema, ...]
    tables: Tables
    vocabularies: Mapping[str, Vocabulary]
    settings: Settings | None
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    own_tables: Mapping[str, Records] = field(default_factory=dict)
    logo: bytes = b""
    is_empty: bool = False
    passed_over: tuple[str, ...] = ()
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    is_draft: bool = False
    begun: frozenset[str] = frozenset()
    awaited: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()

    @property
    def damaged(self) -> frozenset[str]:
        """The tables in which something was found; all of them where nothing can be judged.

        So it is where the year holds nothing, and where the board's own words cannot be read.
        """
        files = {finding.file for finding in errors(self.findings)}
        is_blind = self.is_empty or not self.vocabularies
        return frozenset(
            t.name
            for t in self.schemas
            if is_blind or not files.isdisjoint(_with_folder(t.path(self.year)))
        )

    @property
    def protected(self) -> frozenset[str]:
        """The files that count or describe children."""
        return frozenset(t.path(self.year) for t in self.schemas if t.info.protected)


def _with_folder(file: str) -> tuple[str, str]:
    """Return a table's file, and the folder that may be at fault in its place."""
    return file, file.rpartition("/")[0]


def available_years(data: Path) -> list[ReportingYear]:
    """Return the years that have a folder under the data root, oldest first."""
    years = []
    for folder in data.iterdir() if data.is_dir() else ():
        with suppress(ReportError):
            year = ReportingYear.parse(folder.name)
            if folder.is_dir():
                years.append(year)
    return sorted(years)


def latest_year(data: Path) -> ReportingYear:
    """Return the latest year that a data root holds; raise ReportError if it holds none."""
    years = available_years(data)
    if not years:
        strange = [*strange_in_root(data, logo_named(data))] if data.is_dir() else []
        if strange:
            raise DataError(strange)
        raise ReportError(
            f'There is no year in "{data}": a folder such as "{data / "2014-15"}" is missing. '
            "Begin with it, or name another data root with --data."
        )
    return years[-1]


def refuse_missing(year: ReportingYear, data: Path) -> None:
    """Raise ReportError if a data root has no folder of a year."""
    if not (data / str(year)).is_dir():
        known = [str(known) for known in available_years(data)]
        raise ReportError(
            f'There is no data for {year}: the folder "{data / str(year)}" does not exist. '
            f"{suggestion(str(year), known)}"
        )


def load_year(year: ReportingYear, data: Path, schemas: Sequence[TableSchema]) -> Loaded:
    """Read a year's tables and settings from the data root; collect all problems, raise none.

    `schemas` are the tables that there may be.

    Raises ReportError only when there is no folder for the year at all.
    """
    refuse_missing(year, data)
    settings, settings_inputs, findings = read_settings(year, data)
    words, strange = _words(year, data)
    findings += strange
    in_force = tuple(replace(schema, vocabularies=words) for schema in schemas)
    names = [schema.name for schema in in_force]
    is_draft = settings.year.status == "draft" if settings else may_be_draft(year, data)
    told = TableFile.read(TableSchema(TableSource, words), year, data, is_draft=is_draft)
    usual = _usual_cells(settings, told.rows)
    findings += _unknown_tables(told.rows, names)
    files = [
        TableFile.read(
            schema, year, data, usual.get(schema.name, usual[EVERY_TABLE]), is_draft=is_draft
        )
        for schema in in_force
    ]
    findings += [*strange_in_root(data, logo_named(data)), *strange_texts(data, year)]
    findings += strange_files(data, year, in_force)
    of_tables = [finding for file in files for finding in file.findings]
    findings += [finding for file in files for finding in rewritable_found(file)]
    findings += [f for f in of_tables if not (errors(told.findings) and _lacks_its_source(f))]
    findings += [*broken_references(files), *unknown_agencies(settings, files)]
    findings += _of_another_kind(settings, files)
    findings += leave_out_dangling(files)
    tables = Tables({file.table.name: file.rows for file in files})
    pictures, pictures_inputs, pictures_findings = read_pictures(tables[Picture], year, data)
    own, own_inputs, own_findings = read_own_tables(tables[OwnTable], year, data)
    logo, logo_inputs, logo_findings = read_logo(settings.board.logo if settings else None, data)
    findings += [*pictures_findings, *own_findings, *logo_findings]
    findings = [*_each_cause_once(_whole_folders(findings, [*linked_folders(data, year)]))]
    is_empty = _holds_nothing(data / str(year))
    if is_empty:
        findings = [_nothing_yet(year)]
    inputs = (file.input for file in files if file.sha256)
    return Loaded(
        year=year,
        schemas=in_force,
        tables=tables,
        vocabularies=words,
        settings=settings,
        inputs=(*inputs, *pictures_inputs, *own_inputs, *logo_inputs, *settings_inputs),
        findings=tuple(findings),
        pictures=pictures,
        own_tables=own,
        logo=logo,
        is_empty=is_empty,
        passed_over=passed_over(data, year),
        lines={file.table.name: file.lines for file in files if file.lines is not None},
        is_draft=is_draft,
        begun=frozenset(file.table.name for file in files if file.is_draft and file.sha256),
        awaited=frozenset(file.table.name for file in files if file.lacks_rows),
        gaps=frozenset(file.table.name for file in files if file.gaps),
    )


def schemas_in_force(schemas: Iterable[TableSchema], data: Path | None) -> list[TableSchema]:
    """Return the tables with the words of a board, or the usual ones without a data root."""
    words = words_of(data or Path())
    return [replace(schema, vocabularies=words) for schema in schemas]


def words_of(data: Path) -> dict[str, Vocabulary]:
    """Return the words in force for the board of a data root."""
    return _words(ReportingYear(2000), data)[0]


def usual_cells(table: TableSchema, year: ReportingYear, data: Path) -> Mapping[str, str]:
    """Return the cells of a table of a year that stand where a row leaves them empty."""
    settings, _, _ = read_settings(year, data)
    told = TableFile.read(TableSchema(TableSource), year, data)
    usual = _usual_cells(settings, told.rows)
    return usual.get(table.name, usual[EVERY_TABLE])


def _lacks_its_source(finding: Finding) -> bool:
    """Whether a row does not say where it comes from, as where table_sources.csv is damaged."""
    return finding.message == EMPTY and finding.column in SOURCED


def _words(year: ReportingYear, data: Path) -> tuple[dict[str, Vocabulary], list[Finding]]:
    """Return the words in force, and what is wrong with a board's own.

    As long as a board's own cannot be read, none are in force: any code may be meant.
    """
    usual, own = (TableFile.read(TableSchema(row), year, data) for row in (UsualWord, Word))
    if own.findings:
        return {}, []
    words = words_in_force(usual.rows, own.rows)
    strange = list(strange_words(own.rows, words))
    return {} if strange else words, strange


def _whole_folders(findings: Iterable[Finding], folders: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings; of folders of which nothing is read, one instead of one a file."""
    yield from folders
    within = tuple(f"{folder.file}/" for folder in folders)
    yield from (finding for finding in findings if not finding.file.startswith(within))


def _each_cause_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; that a vocabulary has no words only once, however many tables use it."""
    told: set[str] = set()
    for finding in findings:
        if not (finding.message in told and finding.message.endswith(WITHOUT_WORDS)):
            yield finding
        told.add(finding.message)


def _holds_nothing(folder: Path) -> bool:
    """Whether a year's folder is as good as empty: nothing but hidden files and empty folders."""
    return not any(path.is_file() and not is_passed_over(path) for path in folder.rglob("*"))


def _nothing_yet(year: ReportingYear) -> Finding:
    hint = (
        f'Begin with year.toml (year = "{year}", kind = "publication", status = "draft") and one '
        "table or text; the README shows the smallest report, and `hscb-report schema` every table."
    )
    return Finding("L8", "error", f"{year}/year.toml", "this year holds nothing yet.", hint)


def _usual_cells(
    settings: Settings | None, told: Iterable[TableSource]
) -> dict[str, Mapping[str, str]]:
    """Return the cells that stand where a row leaves them empty, by table.

    Where nobody says anything else, a publication rests on the Board's own records, and an example
    on nothing.
    """
    kind = settings.year.kind if settings else "publication"
    basis = {"publication": "own_record", "example": "invented"}.get(kind)
    every = {"basis": basis} if basis else {}
    rows = {row.table: _told_cells(row) for row in told}
    every = with_usual(rows.pop(EVERY_TABLE, {}), every)
    return {EVERY_TABLE: every, **{name: with_usual(own, every) for name, own in rows.items()}}


def _told_cells(row: TableSource) -> dict[str, str]:
    return {
        name: value
        for name in ("source", "locator", "basis")
        if (value := getattr(row, name)) is not None
    }


def _unknown_tables(rows: Iterable[TableSource], names: Collection[str]) -> Iterator[Finding]:
    for row in rows:
        if row.table not in {EVERY_TABLE, *names}:
            hint = suggestion(row.table, names)
            place = row.place
            what = "there is no such table."
            yield Finding("L6", "error", place.file, what, hint, place.row, "table", row.table)


def _of_another_kind(settings: Settings | None, files: Iterable[TableFile]) -> Iterator[Finding]:
    """Yield a finding for each table that belongs to a reconstruction, in any other report."""
    if settings is None or settings.is_reconstruction:
        return
    for file in files:
        if file.table.info.of_reconstruction and file.rows:
            what = "this table belongs to a reconstruction."
            hint = f'Remove it, or write kind = "reconstruction" in {file.year}/year.toml.'
            yield Finding("L8", "error", file.path, what, hint)
