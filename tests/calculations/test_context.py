"""The context in which the Board works: who lives in its area."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given

from hscb_report.calculations import context
from hscb_report.figures import Figure
from hscb_report.schema.measurements import Measure
from tests.made_up import measured
from tests.strategies import figures


def declared(**said):
    (row,) = measured(measures=[said])[Measure]
    return row


def test_which_measure_is_the_population_is_said_by_the_list_of_measures(tables):
    """Not by its code: another board calls it otherwise."""
    for wanted, name in (("everybody", "population"), ("under_18", "under_18")):
        assert context.population_measure(iter(tables[Measure]), wanted).measure == name
        residents = declared(measure="residents", population=wanted)
        assert context.population_measure([declared(), residents], wanted) is residents
    assert context.population_measure([declared()], "everybody") is None


def test_a_fifth_of_the_population_is_under_18():
    share = context.share_under_18(Figure(Decimal(36100)), Figure(Decimal(184900)))
    assert round(share.value * 100, 2) == Decimal("19.52")


@given(figures, figures)
def test_a_share_rests_on_both_and_is_missing_without_a_population(young, everybody):
    share = context.share_under_18(young, everybody)
    is_known = young.value is not None and everybody.value
    assert share.value == (Decimal(young.value) / Decimal(everybody.value) if is_known else None)
    assert set(share.rows) == {*young.rows, *everybody.rows}
