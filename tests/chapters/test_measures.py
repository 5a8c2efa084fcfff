"""What must hold of every measurement: rates, shares, wholes, flows, times, what is declared."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from hscb_report.chapters import declared_chapters
from hscb_report.chapters.measures import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.schema.measurements import Measurement, ProtectedMeasurement
from hscb_report.schema.settings import KINDS
from tests.in_force import IN_FORCE
from tests.made_up import AREAS, earlier_year, measured, result_of, with_settings

RULES = {rule.code: rule for rule in CHAPTER.rules}
FILE = "2013-14/measurements.csv"
PROTECTED = "2013-14/protected_measurements.csv"
MEASURES = "reference/measures.csv"
GIRLS = {"dimension": "sex", "category": "female"}
BOYS = {"dimension": "sex", "category": "male"}
UNKNOWN = {"dimension": "sex", "category": "sex_not_known"}
NUMBERS = ("value", "numerator", "denominator", "target", "ceiling")


def cells(given):
    """Return cells as they are read: numbers as decimals."""
    return {
        name: Decimal(str(value)) if name in NUMBERS and value is not None else value
        for name, value in given.items()
    }


def run(code, *values, measures=({},), protected=(), areas=None, **known):
    """Return what comes of a rule over measurements, of which some may be protected."""
    tables = measured(
        *map(cells, values),
        measures=map(cells, measures),
        protected=[*map(cells, protected)],
        areas=areas,
    )
    return result_of(RULES[code], tables, **known)


def places(result):
    return [(f.severity, f.file, f.row, f.column, f.found) for f in result.findings]


def says(result):
    (found,) = result.findings
    return found.message


def test_its_rules_have_no_page_and_run_wherever_there_are_measures():
    assert CHAPTER.pages == ()
    assert sorted(RULES, key=lambda code: int(code[1:])) == [
        *("R16", "R17", "R32", "R36"),
        *(f"R{number}" for number in range(55, 67)),
    ]


# A rate is its numerator by its denominator ------------------------------------------------------


def rate(value, numerator=None, denominator=None, **said):
    return {"value": value, "numerator": numerator, "denominator": denominator, **said}


PER = [{"per": 1000}]


def test_half_of_the_last_printed_digit_is_rounding_and_more_is_an_error_at_the_value():
    for value, within, beyond in (
        ("589", ("589.5", "588.5", "589"), ("589.51", "588.49")),
        ("589.0", ("589.05", "588.95"), ("589.051", "588.949")),
        ("61.25", ("61.255", "61.245"), ("61.2551", "61.2449")),
        ("0", ("0", "0.5"), ("0.51",)),
    ):
        for numerator in within:
            assert run("R16", rate(value, numerator, 1000), measures=PER).outcome == "passed"
        for numerator in beyond:
            result = run("R16", rate(value, numerator, 1000), measures=PER)
            assert places(result) == [("error", FILE, 2, "value", value)]
            assert f"{numerator} of 1000 give " in says(result)


@drawn(
    st.integers(0, 10**5), st.integers(1, 10**6), st.integers(0, 3), st.sampled_from((100, 10_000))
)
def test_a_rate_rounded_to_any_number_of_decimals_passes(numerator, denominator, decimals, per):
    exact = Decimal(numerator) / Decimal(denominator) * per
    rounded = exact.quantize(Decimal(1).scaleb(-decimals))
    for value, outcome in (
        (rounded, "passed"),
        (rounded + Decimal(2).scaleb(-decimals), "failed"),
        (rounded - Decimal(2).scaleb(-decimals), "failed"),
    ):
        result = run("R16", rate(value, numerator, denominator), measures=[{"per": per}])
        assert result.outcome == outcome


def test_a_share_is_worked_out_by_its_unit():
    for unit in ("percent", "%", "Per cent"):
        assert run("R16", rate(61, 61, 100), measures=[{"unit": unit}]).outcome == "passed"
        result = run("R16", rate("0.61", 61, 100), measures=[{"unit": unit}])
        assert places(result) == [("error", FILE, 2, "value", "0.61")]
        assert says(result) == "61 of 100 give 61.00."


def test_only_the_wrong_one_of_several_rates_is_told():
    values = (
        rate(5, 5, 1000, period="2011"),
        rate(50, 5, 1000, period="2012"),
        rate(7, period="2013"),
    )
    assert places(run("R16", *values, measures=PER)) == [("error", FILE, 3, "value", "50")]


@pytest.mark.parametrize(
    ("row", "per", "column", "what"),
    [
        (rate(589, 589), 1000, "denominator", "its denominator is missing or 0"),
        (rate(None, 589), 1000, "denominator", "its denominator is missing or 0"),
        (rate(589, 589, 0), 1000, "denominator", "its denominator is missing or 0"),
        (rate(589, None, 1000), 1000, "numerator", "its numerator is missing or 0"),
    ],
)
def test_a_rate_that_cannot_be_worked_out_again_is_an_error_at_what_is_missing(
    row, per, column, what
):
    """A numerator without a denominator, or with 0; either without a rate to be part of."""
    result = run("R16", row, measures=[{"per": per}])
    assert places(result) == [("error", FILE, 2, column, None)]
    assert what in says(result)


@pytest.mark.parametrize("per", [None, 0])
def test_a_measure_of_rates_without_its_per_is_told_once_where_it_is_to_be_given(per):
    """In the list of measures, and not at each of its values."""
    values = rate(589, 7, 1000), rate(None, 7, 1000, period="2012-13")
    result = run("R16", *values, measures=[{"per": per}])
    assert places(result) == [("error", "reference/measures.csv", 2, "per", None)]
    assert "row 2 of 2013-14/measurements.csv is a rate" in says(result)


def test_what_is_worked_out_needs_no_value_and_without_numerators_there_is_nothing_to_do():
    """As in the source, which counts and rates apart."""
    assert run("R16", rate(None, 7, 1000), measures=PER).outcome == "passed"
    assert run("R16", rate(589), measures=PER).outcome == "not_run"


# A value is plausible, and in its unit -----------------------------------------------------------


def test_a_count_below_nought_or_of_a_time_to_come_is_a_warning():
    """A change in pounds may be; what a later report will tell is not yet known."""
    assert places(run("R17", {"value": -3})) == [("warning", FILE, 2, "value", "-3")]
    assert run("R17", {"value": -3}, measures=[{"unit": "pounds"}]).outcome == "passed"
    later = run("R17", {"value": 3, "period": "2014-15"})
    assert places(later) == [("warning", FILE, 2, "period", "2014-15")]
    assert run("R17", {"value": 3, "period": "2014"}).outcome == "passed"


def test_a_target_of_more_than_all_of_them_is_an_error_where_it_is_declared():
    measures = [{"unit": "percent", "target": Decimal(950)}]
    result = run("R56", {"value": 93}, measures=measures)
    assert places(result) == [("error", "reference/measures.csv", 2, "target", "950")]


def test_a_value_above_its_ceiling_is_a_warning_at_the_value():
    measures = [{"ceiling": 4000}]
    for value in ("0", "3999.99", "4000", None):
        assert run("R17", {"value": value}, measures=measures).outcome == "passed"
    result = run("R17", {"value": "4000.01"}, measures=measures)
    assert places(result) == [("warning", FILE, 2, "value", "4000.01")]
    assert says(result) == "above 4000, the highest plausible for plans."


def test_a_rate_printed_in_another_unit_is_a_warning_at_the_unit():
    printed = {"value": 589, "printed_per": 10_000}
    assert run("R17", printed, measures=[{"per": 10_000}]).outcome == "passed"
    for per, what in ((100_000, "is per 100,000."), (None, "is per 1.")):
        result = run("R17", printed, measures=[{"per": per}])
        assert places(result) == [("warning", FILE, 2, "printed_per", "10000")]
        assert "the document has a rate per 10,000;" in says(result)
        assert says(result).endswith(what)


def test_a_rate_too_high_and_in_another_unit_is_told_twice():
    result = run("R17", {"value": 5000, "printed_per": 10}, measures=[{"ceiling": 4000}])
    assert [found.column for found in result.findings] == ["value", "printed_per"]


# A part is within its whole ----------------------------------------------------------------------

PARTS = [{"part_of": "people"}, {"measure": "people", "name": "People"}]


def test_a_part_above_its_whole_is_an_error_at_the_part():
    for part in (184_900, 184_899, None):
        values = {"value": part}, {"measure": "people", "value": 184_900}
        assert run("R32", *values, measures=PARTS).outcome == "passed"
    result = run("R32", {"value": 184_901}, {"measure": "people", "value": 184_900}, measures=PARTS)
    assert places(result) == [("error", FILE, 2, "value", "184901")]
    assert says(result) == (
        "more than people of which it is a part, which is 184900 (measurements.csv row 3)."
    )


def test_a_share_that_is_worked_out_is_held_to_its_whole_too():
    measures = [{**PARTS[0], "unit": "percent"}, {**PARTS[1], "unit": "percent"}]
    result = run("R32", rate(None, 3, 5), rate(50, measure="people"), measures=measures)
    assert places(result) == [("error", FILE, 2, "numerator", "3")]


@pytest.mark.parametrize("other", [{"area": "England"}, {"period": "2012-13"}, GIRLS])
def test_a_part_is_compared_with_nothing_but_its_whole_of_that_area_category_and_period(other):
    values = {"value": 2, **other}, {"measure": "people", "value": 1}
    assert run("R32", *values, measures=PARTS).outcome == "not_run"
    assert run("R32", {"value": 2}, values[1]).outcome == "not_run"


def test_a_category_is_never_above_all_of_them():
    """Also where the whole is not divided: a child may be counted in several categories."""
    for girls in (5, 4, None):
        assert run("R32", {"value": 5}, {"value": girls, **GIRLS}).outcome == "passed"
    result = run("R32", {"value": 5}, {"value": 6, **GIRLS})
    assert places(result) == [("error", FILE, 3, "value", "6")]
    result = run("R32", {"value": 5}, {"value": 6, **GIRLS}, measures=PER)
    assert result.outcome == "not_run", "a rate of one category may be above that of all"


def test_more_children_than_people_are_found_in_the_committed_data(after):
    (found,) = after(RULES["R32"], (Measurement, 3, "value", "184,901"))
    assert (found.file, found.row, found.found) == (FILE, 3, "184901")


# A value is of a time ---------------------------------------------------------------------------


def test_a_value_without_a_period_is_an_error_but_where_what_is_remade_lacks_one(given):
    values = {"value": 1, "period": "undated"}, {"value": 1}
    for kind in KINDS:
        settings = with_settings(given, kind=kind).settings
        expected = [("error", FILE, 2, "period", "undated")]
        result = run("R36", *values, settings=settings)
        assert places(result) == ([] if kind == "reconstruction" else expected)
    assert run("R36", *values).outcome == "passed"


# A measurement has a value, or says that there is none -------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ({}, "value", None),
        ({"status": "provisional"}, "value", None),
        ({"status": "not_available", "value": 0}, "status", "not_available"),
        ({"status": "not_available", **rate(None, 0, 5)}, "status", "not_available"),
        ({"value": 1, "dimension": "sex"}, "category", None),
        ({"value": 1, "category": "female"}, "dimension", None),
    ],
)
def test_what_is_told_in_half_is_an_error_where_the_other_half_is_missing(row, column, found):
    assert places(run("R55", row)) == [("error", FILE, 2, column, found)]


@pytest.mark.parametrize(
    "row",
    [
        *({"value": 0}, rate(None, 0, 5), {"status": "not_available"}),
        {"status": "not_available", "numerator": 5},
        # what a rate lacks to be worked out is told by rule R16
        *({"numerator": 1}, {"numerator": 1, "denominator": 0}, {"denominator": 1}),
        *({"value": 1, **GIRLS}, {"value": 1, "status": "estimated"}),
    ],
)
def test_a_value_numerator_and_denominator_or_saying_that_there_is_none_are_enough(row):
    assert run("R55", row).outcome == "passed"


# A share is within the whole ---------------------------------------------------------------------

PERCENT = [{"unit": "percent"}]


def test_a_share_lies_between_nought_and_a_hundred():
    for row in ({"value": 0}, {"value": 100}, rate(None, 5, 5), {"status": "not_available"}):
        assert run("R56", row, measures=PERCENT).outcome == "passed"
    for row, column, found in (
        ({"value": "149.3"}, "value", "149.3"),
        ({"value": "100.01"}, "value", "100.01"),
        ({"value": "-0.1"}, "value", "-0.1"),
        (rate(None, 6, 5), "numerator", "6"),
    ):
        result = run("R56", row, measures=PERCENT)
        assert places(result) == [("error", FILE, 2, column, found)]
    assert run("R56", {"value": 149}, measures=[{"unit": "percentage points"}]).outcome == "not_run"


# Categories come to all of them ------------------------------------------------------------------


def of_sex(girls, boys, everybody, **said):
    return (
        {"value": girls, **GIRLS, **said},
        {"value": boys, **BOYS},
        *([] if everybody is None else [{"value": everybody}]),
    )


def test_an_exhaustive_dimension_comes_to_all_of_them():
    assert run("R57", *of_sex(3, 4, 7)).outcome == "passed"
    for everybody in (6, 8):
        result = run("R57", *of_sex(3, 4, everybody))
        assert places(result) == [("error", FILE, 2, "value", None)]
        assert says(result) == (
            "plans by sex (measurements.csv rows 2, 3) does not come to all of them "
            "(measurements.csv row 4)."
        )


def test_where_a_category_is_not_known_the_others_may_come_to_less_and_not_to_more():
    """A total smaller than its parts is wrong whatever is not known."""
    lacking = {"status": "not_available", **UNKNOWN}
    for everybody in (7, 9):
        assert run("R57", *of_sex(3, 4, everybody), lacking).outcome == "passed"
    assert run("R57", *of_sex(3, 4, 6), lacking).outcome == "failed"


def test_sums_are_held_to_totals_of_their_own_area_and_time_and_only_of_counts():
    assert run("R57", *of_sex(3, 4, None)).outcome == "passed"
    for other in ({"area": "England"}, {"period": "2012-13"}, {"measure": "visits"}):
        measures = {}, {"measure": "visits", "name": "Visits"}
        values = *of_sex(3, 4, None), {"value": 9, **other}
        assert run("R57", *values, measures=measures).outcome == "passed"
    for unit in (PER, PERCENT):
        assert run("R57", *of_sex(3, 4, 9), measures=unit).outcome == "not_run"
    assert run("R57", {"value": 3}).outcome == "not_run"


def test_of_values_that_are_not_exact_no_sum_is_asked():
    """About 40 and about 60 need not come to 99."""
    for qualifier in ("approximately", "over"):
        assert run("R57", *of_sex(3, 4, 8, qualifier=qualifier)).outcome == "passed"
    assert run("R57", *of_sex(3, 4, 8, qualifier="exact")).outcome == "failed"


def test_a_dimension_that_does_not_make_up_the_whole_is_not_summed():
    """As the board's own words say: a child may be in two of its categories."""
    loose = replace(IN_FORCE["dimension"], means={})
    words = {**IN_FORCE, "dimension": loose}
    assert run("R57", *of_sex(3, 4, 8), vocabularies=words).outcome == "not_run"


