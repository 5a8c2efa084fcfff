"""Texts that hold for every year, made fit for one: names as roles, empty sections left out.

A section is a heading with what stands below it, up to the next heading. One whose tables are all
without a row in this year, or whose cells show nothing, is left out with its text; so is a heading
below which nothing is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any, TypeVar

from hscb_report.checks.markdown import NAME

_HEADING = re.compile(r"(?m)^(?=#{1,6} )")
_TABLE = re.compile(r"(?m)^```\{exhibit\} (\S+)[ \t]*\n```[ \t]*\n?")
NOTHING_YET = "Nothing to show yet."
"""What a page of a draft says where nothing that it is about is there."""
_OUTLINE = re.compile(r"(?m)^```\{outline\} (\S+)[ \t]*$")
_Item = TypeVar("_Item")


def with_roles(text: str) -> str:
    """Return a text with each name in `{{ }}` as the role that looks it up.

    What stands for the name never passes through markup: it is text in every output.
    """
    return NAME.sub(lambda match: f"{{name}}`{' '.join(match[1].split())}`", text)


def shown_tables(text: str) -> list[str]:
    """Return the labels of the tables that a page shows, in their order."""
    return _TABLE.findall(text)


def lacks_all(text: str, labels: Container[str], empty: Container[str]) -> bool:
    """Whether a page names tables or outlines: none of the tables has a row, each outline is empty.

    An outline that is not there at all says so itself.
    """
    tables, outlines = _TABLE.findall(text), _OUTLINE.findall(text)
    is_named = bool(tables or outlines)
    has_one = any(label in labels for label in tables) or any(n not in empty for n in outlines)
    return is_named and not has_one


def without_empty_parts(text: str, labels: Container[str]) -> str:
    """Return a common page without the sections whose tables all lack rows, and those tables.

    Its title stays: a page without one cannot stand in the contents list.
    """
    sections = _HEADING.split(text)
    title = next((section for section in sections if _level(section)), None)
    kept = _kept(
        sections, lambda section: section is not title and _is_empty(section, labels), _level
    )
    return "".join(_TABLE.sub(lambda m: m[0] if m[1] in labels else "", s) for s in kept)


def _is_empty(section: str, labels: Container[str]) -> bool:
    """Whether a section is a heading alone, or names tables, and none of them has a row."""
    named = _TABLE.findall(section)
    return _is_bare(section) or (bool(named) and not any(label in labels for label in named))


def without_empty_cells(cells: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cells of a run notebook without the sections whose cells show nothing.

    The first section has the set-up, which never shows anything, and stays.
    """
    sections: list[list[dict[str, Any]]] = [[]]
    for cell in cells:
        if cell["cell_type"] == "markdown" and _cell_level(cell) and sections[-1]:
            sections.append([])
        sections[-1].append(cell)
    kept = _kept(sections[1:], _shows_nothing, lambda section: _cell_level(section[0]))
    return [cell for section in [sections[0], *kept] for cell in section]


def _shows_nothing(section: Sequence[dict[str, Any]]) -> bool:
    """Whether a section is a heading alone, or has cells of code, and none shows anything."""
    if len(section) == 1:
        return _is_bare("".join(section[0]["source"]))
    code = [cell for cell in section if cell["cell_type"] == "code"]
    return bool(code) and not any(cell.get("outputs") for cell in code)


def _is_bare(section: str) -> bool:
    """Whether a section is a heading alone; the title of a page stays."""
    return _level(section) > 1 and len(section.strip().splitlines()) == 1


def _kept(
    sections: Sequence[_Item], is_empty: Callable[[_Item], bool], level: Callable[[_Item], int]
) -> list[_Item]:
    """Return the sections that show something themselves or have one below that does."""
    return [
        section
        for number, section in enumerate(sections)
        if not is_empty(section) or any(not is_empty(s) for s in _below(sections, number, level))
    ]


def _below(
    sections: Sequence[_Item], number: int, level: Callable[[_Item], int]
) -> Iterable[_Item]:
    """Yield the sections below one, as their headings are."""
    for section in sections[number + 1 :]:
        if level(section) <= level(sections[number]):
            return
        yield section


def _level(section: str) -> int:
    return len(section) - len(section.lstrip("#")) if section.startswith("#") else 0


def _cell_level(cell: dict[str, Any]) -> int:
    return _level("".join(cell["source"])) if cell["cell_type"] == "markdown" else 0
