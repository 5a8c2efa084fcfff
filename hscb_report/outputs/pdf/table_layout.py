"""Tables: from docutils nodes to a Typst table, with widths that fit and headers that are told."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from docutils import nodes

from hscb_report.outputs.pdf.tokens import FULL, TEXT, TURNED, in_ems

RowHeaders = tuple[int, ...]
"""For each row of a table, how many of its leading cells are row headers (0 in header rows)."""

_Kind = TypeVar("_Kind", bound=nodes.Element)

_PADDING = 1.2
_CLOSER = 0.42
"""How much less room a column has at its sides where columns stand closer."""
_LONGEST = 14.0
"""A word wider than this may be broken: it does not widen its column any further."""
_STEPS = 24
_ROWS_WEIGHED = 60
_SHARPNESS = 4
"""How the room of a table is shared: in so many steps, by so many rows, the highest cell first."""
_TALLEST_ROW = 46
"""Rows of more estimated lines than this may be broken over pages: they might not fit on one."""

_TONES = {"tone-good": "good", "tone-watch": "watch", "tone-alarm": "alarm"}

_WIDTHS = {
    **dict.fromkeys("ijl .,:;'|!", 0.26),
    **dict.fromkeys("tfrI()[]-/", 0.36),
    **dict.fromkeys("acegksvxyz0123456789", 0.51),
    **dict.fromkeys("w", 0.76),
    **dict.fromkeys("mMWQO@%–—", 0.86),
}
"""How wide characters of Source Sans are, in em, a little more rather than less."""
_CAPITAL, _SIGN, _OTHER = 0.66, 0.95, 0.56


@dataclass(frozen=True)
class Cell:
    """One cell: where it stands, how far it reaches, and its node."""

    node: nodes.Element
    row: int
    column: int
    rows: int
    columns: int

    @property
    def alignment(self) -> str | None:
        """The horizontal alignment that the cell's classes ask for; None: that of the column."""
        classes = set(self.node["classes"])
        if classes & {"right", "num", "text-right"}:
            return "right"
        if classes & {"center", "text-center"}:
            return "center"
        return "left" if classes & {"left", "text-left"} else None

    @property
    def tone(self) -> str | None:
        """The tone that the cell's classes give it; the template knows its colour."""
        return next((_TONES[name] for name in self.node["classes"] if name in _TONES), None)


