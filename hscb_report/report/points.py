"""What a year says first, as outputs are given it: its points, judgements and key figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hscb_report.results.chapter import Chapter
from hscb_report.results.exhibit import Column, Exhibit, Quantity, exhibit
from hscb_report.results.fact import Fact, Ledger
from hscb_report.results.history import compared
from hscb_report.results.phrases import against
from hscb_report.results.points import KEY_FIGURES, MOST_KEY_FIGURES, Points, ShownPoint, Verdict
from hscb_report.schema import YearData
from hscb_report.schema.journey import Inspection
from hscb_report.schema.points import KeyFigure, Point
from hscb_report.wording import first_lower

"""How many a first page shows where the year has chosen none."""


def points_of(data: YearData, shown: Iterable[Point]) -> Points:
    """Return the points of pages that are shown, and what inspections said of the Board."""
    found: dict[str, dict[str, tuple[ShownPoint, ...]]] = {}
    for row in shown:
        lists = found.setdefault(row.page, {})
        point = ShownPoint(row.sentence or "", row.detail or "", row.link or "")
        if point.sentence:
            lists[row.list] = (*lists.get(row.list, ()), point)
    said = tuple(Verdict(row.title, row.judgement) for row in data.tables[Inspection])
    return Points(found, said[::-1])


def key_figures(data: YearData, facts: Ledger, chapters: Iterable[Chapter]) -> Exhibit:
    """Return the key figures of a year: those that it has chosen, or those of its chapters.

    Each has the value of the year, and where it comes from; one without a value is left out.
    """
    rows = [_row(fact, label) for fact, label in _chosen(data, facts, chapters)]
    year, before = data.year, data.year.previous
    return exhibit(
        KEY_FIGURES,
        f"Key figures, {year}",
        (Column("Measure"), Column(str(year), mixed=True), Column(f"Compared with {before}")),
        rows,
        "Counts under 20 are compared as counts, not percentages.",
    )


def _chosen(
    data: YearData, facts: Ledger, chapters: Iterable[Chapter]
) -> Iterator[tuple[Fact, str]]:
    own = data.tables[KeyFigure]
    usual = [(name, c.title) for c in chapters for name in c.key_figures]
    named = [(row.fact, row.label or "", "") for row in own] or [(n, "", c) for n, c in usual]
    found = [
        (fact, label or (f"{chapter}: {first_lower(fact.label)}" if chapter else fact.label))
        for name, label, chapter in named
        if (fact := facts.get(name)) and _has_value(fact)
    ]
    yield from found if own else found[:MOST_KEY_FIGURES]


def _has_value(fact: Fact) -> bool:
    """Whether there is something to say of it: a value, or that it is withheld or to come."""
    figure = fact.figure
    return figure.value is not None or figure.withheld or figure.to_come


def _row(fact: Fact, label: str) -> tuple[str, str | Quantity, str]:
    value = fact.text if fact.prefix else Quantity(fact.figure, fact.unit)
    return label, value, against(replace(compared(fact), unit=fact.unit))
