"""Measures: their list, the areas, and the measurements of each year's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from examples.invent.chance import path, split
from examples.invent.stock import stock, without
from examples.invent.values import CHANGED_IN, Cases, Value, Values
from examples.invent.world import Line, World, Year

_MODEL = ("model", "level", "of", "local", "drift", "national", "wobble", "when", "compared", "by")
_QUARTERS = ((4, 6), (7, 9), (10, 12), (1, 3))
_FIRST = 2008
# How a whole falls into categories, by dimension: of the usual words.
_PARTS: Mapping[str, Mapping[str, float]] = {
    "abuse": {
        "neglect": 48,
        "emotional_abuse": 37,
        "physical_abuse": 7,
        "sexual_abuse": 4,
        "multiple": 4,
    },
    "placement": {
        "foster_care": 66,
        "kinship_care": 13,
        "residential_care": 9,
        "with_parents": 6,
        "independent_living": 4,
        "other_placement": 2,
    },
    "source": {
        "police_contact": 34,
        "school_contact": 22,
        "health_contact": 17,
        "family_contact": 15,
        "other_contact": 12,
    },
    "sex": {"female": 54, "male": 46},
    "age": {"1_to_4": 6, "5_to_9": 16, "10_to_15": 58, "16_and_over": 20},
    "employer": {
        "school": 33,
        "early_years_setting": 13,
        "health_service": 8,
        "social_care": 9,
        "foster_carer": 15,
        "police_service": 3,
        "voluntary_organisation": 9,
        "other_employer": 10,
    },
    "outcome": {
        "substantiated": 34,
        "unsubstantiated": 36,
        "unfounded": 13,
        "malicious": 4,
        "outcome_open": 13,
    },
}


def areas(world: World) -> list[Line]:
    """Return the areas: the board's own, its neighbours, the region and the country."""
    names = world.names
    kinds = {names.area: "own", **dict.fromkeys(names.neighbours, "neighbour")}
    kinds |= {names.region: "region", "England": "nation"}
    return [{"area": area, "kind": kind} for area, kind in kinds.items()]


def chosen(world: World) -> tuple[Mapping[str, str], ...]:
    """Return the measures that the board follows: all, or most of those that none other needs."""
    needed = {row["of"].partition("*")[0].partition("/")[0] for row in stock("measures")}
    return tuple(
        row
        for row in stock("measures")
        if row["flow"]
        or row["population"]
        or row["measure"] in needed
        or world.has(f"measure {row['measure']}", 0.85)
    )


def measures(world: World) -> list[Line]:
    """Return the list of measures."""
    return [dict(without(dict(row), *_MODEL, "marks")) for row in chosen(world)]


def told(world: World, cases: Cases) -> dict[Year, list[Line]]:
    """Return the measurements of every year, the board's own area before the others."""
    values = Values(world, cases)
    return {
        year: [line for row in chosen(world) for line in _of_measure(world, values, row, year)]
        for year in world.years
    }


def is_protected(world: World, line: Line) -> bool:
    """Whether a measurement belongs to the table of protected counts."""
    protected = {row["measure"] for row in stock("measures") if row["protected"] == "yes"}
    return line["measure"] in protected and line["area"] == world.names.area


def _of_measure(world: World, values: Values, row: Mapping[str, str], year: Year) -> Iterator[Line]:
    value = values.value(row["measure"], year.first)
    if value is None:
        return
    marks = row["marks"].split(";")
    own = {"measure": row["measure"], "area": world.names.area}
    has_history = "history" in marks and year == world.first
    history = range(year.first - 2, year.first) if has_history else ()
    for first in history:
        before = values.value(row["measure"], first)
        assert before is not None
        yield {**own, "period": _period(row, Year(first)), **_cells(before)}
    if "revised" in marks and _is_revised(world, year):
        yield {**own, **_revised(row, values, year.after(-1))}
    status = {"status": "provisional"} if "provisional" in marks and year == world.latest else {}
    changed = _change(world, year) if "changed" in marks else {}
    yield {**own, "period": _period(row, year), **_cells(value), **status, **changed}
    yield from _quarters(world, values, row, year)
    yield from _categories(world, row, year, value)
    for first in (*history, year.first):
        yield from _others(world, row, Year(first))


def _period(row: Mapping[str, str], year: Year) -> str:
    """Return the time that a measure is of in a reporting year."""
    return {
        "end": year.day(3, 31),
        "midyear": year.day(6, 30),
        "september": f"year to September {year.first}",
        "calendar": str(year.first - 1),
    }.get(row["when"], str(year))


