"""What the chapters make of a year's data, gathered; and what is wrong with a chapter itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from hscb_report.chapters import declared_chapters, defect, module_file
from hscb_report.checks.contents import TWICE, Named
from hscb_report.findings import Finding
from hscb_report.results.chapter import Chapter
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.fact import Fact, Ledger
from hscb_report.results.outline import Callout, Outline, TaggedSection
from hscb_report.results.published import Results
from hscb_report.schema import YearData

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Gathered:
    """The results of all chapters, the names that they give, and what is wrong with chapters."""

    results: Results = field(default_factory=Results)
    names: tuple[Named, ...] = ()
    findings: tuple[Finding, ...] = ()


def gather(data: YearData) -> Gathered:
    """Return what every chapter makes of a year; a chapter that fails is told by its name."""
    every = [_Made(chapter, data) for chapter in declared_chapters().chapters]
    outlines = {name: outline for made in every for name, outline in made.outlines}
    results = Results(
        Ledger.of(fact for made in every for fact in made.facts),
        tuple(exhibit for made in every for exhibit in made.exhibits),
        outlines,
        tuple(callout for made in every for callout in made.callouts),
        tuple(tag for made in every for tag in made.tags),
    )
    names = tuple(named for made in every for named in made.names())
    findings = [*(found for made in every for found in made.findings)]
    findings += [found for made in every for found in made.strange_facts()]
    return Gathered(results, names, tuple(findings))


class _Made:
    """What one chapter makes of a year, given the tables that it reads and no other."""

    def __init__(self, chapter: Chapter, data: YearData) -> None:
        self.findings: list[Finding] = []
        self._chapter = chapter
        self._data = replace(data, tables=data.tables.only(chapter.reads))
        self.facts = self._list("facts", Fact)
        self.exhibits = self._list("exhibits", Exhibit)
        self.outlines: list[tuple[str, Outline]] = self._list("outlines", tuple)
        self.callouts = self._list("callouts", Callout)
        self.tags = self._list("tags", TaggedSection)

    def _list(self, what: str, kind: type[_Item]) -> list[_Item]:
        """Return what one function of the chapter yields; note its defect, whatever it is."""
        try:
            items = list(getattr(self._chapter, what)(self._data))
            strange = [type(item).__name__ for item in items if not isinstance(item, kind)]
            if strange:
                raise TypeError(f"yields {strange[0]}, not {kind.__name__}")
        except Exception as error:
            told = f"the chapter cannot be worked out: {what} fails"
            self.findings.append(defect(error, self._file, told, self._chapter.reads))
            return []
        return items

    @property
    def _file(self) -> str:
        return module_file(self._chapter.name)

    def names(self) -> Iterator[Named]:
        """Yield the names that it gives."""
        yield from (Named("facts", fact.id, self._file) for fact in self.facts)
        yield from (Named("published tables", table.label, self._file) for table in self.exhibits)
        yield from (Named("outlines", name, self._file) for name, _ in self.outlines)
        yield from (Named("callouts", callout.name, self._file) for callout in self.callouts)

    def strange_facts(self) -> Iterator[Finding]:
        """Yield a finding for each fact that does not begin with the name of the chapter."""
        for fact in self.facts:
            if fact.chapter != self._chapter.name:
                what = f'the fact "{fact.id}" does not begin with the name of its chapter.'
                hint = f'Call it "{self._chapter.name}.…".'
                yield Finding(TWICE.code, TWICE.severity, self._file, what, hint)
