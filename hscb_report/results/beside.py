"""Published tables beside those of the year before: one more column, filled row by row.

A table that tells one number of each row, or one and shares of it, is set beside the table of the
same name that the year before published. One of several numbers is not: twice as many columns are
hard to read, and which of them matters is not known here. Nor is one that tells of several times.
Where no number differs, a note says so in place of the column.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from hscb_report.figures import Figure
from hscb_report.results.exhibit import Cell, Exhibit, Quantity
from hscb_report.results.measured import NO_FIGURE
from hscb_report.results.titles import year_before
from hscb_report.units import PERCENT, Unit

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_MONTHS = "|".join(month_name[1:])
# A time, and not a length of time: "6 to 12 months", "1 to 4 years" are none.
_DATED = re.compile(
    rf"(?i)\b(?:(?:19|20)[0-9]{{2}}|{_MONTHS}|q[1-4]|quarter|(?:this|last|next) year"
    r"|year before)\b"
)
_TIME = re.compile(
    rf"(?i)(?:\b(?:(?:19|20)[0-9]{{2}}(?:[-/][0-9]{{2,4}})?|[0-9]{{1,2}}|{_MONTHS}|q[1-4]|quarter"
    r"|year|this|last|next|to|and|until|from|since|before|ending|the|of|first|second|third|fourth)"
    r"\b[\s,]*)+"
)

Key = tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """What the year before published, and what of it may be compared.

    `comparable` are the labels of the tables that this year may set beside those of the year
    before; `protected` the names of the tables of the data that count or describe children.
    """

    year: str
    exhibits: tuple[Exhibit, ...]
    comparable: Collection[str]
    protected: Collection[str] = ()

    def counts_children(self, exhibit: Exhibit) -> bool:
        """Whether any figure of a table was worked out from a protected table of the data."""
        files = (file for figure in exhibit.figures() for file in figure.files)
        return any(file.rpartition("/")[2].removesuffix(".csv") in self.protected for file in files)


def with_year_before(exhibits: Iterable[Exhibit], before: Before) -> tuple[Exhibit, ...]:
    """Return the tables, each beside that of the year before where it can be compared."""
    then = {exhibit.label: exhibit for exhibit in before.exhibits}
    return tuple(
        _beside(exhibit, then[exhibit.label], before)
        if exhibit.label in then and exhibit.label in before.comparable
        else exhibit
        for exhibit in exhibits
    )


def compared_column(exhibit: Exhibit) -> int | None:
    """Return the position of the column that may stand beside the year before's, if one may.

    It is the only one of numbers, or the only one beside percentages, in a table of one time.
    """
    numeric = [n for n, column in enumerate(exhibit.columns) if column.is_numeric]
    counted = [n for n in numeric if not _is_share(exhibit.columns[n].unit)]
    found = numeric if len(numeric) == 1 else counted
    if len(found) != 1 or found[0] < exhibit.row_headers or _is_over_time(exhibit, found[0]):
        return None
    return found[0]


def _is_share(unit: Unit | None) -> bool:
    return unit is not None and unit.name == PERCENT.name


def _is_over_time(exhibit: Exhibit, compared: int) -> bool:
    """Whether a table already has columns or rows of several times."""
    others = (column for n, column in enumerate(exhibit.columns) if n != compared)
    headings = [text for column in others for text in (column.heading, column.name)]
    headings.append(exhibit.columns[compared].name)
    headers = (text for key in _keys(exhibit) for text in key)
    return (
        exhibit.stands_alone
        or exhibit.trend is not None
        or any(_YEAR.search(heading) for heading in headings)
        or any(_TIME.fullmatch(text) and _DATED.search(text) for text in headers)
    )


def _beside(now: Exhibit, then: Exhibit, before: Before) -> Exhibit:
    """Return a table beside that of the year before, as it is where the two do not compare.

    Of one that counts children no note tells a number, and it is compared only where it has every
    row of the year before: with one fewer, what was withheld then might follow from the others.
    Where the year before alone counted children, nothing here would withhold what it counted.
    """
    place = compared_column(now)
    place_then = None if place is None else _same_column(now, place, then)
    keys, keys_then = _keys(now), _keys(then)
    if place is None or place_then is None or _are_doubled(keys) or _are_doubled(keys_then):
        return now
    found = {key: row[place_then] for key, row in zip(keys_then, then.rows, strict=True)}
    texts = {key: then.text(row, place_then) for row, key in enumerate(keys_then)}
    gone = [f"{', '.join(key)}: {text}" for key, text in texts.items() if key not in {*keys}]
    cells = [
        _cell(row[place], found[key]) if key in found else NO_FIGURE
        for key, row in zip(keys, now.rows, strict=True)
    ]
    heading = _heading(now, place, then.columns[place_then].heading, before.year)
    is_new = heading not in {column.heading for column in now.columns}
    is_known = any(map(_has_value, cells))
    is_protected, was_protected = map(before.counts_children, (now, then))
    if not (is_new and is_known) or (is_protected and gone) or was_protected > is_protected:
        return now
    printed = [now.text(row, place) for row in range(len(now.rows))]
    is_alone = len(now.columns) == now.row_headers + 1  # else the others may differ
    if not is_protected and dict(zip(keys, printed, strict=True)) == texts:
        if not is_alone:
            return now
        return replace(now, notes=(*now.notes, f"No number differs from that of {before.year}."))
    note = [f"In {before.year} also: {'; '.join(gone)}."] if gone else []
    return _with_column(now, place + 1, heading, cells, note)


def _with_column(
    exhibit: Exhibit, place: int, heading: str, cells: Sequence[Cell], notes: Iterable[str]
) -> Exhibit:
    """Return a table with a further column, of the unit of the one before it, and further notes."""
    own = exhibit.columns[place - 1]
    column = replace(own, heading=heading, usual=year_before(own.name))
    return replace(
        exhibit,
        columns=(*exhibit.columns[:place], column, *exhibit.columns[place:]),
        rows=tuple(
            (*row[:place], cell, *row[place:])
            for row, cell in zip(exhibit.rows, cells, strict=True)
        ),
        notes=(*exhibit.notes, *notes),
    )


def _are_doubled(keys: Sequence[Key]) -> bool:
    """Whether two rows have the same headers, so that these do not tell them apart."""
    return len({*keys}) < len(keys)


def _keys(exhibit: Exhibit) -> list[Key]:
    """Return the row headers of each row, as they are printed."""
    return [
        tuple(exhibit.text(row, column) for column in range(exhibit.row_headers))
        for row in range(len(exhibit.rows))
    ]


def _same_column(now: Exhibit, place: int, then: Exhibit) -> int | None:
    """Return where the year before's table has a column, if its rows are named alike."""
    headers = [column.name for column in now.columns[: now.row_headers]]
    if [column.name for column in then.columns[: then.row_headers]] != headers:
        return None
    wanted = now.columns[place]
    for number, column in enumerate(then.columns):
        if (column.name, column.unit, column.mixed) == (wanted.name, wanted.unit, wanted.mixed):
            return number
    return None


def _heading(now: Exhibit, place: int, then: str, year: str) -> str:
    """Return the heading of the column of the year before.

    It is the year; what the column is, and the year, where more columns follow or the table has
    other numbers. A heading that names its own year is that of the year before.
    """
    own = now.columns[place].heading
    if then != own and _YEAR.search(then):
        return then
    is_only = sum(column.is_numeric for column in now.columns) == 1
    return year if is_only and place == len(now.columns) - 1 else f"{own}, {year}"


def _cell(now: Cell, then: Cell) -> Cell:
    """Return what the year before had in a cell, unless its number is of another unit."""
    if isinstance(now, Quantity) and isinstance(then, Quantity):
        units = [(q.unit.name, q.unit.factor, q.unit.before) for q in (now, then)]
        return then if units[0] == units[1] else NO_FIGURE
    return then


def _has_value(cell: Cell) -> bool:
    figure = cell.figure if isinstance(cell, Quantity) else cell
    return isinstance(figure, Figure) and figure.value is not None
