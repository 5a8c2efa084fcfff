"""`hscb-report import`: what its options ask for, done, and told in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hscb_report.errors import DataError, ReportError, UnknownNameError, UsageError
from hscb_report.intake.changes import lines_told
from hscb_report.intake.mapping import kinds_of
from hscb_report.intake.proposing import Known, proposed_mapping
from hscb_report.intake.taking import Taken, names_of, refuse_table, refuse_unconfirmed, take
from hscb_report.report import data_option, table_schemas
from hscb_report.schema import TableSchema
from hscb_report.schema.intake import ANY_OTHER, Mapped
from hscb_report.schema.measurements import Area, Measure
from hscb_report.spreadsheets.grid import Book, Sheet
from hscb_report.spreadsheets.opening import read_book
from hscb_report.store import journal
from hscb_report.store.adding import add_rows
from hscb_report.store.year import Loaded, latest_year, load_year
from hscb_report.wording import counted, few_of, listed, quoted, slug
from hscb_report.years import ReportingYear

_MAPPED = TableSchema(Mapped)


@dataclass(frozen=True)
class Asked:
    """What a mapping is asked for: of which table, of which sheet, called what, from whom."""

    table: str
    sheet: str | None = None
    name: str | None = None
    sender: str | None = None


def take_over(
    files: Sequence[Path],
    year: str | None,
    data: Path,
    day: date,
    sender: str | None = None,
    *,
    writes: bool,
) -> Iterator[str]:
    """Take over received files; yield what would change, or has been, in words.

    Raises DataError with everything that keeps a file from being taken over, ReportError for a
    mapping that nobody has confirmed. Then nothing has been written.
    """
    reporting = _year(year, data)
    yield from _recovered(data)
    taken = take(_files(files), reporting, data, day, sender)
    shown = list(_shown(taken))
    if taken.findings:
        yield from shown
        raise DataError(taken.findings)
    if writes:
        refuse_unconfirmed(taken)
        folder = f"{journal.RECEIVED}/{reporting}"
        kept = {
            f"{folder}/{source}{path.suffix.lower()}": path.read_bytes()
            for source, path in taken.received.items()
        }
        names = tuple(path.name for path in taken.received.values())
        journal.write(taken.files, data, names, kept)
        yield from shown
        if taken.files:
            yield f"Written. What was received is kept in {data / folder}, and is never published."
            yield f"What the rules say of it: `hscb-report check {reporting}{data_option(data)}`."
            yield f"To take it back: `hscb-report import --undo{data_option(data)}`."
        return
    yield from shown
    if not taken.is_nothing:
        yield "Nothing is written yet. To write it, say it again with --write."
    for name in taken.unconfirmed:
        yield (
            f"Before that, look at the mapping {quoted(name)} in reference/mappings.csv, and enter "
            'your role in the column "confirmed" of its sheet.'
        )


def undo(data: Path) -> Iterator[str]:
    """Take back what was written last; yield what it was of, and which files were put back."""
    undone = journal.undo(data)
    yield f"Taken back: {listed(undone.of)}."
    for name in undone.files:
        yield f"  {name} is as it was before"


def _recovered(data: Path) -> Iterator[str]:
    """Take back what an import has left that was killed, and yield that it was."""
    if undone := journal.recover(data):
        yield f"An earlier import was broken off, and has been taken back: {listed(undone.of)}."
        for name in undone.left:
            yield (
                f"  {name} has been changed since, and stays as it is: see what of that import "
                f"stands in it. What it held before is kept in {undone.kept}."
            )


def propose(files: Sequence[Path], asked: Asked, year: str | None, data: Path) -> Iterator[str]:
    """Add a proposed mapping for a sheet to reference/mappings.csv; yield what it holds.

    Raises UsageError if it is not clear which sheet is meant, UnknownNameError for a table or sheet
    that there is not, ReportError for a name that is taken.
    """
    if len(_files(files)) != 1:
        raise UsageError("--map proposes how one file is read: give one FILE.")
    schema = refuse_table(asked.table)
    reporting = _year(year, data)
    loaded = load_year(reporting, data, table_schemas())
    book = read_book(files[0])
    sheet = _sheet(book, asked.sheet)
    name = slug(
        asked.name or f"{Path(book.name).stem} {sheet.name if len(book.sheets) > 1 else ''}"
    )
    name = name[:60] if name[:1].isalpha() else f"file_{name}"[:60]
    if name in {kind.name for kind in kinds_of(loaded.tables[Mapped])}:
        hint = "Correct its rows there, or call this one otherwise with --as."
        raise ReportError(f"reference/mappings.csv has a mapping {quoted(name)} already. {hint}")
    if sheet.name == book.name:  # a CSV file, which is called otherwise every year
        sheet = replace(sheet, name=ANY_OTHER)
    rows = proposed_mapping(sheet, schema, name, asked.sender or "", known_names(loaded))
    add_rows(_MAPPED, reporting, data, rows)
    yield f"Added the mapping {quoted(name)} to {data / 'reference' / 'mappings.csv'}:"
    for row in rows:
        also = f" ({row['also']})" if row.get("also") else ""
        where = f" below {quoted(row['heading'])}" if row.get("heading") else ""
        yield f"  {row['part']} {quoted(row['theirs'])}{where}: {row['ours']}{also}"
    yield (
        "It is only likely. Correct it, a row for each column and word, then enter your role in "
        'the column "confirmed" of its sheet, and take the file over.'
    )


def known_names(loaded: Loaded) -> Known:
    """Return what the data knows by name: agencies, areas, measures."""
    areas = {" ".join(row.area.split()).casefold(): row.area for row in loaded.tables[Area]}
    measures = {row.measure: row.name for row in loaded.tables[Measure]}
    by_name = {name.casefold(): code for code, name in measures.items()}
    own = {"areas.area": areas, "measures.measure": by_name}
    return Known({**names_of(loaded), **own}, measures)


def _shown(taken: Taken) -> Iterator[str]:
    """Yield what would change, table by table, then what was passed over."""
    for changes in taken.changes:
        yield from lines_told(changes, changes.schema.path(taken.year))
    if taken.is_nothing and not taken.findings:
        yield "Nothing in these files says anything new."
    for proposals in taken.proposals:
        for why, number in proposals.left_out.items():
            yield f"{proposals.place}: {counted(number, 'row')} left out: {why}"
        for line in proposals.told:
            yield f"{proposals.place}: {line}"
    yield from taken.told
    if taken.is_final and not taken.is_nothing and not taken.findings:
        yield (
            f"{taken.year} is final. If its report is published, give what is corrected a row in "
            "corrections.csv."
        )


def _files(files: Sequence[Path]) -> Sequence[Path]:
    if not files:
        raise UsageError("Name the FILE that is to be taken over, or --undo.")
    names = [path.name for path in files]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise UsageError(f"{listed(twice)}: two files have this name. Rename one.")
    return files


def _year(year: str | None, data: Path) -> ReportingYear:
    return ReportingYear.parse(year) if year else latest_year(data)


def _sheet(book: Book, name: str | None) -> Sheet:
    names = [sheet.name for sheet in book.sheets]
    if name is None and len(names) == 1:
        return book.sheets[0]
    if name is None:
        raise UsageError(f"{book.name} has several sheets. Name one with --sheet: {few_of(names)}.")
    for sheet in book.sheets:
        if sheet.name.casefold() == name.casefold():
            return sheet
    raise UnknownNameError("sheet", name, names)
