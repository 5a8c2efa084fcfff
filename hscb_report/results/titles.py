"""Titles that say what a table shows, worked out from the figures that it prints.

Each function takes a published table, or figures, and returns about ten words; "" where the figures
do not say enough (one is missing, withheld, to come or not exact), so that the caption stands
alone. Words that a caller gives are in the past tense, which is the same of one and of several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hscb_report.figures import Figure, Value
from hscb_report.results.exhibit import Cell, Exhibit, Quantity
from hscb_report.results.phrases import Compared, is_count, trend
from hscb_report.units import Unit
from hscb_report.wording import listed

_MOST_NAMED = 3
_COUNTS_UP_TO = 100
"""Parts of a count up to here are told as counts, "45 of 49"; of others as percentages."""


@dataclass(frozen=True)
class _Known:
    """A row of which the value is known exactly: its name, value, unit and printed text."""

    name: str
    figure: Figure
    unit: Unit
    text: str

    @property
    def value(self) -> Value:
        assert self.figure.value is not None
        return self.figure.value

    @property
    def shown(self) -> str:
        """The value as printed, without what is said of it: "4.2" of "4.2 (provisional)"."""
        return self.text.removesuffix(self.unit.after)


def year_before(column: str) -> str:
    """Return the name by which charts and titles know the column of the year before."""
    return f"{column}, year before"


def largest(exhibit: Exhibit, column: str, of: str, said: str, *without: str) -> str:
    """Return which rows make up most of a column: "97% of contributions came from A, B and C".

    `of` names what is added up, `said` goes before the rows' names; rows `without` are no parts.
    Counts are told as counts: "45 of 49 actions were rated complete".
    """
    found = _known(exhibit, column, without)
    values = [row.value for row in found or ()]
    if not found or len(found) < 2 or min(values) < 0 or not any(values):
        return ""
    if not (found[0].unit.before or is_count(found[0].unit)):
        return ""  # percentages and rates are not added up
    ranked = sorted(found, key=lambda row: -row.value)
    whole = Decimal(sum(values))
    if ranked[0].value == whole:
        return "" if whole == 1 and is_count(found[0].unit) else f"All {of} {said} {ranked[0].name}"
    for count in range(1, _MOST_NAMED + 1):
        part = Decimal(sum(row.value for row in ranked[:count]))
        is_apart = len(ranked) > count and ranked[count - 1].value > ranked[count].value
        if is_apart and (count == 1 or len(ranked) > count + 1) and part * 2 >= whole:
            names = listed([row.name for row in ranked[:count]])
            return f"{_part_told(part, whole, found[0].unit)} {of} {said} {names}"
    if ranked[0].value == ranked[1].value:
        return ""
    told = _part_told(Decimal(ranked[0].value), whole, found[0].unit)
    return f"{told} {of} {said} {ranked[0].name}, the largest part"


def part(held: Figure, whole: Figure, of: str, said: str) -> str:
    """Return of how many of a whole something holds: "31 of 47 actions were complete".

    `said` may begin with "were": of one, or none, it is then "was".
    """
    if held.value is None or whole.value is None or whole.value < 2:
        return ""
    if not 0 <= held.value <= whole.value:
        return ""
    one = f"was{said.removeprefix('were')}" if said.startswith("were ") else said
    is_pair = whole.value == 2
    if held.value == 0:
        return f"{'Neither' if is_pair else 'None'} of the {whole.value:,} {of} {one}"
    if held.value == whole.value:
        return f"{'Both' if is_pair else f'All {whole.value:,}'} {of} {said}"
    return f"{held.value:,} of {whole.value:,} {of} {one if held.value == 1 else said}"


def most(exhibit: Exhibit, column: str, of: str, said: str, *without: str) -> str:
    """Return which row has the most of a count: "14 of 45 actions were due in October 2014".

    "" where several rows have as many, or fewer than three rows are compared.
    """
    found = _known(exhibit, column, without)
    if not found or len(found) < 3 or not is_count(found[0].unit):
        return ""
    first, second, *_ = sorted(found, key=lambda row: -row.value)
    whole = Figure(sum(row.value for row in found))
    return (
        part(first.figure, whole, of, f"{said} {first.name}") if first.value > second.value else ""
    )


def changed(exhibit: Exhibit, column: str, *without: str) -> str:
    """Return what changed most on the year before: "Most changed: Police, up 20% from £25,000"."""
    pairs = _pairs(exhibit, column, without)
    if not pairs or len(pairs) < 2:
        return ""
    apart = [(abs(Decimal(now.value) - Decimal(then.value)), now, then) for now, then in pairs]
    moved = [found for found in apart if found[1].shown != found[2].shown]
    if not moved:
        return "" if any(size for size, *_ in apart) else "None changed on the year before"
    size, now, then = max(moved, key=lambda found: found[0])
    if sum(other == size for other, *_ in apart) > 1 or now.unit.said_before or size == 0:
        return ""
    how = trend(Compared(now.figure, then.figure, now.unit, "the year before"))
    others = [found for found in moved if found[1] is not now]
    return f"{'Most changed' if others else 'Only one changed'}: {now.name}, {how}"


def course(exhibit: Exhibit) -> str:
    """Return how the Board's own area came to where it stands: "Up from 7 (2012) to 9 in York".

    Nothing is compared across a break; the country's last value, of a rate or percentage, follows.
    Where one of the two is told by its counts, as "10 of 18", they stand beside each other alone.
    """
    if exhibit.trend is None or "own" not in exhibit.trend.kinds:
        return ""
    breaks, together = exhibit.trend.breaks, exhibit.trend.together
    times = [n for n, c in enumerate(exhibit.columns) if n and c.name != together]
    own = exhibit.trend.kinds.index("own")
    if not times or (now := _cell_known(exhibit, own, times[-1])) is None:
        return ""
    since = max((n for n in times if exhibit.columns[n].heading in breaks), default=times[0])
    known = [(n, found) for n in times if n >= since and (found := _cell_known(exhibit, own, n))]
    beside = _beside_nation(exhibit, times[-1], now)
    first, then = known[0]
    when = distinct([exhibit.columns[n].heading for n in times])[times.index(first)]
    is_told_otherwise = now.value == then.value and now.shown != then.shown  # "2 of 2", "1 of 1"
    if first == times[-1] or is_told_otherwise:
        return f"{now.text} in {now.name}{beside}" if beside else ""
    if (now.figure.out_of is None) != (then.figure.out_of is None):
        return f"{now.text} in {now.name}, {then.text} in {when}{beside}"
    if now.shown != then.shown:
        moved = "Up" if now.value > then.value else "Down"
        return f"{moved} from {then.text} ({when}) to {now.text} in {now.name}{beside}"
    is_level = all(found.shown == now.shown for _, found in known)
    return f"At {now.text} in {now.name}{' since' if is_level else ', as in'} {when}{beside}"


def distinct(times: Sequence[str]) -> list[str]:
    """Return times without the words that all of them begin with: "31 March 2024" as "2024"."""
    words = [time.split() for time in times]
    shared = 0
    while all(len(own) > shared + 1 for own in words) and len({own[shared] for own in words}) == 1:
        shared += 1
    return [" ".join(own[shared:]) for own in words]


def _beside_nation(exhibit: Exhibit, time: int, own: _Known) -> str:
    """Return where the country stands beside the Board's own value: ", above England (16%)"."""
    assert exhibit.trend is not None
    rows = [n for n, kind in enumerate(exhibit.trend.kinds) if kind == "nation"]
    nation = _cell_known(exhibit, rows[0], time) if len(rows) == 1 else None
    if nation is None or is_count(own.unit):
        return ""
    if nation.shown == own.shown or nation.value == own.value:
        return f", as in {nation.name}"
    direction = "above" if own.value > nation.value else "below"
    return f", {direction} {nation.name} ({nation.text})"