# Opening, starts, ends, closing ------------------------------------------------------------------

FLOW = [
    {"measure": part, "name": part, "flow": "plans", "flow_part": part}
    for part in ("opening", "starts", "ends", "closing")
]


def flow(opening, starts, ends, closing, **said):
    told = {"opening": opening, "starts": starts, "ends": ends, "closing": closing}
    return [
        {"measure": part, "value": value, **(said if part == "starts" else {})}
        for part, value in told.items()
        if value is not None
    ]


@drawn(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(-3, 3))
def test_what_was_there_with_those_added_less_those_that_left_is_what_is_there(
    opening, starts, ends, off
):
    values = flow(opening, starts, ends, opening + starts - ends + off)
    result = run("R58", *values, measures=FLOW)
    found = str(opening + starts - ends + off)
    expected = [("error", FILE, 5, "value", found)] if off else []
    assert places(result) == expected
    if off:
        assert "(measurements.csv rows 2 to 4)" in says(result)


def test_a_flow_of_which_a_part_is_missing_or_not_exact_is_not_added_up():
    for values in (
        flow(1, 2, None, 9),
        flow(1, 2, 3, 9, area="England"),
        flow(1, 2, 3, 9, period="2012-13"),
        flow(1, 2, 3, 9, qualifier="approximately"),
        flow(1, 2, 3, 9, **GIRLS),
        [*flow(1, 2, 3, None), {"measure": "closing", "status": "not_available"}],
    ):
        assert run("R58", *values, measures=FLOW).outcome == "not_run"
    girls = [{**row, **GIRLS} for row in flow(1, 2, 3, 9)]
    assert run("R58", *girls, measures=FLOW).outcome == "failed"


