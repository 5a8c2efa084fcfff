"""Audits: what was found, what a review found later, and with what impact (L536-583).

The status of a finding at its review is this project's coding of the source's impact text. An
improvement that later audits report does not count: the status is that of the review itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hscb_report.figures import Figure, count, one
from hscb_report.schema import vocabularies as words
from hscb_report.schema.learning import Audit, AuditActivity, AuditFinding

CLOSED = ("resolved", "improved")


@dataclass(frozen=True)
class StatusCount:
    """How many findings have a status at review."""

    status: str
    findings: Figure


@dataclass(frozen=True)
class TimeToReview:
    """A programme's first audit, its review, and the whole months between them."""

    title: str
    audits: tuple[Audit, ...]
    months: Figure


def programme_number(programme: Iterable[AuditActivity], activity: str) -> Figure:
    """Return how many audits or reviews of a kind the year's programme held."""
    return one((row for row in programme if row.activity == activity), "number")


def programme_cases(programme: Iterable[AuditActivity], activity: str) -> Figure:
    """Return how many cases they looked at; missing where the source does not say."""
    return one((row for row in programme if row.activity == activity), "cases")


def findings_total(findings: Iterable[AuditFinding]) -> Figure:
    """Return the number of findings whose review is published."""
    return count(findings)


def findings_with_status(findings: Iterable[AuditFinding], status: str) -> Figure:
    """Return the number of findings with a status at review."""
    return count(row for row in findings if row.status == status)


def closed(findings: Iterable[AuditFinding]) -> Figure:
    """Return the number of findings that were resolved or improved at review."""
    return count(row for row in findings if row.status in CLOSED)


def closure_share(findings: Iterable[AuditFinding]) -> Figure:
    """Return the part of findings that were resolved or improved at review; few are no trend."""
    listed = tuple(findings)
    return closed(listed) / findings_total(listed)


def process_only_share(findings: Iterable[AuditFinding]) -> Figure:
    """Return the part of findings whose process improved while the outcome did not."""
    listed = tuple(findings)
    return findings_with_status(listed, "process_only") / findings_total(listed)


def findings_by_status(findings: Iterable[AuditFinding]) -> tuple[StatusCount, ...]:
    """Return every status with its findings, zero included, from resolved to not reviewed."""
    listed = tuple(findings)
    return tuple(
        StatusCount(status, findings_with_status(listed, status)) for status in words.FINDING_STATUS
    )


def months_to_review(audits: Iterable[Audit], programme: str) -> Figure:
    """Return the months from a programme's first audit to its last review.

    Counted from month to month, since the source gives no days; missing without a review.
    """
    rows = tuple(row for row in audits if row.programme == programme)
    reviewed = [row.review_audit for row in rows if row.review_audit is not None]
    if not reviewed:
        return Figure(None, tuple(row.place for row in rows))
    months = min(row.first_audit for row in rows).months_until(max(reviewed))
    return Figure(months, tuple(row.place for row in rows))


def times_to_review(audits: Sequence[Audit]) -> tuple[TimeToReview, ...]:
    """Return the time to review of each programme, in the order of the table."""
    titles = {row.programme: row.programme_title for row in audits}
    return tuple(
        TimeToReview(
            title,
            tuple(row for row in audits if row.programme == programme),
            months_to_review(audits, programme),
        )
        for programme, title in titles.items()
    )
