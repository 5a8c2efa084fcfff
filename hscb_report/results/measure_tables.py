"""The tables of a chapter's measures: at a glance, over time beside other areas, by category.

One function makes them for every chapter. A table over time has up to five years: what this year's
tables tell, and what those of earlier years did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hscb_report.calculations import measurements
from hscb_report.figures import Figure
from hscb_report.results import titles
from hscb_report.results.exhibit import Cell, Column, Exhibit, Trend, exhibit
from hscb_report.results.measured import NO_FIGURE, Measured, qualifier_of, unit_of
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.measurements import Measure, Measurement
from hscb_report.units import TO_COME
from hscb_report.wording import address, first_lower
from hscb_report.years import Period

_NO_TARGET = "none set"
_NOTHING = {NO_FIGURE, _NO_TARGET}
# A count of so few says little in one year; years are then also told together.
_FEW = 20
_LEAST_TOGETHER = 3
# Of fewer measures of our area alone there is a chart each.
_LEAST_LISTED = 3
TOGETHER = "All of them together"
"""The heading of the column that has several years as one."""


def exhibits(data: YearData, chapter: str) -> Iterator[Exhibit]:
    """Yield a chapter's measures at a glance, then all over time, then each in more detail."""
    m = Measured(data, chapter)
    yield _overview(m)
    courses = {
        measure: course for measure in m.measures if (course := _course(m, measure)) is not None
    }
    for number, among in enumerate(_alike_alone(courses.values()), 1):
        yield _alone(m, number, among)
        courses = {c.measure: c for c in courses.values() if c not in among}
    yield from (_trend(m, course) for course in courses.values())
    for measure in m.measures:
        yield from _within_year(m, measure)
        yield from _breakdowns(m, measure)


# At a glance ----------------------------------------------------------------------------


def _overview(m: Measured) -> Exhibit:
    """Return each measure in the Board's area: its value, the one before, the larger areas."""
    listed = [
        (measure, row)
        for measure in m.measures
        for area in m.own_areas(measure)
        if (row := m.latest(measure, area)) is not None
    ]
    larger = m.larger([measure for measure, _ in listed])
    columns: list[tuple[Column, list[Cell]]] = [
        (Column("Measure"), [_named(m, *one) for one in listed]),
        (Column("Value", mixed=True), [m.quantity(*one) for one in listed]),
        (Column("A year before", mixed=True), [_before(m, *one) for one in listed]),
        (Column("Change"), [_change(m, *one) for one in listed]),
        (
            Column("Target"),
            [_reached(row, measure, m.figure(measure, row)) for measure, row in listed],
        ),
        *(
            (Column(area, mixed=True), [_beside(m, *one, area) for one in listed])
            for area in larger
        ),
    ]
    kept = [(c, cells) for c, cells in columns if not {*cells} <= _NOTHING]
    year = m.data.year
    published = f"as published in the report for {year}"
    when = published if m.data.is_reconstruction else str(year)
    return exhibit(
        f"{address(m.chapter)}-measures",
        f"Measures at a glance, {when}",
        [column for column, _ in kept] or [Column("Measure")],
        list(zip(*(cells for _, cells in kept), strict=True)) if listed else [],
        *([_POINTS] if any("points" in str(c) for _, cells in kept for c in cells) else []),
        *_as_printed(m, listed),
        wide=len(kept) > _WIDEST,
        title=_moved([_change(m, *one) for one in listed]),
    )


def _moved(changes: Sequence[str]) -> str:
    """Return how many measures got better, of those of which somebody can say so."""
    better = sum(change.endswith(_BETTER) for change in changes)
    worse = sum(change.endswith(_WORSE) for change in changes)
    whole = Figure(better + worse)
    return titles.part(
        Figure(better), whole, "measures that moved", "were better than a year before"
    )


_POINTS = "Changes of percentages are in percentage points."
_WIDEST = 6
_BETTER, _WORSE = ", better", ", worse"


def _as_printed(m: Measured, listed: Iterable[tuple[Measure, Measurement]]) -> Iterator[str]:
    shown = {measure.measure: measure.name for measure, _ in listed}
    for row in m.now if m.data.is_reconstruction else ():
        if row.as_printed and row.measure in shown:
            yield f'{shown[row.measure]}, {row.area}: printed as "{row.as_printed}".'


def _named(m: Measured, measure: Measure, row: Measurement) -> str:
    """Return a measure's name, what it is per, and its area and time where they are others."""
    area = "" if m.is_own(row.area) else f": {row.area}"
    when = "" if row.period == m.year else f" ({row.period})"
    return f"{_per_how_many(measure)}{area}{when}"


def _per_how_many(measure: Measure) -> str:
    return f"{measure.name} per {measure.per:,}" if measure.per else measure.name


