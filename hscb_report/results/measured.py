"""What a year knows of the measures of a chapter, from all years' tables, and its facts.

One class finds it for every chapter, from what is declared of each measure and area.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from hscb_report.calculations import context, measurements
from hscb_report.figures import Figure
from hscb_report.results.exhibit import Cell, Quantity
from hscb_report.results.fact import Earlier, Fact, fact
from hscb_report.results.phrases import counted
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.measurements import MEASURED, Area, Measure, Measurement
from hscb_report.schema.measurements import measurements as measurements_of
from hscb_report.units import TO_COME, Unit, measured_in
from hscb_report.wording import first_lower, slug
from hscb_report.years import Period

NO_FIGURE = "no figure"
MAY_CHANGE = ("provisional", "estimated")
"""The statuses of a value that a reader must be told of."""


def is_measured(data: YearData, chapter: str) -> bool:
    """Whether a year has a measurement of a measure that the chapter shows; a draft, its file."""
    own = {row.measure: row for row in data.tables[Measure] if row.chapter == chapter}
    if any(row.measure in own for row in measurements_of(data.tables)):
        return True
    files = {MEASURED[row.protected == "yes"].info.name for row in own.values()}
    return not files.isdisjoint(data.begun)


def facts(data: YearData, chapter: str) -> Iterator[Fact]:
    """Yield the numbers of a chapter's measures: of the Board's area and the larger ones.

    Those of single neighbours stand in tables alone; those of categories are of the Board's area.
    """
    measured = Measured(data, chapter)
    for measure in measured.measures:
        rows = measured.now_of(measure)
        for cell in dict.fromkeys(row.cell for row in rows):
            if measured.has_name(cell):
                yield measured.fact_of(measure, [row for row in rows if row.cell == cell], rows)


def headline_values(data: YearData) -> dict[str, str]:
    """Return how each measure that has a value in the Board's area is told in a line, by measure.

    Of whatever chapter: "41.2 children per 10,000 (2024-25)"; one that a draft waits for is "to
    come".
    """
    found = {}
    year = Period.of_year(data.year)
    every = measurements_of(data.tables)
    own = {row.area for row in data.tables[Area] if row.kind == "own"}
    for measure in data.tables[Measure]:
        rows = [r for r in every if r.measure == measure.measure and r.area in own and r.is_of_all]
        row = measurements.latest(rows, year)
        figure = figure_of(measure, row, rows)
        if row and figure.value is not None:
            told = counted(figure, unit_of(measure), qualifier_of(row))
            found[measure.measure] = f"{told}{status_of(row)} ({row.period})"
        elif figure.to_come:
            found[measure.measure] = TO_COME
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
    return OwnFigure(figure_of(measure, row, rows), row.period, qualifier_of(row))


def area_order(kind: str) -> int:
    """Return where an area stands in a table: the Board's own first, the country last."""
    return [*words.AREA_KIND].index(kind)


