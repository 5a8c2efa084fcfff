"""How the report meets what is asked of it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from hscb_report.figures import Figure, count
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.reference import OwnRequirement, Regime, StatutoryRequirement
from hscb_report.years import ReportingYear

Asked = StatutoryRequirement | OwnRequirement


@dataclass(frozen=True)
class Where:
    """A page on which a requirement is met, and how."""

    page: str
    how: str


@dataclass(frozen=True)
class Met:
    """A requirement, how it is met at best, and where."""

    requirement: Asked
    coverage: str
    places: tuple[Where, ...]


def regime_of(
    year: ReportingYear, regimes: Iterable[Regime], named: str | None = None
) -> Regime | None:
    """Return the guidance that a year's report is held against: the one named, else the year's."""
    return next(
        (
            row
            for row in regimes
            if row.regime == named
            or (named is None and year.is_between(row.first_year, row.last_year))
        ),
        None,
    )


def asked_of(
    year: ReportingYear,
    regime: Regime | None,
    national: Iterable[StatutoryRequirement],
    own: Iterable[OwnRequirement],
) -> tuple[Asked, ...]:
    """Return what is asked of a year's report: by the guidance, then by the Board itself."""
    code = regime.regime if regime else None
    return (
        *(row for row in national if row.profile == code),
        *(row for row in own if year.is_between(row.first_year, row.last_year)),
    )


def requirements(rows: Iterable[Asked]) -> Figure:
    """Return the number of requirements."""
    return count(rows)


def requirements_met(
    rows: Iterable[Asked],
    places: Iterable[RequirementCoverage],
    given: Container[str],
    how: str,
) -> Figure:
    """Return the number of requirements whose best coverage is `how`.

    `given` are the tables that hold rows.
    """
    listed = tuple(rows)
    met = [met.requirement for met in coverage(listed, places, given) if met.coverage == how]
    return count(listed, lambda row: row in met)


def coverage(
    rows: Iterable[Asked], places: Iterable[RequirementCoverage], given: Container[str]
) -> tuple[Met, ...]:
    """Return each requirement with the best of its coverages, in the order of the vocabulary.

    One of which nobody says how it is met is met by evidence if the table that gives it is among
    the `given` ones, which hold rows; else not at all.
    """
    listed = tuple(places)
    return tuple(_met(row, listed, given) for row in rows)


def is_given(row: Asked, given: Container[str]) -> bool:
    """Whether the table that gives evidence of a requirement holds rows."""
    return isinstance(row, StatutoryRequirement) and row.given_by in given


def _met(row: Asked, places: tuple[RequirementCoverage, ...], given: Container[str]) -> Met:
    found = tuple(place for place in places if place.requirement == row.requirement)
    if not found and is_given(row, given):
        assert isinstance(row, StatutoryRequirement)
        return Met(row, "evidence", (Where(row.shown_on or "", "It is listed there."),))
    kinds = {place.coverage for place in found}
    best = next((kind for kind in words.COVERAGE if kind in kinds), "not_met")
    return Met(row, best, tuple(Where(place.page, place.how) for place in found))
