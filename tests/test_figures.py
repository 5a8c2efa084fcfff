"""Figures: arithmetic that carries its rows, keeps what is withheld, and never divides by zero."""

from dataclasses import replace
from decimal import Decimal
from operator import add, mul, sub, truediv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import (
    LEAST_OF_A_SHARE,
    Figure,
    cell,
    count,
    count_by,
    one,
    share,
    sum_of,
    to_come,
    total,
    total_of_some,
    withheld,
)
from hscb_report.schema import Place
from hscb_report.schema.finance import Contribution
from hscb_report.schema.learning import AuditActivity
from hscb_report.schema.measurements import Measure, Measurement
from hscb_report.units import PERCENT, POUNDS
from tests.strategies import contributions, expressions, figures, nothing_found, values, waiting

OF_A_RATE = ("value", "numerator", "denominator")


@given(expressions)
def test_a_result_rests_on_the_rows_and_the_files_of_every_operand(expression):
    """What was looked through in vain is carried along like the rows that were found."""
    rows = {place for leaf in expression.leaves for place in leaf.rows}
    assert expression.result.rows == tuple(sorted(rows))
    files = {file for leaf in expression.leaves for file in leaf.files}
    assert expression.result.files == tuple(sorted(files))


@given(expressions)
def test_what_is_withheld_of_one_operand_is_withheld_of_the_result_and_printed_so(expression):
    """Never "not stated", whatever else is missing or divided by zero."""
    result = expression.result
    assert result.withheld == any(leaf.withheld for leaf in expression.leaves)
    if result.withheld:
        assert result.value is None
        assert POUNDS.text(result) == "not shown"


@given(expressions)
def test_a_missing_value_stays_missing(expression):
    if any(leaf.value is None for leaf in expression.leaves):
        assert expression.result.value is None


@pytest.mark.parametrize(
    ("operation", "value"), [(add, 9), (sub, 5), (mul, 14), (truediv, Decimal("3.5"))]
)
def test_a_result_is_derived_and_has_the_value_of_its_operation(operation, value):
    result = operation(Figure(7, basis="verbatim"), Figure(2, basis="verbatim"))
    assert result == Figure(value, basis="derived")


@given(figures, st.sampled_from((0, Decimal(0), Decimal("0.00"))))
def test_a_zero_denominator_gives_a_missing_value(figure, zero):
    quotient = figure / Figure(zero)
    assert (quotient.value, quotient.withheld) == (None, False)


@given(figures)
def test_the_negative_of_a_figure_is_derived_and_adds_up_with_it_to_zero(figure):
    assert (-figure).basis == "derived"
    assert (figure + -figure).value == (None if figure.value is None else 0)


@given(st.lists(figures, max_size=6), st.randoms(use_true_random=False))
def test_a_sum_is_missing_if_an_addend_is_and_does_not_depend_on_their_order(addends, random):
    shuffled = random.sample(addends, len(addends))
    known = [figure.value for figure in addends if figure.value is not None]
    expected = sum(known) if len(known) == len(addends) else None
    assert sum_of(addends).value == sum_of(shuffled).value == expected


def test_no_addends_sum_to_zero_and_one_is_its_own_sum():
    assert sum_of([]) == Figure(0)
    verbatim = Figure(3, (Place("a.csv", 2),), "verbatim")
    assert sum_of([verbatim]) == verbatim


@given(values, values)
def test_money_is_exact(left, right):
    """A sum less an addend gives back the other, without a float's error."""
    back = (Figure(left) + Figure(right)) - Figure(right)
    assert back.value == (None if right is None else left)


def test_ten_pence_and_twenty_pence_are_thirty_pence():
    assert (Figure(Decimal("0.10")) + Figure(Decimal("0.20"))).value == Decimal("0.30")


# To come ----------------------------------------------------------------------------------------


@given(expressions)
def test_what_rests_on_something_to_come_is_to_come_and_printed_so_unless_withheld(expression):
    """Through sums, differences, products and quotients, whatever else is missing."""
    result = expression.result
    assert result.to_come == any(leaf.to_come for leaf in expression.leaves)
    if result.to_come:
        assert result.value is None
        assert POUNDS.text(result) == ("not shown" if result.withheld else "to come")


@given(st.lists(figures | waiting, max_size=6), figures | waiting)
def test_sums_shares_and_negatives_of_what_is_to_come_are_to_come(addends, whole):
    added = sum_of(addends)
    is_awaited = any(figure.to_come for figure in addends)
    assert added.to_come == (-added).to_come == is_awaited
    assert share(added, whole).to_come == (is_awaited or whole.to_come)


@given(waiting, figures | nothing_found)
def test_withheld_a_figure_to_come_is_like_any_other(awaited, other):
    """That nothing was entered yet would tell something of it."""
    alike = replace(awaited, value=3, to_come=False)
    assert withheld(awaited) == withheld(alike)
    assert not withheld(awaited).to_come
    assert to_come(withheld(other)) == withheld(other)


@given(figures)
def test_a_figure_that_is_known_is_not_to_come(figure):
    found = to_come(figure)
    assert found.value == figure.value
    assert found.to_come == (figure.value is None)


def test_an_empty_cell_is_to_come_where_a_final_report_needs_it_and_missing_elsewhere(tables):
    council = tables[Contribution][0]
    gap = council.model_copy(update={"amount": None})
    assert cell(gap, "amount") == Figure(None, (council.place,), "verbatim", to_come=True)
    assert not cell(gap.model_copy(update={"budget": None}), "budget").to_come
    assert not cell(council, "amount").to_come
    assert total((gap, council), "amount").to_come
    assert count((gap, council)).value == 2
    assert one((gap,), "amount").to_come


