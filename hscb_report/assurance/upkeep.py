"""What a draft says of itself: how far each table and text is, and what is still to come where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hscb_report.assurance import STILL_TO_DO
from hscb_report.new_year.states import STATES, Item
from hscb_report.new_year.status import OfChapter, Status
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.wording import first_upper


def status_exhibits(status: Status, titles: Mapping[str, str]) -> Iterator[Exhibit]:
    """Yield how far a year is, by chapter, and what is to be done of each table and text.

    `titles` are those of tables, by their names.
    """
    yield exhibit(
        STILL_TO_DO[0],
        f"How far the report for {status.year} is",
        (Column("Chapter"), *(Column(first_upper(said)) for said in STATES.values())),
        [(chapter.title, *_counts(chapter)) for chapter in status.chapters],
    )
    yield exhibit(
        STILL_TO_DO[1],
        "What is still to be done",
        (
            *(Column("Chapter"), Column("Table or text"), Column("State")),
            *([Column("Owed by")] if status.owed else []),
        ),
        [
            (
                *(chapter.title, _titled(item, titles), _told(item)),
                *([", ".join(status.owed_by(item)) or "nobody is named"] if status.owed else []),
            )
            for chapter in status.chapters
            for item in chapter.undone
        ],
        row_headers=2,
    )


def still_to_come(chapter: OfChapter, status: Status, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a chapter still lacks, in a line each."""
    lines = []
    for item in chapter.undone:
        by = status.owed_by(item)
        owed = f" (owed by {' and '.join(by)})" if by else ""
        lines.append(f"{first_upper(_titled(item, titles))}: {_told(item)}{owed}")
    return tuple(lines)


def _counts(chapter: OfChapter) -> Iterator[str]:
    for state in STATES:
        found = sum(item.state == state for item in chapter.items)
        yield str(found) if found else "none"


def _titled(item: Item, titles: Mapping[str, str]) -> str:
    if item.is_text:
        return "the text " + item.name.removeprefix("text/").removesuffix(".md")
    return titles.get(item.name, item.name)


def _told(item: Item) -> str:
    told = f": {item.told}" if item.told and item.state != "empty" else ""
    return item.told if item.state == "empty" else f"{STATES[item.state]}{told}"
