"""What is left to chance: numbers that follow from a seed and from what they are for.

Each thing draws from a stream of its own, so that adding one changes no other. Only `random()` of
the standard library's generator is used, and plain arithmetic on it, so that every machine agrees.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance:
    """A stream of chances for one purpose."""

    def __init__(self, *purpose: object) -> None:
        self._random = random.Random(" ".join(str(part) for part in purpose))

    def between(self, low: float, high: float) -> float:
        """Return a number from low to high, all alike."""
        return low + (high - low) * self._random.random()

    def near(self, middle: float, part: float) -> float:
        """Return a number near a middle one, at most that part of it away, and mostly less."""
        away = sum(self.between(-1, 1) for _ in range(3)) / 3
        return middle * (1 + part * away)

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def happens(self, part: float) -> bool:
        """Return whether something happens that does so in a part of all cases."""
        return self._random.random() < part

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """Return one of some things."""
        return things[self.whole(0, len(things) - 1)]

    def some_of(self, things: Sequence[Thing], number: int) -> list[Thing]:
        """Return a number of different things, in their own order."""
        left = list(range(len(things)))
        chosen = [left.pop(self.whole(0, len(left) - 1)) for _ in range(min(number, len(things)))]
        return [things[place] for place in sorted(chosen)]


def split(total: int, weights: Sequence[float]) -> list[int]:
    """Return a whole number split by weights into parts that come to it, the nearest there are."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def path(chance: Chance, steps: int, drift: float, wobble: float) -> list[float]:
    """Return how something moves from 1: a steady drift, and shocks that fade from year to year."""
    found, shock = [], 0.0
    for step in range(steps):
        shock = 0.5 * shock + wobble * sum(chance.between(-1, 1) for _ in range(2)) / 2
        found.append((1 + drift * step) * (1 + shock))
    return found


def rounded(number: float, step: int) -> int:
    """Return a number rounded to a multiple of a step."""
    return round(number / step) * step
