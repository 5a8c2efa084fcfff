"""The files with which a year begins: made from those of the year before, or for a new board."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hscb_report.chapters import declared_chapters
from hscb_report.checks.characters import unprintable_found
from hscb_report.errors import DataError, ReportError, UnknownNameError, UsageError
from hscb_report.findings import errors
from hscb_report.new_year.texts import begun_text, prompt_for, skeleton
from hscb_report.report.contents import table_schemas
from hscb_report.report.reading import DEFAULT_DATA, Run, data_option
from hscb_report.report.upkeep import COMMENTARIES, begun_tables
from hscb_report.results.chapter import YEAR_PAGES, Chapter
from hscb_report.schema import Row, TableSchema
from hscb_report.schema.board import Membership
from hscb_report.schema.cases import ChildDeath
from hscb_report.schema.finance import Contribution, Expenditure, FundBalance
from hscb_report.schema.learning import TrainingDelivery, TrainingOffer
from hscb_report.schema.line import Line
from hscb_report.schema.measurements import Area, Measure, Measurement
from hscb_report.schema.reference import Agency, Source
from hscb_report.schema.row import APART, STANDING
from hscb_report.schema.upkeep import Prompt
from hscb_report.store.creating import create_folder, refuse_existing
from hscb_report.store.csv_text import csv_text
from hscb_report.store.table_file import TableFile
from hscb_report.store.year import available_years
from hscb_report.wording import counted, quoted
from hscb_report.years import ReportingYear

_SMALLEST: tuple[type[Row], ...] = (
    *(Membership, Contribution, Expenditure, FundBalance),
    *(ChildDeath, TrainingOffer, TrainingDelivery),
)
"""The tables with which a board begins that asks for no chapter: those that guidance asks for."""
_FIRST_TEXTS = ("text/review-of-the-year.md", "text/about-the-board.md")
_SHORT_WORDS = {"of", "the", "and", "for", "in"}
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Created:
    """What was created: the year, its data root, the folder and the files in it, and of what."""

    year: ReportingYear
    root: Path
    folder: Path
    files: Mapping[str, str]
    is_board: bool = False
    is_of_another_kind: bool = False
    is_after_draft: bool = False


def created_lines(created: Created) -> Iterator[str]:
    """Yield what was created, and what to do next."""
    tables = [name for name in created.files if name.endswith(".csv")]
    texts = [name for name in created.files if name.endswith(".md")]
    made = f"{counted(len(tables), 'table')} and {counted(len(texts), 'text')}"
    yield f"Created {created.folder}: {made}."
    if created.is_after_draft:
        yield f"{created.year.previous} is a draft still: what it lacks now, this year lacks too."
    if created.is_of_another_kind:
        yield 'The last was a reconstruction; this is the Board\'s own: kind = "publication".'
    if created.is_board:
        yield "The short name and the area in board.toml are guessed: correct them."
        yield "The usual words hold; the board's own can stand in reference/vocabularies.csv."
    yield f"What is to do next: `hscb-report status {created.year}{data_option(created.root)}`."


def create(
    year: str, data: Path | None = None, board: str | None = None, chapters: Sequence[str] = ()
) -> Created:
    """Write the folder of a year, from that of the year before; with `board`, of a new board.

    `chapters` are those of which the year is to have every table that they are about, also where
    the year before had none.

    Raises ReportError if the year is there, if there is no year to begin it from, or one lies
    between; DataError if the year before is damaged; UnknownNameError for a chapter that there is
    not. Then nothing has been written.
    """
    root, reporting = data or DEFAULT_DATA, ReportingYear.parse(year)
    extra = [row for chapter in chapters_named(chapters) for row in tables_of(chapter)]
    if board is not None:
        return _create_board(reporting, root, board, extra)
    refuse_existing(root / str(reporting))
    years = [there for there in available_years(root) if there != reporting]
    if not years:
        return _create_first(reporting, root, extra)
    if years[-1] != reporting.previous:
        raise ReportError(_no_year_before(reporting, years, root))
    run = Run.of(str(years[-1]), root, "board")
    if damaged := (*errors(run.faults), *run.unread_texts):
        raise DataError(damaged)
    files = _next_year(run, reporting, extra)
    create_folder(root / str(reporting), files)
    return Created(
        reporting,
        root,
        root / str(reporting),
        files,
        is_of_another_kind=run.data.is_reconstruction,
        is_after_draft=not run.data.is_final,
    )


def _no_year_before(year: ReportingYear, years: Sequence[ReportingYear], root: Path) -> str:
    """Return why a year cannot be begun among those that there are, and what to do."""
    if year < years[0]:
        what = f"{year} lies before {years[0]}, the first year of this board."
        return f"{what} A year is begun from the one before it."
    if year.previous in years:
        what = f"{year} is not the latest: there is {years[-1]} already."
        return f"{what} A year is begun from the latest one: {years[-1].next}."
    what = f"There is no {year.previous}, from which {year} would begin; the latest is {years[-1]}."
    first = years[-1].next
    return f"{what} Create {first} first: `hscb-report create {first}{data_option(root)}`."


def chapters_named(names: Iterable[str]) -> list[Chapter]:
    """Return the chapters of these names, each once.

    Raises ReportError that tells each name of which there is no chapter with tables.
    """
    known = {c.name: c for c in declared_chapters().chapters if tables_of(c)}
    if unknown := [name for name in dict.fromkeys(names) if name not in known]:
        told = (str(UnknownNameError("chapter", name, known)) for name in unknown)
        raise ReportError("\n".join(told))
    return [known[name] for name in dict.fromkeys(names)]


def tables_of(chapter: Chapter) -> tuple[type[Row], ...]:
    """Return the tables of a chapter, and those that their rows name.

    They are what it is about, and what it reads and no other chapter is about; of one with measures
    also those of measures.
    """
    of_others = {row for c in declared_chapters().chapters for row in c.about if c != chapter}
    own = [row for row in (*chapter.about, *chapter.reads) if row not in of_others]
    own += (Measurement, Measure, Area) if chapter.measured else ()
    by_name = {schema.name: schema.row for schema in table_schemas()}
    for row in own:  # it grows by what its rows name
        targets = (c.kind.references for c in TableSchema(row).columns if c.kind.references)
        named = (by_name[target.partition(".")[0]] for target in targets)
        own += (row for row in dict.fromkeys(named) if row not in own and row is not Source)
    is_usual = (not (row.info.of_reconstruction or row.info.next_year == STANDING) for row in own)
    return tuple(row for row, is_kept in zip(own, is_usual, strict=True) if is_kept)


def _next_year(run: Run, year: ReportingYear, extra: Iterable[type[Row]]) -> dict[str, str]:
    held, files = run.held, {}
    begun = begun_tables(run.loaded.schemas, held)
    added = {row.info.name for row in extra}
    for schema in run.loaded.schemas:
        name, lines = schema.name, held.lines.get(schema.name, ())
        if schema.info.folder != "year" or not (lines or name in added):
            continue
        if schema.info.next_year == STANDING:
            files[f"{name}.csv"] = _csv(schema, lines, lines)
        elif schema.info.next_year != APART or name in added:
            rows = [row.line for row in begun.get(name, ())]
            files[f"{name}.csv"] = _csv(schema, rows, lines)
    kind = run.data.sound_settings.year.kind
    # What was remade from a published report is followed by a report of the Board's own.
    own = "publication" if kind == "reconstruction" else kind
    files["year.toml"] = _year_toml(year, own)
    of_another_kind = f"{COMMENTARIES}about-this-{kind}.md" if own != kind else ""
    files |= {name: text for name, text in _next_texts(run) if name != of_another_kind}
    return files


def _next_texts(run: Run) -> Iterator[tuple[str, str]]:
    prompts, titles = {row.page: row.prompt for row in run.loaded.tables[Prompt]}, _titles(run)
    timed = {fact.id for fact in run.gathered.results.facts if fact.has_own_period}
    for name, text in run.held.texts.items():
        page = name.removeprefix(COMMENTARIES).removesuffix(".md")
        asked = name.removesuffix(".md").removeprefix("text/")
        asked = asked if name.startswith(COMMENTARIES) else f"text/{asked}"
        yield name, skeleton(text, prompt_for(asked, titles.get(page, page), prompts), timed)


def _titles(run: Run) -> dict[str, str]:
    """Return the title of the chapter of each page, by the page's name and its path."""
    pages = ((page, c.title) for c in declared_chapters().chapters for page in c.pages_of(run.data))
    return {name: title for page, title in pages for name in (page.name, page.path)}


