"""Audits: the year's programme, what the audits found, and what their reviews found later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hscb_report.calculations import audits
from hscb_report.checks.rule import COMPARE, Breach, Breaches, Rule, addends, compared
from hscb_report.figures import cell, total
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Column, Exhibit, Quantity, exhibit
from hscb_report.results.fact import Fact, awaited, fact
from hscb_report.results.titles import part
from hscb_report.results.told import lacking, months_between, told
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.learning import Audit, AuditActivity, AuditFinding, AuditGrade
from hscb_report.units import MONTHS, count_of
from hscb_report.wording import first_lower, slug


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    programme, findings = data.tables[AuditActivity], count_of("findings")
    kinds, statuses = data.vocabulary(words.AUDIT_KIND), data.vocabulary(words.FINDING_STATUS)
    for row in programme:
        yield fact(f"audits.number_{row.activity}", f"In the programme: {kinds[row.activity]}", count_of("audits"), audits.programme_number, programme, row.activity)
        if row.cases is not None or not data.is_final:
            yield awaited(fact(f"audits.cases_{row.activity}", f"Cases looked at: {kinds[row.activity]}", count_of("cases"), audits.programme_cases, programme, row.activity))
    yield fact("audits.findings", "Findings reviewed", findings, audits.findings_total, data.tables[AuditFinding], statuses.meaning("not_reviewed"))
    for status, label in statuses.items():
        yield fact(f"audits.findings_{status}", f"Findings at review: {first_lower(label)}", findings, audits.findings_with_status, data.tables[AuditFinding], status, whole="" if status in statuses.meaning("not_reviewed") else "findings")
    yield fact("audits.closed", f"Findings closed{_closed(data)} at review", findings, audits.closed, data.tables[AuditFinding], statuses.meaning("closed"), whole="findings")
    yield fact("audits.not_closed", f"Findings reviewed and not closed{_closed(data)}", findings, audits.not_closed, data.tables[AuditFinding], statuses.meaning("closed"), statuses.meaning("not_reviewed"), whole="findings")
    for programme_code, title in {row.programme: row.programme_title for row in data.tables[Audit]}.items():
        yield fact(f"audits.fewest_months_to_review_{programme_code}", f"Fewest months from a first audit to its review: {title}", MONTHS, audits.fewest_months_to_review, data.tables[Audit], programme_code)
        yield fact(f"audits.most_months_to_review_{programme_code}", f"Most months from a first audit to its review: {title}", MONTHS, audits.most_months_to_review, data.tables[Audit], programme_code)
    graded, good = data.tables[AuditGrade], data.vocabulary(words.AUDIT_GRADE).meaning("good")
    yield fact("audits.cases_graded", "Cases graded", count_of("cases"), audits.cases_graded, graded)
    for grade, label in _grades(data).items():
        yield fact(f"audits.cases_graded_{slug(grade)}", f"Cases graded: {first_lower(label)}", count_of("cases"), audits.cases_graded, graded, grade, whole="cases_graded")
    yield fact("audits.cases_good", "Cases graded as good or better", count_of("cases"), audits.cases_good, graded, good, whole="cases_graded")
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the audit chapter."""
    statuses = data.vocabulary(words.FINDING_STATUS)
    yield _programme(data)
    yield _case_grades(data)
    for programme in dict.fromkeys(row.programme for row in data.tables[AuditFinding]):
        yield _findings(data, programme)
    yield exhibit(
        "findings-by-status",
        f"Audit findings by how they stood at review, number of findings, {data.year}",
        (Column("Status at review"), Column("Findings", count_of("findings"))),
        [
            (statuses[row.status], row.findings)
            for row in audits.findings_by_status(data.tables[AuditFinding], statuses)
        ]
        if data.tables[AuditFinding]
        else [],
        *data.of_source("How a finding stood was judged from the published text on its impact."),
        title=_settled(data, data.tables[AuditFinding]),
    )
    yield _times(data)
    yield _loop(data)


def _settled(data: YearData, findings: Sequence[AuditFinding]) -> str:
    """Return how many findings that were looked at again were settled."""
    statuses = data.vocabulary(words.FINDING_STATUS)
    settled, looked_at = (
        audits.closed(findings, statuses.meaning("closed")),
        audits.findings_total(findings, statuses.meaning("not_reviewed")),
    )
    return part(settled, looked_at, "findings", f"were {_settled_as(data)} at review")


