"""The context in which the Board works."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import context
from hscb_report.schema.journey import MeasureValue
from hscb_report.schema.reference import Measure
from hscb_report.years import Period
from tests.strategies import few, measure_values


@pytest.mark.parametrize(
    ("measure", "area", "value"),
    [
        ("population", "Herefordshire", 184900),
        ("under_18", "Herefordshire", 36100),
        ("carers_register", "Herefordshire", 301),
        ("first_time_entrants", "Herefordshire", 176),
        ("first_time_entrant_rate", "Herefordshire", 589),
        ("first_time_entrant_rate", "England", 464),
        ("homeless_children", "Herefordshire", 201),
        ("placed_by_other_authorities", "Herefordshire", 200),
        ("senior_escalations", "Herefordshire", 2),
        ("population", "England", None),
    ],
)
def test_a_measure_has_the_value_of_the_source_or_is_missing(tables, measure, area, value):
    assert context.measure_value(tables[MeasureValue], measure, area).value == value


def test_the_misprinted_rate_is_marked_as_corrected(tables):
    """The source prints "per 10,000", which the rate cannot be."""
    rate = context.measure_value(tables[MeasureValue], "first_time_entrant_rate", "England")
    assert rate.basis == "corrected"
    (measure,) = (row for row in tables[Measure] if row.measure == "first_time_entrant_rate")
    assert measure.per == 100_000


def test_a_fifth_of_the_population_is_under_18(tables):
    share = context.share_under_18(tables[MeasureValue], "under_18", "population", "Herefordshire")
    assert round(share.value * 100, 2) == Decimal("19.52")


@pytest.mark.parametrize(
    ("measure", "area"),
    [
        ("first_time_entrants", "Herefordshire"),
        ("first_time_entrant_rate", "Herefordshire"),
        ("first_time_entrant_rate", "England"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_an_appended_row_of_the_year_before_does_not_change_the_latest(
    tables, measure, area, backwards
):
    """Wherever it stands: the latest value is that of the latest date, not of the last row."""
    latest = context.latest_value(tables[MeasureValue], measure, area)
    earlier = latest.model_copy(
        update={"period": Period.parse("2012-13"), "value": latest.value + 1}
    )
    rows = [*tables[MeasureValue], earlier]
    rows = rows[::-1] if backwards else rows
    assert context.latest_value(rows, measure, area) is latest
    found = context.measure_value(iter(rows), measure, area)
    assert (found.value, found.rows) == (latest.value, (latest.place,))


@few
@given(measure_values, st.randoms(use_true_random=False))
def test_of_several_periods_the_one_that_ends_last_counts_in_any_order(rows, random):
    mixed = random.sample(rows, len(rows))
    found = context.measure_value(mixed, "under_18", "Here")
    own = [row for row in rows if (row.measure, row.area) == ("under_18", "Here")]
    if own:
        (latest,) = (row for row in own if row.place in found.rows)
        assert found.value == latest.value
        assert all(row.period <= latest.period for row in own)
        assert latest.period.last == max(row.period.last for row in own)
    else:
        assert (found.value, found.searched) == (None, ("measure_values.csv",) if rows else ())


@few
@given(measure_values)
def test_a_share_comes_from_both_latest_rows_and_is_missing_without_a_population(rows):
    children, everyone = (
        context.measure_value(rows, measure, "Here") for measure in ("under_18", "population")
    )
    share = context.share_under_18(iter(rows), "under_18", "population", "Here")
    known = children.value is not None and everyone.value
    assert share.value == (children.value / everyone.value if known else None)
    assert set(share.rows) == {*children.rows, *everyone.rows}


@pytest.mark.parametrize("of", [None, "everybody", "under_18"])
def test_which_measure_is_the_population_is_said_by_the_list_of_measures(tables, of):
    """Not by its code: another board calls it otherwise."""
    assert context.population_measure(iter(tables[Measure]), "everybody") == "population"
    assert context.population_measure(iter(tables[Measure]), "under_18") == "under_18"
    first = tables[Measure][0].model_copy(update={"measure": "residents", "population": of})
    for wanted in ("everybody", "under_18"):
        found = context.population_measure([first], wanted)
        assert found == ("residents" if of == wanted else "")
