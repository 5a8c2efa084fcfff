"""How the report meets what the guidance asks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hscb_report.figures import Figure, count
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.reference import StatutoryRequirement


@dataclass(frozen=True)
class Met:
    """A requirement, how it is met at best, and where."""

    requirement: StatutoryRequirement
    coverage: str
    places: tuple[RequirementCoverage, ...]


def requirements(rows: Iterable[StatutoryRequirement]) -> Figure:
    """Return the number of requirements."""
    return count(rows)


def requirements_met(
    rows: Iterable[StatutoryRequirement], places: Iterable[RequirementCoverage], how: str
) -> Figure:
    """Return the number of requirements whose best coverage is `how`."""
    listed = tuple(rows)
    met = [met.requirement for met in coverage(listed, places) if met.coverage == how]
    return count(listed, lambda row: row in met)


def coverage(
    rows: Iterable[StatutoryRequirement], places: Iterable[RequirementCoverage]
) -> tuple[Met, ...]:
    """Return each requirement with the best of its coverages, in the order of the vocabulary."""
    listed = tuple(places)
    return tuple(_met(row, listed) for row in rows)


def _met(row: StatutoryRequirement, places: tuple[RequirementCoverage, ...]) -> Met:
    wanted = (row.profile, row.requirement)
    found = tuple(place for place in places if (place.profile, place.requirement) == wanted)
    kinds = {place.coverage for place in found}
    best = next((kind for kind in words.COVERAGE if kind in kinds), "not_met")
    return Met(row, best, found)
