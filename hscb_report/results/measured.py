"""What the report makes of a chapter's measures: facts, and tables over time and beside others.

One function makes them for every chapter, from what is declared of each measure and area. A table
over time has up to five years: what this year's tables tell, and what those of earlier years did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from hscb_report.calculations import context, measurements
from hscb_report.figures import Figure
from hscb_report.results.exhibit import Cell, Column, Exhibit, Quantity, Trend, exhibit
from hscb_report.results.fact import Earlier, Fact, fact
from hscb_report.results.phrases import Compared, change, counted
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.measurements import Area, Measure, Measurement
from hscb_report.schema.measurements import measurements as measurements_of
from hscb_report.units import Unit, measured_in
from hscb_report.wording import first_lower, slug
from hscb_report.years import Period

NO_FIGURE = "no figure"
_NO_TARGET = "none set"
_NOTHING = {NO_FIGURE, _NO_TARGET}
# A count of so few says little in one year; years are then also told together.
_FEW = 20
_LEAST_TOGETHER = 3


def is_measured(data: YearData, chapter: str) -> bool:
    """Whether a year has a measurement of a measure that the chapter shows."""
    own = {row.measure for row in data.tables[Measure] if row.chapter == chapter}
    return any(row.measure in own for row in measurements_of(data.tables))


def facts(data: YearData, chapter: str) -> Iterator[Fact]:
    """Yield the numbers of a chapter's measures: of the Board's area and the larger ones.

    Those of single neighbours stand in tables alone; those of categories are of the Board's area.
    """
    measured = _Measured(data, chapter)
    for measure in measured.measures:
        rows = measured.now_of(measure)
        for cell in dict.fromkeys(row.cell for row in rows):
            if measured.has_name(cell):
                yield measured.fact_of(measure, [row for row in rows if row.cell == cell], rows)


def exhibits(data: YearData, chapter: str) -> Iterator[Exhibit]:
    """Yield a chapter's measures at a glance, then each over time, in the year, and broken down."""
    measured = _Measured(data, chapter)
    yield measured.overview()
    for measure in measured.measures:
        yield from measured.trend(measure)
        yield from measured.within_year(measure)
        yield from measured.breakdowns(measure)


def headline_values(data: YearData) -> dict[str, str]:
    """Return how each measure that has a value in the Board's area is told in a line, by measure.

    Of whatever chapter: "41.2 children per 10,000 (2024-25)".
    """
    found = {}
    year = Period.of_year(data.year)
    every = measurements_of(data.tables)
    own = {row.area for row in data.tables[Area] if row.kind == "own"}
    for measure in data.tables[Measure]:
        rows = [r for r in every if r.measure == measure.measure and r.area in own and r.is_of_all]
        row = measurements.latest(rows, year)
        figure = _value(measure, row, rows)
        if row and figure.value is not None:
            told = counted(figure, _unit(measure), _qualifier(row))
            found[measure.measure] = f"{told}{_status(row)} ({row.period})"
    return found


@dataclass(frozen=True)
class OwnFigure:
    """A number of people in the Board's area: of which time, and how exact."""

    figure: Figure
    period: Period
    qualifier: str


def own_figure(data: YearData, population: str) -> OwnFigure | None:
    """Return the latest number of "everybody" in the Board's area, or of those "under_18"."""
    measure = context.population_measure(data.tables[Measure], population)
    if measure is None:
        return None
    rows = measurements.of_cell(measurements_of(data.tables), measure.measure, data.area)
    row = measurements.latest(rows, Period.of_year(data.year))
    if row is None:
        return None
    return OwnFigure(_value(measure, row, rows), row.period, _qualifier(row))


def area_order(kind: str) -> int:
    """Return where an area stands in a table: the Board's own first, the country last."""
    return [*words.AREA_KIND].index(kind)


