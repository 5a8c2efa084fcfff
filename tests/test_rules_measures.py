"""Rules 16 and 17: rates recompute within rounding, are plausible, and in their own unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.rules import run_rules
from hscb_report.rules.measures import RULES
from hscb_report.schema import Tables
from hscb_report.schema.journey import MeasureValue
from hscb_report.schema.reference import Measure
from tests.strategies import only_own, placed

R16, R17 = RULES
FILE = "2013-14/measure_values.csv"


def measures(per, ceiling):
    row = {
        "measure": "rate",
        "name": "A Rate",
        "unit": "children",
        "per": per,
        "ceiling": ceiling,
        "better": "lower",
        "definition": "A rate",
    }
    return only_own("reference/measures.csv", [row], Measure)


def run(rule, *rows, per=1000, ceiling=None):
    fixed = {"measure": "rate", "area": "Here", "qualifier": "exact"}
    listed = [{**fixed, "period": f"year {n}", **row} for n, row in enumerate(rows)]
    values = placed(FILE, listed, MeasureValue)
    return run_rules([rule], Tables(measures=measures(per, ceiling), measure_values=values))[0]


def rate(value, numerator=None, denominator=None, printed_per=None):
    return {
        "value": Decimal(value),
        "numerator": None if numerator is None else Decimal(numerator),
        "denominator": None if denominator is None else Decimal(denominator),
        "printed_per": printed_per,
    }


@pytest.mark.parametrize(
    ("value", "numerator"),
    [
        ("589", "589.5"),
        ("589", "588.5"),
        ("589", "589"),
        ("589.0", "589.05"),
        ("589.0", "588.95"),
        ("61.25", "61.255"),
        ("61.25", "61.245"),
        ("0", "0"),
        ("0", "0.5"),
    ],
)
def test_half_of_the_last_printed_digit_is_rounding(value, numerator):
    assert run(R16, rate(value, numerator, 1000)).outcome == "passed"


@pytest.mark.parametrize(
    ("value", "numerator"),
    [
        ("589", "589.51"),
        ("589", "588.49"),
        ("589.0", "589.051"),
        ("589.0", "588.949"),
        ("61.25", "61.2551"),
        ("61.25", "61.2449"),
        ("0", "0.51"),
    ],
)
def test_more_than_half_of_the_last_printed_digit_is_an_error_at_the_value(value, numerator):
    (found,) = run(R16, rate(value, numerator, 1000)).findings
    assert (found.rule, found.severity) == ("R16", "error")
    assert (found.file, found.row, found.column, found.found) == (FILE, 2, "value", value)
    assert f"{numerator} of 1000" in found.message


def test_only_the_wrong_one_of_several_rates_is_told():
    result = run(R16, rate("5", 5, 1000), rate("50", 5, 1000), rate("7"))
    assert [(found.row, found.found) for found in result.findings] == [(3, "50")]


def test_the_denominator_of_the_measure_counts():
    """589 of 100,000 are 589 per 100,000, and 58.9 per 10,000."""
    assert run(R16, rate("589", 589, 100_000), per=100_000).outcome == "passed"
    assert run(R16, rate("589", 589, 100_000), per=10_000).outcome == "failed"
    assert run(R16, rate("58.9", 589, 100_000), per=10_000).outcome == "passed"


@pytest.mark.parametrize(
    ("row", "per"),
    [
        (rate("589"), 1000),
        (rate("589", numerator=589), 1000),
        (rate("589", denominator=1000), 1000),
        (rate("589", 589, 0), 1000),
        (rate("589", 7, 1000), None),
    ],
    ids=["neither", "no denominator", "no numerator", "a denominator of nought", "no rate"],
)
def test_without_both_numbers_of_a_rate_the_rule_is_not_run(row, per):
    result = run(R16, row, per=per)
    assert (result.outcome, result.findings) == ("not_run", ())


@given(
    st.integers(0, 10**5), st.integers(1, 10**6), st.integers(0, 3), st.sampled_from((100, 10_000))
)
def test_a_rate_rounded_to_any_number_of_decimals_passes(numerator, denominator, decimals, per):
    exact = Decimal(numerator) / Decimal(denominator) * per
    rounded = exact.quantize(Decimal(1).scaleb(-decimals))
    assert run(R16, rate(str(rounded), numerator, denominator), per=per).outcome == "passed"
    wrong = rounded + Decimal(2).scaleb(-decimals)
    assert run(R16, rate(str(wrong), numerator, denominator), per=per).outcome == "failed"


# Rule 17 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["0", "589", "3999.99", "4000"])
def test_a_rate_up_to_the_ceiling_passes(value):
    assert run(R17, rate(value), ceiling=Decimal(4000)).outcome == "passed"


def test_a_rate_above_the_ceiling_is_a_warning_at_the_value():
    (found,) = run(R17, rate("1"), rate("4000.01"), ceiling=Decimal(4000)).findings
    assert (found.rule, found.severity) == ("R17", "warning")
    assert (found.file, found.row, found.column, found.found) == (FILE, 3, "value", "4000.01")
    assert "above 4000" in found.message
    assert "a rate" in found.message


def test_without_a_ceiling_any_value_passes():
    assert run(R17, rate("999999"), ceiling=None).outcome == "passed"


def test_a_rate_printed_in_the_unit_of_its_measure_passes():
    assert run(R17, rate("589", printed_per=100_000), per=100_000).outcome == "passed"


@pytest.mark.parametrize(("per", "says"), [(100_000, "per 100,000"), (None, "per 1")])
def test_a_rate_printed_in_another_unit_is_a_warning_at_the_unit(per, says):
    (found,) = run(R17, rate("589", printed_per=10_000), per=per).findings
    assert (found.rule, found.severity) == ("R17", "warning")
    assert (found.row, found.column, found.found) == (2, "printed_per", "10000")
    assert "prints a rate per 10,000" in found.message
    assert says in found.message


def test_a_rate_too_high_and_in_another_unit_is_told_twice():
    result = run(R17, rate("5000", printed_per=10), ceiling=Decimal(4000))
    assert [found.column for found in result.findings] == ["value", "printed_per"]
