"""The budget: who pays, what it is spent on, what is left; every year's books close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from examples.invent.board import agencies_of, named, word
from examples.invent.chance import rounded, split
from examples.invent.stock import stock
from examples.invent.world import Line, World, Year

_OPENING = 62_400
_RESULTS = (0.041, 0.026, -0.038, -0.049, 0.012, 0.03, -0.02)
"""What is left of a year's income, as a part of it, from 2020-21 on: the years of the story."""
_HEADINGS: Mapping[str, tuple[str, str, float]] = {
    "Business unit": ("staff", "other", 58),
    "Independent scrutiny": ("scrutiny", "other", 7.5),
    "Training": ("training", "training", 10.5),
    "Case reviews": ("case_reviews", "case_reviews", 8),
    "Child death review arrangements": ("child_death_reviews", "child_death_reviews", 5.5),
    "Online procedures": ("other", "other", 3),
    "Audits and data": ("other", "other", 3.5),
    "Work with children and families": ("other", "other", 2.5),
    "Rooms and office costs": ("other", "other", 1.5),
}
_OTHER_INCOME: Mapping[str, tuple[str, float]] = {
    "Charges for places not taken up": ("training", 0.012),
    "Training sold to other areas": ("training", 0.02),
    "Grant for work on exploitation": ("grant", 0.03),
}
_IN_KIND: Mapping[str, tuple[str, float | None]] = {
    "council": ("Offices and information technology for the business unit", 0.045),
    "care_board": ("Time of the designated professionals for rapid reviews", 0.03),
    "police": ("An analyst, one day each week", 0.02),
    "hospitals": ("Rooms for training", 0.006),
    "voluntary": ("Young people's time with the scrutiny panel", None),
}


@dataclass(frozen=True)
class Books:
    """What a year's account comes to, in pounds."""

    contributions: Mapping[str, int]
    other: Mapping[str, int]
    spend: Mapping[str, int]
    opening: int

    @property
    def closing(self) -> int:
        """What is carried forward."""
        came_in = sum(self.contributions.values()) + sum(self.other.values())
        return self.opening + came_in - sum(self.spend.values())


@cache
def books(world: World, year: Year) -> Books:
    """Return the account of a year; it opens with what the year before closed with."""
    paid, other = _paid(world, year), _other(world, year)
    income = sum(paid.values()) + sum(other.values())
    spent = income - rounded(income * _result(world, year), 10)
    is_first = year == world.first
    opening = _opening(world) if is_first else books(world, year.after(-1)).closing
    lines = [line for line in _HEADINGS if _is_spent_on(line, world, year)]
    weights = [
        _HEADINGS[line][2] * world.chance("spend", line, year).near(1, 0.12) for line in lines
    ]
    return Books(paid, other, dict(zip(lines, split(spent, weights), strict=True)), opening)


def contributions(world: World, year: Year) -> list[Line]:
    """Return what each agency paid, was to pay, and is to pay in the next year."""
    paid, following = books(world, year).contributions, _agreed(world, year.after(1))
    agreed = _agreed(world, year)
    return [
        {
            "agency": row["agency"],
            "organisation": named(world, row["name"]),
            "amount": paid[row["agency"]],
            "budget": agreed[row["agency"]],
            "next_year": following.get(row["agency"]) or _successors_part(row, following),
        }
        for row in agencies_of(world, year)
        if row["agency"] in paid
    ]


def expenditure(world: World, year: Year) -> list[Line]:
    """Return what the money was spent on, was to be, and is to be in the next year."""
    following = books(world, year.after(1)).spend
    return [
        {
            "line": line,
            "statutory_heading": word(world, "statutory_heading", *_HEADINGS[line][:2]),
            "amount": amount,
            "budget": _planned(world, line, amount, year),
            "next_year": _planned(world, line, following[line], year.after(1)),
        }
        for line, amount in books(world, year).spend.items()
    ]


