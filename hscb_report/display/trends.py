"""Figures over time and beside other areas, as lines: one line of a notebook shows each.

The Board's own values have its colour and a thick line, those of its neighbours are thin and grey,
the country's are dashed; names and last values stand at the lines' ends, so that no colour has to
be looked up. Where what is counted changed, the line breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, fsum, log10
from typing import Any

from hscb_report.display.charts import ShownChart, check_columns, show_chart, tidy_data
from hscb_report.display.drawable import WIDTHS
from hscb_report.display.drawing import Bar, bars_drawn
from hscb_report.display.layout import apart, broken, text_width
from hscb_report.display.paper import ACCENT, INK, LINE, OTHER, QUIET, SIZE, Drawn, Paper
from hscb_report.display.shown import ShownSeveral, ShownTable
from hscb_report.display.svg import STRONG
from hscb_report.look import LIGHT
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.phrases import is_count
from hscb_report.results.titles import distinct
from hscb_report.units import Unit

_HEIGHT, _LOW = 180.0, 120.0
"""How high the lines of a wide and of a narrow chart are, unless names at their ends need more."""
_LEAST_POINTS = 10
_TICKS = 4
_CHANGED = "counted otherwise"
_MEDIAN = "Neighbours’ median"
_ORDER = ("neighbour", "other", "region", "nation", "middle", "part", "own")
"""The kinds of area, those last that stand above the others."""
_OWN = ("own", "part")


@dataclass(frozen=True)
class Line:
    """What is drawn as one line: its values time by time, None where one is not known."""

    name: str
    kind: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]

    @property
    def is_own(self) -> bool:
        """Whether it is the Board's own, or that of a part of its area."""
        return self.kind in _OWN

    @property
    def colour(self) -> str:
        """The Board's colour, or a grey."""
        return ACCENT if self.is_own else OTHER if self.kind in ("neighbour", "other") else QUIET

    @property
    def size(self) -> int:
        """How thick it is."""
        return {"own": 3, "neighbour": 1}.get(self.kind, 2)

    @property
    def dash(self) -> tuple[int, ...]:
        """The dashes that tell it apart, not colour alone."""
        return {"nation": (6, 4), "region": (2, 3), "part": (8, 2)}.get(self.kind, ())

    @property
    def last(self) -> int | None:
        """The time of its last known value."""
        known = [n for n, value in enumerate(self.values) if value is not None]
        return known[-1] if known else None

    def segments(self, breaks: Sequence[int]) -> Iterator[list[int]]:
        """Yield the times of each stretch that nothing breaks: no gap, and no new way to count."""
        stretch: list[int] = []
        for time, value in enumerate(self.values):
            is_broken = value is None or (self.is_own and time in breaks)
            if is_broken and stretch:
                yield stretch
                stretch = []
            if value is not None:
                stretch.append(time)
        if stretch:
            yield stretch


@dataclass(frozen=True)
class Course:
    """All lines of a chart, over the same times; where counting changed, and what is aimed at."""

    lines: tuple[Line, ...]
    times: tuple[str, ...]
    unit: Unit | None
    breaks: tuple[int, ...] = ()
    target: float | None = None


def show_measures(exhibits: Iterable[Exhibit]) -> ShownSeveral | None:
    """Show measures over time, each as a chart, or as its table; the last line of a cell."""
    parts = tuple(part for part in map(show_trend, exhibits) if part)
    return ShownSeveral(parts) if parts else None


def show_trend(exhibit: Exhibit) -> ShownChart | ShownTable | None:
    """Show a measure over time as lines, or of a single time as bars by area.

    What no chart may be drawn of is shown as the table that it is.
    """
    if exhibit.trend is None:
        return ShownTable(exhibit) if exhibit.rows else None
    together = exhibit.trend.together
    times = [column.name for column in exhibit.columns[1:] if column.name != together]
    if len(times) == 1:
        bars = [
            Bar(row["row"], row["text"], end=row["value"], is_own=kind in _OWN)
            for row, kind in zip(tidy_data(exhibit, times[0]), exhibit.trend.kinds, strict=True)
            if isinstance(row["value"], float)
        ]
        return show_chart(lambda width: bars_drawn(bars, width), exhibit, times)
    shown = _course(exhibit, times)
    thin = "; the thin lines are the neighbours" if "neighbour" in exhibit.trend.kinds else ""
    caption = f"{exhibit.caption}{thin}"
    return show_chart(lambda width: lines_drawn(shown, width), exhibit, times, caption)