# What one year closes with, the next opens with --------------------------------------------------


def opens(now, before, first=2012, code="R59"):
    closed = earlier_year(first, {"measure": "closing", **cells(before)}, measures=FLOW)
    values = {"measure": "opening", **now}, {"measure": "closing", "value": 99}
    return run(code, *values, measures=FLOW, earlier=(closed,))


def test_a_year_opens_with_what_the_year_before_closed_with():
    assert opens({"value": 7}, {"value": 7}).outcome == "passed"
    result = opens({"value": 8}, {"value": 7})
    assert places(result) == [("error", FILE, 2, "value", "8")]
    assert says(result) == (
        "the year before closed with another number (2012-13/measurements.csv row 2)."
    )
    assert opens({"value": 8, "revision": "Recounted"}, {"value": 7}).outcome == "passed"


def test_what_is_not_available_contradicts_nothing():
    lacking = {"status": "not_available"}
    assert opens(lacking, {"value": 7}).outcome == "passed"
    assert opens({"value": 8}, lacking).outcome == "passed"


def test_only_the_year_before_and_the_same_area_and_category_are_looked_at():
    for now, before, first in (
        ({"value": 8}, {"value": 7}, 2011),
        ({"value": 8}, {"value": 7, "area": "England"}, 2012),
        ({"value": 8}, {"value": 7, **GIRLS}, 2012),
        ({"value": 8, "period": "2013-M04 to 2013-M06"}, {"value": 7}, 2012),
        ({"value": 8}, {"value": 7, "period": "2013-M03-31"}, 2012),
    ):
        assert opens(now, before, first).outcome == "not_run"
    assert run("R59", *flow(1, 2, 3, 0), measures=FLOW).outcome == "not_run"
    assert opens({"value": 8, **GIRLS}, {"value": 7, **GIRLS}).outcome == "failed"


