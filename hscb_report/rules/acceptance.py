"""Accepted warnings: looked at by someone, with a reason; they stay visible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hscb_report.findings import Finding
from hscb_report.rules.rule import RuleResult
from hscb_report.schema.assurance import Acceptance

UNUSED = "A1"
RULES = {UNUSED: "Every acceptance accepts a warning that still comes"}


def accepted_results(
    results: Iterable[RuleResult], acceptances: Iterable[Acceptance]
) -> tuple[RuleResult, ...]:
    """Return the results, those whose every finding is an accepted warning marked as accepted."""
    listed = tuple(acceptances)
    return tuple(_accepted(result, listed) for result in results)


def acceptance_of(finding: Finding, acceptances: Iterable[Acceptance]) -> Acceptance | None:
    """Return the acceptance of a finding; an error cannot be accepted."""
    if finding.severity == "error":
        return None
    place = (finding.rule, finding.file, finding.row)
    return next((row for row in acceptances if (row.rule, row.file, row.row) == place), None)


def unused_acceptances(
    findings: Iterable[Finding], acceptances: Iterable[Acceptance]
) -> tuple[Finding, ...]:
    """Return a warning for each acceptance that nothing needs: what it accepted is gone."""
    listed = tuple(findings)
    return tuple(
        Finding(
            UNUSED,
            "warning",
            row.place.file,
            "this accepts a warning that no longer comes.",
            "Remove the row.",
            row.place.row,
            "rule",
            row.rule,
        )
        for row in acceptances
        if not any(acceptance_of(finding, [row]) for finding in listed)
    )


def _accepted(result: RuleResult, acceptances: tuple[Acceptance, ...]) -> RuleResult:
    if result.findings and all(acceptance_of(f, acceptances) for f in result.findings):
        return replace(result, outcome="accepted")
    return result