def lines(
    of: Exhibit, first: str, *others: str, caption: str = "", title: str = "", beside: bool = False
) -> ShownChart | ShownTable | None:
    """Show columns of a table as lines over its rows: the first is the Board's own."""
    columns = (first, *others)
    check_columns(of, columns)
    if not of.rows:
        return None
    known = {column.name: column for column in of.columns}
    data = [tidy_data(of, column) for column in columns]
    kinds = ("own", *("nation",) * (len(columns) - 1))
    drawn = tuple(
        Line(known[column].heading, kind, *_values(rows))
        for column, kind, rows in zip(columns, kinds, data, strict=True)
    )
    shown = Course(drawn, tuple(row["row"] for row in data[0]), known[columns[0]].unit)
    return show_chart(
        lambda width: lines_drawn(shown, width), of, columns, caption, title=title, beside=beside
    )


def _course(exhibit: Exhibit, times: Sequence[str]) -> Course:
    trend = exhibit.trend
    assert trend is not None
    headings = {column.name: column.heading for column in exhibit.columns}
    by_time = [tidy_data(exhibit, time) for time in times]
    drawn = tuple(
        Line(rows[0]["row"], kind, *_values(rows))
        for rows, kind in zip(zip(*by_time, strict=True), trend.kinds, strict=True)
    )
    breaks = [n for n, time in enumerate(times) if n and {time, headings[time]} & {*trend.breaks}]
    target = None if trend.target is None else float(trend.target)
    told = tuple(headings[time] for time in times)
    return Course(drawn, told, exhibit.columns[1].unit, tuple(breaks), target)


def _values(
    rows: Sequence[dict[str, Any]],
) -> tuple[tuple[float | None, ...], tuple[str, ...]]:
    values = (row["value"] if isinstance(row["value"], float) else None for row in rows)
    return tuple(values), tuple(row["text"] for row in rows)


# Drawing ---------------------------------------------------------------------------------------


def lines_drawn(shown: Course, width: int) -> Drawn:
    """Return lines with their names and last values at their ends."""
    is_wide = width == WIDTHS["wide"]
    least, largest = extent(shown)
    ticks = ticks_of(least, largest, shown.unit)
    left = max(text_width(text, SIZE) for _, text in ticks) + 8
    ends = _ends(shown, width * (0.36 if is_wide else 0.42))
    room = max((text_width(line, SIZE) for end in ends for line in end.lines), default=0)
    right, top = width - room - 12, 2 * LINE if shown.breaks else LINE
    height = max(_HEIGHT if is_wide else _LOW, fsum(end.height for end in ends))
    own = [line.texts[0] for line in shown.lines if line.kind == "own"] if is_wide else []
    inset = max((text_width(text, SIZE) / 2 + 4 for text in own), default=8.0)
    foot, step = top + height, (right - left - inset - 8) / max(len(shown.times) - 1, 1)
    across = [left + inset + n * step for n in range(len(shown.times))]

    def down(value: float) -> float:
        return top + (largest - value) / (largest - least) * height

    paper = Paper(width)
    for value, text in ticks:
        colour = LIGHT["rule"] if value else LIGHT["edge"]
        paper.rule((left, down(value)), (right, down(value)), colour)
        paper.text(left - 8, down(value), text, QUIET, "right")
    _draw_breaks(paper, shown, across, top, foot)
    if shown.target is not None:
        paper.rule((left, down(shown.target)), (right, down(shown.target)), INK, 1, (1, 3))
    for line in sorted(shown.lines, key=lambda line: _ORDER.index(line.kind)):
        for stretch in line.segments(shown.breaks):
            places = [(across[time], down(line.values[time] or 0)) for time in stretch]
            paper.line(places, line.colour, line.size, line.dash)
            if line.is_own or len(stretch) == 1:
                for place in places:
                    paper.point(*place, fill=line.colour, edge=line.colour, size=40)
    if is_wide:
        _draw_values(paper, shown, across, down)
    wanted = [(down(end.value), end.height) for end in ends]
    for middle, end in zip(apart(wanted, foot), ends, strict=True):
        paper.texts(right + 10, middle - len(end.lines) * LINE / 2, end.lines, end.colour)
    return paper.chart(foot + _draw_times(paper, shown.times, across, foot) + 4)


@dataclass(frozen=True)
class _End:
    """What stands at the end of a line: its name and last value, in lines."""

    value: float
    lines: tuple[str, ...]
    colour: str

    @property
    def height(self) -> float:
        """How high it is, with a little space."""
        return len(self.lines) * LINE + 4.0


