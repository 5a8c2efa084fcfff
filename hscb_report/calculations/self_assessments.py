"""Self-assessments: how many of the standards that apply to them agencies say that they meet.

A grade is what an agency says of itself. A standard that does not apply to an agency is no part of
those that it could meet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from hscb_report.figures import MISSING, Figure, count, share
from hscb_report.schema.self_assessments import SelfAssessment, Standard
from hscb_report.years import ReportingYear


@dataclass(frozen=True)
class Part:
    """A part of the grades: those of an exercise, or of them one agency's or one standard's."""

    exercise: str
    agency: str | None = None
    standard: str | None = None

    def holds(self, row: SelfAssessment) -> bool:
        """Whether a grade belongs to it."""
        return (
            row.exercise == self.exercise
            and self.agency in (None, row.agency)
            and self.standard in (None, row.standard)
        )


def agencies(rows: Iterable[SelfAssessment], part: Part) -> Figure:
    """Return the number of agencies that graded themselves in an exercise."""
    listed = tuple(rows)
    found = {row.agency for row in listed if part.holds(row)}
    return replace(count(listed, part.holds), value=len(found))


def grades_given(rows: Iterable[SelfAssessment], part: Part, grade: str) -> Figure:
    """Return how many times a grade was given."""
    return count(rows, _graded(part, lambda given: given == grade))


def standards_met(rows: Iterable[SelfAssessment], part: Part, met: Collection[str]) -> Figure:
    """Return the number of standards that agencies say they meet; each agency's count for itself.

    `met` are the grades that mean it. Missing, not 0, where none does.
    """
    return count(rows, _graded(part, lambda given: given in met)) if met else MISSING


def standards_assessed(
    rows: Iterable[SelfAssessment], part: Part, not_applicable: Collection[str]
) -> Figure:
    """Return the number of standards that apply to the agencies, each agency's for itself.

    `not_applicable` are the grades of those that do not.
    """
    return count(rows, _graded(part, lambda given: given not in not_applicable))


def share_met(
    rows: Iterable[SelfAssessment],
    part: Part,
    met: Collection[str],
    not_applicable: Collection[str],
) -> Figure:
    """Return the share of the standards that apply which agencies say they meet."""
    listed = tuple(rows)
    return share(standards_met(listed, part, met), standards_assessed(listed, part, not_applicable))


def standards_of(
    standards: Iterable[Standard], exercise: str, year: ReportingYear
) -> tuple[Standard, ...]:
    """Return the standards of an exercise that are asked in a year, in their order."""
    return tuple(
        row
        for row in standards
        if row.exercise == exercise and year.is_between(row.first_year, row.last_year)
    )


def weakest_first(
    rows: Iterable[SelfAssessment],
    standards: Iterable[Standard],
    met: Collection[str],
    not_applicable: Collection[str],
) -> tuple[Standard, ...]:
    """Return standards, first those that the smallest part of the agencies meet.

    Those that apply to nobody come last; otherwise, where two are alike, their order stays.
    """
    listed = tuple(rows)

    def part_met(standard: Standard) -> Fraction:
        part = Part(standard.exercise, standard=standard.standard)
        whole = standards_assessed(listed, part, not_applicable).value
        reached = standards_met(listed, part, met).value or 0
        return Fraction(int(reached), int(whole)) if whole else Fraction(2)

    return tuple(sorted(standards, key=part_met))


def _graded(part: Part, grade: Callable[[str], bool]) -> Callable[[SelfAssessment], bool]:
    return lambda row: part.holds(row) and grade(row.grade)
