"""Prose: pages and commentary from `texts/`, each block of them where it is true of the year.

A block is what stands between blank lines. One that begins with a line "? a; b" stands only where
all that the line names is so, or one of what stands on both sides of an `or`: a table that the year
holds, or a column or code of one (`child_deaths.waiting`); `measure:` and a measure that it tells;
`better:` or `worse:` and a measure that it tells, of how it moved from the year before; a year;
`>=` and a year from which on it is so; `year before`, if the root holds that; `northshire`; with
`not` before it, the opposite. On a heading it is of the whole section. A page whose first block
does not stand is no page of the year, and a heading needs a block after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template

from examples.invent.counts import counted
from examples.invent.stock import stock
from examples.invent.values import Values
from examples.invent.world import Line, World, Year

_FOLDER = Path(__file__).parent / "texts"
_NUMBERS = {
    "under 18": "The age below which a person is a child",
    "under 16": "The age up to which the measure counts",
    "10,000 children": "The unit of a rate",
    "100,000 children": "The unit of a rate",
    "100,000 young people": "The unit of a rate",
    "45 working days": "A time that the national guidance sets",
    "15 working days": "A time that the national guidance sets",
    "within 72 hours": "A time that the national guidance sets",
    "within twelve months": "The time that the measure counts",
    "Three months later": "When participants are asked again",
    "after three months": "When a procedure is read again",
    "20 miles": "A distance that the measure counts",
}

Tables = Mapping[str, Sequence[Line]]


def texts_of(world: World, year: Year, tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield the texts of a year, each with its path in the folder `text`."""
    for file in sorted(_FOLDER.rglob("*.md")):
        page = file.relative_to(_FOLDER).with_suffix("").as_posix()
        blocks = file.read_text("utf-8").strip().split("\n\n")
        if _standing(blocks[0], world, year, tables):
            found = _with_something_below([*_all_standing(blocks, world, year, tables)])
            yield page, Template("\n\n".join(found) + "\n").substitute(_names(world))


def exempt_numbers(texts: Sequence[str]) -> list[Line]:
    """Return the numbers in texts that are no figures, with the reasons."""
    return [
        {"pattern": words, "reason": reason}
        for words, reason in _NUMBERS.items()
        if any(words in text for text in texts)
    ]


def _all_standing(blocks: Sequence[str], world: World, year: Year, tables: Tables) -> Iterator[str]:
    """Yield the blocks that stand, each without its condition."""
    section_stands = True
    for block in blocks:
        found = _standing(block, world, year, tables)
        if (found or block.partition("\n")[2]).startswith("## "):
            section_stands = bool(found)
        if found and section_stands:
            yield found


def _standing(block: str, world: World, year: Year, tables: Tables) -> str:
    """Return a block without its condition, "" where it does not hold."""
    if not block.startswith("? "):
        return block
    line, _, rest = block.partition("\n")
    return rest if stands(line.removeprefix("? "), world, year, tables) else ""


def stands(conditions: str, world: World, year: Year, tables: Tables) -> bool:
    """Whether all of the conditions of a block, "a; b", are so in a year; "" always is."""
    asked = conditions.split("; ") if conditions else ()
    return all(_is_so(one, world, year, tables) for one in asked)


def _is_so(condition: str, world: World, year: Year, tables: Tables) -> bool:
    if " or " in condition:
        return any(_is_so(one, world, year, tables) for one in condition.split(" or "))
    if condition.startswith("not "):
        return not _is_so(condition.removeprefix("not "), world, year, tables)
    if condition == "northshire":
        return world.is_northshire
    if condition == "year before":
        return year != world.first
    if condition.startswith(">="):
        return str(year) >= condition.removeprefix(">=")
    if condition[:2] == "20":
        return str(year) == condition
    if condition.startswith("measure:"):
        return _tells(condition.removeprefix("measure:"), world, tables)
    if condition.startswith(("better:", "worse:")):
        direction, _, measure = condition.partition(":")
        is_told = year != world.first and _tells(measure, world, tables)
        return is_told and _moved(measure, world, year) == direction
    table, _, told = condition.partition(".")
    return any(not told or told in {*line, *line.values()} for line in tables.get(table, ()))


def _tells(measure: str, world: World, tables: Tables) -> bool:
    rows = [*tables.get("measurements", ()), *tables.get("protected_measurements", ())]
    return any(row["measure"] == measure and row["area"] == world.names.area for row in rows)


def _moved(measure: str, world: World, year: Year) -> str:
    """Return whether a measure got "better" or "worse" by what a sentence shows of it, else ""."""
    values, better = (
        Values(world, counted(world)),
        {r["measure"]: r["better"] for r in stock("measures")},
    )
    then, now = (values.value(measure, first) for first in (year.first - 1, year.first))
    if then is None or now is None or round(now.value) == round(then.value):
        return ""
    return "better" if (now.value > then.value) == (better[measure] == "higher") else "worse"


def _with_something_below(blocks: Sequence[str]) -> Iterator[str]:
    """Yield the blocks without the headings that no text follows."""
    for block, following in zip(blocks, [*blocks[1:], "#"], strict=True):
        is_bare = block.startswith("## ") and "\n" not in block
        if not (is_bare and following.startswith("#")):
            yield block


def _names(world: World) -> dict[str, str]:
    names = world.names
    first, second, third = names.districts
    return {
        "former": f"the {names.former}",
        "region": names.region,
        "districts": f"{first}, {second} and {third}",
    }
