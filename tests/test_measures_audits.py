"""The measures of audits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import audits as measures
from hscb_report.schema import vocabularies as words
from tests.strategies import audit_findings, audits


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
    assert measures.programme_number(tables.audit_programme, activity).value == number
    assert measures.programme_cases(tables.audit_programme, activity).value == cases


def test_eight_thematic_audits_are_marked_as_inferred(tables):
    """The source prints "Light"."""
    assert measures.programme_number(tables.audit_programme, "thematic").basis == "inferred"


def test_a_part_of_the_programme_that_is_not_there_is_missing():
    assert measures.programme_number((), "thematic").value is None


@pytest.mark.parametrize(
    ("status", "number"),
    [
        ("resolved", 1),
        ("improved", 3),
        ("partial", 1),
        ("process_only", 1),
        ("not_improved", 1),
        ("not_reviewed", 0),
    ],
)
def test_findings_have_the_status_coded_in_the_specification(tables, status, number):
    assert measures.findings_with_status(tables.audit_findings, status).value == number


def test_five_findings_of_the_front_door_and_two_of_conferences_were_reviewed(tables):
    assert measures.findings_total(tables.audit_findings).value == 7


@pytest.mark.parametrize(("programme", "months"), [("front_door", 6), ("conferences", 7)])
def test_time_to_review_runs_from_the_first_audit_to_the_review(tables, programme, months):
    """April to October 2013; July 2013 to February 2014."""
    assert measures.months_to_review(tables.audits, programme).value == months


def test_an_audit_without_a_review_has_no_time_to_review(tables):
    waiting = [row.model_copy(update={"review_audit": None}) for row in tables.audits]
    assert measures.months_to_review(waiting, "front_door").value is None
    assert measures.months_to_review(tables.audits, "unheard of").value is None


@given(audit_findings)
def test_every_status_is_listed_and_they_sum_to_all_findings(rows):
    by_status = measures.findings_by_status(rows)
    assert [row.status for row in by_status] == list(words.FINDING_STATUS)
    assert sum(row.findings.value for row in by_status) == measures.findings_total(rows).value


@given(audit_findings)
def test_a_count_of_findings_comes_from_the_rows_counted(rows):
    for row in measures.findings_by_status(rows):
        places = tuple(found.place for found in rows if found.status == row.status)
        assert row.findings.rows == places
        assert row.findings.value == len(places)


@given(audits)
def test_a_time_to_review_is_missing_exactly_where_no_review_is_known(rows):
    for time in measures.times_to_review(rows):
        reviewed = [row for row in time.audits if row.review_audit]
        assert (time.months.value is None) == (not reviewed)
        assert set(time.months.rows) == {row.place for row in time.audits}


@given(audits)
def test_every_audit_stands_in_one_programme_s_time_to_review(rows):
    found = [row for time in measures.times_to_review(rows) for row in time.audits]
    assert sorted(row.audit for row in found) == sorted(row.audit for row in rows)


@given(audits, st.randoms(use_true_random=False))
def test_the_order_of_audits_does_not_matter_and_they_are_not_changed(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    before = list(mixed)
    for programme in ("one", "two"):
        found = measures.months_to_review(mixed, programme)
        assert found.value == measures.months_to_review(rows, programme).value
        assert set(found.rows) == set(measures.months_to_review(rows, programme).rows)
    assert mixed == before


# How far the loop was closed ------------------------------------------------------------------


def test_four_of_seven_findings_are_closed(tables):
    """One resolved and three improved; a better process alone does not close a finding."""
    assert measures.closed(tables.audit_findings).value == 4
    assert measures.closure_share(tables.audit_findings).value == Decimal(4) / 7
    assert measures.process_only_share(tables.audit_findings).value == Decimal(1) / 7


@given(audit_findings)
def test_the_share_closed_is_of_all_findings_and_missing_for_none(rows):
    closed = [row for row in rows if row.status in ("resolved", "improved")]
    found = measures.closure_share(rows)
    if not rows:
        assert found.value is None
        assert measures.process_only_share(rows).value is None
        return
    assert found.value == Decimal(len(closed)) / len(rows)
    assert set(found.rows) == {row.place for row in rows}
    assert 0 <= found.value + measures.process_only_share(rows).value <= 1 + Decimal("1e-20")
