"""From one reading of a year to what may be published of it in an edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from hscb_report.assurance.checked import checked_exhibits, left_out_exhibits
from hscb_report.assurance.corrections import corrections_exhibit, shown_corrections
from hscb_report.assurance.dictionary import dictionary
from hscb_report.assurance.inputs import inputs_exhibits
from hscb_report.assurance.naming import NamedFact, names_exhibit
from hscb_report.assurance.sources import sources_exhibits, sources_label, with_provenance
from hscb_report.assurance.terms import terms_exhibits
from hscb_report.assurance.upkeep import status_exhibits, still_to_come
from hscb_report.chapters import declared_chapters
from hscb_report.checks.markdown import as_text
from hscb_report.checks.prose import Passage, filled_in
from hscb_report.disclosure import decide
from hscb_report.report.checking import Checks
from hscb_report.report.documents import page_titles, pages_of_exhibits, titles_of_files
from hscb_report.report.endings import shown_by_texts, with_its_tables
from hscb_report.report.points import key_figures, points_of
from hscb_report.report.reading import Run
from hscb_report.results import outline
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.fact import Ledger
from hscb_report.results.history import phrase_names, told_in_prose
from hscb_report.results.points import KEY_FIGURES
from hscb_report.results.published import (
    Commentary,
    Input,
    Published,
    Results,
    ShortFor,
    ShownPicture,
)
from hscb_report.schema.assurance import Correction
from hscb_report.schema.own import Picture
from hscb_report.schema.points import FIRST_PAGE
from hscb_report.store.narrative import commentary_file

_CALLOUT = re.compile(r"```\{callout\} (\S+)\n```")


def published(run: Run, edition: str, checks: Checks) -> Published:
    """Return the report of a year for an edition; the year must be without errors."""
    inputs = (*run.loaded.inputs, *_earlier_inputs(run))
    gathered = run.gathered.results
    first = key_figures(run.data, gathered.facts, declared_chapters().chapters)
    tables_shown = (first, *gathered.exhibits)
    given = replace(gathered, inputs=inputs, pictures=_pictures(run), exhibits=tables_shown)
    years = (*(before.tables for before in run.data.earlier), run.data.tables)
    facts = with_provenance(given.facts, years, given.inputs)
    results = decide(replace(given, facts=facts), edition)
    tables, settings = run.data.tables, run.data.sound_settings
    schemas = [
        schema
        for schema in run.loaded.schemas
        if settings.is_reconstruction or not schema.info.of_reconstruction
    ]
    chapters = declared_chapters().chapters
    names = run.absent_names | run.names_to_come | run.names | phrase_names(results.facts)
    year, pages = run.data.year, run.contents.pages
    values = told_in_prose(results.facts, names)
    titles = page_titles(pages, run.documents, results.outlines, values)
    corrections = shown_corrections(tables[Correction])
    assurance = (
        *checked_exhibits(checks.results, (*run.numbers, *run.claims), tables),
        *left_out_exhibits(run.contents.left_out),
        *terms_exhibits(tables, run.abbreviations.values(), (*_everything_said(run, results),)),
        corrections_exhibit(corrections, titles),
        *_of_a_draft(run, results.facts, titles),
        *sources_exhibits(results.facts, chapters),
        *inputs_exhibits(results.inputs, schemas, tables),
        *dictionary(schemas),
    )
    return Published(
        year=year,
        edition=edition,
        as_at=run.data.as_at,
        settings=settings,
        results=results,
        assurance=assurance,
        texts=_texts(run),
        commentaries=tuple(_commentaries(run, results.facts, names)),
        names=dict(sorted(names.items())),
        checks=checks.as_json(),
        contents=pages,
        printed_in=_printed_in(run.passages, results.facts),
        notebooks_left_out=tuple(_notebooks_left_out(run)),
        still_to_come={} if run.data.is_final else dict(_still_to_come(run)),
        corrections=corrections,
        titles=titles,
        shown_on=pages_of_exhibits(
            *(pages, run.documents, results.outlines),
            *((*results.exhibits, *assurance), run.narrative.code),
        )
        | {KEY_FIGURES: FIRST_PAGE},
        sources_of=dict(_sources_of(run, {exhibit.label for exhibit in assurance})),
        abbreviations={
            short: ShortFor(row.full, row.is_expanded) for short, row in run.abbreviations.items()
        },
        points=points_of(run.data, run.shown_points),
        logo=run.loaded.logo,
    )


def _sources_of(run: Run, tables: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield each table of a chapter with the table that tells the sources of its numbers."""
    for chapter, labels in run.gathered.exhibits.items():
        if (sources := sources_label(chapter)) in tables:
            yield from ((label, sources) for label in labels)


def _everything_said(run: Run, results: Results) -> Iterator[str]:
    """Yield the texts of a report, those in its tables and outlines included."""
    yield from (passage.text for passage in run.passages)
    for exhibit in results.exhibits:
        headings = (column.heading for column in exhibit.columns)
        yield "\n".join((exhibit.title, exhibit.caption, exhibit.told_instead, *exhibit.notes))
        yield "\n".join(headings)
        yield from ("\n".join(row) for row in exhibit.texts())
    yield from (text for sections in results.outlines.values() for text in outline.texts(sections))
    yield from (callout.text for callout in results.callouts)


