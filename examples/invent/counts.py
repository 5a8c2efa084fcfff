"""What measures follow from other tables: how many and of how many, by measure and year."""

from __future__ import annotations

from functools import cache

from examples.invent import cases, deaths, learning
from examples.invent.values import Cases
from examples.invent.world import World, Year


@cache
def counted(world: World) -> Cases:
    """Return what the measures come to that other tables of a year tell."""
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for year in world.years:
        for measure, told in _of_year(world, year).items():
            found.setdefault(measure, {})[year.first] = told
    return found


def _of_year(world: World, year: Year) -> dict[str, tuple[int, int]]:
    done = deaths.register(world, year).done
    found = {
        "booked_places_taken": learning.places_taken(world, year),
        "confident_afterwards": learning.answers(world, year, "after"),
        "used_in_practice": learning.answers(world, year, "later"),
        "audits_good": learning.cases_good(world, year),
        "reviewed_in_year": (deaths.within_a_year(world, year, done), done),
    }
    number, late = cases.notified(world, year)
    if cases.referred(world, year):
        found["serious_incidents"] = number, 0
        found["rapid_reviews_in_time"] = number - late, number
    return found
