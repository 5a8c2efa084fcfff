"""What the report was held against, and what was found: the tables of the assurance page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from hscb_report.checks.acceptance import acceptance_of
from hscb_report.checks.prose import TypedNumber
from hscb_report.checks.rule import RuleResult
from hscb_report.figures import Figure
from hscb_report.findings import Finding
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.schema import Tables
from hscb_report.schema.assurance import Acceptance, NumberExemption, UsualExemption
from hscb_report.units import count_of
from hscb_report.years import day_text


class OfTables(Protocol):
    """What has a title, and tables that it is made from."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""


_OUTCOMES = {"passed": "passed", "failed": "findings", "not_run": "not run", "accepted": "accepted"}


def checked_exhibits(
    results: Iterable[RuleResult], numbers: Iterable[TypedNumber], tables: Tables
) -> Iterator[Exhibit]:
    """Yield the rules with their outcomes, the findings, and the numbers exempt from being facts.

    `results` are those of every check, redacted; `numbers` those that the prose holds in digits.
    """
    listed = tuple(results)
    yield _rules(listed)
    yield _findings([finding for result in listed for finding in result.findings], tables)
    yield _exempt_numbers(numbers, tables)


def left_out_exhibits(left_out: Iterable[OfTables]) -> Iterator[Exhibit]:
    """Yield the parts that a year says nothing of, each with the tables that it would need."""
    rows = [(part.title, ", ".join(part.tables)) for part in left_out]
    yield exhibit(
        "assurance-left-out",
        "Parts that are left out, since the year has no data for them",
        (Column("Part"), Column("Tables that would give it")),
        rows or [("none", "none")],
    )


def _rules(results: Iterable[RuleResult]) -> Exhibit:
    return exhibit(
        "assurance-rules",
        "Rules that the data and the prose were held against",
        (Column("Rule"), Column("What it promises"), Column("A breach"), Column("Outcome")),
        [
            (
                code,
                title,
                "stops" if severity == "error" else "is listed",
                _OUTCOMES[outcome],
            )
            for code, title, severity, outcome in [_LOADING, *_told(results)]
        ],
        "A rule whose tables are not there is not run, which is not the same as passed.",
    )


_LOADING = (
    "Loading",
    "Every file, row, cell, code and month is what its table allows",
    "error",
    "passed",
)
"""The rules of reading tables, as one: of a year that breaks any of them there is no report."""


def _told(results: Iterable[RuleResult]) -> Iterator[tuple[str, str, str, str]]:
    for result in results:
        if not result.rule.code.startswith("L"):
            rule = result.rule
            yield rule.code, rule.title, rule.severity, result.outcome


def _findings(findings: Iterable[Finding], tables: Tables) -> Exhibit:
    acceptances = tables[Acceptance]
    rows = [(f.rule, _place(f), f.message, _judged(f, acceptances)) for f in findings]
    return exhibit(
        "assurance-findings",
        "Findings, each with its place",
        (Column("Rule"), Column("Place"), Column("What was found"), Column("Accepted")),
        rows or [("none", "none", "nothing was found", "none")],
        row_headers=3,
    )


def _place(finding: Finding) -> str:
    row = "" if finding.row is None else f", row {finding.row}"
    return f"{finding.file}{row}"


def _judged(finding: Finding, acceptances: Iterable[Acceptance]) -> str:
    found = acceptance_of(finding, acceptances)
    if found is None:
        return "no, open"
    return f"yes: {found.reason} ({found.role}, {day_text(found.accepted)})"


def _exempt_numbers(numbers: Iterable[TypedNumber], tables: Tables) -> Exhibit:
    used = Counter(number.exemption.pattern for number in numbers if number.exemption)
    usual = (row for row in tables[UsualExemption] if used[row.pattern])
    exempt = (*tables[NumberExemption], *usual)
    rows = [(row.pattern, row.reason, Figure(used[row.pattern])) for row in exempt]
    return exhibit(
        "assurance-exempt-numbers",
        "Numbers in the prose, and words of direction or size, that are no figures of the data",
        (Column("Words"), Column("Why exempt"), Column("Times", count_of("times"))),
        rows or [("none", "no number is exempt", Figure(0))],
        "Dates, years and the numbering of laws and pages are not counted here.",
    )