def _titles(run: Run) -> dict[str, str]:
    return {schema.name: schema.info.title for schema in run.loaded.schemas}


def _still_to_come(run: Run) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the first page of each chapter with what the chapter still lacks."""
    titles = _titles(run)
    shown = {page.path for page in run.contents.pages}
    pages = {c.name: c.pages_of(run.data) for c in declared_chapters().chapters}
    for chapter in run.status.chapters:
        first = next((p.path for p in pages.get(chapter.name, ()) if p.path in shown), None)
        if first and (lines := still_to_come(chapter, run.status, titles)):
            yield first, lines


def named_facts(run: Run, edition: str) -> tuple[NamedFact, ...]:
    """Return every number that a text may name, as the edition shows it; the data must be sound.

    What is wrong in the prose is no matter: these names are what it is mended with.
    """
    return tuple(_named(run, decide(run.gathered.results, edition).facts))


def _named(run: Run, facts: Ledger) -> Iterator[NamedFact]:
    used = _printed_in(run.passages, facts)
    yield from (NamedFact(fact.id, fact.text, fact.label, used[fact.id]) for fact in facts)


def _of_a_draft(run: Run, facts: Ledger, titles: Mapping[str, str]) -> Iterator[Exhibit]:
    """Yield the tables of the pages that a draft alone has."""
    if not run.data.is_final:
        yield from status_exhibits(run.status, _titles(run))
        yield names_exhibit(_named(run, facts), titles_of_files(run.documents, titles))


def _earlier_inputs(run: Run) -> Iterator[Input]:
    """Yield the files of earlier years that a number here, its history or a table rests on."""
    results = run.gathered.results
    used = {
        file
        for fact in results.facts
        for figure in (fact.figure, *(earlier.figure for earlier in fact.earlier))
        for file in figure.files
    }
    for chapter in declared_chapters().chapters:
        if chapter.is_present(run.data):
            used |= {*chapter.tables_before(run.data.year)}
    used |= {file for exhibit in results.exhibits for f in exhibit.figures() for file in f.files}
    own = {source.path for source in run.loaded.inputs}
    for past in run.past:
        yield from (i for i in past.loaded.inputs if i.path in used and i.path not in own)


def _texts(run: Run) -> dict[str, str]:
    """Return the year's own pages, with the tables that they end with."""
    shown = shown_by_texts(run.passages)
    there = {exhibit.label for exhibit in run.gathered.results.exhibits if exhibit.rows}
    return {
        page.path: with_its_tables(
            page, run.narrative.text(f"{run.data.year}/{page.path}.md"), there, shown
        )
        for page in run.contents.pages
        if page.is_text_of_year
    }


def _pictures(run: Run) -> tuple[ShownPicture, ...]:
    """Return the pictures of the year's own, with what stands beside them."""
    return tuple(
        ShownPicture(row.picture, row.caption, row.alternative, row.licence, row.file, found)
        for row in run.data.tables[Picture]
        if (found := run.loaded.pictures.get(row.picture)) is not None
    )


def _commentaries(run: Run, facts: Ledger, names: Mapping[str, str]) -> Iterator[Commentary]:
    texts = {name: as_text(text) for name, text in told_in_prose(facts, names).items()}
    pages = [page.name for page in run.contents.pages if page.takes_commentary]
    for name in ("index", *pages):
        text = run.narrative.text(commentary_file(name, run.data.year))
        yield Commentary(name, text, filled_in(_with_callouts(text, run), texts))


def _notebooks_left_out(run: Run) -> Iterator[str]:
    """Yield the notebooks of chapters that the year lacks: opened, each shows nothing."""
    for chapter in declared_chapters().chapters:
        if not chapter.is_present(run.data):
            yield from (page.notebook for page in chapter.pages_of(run.data) if page.notebook)


def _with_callouts(text: str, run: Run) -> str:
    """Return a text with each highlighted remark as a quotation, for readers outside the book."""
    told = {
        callout.name: f"> {_headed(callout.titles)}{as_text(callout.text)}"
        for callout in run.gathered.results.callouts
    }
    return _CALLOUT.sub(lambda match: told.get(match[1], match[0]), text)


def _headed(titles: Iterable[str]) -> str:
    named = as_text(" and ".join(titles))
    return f"**{named}.** " if named else ""


def _printed_in(prose: Iterable[Passage], facts: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Return the pages and notebooks whose prose names each fact, or a phrase about it."""
    named = [(passage.file, _facts_named(passage)) for passage in prose]
    return {
        fact.id: tuple(dict.fromkeys(file for file, ids in named if fact.id in ids))
        for fact in facts
    }


def _facts_named(passage: Passage) -> frozenset[str]:
    return frozenset(".".join(name.split(".")[:2]) for name in passage.fact_ids())
