"""Reporting years and periods: what is accepted as one, which days it holds, which is later."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.errors import UsageError
from hscb_report.years import Period, ReportingYear, day_text, parse_day
from tests.strategies import years

# Reporting years --------------------------------------------------------------------------------


@given(years)
def test_a_year_reads_back_as_it_is_written(year):
    assert ReportingYear.parse(str(year)) == year


@pytest.mark.parametrize("text", ["2013-14", "2008-09", "2099-00", "2000-01"])
def test_a_financial_year_is_accepted(text):
    assert str(ReportingYear.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "2013", "13-14", "2013/14", "2013-2014", "2013-14 ", "2013-14\n", "../2013-14"),
        *("2013–14", "1913-14", "２０１３-14", "2013-M06", "-2013-14"),
    ],
)
def test_anything_else_is_refused_and_the_right_form_shown(text):
    with pytest.raises(UsageError, match="Write it as 2013-14") as refused:
        ReportingYear.parse(text)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "meant"), [("2013-15", "2013-14"), ("2013-13", "2013-14"), ("2099-99", "2099-00")]
)
def test_two_years_that_do_not_follow_each_other_are_refused_and_the_right_one_named(text, meant):
    with pytest.raises(UsageError, match=f"Did you mean {meant}"):
        ReportingYear.parse(text)


def test_the_year_runs_from_april_to_march():
    year = ReportingYear.parse("2013-14")
    assert (year.start, year.end) == (date(2013, 4, 1), date(2014, 3, 31))


@given(years)
def test_every_day_belongs_to_exactly_one_of_neighbouring_years(year):
    day = timedelta(days=1)
    assert year.contains(year.start)
    assert year.contains(year.end)
    assert not year.contains(year.start - day)
    assert not year.contains(year.end + day)
    assert year.next.start - year.end == day
    assert year.next.previous == year
    assert year.previous < year < year.next


# Periods ----------------------------------------------------------------------------------------

# From the earliest to the latest; of two that end alike, the one that begins later is later.
SPANS = {
    "undated": (date.min, date.min),
    "2012": (date(2012, 1, 1), date(2012, 12, 31)),
    "2012-13": (date(2012, 4, 1), date(2013, 3, 31)),
    "year to September 2013": (date(2012, 10, 1), date(2013, 9, 30)),
    "2013": (date(2013, 1, 1), date(2013, 12, 31)),
    "year to February 2014": (date(2013, 3, 1), date(2014, 2, 28)),
    "2013-14": (date(2013, 4, 1), date(2014, 3, 31)),
    "2014-03-31": (date(2014, 3, 31), date(2014, 3, 31)),
    "2014-M04-30": (date(2014, 4, 30), date(2014, 4, 30)),
    "2014": (date(2014, 1, 1), date(2014, 12, 31)),
}


@pytest.mark.parametrize("text", SPANS)
def test_a_period_is_the_span_of_days_that_it_names(text):
    period = Period.parse(text)
    assert (period.first, period.last) == SPANS[text]


@given(st.permutations([*SPANS]))
def test_the_later_of_two_periods_ends_later_and_what_is_undated_comes_first(texts):
    """By their dates: as text, "year to" would stand after every year."""
    assert sorted(texts, key=Period.parse) == [*SPANS]


@pytest.mark.parametrize(
    "text",
    [
        *("", "2013/14", "2013-15", "2013-2014", "1899", "13", "2013-M09", "2014-02-30"),
        *("year to Sept 2013", "year to 2013", "Year to September 2013", "Undated", "2013 "),
    ],
)
def test_what_is_no_period_is_refused_and_the_forms_are_shown(text):
    with pytest.raises(UsageError, match=r"is not a period\. Write it as 2013-14, 2013, year to"):
        Period.parse(text)


def test_the_same_span_in_other_words_is_the_same_period():
    assert Period.parse("year to December 2013") == Period.parse("2013")
    assert Period.parse("year to March 2014") == Period.parse("2013-14")


def test_a_period_is_printed_as_it_was_written_and_a_day_in_words():
    assert str(Period.parse("year to September 2013")) == "year to September 2013"
    assert str(Period.parse("undated")) == "undated"
    assert str(Period.parse("2014-M03-31")) == "31 March 2014"


# Days -------------------------------------------------------------------------------------------


@given(st.dates(date(1900, 1, 1)))
def test_a_day_is_read_in_both_its_forms(day):
    assert parse_day(f"{day:%Y-%m-%d}") == parse_day(f"{day:%Y-M%m-%d}") == day


@pytest.mark.parametrize("text", ["", "2014-02-30", "01/10/2014", "2014-10-1", "2014-10-01 "])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(UsageError, match="Write it as 2014-10-01"):
        parse_day(text)


def test_a_day_is_printed_in_words():
    assert day_text(date(2014, 10, 1)) == "1 October 2014"
