"""What changed since the year before: things counted that stand in rows of one year or of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hscb_report.figures import Figure
from hscb_report.schema import Row


def counted(found: Iterable[Iterable[Row]], *lists: Sequence[Row]) -> Figure:
    """Return the number of things found, each of the rows that it stands in.

    The figure rests on those rows, and on the files of all `lists` that were held against each
    other: that something is new can only be told from both years' lists.
    """
    things = [tuple(rows) for rows in found]
    places = sorted({row.place for rows in things for row in rows})
    searched = {row.place.file for rows in lists for row in rows} - {place.file for place in places}
    return Figure(len(things), tuple(places), searched=tuple(sorted(searched)))


def alike(text: str) -> str:
    """Return a text as it is compared: capitals and spaces make no difference."""
    return " ".join(text.casefold().split())
