"""What a draft is still to have: numbers, tables and pages that its texts may name already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hscb_report.chapters import declared_chapters
from hscb_report.report.gathering import Gathered
from hscb_report.results.history import BEHIND_A_FACT
from hscb_report.schema import YearData
from hscb_report.schema.measurements import MEASURED, Measure


@dataclass(frozen=True)
class ToCome:
    """What may be named though it is not there; of a final report nothing.

    `facts` and `tables` are those that the chapters or earlier years have. Of `chapters` rows are
    still missing, and with them numbers that nobody can name yet; `lacks_rows` says the same of the
    year as a whole.
    """

    facts: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    chapters: frozenset[str] = frozenset()
    lacks_rows: bool = False

    def has_number(self, name: str) -> bool:
        """Whether a name, such as `budget.spend` or `budget.spend.trend`, is to come."""
        chapter, _, rest = name.partition(".")
        number, _, phrase = rest.partition(".")
        is_one = bool(number) and (not phrase or phrase in BEHIND_A_FACT)
        return is_one and (chapter in self.chapters or f"{chapter}.{number}" in self.facts)

    def has_thing(self, name: str) -> bool:
        """Whether a table, a page or a remark may be to come."""
        return self.lacks_rows or name in self.tables


def to_come(data: YearData, gathered: Gathered, past: Iterable[Gathered]) -> ToCome:
    """Return what a year is still to have, given what it and the years before it make."""
    if data.is_final:
        return ToCome()
    earlier = tuple(past)
    measures = (f"{row.chapter}.{row.measure}" for row in data.tables[Measure])
    told = (fact.id for made in earlier for fact in made.results.facts)
    chapters = declared_chapters().chapters
    return ToCome(
        gathered.absent.union(measures, told),
        frozenset(e.label for made in (gathered, *earlier) for e in made.results.exhibits),
        frozenset(c.name for c in chapters if any(r.info.name in data.awaited for r in c.tables)),
        bool(data.awaited),
    )


def without_gaps(data: YearData) -> YearData:
    """Return an earlier year as later ones look back on it: a table with gaps tells nothing.

    What of its rows is known is no whole; but each measurement stands for itself.
    """
    tables = data.tables
    each = {row.info.name for row in MEASURED}
    for name in data.gaps | data.awaited:
        kept = [row for row in tables.named(name) if name in each and not row.awaited]
        tables = replace(tables, rows={**tables.rows, name: tuple(kept)})
    return replace(data, tables=tables)