class Measured:
    """The measures of a chapter in one year, with what earlier years told of them."""

    def __init__(self, data: YearData, chapter: str) -> None:
        self.data = data
        self.chapter = chapter
        self.year = Period.of_year(data.year)
        self._kinds = {row.area: row.kind for row in data.tables[Area]}

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Its measures of which the year tells something, in the order of their table."""
        known = {row.measure for row in self.now}
        own = (row for row in self.data.tables[Measure] if row.chapter == self.chapter)
        return tuple(row for row in own if row.measure in known)

    @cached_property
    def now(self) -> tuple[Measurement, ...]:
        """What this year's tables tell, of whatever chapter."""
        return measurements_of(self.data.tables)

    @cached_property
    def told(self) -> dict[str, list[Measurement]]:
        """What is known of each measure: what this year tells, else what earlier years did."""
        earlier = (measurements_of(data.tables) for data in reversed(self.data.earlier))
        found: dict[str, list[Measurement]] = {}
        for row in measurements.told(self.now, earlier):
            found.setdefault(row.measure, []).append(row)
        return found

    @cached_property
    def _by_cell(self) -> dict[tuple[object, ...], Measurement]:
        return {(*row.cell, row.period): row for rows in self.told.values() for row in rows}

    def now_of(self, measure: Measure) -> tuple[Measurement, ...]:
        """Return what this year's tables tell of a measure."""
        return tuple(row for row in self.now if row.measure == measure.measure)

    # Facts ----------------------------------------------------------------------------------

    def has_name(self, cell: tuple[str, str, str | None, str | None]) -> bool:
        """Whether a measurement is a fact: of no single neighbour; by category, of our area."""
        _, area, _, category = cell
        return self.is_own(area) if category else self.kind(area) != "neighbour"

    def fact_of(
        self, measure: Measure, rows: Sequence[Measurement], every: Sequence[Measurement]
    ) -> Fact:
        """Return the fact of a cell: its latest measurement, with the earlier ones beside it."""
        row = measurements.latest(rows, self.year)
        assert row is not None
        stated = (
            Earlier(
                other.period, figure_of(measure, other, rows), qualifier_of(other), other.revision
            )
            for other in rows
            if other is not row
        )
        return fact(
            self._name(measure, row),
            self._label(measure, row),
            unit_of(measure),
            measurements.value,
            every,
            measure,
            row,
            prefix=qualifier_of(row),
            period=row.period,
            stated=stated,
            revision=row.revision,
            counted_anew=row.definition_changed,
            status=row.status if row.status in MAY_CHANGE else "",
        )

    def _name(self, measure: Measure, row: Measurement) -> str:
        area = "" if self.is_own(row.area) else f"_{slug(row.area)}"
        category = f"_{slug(row.category)}" if row.category else ""
        return f"{self.chapter}.{measure.measure}{area}{category}"

    def _label(self, measure: Measure, row: Measurement) -> str:
        of = f", {first_lower(self.category(row.category))}" if row.category else ""
        status = "" if row.is_final else f", {words.VALUE_STATUS[row.status or '']}"
        return f"{measure.name}{of}: {row.area}, {row.period}{status}"

    # What there is --------------------------------------------------------------------------

    def at(
        self,
        measure: Measure,
        area: str,
        period: Period,
        dimension: str | None = None,
        category: str | None = None,
    ) -> Measurement | None:
        """Return what is told of a time, of all or of one category."""
        wanted = measure.measure, area, dimension, category
        return self._by_cell.get((*wanted, period))

    def year_before(self, measure: Measure, row: Measurement) -> Measurement | None:
        """Return what is told of the same time a year earlier; of what is not dated, nothing."""
        return self.at(measure, row.area, row.period.before) if row.period.is_dated else None

    def latest(self, measure: Measure, area: str) -> Measurement | None:
        """Return what this year tells of a measure in an area, of the latest time."""
        rows = (r for r in self.now_of(measure) if r.area == area and r.is_of_all)
        return measurements.latest(rows, self.year)

    def leading(self, measure: Measure) -> Measurement | None:
        """Return the measurement whose time a table over time ends with: of our area, if told."""
        own = [self.latest(measure, area) for area in self.own_areas(measure)]
        every = [r for r in self.now_of(measure) if r.is_of_all]
        return next((r for r in own if r), measurements.latest(every, self.year))

    def own_areas(self, measure: Measure) -> list[str]:
        """Return the Board's area and the parts of it that a measure is told of."""
        areas = self.areas({row.area for row in self.now_of(measure)})
        return [area for area in areas if self.kind(area) in ("own", "part")]

    def larger(self, measures: Iterable[Measure]) -> list[str]:
        """Return the region and the country, where measures are told of them."""
        shown = {row.area for measure in measures for row in self.now_of(measure)}
        return [area for area in self.areas(shown) if self.kind(area) in ("region", "nation")]

    def areas(self, found: Iterable[str]) -> list[str]:
        """Return areas in the order of their table, by what they are to the Board."""
        wanted = set(found)
        listed = [area for area in self._kinds if area in wanted]
        return sorted(listed, key=lambda area: area_order(self.kind(area)))

    def kind(self, area: str) -> str:
        """Return what an area is to the Board."""
        return self._kinds.get(area, "other")

    def is_own(self, area: str) -> bool:
        """Whether an area is the Board's own."""
        return self.kind(area) == "own"

    def category(self, code: str) -> str:
        """Return how a category is printed."""
        return self.data.vocabulary(words.CATEGORY).get(code, code)

    def figure(self, measure: Measure, row: Measurement | None) -> Figure:
        """Return a measurement in the unit of its measure; missing for none."""
        return figure_of(measure, row, ())

    def quantity(self, measure: Measure, row: Measurement) -> Cell:
        """Return a measurement with its unit, for a column that mixes units."""
        figure = self.figure(measure, row)
        if figure.value is None and not figure.to_come:
            return unknown(row)
        return Quantity(figure, shown_as(measure, row))

    def cell(self, measure: Measure, row: Measurement | None) -> Cell:
        """Return a measurement as a cell of a table of its measure."""
        if row is None:
            return NO_FIGURE
        figure = self.figure(measure, row)
        if figure.to_come:
            return figure
        if figure.value is None:
            return unknown(row)
        is_plain = row.is_exact and row.is_final
        return figure if is_plain else Quantity(figure, shown_as(measure, row, self.unit(measure)))

    def unit(self, measure: Measure) -> Unit:
        """Return the unit of a measure's tables: as many decimals as any of its values has."""
        figures = (self.figure(measure, row).value for row in self.told[measure.measure])
        found = (-int(Decimal(value).as_tuple().exponent) for value in figures if value is not None)
        unit = unit_of(measure)
        return unit if unit.with_pence else replace(unit, decimals=max(0, *found, 0))


def figure_of(measure: Measure, row: Measurement | None, rows: Iterable[Measurement]) -> Figure:
    """Return a measurement in the unit of its measure; `rows` are those it was looked for in."""
    return measurements.value(rows, measure, row)


def unknown(row: Measurement) -> str:
    """Return what stands where a measurement has no value."""
    return words.VALUE_STATUS["not_available"] if row.status == "not_available" else NO_FIGURE


def unit_of(measure: Measure) -> Unit:
    """Return the unit of a measure's values, with as many decimals as each has."""
    return measured_in(measure.unit, measure.per)


def shown_as(measure: Measure, row: Measurement, usual: Unit | None = None) -> Unit:
    """Return the unit of a value that is not exact, or not final: it says so where it stands."""
    unit, qualifier = usual or unit_of(measure), qualifier_of(row)
    return unit.said(f"{qualifier} " if qualifier else "", status_of(row))


def status_of(row: Measurement) -> str:
    """Return what stands after a value that may still change: " (provisional)"."""
    return f" ({row.status})" if row.status in MAY_CHANGE else ""


def qualifier_of(row: Measurement) -> str:
    """Return the word before a value that is not exact: "over", "approximately"."""
    return "" if row.is_exact else words.VALUE_QUALIFIER[row.qualifier or ""]
