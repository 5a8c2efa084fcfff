"""Remarks that a report highlights, the areas that its sections belong to, and own headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from examples.invent.board import has_own
from examples.invent.world import Line, World

_CALLOUTS: Mapping[str, tuple[str, str, str, str]] = {
    "data_asks": (
        "chapters/performance",
        "performance",
        "leadership",
        "A figure is a question. Whoever can answer it is asked, and the answer is written down",
    ),
    "not_told_twice": (
        "chapters/case_reviews",
        "referrals",
        "voice",
        "Families who take part in a review hear what came of it before anybody else does",
    ),
}
_TAGS = (
    ("chapters/performance", "The front door", "front_door"),
    ("chapters/performance", "Children in care", "voice"),
    ("text/effectiveness", "What scrutiny asked", "leadership;voice"),
    ("text/review-of-the-year", "Hearing children and families", "voice"),
    ("text/review-of-the-year", "Decisions", "leadership"),
    ("text/priorities", "Neglect and early help", "help"),
    ("text/priorities", "Harm outside the home", "outside"),
)


def callouts(tables: Mapping[str, Sequence[Line]]) -> list[Line]:
    """Return the remarks of a year; one about a table stands where the year has the table."""
    has_areas = "inspection_statements" in tables
    return [
        {"callout": name, "page": page, "areas": area if has_areas else "", "text": text}
        for name, (page, table, area, text) in _CALLOUTS.items()
        if table == "performance" or tables.get(table)
    ]


def section_tags(tables: Mapping[str, Sequence[Line]]) -> list[Line]:
    """Return the areas of the journey that sections belong to, where the year tells of areas."""
    if "inspection_statements" not in tables:
        return []
    return [{"page": page, "section": section, "areas": areas} for page, section, areas in _TAGS]


def headings(world: World) -> list[Line]:
    """Return what the board calls some published tables."""
    if not has_own(world, "referral_outcome"):
        return []
    caption = "Cases brought to the Case Review Group and what was decided, {{ year }}"
    return [{"exhibit": "referral-outcomes", "usual": "caption", "own": caption}]