def _known(exhibit: Exhibit, column: str, without: Sequence[str]) -> list[_Known] | None:
    """Return the rows of a column but those `without`; None if one of them is not known."""
    place = _place(exhibit, column)
    if place is None:
        return None
    names = [exhibit.text(row, 0) for row in range(len(exhibit.rows))]
    cells = [_cell_known(exhibit, n, place) for n, name in enumerate(names) if name not in without]
    found = [cell for cell in cells if cell is not None]
    is_alike = len({(cell.unit.name, cell.unit.factor) for cell in found}) <= 1
    return found if is_alike and len(found) == len(cells) else None


def _pairs(
    exhibit: Exhibit, column: str, without: Sequence[str]
) -> list[tuple[_Known, _Known]] | None:
    """Return each row's value with that of the year before; None where they are not all known."""
    now = _known(exhibit, column, without)
    then = _known(exhibit, year_before(column), without)
    if now is None or then is None:
        return None
    return list(zip(now, then, strict=True))


def _place(exhibit: Exhibit, column: str) -> int | None:
    names = [found.name for found in exhibit.columns]
    return names.index(column) if column in names else None


def _cell_known(exhibit: Exhibit, row: int, column: int) -> _Known | None:
    """Return a cell whose value is known, and known exactly."""
    cell: Cell = exhibit.rows[row][column]
    figure = cell.figure if isinstance(cell, Quantity) else cell
    unit = cell.unit if isinstance(cell, Quantity) else exhibit.columns[column].unit
    if not isinstance(figure, Figure) or figure.value is None or unit is None or unit.said_before:
        return None
    return _Known(exhibit.text(row, 0), figure, unit, exhibit.text(row, column))


def _part_told(part: Decimal, whole: Decimal, unit: Unit) -> str:
    """Return a part that is less than the whole: "45 of 49", "97% of", "almost all"."""
    if is_count(unit) and whole <= _COUNTS_UP_TO and whole == int(whole) and part == int(part):
        return f"{part:,.0f} of {whole:,.0f}"
    percent = (part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{percent}% of" if 1 <= percent < 100 else "Almost all" if percent else "Under 1% of"