def _before(m: Measured, measure: Measure, row: Measurement) -> Cell:
    before = m.year_before(measure, row)
    return m.quantity(measure, before) if before else NO_FIGURE


def _change(m: Measured, measure: Measure, row: Measurement) -> str:
    """Return by how much a value differs from that of a year before, and whether it is better."""
    before = m.year_before(measure, row)
    now, then = m.figure(measure, row), m.figure(measure, before)
    if now.to_come:
        return TO_COME
    if before is None or now.value is None or then.value is None:
        return NO_FIGURE
    if row.definition_changed:
        return "counted otherwise"
    if qualifier_of(row) or qualifier_of(before):
        return "not exact"
    unit = m.unit(measure)
    apart = now - then
    if apart.value and (now.out_of or then.out_of):  # of few, counts are told, and no points
        return f"{'higher' if apart.value > 0 else 'lower'}{_is_better(measure, now, then)}"
    told = unit.text(apart).removesuffix(unit.after)
    if not apart.value:
        return "no change"
    points = " points" if unit.name == "percent" else ""
    plus = "+" if apart.value > 0 else ""
    return f"{plus}{told}{points}{_is_better(measure, now, then)}"


def _beside(m: Measured, measure: Measure, row: Measurement, area: str) -> Cell:
    found = m.at(measure, area, row.period)
    return m.quantity(measure, found) if found else NO_FIGURE


# Over time and beside others ------------------------------------------------------------


@dataclass(frozen=True)
class _Course:
    """What is told of a measure over time: its times, and what each area had at each."""

    measure: Measure
    periods: tuple[Period, ...]
    lines: tuple[tuple[str, tuple[Measurement | None, ...]], ...]
    own: tuple[Measurement | None, ...]
    are_added: bool

    @property
    def told(self) -> list[Measurement]:
        """What is known of it, of whatever area and time."""
        return [row for _, line in self.lines for row in line if row]

    @property
    def counted_anew(self) -> tuple[Period, ...]:
        """The times from which on the Board's own area is counted otherwise."""
        anew = {row.period for row in self.own if row and row.definition_changed}
        return tuple(when for when in self.periods if when in anew)

    @property
    def is_alone(self) -> bool:
        """Whether it has one line, ours, and nothing to be held against: no break, no target."""
        is_bare = _aimed_at(self.measure) is None and not self.counted_anew
        return is_bare and not self.are_added and len(self.lines) == 1 and self.own != ()


def _course(m: Measured, measure: Measure) -> _Course | None:
    """Return a measure over time, as far as there are two values to compare."""
    told = [row for row in m.told[measure.measure] if row.is_of_all]
    row = m.leading(measure)
    if row is None:
        return None
    periods = measurements.alike((other.period for other in told), row.period)
    areas = m.areas({row.area for row in told if row.period in periods})
    if len(periods) * len(areas) < 2:
        return None
    lines = tuple((area, tuple(m.at(measure, area, when) for when in periods)) for area in areas)
    own = tuple(found for area, line in lines if m.is_own(area) for found in line)
    are_added = None not in own and _are_added(m, measure, own)
    return _Course(measure, periods, lines, own, are_added)


def _alike_alone(courses: Iterable[_Course]) -> Iterator[list[_Course]]:
    """Yield measures of our area alone that are told for the same times, three or more.

    A line by itself says no more than its values, and many such lines say less than one table.
    """
    found: dict[tuple[str, tuple[Period, ...]], list[_Course]] = {}
    for course in courses:
        if course.is_alone:
            ((area, _),) = course.lines
            found.setdefault((area, course.periods), []).append(course)
    yield from (among for among in found.values() if len(among) >= _LEAST_LISTED)


def _alone(m: Measured, number: int, courses: Sequence[_Course]) -> Exhibit:
    """Return the table of measures that one area alone tells, all at the same times."""
    periods, ((area, _),) = courses[0].periods, courses[0].lines
    rows = [
        (
            _per_how_many(c.measure),
            *(m.quantity(c.measure, row) if row else NO_FIGURE for row in c.own),
        )
        for c in courses
    ]
    risen = [has_risen for c in courses if (has_risen := _has_risen(m, c)) is not None]
    said = f"were higher than {'on' if periods[0].is_a_day else 'in'} {periods[0]}"
    return exhibit(
        _label("alone", m.chapter, *([str(number)] if number > 1 else [])),
        f"Measures of {area} alone, {_span(periods)}",
        (Column("Measure"), *(Column(str(when), mixed=True) for when in periods)),
        rows,
        *(f"{c.measure.name}. {' '.join(_notes(m, c.measure, c.told))}" for c in courses),
        wide=len(periods) > _WIDEST,
        group=_group(m),
        title=titles.part(Figure(sum(risen)), Figure(len(risen)), "measures", said),
    )


