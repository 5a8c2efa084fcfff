"""Accepted warnings: looked at by someone, with a reason; they stay visible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from hscb_report.checks.rule import Rule, RuleResult
from hscb_report.findings import Finding
from hscb_report.schema.assurance import Acceptance, Discrepancy
from hscb_report.wording import suggestion

UNUSED = Rule("A1", "Every acceptance accepts a warning that still comes", "warning")
UNKNOWN = Rule("A2", "Acceptances and discrepancies name rules that exist")
RULES = (UNUSED, UNKNOWN)


def accepted_results(
    results: Iterable[RuleResult], acceptances: Iterable[Acceptance]
) -> tuple[RuleResult, ...]:
    """Return the results, those whose every finding is an accepted warning marked as accepted."""
    rows = tuple(acceptances)
    return tuple(_accepted(result, rows) for result in results)


def acceptance_of(finding: Finding, acceptances: Iterable[Acceptance]) -> Acceptance | None:
    """Return the acceptance of a finding; an error cannot be accepted."""
    if finding.severity == "error":
        return None
    place = (finding.rule, finding.file, finding.row)
    return next((row for row in acceptances if (row.rule, row.file, row.row) == place), None)


def unused_acceptances(
    results: Sequence[RuleResult], acceptances: Iterable[Acceptance]
) -> tuple[Finding, ...]:
    """Return a warning for each acceptance that nothing needs: what it accepted is gone.

    Of a rule that was not run nothing can be said.
    """
    findings = [finding for result in results for finding in result.findings]
    ran = {result.rule.code for result in results if result.outcome != "not_run"}
    return tuple(
        Finding(
            UNUSED.code,
            UNUSED.severity,
            row.place.file,
            "this accepts a warning that no longer comes.",
            "Remove the row.",
            row.place.row,
            "rule",
            row.rule,
        )
        for row in acceptances
        if row.rule in ran and not any(acceptance_of(finding, [row]) for finding in findings)
    )


def unknown_rules(
    rows: Iterable[Acceptance | Discrepancy], known: Collection[str]
) -> tuple[Finding, ...]:
    """Return an error for each row that names a rule which does not exist."""
    return tuple(
        Finding(
            UNKNOWN.code,
            UNKNOWN.severity,
            row.place.file,
            "there is no such rule.",
            suggestion(row.rule, known),
            row.place.row,
            "rule",
            row.rule,
        )
        for row in rows
        if row.rule is not None and row.rule not in known
    )


def _accepted(result: RuleResult, acceptances: tuple[Acceptance, ...]) -> RuleResult:
    if result.findings and all(acceptance_of(f, acceptances) for f in result.findings):
        return replace(result, outcome="accepted")
    return result
