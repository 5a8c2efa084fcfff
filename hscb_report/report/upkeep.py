"""How far a year is, put together from what it holds and what the years before it held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hscb_report.chapters import declared_chapters
from hscb_report.new_year.carrying import Begun, begun
from hscb_report.new_year.states import (
    Before,
    Item,
    file_item,
    table_item,
    text_item,
    unread_item,
)
from hscb_report.new_year.status import OfChapter, Status
from hscb_report.results.chapter import YEAR_PAGES, Page, Taken
from hscb_report.schema import TableSchema, YearData
from hscb_report.schema.line import Line
from hscb_report.schema.own import OwnTable
from hscb_report.schema.reference import Agency
from hscb_report.schema.upkeep import Confirmation, Owed
from hscb_report.store.narrative import COMMENTARY
from hscb_report.years import ReportingYear

COMMENTARIES = f"{YEAR_PAGES}{COMMENTARY}/"
"""How the names begin of texts about a page that is common to all years."""
_THE_REPORT = "report", "The report as a whole"


@dataclass(frozen=True)
class Held:
    """What a year's folder holds: the rows of its tables by name, its texts by name.

    `data` are its tables as far as they could be read; they are whole if it `is_readable`.
    `unread` are the files of the data root that are there and cannot be read. `files` are
    the tables and pictures of the year's own, tables/visits.csv, each as its rows or its hash.
    """

    year: ReportingYear
    lines: Mapping[str, Sequence[Line]]
    texts: Mapping[str, str]
    data: YearData
    is_readable: bool
    unread: frozenset[str] = frozenset()
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)


def begun_tables(schemas: Iterable[TableSchema], before: Held) -> dict[str, tuple[Begun, ...]]:
    """Return the rows with which each table of the next year begins, by its name."""
    taken = dict(_taken(before.data)) if before.is_readable else {}
    return {
        schema.name: begun(schema, lines, taken.get(schema.name))
        for schema in schemas
        if schema.info.folder == "year" and (lines := before.lines.get(schema.name))
    }


def _taken(data: YearData) -> Iterator[tuple[str, tuple[Taken, ...]]]:
    """Yield the rows that chapters choose themselves, by the name of their table."""
    for chapter in declared_chapters().chapters:
        given = replace(data, tables=data.tables.only(chapter.tables))
        for row, take in chapter.carries.items():
            yield row.info.name, tuple(take(given))


def status_of(
    held: Held,
    before: Sequence[Held],
    schemas: Sequence[TableSchema],
    pages: Iterable[Page],
    *,
    is_final: bool,
) -> Status:
    """Return how far a year is; `before` has the years before it, the latest first.

    `pages` are those of its book: a commentary on another is shown nowhere, and so not asked for
    where there is none.
    """
    tables = held.data.tables
    confirmations = tables[Confirmation]
    items = [
        *_table_items(held, before, schemas, confirmations),
        *_text_items(held, before, pages, confirmations),
        *_file_items(held, before, confirmations),
    ]
    places = _places(held.data)
    places |= dict.fromkeys(held.files, places[OwnTable.info.name])
    by_chapter: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        by_chapter.setdefault(places.get(item.name, _THE_REPORT), []).append(item)
    order = [(chapter.name, chapter.title) for chapter in declared_chapters().chapters]
    names = [named for named in (*order, _THE_REPORT) if named in by_chapter]
    return Status(
        held.year,
        is_final,
        tuple(OfChapter(*named, tuple(by_chapter[named])) for named in names),
        tables[Owed],
        {row.agency: row.name for row in tables[Agency]},
    )


def _table_items(
    held: Held,
    before: Sequence[Held],
    schemas: Sequence[TableSchema],
    confirmations: Sequence[Confirmation],
) -> Iterator[Item]:
    begins = begun_tables(schemas, before[0]) if before else {}
    for schema in schemas:
        if schema.info.folder != "year" or schema.name == Confirmation.info.name:
            continue
        if (file := schema.path(held.year)) in held.unread:
            yield unread_item(schema.name, file)
            continue
        years = {h.year: h.lines[schema.name] for h in before if h.lines.get(schema.name)}
        then = Before(years, begins.get(schema.name, ()), before[0].year if before else None)
        item = table_item(schema, held.year, held.lines.get(schema.name), then, confirmations)
        if item:
            yield item


def _text_items(
    held: Held,
    before: Sequence[Held],
    pages: Iterable[Page],
    confirmations: Sequence[Confirmation],
) -> Iterator[Item]:
    shown = {f"{COMMENTARIES}{page.name}.md" for page in pages if page.takes_commentary}
    shown.add(f"{COMMENTARIES}index.md")
    then = {h.year: h.texts.values() for h in before}
    last = before[0].texts if before else {}
    folder = f"{held.year}/"
    unread = (f.removeprefix(folder) for f in sorted(held.unread))
    unread_texts = (name for name in unread if name.startswith("text/"))
    for name in dict.fromkeys((*held.texts, *unread_texts, *last)):
        if f"{folder}{name}" in held.unread:
            yield unread_item(name, f"{folder}{name}")
        elif name in held.texts or name in shown or not name.startswith(COMMENTARIES):
            yield text_item(name, held.year, held.texts.get(name), then, confirmations)


def _file_items(
    held: Held, before: Sequence[Held], confirmations: Sequence[Confirmation]
) -> Iterator[Item]:
    then = {h.year: [part for parts in h.files.values() for part in parts] for h in before}
    for name, parts in held.files.items():
        yield file_item(name, held.year, parts, then, confirmations)


def _places(data: YearData) -> dict[str, tuple[str, str]]:
    """Return the chapter that each table and text belongs to: its name and title.

    A table belongs to the chapter that is about it, else to the first one that reads it.
    """
    found: dict[str, tuple[str, str]] = {}
    chapters = declared_chapters().chapters
    for tables in ([c.about for c in chapters], [c.tables for c in chapters]):
        for chapter, rows in zip(chapters, tables, strict=True):
            for row in rows:
                found.setdefault(row.info.name, (chapter.name, chapter.title))
    for chapter in chapters:
        for page in chapter.pages_of(data):
            is_text = page.path.startswith(YEAR_PAGES)
            name = page.path if is_text else f"{COMMENTARIES}{page.name}"
            found.setdefault(f"{name}.md", (chapter.name, chapter.title))
    return found
