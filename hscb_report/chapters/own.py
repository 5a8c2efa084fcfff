"""What a year has of its own: remarks that it highlights, tags of sections, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.results.chapter import Chapter
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.outline import Callout, TaggedSection
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import Callout as CalloutRow
from hscb_report.schema.journey import SectionTag
from hscb_report.schema.own import OwnTable, own_label


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the year's own, whose cells are text."""
    for row in data.tables[OwnTable]:
        heading, *body = data.own_tables.get(row.label, ((),))
        columns = [Column(name) for name in heading]
        notes = [row.note] if row.note else []
        yield exhibit(own_label(row.label), row.caption, columns, body, *notes)


def callouts(data: YearData) -> Iterator[Callout]:
    """Yield the highlighted remarks."""
    areas = data.vocabulary(words.JOURNEY_AREA)
    for row in data.tables[CalloutRow]:
        titles = tuple(areas[area] for area in row.areas or ())
        yield Callout(row.callout, row.areas or (), titles, row.text)


def tags(data: YearData) -> Iterator[TaggedSection]:
    """Yield the sections that carry tags."""
    for row in data.tables[SectionTag]:
        yield TaggedSection(row.page, row.section, row.areas)


CHAPTER = Chapter(
    name="own",
    title="Of the year's own",
    reads=(CalloutRow, SectionTag, OwnTable),
    exhibits=exhibits,
    callouts=callouts,
    tags=tags,
)
