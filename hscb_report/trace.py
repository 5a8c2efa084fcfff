"""Where a number comes from: its definition, its rows, their documents, and where it is printed."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from pydoc import locate
from typing import Any

from hscb_report.facts import Fact
from hscb_report.report import PROJECT, Report
from hscb_report.schema import Place, Row, declared_tables
from hscb_report.schema.row import SourcedRow

NOT_TOLD = "not told in the public edition"


@dataclass(frozen=True)
class Origin:
    """The rows of one file that a fact was worked out from; none where they are not told."""

    file: str
    sha256: str | None
    rows: tuple[Row, ...]

    def documents(self, titles: dict[str, str]) -> str:
        """Return the documents and lines that the rows were read from: "… L921, L922"."""
        lines: dict[str, list[str]] = {}
        for row in self.rows:
            if isinstance(row, SourcedRow):
                found = lines.setdefault(titles.get(row.source, row.source), [])
                if row.locator not in found:
                    found.append(row.locator)
        return "; ".join(f"{title} {', '.join(found)}" for title, found in lines.items())

    def numbers(self) -> str:
        """Return the rows' numbers, "rows 2, 3 and 4"."""
        numbers = [str(row.place.row) for row in self.rows]
        if not numbers:
            return NOT_TOLD
        return f"row{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


@dataclass(frozen=True)
class Tracer:
    """Answers where the numbers of one report come from."""

    report: Report

    @cached_property
    def _rows(self) -> dict[Place, Row]:
        tables = self.report.checks.loaded.tables
        return {
            row.place: row for table in declared_tables() for row in getattr(tables, table.name)
        }

    @cached_property
    def _hashes(self) -> dict[str, str]:
        return {source.path: source.sha256 for source in self.report.checks.loaded.inputs}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of the documents, by their codes."""
        return {row.source: row.title for row in self.report.checks.loaded.tables.sources}

    def origins(self, fact: Fact) -> tuple[Origin, ...]:
        """Return the files and rows behind a fact, as far as the edition tells them."""
        files = dict.fromkeys(place.file for place in fact.figure.rows)
        return tuple(self._origin(file, fact.figure.rows) for file in files)

    def pages(self, fact: Fact) -> tuple[str, ...]:
        """Return the pages and notebooks whose prose names a fact."""
        prose = self.report.checks.narrative.passages
        return tuple(dict.fromkeys(p.file for p in prose if fact.id in p.fact_ids()))

    def lines(self, id: str) -> Iterator[str]:  # noqa: A002
        """Yield the whole account of a fact; raise UnknownNameError for one that does not exist."""
        fact = self.report.facts[id]
        yield f"{fact.id} = {fact.text}   {fact.label}, in {fact.unit.name}; {fact.figure.basis}"
        yield f"definition  {definition(fact)}"
        yield f"function    {fact.function} ({_place_in_code(fact)})"
        for origin in self.origins(fact):
            yield f"from        {origin.file}, {origin.numbers()}"
            if documents := origin.documents(self.titles):
                yield f"            {documents}"
            yield f"            sha256 {origin.sha256 or NOT_TOLD}"
        yield f"printed in  {', '.join(self.pages(fact)) or 'no prose; see the tables'}"

    def _origin(self, file: str, places: Iterable[Place]) -> Origin:
        if file in self.report.unshown_files:
            return Origin(file, None, ())
        rows = tuple(self._rows[place] for place in places if place.file == file)
        return Origin(file, self._hashes.get(file), rows)


def definition(fact: Fact) -> str:
    """Return what a fact means: the first paragraph of its function's docstring."""
    text = inspect.getdoc(_function(fact)) or ""
    said = " ".join(text.split("\n\n")[0].split()).removeprefix("Return ")
    return said[:1].upper() + said[1:]


def _place_in_code(fact: Fact) -> str:
    function = _function(fact)
    file = Path(inspect.getsourcefile(function) or "")
    return f"{file.relative_to(PROJECT).as_posix()}:{inspect.getsourcelines(function)[1]}"


def _function(fact: Fact) -> Any:
    return locate(fact.function)
