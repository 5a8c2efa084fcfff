"""Self-assessments: the standards, and how agencies graded themselves, every other year."""

from __future__ import annotations

from collections.abc import Sequence

from examples.invent.board import agencies_of
from examples.invent.stock import stock
from examples.invent.world import Line, World, Year

_SCHOOLS = ("schools_forum", "college", "sixth_form")


def standards() -> list[Line]:
    """Return the standards of both exercises."""
    return [dict(row) for row in stock("standards")]


def exercise_in(year: Year) -> str:
    """Return the exercise of a year: the agencies' every other, the schools' between; or ""."""
    return "section_11" if year.first % 2 else "schools" if year.first % 4 == 2 else ""


def self_assessments(world: World, year: Year) -> list[Line]:
    """Return the grades that agencies gave themselves in a year."""
    exercise = exercise_in(year)
    asked = [row["standard"] for row in stock("standards") if row["exercise"] == exercise]
    return [
        {
            "exercise": exercise,
            "agency": agency,
            "standard": standard,
            "grade": _grade(world, agency, standard, year),
            "assessed": year.month(11 if agency < "f" else 12),
        }
        for agency in _asked(world, exercise, year)
        for standard in asked
    ]


def _asked(world: World, exercise: str, year: Year) -> Sequence[str]:
    here = [row["agency"] for row in agencies_of(world, year)]
    return [agency for agency in here if (agency in _SCHOOLS) == (exercise == "schools")]


def _grade(world: World, agency: str, standard: str, year: Year) -> str:
    """Return a grade: each agency stands somewhere, and moves up a little with the years."""
    if standard == "service_design" and agency == "ambulance":
        return "not_applicable"
    stands = world.chance("stands", agency, standard).between(0, 1) + 0.06 * (year.first - 2021)
    return "met" if stands > 0.32 else "partly" if stands > 0.06 else "not_met"