class _Measured:
    """The measures of a chapter in one year, with what earlier years told of them."""

    def __init__(self, data: YearData, chapter: str) -> None:
        self._data = data
        self._chapter = chapter
        self._year = Period.of_year(data.year)
        self._kinds = {row.area: row.kind for row in data.tables[Area]}

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Its measures of which the year tells something, in the order of their table."""
        known = {row.measure for row in self._now}
        own = (row for row in self._data.tables[Measure] if row.chapter == self._chapter)
        return tuple(row for row in own if row.measure in known)

    @cached_property
    def _now(self) -> tuple[Measurement, ...]:
        return measurements_of(self._data.tables)

    @cached_property
    def _told(self) -> dict[str, list[Measurement]]:
        earlier = (measurements_of(data.tables) for data in reversed(self._data.earlier))
        found: dict[str, list[Measurement]] = {}
        for row in measurements.told(self._now, earlier):
            found.setdefault(row.measure, []).append(row)
        return found

    @cached_property
    def _by_cell(self) -> dict[tuple[object, ...], Measurement]:
        return {(*row.cell, row.period): row for rows in self._told.values() for row in rows}

    def now_of(self, measure: Measure) -> tuple[Measurement, ...]:
        """Return what this year's tables tell of a measure."""
        return tuple(row for row in self._now if row.measure == measure.measure)

    # Facts ----------------------------------------------------------------------------------

    def has_name(self, cell: tuple[str, str, str | None, str | None]) -> bool:
        """Whether a measurement is a fact: of no single neighbour; by category, of our area."""
        _, area, _, category = cell
        return self._is_own(area) if category else self._kind(area) != "neighbour"

    def fact_of(
        self, measure: Measure, rows: Sequence[Measurement], every: Sequence[Measurement]
    ) -> Fact:
        """Return the fact of a cell: its latest measurement, with the earlier ones beside it."""
        row = measurements.latest(rows, self._year)
        assert row is not None
        stated = (
            Earlier(other.period, _value(measure, other, rows), _qualifier(other), other.revision)
            for other in rows
            if other is not row
        )
        return fact(
            self._name(measure, row),
            self._label(measure, row),
            _unit(measure),
            measurements.value,
            every,
            measure,
            row,
            prefix=_qualifier(row),
            period=row.period,
            stated=stated,
            revision=row.revision,
            counted_anew=row.definition_changed,
        )

    def _name(self, measure: Measure, row: Measurement) -> str:
        area = "" if self._is_own(row.area) else f"_{slug(row.area)}"
        category = f"_{slug(row.category)}" if row.category else ""
        return f"{self._chapter}.{measure.measure}{area}{category}"

    def _label(self, measure: Measure, row: Measurement) -> str:
        of = f", {first_lower(self._category(row.category))}" if row.category else ""
        status = "" if row.status in (None, "final") else f", {words.VALUE_STATUS[row.status]}"
        return f"{measure.name}{of}: {row.area}, {row.period}{status}"

    # At a glance ----------------------------------------------------------------------------

    def overview(self) -> Exhibit:
        """Return each measure in the Board's area: its value, the one before, the larger areas."""
        listed = [
            (measure, row)
            for measure in self.measures
            for area in self._own_areas(measure)
            if (row := self._latest(measure, area)) is not None
        ]
        larger = self._larger([measure for measure, _ in listed])
        columns: list[tuple[Column, list[Cell]]] = [
            (Column("Measure"), [self._named(measure, row) for measure, row in listed]),
            (Column("Period"), [str(row.period) for _, row in listed]),
            (Column("Value", mixed=True), [self._quantity(m, row) for m, row in listed]),
            (Column("A year before", mixed=True), [self._before(m, row) for m, row in listed]),
            (Column("Change"), [self._change(m, row) for m, row in listed]),
            (Column("Target"), [_reached(m, row, self._figure(m, row)) for m, row in listed]),
            *(
                (Column(area, mixed=True), [self._beside(m, row, area) for m, row in listed])
                for area in larger
            ),
        ]
        kept = [(c, cells) for c, cells in columns if not {*cells} <= _NOTHING]
        year = self._data.year
        published = f"as published in the report for {year}"
        when = published if self._data.is_reconstruction else str(year)
        return exhibit(
            f"{slug(self._chapter).replace('_', '-')}-measures",
            f"Measures at a glance, {when}",
            [column for column, _ in kept] or [Column("Measure")],
            list(zip(*(cells for _, cells in kept), strict=True)) if listed else [],
            *self._as_printed(listed),
        )

    def _as_printed(self, listed: Iterable[tuple[Measure, Measurement]]) -> Iterator[str]:
        shown = {measure.measure: measure.name for measure, _ in listed}
        for row in self._now if self._data.is_reconstruction else ():
            if row.as_printed and row.measure in shown:
                yield f'{shown[row.measure]}, {row.area}: the source prints "{row.as_printed}".'

    def _named(self, measure: Measure, row: Measurement) -> str:
        return measure.name if self._is_own(row.area) else f"{measure.name}: {row.area}"

    def _before(self, measure: Measure, row: Measurement) -> Cell:
        before = self._at(measure, row.area, row.period.before)
        return self._quantity(measure, before) if before else NO_FIGURE

    def _change(self, measure: Measure, row: Measurement) -> str:
        before = self._at(measure, row.area, row.period.before)
        if before is None or (row.value is None and row.numerator is None):
            return NO_FIGURE
        if row.definition_changed:
            return "counted otherwise"
        now, then = self._figure(measure, row), self._figure(measure, before)
        compared = Compared(
            now, then, _unit(measure), row.period.before, _qualifier(row), _qualifier(before)
        )
        return f"{change(compared)}{_is_better(measure, now, then)}"

    def _beside(self, measure: Measure, row: Measurement, area: str) -> Cell:
        found = self._at(measure, area, row.period)
        return self._quantity(measure, found) if found else NO_FIGURE

    # Over time and beside others ------------------------------------------------------------

    def trend(self, measure: Measure) -> Iterator[Exhibit]:
        """Yield a measure over time, and beside the areas that it is compared with."""
        told = [row for row in self._told[measure.measure] if row.is_of_all]
        row = self._leading(measure)
        if row is None:
            return
        periods = measurements.alike((other.period for other in told), row.period)
        areas = self._areas({row.area for row in told if row.period in periods})
        if len(periods) * len(areas) < 2:
            return
        lines = [
            (area, self._kind(area), [self._at(measure, area, when) for when in periods])
            for area in areas
        ]
        rows: list[tuple[Cell, ...]] = [
            (area, *(self._cell(measure, found) for found in line)) for area, _, line in lines
        ]
        kinds = [kind for _, kind, _ in lines]
        near = [line for _, kind, line in lines if kind == "neighbour"]
        beside = [[self._figure(measure, line[n]) for line in near] for n in range(len(periods))]
        middle = [measurements.middle(figures) for figures in beside]
        if any(figure.value is not None for figure in middle):
            place = sum(kind in ("own", "part") for kind in kinds)
            rows.insert(place, (_middle_of(beside), *map(_or_none, middle)))
            kinds.insert(place, "middle")
        unit = self._unit(measure)
        own = [found for _, kind, line in lines if kind == "own" for found in line if found]
        anew = {found.period for found in own if found.definition_changed}
        every = [found for _, _, line in lines for found in line if found]
        yield exhibit(
            _label("trend", measure.measure),
            f"{measure.name}, {_span(periods)}",
            (Column("Area"), *(Column(str(when), unit) for when in periods)),
            rows,
            *self._notes(measure, every),
            wide=len(periods) > 6,
            group=f"trends-{self._chapter.replace('_', '-')}",
            trend=Trend(
                tuple(kinds),
                _aimed_at(measure),
                tuple(str(when) for when in periods if when in anew),
            ),
        )

    def within_year(self, measure: Measure) -> Iterator[Exhibit]:
        """Yield a measure in the parts of the year, or at days in it, in the Board's area."""
        rows = [r for r in self.now_of(measure) if self._is_own(r.area) and r.is_of_all]
        rows = sorted(measurements.within_year(rows, self._year), key=lambda row: row.period)
        if not rows:
            return
        unit = self._unit(measure)
        yield exhibit(
            _label("in-year", measure.measure),
            f"{measure.name}: {rows[0].area}, in the course of {self._data.year}",
            (Column("When"), Column("Value", unit)),
            [(str(row.period), self._cell(measure, row)) for row in rows],
            *self._notes(measure, rows),
            group=f"trends-{self._chapter.replace('_', '-')}",
        )

    # By category ----------------------------------------------------------------------------

    def breakdowns(self, measure: Measure) -> Iterator[Exhibit]:
        """Yield a measure by each dimension that the year tells it by, in the Board's area."""
        rows = [r for r in self.now_of(measure) if self._is_own(r.area) and r.dimension]
        for dimension in dict.fromkeys(row.dimension for row in rows if row.dimension):
            yield self._breakdown(measure, dimension, [r for r in rows if r.dimension == dimension])

    def _breakdown(self, measure: Measure, dimension: str, rows: Sequence[Measurement]) -> Exhibit:
        row = measurements.latest(rows, self._year)
        assert row is not None
        own = [r for r in self._told[measure.measure] if r.area == row.area]
        of_dimension = [r for r in own if r.dimension == dimension]
        periods = measurements.alike((r.period for r in of_dimension), row.period)
        found = {r.category for r in of_dimension if r.period in periods}
        named = self._data.vocabulary(words.CATEGORY)
        lines = [(code, label, dimension) for code, label in named.items() if code in found]
        every: list[tuple[str | None, str, str | None]] = [*lines]
        if any(r.is_of_all and r.period in periods for r in own):
            every.append((None, "All", None))
        cells = [
            (label, [self._at(measure, row.area, when, of, code) for when in periods])
            for code, label, of in every
        ]
        are_added = self._are_added(measure, [r for _, line in cells for r in line])
        dimensions = self._data.vocabulary(words.DIMENSION)
        shown = [r for _, line in cells for r in line if r]
        return exhibit(
            _label("breakdown", measure.measure, dimension),
            f"{measure.name} by {first_lower(dimensions[dimension])}: {row.area}, {_span(periods)}",
            (
                Column(dimensions[dimension]),
                *(Column(str(when), self._unit(measure)) for when in periods),
                *([Column("All of them together", self._unit(measure))] if are_added else []),
            ),
            [
                (
                    label,
                    *(self._cell(measure, r) for r in line),
                    *([_together(measure, line)] if are_added else []),
                )
                for label, line in cells
            ],
            *self._notes(measure, shown),
            wide=len(periods) > 6,
            group=f"trends-{self._chapter.replace('_', '-')}",
        )

    def _are_added(self, measure: Measure, found: Sequence[Measurement | None]) -> bool:
        """Whether the counts are so few that years are also told together.

        Not what stood at a day, nor what was counted otherwise or is not exact: these do not add.
        """
        values = [self._figure(measure, row).value for row in found]
        rows = [row for row in found if row]
        periods = {row.period for row in rows}
        is_count = measure.per is None and _unit(measure).name not in ("percent", "pounds")
        is_of_time = measure.flow_part not in ("opening", "closing") and all(
            period.first < period.last for period in periods
        )
        earliest = min(periods, default=None)
        is_one = all(
            not _qualifier(row) and (row.period == earliest or not row.definition_changed)
            for row in rows
        )
        few = all(value is None or value < _FEW for value in values)
        return is_count and is_of_time and is_one and few and len(periods) >= _LEAST_TOGETHER

    # Notes ----------------------------------------------------------------------------------

    def _notes(self, measure: Measure, rows: Sequence[Measurement]) -> Iterator[str]:
        """Yield what a reader must know of a table: unit, direction, target, breaks, revisions."""
        unit = _unit(measure)
        named = "" if unit.after or unit.before else f" In {unit.name}."
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
                yield f"Revised: {self._where(row)}. {row.revision.rstrip('.')}."
        for row in rows if self._data.is_reconstruction else ():
            if row.as_printed:
                yield f'{self._where(row)}: the source prints "{row.as_printed}".'

    def _where(self, row: Measurement) -> str:
        of = f" ({first_lower(self._category(row.category))})" if row.category else ""
        return f"{row.area}{of}, {row.period}"

    # What there is --------------------------------------------------------------------------

    def _at(
        self,
        measure: Measure,
        area: str,
        period: Period,
        dimension: str | None = None,
        category: str | None = None,
    ) -> Measurement | None:
        wanted = measure.measure, area, dimension, category
        return self._by_cell.get((*wanted, period))

    def _latest(self, measure: Measure, area: str) -> Measurement | None:
        rows = (r for r in self.now_of(measure) if r.area == area and r.is_of_all)
        return measurements.latest(rows, self._year)

    def _leading(self, measure: Measure) -> Measurement | None:
        """Return the measurement whose time a table over time ends with: of our area, if told."""
        own = [self._latest(measure, area) for area in self._own_areas(measure)]
        every = [r for r in self.now_of(measure) if r.is_of_all]
        return next((r for r in own if r), measurements.latest(every, self._year))

    def _own_areas(self, measure: Measure) -> list[str]:
        areas = self._areas({row.area for row in self.now_of(measure)})
        return [area for area in areas if self._kind(area) in ("own", "part")]

    def _larger(self, measures: Iterable[Measure]) -> list[str]:
        shown = {row.area for measure in measures for row in self.now_of(measure)}
        return [area for area in self._areas(shown) if self._kind(area) in ("region", "nation")]

    def _areas(self, found: Iterable[str]) -> list[str]:
        """Return areas in the order of their table, by what they are to the Board."""
        wanted = set(found)
        listed = [area for area in self._kinds if area in wanted]
        return sorted(listed, key=lambda area: area_order(self._kind(area)))

    def _kind(self, area: str) -> str:
        return self._kinds.get(area, "other")

    def _is_own(self, area: str) -> bool:
        return self._kind(area) == "own"

    def _category(self, code: str) -> str:
        return self._data.vocabulary(words.CATEGORY).get(code, code)

    def _figure(self, measure: Measure, row: Measurement | None) -> Figure:
        return _value(measure, row, ())

    def _quantity(self, measure: Measure, row: Measurement) -> Cell:
        figure = self._figure(measure, row)
        if figure.value is None:
            return _unknown(row)
        return Quantity(figure, _shown_as(measure, row))

    def _cell(self, measure: Measure, row: Measurement | None) -> Cell:
        if row is None:
            return NO_FIGURE
        figure = self._figure(measure, row)
        if figure.value is None:
            return _unknown(row)
        is_plain = not _qualifier(row) and row.status in (None, "final")
        return (
            figure if is_plain else Quantity(figure, _shown_as(measure, row, self._unit(measure)))
        )

    def _unit(self, measure: Measure) -> Unit:
        """Return the unit of a measure's tables: as many decimals as any of its values has."""
        figures = (self._figure(measure, row).value for row in self._told[measure.measure])
        found = (-int(Decimal(value).as_tuple().exponent) for value in figures if value is not None)
        unit = _unit(measure)
        return unit if unit.with_pence else replace(unit, decimals=max(0, *found, 0))


