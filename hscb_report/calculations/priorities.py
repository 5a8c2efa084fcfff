"""Strategic priorities: what was said, done, and claimed to have changed.

A claimed difference rests on evidence only where two figures can be compared, or where somebody
outside the Board says so; everything else is the Board's own account.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hscb_report.figures import Figure, count
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import PriorityStatement


@dataclass(frozen=True)
class Grade:
    """How many claimed differences rest on a kind of evidence."""

    evidence: str
    differences: Figure


def statements(rows: Iterable[PriorityStatement], kind: str) -> Figure:
    """Return the number of statements of a kind: said, did, difference."""
    return count(rows, lambda row: row.kind == kind)


def differences_graded(rows: Iterable[PriorityStatement], evidence: str) -> Figure:
    """Return the number of claimed differences that rest on a kind of evidence."""
    return count(rows, lambda row: row.kind == "difference" and row.evidence == evidence)


def claims_of(rows: Iterable[PriorityStatement], claim: str) -> Figure:
    """Return the number of claimed differences that claim one kind of change."""
    return count(rows, lambda row: row.kind == "difference" and row.claim == claim)


def grades(rows: Iterable[PriorityStatement]) -> tuple[Grade, ...]:
    """Return every kind of evidence with its number of differences, the strongest first."""
    listed = tuple(rows)
    return tuple(Grade(kind, differences_graded(listed, kind)) for kind in words.EVIDENCE)