# Periods are apart -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("2013-14", "2013", "2013"),
        ("2013", "2013-14", "2013-14"),
        ("2013-14", "year to September 2013", "year to September 2013"),
        ("2013-M01 to 2013-M06", "2013-14", "2013-14"),
        ("2013-M04 to 2013-M06", "2013-M06 to 2013-M08", "June 2013 to August 2013"),
    ],
)
def test_two_times_that_share_some_days_and_not_all_are_an_error_at_the_second(
    first, second, found
):
    result = run("R60", {"value": 1, "period": first}, {"value": 2, "period": second})
    assert places(result) == [("error", FILE, 3, "period", found)]
    assert "(row 2), and neither holds the other." in says(result)


@pytest.mark.parametrize(
    "periods",
    [
        ("2012-13", "2013-14"),
        ("2013-14", "2013-M04 to 2013-M06", "2013-M06"),
        ("2013-M04 to 2013-M06", "2013-M06", "2013-M06-30"),
        ("2013-M06-30", "2013-M06-29"),
        ("2013", "2012"),
        # a year up to each quarter's end
        ("year to June 2013", "year to September 2013", "year to June 2014"),
        ("undated", "2013-14"),
    ],
)
def test_years_their_parts_days_and_rolling_years_may_stand_beside_each_other(periods):
    for order in (periods, periods[::-1]):
        values = [{"value": 1, "period": text} for text in order]
        assert run("R60", *values).outcome == "passed"


