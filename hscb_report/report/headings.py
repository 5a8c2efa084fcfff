"""What a board calls its published tables and their columns, in place of the usual names."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from hscb_report.checks.prose import filled_in, names_in
from hscb_report.findings import Finding
from hscb_report.results.exhibit import Exhibit
from hscb_report.schema.reference import OwnHeading
from hscb_report.wording import quoted, suggestion

CAPTION = "caption"
NAMES = (
    *("year", "previous_year", "plan_year", "as_at"),
    *("board", "board_short", "area", "title", "plan_title"),
)
"""What may stand in `{{ }}` in a heading, as in any text."""


def with_own_headings(
    exhibits: Iterable[Exhibit], rows: Iterable[OwnHeading], names: Mapping[str, str]
) -> tuple[Exhibit, ...]:
    """Return the tables with the captions and headings that the board has chosen.

    `names` are what may stand in `{{ }}` in them, with what stands for it.
    """
    own = {(row.exhibit, row.usual): filled_in(row.own, names) for row in rows}
    return tuple(_renamed(exhibit, own) for exhibit in exhibits)


def strange_headings(
    exhibits: Iterable[Exhibit], rows: Iterable[OwnHeading], earlier: Container[str] = ()
) -> Iterator[Finding]:
    """Yield a finding for each row that names a heading that its table does not have.

    Also for one by which two columns are headed alike. A table that neither this year publishes
    nor an `earlier` one may come with a later one, so it is a warning.
    """
    by_label = {exhibit.label: exhibit for exhibit in exhibits}
    for row in rows:
        for name in names_in(row.own) - set(NAMES):
            place, hint = row.place, suggestion(name, NAMES)
            what = f"there is no name {quoted(name)}."
            yield Finding("C1", "error", place.file, what, hint, place.row, "own", row.own)
        if row.exhibit not in by_label:
            if row.exhibit not in earlier:
                place, hint = row.place, suggestion(row.exhibit, by_label)
                what = "no table of this year or an earlier one has that name."
                yield Finding(
                    "C1", "warning", place.file, what, hint, place.row, "exhibit", row.exhibit
                )
            continue
        exhibit = by_label[row.exhibit]
        usual = {CAPTION, *(column.name for column in exhibit.columns)}
        if row.usual not in usual:
            place, hint = row.place, suggestion(row.usual, usual)
            what = f"the table {row.exhibit} has no such heading."
            yield Finding("C1", "error", place.file, what, hint, place.row, "usual", row.usual)
        elif row.usual in _headed_alike(exhibit):
            place, hint = row.place, "Choose another heading."
            what = f"two columns of the table {row.exhibit} are headed alike."
            yield Finding("C2", "error", place.file, what, hint, place.row, "own", row.own)


def _headed_alike(exhibit: Exhibit) -> set[str]:
    """Return the usual names of the columns that have their heading in common with another."""
    headings = [column.heading for column in exhibit.columns]
    return {column.name for column in exhibit.columns if headings.count(column.heading) > 1}


def _renamed(exhibit: Exhibit, own: dict[tuple[str, str], str]) -> Exhibit:
    label = exhibit.label
    columns = tuple(
        replace(column, heading=own[label, column.name], usual=column.name)
        if (label, column.name) in own
        else column
        for column in exhibit.columns
    )
    caption = own.get((label, CAPTION), exhibit.caption)
    return replace(exhibit, caption=caption, columns=columns)
