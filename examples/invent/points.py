"""What a year says first: its points and key figures, each where it is true of the year."""

from __future__ import annotations

from collections.abc import Iterator

from examples.invent.prose import Tables, stands
from examples.invent.stock import stock, without
from examples.invent.world import Line, World, Year


def points(world: World, year: Year, tables: Tables) -> list[Line]:
    """Return the points of a year: their numbers are names, so that they hold in every year."""
    return list(_standing("points", world, year, tables))


def key_figures(world: World, year: Year, tables: Tables) -> list[Line]:
    """Return the key figures of a year, those of which it has the table."""
    return list(_standing("key_figures", world, year, tables))


def _standing(name: str, world: World, year: Year, tables: Tables) -> Iterator[Line]:
    for row in stock(name):
        if stands(row["where"], world, year, tables):
            yield {**without(row, "where")}