def test_a_day_and_the_year_that_holds_it_are_two_measures():
    """A number of children at the year's end is not that of the children in the year."""
    for day, told in (("2014-M03-31", "31 March 2014"), ("2013-M06-30", "30 June 2013")):
        for first, second, found in (("2013-14", day, told), (day, "2013-14", "2013-14")):
            values = [{"value": 1, "period": text} for text in (first, second)]
            assert places(run("R60", *values)) == [("error", FILE, 3, "period", found)]


def test_of_another_cell_the_times_may_be_others():
    for other in ({"area": "England"}, GIRLS, {"measure": "visits"}):
        values = {"value": 1}, {"value": 2, "period": "2013", **other}
        measures = {}, {"measure": "visits", "name": "Visits"}
        assert run("R60", *values, measures=measures).outcome == "passed"


# In one table ------------------------------------------------------------------------------------


def test_a_measurement_stands_in_one_table():
    result = run("R61", {"value": 1}, protected=[{"value": 1, **GIRLS}, {"value": 2}])
    assert places(result) == [("error", PROTECTED, 3, "measure", "plans")]
    assert says(result) == "stands in measurements.csv row 2 too."
    for other in ({"area": "England"}, {"period": "2012-13"}, GIRLS):
        assert run("R61", {"value": 1}, protected=[{"value": 1, **other}]).outcome == "passed"


