"""What is stored becomes what a spreadsheet program shows: digits, days, times."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.spreadsheets.grid import EMPTY, Cell
from hscb_report.spreadsheets.values import (
    duration_cell,
    kind_of_format,
    moment_cell,
    number_cell,
    plain_number,
    text_cell,
)

decimals = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("45203", "45203"),
        ("45203.0", "45203"),
        ("45203.50", "45203.5"),
        ("0.30000000000000004", "0.3"),
        ("0.60999999999999999", "0.61"),
        ("6.0999999999999999E-2", "0.061"),
        ("1E-7", "0.0000001"),
        ("1e+20", "100000000000000000000"),
        ("12345678901234567890", "12345678901234567890"),
        ("-12.5", "-12.5"),
        ("+5", "5"),
        ("007", "7"),
        ("-0.0", "0"),
        ("-0", "0"),
        (".5", "0.5"),
        ("100", "100"),
    ],
)
def test_a_number_has_all_its_digits_and_no_more(stored, shown):
    assert plain_number(stored) == shown
    assert number_cell(stored) == Cell("number", shown)


@pytest.mark.parametrize(
    "stored", ["", "abc", "NaN", "Infinity", "1e99999", "1,5", "0x10", "1" * 401]
)
def test_what_is_no_number_stays_text(stored):
    assert plain_number(stored) is None
    assert number_cell(stored) == text_cell(stored)


@given(decimals)
def test_a_number_typed_and_kept_in_binary_reads_as_it_was_typed(typed):
    assert Decimal(plain_number(repr(float(typed)))) == typed
    assert plain_number(f"{float(typed):.17g}") == plain_number(f"{typed}")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"),
        ("#,##0.00", "number"),
        ('"£"#,##0;[Red]-"£"#,##0', "number"),
        ("0.00E+00", "number"),
        ("@", "number"),
        ("0%", "percent"),
        ("0.0%;[Red]-0.0%", "percent"),
        ('0"%"', "number"),
        ("0\\%", "number"),
        ("dd/mm/yyyy", "day"),
        ("[$-809]dd mmmm yyyy;@", "day"),
        ("mmm-yy", "day"),
        ("yyyy\\-mm\\-dd\\ hh:mm:ss", "day"),
        ("hh:mm", "clock"),
        ("h:mm AM/PM", "clock"),
        ("[h]:mm:ss", "duration"),
        ('0 "days"', "number"),
        ("0_d", "number"),
        ("[Red]0", "number"),
    ],
)
def test_a_format_says_what_a_number_is(code, kind):
    assert kind_of_format(code) == kind


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_days_are_counted_from_1900_and_from_1904(day):
    since = (day - date(1899, 12, 30)).days
    assert number_cell(f"{since}", "day") == Cell("day", f"{day}")
    if day >= date(1904, 1, 1):
        later = number_cell(f"{since - 1462}", "day", from_1904=True)
        assert later == Cell("day", f"{day}")


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        ("1", Cell("day", "1900-01-01")),
        ("59", Cell("day", "1900-02-28")),
        ("60", Cell("number", "60")),
        ("61", Cell("day", "1900-03-01")),
        ("-1", Cell("number", "-1")),
        ("2958466", Cell("number", "2958466")),
        ("0", Cell("time", "00:00")),
        ("45566.4375", Cell("time", "2024-10-01T10:30")),
        ("45566.43755787", Cell("time", "2024-10-01T10:30:05")),
        ("45566.999999999", Cell("day", "2024-10-02")),
    ],
)
def test_the_days_at_the_ends_and_the_times_of_days(number, cell):
    assert number_cell(number, "day") == cell


def test_the_first_day_from_1904_is_a_day():
    assert number_cell("0", "day", from_1904=True) == Cell("day", "1904-01-01")


def test_times_alone():
    assert number_cell("0.4375", "clock") == Cell("time", "10:30")
    assert number_cell("1.5", "duration") == Cell("time", "36:00")
    assert number_cell("0.4375", "clock", from_1904=True) == Cell("time", "10:30")


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        ("2024-10-01", Cell("day", "2024-10-01")),
        ("2024-10-01T00:00:00", Cell("day", "2024-10-01")),
        ("2024-10-01T10:30:00Z", Cell("time", "2024-10-01T10:30")),
        ("2024-13-01", Cell("text", "2024-13-01")),
        ("", EMPTY),
    ],
)
def test_days_that_are_written_out(stored, cell):
    assert moment_cell(stored) == cell


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        ("PT10H30M00S", Cell("time", "10:30")),
        ("PT36H00M05.2S", Cell("time", "36:00:05")),
        ("an hour", Cell("text", "an hour")),
    ],
)
def test_times_that_are_written_out(stored, cell):
    assert duration_cell(stored) == cell


def test_text_has_no_space_around_it_and_one_sign_for_a_line_break():
    assert text_cell(" \u00a0two\r\nlines\rmore \n") == Cell("text", "two\nlines\nmore")
    assert text_cell(" \n\t ") == EMPTY


def test_a_date_far_off_does_not_overflow():
    assert number_cell("2958465", "day", from_1904=True) == Cell("number", "2958465")
    assert number_cell(str((date(2098, 1, 1) - timedelta(1) - date(1899, 12, 30)).days), "day") == (
        Cell("day", "2097-12-31")
    )
