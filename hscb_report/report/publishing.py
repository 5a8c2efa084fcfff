"""From one reading of a year to what may be published of it in an edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hscb_report.assurance.checked import checked_exhibits
from hscb_report.assurance.dictionary import dictionary
from hscb_report.assurance.inputs import inputs_exhibits
from hscb_report.assurance.sources import sources_exhibits, with_provenance
from hscb_report.chapters import declared_chapters
from hscb_report.checks.prose import filled_in
from hscb_report.disclosure import decide
from hscb_report.report.contents import pages
from hscb_report.report.reading import Run
from hscb_report.results.chapter import YEAR_PAGES
from hscb_report.results.fact import Ledger
from hscb_report.results.published import Commentary, Published
from hscb_report.store.narrative import Narrative, commentary_file

_CALLOUT = re.compile(r"```\{callout\} (\S+)\n```")


def published(run: Run, edition: str) -> Published:
    """Return the report of a year for an edition; the year must be without errors."""
    given = replace(run.gathered.results, inputs=run.loaded.inputs)
    facts = with_provenance(given.facts, run.data.tables, given.inputs)
    results = decide(replace(given, facts=facts), edition)
    tables, schemas = run.data.tables, run.loaded.schemas
    chapters = declared_chapters().chapters
    return Published(
        year=run.data.year,
        edition=edition,
        as_at=run.data.as_at,
        settings=run.data.sound_settings,
        results=results,
        assurance=(
            *checked_exhibits(run.checks.results, run.numbers, tables),
            *sources_exhibits(results.facts, chapters),
            *inputs_exhibits(results.inputs, schemas, tables),
            *dictionary(schemas),
        ),
        texts={
            page.path: run.narrative.text(f"{run.data.year}/{page.path}.md")
            for page in pages()
            if page.path.startswith(YEAR_PAGES)
        },
        commentaries=tuple(_commentaries(run, results.facts)),
        names=run.names,
        checks=run.checks.as_json(),
        contents=pages(),
        printed_in=_printed_in(run.narrative, results.facts),
    )


def _commentaries(run: Run, facts: Ledger) -> Iterator[Commentary]:
    texts = {fact.id: fact.text for fact in facts} | run.names
    for page in pages():
        if page.notebook:
            text = run.narrative.text(commentary_file(page.notebook, run.data.year))
            yield Commentary(page.notebook, text, filled_in(_with_callouts(text, run), texts))


def _with_callouts(text: str, run: Run) -> str:
    """Return a text with each highlighted remark as a quotation, for readers outside the book."""
    told = {
        callout.name: f"> **{' and '.join(callout.titles)}.** {callout.text}"
        for callout in run.gathered.results.callouts
    }
    return _CALLOUT.sub(lambda match: told.get(match[1], match[0]), text)


def _printed_in(narrative: Narrative, facts: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Return the pages and notebooks whose prose names each fact."""
    return {
        fact.id: tuple(dict.fromkeys(p.file for p in narrative.passages if fact.id in p.fact_ids()))
        for fact in facts
    }