def _programme(data: YearData) -> Exhibit:
    rows, kinds = data.tables[AuditActivity], data.vocabulary(words.AUDIT_KIND)
    printed, made = [row for row in rows if row.as_printed], total(rows, "number")
    return exhibit(
        "audit-programme",
        f"Audits and reviews by kind, and what they looked at, number, {data.year}",
        (Column("Part of the programme"), Column("Number", mixed=True)),
        [line for row in rows for line in _of_a_kind(data, row)],
        *(
            f'{kinds[row.activity]}: printed as "{row.as_printed}", and read as the number here.'
            for row in (printed if data.is_reconstruction else ())
        ),
        title=told(made, count_of("audits and reviews"), "were made in the year")
        if len(rows) > 1 and made.value != 1
        else "",
    )


def _of_a_kind(data: YearData, row: AuditActivity) -> Iterator[tuple[str, Quantity]]:
    """Yield how many of a kind there were and, where it is told, what they looked at."""
    kind = data.vocabulary(words.AUDIT_KIND)[row.activity]
    yield kind, Quantity(cell(row, "number"), count_of("audits"))
    for column, label, unit in (
        ("cases", "cases looked at", "cases"),
        ("serious_case_reviews", f"of them {_serious(data)}", "reviews"),
    ):
        figure = cell(row, column)
        if figure.value is not None or figure.to_come:
            yield f"{kind}: {label}", Quantity(figure, count_of(unit))


def _grades(data: YearData) -> dict[str, str]:
    """Return the grades of which anybody says how many cases were given them, with their names."""
    told = {row.grade for row in data.tables[AuditGrade]}
    grades = data.vocabulary(words.AUDIT_GRADE)
    return {code: label for code, label in grades.items() if code in told}


def _case_grades(data: YearData) -> Exhibit:
    rows, grades, cases = data.tables[AuditGrade], _grades(data), count_of("cases")
    titles = {row.programme: row.programme_title for row in data.tables[Audit]}
    graded = dict.fromkeys(row.programme for row in rows)
    programmes: list[tuple[str, str | None]] = [
        (title, programme) for programme, title in titles.items() if programme in graded
    ]
    return exhibit(
        "audit-grades",
        f"Cases of thematic audits by grade, number of cases, {data.year}",
        (
            Column("Audit"),
            *(Column(label, cases) for label in grades.values()),
            Column("All cases graded", cases),
        ),
        [
            (
                title,
                *(audits.cases_graded(rows, grade, programme) for grade in grades),
                audits.cases_graded(rows, programme=programme),
            )
            for title, programme in (*programmes, *([("All audits", None)] if rows else []))
        ],
        "The cases of an audit are chosen, and do not stand for all cases.",
        title=part(
            audits.cases_good(rows, data.vocabulary(words.AUDIT_GRADE).meaning("good")),
            audits.cases_graded(rows),
            "cases",
            "were graded good or better",
        ),
    )


def _serious(data: YearData) -> str:
    """Return what the Board calls a Serious Case Review, or what has taken its place."""
    outcomes = data.vocabulary(words.REFERRAL_OUTCOME)
    called = [outcomes[code] for code in outcomes.meaning("serious_case_review")]
    return " or ".join(called) or "Serious Case Reviews"


def _findings(data: YearData, programme: str) -> Exhibit:
    audited = tuple(row for row in data.tables[Audit] if row.programme == programme)
    statuses = data.vocabulary(words.FINDING_STATUS)
    findings = [row for row in data.tables[AuditFinding] if row.programme == programme]
    return exhibit(
        f"findings-{programme.replace('_', '-')}",
        f"{audited[0].programme_title}: finding, review and impact, {data.year}",
        (
            Column("Finding"),
            Column(
                f"Initial Finding ({_months(audited, 'first_audit', '/')})", usual="Initial Finding"
            ),
            Column(
                f"Review Finding ({_months(audited, 'review_audit', '/')})", usual="Review Finding"
            ),
            Column("Impact Assessment"),
            Column("Status at review"),
        ),
        [
            (
                row.title,
                row.initial,
                row.review,
                row.impact,
                statuses[row.status],
            )
            for row in findings
        ],
        *data.of_source("Findings are given in summary."),
        group="findings",
        title=_settled(data, findings),
    )


def _times(data: YearData) -> Exhibit:
    times = audits.times_to_review(data.tables[Audit])
    return exhibit(
        "time-to-review",
        f"Time from first audit to review, months, {data.year}",
        (
            Column("Audit"),
            Column("First audits"),
            Column("Review"),
            Column("Fewest months between them", MONTHS),
            Column("Most months between them", MONTHS),
        ),
        [
            (
                time.title,
                _months(time.audits, "first_audit", ", "),
                _months(time.audits, "review_audit", ", "),
                time.fewest,
                time.most,
            )
            for time in times
        ],
        f"Counted from month to month: no days are {'published' if data.is_reconstruction else 'recorded'}.",
        title=_longest_wait(times),
    )


