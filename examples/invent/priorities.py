"""Strategic priorities: what was said and done, and the differences that measures bear out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from examples.invent.counts import counted
from examples.invent.measures import chosen
from examples.invent.stock import stock
from examples.invent.values import Values
from examples.invent.world import Line, World, Year


def strategic_priorities() -> list[Line]:
    """Return the priorities."""
    return [dict(row) for row in stock("priorities")]


def priority_statements(world: World, year: Year) -> list[Line]:
    """Return the statements of a year: only what measures show is claimed, but for one claim."""
    found: list[Line] = []
    for priority in (row["priority"] for row in stock("priorities")):
        for kind in ("said", "did", "difference"):
            lines = _differences(world, priority, year) if kind == "difference" else None
            for position, line in enumerate(lines or _said(priority, kind, year), start=1):
                place = {"priority": priority, "kind": kind, "position": position}
                found.append({**place, **line})
    return found


def claims_against_measures(world: World, year: Year) -> list[int]:
    """Return the rows, as a spreadsheet counts them, whose claim its measure does not bear out."""
    rows = priority_statements(world, year)
    return [number for number, row in enumerate(rows, start=2) if row.get("evidence") == _OWN]


_OWN = "own_account"


def _said(priority: str, kind: str, year: Year) -> Iterator[Line]:
    for row in stock("said"):
        is_of = row["priority"] == priority and row["kind"] == kind
        if is_of and int(row["from"]) <= year.first <= int(row["until"]):
            yield {"statement": row["statement"], "claim": "none"}


def _differences(world: World, priority: str, year: Year) -> list[Line]:
    known = {row["measure"]: row for row in chosen(world)}
    return [
        _difference(world, row, known[row["measure"]], year)
        for row in stock("differences")
        if row["priority"] == priority and row["measure"] in known
    ]


def _difference(
    world: World, row: Mapping[str, str], measure: Mapping[str, str], year: Year
) -> Line:
    series = _series(world, measure, year)
    direction = 1 if measure["better"] == "higher" else -1
    is_better = len(series) > 1 and (series[-1] - series[0]) * direction > 0
    if is_better and row["statement"]:
        told = {"measure": row["measure"], "claimed_from": series[0], "claimed_to": series[-1]}
        claim = {"claim": "improvement", "evidence": "figures"}
        return {"statement": row["statement"], **claim, **told}
    if row["claims_anyway"] and len(series) > 1 and world.is_northshire and year == world.latest:
        claim = {"claim": "improvement", "evidence": _OWN, "measure": row["measure"]}
        return {"statement": row["statement"], **claim}
    return {"statement": row["otherwise"], "claim": "none", "evidence": "one_figure"}


def _series(world: World, measure: Mapping[str, str], year: Year) -> list[Decimal]:
    """Return a measure's values in the area, of all years that are told by then."""
    values = Values(world, counted(world))
    has_history = "history" in measure["marks"].split(";")
    first = world.first.first - 2 * has_history
    found = (values.value(measure["measure"], when) for when in range(first, year.first + 1))
    return [value.value for value in found if value is not None]


def accepted(world: World, year: Year) -> list[Line]:
    """Return the acceptance of each claim that its measure does not bear out."""
    return [
        {
            "rule": "R25",
            "file": f"{year}/priority_statements.csv",
            "row": number,
            "reason": "The carers' survey says so; the measure counts all placements, and the new "
            "homes opened at the end of the year",
            "role": "Business Manager",
            "accepted": year.after(1).day(6, 18),
        }
        for number in claims_against_measures(world, year)
    ]