def _has_risen(m: Measured, course: _Course) -> bool | None:
    """Whether our value is higher than at the first of its times, if that can be said."""
    first, last = course.own[0], course.own[-1]
    if first is None or last is None or not (first.is_exact and last.is_exact):
        return None
    then, now = (m.figure(course.measure, row).value for row in (first, last))
    return None if then is None or now is None else now > then


def _trend(m: Measured, course: _Course) -> Exhibit:
    """Return a measure over time, and beside the areas that it is compared with."""
    measure, periods, are_added = course.measure, course.periods, course.are_added
    rows: list[tuple[Cell, ...]] = [
        (
            area,
            *(m.cell(measure, found) for found in line),
            *([_together(measure, line)] if are_added else []),
        )
        for area, line in course.lines
    ]
    kinds = [m.kind(area) for area, _ in course.lines]
    near = [line for area, line in course.lines if m.kind(area) == "neighbour"]
    beside = [[m.figure(measure, line[n]) for line in near] for n in range(len(periods))]
    middle = [measurements.middle(figures) for figures in beside]
    if any(figure.value is not None for figure in middle):
        place = sum(kind in ("own", "part") for kind in kinds)
        added = [NO_FIGURE] if are_added else []  # the median of sums is no sum of medians
        rows.insert(place, (_middle_of(beside), *map(_or_none, middle), *added))
        kinds.insert(place, "middle")
    unit = m.unit(measure)
    made = exhibit(
        _label("trend", measure.measure),
        f"{measure.name}, {_span(periods)}",
        (
            Column("Area"),
            *(Column(str(when), unit) for when in periods),
            *([Column(TOGETHER, unit)] if are_added else []),
        ),
        rows,
        *_notes(m, measure, course.told),
        wide=len(periods) > _WIDEST,
        group=_group(m),
        trend=Trend(
            tuple(kinds),
            _aimed_at(measure),
            tuple(map(str, course.counted_anew)),
            TOGETHER if are_added else "",
        ),
    )
    return made.titled(titles.course(made))


def _within_year(m: Measured, measure: Measure) -> Iterator[Exhibit]:
    """Yield a measure in the parts of the year, or at days in it, in the Board's area."""
    rows = [r for r in m.now_of(measure) if m.is_own(r.area) and r.is_of_all]
    rows = sorted(measurements.within_year(rows, m.year), key=lambda row: row.period)
    if not rows:
        return
    unit = m.unit(measure)
    yield exhibit(
        _label("in-year", measure.measure),
        f"{measure.name}: {rows[0].area}, in the course of {m.data.year}",
        (Column("When"), Column("Value", unit)),
        [(str(row.period), m.cell(measure, row)) for row in rows],
        *_notes(m, measure, rows),
        group=_group(m),
    )


# By category ----------------------------------------------------------------------------


def _breakdowns(m: Measured, measure: Measure) -> Iterator[Exhibit]:
    """Yield a measure by each dimension that the year tells it by, in the Board's area."""
    rows = [r for r in m.now_of(measure) if m.is_own(r.area) and r.dimension]
    for dimension in dict.fromkeys(row.dimension for row in rows if row.dimension):
        yield _breakdown(m, measure, dimension, [r for r in rows if r.dimension == dimension])


def _breakdown(
    m: Measured, measure: Measure, dimension: str, rows: Sequence[Measurement]
) -> Exhibit:
    row = measurements.latest(rows, m.year)
    assert row is not None
    own = [r for r in m.told[measure.measure] if r.area == row.area]
    of_dimension = [r for r in own if r.dimension == dimension]
    periods = measurements.alike((r.period for r in of_dimension), row.period)
    found = {r.category for r in of_dimension if r.period in periods}
    named = m.data.vocabulary(words.CATEGORY)
    lines = [(code, label, dimension) for code, label in named.items() if code in found]
    every: list[tuple[str | None, str, str | None]] = [*lines]
    if any(r.is_of_all and r.period in periods for r in own):
        every.append((None, "All", None))
    cells = [
        (label, [m.at(measure, row.area, when, of, code) for when in periods])
        for code, label, of in every
    ]
    are_added = _are_added(m, measure, [r for _, line in cells for r in line])
    dimensions = m.data.vocabulary(words.DIMENSION)
    shown = [r for _, line in cells for r in line if r]
    return exhibit(
        _label("breakdown", measure.measure, dimension),
        f"{measure.name} by {first_lower(dimensions[dimension])}: {row.area}, {_span(periods)}",
        (
            Column(dimensions[dimension]),
            *(Column(str(when), m.unit(measure)) for when in periods),
            *([Column(TOGETHER, m.unit(measure))] if are_added else []),
        ),
        [
            (
                label,
                *(m.cell(measure, r) for r in line),
                *([_together(measure, line)] if are_added else []),
            )
            for label, line in cells
        ],
        *_notes(m, measure, shown),
        wide=len(periods) > 6,
        group=_group(m),
    )


