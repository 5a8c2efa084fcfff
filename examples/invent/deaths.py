"""The deaths of children, the reviews of them, and what was learnt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from examples.invent.chance import split
from examples.invent.stock import stock
from examples.invent.world import Line, World, Year

_BEGINS = 2012
_AGES: Mapping[str, float] = {
    "0 to 27 days": 39,
    "28 to 364 days": 21,
    "1 to 4 years": 12,
    "5 to 9 years": 8,
    "10 to 14 years": 9,
    "15 to 17 years": 11,
}
_CATEGORIES: Mapping[str, float] = {
    "perinatal": 32,
    "congenital": 22,
    "unexplained": 9,
    "acute_condition": 8,
    "malignancy": 7,
    "trauma": 6,
    "infection": 6,
    "chronic_condition": 5,
    "self_harm": 4,
    "inflicted": 1,
}
_ETHNICITY: Mapping[str, float] = {
    "white": 76,
    "asian": 11,
    "mixed": 6,
    "black": 4,
    "ethnicity_unknown": 3,
}


@dataclass(frozen=True)
class Register:
    """How many children died in a year, how many reviews it completed, how many wait at its end."""

    died: int
    done: int
    waiting: int


@cache
def register(world: World, year: Year) -> Register:
    """Return the numbers of a year; those that wait go on from the year before."""
    usual = world.children * 30 / 100_000
    if year.first < _BEGINS:
        return Register(0, 0, round(usual * 0.8))
    before = register(world, year.after(-1)).waiting
    died = max(2, round(world.chance("deaths", year).near(usual, 0.3)))
    part = 0.72 if year.first == 2020 else 1
    done = round(world.chance("done", year).near(usual * part, 0.25))
    done = max(1, min(done, before + died - round(usual * 0.4)))
    done = max(done, before + died - round(usual * 1.2))
    return Register(died, done, before + died - done)


def child_deaths(world: World, year: Year) -> list[Line]:
    """Return the deaths and the completed reviews of a year, by what they are broken down by."""
    told = register(world, year)
    died, done = told.died, told.done
    lines = [*_by("deaths", "total", {"all": 1}, died, world, year)]
    lines += _by("deaths", "sex", {"male": 55, "female": 45}, died, world, year)
    lines += _by("deaths", "age_band", _AGES, died, world, year)
    lines += _by("reviews", "total", {"all": 1}, done, world, year)
    lines += _by("reviews", "sex", {"male": 54, "female": 46}, done, world, year)
    lines += _by("reviews", "age_band", _AGES, done, world, year)
    factors = {"modifiable": 38, "not_modifiable": 56, "insufficient": 6}
    lines += _by("reviews", "modifiable", factors, done, world, year)
    return [*lines, *_by_more(world, year, told)] if world.knows("reviews") else lines


def _by_more(world: World, year: Year, told: Register) -> Iterator[Line]:
    """Yield the breakdowns of the national database, and the deaths that wait for a review."""
    died, done = told.died, told.done
    expected = {"expected": 60, "unexpected": 40}
    yield from _by("deaths", "expected", expected, died, world, year)
    yield from _by("deaths", "ethnicity", _ETHNICITY, died, world, year)
    yield from _by("reviews", "category", _CATEGORIES, done, world, year)
    within = within_a_year(world, year, done)
    quick = within // 3
    times = (quick, within - quick, done - within)
    codes = ("within_6_months", "6_to_12_months", "over_12_months")
    for code, number in zip(codes, times, strict=True):
        yield _line("reviews", "timeliness", code, number)
    yield _line("waiting", "total", "all", told.waiting)


def within_a_year(world: World, year: Year, done: int) -> int:
    """Return how many of the reviews of a year were completed within twelve months of the death."""
    part = 0.5 + 0.03 * (year.first - 2020) + world.chance("in time", year).between(-0.06, 0.06)
    return min(done, max(0, round(done * part)))


def _by(
    of: str, dimension: str, parts: Mapping[str, float], whole: int, world: World, year: Year
) -> Iterator[Line]:
    chance = world.chance("death", of, dimension, year)
    weights = [weight * chance.between(0.6, 1.4) for weight in parts.values()]
    for code, number in zip(parts, split(whole, weights), strict=True):
        yield _line(of, dimension, code, number)


def _line(of: str, dimension: str, code: str, number: int) -> Line:
    return {"counted": of, "dimension": dimension, "category": code, "children": number}


def cdop_lessons(year: Year) -> list[Line]:
    """Return the lessons of a year, two in each."""
    rows = stock("lessons")
    first = 2 * (year.first % (len(rows) // 2))
    return [{k: v for k, v in row.items() if k != "thread"} for row in rows[first : first + 2]]
