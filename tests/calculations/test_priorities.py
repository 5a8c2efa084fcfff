"""Strategic priorities: what was said, done, and claimed to have changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import priorities
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import PriorityStatement
from tests.strategies import few, priority_statements


@pytest.mark.parametrize(
    ("kind", "by_priority"),
    [("said", [3, 2, 4, 3]), ("did", [3, 3, 6, 3]), ("difference", [3, 1, 4, 2])],
)
def test_the_statements_are_those_of_the_source(tables, kind, by_priority):
    rows = tables[PriorityStatement]
    assert priorities.statements(rows, kind).value == sum(by_priority)
    for number, expected in enumerate(by_priority, 1):
        of_one = [row for row in rows if row.priority == number]
        assert priorities.statements(of_one, kind).value == expected


def test_no_difference_rests_on_figures_and_four_claim_an_increase(tables):
    """The grades come from the strongest to the weakest."""
    rows = tables[PriorityStatement]
    graded = [(grade.evidence, grade.differences.value) for grade in priorities.grades(rows)]
    assert graded == [("figures", 0), ("one_figure", 0), ("outside_view", 1), ("own_account", 9)]
    assert priorities.claims_of(rows, "increase").value == 4
    assert priorities.claims_of(rows, "reduction").value == 0
    searched = priorities.claims_of(rows, "reduction").searched
    assert searched == ("2013-14/priority_statements.csv",)


@few
@given(priority_statements, st.randoms(use_true_random=False))
def test_kinds_sum_to_all_and_claims_and_grades_to_the_differences_in_any_order(rows, random):
    """What was done is no claimed difference, whatever it claims or rests on."""
    mixed = random.sample(rows, len(rows))
    kinds = [priorities.statements(mixed, kind).value for kind in words.STATEMENT_KIND]
    assert sum(kinds) == len(rows)
    differences = [row for row in rows if row.kind == "difference"]
    for claim in words.CLAIM:
        claimed = {row.place for row in differences if row.claim == claim}
        assert set(priorities.claims_of(mixed, claim).rows) == claimed
    grades = priorities.grades(iter(mixed))
    assert [grade.evidence for grade in grades] == list(words.EVIDENCE)
    for grade in grades:
        graded = {row.place for row in differences if row.evidence == grade.evidence}
        assert set(grade.differences.rows) == graded
