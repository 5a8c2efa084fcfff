"""From one reading of a year to what may be published of it in an edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hscb_report.assurance.checked import checked_exhibits, left_out_exhibits
from hscb_report.assurance.dictionary import dictionary
from hscb_report.assurance.inputs import inputs_exhibits
from hscb_report.assurance.sources import sources_exhibits, with_provenance
from hscb_report.chapters import declared_chapters
from hscb_report.checks.markdown import as_text
from hscb_report.checks.prose import Passage, filled_in
from hscb_report.disclosure import decide
from hscb_report.report.reading import Run
from hscb_report.results.fact import Ledger
from hscb_report.results.history import phrase_names
from hscb_report.results.published import Commentary, Input, Published, ShownPicture
from hscb_report.schema.own import Picture
from hscb_report.store.narrative import commentary_file

_CALLOUT = re.compile(r"```\{callout\} (\S+)\n```")


def published(run: Run, edition: str) -> Published:
    """Return the report of a year for an edition; the year must be without errors."""
    inputs = (*run.loaded.inputs, *_earlier_inputs(run))
    given = replace(run.gathered.results, inputs=inputs, pictures=_pictures(run))
    facts = with_provenance(given.facts, run.data.tables, given.inputs)
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
    texts = [page.path for page in pages if page.is_text_of_year]
    return Published(
        year=year,
        edition=edition,
        as_at=run.data.as_at,
        settings=settings,
        results=results,
        assurance=(
            *checked_exhibits(run.checks.results, run.numbers, tables),
            *left_out_exhibits(run.contents.left_out),
            *sources_exhibits(results.facts, chapters),
            *inputs_exhibits(results.inputs, schemas, tables),
            *dictionary(schemas),
        ),
        texts={path: run.narrative.text(f"{year}/{path}.md") for path in texts},
        commentaries=tuple(_commentaries(run, results.facts, names)),
        names=names,
        checks=run.checks.as_json(),
        contents=pages,
        printed_in=_printed_in(run.passages, results.facts),
        notebooks_left_out=tuple(_notebooks_left_out(run)),
    )


def _earlier_inputs(run: Run) -> Iterator[Input]:
    """Yield the files of earlier years that a number here, or its history, was worked out from."""
    used = {
        file
        for fact in run.gathered.results.facts
        for figure in (fact.figure, *(earlier.figure for earlier in fact.earlier))
        for file in figure.files
    }
    own = {source.path for source in run.loaded.inputs}
    for past in run.past:
        yield from (i for i in past.loaded.inputs if i.path in used and i.path not in own)


def _pictures(run: Run) -> tuple[ShownPicture, ...]:
    """Return the pictures of the year's own, with what stands beside them."""
    return tuple(
        ShownPicture(row.picture, row.caption, row.alternative, row.licence, row.file, found)
        for row in run.data.tables[Picture]
        if (found := run.loaded.pictures.get(row.picture)) is not None
    )


def _commentaries(run: Run, facts: Ledger, names: Mapping[str, str]) -> Iterator[Commentary]:
    texts = {fact.id: fact.text for fact in facts} | dict(names)
    texts = {name: as_text(text) for name, text in texts.items()}
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