def _ends(shown: Course, room: float) -> list[_End]:
    """Return what stands at the ends of the lines, from above; neighbours have no names."""
    found = []
    for line in shown.lines:
        if line.last is not None and line.kind != "neighbour":
            name = _MEDIAN if line.kind == "middle" else line.name
            told = broken(f"{name} {line.texts[line.last]}", room, SIZE)
            strong = [f"{STRONG}{text}{STRONG}" if line.is_own else text for text in told]
            colour = ACCENT if line.is_own else INK
            found.append(_End(line.values[line.last] or 0.0, tuple(strong), colour))
    if shown.target is not None:
        said = _printed(shown.target, 0.1 if shown.target % 1 else 1, shown.unit)
        found.append(_End(shown.target, tuple(broken(f"Target {said}", room, SIZE)), INK))
    return sorted(found, key=lambda end: -end.value)


def extent(shown: Course) -> tuple[float, float]:
    """Return where the axis begins and ends: at nought, but for percentages that lie far from it.

    Of those at least ten points are shown, so that a small change does not look like a large one.
    """
    values = [value for line in shown.lines for value in line.values if value is not None]
    values += [] if shown.target is None else [shown.target]
    least, largest = min(values), max(values)
    room = max(largest - least, 1.0) * 0.15
    if shown.unit and shown.unit.name == "percent" and least > largest / 2:
        lowest = min(least - room, largest - _LEAST_POINTS)
        return max(floor(lowest / 5) * 5.0, 0.0), max(largest + room, least + 1)
    return min(0.0, least), max(0.0, largest + room)


def ticks_of(least: float, largest: float, unit: Unit | None) -> list[tuple[float, str]]:
    """Return round values between two, each as it is printed; of counts only whole ones."""
    rough = (largest - least) / _TICKS
    power = 10 ** floor(log10(rough)) if rough > 0 else 1
    step = next((size * power for size in (1, 2, 5) if size * power >= rough), 10 * power)
    step = max(step, 1) if unit and is_count(unit) else step
    first, last = ceil(least / step - 1e-9), floor(largest / step + 1e-9)
    return [(n * step, _printed(n * step, step, unit)) for n in range(first, last + 1)]


def _printed(value: float, step: float, unit: Unit | None) -> str:
    decimals = max(-floor(log10(step)), 0)
    before, after = (unit.before, "%" if unit.name == "percent" else "") if unit else ("", "")
    sign = "−" if value < 0 else ""
    return f"{sign}{before}{abs(value):,.{decimals}f}{after}"


def _draw_breaks(
    paper: Paper, shown: Course, across: Sequence[float], top: float, foot: float
) -> None:
    """Draw where what is counted changed, and say so at the first place."""
    for number, time in enumerate(sorted(shown.breaks)):
        x = (across[time - 1] + across[time]) / 2
        paper.rule((x, top - 4), (x, foot), QUIET, 1, (2, 4))
        if number == 0:
            said = text_width(_CHANGED, SIZE)
            paper.text(max(x - said / 2, 0), LINE / 2, _CHANGED, QUIET)


def _draw_values(paper: Paper, shown: Course, across: Sequence[float], down: Any) -> None:
    """Print the values of the Board's own line above its points; its last stands at its end."""
    for line in shown.lines:
        for time, value in enumerate(line.values):
            if line.kind == "own" and value is not None and time != line.last:
                paper.text(across[time], down(value) - 15, line.texts[time], ACCENT, "center")


def _draw_times(paper: Paper, times: Sequence[str], across: Sequence[float], foot: float) -> float:
    """Print the times below their places, as many as there is room for; return how high they are.

    Words that all times begin with, as "year to March", stand in the caption alone.
    """
    room = across[1] - across[0] - 6 if across[1:] else paper.width
    told = [broken(text, room, SIZE) for text in distinct(times)]
    step = 1
    if max(text_width(line, SIZE) for lines in told for line in lines) > room:
        told = [[text] for text in distinct(times)]
        widest = max(text_width(lines[0], SIZE) for lines in told)
        step = ceil((widest + 6) / (room + 6))
    for number in range((len(told) - 1) % step, len(told), step):
        widest = max(text_width(text, SIZE) for text in told[number])
        x = min(max(across[number], widest / 2), paper.width - widest / 2)
        for line, text in enumerate(told[number]):
            paper.text(x, foot + 14 + line * LINE, text, QUIET, "center")
    return max(map(len, told)) * LINE + 4.0
