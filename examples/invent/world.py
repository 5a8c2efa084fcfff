"""What everything else is invented in: the seed, the years, the names, the size of the area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from examples.invent.chance import Chance
from examples.invent.naming import Names, names_of

NORTHSHIRE = 1
LAST_YEAR = 2024
MOST_YEARS = 12
"""The first year of the longest root is 2013-14, the first under a guidance that is held."""

Line = dict[str, object]
"""A row of a table on its way to a file: the columns that it fills."""


@dataclass(frozen=True)
class Year:
    """A reporting year, April to March, by the calendar year in which it begins."""

    first: int

    def __str__(self) -> str:
        return f"{self.first}-{(self.first + 1) % 100:02d}"

    def after(self, years: int) -> Year:
        """Return the year that comes some years later, or earlier."""
        return Year(self.first + years)

    def month(self, number: int) -> str:
        """Return a month of the year as tables write it: 4 is its first, 3 its last."""
        return f"{self.first + (number < 4)}-M{number:02d}"

    def day(self, number: int, day: int) -> str:
        """Return a day of a month of the year as tables write it."""
        return f"{self.month(number)}-{day:02d}"

    def plain_day(self, number: int, day: int) -> str:
        """Return a day of a month of the year as settings write it: 2025-03-31."""
        return self.day(number, day).replace("-M", "-")


@dataclass(frozen=True)
class World:
    """One invented board.

    `known` are the columns of the tables that the package has: what it does not have is not written
    and, where sums depend on it, not counted.
    """

    seed: int
    years: tuple[Year, ...]
    known: Mapping[str, frozenset[str]] = field(hash=False)

    @property
    def is_northshire(self) -> bool:
        """Whether it is the example that the repository holds."""
        return self.seed == NORTHSHIRE

    def chance(self, *purpose: object) -> Chance:
        """Return what is left to chance for a purpose."""
        return Chance(self.seed, *purpose)

    def knows(self, table: str, column: str = "") -> bool:
        """Whether the package has a table, and a column of it."""
        return table in self.known and (not column or column in self.known[table])

    def has(self, part: str, likely: float = 0.75) -> bool:
        """Whether the board has a part that a board may lack; Northshire has them all."""
        return self.is_northshire or self.chance("has", part).happens(likely)

    @cached_property
    def names(self) -> Names:
        """What the board, its agencies and its areas are called."""
        return names_of(self.seed, northshire=self.is_northshire)

    @cached_property
    def children(self) -> int:
        """How many people under 18 live in the area in the first year that is told of."""
        return 118_400 if self.is_northshire else self.chance("size").whole(31_000, 240_000)

    @property
    def latest(self) -> Year:
        """The latest year of the root."""
        return self.years[-1]

    @property
    def first(self) -> Year:
        """The earliest year of the root."""
        return self.years[0]


def years_until_last(number: int) -> tuple[Year, ...]:
    """Return a number of years, the latest of them 2024-25."""
    return tuple(Year(LAST_YEAR - back) for back in range(number - 1, -1, -1))
