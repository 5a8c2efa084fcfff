"""Audits: what was found, what a review found later, and with what impact.

The status of a finding at its review is a coding of the impact that is told. An
improvement that later audits report does not count: the status is that of the review itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from hscb_report.figures import MISSING, Figure, count, one, total_of_some
from hscb_report.schema.learning import Audit, AuditActivity, AuditFinding, AuditGrade


@dataclass(frozen=True)
class StatusCount:
    """How many findings have a status at review."""

    status: str
    findings: Figure


@dataclass(frozen=True)
class TimeToReview:
    """A programme's audits, and the fewest and most whole months from a first one to its review."""

    title: str
    audits: tuple[Audit, ...]
    fewest: Figure
    most: Figure


def programme_number(programme: Iterable[AuditActivity], activity: str) -> Figure:
    """Return how many audits or reviews of a kind the year's programme held."""
    which = f'activity "{activity}"'
    return one(programme, "number", lambda row: row.activity == activity, named=which)


def programme_cases(programme: Iterable[AuditActivity], activity: str) -> Figure:
    """Return how many cases they looked at; missing where it is not said."""
    which = f'activity "{activity}"'
    return one(programme, "cases", lambda row: row.activity == activity, named=which)


def programmes_cases(programme: Iterable[AuditActivity], activities: Collection[str]) -> Figure:
    """Return how many cases audits of several kinds looked at; missing where one does not say."""
    return total_of_some(programme, "cases", lambda row: row.activity in activities)


def programme_numbers(programme: Iterable[AuditActivity], activities: Collection[str]) -> Figure:
    """Return how many audits or reviews of several kinds the year's programme held."""
    return total_of_some(programme, "number", lambda row: row.activity in activities)


def findings_total(findings: Iterable[AuditFinding], not_reviewed: Collection[str]) -> Figure:
    """Return the number of findings that were looked at again.

    `not_reviewed` are the statuses of those that were not.
    """
    return count(findings, lambda row: row.status not in not_reviewed)


def findings_with_status(findings: Iterable[AuditFinding], status: str) -> Figure:
    """Return the number of findings with a status at review."""
    return count(findings, lambda row: row.status == status)


def closed(findings: Iterable[AuditFinding], statuses: Collection[str]) -> Figure:
    """Return the number of findings whose status at review is one of those that settle it.

    Missing, not 0, where no status is said to settle one.
    """
    return count(findings, lambda row: row.status in statuses) if statuses else MISSING


def not_closed(
    findings: Iterable[AuditFinding], closed: Collection[str], not_reviewed: Collection[str]
) -> Figure:
    """Return the number of findings that were looked at again, and whose status settles none.

    Missing, not 0, where no status is said to settle one.
    """
    passed_over = {*closed, *not_reviewed}
    return count(findings, lambda row: row.status not in passed_over) if closed else MISSING


def findings_by_status(
    findings: Iterable[AuditFinding], statuses: Iterable[str]
) -> tuple[StatusCount, ...]:
    """Return every status with its findings, zero included, in the order of the statuses."""
    listed = tuple(findings)
    return tuple(StatusCount(status, findings_with_status(listed, status)) for status in statuses)


def months_to_review(audits: Iterable[Audit], programme: str) -> tuple[Figure, Figure]:
    """Return the fewest and the most months from a first audit of a programme to its review.

    Counted from month to month, since no days are known; missing without a review.
    """
    listed = tuple(audits)
    rows = [row for row in listed if row.programme == programme]
    months = [row.first_audit.months_until(row.review_audit) for row in rows if row.review_audit]
    found = count(listed, lambda row: row.programme == programme)
    return (
        replace(found, value=min(months, default=None)),
        replace(found, value=max(months, default=None)),
    )


def fewest_months_to_review(audits: Iterable[Audit], programme: str) -> Figure:
    """Return the fewest months from a first audit of a programme to its review."""
    return months_to_review(audits, programme)[0]


def most_months_to_review(audits: Iterable[Audit], programme: str) -> Figure:
    """Return the most months from a first audit of a programme to its review."""
    return months_to_review(audits, programme)[1]


def times_to_review(audits: Sequence[Audit]) -> tuple[TimeToReview, ...]:
    """Return the time to review of each programme, in the order of the table."""
    titles = {row.programme: row.programme_title for row in audits}
    return tuple(
        TimeToReview(
            title,
            tuple(row for row in audits if row.programme == programme),
            *months_to_review(audits, programme),
        )
        for programme, title in titles.items()
    )


def cases_graded(
    grades: Iterable[AuditGrade], grade: str | None = None, programme: str | None = None
) -> Figure:
    """Return how many cases were given a grade, or any; of one thematic audit, or of all.

    Missing, not 0, where nobody says.
    """
    return total_of_some(
        grades,
        "cases",
        lambda row: grade in (None, row.grade) and programme in (None, row.programme),
    )


def cases_good(grades: Iterable[AuditGrade], good: Collection[str]) -> Figure:
    """Return how many cases were given a grade that means good practice, or better.

    `good` are these grades. Missing, not 0, where no case was given one, and none is said to.
    """
    return total_of_some(grades, "cases", lambda row: row.grade in good)
