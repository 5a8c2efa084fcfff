"""The measures of strategic priorities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import priorities
from hscb_report.schema import vocabularies as words
from tests.strategies import priority_statements


@pytest.mark.parametrize(
    ("kind", "by_priority", "whole"),
    [
        ("said", [3, 2, 4, 3], 12),
        ("did", [3, 3, 6, 3], 15),
        ("difference", [3, 1, 4, 2], 10),
    ],
)
def test_the_statements_are_those_of_the_source(tables, kind, by_priority, whole):
    rows = tables.priority_statements
    assert priorities.statements(rows, kind).value == whole
    for number, expected in enumerate(by_priority, 1):
        of_one = [row for row in rows if row.priority == number]
        assert priorities.statements(of_one, kind).value == expected


def test_no_difference_rests_on_figures_and_four_claim_an_increase(tables):
    rows = tables.priority_statements
    assert priorities.differences_graded(rows, "figures").value == 0
    assert priorities.differences_graded(rows, "one_figure").value == 0
    assert priorities.differences_graded(rows, "outside_view").value == 1
    assert priorities.differences_graded(rows, "own_account").value == 9
    assert priorities.claims_of(rows, "increase").value == 4
    assert priorities.claims_of(rows, "reduction").value == 0


def test_a_claim_of_more_work_done_is_no_claimed_difference(tables):
    """Only what is said to have changed counts."""
    done = tables.priority_statements[3].model_copy(update={"claim": "increase"})
    assert done.kind == "did"
    assert priorities.claims_of([done], "increase").value == 0


def test_the_grades_come_from_the_strongest_to_the_weakest(tables):
    assert [grade.evidence for grade in priorities.grades(tables.priority_statements)] == [
        *("figures", "one_figure", "outside_view", "own_account")
    ]


@given(priority_statements)
def test_kinds_and_claims_sum_to_all_statements(rows):
    kinds = [priorities.statements(rows, kind).value for kind in words.STATEMENT_KIND]
    claims = [priorities.claims_of(rows, claim).value for claim in words.CLAIM]
    assert sum(kinds) == len(rows)
    assert sum(claims) == priorities.statements(rows, "difference").value


@given(priority_statements, st.randoms(use_true_random=False))
def test_grades_sum_to_the_graded_differences_in_any_order(rows, random):
    graded = [row for row in rows if row.kind == "difference" and row.evidence]
    mixed = list(rows)
    random.shuffle(mixed)
    found = [grade.differences for grade in priorities.grades(mixed)]
    assert sum(figure.value for figure in found) == len(graded)
    assert {place for figure in found for place in figure.rows} == {row.place for row in graded}