def _csv(schema: TableSchema, rows: Sequence[Line], before: Sequence[Line]) -> str:
    """Return a table's file: the columns that must be there, and those that some row fills."""
    used = {name for line in rows for name in line.cells}
    used |= {name for line in before for name in line.cells if name not in schema.about_rows}
    names = [
        column.name
        for column in schema.columns
        if column.name in used
        or (column.name not in schema.about_rows and (column.required or not before))
    ]
    return csv_text(names, ([line.get(name) for name in names] for line in rows))


def _year_toml(year: ReportingYear, kind: str) -> str:
    return f'year = "{year}"\nkind = "{kind}"\nstatus = "draft"\ndraft = 1\n'


def _create_first(year: ReportingYear, root: Path, extra: Iterable[type[Row]]) -> Created:
    """Create the first year of a board that is there already; refuse where there is none."""
    if not (root / "board.toml").is_file():
        raise ReportError(
            f'There is no board in "{root}", and no earlier year. For a new board, name it: '
            f'`hscb-report create {year} --board "…"{data_option(root)}`; '
            "or name another data root with --data."
        )
    files = _first_year(year, extra)
    create_folder(root / str(year), files)
    return Created(year, root, root / str(year), files)


def _create_board(
    year: ReportingYear, root: Path, name: str, extra: Iterable[type[Row]]
) -> Created:
    """Create the data root of a new board, with its first year."""
    if (root / "board.toml").exists():
        what = f'There is a board in "{root}" already, and it is not touched.'
        raise ReportError(f"{what} Leave out --board, or name a new folder with --data.")
    _refuse_name(name)
    refuse_existing(root)
    rows = list(extra)
    files = {f"{year}/{path}": text for path, text in _first_year(year, rows).items()}
    files["board.toml"] = _board_toml(name.strip())
    reference: list[type[Row]] = [Agency]
    reference += (row for row in rows if row.info.folder == "reference")
    for row in dict.fromkeys(reference):
        files[f"reference/{row.info.name}.csv"] = _csv(TableSchema(row), (), ())
    if Area in rows:
        own = Line(2, {"area": _area(name), "kind": "own"})
        files["reference/areas.csv"] = _csv(TableSchema(Area), (own,), ())
    create_folder(root, files)
    return Created(year, root, root, files, is_board=True)


