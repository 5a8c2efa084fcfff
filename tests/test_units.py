"""Units: how a figure is printed."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import Figure, share, to_come
from hscb_report.units import (
    MINUS,
    MONTHS,
    PERCENT,
    POUNDS,
    WHOLE_PERCENT,
    WHOLE_POUNDS,
    Unit,
    count_of,
    count_out_of,
    measured_in,
)
from tests.strategies import figures, untold, values

ALL = (POUNDS, WHOLE_POUNDS, PERCENT, WHOLE_PERCENT, MONTHS, count_of("children"))
known = values.filter(lambda value: value is not None)
units = st.sampled_from(ALL)


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (POUNDS, Decimal("127016.00"), "£127,016"),
        (POUNDS, Decimal("127016.50"), "£127,016.50"),
        (POUNDS, Decimal("6.1085"), "£6.11"),
        (POUNDS, Decimal(0), "£0"),
        (POUNDS, Decimal(-12327), "−£12,327"),
        (POUNDS, Decimal("-0.001"), "£0.00"),
        (WHOLE_POUNDS, Decimal("6.1085"), "£6"),
        (PERCENT, Decimal("0.610093"), "61.0%"),
        (PERCENT, Decimal("0.8"), "80.0%"),
        (WHOLE_PERCENT, Decimal("0.6245"), "62%"),
        (WHOLE_PERCENT, Decimal("-0.001"), "0%"),
        (MONTHS, 6, "6"),
        (count_of("people"), 1583, "1,583"),
        (count_of("percent"), Decimal("58.90"), "58.9"),
        (count_of("people"), Decimal("1.2E+3"), "1,200"),
    ],
)
def test_a_value_is_printed_in_the_style_of_its_unit(unit, value, text):
    assert unit.text(Figure(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.125", "0.13"), ("0.135", "0.14"), ("-0.125", "−0.13"), ("0.124", "0.12")],
)
def test_halves_are_rounded_away_from_zero(value, text):
    assert Unit("a ratio", decimals=2).text(Figure(Decimal(value))) == text


@given(units, figures.filter(lambda figure: figure.value is None), untold)
def test_what_is_missing_is_not_stated_and_what_is_withheld_is_not_shown(unit, missing, hidden):
    assert unit.text(missing) == "not stated"
    assert unit.text(hidden) == "not shown"
    assert unit.text(to_come(missing)) == "to come"
    assert unit.shown(None) is None


def test_a_share_is_told_as_a_percentage():
    assert PERCENT.shown(Decimal("0.25")) == WHOLE_PERCENT.shown(Decimal("0.25")) == 25
    assert PERCENT.name == WHOLE_PERCENT.name == "percent"
    assert POUNDS.name == WHOLE_POUNDS.name == "pounds"
    assert count_of("children").name == "children"


@pytest.mark.parametrize(
    ("unit", "per", "name", "text"),
    [
        ("percent", None, "percent", "1,234.5%"),
        ("Per cent", None, "percent", "1,234.5%"),
        ("%", None, "percent", "1,234.5%"),
        ("percent", 100, "percent", "1,234.5%"),
        ("pounds", None, "pounds", "£1,234.50"),
        ("Pounds", None, "pounds", "£1,234.50"),
        ("children", None, "children", "1,234.5"),
        ("children", 10_000, "children per 10,000", "1,234.5"),
        ("percentage points", None, "percentage points", "1,234.5"),
    ],
)
def test_a_measure_is_told_in_percent_in_pounds_or_in_what_it_counts(unit, per, name, text):
    """A percentage is told as such: 41 is 41 percent, and no share to be multiplied."""
    made = measured_in(unit, per)
    assert (made.name, made.text(Figure(Decimal("1234.50")))) == (name, text)
    assert made.factor == 1


@pytest.mark.parametrize(
    ("before", "after", "unit", "value", "text"),
    [
        ("over ", "", count_of("children"), 200, "over 200"),
        ("over ", "", POUNDS, 200, "over £200"),
        ("approximately ", "", POUNDS, -200, "approximately −£200"),
        ("", " (provisional)", count_of("children"), Decimal("41.20"), "41.2 (provisional)"),
        ("", " (estimated)", PERCENT, Decimal("0.25"), "25.0% (estimated)"),
        ("about ", " (estimated)", MONTHS, 3, "about 3 (estimated)"),
    ],
)
def test_words_round_a_value_stand_outside_its_sign_and_unit(before, after, unit, value, text):
    made = unit.said(before, after)
    assert made.text(Figure(value)) == text
    assert (made.name, made.factor, made.before) == (unit.name, unit.factor, unit.before)
    assert unit.text(Figure(value)) in text


def test_words_may_be_said_twice_and_none_is_said_of_what_is_missing():
    made = count_of("children").said("over ", " (a)").said("well ", " (b)")
    assert made.text(Figure(5)) == "well over 5 (a) (b)"
    assert made.text(Figure(None)) == "not stated"
    assert made.text(Figure(None, withheld=True)) == "not shown"


@given(units, known)
def test_what_is_printed_is_the_value_within_half_of_its_last_digit(unit, value):
    digits = re.sub(r"[£,%]", "", unit.text(Figure(value))).replace(MINUS, "-")
    decimals = len(digits.partition(".")[2])
    half = Decimal(1).scaleb(-decimals) / 2
    assert abs(Decimal(digits) - unit.shown(value)) <= half
    if unit in (POUNDS, count_of("children")):
        assert Decimal(digits) == value, "pence and the parts of a count are never lost"


def test_a_count_is_told_beside_its_whole_and_stays_a_count():
    unit = count_out_of("standards", Figure(1200))
    assert (unit.name, unit.text(Figure(8)), unit.shown(8)) == ("standards", "8 of 1,200", 8)
    assert unit.text(Figure(None)) == "not stated"


# In sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (POUNDS, 220518, "£220,500"),
        (POUNDS, -12327, "−£12,300"),
        (POUNDS, 1050, "£1,100"),
        (POUNDS, 1234567, "£1.23 million"),
        (POUNDS, 12_000_000, "£12 million"),
        (POUNDS, 999_950, "£1 million"),
        (POUNDS, 999_949, "£999,900"),
        (POUNDS, 645, "£645"),
        (POUNDS, Decimal("645.50"), "£646"),
        (POUNDS, Decimal("6.50"), "£6.50"),
        (WHOLE_POUNDS, Decimal("6.1085"), "£6"),
        (PERCENT, Decimal("0.610093"), "61%"),
        (PERCENT, Decimal("0.0031"), "under 1%"),
        (PERCENT, Decimal("0.0099"), "under 1%"),
        (PERCENT, Decimal("0.9901"), "over 99%"),
        (PERCENT, Decimal(1), "100%"),
        (PERCENT, Decimal(0), "0%"),
        (PERCENT, Decimal("-0.004"), "−0.4%"),
        (WHOLE_PERCENT, Decimal("0.004"), "under 1%"),
        (measured_in("percent", None), Decimal("22.4"), "22%"),
        (
            measured_in("percent", None).said("", " (provisional)"),
            Decimal("0.4"),
            "under 1% (provisional)",
        ),
        (count_of("children"), 36_123, "36,123"),
        (count_of("children per 10,000"), Decimal("58.94"), "58.94"),
        (measured_in("pounds", None).said("over ", ""), 220_480, "over £220,480"),
    ],
)
def test_a_sentence_rounds_money_and_percentages_and_leaves_counts_exact(unit, value, text):
    assert unit.in_prose.text(Figure(value)) == text


@given(known, units)
def test_a_sentence_is_wrong_by_half_of_what_it_rounds_to_and_never_says_nothing_of_something(
    value, unit
):
    scaled, text = unit.shown(value), unit.in_prose.text(Figure(value))
    step = next(
        (step for least, step in ((999_950, 100_000), (1000, 100)) if abs(scaled) >= least), 1
    )
    apart = abs(unit.in_prose.read(scaled) - Decimal(scaled))
    is_bound = unit.in_prose.bound(scaled)
    assert apart <= (1 if is_bound else Decimal(step if unit.before else 1) / 2)
    if unit in (PERCENT, WHOLE_PERCENT) and 0 < scaled < 1:
        assert text == "under 1%"


@given(st.integers(0, 19), st.integers(1, 19), st.sampled_from((PERCENT, WHOLE_PERCENT)))
def test_a_share_of_few_is_told_by_its_counts_in_tables_and_in_sentences(part, whole, unit):
    few = share(Figure(part), Figure(whole))
    assert unit.text(few) == unit.in_prose.text(few) == f"{part} of {whole}"
    assert unit.shown(few.value) == Decimal(part) / Decimal(whole) * 100


@given(untold)
def test_what_has_no_value_is_told_in_a_sentence_as_in_a_table(figure):
    for unit in ALL:
        assert unit.in_prose.text(figure) == unit.text(figure)