def _are_added(m: Measured, measure: Measure, found: Sequence[Measurement | None]) -> bool:
    """Whether the counts are so few that years are also told together; of a rate, those counted.

    Not what stood at a day, nor what was counted otherwise or is not exact: these do not add.
    """
    rows = [row for row in found if row]
    periods = {row.period for row in rows}
    is_rate = measure.is_rate
    counts = [row.numerator if is_rate else m.figure(measure, row).value for row in rows]
    is_worked_out = None not in counts and all(row.denominator for row in rows)
    is_counted = is_worked_out if is_rate else measure.is_count
    is_of_time = measure.flow_part not in ("opening", "closing") and all(
        period.first < period.last for period in periods
    )
    earliest = min(periods, default=None)
    is_one = all(
        row.is_exact and (row.period == earliest or not row.definition_changed) for row in rows
    )
    few = all(count is None or count < _FEW for count in counts)
    return is_counted and is_of_time and is_one and few and len(periods) >= _LEAST_TOGETHER


# Notes ----------------------------------------------------------------------------------


def _notes(m: Measured, measure: Measure, rows: Sequence[Measurement]) -> Iterator[str]:
    """Yield what a reader must know of a table: unit, direction, target, breaks, revisions."""
    unit = unit_of(measure)
    is_named = unit.after or unit.before or unit.name.lower() in measure.definition.lower()
    named = "" if is_named else f" In {unit.name}."
    yield f"{measure.definition.rstrip('.')}.{named}"
    if measure.better != "neither":
        target = "" if measure.target is None else f" The target is {_target(measure)}."
        yield f"{words.DIRECTION[measure.better].capitalize()}.{target}"
    yield from dict.fromkeys(
        f"{row.area} is counted otherwise from {row.period} on, so earlier values do not "
        f"compare: {row.definition_changed.rstrip('.')}."
        for row in rows
        if row.definition_changed
    )
    for row in rows:
        if row.revision:
            yield f"Revised: {_where(m, row)}. {row.revision.rstrip('.')}."
    for row in rows if m.data.is_reconstruction else ():
        if row.as_printed:
            yield f'{_where(m, row)}: printed as "{row.as_printed}".'


def _where(m: Measured, row: Measurement) -> str:
    of = f" ({first_lower(m.category(row.category))})" if row.category else ""
    return f"{row.area}{of}, {row.period}"


def _or_none(figure: Figure) -> Cell:
    return NO_FIGURE if figure.value is None and not figure.to_come else figure


def _together(measure: Measure, line: Sequence[Measurement | None]) -> Cell:
    known = [row for row in line if row]
    return _or_none(measurements.together(known, measure)) if len(known) == len(line) else NO_FIGURE


def _is_better(measure: Measure, now: Figure, before: Figure) -> str:
    if measure.better == "neither" or now.value is None or before.value is None:
        return ""
    if now.value == before.value:
        return ""
    has_risen = now.value > before.value
    return _BETTER if has_risen == (measure.better == "higher") else _WORSE


def _aimed_at(measure: Measure) -> Decimal | None:
    """Return a measure's target; none where nobody could say which side of it is the better."""
    return None if measure.better == "neither" else measure.target


def _target(measure: Measure) -> str:
    target = _aimed_at(measure)
    if target is None:
        return _NO_TARGET
    side = "most" if measure.better == "lower" else "least"
    return f"at {side} {unit_of(measure).text(Figure(target))}"


def _reached(row: Measurement, measure: Measure, figure: Figure) -> str:
    """Return the target and whether a value meets it, where that can be said of the value."""
    target, told = _aimed_at(measure), _target(measure)
    if target is None or figure.value is None:
        return told
    is_most = measure.better == "lower"
    if row.qualifier == "approximately" or (row.qualifier == "over" and figure.value < target):
        return told
    is_over = row.qualifier == "over" or figure.value > target
    is_met = not is_over if is_most else figure.value >= target
    return f"{told}: {'met' if is_met else 'not met'}"


def _middle_of(periods: Sequence[Sequence[Figure]]) -> str:
    """Return how the median of the neighbours is called: of how many, where that is one number."""
    numbers = {sum(figure.value is not None for figure in figures) for figures in periods}
    number = f" of {max(numbers)}" if len(numbers) == 1 else ""
    return f"Statistical neighbours (median{number})"


def _span(periods: Sequence[Period]) -> str:
    return str(periods[0]) if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"


def _label(*parts: str) -> str:
    return "-".join(map(address, parts))


def _group(m: Measured) -> str:
    return f"trends-{address(m.chapter)}"
