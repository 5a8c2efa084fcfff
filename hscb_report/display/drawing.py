"""What the usual forms of a chart look like, drawn for a width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hscb_report.display.drawable import WIDTHS
from hscb_report.display.layout import broken, text_width
from hscb_report.display.paper import ACCENT, INK, LINE, OTHER, QUIET, SIZE, Drawn, Paper
from hscb_report.display.svg import STRONG
from hscb_report.look import LIGHT
from hscb_report.results.exhibit import Mark

_BAR, _GAP, _STEP = 15, 12, 4
_INDENT, _SEEN = 20, 4
_MANY = 8
_MOST_BESIDE = 0.42
"""The part of a wide chart's width that names may take beside what is drawn."""
_MOST_SAID = 0.2
"""The part that values may take where names beside them are broken."""
_SHAPES = {"✓": "done", "▶": "ontrack", "▲": "risk", "■": "late", "◆": "late", "?": "unknown"}


@dataclass(frozen=True)
class Bar:
    """A row of a chart: its name, what is printed of it, and from where to where it is drawn.

    `more` is printed after its value, and then how it `moved`; `before` is where it was the year
    before.
    """

    name: str
    text: str
    more: str = ""
    moved: str = ""
    start: float = 0.0
    end: float | None = None
    before: float | None = None
    is_own: bool = True

    @property
    def said(self) -> str:
        """The value with what is printed after it."""
        return " ".join(filter(None, (self.text, self._after)))

    @property
    def strong(self) -> str:
        """The same, the value in strong letters."""
        return f"{STRONG}{self.text}{STRONG}{self._after}"

    @property
    def _after(self) -> str:
        return " ".join(filter(None, (self.more, self.moved)))

    @property
    def colour(self) -> str:
        """The Board's colour, or grey."""
        return ACCENT if self.is_own else OTHER


def bars_drawn(rows: Sequence[Bar], width: int) -> Drawn:
    """Return bars, each with name and value above it, or beside it where there is room.

    Of many bars their names stand beside them, if need be without how each of them moved.
    """
    if width == WIDTHS["wide"]:
        still = [replace(row, moved="") for row in rows] if len(rows) > _MANY else rows
        for found in (rows, still):
            if names := _room_of_names(found, width):
                return _bars_beside(found, width, names)
    paper, top = Paper(width), 0.0
    across = _across([end for row in rows for end in (row.start, row.end, row.before)], 0, width)
    for row in rows:
        top += paper.texts(0, top, _above(row, width)) + 2
        if row.end is not None:
            paper.box(across(row.start), across(row.end), top, _BAR, row.colour)
            _mark_before(paper, row, across, top)
            top += _BAR
        top += _GAP
    return paper.chart(top - _GAP)


def _room_of_names(rows: Sequence[Bar], width: int) -> float:
    """Return how wide the names beside bars are, in one line or two; 0 where bars lack the room."""
    most = width * _MOST_BESIDE
    names = max((text_width(row.name, SIZE) for row in rows), default=0) + _GAP
    if names <= most:
        return names
    said = max((text_width(row.said, SIZE) for row in rows), default=0)
    lines = [broken(row.name, most - _GAP, SIZE) for row in rows]
    is_low = all(len(name) <= 2 for name in lines) and said <= width * _MOST_SAID
    fits = all(text_width(line, SIZE) <= most - _GAP for name in lines for line in name)
    return most if is_low and fits else 0.0


def _bars_beside(rows: Sequence[Bar], width: int, names: float) -> Drawn:
    room = max((text_width(row.said, SIZE) for row in rows), default=0) + _GAP
    ends = [end for row in rows for end in (row.start, row.end, row.before)]
    across = _across(ends, names, width - room)
    paper, top = Paper(width), 0.0
    for row in rows:
        height = paper.texts(0, top, broken(row.name, names - _GAP, SIZE) or [""])
        middle = top + height / 2
        if row.end is None:
            paper.text(names, middle, row.text, QUIET)
        else:
            paper.box(across(row.start), across(row.end), middle - _BAR / 2, _BAR, row.colour)
            _mark_before(paper, row, across, middle - _BAR / 2)
            furthest = max(row.start, row.end, row.before or row.end)
            paper.text(across(furthest) + 8, middle, row.strong)
        top += height + _GAP / 2
    return paper.chart(top)