# What an earlier report had ----------------------------------------------------------------------

BEFORE = {"period": "2012-13", "area": "Nearby"}


def later(now, then, measures=({},), code="R62"):
    earlier = earlier_year(2012, cells(then), measures=[*map(cells, measures)])
    return run(code, now, measures=measures, earlier=(earlier,))


def test_what_is_told_of_a_neighbour_s_earlier_year_is_what_that_year_told_or_is_revised():
    then = {"value": 7, **BEFORE}
    assert later({"value": 7, **BEFORE}, then).outcome == "passed"
    result = later({"value": 8, **BEFORE}, then)
    assert places(result) == [("error", FILE, 2, "value", "8")]
    assert says(result) == "2012-13/measurements.csv row 2 has another value."
    assert later({"value": 8, **BEFORE, "revision": "Late"}, then).outcome == "passed"
    assert later({"value": 8, "area": "Nearby"}, then).outcome == "passed"


def test_values_that_are_worked_out_are_compared_as_far_as_both_are_rounded():
    then, measures = rate(None, 412, 10_000, **BEFORE), [{"per": 1000}]
    for now in (rate(None, 412, 10_000), rate("41.23"), rate(41), {"status": "not_available"}):
        assert later({**now, **BEFORE}, then, measures).outcome == "passed"
    for now, column, found in (
        (rate(None, 419, 10_000), "numerator", "419"),
        (rate("41.27"), "value", "41.27"),
        (rate(42), "value", "42"),
    ):
        result = later({**now, **BEFORE}, then, measures)
        assert places(result) == [("error", FILE, 2, column, found)]


