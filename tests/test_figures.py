"""Figures: arithmetic that carries its rows, and never divides by zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import Figure, cell, count, one, sum_of, total
from hscb_report.schema import Place
from tests.strategies import figures, values


def rows_of(*found: Figure) -> tuple[Place, ...]:
    return tuple(sorted({place for figure in found for place in figure.rows}))


OPERATIONS = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}


@pytest.mark.parametrize("operation", OPERATIONS)
@given(left=figures, right=figures)
def test_a_result_comes_from_the_rows_of_both_sides_and_is_derived(operation, left, right):
    result = OPERATIONS[operation](left, right)
    assert result.rows == rows_of(left, right)
    assert result.basis == "derived"


@pytest.mark.parametrize("operation", OPERATIONS)
@given(figure=figures)
def test_a_missing_value_stays_missing(operation, figure):
    assert OPERATIONS[operation](figure, Figure(None)).value is None
    assert OPERATIONS[operation](Figure(None), figure).value is None


@pytest.mark.parametrize("zero", [0, Decimal(0), Decimal("0.00")])
@given(figure=figures)
def test_a_zero_denominator_gives_a_missing_value(zero, figure):
    assert (figure / Figure(zero)).value is None


@given(figures, figures)
def test_arithmetic_does_not_change_its_operands(left, right):
    before = (left.value, left.rows, left.basis, right.value, right.rows, right.basis)
    for operation in OPERATIONS.values():
        operation(left, right)
    assert before == (left.value, left.rows, left.basis, right.value, right.rows, right.basis)


@given(figures)
def test_the_negative_of_a_figure_has_its_rows_and_adds_up_to_zero(figure):
    negative = -figure
    assert negative.rows == figure.rows
    assert (figure + negative).value in (0, None)
    assert (negative.value is None) == (figure.value is None)


@given(st.lists(figures, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_addends_does_not_matter(addends, random):
    shuffled = list(addends)
    random.shuffle(shuffled)
    assert sum_of(shuffled).value == sum_of(addends).value
    assert sum_of(shuffled).rows == sum_of(addends).rows or len(addends) < 2


@given(st.lists(figures, min_size=1, max_size=6))
def test_a_sum_is_missing_if_an_addend_is(addends):
    anyone = any(figure.value is None for figure in addends)
    assert (sum_of(addends).value is None) == anyone


def test_no_addends_sum_to_zero():
    assert sum_of([]) == Figure(0)


@given(figures)
def test_the_sum_of_one_figure_is_that_figure(figure):
    assert sum_of([figure]) == figure


@given(values, values)
def test_money_is_exact(left, right):
    """A sum and its difference give back the first value, without a float's error."""
    back = (Figure(left) + Figure(right)) - Figure(right)
    assert back.value == (None if right is None else left)


def test_ten_pence_and_twenty_pence_are_thirty_pence():
    assert (Figure(Decimal("0.10")) + Figure(Decimal("0.20"))).value == Decimal("0.30")


def test_a_cell_knows_its_row_and_its_basis(tables):
    council = tables.contributions[0]
    assert cell(council, "amount") == Figure(
        Decimal(127016), (Place("2013-14/contributions.csv", 2),), "verbatim"
    )
    thematic = next(row for row in tables.audit_programme if row.activity == "thematic")
    assert cell(thematic, "number").basis == "inferred"


def test_a_row_without_a_basis_gives_a_derived_figure(tables):
    assert cell(tables.measures[4], "per").basis == "derived"


def test_a_total_comes_from_every_row_added(tables):
    found = total(tables.contributions, "amount")
    assert found.value == 208191
    assert found.rows == tuple(row.place for row in tables.contributions)


def test_a_count_comes_from_the_rows_counted(tables):
    assert count(tables.referrals) == Figure(3, tuple(row.place for row in tables.referrals))
    assert count(()) == Figure(0)


def test_one_of_no_rows_is_missing():
    assert one((), "amount") == Figure(None)


def test_one_of_several_rows_is_refused(tables):
    """A filter that is not specific enough is a defect, not a figure."""
    with pytest.raises(ValueError, match="6 rows where one was expected"):
        one(tables.contributions, "amount")
