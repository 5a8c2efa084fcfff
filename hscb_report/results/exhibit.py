"""An exhibit: a table as it is published, whatever shows it.

Cells are text, or figures with the unit of their column; how they look is decided once, here, so
that HTML, PDF, charts and downloads cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hscb_report.figures import Figure, Value
from hscb_report.units import GAPS, NOT_STATED, TO_COME, Unit


@dataclass(frozen=True)
class Quantity:
    """A figure with a unit of its own, for a column that mixes units."""

    figure: Figure
    unit: Unit


@dataclass(frozen=True)
class Mark:
    """A word with a shape before it and a tone, so that nothing is told by colour alone.

    Tones are "good", "watch", "alarm" and "plain"; HTML and PDF give each its colour.
    """

    word: str
    shape: str = ""
    tone: str = "plain"

    @property
    def text(self) -> str:
        """The mark as it is printed."""
        return f"{self.shape} {self.word}".strip()


_TOTAL = "total"
_FEWEST_PARTS = 2
_MOSTLY = Fraction(2, 3)
"""Of what a table is there for, so much may be missing before a sentence says it better."""

Cell = str | Figure | Quantity | Mark


@dataclass(frozen=True)
class Column:
    """A column's heading and, where it holds figures, their unit.

    `mixed` says that every figure of the column brings a unit of its own. Where a board has chosen
    another heading, `usual` is the one by which charts still know the column. One that `is_asked`
    holds what the table is there for; without it, the other columns say nothing.
    """

    heading: str
    unit: Unit | None = None
    mixed: bool = False
    usual: str = ""
    is_asked: bool = False

    @property
    def name(self) -> str:
        """The heading by which charts know the column."""
        return self.usual or self.heading

    @property
    def is_numeric(self) -> bool:
        """Whether the column holds figures."""
        return self.unit is not None or self.mixed


@dataclass(frozen=True)
class Trend:
    """What a chart of a table over time needs beside its cells.

    `kinds` has what each row's area is to the Board: own, part, middle (of the neighbours),
    neighbour, region, nation, other. `breaks` are the headings of the columns from which the
    Board's own values are counted otherwise than before; `together` is the heading of the column
    that is of no time but of all of them, if there is one.
    """

    kinds: tuple[str, ...]
    target: Value | None = None
    breaks: tuple[str, ...] = ()
    together: str = ""


@dataclass(frozen=True)
class Exhibit:
    """A published table: the first `row_headers` columns name its rows.

    `label` is its anchor and its name everywhere. `title` says in about ten words what it shows, as
    worked out from its figures; its `caption`, which says what is measured, then stands below that.
    `wide` asks for a landscape page on paper;
    `anchors`, where given, are addresses of its rows. Of a `group` are tables of one kind, of which
    a year may have any number. One over time has its `trend`. One that `stands_alone` is not set
    beside that of the year before: what changed has a table of its own. `instead` is the sentence
    that readers are given where it mostly shows what is missing; without one, the usual one. One
    `to_look_up` single cells in is not printed where it is long: paper says where it stands.
    `totals` are the rows that sum up others.
    """

    label: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    wide: bool = False
    row_headers: int = 1
    anchors: tuple[str, ...] = ()
    group: str = ""
    trend: Trend | None = None
    stands_alone: bool = False
    title: str = ""
    instead: str = ""
    to_look_up: bool = False
    totals: frozenset[int] = frozenset()

    def text(self, row: int, column: int) -> str:
        """Return a cell as it is printed; none is blank, which a listener could not tell."""
        cell = self.rows[row][column]
        if isinstance(cell, str):
            return cell or NOT_STATED
        if isinstance(cell, Mark):
            return cell.text
        if isinstance(cell, Quantity):
            return cell.unit.text(cell.figure)
        unit = self.columns[column].unit
        assert unit is not None, f"{self.label}: column {column} holds a figure but has no unit"
        return unit.text(cell)

    def is_to_come(self, row: int, column: int) -> bool:
        """Whether a draft still waits for the figure in a cell."""
        figure = _figure(self.rows[row][column])
        return figure is not None and figure.to_come

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return every cell as it is printed."""
        width = range(len(self.columns))
        return tuple(
            tuple(self.text(row, column) for column in width) for row in range(len(self.rows))
        )

    def tones(self) -> tuple[tuple[str, ...], ...]:
        """Return the tone of every cell, "" for one without."""
        return tuple(
            tuple(cell.tone if isinstance(cell, Mark) else "" for cell in row) for row in self.rows
        )

    def records(self) -> list[dict[str, Value | str | None]]:
        """Return the rows as usual heading to value, figures unrounded in their unit."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.values()]

    def values(self) -> list[list[Value | str | None]]:
        """Return every cell as data: text, or a figure unrounded in its unit."""
        return [
            [_plain(cell, column) for column, cell in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]

    def units(self, column: int) -> tuple[str, ...]:
        """Return the units of a column of figures, cell by cell; "" for one that holds none."""
        own = self.columns[column].unit
        cells = (row[column] for row in self.rows)
        return tuple(
            cell.unit.name
            if isinstance(cell, Quantity)
            else own.name
            if own and isinstance(cell, Figure)
            else ""
            for cell in cells
        )

    def figures(self) -> Iterator[Figure]:
        """Yield every figure of its cells, row by row."""
        found = (_figure(cell) for row in self.rows for cell in row)
        yield from (figure for figure in found if figure is not None)

    def with_figures(self, decided: Callable[[Figure], Figure]) -> Exhibit:
        """Return the exhibit with each figure as `decided` gives it.

        Its title goes where one is then withheld, or to come: it was worked out from all of them.
        """

        def cell(given: Cell) -> Cell:
            if isinstance(given, Figure):
                return decided(given)
            if isinstance(given, Quantity):
                return replace(given, figure=decided(given.figure))
            return given

        made = replace(self, rows=tuple(tuple(map(cell, row)) for row in self.rows))
        is_less = any(figure.withheld or figure.to_come for figure in made.figures())
        return replace(made, title="") if is_less else made

    @property
    def told_instead(self) -> str:
        """The sentence that stands in its place where most of what it was to show is missing.

        "" for any other, for one whose rows can be linked to, and for one of a draft that waits for
        its figures. It is whole in the workbook and the downloads.
        """
        asked = self._asked_cells()
        missing = sum(self._is_gap(row, column) for row, column in asked)
        is_awaited = any(self.text(row, column) == TO_COME for row, column in asked)
        if is_awaited or any(self.anchors) or missing <= _MOSTLY * len(asked):
            return ""
        return self.instead or f"{self.caption}: {_known(len(asked) - missing, len(asked))}."

    def _asked_cells(self) -> list[tuple[int, int]]:
        """Return the cells that the table is there for: by row and column.

        Those of the columns that are said to be asked, else of those with figures, else all.
        """
        columns = range(self.row_headers, len(self.columns))
        asked = [n for n in columns if self.columns[n].is_asked]
        asked = asked or [n for n in columns if self.columns[n].is_numeric] or [*columns]
        return [(row, column) for row in range(len(self.rows)) for column in asked]

    def _is_gap(self, row: int, column: int) -> bool:
        return self.text(row, column).startswith(GAPS)

    def without_repeated_shares(self) -> Exhibit:
        """Return the exhibit without a column of shares that says nothing new.

        Each of its shares is of few, and told by two counts that stand in the same row.
        """
        repeated = {n for n in range(len(self.columns)) if self._repeats_counts(n)}
        kept = [n for n in range(len(self.columns)) if n not in repeated]
        return replace(
            self,
            columns=tuple(self.columns[n] for n in kept),
            rows=tuple(tuple(row[n] for n in kept) for row in self.rows),
        )

    def _repeats_counts(self, column: int) -> bool:
        known = [row for row in self.rows if _value(row[column]) is not None]
        return bool(known) and all(_has_both(row, row[column]) for row in known)

    def titled(self, title: str) -> Exhibit:
        """Return the exhibit with what it shows said above it."""
        return replace(self, title=title)

    def as_json(self) -> dict[str, Any]:
        """Return the exhibit as the typed JSON that the book is made from."""
        return {
            "label": self.label,
            "title": self.title,
            "caption": self.caption,
            "columns": [
                {"heading": column.heading, "numeric": column.is_numeric} for column in self.columns
            ],
            "rows": [list(row) for row in self.texts()],
            "notes": list(self.notes),
            "instead": self.told_instead,
            "wide": self.wide,
            "to_look_up": self.to_look_up,
            "group": self.group,
            "row_headers": self.row_headers,
            "anchors": list(self.anchors),
            "tones": [list(row) for row in self.tones()] if any(map(any, self.tones())) else [],
        }


def exhibit(
    label: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *notes: str,
    wide: bool = False,
    row_headers: int = 1,
    anchors: tuple[str, ...] = (),
    group: str = "",
    trend: Trend | None = None,
    stands_alone: bool = False,
    title: str = "",
    instead: str = "",
    to_look_up: bool = False,
) -> Exhibit:
    """Return an exhibit.

    Raises ValueError if a row lacks a cell, two columns have one heading, or a figure has no unit.
    """
    headings = [column.heading for column in columns]
    if len(set(headings)) < len(headings):
        raise ValueError(f"{label}: two columns have the same heading")
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise ValueError(f"{label}, row {number}: {len(row)} cells, {len(columns)} columns")
        for cell, column in zip(row, columns, strict=True):
            if isinstance(cell, Figure) and column.unit is None:
                raise ValueError(f"{label}, row {number}: {column.heading} has no unit")
    cells = tuple(tuple(row) for row in rows)
    return Exhibit(
        *(label, caption, tuple(columns), cells, notes, wide, row_headers, anchors, group, trend),
        stands_alone=stands_alone,
        title=title,
        instead=instead,
        to_look_up=to_look_up,
        totals=frozenset(_totals(columns, cells)),
    )


def _totals(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """Yield the rows that sum up all others: the last that does so in a column."""
    for position, column in enumerate(columns):
        figures = [_figure(row[position]) for row in rows] if column.is_numeric else []
        sums = [
            number
            for number, own in enumerate(figures)
            if own and _sums_up(own, figures[:number] + figures[number + 1 :], rows[number][0])
        ]
        yield from sums[-1:]


def _sums_up(figure: Figure, others: Sequence[Figure | None], name: Cell) -> bool:
    """Whether a figure is the sum of others, and rests on what they rest on, or is said to be."""
    known = [other for other in others if other and other.value is not None]
    if len(known) < _FEWEST_PARTS or figure.value != sum(other.value or 0 for other in known):
        return False
    places = {place for other in known for place in other.rows}
    return bool(places and places == {*figure.rows}) or str(name).lower().startswith(_TOTAL)


def _known(known: int, asked: int) -> str:
    if asked == 1:
        return "its one value is not known"
    return f"{known or 'none'} of its {asked} values {'are' if known > 1 else 'is'} known"


def _figure(cell: Cell) -> Figure | None:
    found = cell.figure if isinstance(cell, Quantity) else cell
    return found if isinstance(found, Figure) else None


def _value(cell: Cell) -> Value | None:
    figure = _figure(cell)
    return figure.value if figure else None


def _has_both(row: tuple[Cell, ...], share: Cell) -> bool:
    """Whether a row has, in other cells, the two counts that tell its share."""
    figure = _figure(share)
    counts = figure.out_of if figure else None
    others = {_value(cell) for cell in row if cell is not share}
    return counts is not None and {*counts} <= others


def _plain(cell: Cell, column: Column) -> Value | str | None:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Mark):
        return cell.word
    if isinstance(cell, Quantity):
        return cell.unit.shown(cell.figure.value)
    assert column.unit is not None
    return column.unit.shown(cell.value)
