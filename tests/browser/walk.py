"""A walk through a page by the Tab key: where it stops, and what it never reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page

_WALK = Path(__file__).with_name("walk.js").read_text("utf-8")
_MORE = 40
"""Stops besides what can be clicked: blocks that scroll."""


@dataclass(frozen=True)
class Box:
    """A place on the page, in px from its corner."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Stop:
    """What had the focus: its first and last line, and whether a person could see that it had."""

    told: str
    is_marked: bool
    is_uncovered: bool
    first: Box
    last: Box
    beside: Box | None
    """The menu or note that it is in, which may stand beside the text."""


@dataclass(frozen=True)
class Walk:
    """The stops in their order, and what can be clicked and was none of them."""

    stops: tuple[Stop, ...]
    missed: tuple[str, ...]

    def unseen(self) -> list[str]:
        """Return the stops whose focus could not be seen."""
        return [stop.told for stop in self.stops if not (stop.is_marked and stop.is_uncovered)]

    def leaps(self) -> list[str]:
        """Return the steps against the order in which a page is read."""
        return list(_leaps(self.stops))


def walk(page: Page) -> Walk:
    """Press Tab from the top of a page until the focus leaves it."""
    count = page.evaluate(_WALK)
    stops = []
    for _ in range(count + _MORE):
        page.keyboard.press("Tab")
        stop = page.evaluate("() => window.walk.stop()")
        if stop is None:
            break
        stops.append(
            Stop(
                stop["told"],
                stop["marked"],
                stop["uncovered"],
                Box(**stop["first"]),
                Box(**stop["last"]),
                stop["beside"] and Box(**stop["beside"]),
            )
        )
    return Walk(tuple(stops), tuple(page.evaluate("() => window.walk.missed()")))


def _leaps(stops: Sequence[Stop]) -> Iterator[str]:
    """Yield the steps that go back: up, but to a column further right, or left on one line.

    From what stands beside the text, the text may go on where that began.
    """
    for one, other in pairwise(stops):
        is_left = one.beside is not None and one.beside != other.beside
        before, after = one.beside if is_left and one.beside else one.last, other.first
        goes_up = after.bottom <= before.top and after.left < before.right
        middle = (after.top + after.bottom) / 2
        goes_left = before.top < middle < before.bottom and after.right <= before.left
        if goes_up or (goes_left and not is_left):
            yield f"{one.told}, then {other.told}"