def fund_balances(world: World, year: Year) -> list[Line]:
    """Return what was brought into the year and what is carried out of it."""
    account = books(world, year)
    return [
        {"balance": "brought_forward", "amount": account.opening},
        {"balance": "carried_forward", "amount": account.closing},
    ]


def budget_totals(world: World, year: Year) -> list[Line]:
    """Return the totals that the account states on both of its sides."""
    account = books(world, year)
    whole = account.closing + sum(account.spend.values())
    return [{"total": total, "amount": whole} for total in ("income", "expenditure")]


def other_income(world: World, year: Year) -> list[Line]:
    """Return the income that is no contribution."""
    following = _other(world, year.after(1))
    return [
        {
            "line": line,
            "kind": _OTHER_INCOME[line][0],
            "amount": amount,
            "budget": _planned(world, line, amount, year),
            "next_year": _planned(world, line, following[line], year.after(1)),
        }
        for line, amount in books(world, year).other.items()
    ]


def help_in_kind(world: World, year: Year) -> list[Line]:
    """Return what agencies give that is no money."""
    here = {row["agency"]: named(world, row["name"]) for row in agencies_of(world, year)}
    whole = sum(books(world, year).contributions.values())
    return [
        {
            "agency": agency,
            "organisation": here[agency],
            "help": given,
            "value": "" if part is None else rounded(whole * part, 100),
        }
        for agency, (given, part) in _IN_KIND.items()
        if agency in here
    ]


def _paid(world: World, year: Year) -> dict[str, int]:
    """Return the contributions of a year: they rise in some years only."""
    rise = 1 + 0.02 * max(0, year.first - 2021) - 0.02 * max(0, 2021 - year.first)
    scale = 0.35 + 0.65 * world.children / 118_400  # a small area needs more of each agency
    return {
        row["agency"]: rounded(int(row["pays"]) * 100 * scale * rise, 10)
        for row in agencies_of(world, year)
        if row["pays"]
    }


def _other(world: World, year: Year) -> dict[str, int]:
    if not world.knows("other_income"):
        return {}
    whole = sum(_paid(world, year).values())
    lines = list(_OTHER_INCOME)[: 2 if year.first < 2022 else 3]
    return {
        line: round(whole * _OTHER_INCOME[line][1] * world.chance(line, year).near(1, 0.3))
        for line in lines
    }


def _successors_part(row: Mapping[str, str], following: Mapping[str, int]) -> int | None:
    """Return what an agency that ends is to pay next year: its part of what its successor does."""
    whole = following.get(row["successor"])
    alike = [other for other in stock("agencies") if other["successor"] == row["successor"]]
    weights = [int(other["pays"]) for other in alike]
    place = [other["agency"] for other in alike].index(row["agency"])
    return split(whole, weights)[place] if whole is not None else None


def _agreed(world: World, year: Year) -> dict[str, int]:
    """Return what was agreed for a year: what was paid, but for one agency that paid less."""
    short = world.chance("short", year).one_of(("college", "fire", "housing", "district_two"))
    return {
        agency: amount + (500 if agency == short else 0)
        for agency, amount in _paid(world, year).items()
    }


def _planned(world: World, line: str, came_to: int, year: Year) -> int:
    """Return what a year's budget had for a line, by what it came to in the end."""
    return rounded(came_to * world.chance("plan", line, year).near(1.005, 0.06), 100)


def _result(world: World, year: Year) -> float:
    if world.is_northshire and year.first >= 2020:
        return _RESULTS[year.first - 2020]
    return world.chance("result", year).between(-0.03, 0.035)


def _opening(world: World) -> int:
    scale = world.children / 118_400
    return _OPENING if world.is_northshire else rounded(_OPENING * (0.5 + scale / 2), 100)


def _is_spent_on(line: str, world: World, year: Year) -> bool:
    return line != "Work with children and families" or year.first >= 2022 or world.is_northshire
