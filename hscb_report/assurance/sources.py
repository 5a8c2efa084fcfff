"""Where a number comes from: its rows, their documents, its definition, and where it is printed."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hscb_report.results.chapter import Chapter
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.fact import Earlier, Fact, Ledger, Provenance
from hscb_report.results.published import Input
from hscb_report.schema import Place, Row, Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.reference import Source
from hscb_report.schema.row import SourcedRow
from hscb_report.wording import address, rows_told

NOT_TOLD = "not told in the public edition"
GROUP = "sources"


def with_provenance(facts: Ledger, years: Iterable[Tables], inputs: Iterable[Input]) -> Ledger:
    """Return the facts, each with the files, rows and documents that it was worked out from.

    `years` are the tables of the year and of earlier ones, whose rows a number may rest on too.
    """
    listed = tuple(years)
    rows = {row.place: row for tables in listed for row in tables}
    hashes = {source.path: source.sha256 for source in inputs}
    titles = {row.source: row.title for tables in listed for row in tables[Source]}
    return Ledger(
        tuple(
            replace(
                fact,
                provenance=tuple(
                    _provenance(file, fact.figure.rows, rows, hashes, titles)
                    for file in fact.figure.files
                ),
            )
            for fact in facts
        )
    )


def sources_exhibits(facts: Iterable[Fact], chapters: Iterable[Chapter]) -> Iterator[Exhibit]:
    """Yield a table for each chapter that has facts: each number and where it comes from."""
    listed = tuple(facts)
    for chapter in chapters:
        own = [fact for fact in listed if fact.chapter == chapter.name]
        if own:
            yield exhibit(
                sources_label(chapter.name),
                f"Where the numbers come from: {chapter.title}",
                (Column("Number"), Column("Value"), Column("What it is"), Column("Read from")),
                [(fact.label, fact.text, _meaning(fact), _read_from(fact)) for fact in own],
                anchors=tuple(fact.anchor for fact in own),
                group=GROUP,
            )


def sources_label(chapter: str) -> str:
    """Return the label of the table that says where the numbers of a chapter come from."""
    return f"{GROUP}-{address(chapter)}"


def trace_lines(fact: Fact, printed_in: Iterable[str]) -> Iterator[str]:
    """Yield the whole account of a fact, given the pages and notebooks whose prose names it."""
    yield f"{fact.id} = {fact.text}   {fact.label}, in {fact.unit.name}; {fact.figure.basis}"
    yield f"definition  {fact.definition}"
    yield f"function    {fact.function} ({_place_in_code(fact)})"
    if fact.counted_anew:
        yield f"note        {_anew(fact)}"
    for earlier in fact.earlier:
        yield f"earlier     {_told(fact, earlier)}"
    for source in fact.provenance:
        yield f"from        {source.file}, {_rows(source)}"
        if source.documents:
            yield f"            {source.documents}"
        yield f"            sha256 {source.sha256 or NOT_TOLD}"
    yield f"printed in  {', '.join(printed_in) or 'no prose; see the tables'}"


def _provenance(
    file: str,
    places: Iterable[Place],
    rows: Mapping[Place, Row],
    hashes: Mapping[str, str | None],
    titles: Mapping[str, str],
) -> Provenance:
    own = [place for place in places if place.file == file]
    documents = _documents((rows[place] for place in own if place in rows), titles)
    return Provenance(file, tuple(place.row for place in own), documents, hashes.get(file))


def _documents(rows: Iterable[Row], titles: Mapping[str, str]) -> str:
    """Return the documents and lines that rows were read from: "… L921, L922"."""
    lines: dict[str, list[str]] = {}
    for row in rows:
        if isinstance(row, SourcedRow):
            named = titles.get(row.source, row.source) if row.source else words.BASIS[row.basis]
            found = lines.setdefault(named, [])
            if row.locator and row.locator not in found:
                found.append(row.locator)
    return "; ".join(f"{title} {', '.join(found)}".strip() for title, found in lines.items())


def _rows(source: Provenance) -> str:
    """Return the rows' numbers, "rows 2 to 17"."""
    if source.rows is None:
        return f"rows {NOT_TOLD}"
    if not source.rows:
        return "looked through; no row is of the kind"
    return rows_told(source.rows)


def _told(fact: Fact, earlier: Earlier) -> str:
    text = f"{earlier.prefix} {fact.unit.text(earlier.figure)}".strip()
    revised = f" (revised: {earlier.revision})" if earlier.revision else ""
    return f"{earlier.period}: {text}{revised}"


def _anew(fact: Fact) -> str:
    """Return that what a number was before does not compare, and why."""
    why = (fact.counted_anew or "").rstrip(".")
    return f"Counted otherwise than before, so that earlier values do not compare: {why}."


def _meaning(fact: Fact) -> str:
    """Return what a number is, its name and basis, and what it was before, the latest first."""
    before = "; ".join(_told(fact, earlier) for earlier in reversed(fact.earlier))
    earlier = f" Earlier: {before}." if before else ""
    anew = f" {_anew(fact)}" if fact.counted_anew else ""
    basis = f"Its name is {fact.id}; its basis: {fact.figure.basis}."
    return f"{fact.definition} {basis}{anew}{earlier}"


def _read_from(fact: Fact) -> str:
    parts = [
        f"{source.file}, {_rows(source)}" + (f" ({source.documents})" if source.documents else "")
        for source in fact.provenance
    ]
    return "; ".join(parts)


def _place_in_code(fact: Fact) -> str:
    from pydoc import locate  # slow to import, and asked for by `trace` alone

    function = locate(fact.function)
    assert callable(function)
    parts = (inspect.getsourcefile(function) or "").replace("\\", "/").split("/")
    package = fact.function.split(".", 1)[0]
    inside = parts[parts.index(package) :] if package in parts else parts[-1:]
    return f"{'/'.join(inside)}:{inspect.getsourcelines(function)[1]}"
