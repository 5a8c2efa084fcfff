"""Measurements: values as told or worked out, series over time, medians, years together."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import measurements as of
from hscb_report.figures import Figure
from hscb_report.schema.measurements import Measure, Measurement
from hscb_report.years import Period, ReportingYear
from tests.made_up import measured
from tests.strategies import counts, few, places
from tests.strategies import measurements as drawn_measurements

YEAR = Period.of_year(ReportingYear(2013))


def rows_of(*values):
    return measured(*values)[Measurement]


def measure(**said):
    (row,) = measured(measures=[said])[Measure]
    return row


def period(text):
    return Period.parse(text)


# A value ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "area", "value"),
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
def test_a_measure_has_the_value_of_the_source_or_is_missing(tables, name, area, value):
    rows = tables[Measurement]
    (declared,) = (row for row in tables[Measure] if row.measure == name)
    row = of.latest(of.of_cell(rows, name, area), YEAR)
    found = of.value(rows, declared, row)
    assert found.value == value
    assert found.files == ("2013-14/measurements.csv",)


def test_the_misprinted_rate_is_marked_as_corrected(tables):
    """The source prints "per 10,000", which the rate cannot be."""
    (row,) = of.of_cell(tables[Measurement], "first_time_entrant_rate", "England")
    (declared,) = (row for row in tables[Measure] if row.measure == "first_time_entrant_rate")
    assert of.value((), declared, row).basis == "corrected"
    assert declared.per == 100_000


@pytest.mark.parametrize(
    ("said", "numerator", "denominator", "value"),
    [
        ({"per": 10_000}, 151, 36_100, "41.8"),
        ({"unit": "percent"}, 61, 100, "61.0"),
        ({"unit": "Per cent"}, 1, 8, "12.5"),
        ({"unit": "%"}, 1, 16, "6.3"),
        ({"per": 1}, 3, 2, "1.5"),
        ({"per": 0}, 3, 2, "0.0"),
        ({"unit": "percent", "per": 1000}, 3, 2, "1500.0"),
        ({}, 3, 2, "1.5"),
        ({"per": 10_000}, 0, 5, "0.0"),
        ({"per": 10_000}, 5, 0, None),
        ({"per": 10_000}, 5, None, None),
        ({"per": 10_000}, None, 5, None),
        ({"per": 10_000}, None, None, None),
    ],
)
def test_a_value_that_is_not_told_is_worked_out_to_one_decimal_or_is_missing(
    said, numerator, denominator, value
):
    """Halves away from nought; a missing number is no nought, and nothing is divided by it."""
    (row,) = rows_of({"numerator": numerator, "denominator": denominator})
    found = of.value((), measure(**said), row)
    assert found.value == (None if value is None else Decimal(value))
    assert found.rows == (row.place,)
    assert value is None or str(found.value) == value


def test_a_value_that_is_told_is_not_worked_out_and_nought_is_a_value():
    for told in (0, Decimal("40.25"), Decimal(-3)):
        (row,) = rows_of({"value": told, "numerator": 1, "denominator": 2})
        found = of.value((), measure(per=10_000), row)
        assert (found.value, found.basis) == (told, "derived")


def test_where_there_is_no_measurement_the_files_that_were_looked_through_are_known():
    rows = rows_of({"value": 1})
    found = of.value(iter(rows), measure(), None)
    assert (found.value, found.rows, found.searched) == (None, (), ("2013-14/measurements.csv",))


# Which one --------------------------------------------------------------------------------------


def test_a_cell_has_its_own_rows_alone_the_earliest_first():
    rows = rows_of(
        {"period": "2013-14"},
        {"period": "undated"},
        {"period": "2012-13"},
        {"area": "England"},
        {"measure": "other"},
        {"dimension": "sex", "category": "male"},
        {"dimension": "sex", "category": "female"},
    )
    assert [str(row.period) for row in of.of_cell(rows, "plans", "Here")] == [
        *("undated", "2012-13", "2013-14"),
    ]
    assert of.of_cell(rows, "plans", "Here", "sex", "male") == (rows[5],)
    assert of.of_cell(rows, "plans", "Here", "sex") == of.of_cell(rows, "plans", "There") == ()


@pytest.mark.parametrize(
    ("periods", "latest"),
    [
        (("2012-13", "2013-14"), "2013-14"),
        (("2013-14", "2014-M04-30"), "2013-14"),
        (("2013-14", "2014"), "2013-14"),
        (("year to March 2014", "2013"), "year to March 2014"),
        # The year, not its last quarter nor its last day
        (("2014-M01 to 2014-M03", "2012-M04 to 2014-M03"), "April 2012 to March 2014"),
        (("2012-M10 to 2013-M03", "2012-13"), "2012-13"),
        (("2013-M03-31", "2012-13"), "2012-13"),
        (("undated", "2001"), "2001"),
        (("undated",), "undated"),
        (("2012", "year to September 2012"), "2012"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_the_latest_is_that_of_the_year_else_the_one_that_ends_last(periods, latest, backwards):
    """Wherever its row stands; of two that end alike, the longer time."""
    rows = rows_of(*({"period": text} for text in periods))
    found = of.latest(rows[::-1] if backwards else rows, YEAR)
    assert str(found.period) == latest


def test_of_nothing_there_is_no_latest():
    assert of.latest((), YEAR) is None


@few
@given(drawn_measurements, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    mixed = random.sample(rows, len(rows))
    for area in ("Here", "There"):
        assert of.of_cell(mixed, "under_18", area) == of.of_cell(rows, "under_18", area)
        found = of.latest(of.of_cell(mixed, "under_18", area), YEAR)
        known = {row.period for row in of.of_cell(rows, "under_18", area)}
        if YEAR in known:
            assert found.period == YEAR
        elif found:
            assert found.period.last == max(when.last for when in known)


# Over the years ---------------------------------------------------------------------------------


def test_what_a_later_year_tells_of_a_cell_and_a_time_stands_in_place_of_an_earlier_one():
    now = rows_of({"value": 5}, {"value": 4, "period": "2012-13"})
    last = rows_of({"value": 9, "period": "2012-13"}, {"value": 3, "period": "2011-12"})
    first = rows_of({"value": 8, "period": "2011-12"}, {"value": 2, "area": "England"})
    assert [row.value for row in of.told(now, [last, first])] == [5, 4, 3, 2]
    assert of.told((), []) == ()


def test_one_time_in_two_words_is_one_time():
    """2013-14 is the year to March 2014, and the twelve months from April 2013."""
    now = rows_of({"value": 5})
    again = rows_of(
        {"value": 9, "period": "year to March 2014"},
        {"value": 9, "period": "2013-M04 to 2014-M03"},
    )
    assert of.told(now, [again]) == now
    assert of.told((), [again]) == again[:1]


def test_another_category_is_another_cell():
    rows = rows_of({}, *({"dimension": "sex", "category": c} for c in ("male", "female")))
    assert of.told(rows, [rows]) == rows


@pytest.mark.parametrize(
    ("periods", "last", "alike"),
    [
        ("2013-14 2011-12 2012-13", "2013-14", "2011-12 2012-13 2013-14"),
        # a gap stays a gap, and the last may itself be one
        ("2010-11 2013-14", "2013-14", "2010-11 2011-12 2012-13 2013-14"),
        ("2010-11", "2013-14", "2010-11"),
        # another form of time is not the same time of an earlier year
        ("2012 2012-M03-31 2011-12 2013-14", "2013-14", "2011-12 2012-13 2013-14"),
        ("2012 2013 2012-13", "2013", "2012 2013"),
        ("2012-M03-31 2013-M03-31", "2014-M03-31", "2012-M03-31 2013-M03-31"),
        ("2012-M02-29", "2013-M02-28", "2012-M02-29"),
        # what is later, and what is not dated, is not earlier
        ("2013-14 2014-15", "2013-14", "2013-14"),
        ("undated 2013-14", "2013-14", "2013-14"),
        ("2013-14 undated", "undated", "undated"),
    ],
)
def test_alike_are_the_same_time_of_earlier_years(periods, last, alike):
    found = of.alike(map(period, periods.split()), period(last))
    assert found == tuple(map(period, alike.split()))


@given(st.sets(st.integers(2001, 2013), min_size=1), st.integers(1, 7))
def test_of_many_years_the_latest_are_kept_in_their_order_and_a_gap_is_one_of_them(firsts, most):
    """A year of which nothing is known stands between two that are known, and begins none."""
    whole = [Period.of_year(ReportingYear(first)) for first in firsts]
    found = of.alike(whole, YEAR, most)
    assert found[-1] == max(whole)
    assert found[0] in whole
    assert len(found) <= most
    assert all(after.before == before for before, after in pairwise(found))
    span = found[-1].last.year - min(whole).last.year + 1
    assert len(found) == span or found[0].last.year > min(whole).last.year


# Within the year --------------------------------------------------------------------------------


def months(first=4, last=12, year=2013):
    return [f"{year}-M{month:02d}" for month in range(first, last + 1)]


QUARTERS = ["2013-M04 to 2013-M06", "2013-M07 to 2013-M09", "2013-M10 to 2013-M12"]
LAST_QUARTER = "2014-M01 to 2014-M03"
ENDS = ["2013-M06-30", "2013-M09-30", "2013-M12-31", "2014-M03-31"]


@pytest.mark.parametrize(
    ("periods", "kept"),
    [
        ([*QUARTERS, LAST_QUARTER], [*QUARTERS, LAST_QUARTER]),
        # February is a month as any other
        ([*months(), *months(1, 3, 2014)], [*months(), *months(1, 3, 2014)]),
        (months(1, 3, 2014), months(1, 3, 2014)),
        (ENDS, ENDS),
        # the year itself, in whatever words, is no part of itself
        ([*ENDS, "2013-14", "year to March 2014"], ENDS),
        # of several lengths the most frequent
        ([*QUARTERS, *months(4, 7)], months(4, 7)),
        ([*QUARTERS, LAST_QUARTER, *ENDS[:2], "2013-M04 to 2013-M09"], [*QUARTERS, LAST_QUARTER]),
        # fewer than three show no course
        (ENDS[:2], []),
        ([*ENDS[:2], QUARTERS[0]], []),
        # of another year, or in part of it
        ([*QUARTERS[:2], LAST_QUARTER.replace("2014", "2013")], []),
        ([*QUARTERS[:2], "2014-M02 to 2014-M04"], []),
        (["undated", *ENDS[:2]], []),
        ([], []),
    ],
)
def test_the_course_of_a_year_has_parts_of_one_length(periods, kept):
    rows = rows_of(*({"period": text} for text in periods))
    for order in (rows, rows[::-1]):
        found = of.within_year(order, YEAR)
        assert sorted(row.period for row in found) == sorted(map(period, kept))


# Beside others, and together --------------------------------------------------------------------


@given(st.lists(st.tuples(st.none() | counts, places), max_size=7))
def test_the_middle_is_the_median_of_at_least_three_that_are_known(drawn):
    """It rests on the rows of those that are known."""
    figures = [Figure(value, (place,)) for value, place in drawn]
    known = [value for value, _ in drawn if value is not None]
    found = of.middle(figures)
    assert found.value == (median(known) if len(known) > 2 else None)
    assert set(found.rows) == {place for value, place in drawn if value is not None}


def test_the_middle_of_two_rates_keeps_every_decimal():
    figures = [Figure(Decimal(text)) for text in ("41.2", "41.3", "10", "99")]
    assert of.middle(figures).value == Decimal("41.25")


def test_counts_of_several_years_are_added_and_none_is_left_out():
    rows = rows_of({"value": 3}, {"value": 0, "period": "2012-13"})
    assert of.together(rows, measure()).value == 3
    assert of.together([*rows, *rows_of({"period": "2011-12"})], measure()).value is None


def test_a_rate_of_several_years_is_of_all_that_was_counted_and_not_a_mean_of_rates():
    rows = rows_of(
        {"value": 50, "numerator": 5, "denominator": 1000},
        {"value": 10, "numerator": 3, "denominator": 3000, "period": "2012-13"},
    )
    assert of.together(rows, measure(per=10_000)).value == Decimal("20.0")
    assert of.together(rows, measure(unit="percent")).value == Decimal("0.2")
    lacking = rows_of({"value": 50, "numerator": 5})
    assert of.together([*rows, *lacking], measure(per=10_000)).value is None