@dataclass(frozen=True)
class Grid:
    """A table's cells by position, and which of them are headers."""

    cells: tuple[Cell, ...]
    rows: int
    header_rows: int
    columns: int
    stubs: int
    given_widths: tuple[float, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """What the cells of its header rows say."""
        return tuple(cell.node.astext() for cell in self.cells if cell.row < self.header_rows)

    def row_headers(self) -> RowHeaders:
        """Return for each row how many of its leading cells are row headers."""
        return tuple(
            sum(cell.column < self.stubs for cell in self.row(row))
            if row >= self.header_rows
            else 0
            for row in range(self.rows)
        )

    def row(self, row: int) -> Iterator[Cell]:
        """Yield the cells that start in a row."""
        return (cell for cell in self.cells if cell.row == row)

    def column_alignments(self) -> tuple[str, ...]:
        """Return each column's alignment: that of most of its body cells."""
        return tuple(self._column_alignment(column) for column in range(self.columns))

    def _column_alignment(self, column: int) -> str:
        found = [
            cell.alignment or "left"
            for cell in self.cells
            if cell.column == column and cell.columns == 1 and cell.row >= self.header_rows
        ]
        return max(("left", "center", "right"), key=found.count) if found else "left"


@dataclass(frozen=True)
class Widths:
    """How wide a table is, its Typst column widths, and the share of each column.

    `room` is in millimetres: the text's width, both columns of the page, or a turned page.
    `close`: its columns stand closer to each other. `tight`: a word may still be wider than its
    column. `turns`: it is too wide for an upright page.
    """

    tracks: tuple[str, ...]
    shares: tuple[float, ...]
    room: float
    close: bool = False
    tight: bool = False
    turns: bool = False


def grid(table: nodes.table) -> Grid:
    """Return the cells of a docutils table with their positions, spans worked out."""
    group = next(_children(table, nodes.tgroup))
    columns = list(_children(group, nodes.colspec))
    head = [row for part in _children(group, nodes.thead) for row in _children(part, nodes.row)]
    body = [row for part in _children(group, nodes.tbody) for row in _children(part, nodes.row)]
    given = "colwidths-given" in table["classes"]
    return Grid(
        cells=tuple(_placed([*head, *body])),
        rows=len(head) + len(body),
        header_rows=len(head),
        columns=len(columns),
        stubs=_leading_stubs(columns),
        given_widths=tuple(float(spec["colwidth"]) for spec in columns) if given else (),
    )


def families(tables: Sequence[Grid]) -> list[list[int]]:
    """Return the places of tables, those together that follow one another with the same heads."""
    found: list[list[int]] = []
    for place, table in enumerate(tables):
        if found and table.headings and table.headings == tables[found[-1][0]].headings:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def column_widths(
    tables: Sequence[Grid], *, on_turned: bool = False, may_turn: bool = False
) -> Widths:
    """Return the widths that tables of the same columns share, such that no word is cut.

    They stand in the text's own width if that holds them, else in both columns of the page. Tables
    that `may_turn` do so only if their longest words do not fit into these.
    """
    given = tables[0].given_widths
    rooms = (TEXT, FULL, TURNED) if on_turned else (TEXT, FULL)
    if given:
        return Widths(tuple(f"{width:g}fr" for width in given), given, rooms[-1], tight=True)
    least, most = _common_extents(tables)
    fitting = next((room for room in rooms if math.fsum(most) <= in_ems(room)), None)
    if fitting is not None:
        return Widths(_natural_tracks(most), tuple(most), fitting)
    closer = [width - _CLOSER for width in least]
    turns = may_turn and not on_turned and math.fsum(closer) > in_ems(FULL)
    room = TURNED if turns else rooms[-1]
    close = math.fsum(least) > in_ems(room)
    shares = _shared(tables, closer if close else least, most, in_ems(room))
    tracks = tuple(f"{share:.1f}fr" for share in shares)
    return Widths(tracks, shares, room, close, close and math.fsum(closer) > in_ems(room), turns)


def table_source(table: Grid, render: Callable[[nodes.Element], str], widths: Widths) -> str:
    """Return the Typst expression of a table; `render` gives the markup inside a cell."""
    alignments = table.column_alignments()
    lines = [
        *(["close: true,"] if widths.close else []),
        *(["tight: true,"] if widths.tight else []),
        *(["low: true,"] if widths.turns else []),
        f"columns: ({', '.join(widths.tracks)},),",
        f"align: ({', '.join(alignments)},),",
    ]
    rows = [_row_source(table, row, widths, alignments, render) for row in range(table.rows)]
    if table.header_rows:
        header = "\n".join(rows[: table.header_rows])
        lines.append(f"table.header(\n{header}\n),")
    lines += rows[table.header_rows :]
    return "data-table(\n" + "\n".join(lines) + "\n)"


@cache  # most words of a book are there many times
def text_width(text: str) -> float:
    """Return the estimated width of `text` in em, a little more rather than less."""
    return math.fsum(_character_width(character) for character in text)


def _character_width(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if character.isupper():
        return _CAPITAL
    return _SIGN if character > "\N{HORIZONTAL ELLIPSIS}" or character in "…½¼¾" else _OTHER


def _children(node: nodes.Element, kind: type[_Kind]) -> Iterator[_Kind]:
    """Yield the direct children of a kind; those of a table inside a cell are not ours."""
    return (child for child in node.children if isinstance(child, kind))


def _placed(rows: Sequence[nodes.row]) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for entry in _children(row, nodes.entry):
            while (number, column) in taken:
                column += 1
            cell = Cell(
                entry, number, column, entry.get("morerows", 0) + 1, entry.get("morecols", 0) + 1
            )
            taken |= {
                (number + down, column + across)
                for down in range(cell.rows)
                for across in range(cell.columns)
            }
            column += cell.columns
            yield cell


def _leading_stubs(columns: Sequence[nodes.colspec]) -> int:
    for count, spec in enumerate(columns):
        if not spec.get("stub"):
            return count
    return len(columns)


def _column_extents(table: Grid) -> tuple[list[float], list[float]]:
    """Return for each column the width of its longest word and of its longest paragraph, in em."""
    least = [2.0] * table.columns
    most = [2.0] * table.columns
    for cell in table.cells:
        if cell.columns > 1:
            continue
        weight = 1.08 if cell.row < table.header_rows else 1.0
        lines = cell.node.astext().split("\n")
        words = [text_width(word) for line in lines for word in line.split()]
        most[cell.column] = max([most[cell.column], *(text_width(t) * weight for t in lines)])
        least[cell.column] = max([least[cell.column], *(min(w * weight, _LONGEST) for w in words)])
    return [width + _PADDING for width in least], [width + _PADDING for width in most]


def _common_extents(tables: Sequence[Grid]) -> tuple[list[float], list[float]]:
    """Return the extents of columns that hold what each of the tables has in them."""
    extents = [_column_extents(table) for table in tables]
    return (
        [max(widths) for widths in zip(*(least for least, _ in extents), strict=True)],
        [max(widths) for widths in zip(*(most for _, most in extents), strict=True)],
    )


def _natural_tracks(most: Sequence[float]) -> tuple[str, ...]:
    """Let every column have its natural width, and the first, which names the rows, the rest."""
    return ("1fr", *(f"{width:.1f}em" for width in most[1:]))


def _shared(
    tables: Sequence[Grid], least: Sequence[float], most: Sequence[float], room: float
) -> tuple[float, ...]:
    """Give every column its longest word, and the rest to where it makes the tables lowest."""
    lengths = _lengths(tables)
    shares = list(least)
    step = max(room - math.fsum(least), 0) / _STEPS
    for _ in range(_STEPS):
        height = [_heights(column, share) for column, share in zip(lengths, shares, strict=True)]
        rows = [math.fsum(cells) for cells in zip(*height, strict=True)]
        gains = [
            _gain(lengths[column], height[column], rows, share, share + step)
            if share < most[column]
            else 0.0
            for column, share in enumerate(shares)
        ]
        shares[max(range(len(shares)), key=gains.__getitem__)] += step
    return tuple(shares)


def _lengths(tables: Sequence[Grid]) -> list[list[float]]:
    """Return for each column how long the text of its cells is, in em, of some rows of tables."""
    rows = [(table, row) for table in tables for row in range(table.header_rows, table.rows)]
    chosen = rows[:: math.ceil(len(rows) / _ROWS_WEIGHED) or 1]
    lengths = [[0.0] * len(chosen) for _ in range(tables[0].columns)]
    for place, (table, row) in enumerate(chosen):
        for cell in table.row(row):
            if cell.columns == 1:
                lengths[cell.column][place] = text_width(cell.node.astext())
    return lengths


def _heights(column: Sequence[float], share: float) -> list[float]:
    """Return how high the cells of a column are, such that the highest of a row has most weight."""
    return [(length / (share - _PADDING)) ** _SHARPNESS for length in column]


def _gain(
    column: Sequence[float],
    heights: Sequence[float],
    rows: Sequence[float],
    share: float,
    wider: float,
) -> float:
    """Return by how much a table gets lower if one of its columns gets wider."""
    factor = ((share - _PADDING) / (wider - _PADDING)) ** _SHARPNESS
    gains = (
        math.pow(row, 1 / _SHARPNESS) - math.pow(row - height + height * factor, 1 / _SHARPNESS)
        for length, height, row in zip(column, heights, rows, strict=True)
        if length
    )
    return math.fsum(gains)


def _row_source(
    table: Grid,
    row: int,
    widths: Widths,
    alignments: Sequence[str],
    render: Callable[[nodes.Element], str],
) -> str:
    cells = list(table.row(row))
    tall = any(_lines(cell, widths) > _TALLEST_ROW for cell in cells)
    style = "head" if row < table.header_rows else ""
    return " ".join(
        _cell_source(cell, alignments, tall, f"#{style}[{content}]" if style else content)
        for cell in cells
        for content in [render(cell.node)]
    )


def _cell_source(cell: Cell, alignments: Sequence[str], tall: bool, content: str) -> str:
    options = {
        "colspan": str(cell.columns) if cell.columns > 1 else "",
        "rowspan": str(cell.rows) if cell.rows > 1 else "",
        "align": "" if cell.alignment in {None, alignments[cell.column]} else cell.alignment,
        "breakable": "true" if tall else "",
    }
    if cell.tone:
        content = f'#tone("{cell.tone}")[{content}]'
    elif "none" in cell.node["classes"]:
        content = f"#quiet[{content}]"
    given = ", ".join(f"{name}: {value}" for name, value in options.items() if value)
    return f"table.cell({given})[{content}]," if given else f"[{content}],"


def _lines(cell: Cell, widths: Widths) -> float:
    width = math.fsum(widths.shares[cell.column : cell.column + cell.columns])
    total = math.fsum(widths.shares)
    room = max(width / total * in_ems(widths.room) - _PADDING, 1)
    return sum(math.ceil(text_width(line) / room) or 1 for line in cell.node.astext().split("\n"))