def _refuse_name(name: str) -> None:
    is_short = bool(re.search(r"\w", name)) and len(name) <= _LONGEST_NAME
    if not is_short or re.search(r'[\x00-\x1f"\\\x7f-\x9f]', name):
        what = f"--board: found {quoted(name)}; expected a name of at most {_LONGEST_NAME} signs"
        raise UsageError(f"{what} on one line, without quotation marks and backslashes.")
    if found := unprintable_found("--board", name, None):
        raise UsageError(f"--board: found {found.found}; {found.message} {found.hint}")


def _first_year(year: ReportingYear, extra: Iterable[type[Row]]) -> dict[str, str]:
    tables = dict.fromkeys((*_SMALLEST, *extra))
    files = {
        f"{row.info.name}.csv": _csv(TableSchema(row), (), ())
        for row in tables
        if row.info.folder == "year"
    }
    read = TableFile.read(TableSchema(Prompt), year, Path())
    prompts = {row.page: row.prompt for row in read.rows}
    files["year.toml"] = _year_toml(year, "publication")
    for name in _FIRST_TEXTS:
        page = name.removesuffix(".md")
        title = page.removeprefix(YEAR_PAGES).replace("-", " ").capitalize()
        files[name] = begun_text(title, prompt_for(page, title, prompts))
    return files


def _board_toml(name: str) -> str:
    """Return the settings of a board of which only the name is known: the rest is guessed."""
    every = re.findall(r"\w+", name)
    words = [word for word in every if word.lower() not in _SHORT_WORDS] or every
    short = "".join(word[0] for word in words).upper()
    return f'name = "{name}"\nshort_name = "{short}"\narea = "{_area(name)}"\n'


def _area(name: str) -> str:
    """Return the area that a board's name most likely says: what stands before "Safeguarding"."""
    name = re.sub(r"(?i)^the\s+", "", name.strip())
    return re.split(r"(?i)\s+(?:local\s+)?(?:safeguarding|children|child)\b", name)[0]
