"""Units: how a value is printed."""

import re
from decimal import Decimal

import pytest
from hypothesis import given

from hscb_report.units import (
    MINUS,
    MONTHS,
    NOT_STATED,
    PERCENT,
    POUNDS,
    POUNDS_AND_PENCE,
    RATIO,
    WHOLE_PERCENT,
    YEARS,
    count_of,
)
from tests.strategies import values

ALL = (POUNDS, POUNDS_AND_PENCE, PERCENT, WHOLE_PERCENT, YEARS, MONTHS, RATIO, count_of("children"))


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (POUNDS, Decimal(127016), "£127,016"),
        (POUNDS, Decimal("127016.00"), "£127,016"),
        (POUNDS, Decimal("127016.50"), "£127,016.50"),
        (POUNDS, Decimal(0), "£0"),
        (POUNDS, Decimal(-12327), "−£12,327"),
        (POUNDS_AND_PENCE, Decimal("6.1085"), "£6.11"),
        (POUNDS_AND_PENCE, Decimal(6), "£6.00"),
        (PERCENT, Decimal("0.610093"), "61.01%"),
        (WHOLE_PERCENT, Decimal("0.2"), "20%"),
        (WHOLE_PERCENT, Decimal("0.6245"), "62%"),
        (YEARS, Decimal("2.1886"), "2.19"),
        (MONTHS, 6, "6"),
        (RATIO, Decimal("2.2"), "2.20"),
        (count_of("people"), 1583, "1,583"),
    ],
)
def test_a_value_is_printed_in_the_style_of_its_unit(unit, value, text):
    assert unit.text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.125", "0.13"), ("0.135", "0.14"), ("-0.125", "−0.13"), ("0.124", "0.12")],
)
def test_halves_are_rounded_away_from_zero(value, text):
    assert RATIO.text(Decimal(value)) == text


def test_a_value_that_rounds_to_zero_has_no_sign():
    assert RATIO.text(Decimal("-0.001")) == "0.00"


@pytest.mark.parametrize("unit", ALL)
def test_a_missing_value_is_said_in_words(unit):
    assert unit.text(None) == NOT_STATED == "not stated"
    assert unit.shown(None) is None


def test_a_share_is_told_as_a_percentage():
    assert PERCENT.shown(Decimal("0.25")) == 25
    assert PERCENT.name == WHOLE_PERCENT.name == "percent"


@pytest.mark.parametrize("unit", ALL)
@given(value=values)
def test_what_is_printed_is_the_value_within_half_of_its_last_digit(unit, value):
    if value is None:
        return
    digits = re.sub(r"[£,%]", "", unit.text(value)).replace(MINUS, "-")
    decimals = len(digits.partition(".")[2])
    half = Decimal(1).scaleb(-decimals) / 2
    assert abs(Decimal(digits) - unit.shown(value)) <= half


@given(values)
def test_pounds_never_lose_pence(value):
    if value is not None:
        digits = POUNDS.text(value).replace("£", "").replace(",", "").replace(MINUS, "-")
        assert Decimal(digits) == value
