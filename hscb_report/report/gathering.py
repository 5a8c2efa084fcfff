"""What the chapters make of a year's data, gathered; and what is wrong with a chapter itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from hscb_report.chapters import declared_chapters, defect, module_file
from hscb_report.checks.contents import TWICE, Named
from hscb_report.figures import Figure, to_come
from hscb_report.findings import Finding
from hscb_report.results import measure_tables, measured
from hscb_report.results.chapter import Chapter
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.fact import Fact, Ledger
from hscb_report.results.outline import Callout, Outline, TaggedSection
from hscb_report.results.published import Results
from hscb_report.schema import YearData
from hscb_report.schema.measurements import Measure

_Item = TypeVar("_Item")
_MEASURES = f"{Measure.info.folder}/{Measure.info.name}.csv"
"""What names the numbers and tables that follow from the list of measures."""


@dataclass(frozen=True)
class Gathered:
    """The results of all chapters, the names that they give, and what is wrong with chapters.

    `exhibits` has, for each chapter, the labels of the tables that it publishes. `absent` are the
    numbers of which the year has no table at all: they are neither 0 nor published, but texts that
    are common to all years may name them. `comparable` are the tables that may stand beside those
    of the year before: measures have columns of other times themselves, and plans differ.
    """

    results: Results = field(default_factory=Results)
    names: tuple[Named, ...] = ()
    findings: tuple[Finding, ...] = ()
    exhibits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    comparable: frozenset[str] = frozenset()


def gather(data: YearData) -> Gathered:
    """Return what every chapter makes of a year; a chapter that fails is told by its name.

    One that the year says nothing of makes nothing.
    """
    chapters = [c for c in declared_chapters().chapters if c.is_present(data)]
    every = [_Made(chapter, data) for chapter in chapters]
    outlines = {name: outline for made in every for name, outline in made.outlines}
    facts = [fact for made in every for fact in made.facts]
    results = Results(
        Ledger.of(fact for fact in facts if fact.figure.files),
        tuple(exhibit for made in every for exhibit in made.exhibits),
        outlines,
        tuple(callout for made in every for callout in made.callouts),
        tuple(tag for made in every for tag in made.tags),
    )
    names = tuple(named for made in every for named in made.names())
    findings = [*(found for made in every for found in made.findings)]
    findings += [found for made in every for found in made.strange_facts()]
    shown = {
        made.name: tuple(exhibit.label for exhibit in made.exhibits if exhibit.rows)
        for made in every
    }
    absent = frozenset(fact.id for fact in facts if not fact.figure.files)
    comparable = frozenset(label for made in every for label in made.comparable)
    return Gathered(results, names, tuple(findings), shown, absent, comparable)


def _awaited(figure: Figure) -> Figure:
    """Return a figure where rows are still missing: none yet, or nothing counted in no file."""
    is_of_nothing = not figure.value and not figure.files
    return to_come(replace(figure, value=None) if is_of_nothing else figure)


class _Made:
    """What one chapter makes of a year, given the tables that it reads and no other."""

    def __init__(self, chapter: Chapter, data: YearData) -> None:
        self.findings: list[Finding] = []
        self._chapter = chapter
        self._data = replace(data, tables=data.tables.only(chapter.tables))
        self.name = chapter.name
        self.facts = [self._of_a_time(fact) for fact in self._list("facts", Fact, chapter.facts)]
        self.exhibits = self._list("exhibits", Exhibit, chapter.exhibits)
        self._own = len(self.facts), len(self.exhibits)
        if chapter.measured:
            of_measures = self._list("facts", Fact, partial(measured.facts, chapter=self.name))
            self.facts += map(self._of_a_time, of_measures)
            made = partial(measure_tables.exhibits, chapter=self.name)
            self.exhibits += self._list("exhibits", Exhibit, made)
        self.outlines: list[tuple[str, Outline]] = self._list("outlines", tuple, chapter.outlines)
        self.callouts = self._list("callouts", Callout, chapter.callouts)
        self.tags = self._list("tags", TaggedSection, chapter.tags)
        if self._is_awaited():
            self.facts = [replace(fact, figure=_awaited(fact.figure)) for fact in self.facts]
            self.exhibits = [exhibit.with_figures(_awaited) for exhibit in self.exhibits]

    def _is_awaited(self) -> bool:
        """Whether rows are missing in a draft from which its numbers may still be worked out."""
        return any(row.info.name in self._data.awaited for row in self._chapter.tables)

    def _list(
        self, what: str, kind: type[_Item], made: Callable[[YearData], Iterable[Any]]
    ) -> list[_Item]:
        """Return what one function of the chapter yields; note its defect, whatever it is."""
        try:
            items = list(made(self._data))
            strange = [type(item).__name__ for item in items if not isinstance(item, kind)]
            if strange:
                raise TypeError(f"yields {strange[0]}, not {kind.__name__}")
        except Exception as error:
            told = f"the chapter cannot be worked out: {what} fails"
            self.findings.append(defect(error, self._file, told, self._chapter.tables))
            return []
        return items

    def _of_a_time(self, fact: Fact) -> Fact:
        """Return a fact with what it is of, and whether it counts what is protected."""
        protected = {row.info.name for row in self._chapter.tables if row.info.protected}
        return replace(
            fact,
            period=fact.period or self._chapter.period(self._data),
            has_own_period=fact.period is not None,
            is_protected=any(
                file.rpartition("/")[2][:-4] in protected for file in fact.figure.files
            ),
        )

    @property
    def _file(self) -> str:
        return module_file(self._chapter.name)

    @property
    def comparable(self) -> tuple[str, ...]:
        """The tables that the chapter itself makes, unless they are of the plan."""
        own = self.exhibits[: self._own[1]]
        return () if self._chapter.looks_ahead else tuple(exhibit.label for exhibit in own)

    def names(self) -> Iterator[Named]:
        """Yield the names that it gives."""
        facts, tables = self._own
        for number, fact in enumerate(self.facts):
            yield Named("facts", fact.id, self._file if number < facts else _MEASURES)
        for number, table in enumerate(self.exhibits):
            by = self._file if number < tables else _MEASURES
            yield Named("published tables", table.label, by)
        yield from (Named("outlines", name, self._file) for name, _ in self.outlines)
        yield from (Named("callouts", callout.name, self._file) for callout in self.callouts)

    def strange_facts(self) -> Iterator[Finding]:
        """Yield a finding for each fact that does not begin with the name of the chapter."""
        for fact in self.facts:
            if fact.chapter != self._chapter.name:
                what = f'the fact "{fact.id}" does not begin with the name of its chapter.'
                hint = f'Call it "{self._chapter.name}.…".'
                yield Finding(TWICE.code, TWICE.severity, self._file, what, hint)
