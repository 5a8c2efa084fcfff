"""The words in force for the committed board: `in_force.STREAM` and the others that it chooses."""

from __future__ import annotations

from hscb_report.report import DEFAULT_DATA
from hscb_report.schema.vocabularies import CHOSEN, Vocabulary
from hscb_report.store.year import words_of

IN_FORCE = words_of(DEFAULT_DATA)


def __getattr__(name: str) -> Vocabulary:
    if name.lower() in CHOSEN:
        return IN_FORCE[name.lower()]
    raise AttributeError(name)


def death_categories() -> dict[str, dict[str, str]]:
    """Return the categories of each dimension of child deaths, with their labels."""
    categories = IN_FORCE["death_category"]
    return {
        dimension: {code: categories[code] for code in categories.within(dimension)}
        for dimension in IN_FORCE["death_dimension"]
    }
