"""Measurements: what was measured, where, of what time, in whom, and how sure it is."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import (
    COUNT,
    IDENTIFIER,
    NUMBER,
    PERIOD,
    SIGNED_NUMBER,
    TEXT,
    code,
    column,
    reference,
)
from hscb_report.schema.row import Row, SourcedRow, TableInfo
from hscb_report.schema.tables import Tables
from hscb_report.years import Period

PERCENT_NAMES = ("percent", "per cent", "%")
"""How tables call the unit of a percentage."""
POUNDS_NAME = "pounds"
OF_THE_MEASURE = "see the measure"
"""The unit of a column whose values are in the unit of the measure that their row is of."""


class Area(Row):
    """An area that something is measured in: the Board's own, or one to compare it with."""

    info = TableInfo("areas", "Areas", keys=("area",), folder="reference", protected=False)
    area: str = column(TEXT, "Its name, as tables and texts print it")
    kind: str = column(code(words.AREA_KIND), "What it is to the Board")


class Measure(Row):
    """Something that is measured: what it is called, how it is counted, what is better."""

    info = TableInfo("measures", "Measures", keys=("measure",), folder="reference", protected=False)
    measure: str = column(IDENTIFIER, "Short code; with its chapter it names a number")
    name: str = column(TEXT, "Name")
    chapter: str = column(IDENTIFIER, "The chapter that shows it, such as performance")
    unit: str = column(TEXT, "What is counted: children; percent; pounds")
    per: int | None = column(COUNT, "For a rate: per how many of the population")
    better: str = column(code(words.DIRECTION), "Which direction is the better one")
    target: Decimal | None = column(NUMBER, "The value that the Board wants it to reach")
    counts: str = column(TEXT, "Whom or what it counts: children, agencies, visits")
    protected: str = column(
        code(words.YES_NO),
        "Whether its counts could point to a child: then they stand in protected_measurements.csv",
    )
    ceiling: Decimal | None = column(NUMBER, "The highest value that is plausible")
    part_of: str | None = column(
        reference("measures.measure"), "The measure of which it is a part, and never above"
    )
    population: str | None = column(
        code(words.POPULATION), "Of whom it is the number, where shares and sums per child go by it"
    )
    same_as: str | None = column(
        TEXT, "The name of the number in another table that it repeats: child_deaths.deaths"
    )
    flow: str | None = column(
        IDENTIFIER, "A name shared by the measures that say how a number changed over a time"
    )
    flow_part: str | None = column(
        code(words.FLOW_PART),
        "Which of them it is: the number at its opening, starts, ends, closing",
    )
    definition: str = column(TEXT, "What is counted, in whom")
    note: str | None = column(TEXT, "Anything that whoever keeps the row must know")

    @property
    def is_share(self) -> bool:
        """Whether its values are percentages of a whole."""
        return self.unit.lower() in PERCENT_NAMES

    @property
    def is_rate(self) -> bool:
        """Whether its values are of a whole, per so many or in percent: such do not add up."""
        return self.per is not None or self.is_share

    @property
    def is_count(self) -> bool:
        """Whether it counts one by one, and is no rate and no sum of money."""
        return not self.is_rate and self.unit.lower() != POUNDS_NAME


class Measurement(SourcedRow):
    """The value of a measure in an area and a period, of all or of one category."""

    info = TableInfo(
        "measurements",
        "Measurements",
        keys=("measure", "area", "period", "dimension", "category"),
        protected=False,
    )
    measure: str = column(reference("measures.measure"), "The measure")
    area: str = column(reference("areas.area"), "The area that it is measured in")
    period: Period = column(PERIOD, "The period, or the day, that it is true of")
    dimension: str | None = column(
        code(words.DIMENSION), "What it is broken down by; empty: it is of all"
    )
    category: str | None = column(
        code(words.CATEGORY, within="dimension"), "The category of that dimension"
    )
    value: Decimal | None = column(
        SIGNED_NUMBER,
        "The value, in the unit of the measure; empty: worked out from the next two, or not known",
        unit=OF_THE_MEASURE,
    )
    numerator: Decimal | None = column(NUMBER, "For a rate or a share: what was counted")
    denominator: Decimal | None = column(NUMBER, "For a rate or a share: of how many")
    qualifier: str | None = column(
        code(words.VALUE_QUALIFIER),
        "How exact the value is said to be; empty: exact",
        next_year="empty",
    )
    status: str | None = column(
        code(words.VALUE_STATUS), "Whether it may still change; empty: final", next_year="empty"
    )
    definition_changed: str | None = column(
        TEXT,
        "What is counted otherwise from this period on, so that earlier values do not compare",
        next_year="empty",
    )
    revision: str | None = column(
        TEXT, "Why it differs from what an earlier year's own report has", next_year="empty"
    )
    printed_per: int | None = column(
        COUNT, "For a rate: per how many, where a document says another number"
    )

    @property
    def awaited(self) -> tuple[str, ...]:
        """Its value, where nothing is told of it, or the other half of what it is told from."""
        of = ("numerator", "denominator")
        empty = tuple(name for name in of if getattr(self, name) is None)
        if self.status == "not_available":
            return ()
        if len(empty) == len(of):
            return ("value",) if self.value is None else ()
        return empty

    @property
    def cell(self) -> tuple[str, str, str | None, str | None]:
        """What it is of, whatever the time: measure, area, dimension and category."""
        return self.measure, self.area, self.dimension, self.category

    @property
    def is_exact(self) -> bool:
        """Whether it is said to be exact."""
        return self.qualifier in (None, "exact")

    @property
    def is_final(self) -> bool:
        """Whether it will not change any more."""
        return self.status in (None, "final")

    @property
    def is_of_all(self) -> bool:
        """Whether it is not of one category alone."""
        return self.dimension is None and self.category is None


class ProtectedMeasurement(Measurement):
    """The value of a measure whose counts could point to a child."""

    info = TableInfo(
        "protected_measurements",
        "Measurements of protected counts",
        keys=("measure", "area", "period", "dimension", "category"),
        protected=True,
    )


MEASURED = (Measurement, ProtectedMeasurement)
"""The tables that hold measurements."""
MEASURING = (Measure, Area, *MEASURED)
"""The tables that whoever shows measurements reads."""


def measurements(tables: Tables) -> tuple[Measurement, ...]:
    """Return the measurements of a year, those of protected counts last."""
    return (*tables[Measurement], *tables[ProtectedMeasurement])
