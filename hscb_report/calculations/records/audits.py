"""From records of audited cases to the audit programme and the grades of each thematic audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from hscb_report.calculations.records.worked_out import WorkedOut, in_order
from hscb_report.schema.learning import AuditActivity, AuditGrade
from hscb_report.schema.records import AuditCase


def audits_worked_out(cases: Sequence[AuditCase], grades: Iterable[str]) -> tuple[WorkedOut, ...]:
    """Return how many audits and cases each part of the programme had, and how cases were graded.

    A case that several audits looked at is one case. Of a thematic audit with graded cases every
    one of the `grades` has a row, of 0 too. Nothing is given where there are no records.
    """
    if not cases:
        return ()
    return (_programme(cases), _grades(cases, tuple(grades)))


def _programme(cases: Sequence[AuditCase]) -> WorkedOut:
    activities = dict.fromkeys(row.activity for row in cases)
    rows = []
    for activity in activities:
        own = [row for row in cases if row.activity == activity]
        number, looked_at = len({row.audit for row in own}), len({row.case for row in own})
        rows.append({"activity": activity, "number": str(number), "cases": str(looked_at)})
    return WorkedOut(AuditActivity, ("number", "cases"), in_order(rows, AuditActivity))


def _grades(cases: Sequence[AuditCase], grades: Sequence[str]) -> WorkedOut:
    found = Counter((row.programme, row.grade) for row in cases if row.programme and row.grade)
    programmes = dict.fromkeys(programme for programme, _ in found if programme)
    rows = [
        {"programme": programme, "grade": grade, "cases": str(found[programme, grade])}
        for programme in programmes
        for grade in grades
    ]
    return WorkedOut(
        AuditGrade, ("cases",), in_order(rows, AuditGrade), lambda row: row.programme in programmes
    )