def _mark_before(paper: Paper, row: Bar, across: Callable[[float], float], top: float) -> None:
    """Mark on a bar where it ended the year before, if that can be seen."""
    if row.before is None or row.end is None:
        return
    x = across(row.before)
    if abs(x - across(row.end)) >= _SEEN:
        paper.box(x - 2.5, x + 2.5, top - 3, _BAR + 6, LIGHT["ground"])
        paper.box(x - 1, x + 1, top - 3, _BAR + 6, INK)


def dots_drawn(rows: Sequence[Bar], width: int) -> Drawn:
    """Return a line for each row, with a dot for this year and a ring for the year before."""
    edge = 8.0
    across = _across([v for row in rows for v in (row.end, row.before)], edge, width - edge)
    paper, top = Paper(width), 0.0
    for row in rows:
        top += paper.texts(0, top, _above(row, width)) + edge
        if row.end is not None:
            now = across(row.end), top
            paper.rule((edge, top), (width - edge, top), LIGHT["edge"])
            if row.before is not None:
                before = across(row.before), top
                paper.rule(before, now, ACCENT, 3)
                paper.point(*before, fill=LIGHT["ground"])
            paper.point(*now, fill=ACCENT)
            top += edge
        top += _GAP
    return paper.chart(top - _GAP)


@dataclass(frozen=True)
class Status:
    """A part of a status bar: its mark, value, what is printed of it, and what more is known."""

    mark: Mark
    value: float | None
    text: str
    more: str = ""


def status_bar_drawn(found: Sequence[Status], width: int) -> Drawn:
    """Return one bar of all statuses, and below it each with its number, shape and word."""
    whole = sum(status.value or 0 for status in found) or 1
    paper, left, height = Paper(width), 0.0, 24
    for status in found:
        if status.value:
            right = left + status.value / whole * width
            paper.box(left, max(right - 2, left + 1), 0, height, _status_colour(status.mark))
            left = right
    columns = 2 if width == WIDTHS["wide"] else 1
    depth, lowest = -(-len(found) // columns), 0.0
    for first in range(0, len(found), depth or 1):
        across, top = first // depth * width / columns, float(height + _GAP)
        for status in found[first : first + depth]:
            top += _status_told(paper, status, across, top, width / columns - _GAP) + _STEP
        lowest = max(lowest, top)
    return paper.chart(lowest or height + _GAP)


def _status_told(paper: Paper, status: Status, left: float, top: float, room: float) -> float:
    """Put what is told of a status at a place; return how high it is."""
    shape = f"{STRONG}{status.mark.shape}{STRONG}"
    paper.text(left, top + LINE / 2, shape, _status_colour(status.mark))
    said = f"{STRONG}{status.text}{STRONG}{status.mark.word}"
    paper.text(left + LINE, top + LINE / 2, said, INK if status.value else QUIET)
    more = broken(status.more, room - LINE, SIZE)
    return LINE + paper.texts(left + LINE, top + LINE, more, QUIET)


def tree_drawn(places: Sequence[dict[str, Any]], width: int) -> Drawn:
    """Return names, each below and to the right of the one that it stands under."""
    paper, tops, top = Paper(width), [], 0.0
    for place in places:
        left, middle = float(place["depth"] * _INDENT), top + LINE / 2
        tops.append(middle)
        if "row above" in place:
            above = place["depth above"] * _INDENT + 4.5
            paper.rule((above, middle), (left, middle), QUIET)
            paper.rule((above, tops[place["row above"]] + 5), (above, middle), QUIET)
        paper.box(left, left + 9, middle - 4.5, 9, ACCENT)
        lines = broken(place["name"], width - left - LINE, SIZE)
        top += paper.texts(left + 16, top, lines) + _STEP + 2
    return paper.chart(top)


def _status_colour(mark: Mark) -> str:
    return LIGHT[_SHAPES.get(mark.shape, "idle")]


def _above(row: Bar, width: float) -> list[str]:
    """Return what stands above a bar, in lines: its name, then its value in strong letters."""
    *before, last = broken(row.name, width, SIZE) or [""]
    if text_width(f"{last} {row.said}", SIZE) <= width:
        return [*before, f"{last}{row.strong}"]
    if text_width(row.said, SIZE) <= width:
        return [*before, last, row.strong]
    return [*before, last, f"{STRONG}{row.text}{STRONG}", *broken(row.more, width, SIZE)]


def _across(values: Iterable[float | None], left: float, right: float) -> Callable[[float], float]:
    """Return what places values across, from nought or the least of them to the largest."""
    known = [0.0, *(value for value in values if value is not None)]
    least, span = min(known), (max(known) - min(known)) or 1.0
    return lambda value: left + (value - least) / span * (right - left)
