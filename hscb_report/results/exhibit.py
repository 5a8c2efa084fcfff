"""An exhibit: a table as it is published, whatever shows it.

Cells are text, or figures with the unit of their column; how they look is decided once, here, so
that HTML, PDF, charts and downloads cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hscb_report.figures import Figure, Value
from hscb_report.units import NOT_STATED, Unit


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


Cell = str | Figure | Quantity | Mark


@dataclass(frozen=True)
class Column:
    """A column's heading and, where it holds figures, their unit.

    `mixed` says that every figure of the column brings a unit of its own. Where a board has chosen
    another heading, `usual` is the one by which charts still know the column.
    """

    heading: str
    unit: Unit | None = None
    mixed: bool = False
    usual: str = ""

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
    beside that of the year before: what changed has a table of its own.
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
        cell = self.rows[row][column]
        figure = cell.figure if isinstance(cell, Quantity) else cell
        return isinstance(figure, Figure) and figure.to_come

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
        return [
            {
                column.name: _plain(cell, column)
                for column, cell in zip(self.columns, row, strict=True)
            }
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
        for cell in (cell for row in self.rows for cell in row):
            if isinstance(cell, Figure):
                yield cell
            elif isinstance(cell, Quantity):
                yield cell.figure

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
            "wide": self.wide,
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
    )


def _plain(cell: Cell, column: Column) -> Value | str | None:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Mark):
        return cell.word
    if isinstance(cell, Quantity):
        return cell.unit.shown(cell.figure.value)
    assert column.unit is not None
    return column.unit.shown(cell.value)