def test_of_several_earlier_years_the_latest_that_told_of_it_counts():
    first = earlier_year(2011, cells({"value": 5, **BEFORE}))
    second = earlier_year(2012, cells({"value": 7, **BEFORE}))
    assert run("R62", {"value": 7, **BEFORE}, earlier=(first, second)).outcome == "passed"


@pytest.mark.parametrize(
    "cell", [{"area": "Here"}, {"area": "England"}, {"area": "The North"}, {"area": "Here", **BOYS}]
)
def test_what_is_a_fact_is_left_to_the_rule_about_facts(cell):
    """H1 looks at it: each cause is told once."""
    here = {"period": "2012-13", **cell}
    assert later({"value": 8, **here}, {"value": 7, **here}).outcome == "passed"
    elsewhere = {"period": "2012-13", "area": "England", **BOYS}
    assert later({"value": 8, **elsewhere}, {"value": 7, **elsewhere}).outcome == "failed"


def test_what_was_final_is_not_provisional_again():
    """A warning wherever it is of: the value may be the same."""
    for area in ("Here", "Nearby", "England"):
        here = {"value": 7, "period": "2012-13", "area": area}
        for status in ("provisional", "estimated"):
            for was in (None, "final"):
                result = later({**here, "status": status}, {**here, "status": was})
                assert places(result) == [("warning", FILE, 2, "status", status)]
        for now, then in (
            (None, "provisional"),
            ("final", "final"),
            ("provisional", "provisional"),
            ("not_available", None),
        ):
            value = None if now == "not_available" else 7
            row = {**here, "value": value, "status": now}
            assert later(row, {**here, "status": then}).outcome == "passed"


# What is declared --------------------------------------------------------------------------------


def test_a_measure_names_a_chapter_that_shows_measures():
    shows = [chapter.name for chapter in declared_chapters().chapters if chapter.measured]
    assert {"context", "performance"} <= set(shows)
    assert "budget" not in shows
    for name in shows:
        assert run("R63", measures=[{"chapter": name}]).outcome == "passed"
    result = run("R63", measures=[{}, {"measure": "a", "chapter": "performnce"}])
    assert places(result) == [("error", MEASURES, 3, "chapter", "performnce")]
    assert result.findings[0].hint == 'Did you mean "performance"?'


def test_a_flow_and_its_part_stand_together_and_each_part_once():
    assert run("R63", measures=FLOW).outcome == "passed"
    other = [{**row, "measure": f"{row['measure']}_2", "flow": "visits"} for row in FLOW]
    assert run("R63", measures=[*FLOW, *other]).outcome == "passed"
    for said, missing in (({"flow": "plans"}, "flow_part"), ({"flow_part": "ends"}, "flow")):
        result = run("R63", measures=[said])
        assert places(result) == [("error", MEASURES, 2, missing, None)]
    again = {"measure": "re_starts", "flow": "plans", "flow_part": "starts"}
    result = run("R63", measures=[*FLOW, again])
    assert places(result) == [("error", MEASURES, 6, "flow_part", "starts")]
    assert says(result) == "starts is this part of plans already (row 3)."


def test_measures_of_a_chapter_have_names_that_differ():
    same = {"measure": "plans_2", "name": "Plans"}
    result = run("R64", measures=[{}, {**same, "name": "Others"}, same])
    assert places(result) == [("error", MEASURES, 4, "name", "Plans")]
    assert says(result) == "printed as plans is (row 2)."
    assert run("R64", measures=[{}, {**same, "chapter": "performance"}]).outcome == "passed"


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        ({"Herefordshire": "own", "England": "nation"}, []),
        ({"Herefordshire": "own", "Here": "own"}, [(3, "area", "Here")]),
        ({"Here": "own", "Herefordshire": "own"}, [(2, "area", "Here")]),
        ({"Here": "own", "Herefordshire": "region"}, [(2, "area", "Here")]),
        ({"Herefordshire": "region", "England": "nation"}, [(2, "kind", None)]),
    ],
)
def test_the_board_s_own_area_is_the_one_of_its_settings(given, areas, expected):
    result = run("R65", areas=areas, settings=given.settings)
    assert [(f.row, f.column, f.found) for f in result.findings] == expected
    assert all(f.file == "reference/areas.csv" for f in result.findings)
    assert run("R65", areas=areas).outcome == "not_run"


