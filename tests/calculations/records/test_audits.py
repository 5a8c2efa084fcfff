"""Records of audited cases become a programme and grades: a case is one, however often seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.records.audits import audits_worked_out
from hscb_report.schema.learning import AuditGrade
from hscb_report.schema.records import AuditCase
from tests.made_up_records import row_of

GRADES = ("good", "poor")
cases = st.lists(
    st.builds(
        lambda audit, case, activity, programme, grade: row_of(
            AuditCase,
            audit=audit,
            case=case,
            activity=activity,
            programme=programme,
            grade=grade,
        ),
        st.sampled_from(("1", "2")),
        st.sampled_from(("11", "12", "13")),
        st.sampled_from(("thematic", "individual")),
        st.sampled_from((None, "neglect", "homes")),
        st.sampled_from((None, *GRADES)),
    ),
    unique_by=lambda row: (row.audit, row.case),
)


def rows_of(listed):
    return [worked_out.rows for worked_out in audits_worked_out(listed, GRADES)]


def test_of_no_records_nothing_is_given():
    assert audits_worked_out([], GRADES) == ()


@given(cases.filter(bool))
def test_counts_agree_with_the_records(listed):
    programme, grades = rows_of(listed)
    for row in programme:
        own = [case for case in listed if case.activity == row["activity"]]
        assert int(row["number"]) == len({case.audit for case in own})
        assert int(row["cases"]) == len({case.case for case in own}) <= len(own)
    assert {row["activity"] for row in programme} == {case.activity for case in listed}
    graded = [case for case in listed if case.programme and case.grade]
    assert sum(int(row["cases"]) for row in grades) == len(graded)
    # Every grade of a thematic audit with graded cases is there, also that which no case has.
    assert len(grades) == len(GRADES) * len({case.programme for case in graded})


@given(st.data())
def test_the_order_of_rows_does_not_matter(data):
    listed = data.draw(cases)
    assert rows_of(listed) == rows_of(data.draw(st.permutations(listed)))


def test_a_grade_of_a_programme_that_was_graded_is_one_of_no_case_and_of_another_unknown():
    case = row_of(
        AuditCase, audit="1", case="11", activity="thematic", programme="neglect", grade="good"
    )
    _, grades = audits_worked_out([case], GRADES)
    named = [row_of(AuditGrade, programme=p, grade="other") for p in ("neglect", "homes")]
    assert [grades.counts_none(row) for row in named] == [True, False]
