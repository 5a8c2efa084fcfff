"""The audit tables."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.exhibits.exhibit import Column, Exhibit, Quantity, exhibit
from hscb_report.figures import cell
from hscb_report.measures import audits
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.learning import Audit
from hscb_report.units import MONTHS, WHOLE_PERCENT, count_of
from hscb_report.years import ReportingYear


def exhibits(tables: Tables, year: ReportingYear) -> Iterator[Exhibit]:
    """Yield the tables of the audit chapter."""
    yield _programme(tables, year)
    for programme in dict.fromkeys(row.programme for row in tables.audit_findings):
        yield _findings(tables, year, programme)
    yield exhibit(
        "findings-by-status",
        f"Audit findings by where they stood at review, {year}",
        (Column("Status at review"), Column("Findings", count_of("findings"))),
        [
            (words.FINDING_STATUS[row.status], row.findings)
            for row in audits.findings_by_status(tables.audit_findings)
        ],
        "The status is this project's coding of the published impact text.",
    )
    yield _times(tables, year)
    yield _loop(tables, year)


def _programme(tables: Tables, year: ReportingYear) -> Exhibit:
    printed = [row for row in tables.audit_programme if row.as_printed]
    return exhibit(
        "audit-programme",
        f"The audit and review programme, {year}",
        (
            Column("Part of the programme"),
            Column("Number", count_of("audits")),
            Column("Cases", count_of("cases")),
            Column("Of them Serious Case Reviews", count_of("reviews")),
        ),
        [
            (
                words.AUDIT_KIND[row.activity],
                cell(row, "number"),
                cell(row, "cases"),
                cell(row, "serious_case_reviews"),
            )
            for row in tables.audit_programme
        ],
        *(
            f'{words.AUDIT_KIND[row.activity]}: the source prints "{row.as_printed}"; '
            f"{row.number} is {row.basis}."
            for row in printed
        ),
    )


def _findings(tables: Tables, year: ReportingYear, programme: str) -> Exhibit:
    audited = tuple(row for row in tables.audits if row.programme == programme)
    return exhibit(
        f"findings-{programme.replace('_', '-')}",
        f"{audited[0].programme_title}: finding, review and impact, {year}",
        (
            Column("Finding"),
            Column(f"Initial Finding ({_months(audited, 'first_audit', '/')})"),
            Column(f"Review Finding ({_months(audited, 'review_audit', '/')})"),
            Column("Impact Assessment"),
            Column("Status at review"),
        ),
        [
            (
                row.title,
                row.initial,
                row.review,
                row.impact,
                words.FINDING_STATUS[row.status],
            )
            for row in tables.audit_findings
            if row.programme == programme
        ],
        "Findings are retold briefly; the status is this project's coding.",
    )


def _times(tables: Tables, year: ReportingYear) -> Exhibit:
    return exhibit(
        "time-to-review",
        f"From first audit to review, {year}",
        (
            Column("Audit"),
            Column("First audits"),
            Column("Review"),
            Column("Months from first audit to review", MONTHS),
        ),
        [
            (
                time.title,
                _months(time.audits, "first_audit", ", "),
                _months(time.audits, "review_audit", ", "),
                time.months,
            )
            for time in audits.times_to_review(tables.audits)
        ],
        "Counted from month to month: the source gives no days.",
    )


def _months(rows: tuple[Audit, ...], column: str, between: str) -> str:
    """Return the months in a column: their names alone where the heading has the year."""
    months = sorted({getattr(row, column) for row in rows if getattr(row, column)})
    names = [month.text if between == ", " else month.name for month in months]
    return between.join(names) or "not stated"


def _loop(tables: Tables, year: ReportingYear) -> Exhibit:
    findings = tables.audit_findings
    counted = count_of("findings")
    return exhibit(
        "audit-loop",
        f"How far the audit loop was closed, {year}",
        (Column("Measure"), Column("Value", mixed=True)),
        [
            ("Findings reviewed", Quantity(audits.findings_total(findings), counted)),
            ("Closed: resolved or improved", Quantity(audits.closed(findings), counted)),
            ("Share closed", Quantity(audits.closure_share(findings), WHOLE_PERCENT)),
            (
                "Process improved, outcome not",
                Quantity(audits.findings_with_status(findings, "process_only"), counted),
            ),
        ],
        "So few findings describe what was read; they are no trend, and no measure of practice.",
    )