def _longest_wait(times: Sequence[audits.TimeToReview]) -> str:
    """Return how many months lay between audit and review, the fewest and the most of all."""
    fewest = [time.fewest for time in times if time.fewest.value is not None]
    most = [time.most for time in times if time.most.value is not None]
    if not times or len(fewest) < len(times) or len(most) < len(times):
        return ""
    return months_between(
        min(fewest, key=lambda figure: figure.value or 0),
        max(most, key=lambda figure: figure.value or 0),
        "lay between audit and review",
    )


def _months(rows: tuple[Audit, ...], column: str, between: str) -> str:
    """Return the months in a column: their names alone where the heading has the year."""
    months = sorted({getattr(row, column) for row in rows if getattr(row, column)})
    names = [month.text if between == ", " else month.name for month in months]
    return between.join(names) or "not stated"


def _loop(data: YearData) -> Exhibit:
    findings, statuses = data.tables[AuditFinding], data.vocabulary(words.FINDING_STATUS)
    settled, reviewed = (
        statuses.meaning("closed"),
        audits.findings_total(findings, statuses.meaning("not_reviewed")),
    )
    return exhibit(
        "audit-loop",
        f"Findings looked at again and findings closed, number, {data.year}",
        (Column("At review"), Column("Findings", count_of("findings"))),
        [
            ("Reviewed", reviewed),
            *([(f"Closed{_closed(data)}", audits.closed(findings, settled))] if settled else []),
            *(
                (
                    f"Of these, {first_lower(statuses[status])}",
                    audits.findings_with_status(findings, status),
                )
                for status in settled
            ),
        ]
        if findings
        else [],
        "Findings describe what was read; they are no trend, and no measure of practice.",
        title=lacking(
            reviewed - audits.closed(findings, settled),
            reviewed,
            "findings",
            "were not closed at review",
            "were closed at review",
        )
        if settled
        else "",
    )


def _closed(data: YearData) -> str:
    """Return the statuses that settle a finding, in words: ": resolved or improved"."""
    statuses = data.vocabulary(words.FINDING_STATUS)
    named = " or ".join(first_lower(statuses[status]) for status in statuses.meaning("closed"))
    return f": {named}" if named else ""


def _settled_as(data: YearData) -> str:
    """Return the statuses that settle a finding, in words: "resolved or improved".

    A board's own names may be no participles; then it is "closed".
    """
    statuses = data.vocabulary(words.FINDING_STATUS)
    named = [first_lower(statuses[status]) for status in statuses.meaning("closed")]
    return "closed" if any(" " in name for name in named) else " or ".join(named) or "closed"


def _reviews_after_audits(data: YearData) -> Breaches:
    for row in data.tables[Audit]:
        if row.review_audit is not None and row.review_audit < row.first_audit:
            yield Breach(
                f"the review of {row.review_audit.text} is before the first audit of "
                f"{row.first_audit.text}.",
                "Correct one of the two months.",
                row.place,
                "review_audit",
                str(row.review_audit),
            )


def _graded_within_programme(data: YearData) -> Breaches:
    thematic = data.vocabulary(words.AUDIT_KIND).meaning("thematic")
    looked_at = audits.programmes_cases(data.tables[AuditActivity], thematic)
    graded = audits.cases_graded(data.tables[AuditGrade])
    compared(looked_at, graded)
    if int(graded.value or 0) > int(looked_at.value or 0):
        yield Breach(
            f"more cases are graded ({addends(graded)}) than the thematic audits looked at.",
            COMPARE,
            looked_at.rows[0],
            "cases",
        )


CHAPTER = Chapter(
    name="audits",
    title="Audits",
    pages=(notebook_page("audits", THE_DATA),),
    about=(AuditActivity, Audit, AuditFinding, AuditGrade),
    measured=True,
    facts=facts,
    exhibits=exhibits,
    key_figures=("audits.findings", "audits.closed"),
    rules=(
        Rule(
            "R29",
            "An audit is reviewed after it was made",
            "error",
            (Audit,),
            _reviews_after_audits,
        ),
        Rule(
            "R52",
            "The cases that were graded are among those that the thematic audits looked at",
            "error",
            (AuditGrade, AuditActivity),
            _graded_within_programme,
        ),
    ),
)
