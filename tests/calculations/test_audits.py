"""Audits: the programme, the findings and the time to their review."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import audits
from hscb_report.schema.learning import Audit, AuditActivity, AuditFinding
from tests import in_force
from tests.strategies import audit_findings, audit_grades, few
from tests.strategies import audits as drawn_audits

CLOSED = in_force.FINDING_STATUS.meaning("closed")
GOOD = in_force.AUDIT_GRADE.meaning("good")
NOT_REVIEWED = in_force.FINDING_STATUS.meaning("not_reviewed")


@pytest.mark.parametrize(
    ("activity", "number", "cases"),
    [
        ("thematic", 8, 40),
        ("individual", 4, None),
        ("case_review", 4, None),
        ("child_death_review", 5, None),
    ],
)
def test_the_programme_is_that_of_the_source(tables, activity, number, cases):
    assert audits.programme_number(tables[AuditActivity], activity).value == number
    assert audits.programme_cases(tables[AuditActivity], activity).value == cases


def test_eight_thematic_audits_are_inferred_and_what_is_no_part_of_the_programme_missing(tables):
    """The source prints "Light"."""
    assert audits.programme_number(tables[AuditActivity], "thematic").basis == "inferred"
    missing = audits.programme_number(tables[AuditActivity], "unheard_of")
    assert (missing.value, missing.searched) == (None, ("2013-14/audit_programme.csv",))
    cases = audits.programme_cases(tables[AuditActivity], "unheard_of")
    assert missing.lacks == cases.lacks == ('activity "unheard_of"',)
    assert not audits.programme_cases(tables[AuditActivity], "individual").lacks


def test_the_activities_of_several_kinds_are_added_up_and_those_of_none_are_missing(tables):
    """Not 0: that the programme names no child death reviews does not say that there were none."""
    programme = tables[AuditActivity]
    both = audits.programme_numbers(programme, ("case_review", "child_death_review"))
    assert (both.value, len(both.rows)) == (9, 2)
    for none in (audits.programme_numbers(programme, kinds) for kinds in ((), ("unheard_of",))):
        assert (none.value, none.searched) == (None, ("2013-14/audit_programme.csv",))


def test_findings_have_the_status_of_the_source_and_four_of_seven_are_closed(tables):
    """One resolved and three improved; a better process alone does not close a finding."""
    by_status = audits.findings_by_status(tables[AuditFinding], in_force.FINDING_STATUS)
    assert {row.status: row.findings.value for row in by_status} == {
        "resolved": 1,
        "improved": 3,
        "partial": 1,
        "process_only": 1,
        "not_improved": 1,
        "not_reviewed": 0,
    }
    assert audits.closed(tables[AuditFinding], CLOSED).value == 4
    assert audits.findings_total(tables[AuditFinding], NOT_REVIEWED).value == 7


@few
@given(audit_findings)
def test_the_statuses_sum_to_all_findings_and_come_from_their_rows(rows):
    by_status = audits.findings_by_status(iter(rows), in_force.FINDING_STATUS)
    assert [row.status for row in by_status] == list(in_force.FINDING_STATUS)
    not_reviewed = audits.findings_with_status(rows, "not_reviewed").value
    reviewed = audits.findings_total(rows, NOT_REVIEWED).value
    assert sum(row.findings.value for row in by_status) == len(rows)
    assert (by_status[-1].status, reviewed) == ("not_reviewed", len(rows) - not_reviewed)
    for row in by_status:
        assert row.findings.rows == tuple(
            found.place for found in rows if found.status == row.status
        )
    resolved, improved = (row.findings for row in by_status[:2])
    assert audits.closed(rows, CLOSED).value == resolved.value + improved.value


@few
@given(audit_findings, st.lists(st.sampled_from(tuple(in_force.FINDING_STATUS)), unique=True))
def test_what_closes_a_finding_and_what_is_no_review_is_for_the_board_s_words_to_say(rows, chosen):
    """Findings that nobody has looked at again are no part of those that were reviewed."""
    closed = audits.closed(iter(rows), chosen)
    reviewed = audits.findings_total(iter(rows), chosen)
    if not chosen:
        assert closed.value is None
        return
    assert closed.rows == tuple(row.place for row in rows if row.status in chosen)
    assert reviewed.rows == tuple(row.place for row in rows if row.status not in chosen)
    assert closed.value + reviewed.value == len(rows)
    by_status = audits.findings_by_status(iter(rows), iter(chosen))
    assert [row.status for row in by_status] == chosen


@pytest.mark.parametrize(
    ("programme", "fewest", "most"), [("front_door", 5, 6), ("conferences", 5, 7)]
)
def test_time_to_review_runs_from_each_first_audit_to_its_review(tables, programme, fewest, most):
    """April and May to October 2013; July and September 2013 to February 2014."""
    found = audits.months_to_review(tables[Audit], programme)
    assert tuple(figure.value for figure in found) == (fewest, most)
    assert audits.fewest_months_to_review(tables[Audit], programme) == found[0]
    assert audits.most_months_to_review(tables[Audit], programme) == found[1]


def test_the_time_to_review_of_a_programme_that_is_not_there_names_where_it_was_looked_for(tables):
    for found in audits.months_to_review(tables[Audit], "unheard_of"):
        assert (found.value, found.files) == (None, ("2013-14/audits.csv",))


@few
@given(drawn_audits, st.randoms(use_true_random=False))
def test_a_time_to_review_is_missing_exactly_where_no_review_is_known(rows, random):
    """Each audit stands in the time of its own programme, in whatever order they are listed."""
    times = audits.times_to_review(random.sample(rows, len(rows)))
    assert sorted(row.audit for time in times for row in time.audits) == [row.audit for row in rows]
    for time in times:
        months = [
            (row.review_audit.year - row.first_audit.year) * 12
            + row.review_audit.month
            - row.first_audit.month
            for row in time.audits
            if row.review_audit
        ]
        assert time.fewest.value == min(months, default=None)
        assert time.most.value == max(months, default=None)
        places = {row.place for row in rows if row.programme == time.audits[0].programme}
        assert set(time.fewest.rows) == set(time.most.rows) == places


# Grades ---------------------------------------------------------------------------------------


@few
@given(audit_grades)
def test_graded_cases_are_added_up_by_grade_and_audit_and_what_nobody_says_is_missing(rows):
    for grade in (None, *in_force.AUDIT_GRADE):
        for programme in (None, "one", "two"):
            own = [
                row
                for row in rows
                if grade in (None, row.grade) and programme in (None, row.programme)
            ]
            found = audits.cases_graded(iter(rows), grade, programme)
            assert found.rows == tuple(row.place for row in own)
            assert found.value == (sum(row.cases for row in own) if own else None)
    good = [row.cases for row in rows if row.grade in ("outstanding", "good")]
    assert audits.cases_good(iter(rows), GOOD).value == (sum(good) if good else None)
    assert audits.cases_good(iter(rows), ()).value is None


def test_the_cases_of_several_kinds_are_missing_where_one_does_not_say(tables):
    programme = tables[AuditActivity]
    assert audits.programmes_cases(programme, ("thematic",)).value == 40
    for kinds in (("thematic", "individual"), ("unheard_of",), ()):
        assert audits.programmes_cases(programme, kinds).value is None
