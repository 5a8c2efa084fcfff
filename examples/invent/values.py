"""What measures come to in the board's own area: counts first, and rates and shares of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from examples.invent.chance import path
from examples.invent.stock import stock
from examples.invent.world import World

_FIRST, _BASE = 2008, 2020
"""The year in which every path begins, and the one of which the stock tells the level."""
_STEPS = 18
_LOCKDOWN = {2020: 0.84, 2021: 0.97}
_CHANGED = 0.88
"""What is left of a share when it is counted more strictly, from 2022-23 on."""
CHANGED_IN = 2022


@dataclass(frozen=True)
class Value:
    """A value of a measure, and what it was worked out from where that is told."""

    value: Decimal
    numerator: int | None = None
    denominator: int | None = None


def rate(numerator: int, denominator: int, factor: int) -> Value:
    """Return a rate or a share, to one decimal, halves away from zero."""
    exact = Decimal(numerator) / Decimal(denominator) * factor
    return Value(exact.quantize(Decimal("0.1"), ROUND_HALF_UP), numerator, denominator)


Cases = Mapping[str, Mapping[int, tuple[int, int]]]
"""Of measures that follow from other tables: by year, how many and of how many."""


class Values:
    """The values of every measure in the area, by the calendar year in which a year begins."""

    def __init__(self, world: World, cases: Cases) -> None:
        self._world = world
        self._cases = cases
        self._counts: dict[tuple[str, int], int] = {}

    @cached_property
    def _measures(self) -> dict[str, dict[str, str]]:
        return {row["measure"]: row for row in stock("measures")}

    def value(self, measure: str, year: int) -> Value | None:
        """Return a measure's value of a year; None where other tables tell of none."""
        row = self._measures[measure]
        model, factor = row["model"], int(row["per"] or 100)
        if model == "counted":
            return self._of_cases(row, year, factor)
        if model == "number":
            level = float(row["level"]) * self.course(row, year)
            return Value(Decimal(f"{level:.1f}"))
        if model in ("people", "count", "flow"):
            return Value(Decimal(self.count(measure, year)))
        if model == "rate_of":
            return rate(self.count(row["of"], year), self.count("under_18", year), factor)
        if model == "between":
            top, _, bottom = row["of"].partition("/")
            return rate(self.count(top, year), self.count(bottom, year), factor)
        return self._worked_out(row, year, factor)

    def count(self, measure: str, year: int) -> int:
        """Return what a measure counts in a year: itself, or the numerator of its rate."""
        key = measure, year
        if key not in self._counts:
            self._counts[key] = self._count(self._measures[measure], year)
        return self._counts[key]

    def course(self, row: Mapping[str, str], year: int) -> float:
        """Return a measure's local course: 1 would be the nation's level of 2020-21."""
        world = self._world
        chance = world.chance("course", row["measure"])
        local, drift = float(row["local"] or 1), float(row["drift"] or 0)
        if not world.is_northshire:
            spread = 0 if row["model"] in ("people", "between", "rate_of") else 0.12
            local, drift = local * chance.near(1, spread), drift * chance.between(-0.3, 1.3)
        steps = path(chance, _STEPS, 0, float(row["wobble"] or 0))
        moved = local * (1 + drift * (year - _BASE)) * steps[year - _FIRST]
        marks = row["marks"].split(";")
        lockdown = _LOCKDOWN.get(year, 1) if "lockdown" in marks else 1
        return moved * lockdown * (_CHANGED if "changed" in marks and year >= CHANGED_IN else 1)

    def _of_cases(self, row: Mapping[str, str], year: int, factor: int) -> Value | None:
        told = self._cases.get(row["measure"], {}).get(year)
        if told is None or (row["unit"] == "percent" and not told[1]):
            return None
        return Value(Decimal(told[0])) if row["unit"] != "percent" else rate(*told, factor)

    def _worked_out(self, row: Mapping[str, str], year: int, factor: int) -> Value:
        """Return a rate per so many people, or a share of what another measure counts."""
        part = float(row["level"]) * self.course(row, year) / factor
        if row["model"] == "rate":
            whole = round(self.count("under_18", year) * float(row["of"]))
        else:
            whole, part = max(1, self._of_other(row["of"], year)), min(part, 0.985)
        return rate(round(whole * part), whole, factor)

    def _of_other(self, of: str, year: int) -> int:
        """Return how many a share is of: a number per 10,000 children, or a measure's count."""
        name, _, times = of.partition("*")
        if name[0].isdigit():
            return round(float(name) * self.count("under_18", year) / 10_000)
        return round(self.count(name, year) * float(times or 1))

    def _count(self, row: Mapping[str, str], year: int) -> int:
        if row["model"] == "people":
            return round(self._world.children * float(row["level"]) * self.course(row, year))
        if row["model"] == "flow":
            return self._flow(row["measure"], year)
        if row["model"] == "rate":
            return self._worked_out(row, year, int(row["per"])).numerator or 0
        level = float(row["level"]) * self.course(row, year)
        return round(level * self.count("under_18", year) / 10_000)

    def _flow(self, measure: str, year: int) -> int:
        """Return one of the four numbers of a flow; two of them follow from the others."""
        what = measure.partition("_")[0]
        if measure.endswith("_opening"):
            return self.count(f"{what}_closing", year - 1)
        if measure.endswith("_ends"):
            came = self.count(f"{what}_opening", year) + self.count(f"{what}_starts", year)
            return max(0, came - self.count(f"{what}_closing", year))
        row = self._measures[measure]
        level = float(row["level"]) * self.course(row, year)
        return round(level * self.count("under_18", year) / 10_000)