def _cells(value: Value) -> Line:
    counted = {"numerator": value.numerator, "denominator": value.denominator}
    return {"value": value.value, **{k: n for k, n in counted.items() if n is not None}}


def _is_revised(world: World, year: Year) -> bool:
    return len(world.years) > 1 and year == world.years[(len(world.years) + 1) // 2]


def _revised(row: Mapping[str, str], values: Values, year: Year) -> Line:
    """Return what a count of the year before came to after late returns."""
    late = values.count(row["measure"], year.first)
    reason = "Returns that came in after the report for that year have been added"
    return {"period": _period(row, year), "value": late + late // 40 + 1, "revision": reason}


def _change(world: World, year: Year) -> Line:
    if year.first != CHANGED_IN or year == world.first:
        return {}
    return {
        "definition_changed": "the day now begins when a contact arrives, and no longer when "
        "somebody opens it"
    }


def _quarters(world: World, values: Values, row: Mapping[str, str], year: Year) -> Iterator[Line]:
    """Yield the quarters of the latest year, whose counts come to the year's."""
    if "quarters" not in row["marks"].split(";") or year != world.latest:
        return
    chance = world.chance("quarters", row["measure"])
    whole = values.value(row["measure"], year.first)
    assert whole is not None
    weights = [chance.near(1, 0.14) for _ in _QUARTERS]
    numbers = split(whole.numerator or int(whole.value), weights)
    of = split(whole.denominator or 0, [w * chance.near(1, 0.05) for w in weights])
    for (first, last), number, denominator in zip(_QUARTERS, numbers, of, strict=True):
        period = f"{year.month(first)} to {year.month(last)}"
        line = {"measure": row["measure"], "area": world.names.area, "period": period}
        if whole.denominator is None:
            yield {**line, "value": number}
        else:  # the value follows from the two
            yield {**line, "numerator": number, "denominator": denominator}


def _categories(world: World, row: Mapping[str, str], year: Year, whole: Value) -> Iterator[Line]:
    for dimension in filter(None, row["by"].split(";")):
        parts = _PARTS[dimension]
        courses = [
            path(world.chance("part", row["measure"], dimension, code), 18, 0, 0.1)
            for code in parts
        ]
        weights = [
            weight * course[year.first - _FIRST]
            for weight, course in zip(parts.values(), courses, strict=True)
        ]
        for code, number in zip(parts, split(int(whole.value), weights), strict=True):
            yield {
                "measure": row["measure"],
                "area": world.names.area,
                "period": _period(row, year),
                "dimension": dimension,
                "category": code,
                "value": number,
            }


def _others(world: World, row: Mapping[str, str], year: Year) -> Iterator[Line]:
    """Yield a measure in the areas that it is compared with."""
    if not row["compared"]:
        return
    names = world.names
    near = names.neighbours if row["compared"] == "all" else ()
    level = float(row["level"]) * (1 + float(row["national"] or 0) * (year.first - 2020))
    missing = "missing" in row["marks"].split(";")
    for area in (*near, names.region, "England"):
        line = {"measure": row["measure"], "area": area, "period": _period(row, year)}
        if missing and area == _unknown_in(world, near, year):
            note = "The area has not published it" if near else "Not yet published"
            yield {**line, "status": "not_available", "note": note}
        else:
            yield {**line, "value": _beside(world, row, area, level, year)}


def _unknown_in(world: World, near: Sequence[str], year: Year) -> str:
    """Return the area of which no value is to be had: in one year a neighbour, or the country."""
    if near:
        return near[min(2, len(near) - 1)] if year == world.first.after(1) else ""
    return "England" if year == world.latest else ""


def _beside(world: World, row: Mapping[str, str], area: str, level: float, year: Year) -> Decimal:
    chance = world.chance("beside", row["measure"], area)
    wobble = float(row["wobble"] or 0.02)
    spread = {"England": 0, world.names.region: 0.06}.get(area, 0.22)
    place = chance.near(1, spread)
    moved = path(chance, 18, 0, wobble * (0.3 if spread < 0.1 else 1))[year.first - _FIRST]
    value = level * place * moved
    if row["unit"] == "percent":
        value = min(value, 98.7)
    return Decimal(f"{value:.0f}" if value >= 400 else f"{value:.1f}")