def _value(measure: Measure, row: Measurement | None, rows: Iterable[Measurement]) -> Figure:
    return measurements.value(rows, measure, row)


def _unknown(row: Measurement) -> str:
    return words.VALUE_STATUS["not_available"] if row.status == "not_available" else NO_FIGURE


def _unit(measure: Measure) -> Unit:
    return measured_in(measure.unit, measure.per)


def _shown_as(measure: Measure, row: Measurement, usual: Unit | None = None) -> Unit:
    """Return the unit of a value that is not exact, or not final: it says so where it stands."""
    unit, qualifier = usual or _unit(measure), _qualifier(row)
    return unit.said(f"{qualifier} " if qualifier else "", _status(row))


def _status(row: Measurement) -> str:
    """Return what stands after a value that may still change: " (provisional)"."""
    return f" ({row.status})" if row.status in ("provisional", "estimated") else ""


def _qualifier(row: Measurement) -> str:
    """Return the word before a value that is not exact: "over", "approximately"."""
    is_exact = row.qualifier in (None, "exact")
    return "" if is_exact else words.VALUE_QUALIFIER[row.qualifier or ""]


def _or_none(figure: Figure) -> Cell:
    return NO_FIGURE if figure.value is None else figure


def _together(measure: Measure, line: Sequence[Measurement | None]) -> Cell:
    known = [row for row in line if row]
    return _or_none(measurements.together(known, measure)) if len(known) == len(line) else NO_FIGURE


def _is_better(measure: Measure, now: Figure, before: Figure) -> str:
    if measure.better == "neither" or now.value is None or before.value is None:
        return ""
    if now.value == before.value:
        return ""
    has_risen = now.value > before.value
    return ", better" if has_risen == (measure.better == "higher") else ", worse"


def _aimed_at(measure: Measure) -> Decimal | None:
    """Return a measure's target; none where nobody could say which side of it is the better."""
    return None if measure.better == "neither" else measure.target


def _target(measure: Measure) -> str:
    target = _aimed_at(measure)
    if target is None:
        return _NO_TARGET
    side = "most" if measure.better == "lower" else "least"
    return f"at {side} {_unit(measure).text(Figure(target))}"


def _reached(measure: Measure, row: Measurement, figure: Figure) -> str:
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
    return "-".join(slug(part).replace("_", "-") for part in parts)