def test_protected_counts_stand_in_their_own_table_and_no_other_does():
    hidden = [{"protected": "yes"}]
    for area, kind in AREAS.items():
        result = run("R66", {"value": 1, "area": area}, measures=hidden)
        expected = [("error", FILE, 2, "measure", "plans")] if kind == "own" else []
        assert places(result) == expected
    hills = {"value": 1, "area": "The Hills"}
    result = run("R66", hills, measures=hidden, areas={"The Hills": "part"})
    assert places(result) == [("error", FILE, 2, "measure", "plans")]
    assert run("R66", protected=[{"value": 1}], measures=hidden).outcome == "passed"
    result = run("R66", protected=[{"value": 1}])
    assert places(result) == [("error", PROTECTED, 2, "measure", "plans")]
    assert run("R66", {"value": 1}).outcome == "passed"


# Whatever is wrong -------------------------------------------------------------------------------

SECRET = "73"
BAD = {
    "R16": ([{"value": SECRET, "numerator": SECRET, "denominator": SECRET}], PER),
    "R17": ([{"value": SECRET}], [{"ceiling": 3}]),
    "R32": ([{"value": 3}, {"value": SECRET, **GIRLS}], [{}]),
    "R55": ([{"value": SECRET, "status": "not_available"}], [{}]),
    "R56": ([{"value": f"{SECRET}0"}], PERCENT),
    "R57": ([{"value": SECRET}, {"value": 3, **GIRLS}], [{}]),
    "R58": (flow(1, 2, 3, SECRET), FLOW),
    "R60": ([{"value": SECRET}, {"value": SECRET, "period": "2013"}], [{}]),
}


@pytest.mark.parametrize("code", BAD)
def test_of_a_protected_count_a_message_names_rows_and_never_the_number(code):
    rows, measures = BAD[code]
    result = run(code, protected=rows, measures=measures)
    (found,) = result.findings
    assert found.file == PROTECTED
    for text in (found.message, found.hint, found.found or ""):
        assert SECRET not in re.sub(r"rows? [0-9, to]+", "", text)


@pytest.mark.parametrize("code", ["R59", "R62"])
def test_nor_is_the_number_of_an_earlier_year_told(code):
    then = {"measure": "closing" if code == "R59" else "opening", "value": Decimal(71)}
    now = {"measure": "opening", "value": Decimal(73)}
    if code == "R62":
        now, then = ({**row, **BEFORE} for row in (now, then))
    earlier = earlier_year(2012, measures=FLOW, protected=[then])
    result = run(code, protected=[now], measures=FLOW, earlier=(earlier,))
    (found,) = result.findings
    assert (found.file, found.found) == (PROTECTED, None)
    assert not re.search(r"7[13]", f"{found.message} {found.hint}")


def test_the_committed_measurements_are_sound_but_for_the_misprint(given):
    failed = {r.rule.code: r for r in run_rules(CHAPTER.rules, given) if r.outcome == "failed"}
    assert set(failed) == {"R17"}
    assert [(f.row, f.column) for f in failed["R17"].findings] == [
        (6, "printed_per"),
        (7, "printed_per"),
    ]


def test_nothing_is_asked_of_a_year_without_measures():
    for code in RULES:
        assert run(code, measures=()).outcome == "not_run"
    assert not measured()[ProtectedMeasurement]