def test_a_measurement_is_to_come_without_a_value_or_with_half_of_what_it_is_told_from(tables):
    row = tables[Measurement][0].model_copy(update=dict.fromkeys(("status", *OF_A_RATE)))
    assert cell(row, "value").to_come
    assert not cell(row.model_copy(update={"status": "not_available"}), "value").to_come
    half = row.model_copy(update={"numerator": Decimal(3)})
    assert (cell(half, "denominator").to_come, cell(half, "value").to_come) == (True, False)
    assert not cell(row.model_copy(update={"value": Decimal(3)}), "numerator").to_come


@given(contributions, st.integers(0, 6))
def test_a_count_by_a_cell_is_to_come_as_long_as_one_of_the_cells_is(rows, gap):
    def is_paid(paid):
        return paid != 0

    found = count_by(rows, "amount", is_paid)
    assert found == count(rows, lambda row: row.amount != 0)
    with_gap = [
        row.model_copy(update={"amount": None}) if number == gap else row
        for number, row in enumerate(rows)
    ]
    assert count_by(with_gap, "amount", is_paid).to_come == (gap < len(rows))


# Withholding ------------------------------------------------------------------------------------


@given(figures | nothing_found)
def test_what_is_withheld_tells_no_value_and_no_row_but_its_files(figure):
    hidden = withheld(figure)
    assert (hidden.value, hidden.rows, hidden.withheld) == (None, (), True)
    assert hidden.files == figure.files


def test_a_withheld_zero_looks_like_any_other_withheld_count():
    """Otherwise a reader would see by its files that nobody was counted."""
    three = Figure(3, (Place("a.csv", 2), Place("a.csv", 5)))
    assert withheld(Figure(0, searched=("a.csv",))) == withheld(three)
    assert withheld(Figure(None, searched=("a.csv",), lacks=("a row",))) == withheld(three)


# Rows -------------------------------------------------------------------------------------------


def test_a_cell_knows_its_row_and_its_basis_and_is_derived_where_its_row_has_none(tables):
    council = tables[Contribution][0]
    place = Place("2013-14/contributions.csv", 2)
    assert cell(council, "amount") == Figure(Decimal(127016), (place,), "verbatim")
    thematic = next(row for row in tables[AuditActivity] if row.activity == "thematic")
    assert cell(thematic, "number").basis == "inferred"
    assert cell(tables[Measure][4], "per").basis == "derived"


@given(contributions, st.integers(0, 6))
def test_totals_counts_and_cells_rest_on_the_chosen_rows_or_name_where_there_is_none(rows, least):
    """A choice of nothing names the files that it looked through, and only such a choice does."""

    def chosen(row):
        return row.place.row - 2 >= least

    found = [row for row in rows if chosen(row)]
    places = tuple(row.place for row in found)
    searched = () if found else tuple(sorted({row.place.file for row in rows}))
    basis = "derived"
    amount = sum((row.amount for row in found), Decimal(0))
    assert count(iter(rows), chosen) == Figure(len(found), places, basis, searched=searched)
    assert total(iter(rows), "amount", chosen) == Figure(amount, places, basis, searched=searched)
    if len(found) > 1:
        with pytest.raises(ValueError, match=f"{len(found)} rows where one was expected"):
            one(iter(rows), "amount", chosen)
    else:
        value = found[0].amount if found else None
        expected = Figure(value, places, basis, searched=searched)
        assert one(iter(rows), "amount", chosen) == expected


@given(contributions, st.integers(0, 6))
def test_a_row_that_was_looked_for_and_is_not_there_is_named_for_who_has_to_add_it(rows, least):
    """Whatever else the result is worked out from; of several rows each once."""

    def chosen(row):
        return row.place.row - 2 == least

    there = len(rows) > least
    for looked_for in (one, total_of_some):
        found = looked_for(rows, "amount", chosen, named="its row")
        assert found.value == (rows[least].amount if there else None)
        assert found.lacks == (() if there else ("its row",))
        assert (found + found - Figure(1)).lacks == found.lacks
        assert looked_for(rows, "amount", chosen).lacks == ()


@given(contributions)
def test_without_a_choice_every_row_counts(rows):
    assert count(rows).rows == total(rows, "amount").rows == tuple(row.place for row in rows)
    assert count(rows).value == len(rows)
    assert total(rows, "amount").value == sum(row.amount for row in rows)
    if len(rows) == 1:
        assert one(rows, "amount") == cell(rows[0], "amount")


@given(figures, figures)
def test_a_share_of_few_knows_the_counts_that_tell_it_and_rests_on_the_same_rows(part, whole):
    found, quotient = share(part, whole), part / whole
    is_of_few = quotient.value is not None and whole.value < LEAST_OF_A_SHARE
    assert found.out_of == ((part.value, whole.value) if is_of_few else None)
    assert replace(found, out_of=None) == quotient


def test_of_nineteen_counts_are_told_and_of_twenty_a_percentage():
    assert PERCENT.text(share(Figure(5), Figure(19))) == "5 of 19"
    assert PERCENT.text(share(Figure(5), Figure(20))) == "25.0%"
    assert share(Figure(0), Figure(0)).value is None


def test_what_is_worked_out_from_a_share_of_few_is_no_such_share():
    few = share(Figure(5), Figure(7))
    assert {(few * Figure(2)).out_of, (-few).out_of, (few + few).out_of} == {None}
