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


def test_a_year_is_told_by_its_months():
    assert ReportingYear(2013).months == "April 2013 to March 2014"


# Periods ----------------------------------------------------------------------------------------

# From the earliest to the latest; of two that end alike, the one that begins later is later.
SPANS = {
    "undated": (date.min, date.min),
    "2012-M02": (date(2012, 2, 1), date(2012, 2, 29)),
    "2012": (date(2012, 1, 1), date(2012, 12, 31)),
    "2012-13": (date(2012, 4, 1), date(2013, 3, 31)),
    "year to September 2013": (date(2012, 10, 1), date(2013, 9, 30)),
    "2013-M04 to 2013-M09": (date(2013, 4, 1), date(2013, 9, 30)),
    "2013": (date(2013, 1, 1), date(2013, 12, 31)),
    "2013-M12": (date(2013, 12, 1), date(2013, 12, 31)),
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
        *("", "2013/14", "2013-15", "2013-2014", "1899", "13", "2013-M13", "2014-02-30"),
        *("2013-M09 to 2013-M04", "2013-M04 - 2013-M09", "2013-M04 to", "April 2013"),
        *("year to Sept 2013", "year to 2013", "Year to September 2013", "Undated", "2013 "),
    ],
)
def test_what_is_no_period_is_refused_and_the_forms_are_shown(text):
    with pytest.raises(UsageError, match=r"is not a period\. Write it as 2013-14, 2013, year to"):
        Period.parse(text)


def test_the_same_span_in_other_words_is_the_same_period():
    assert Period.parse("year to December 2013") == Period.parse("2013")
    assert Period.parse("year to March 2014") == Period.parse("2013-14")


def test_a_period_is_printed_as_it_was_written_and_days_and_months_in_words():
    assert str(Period.parse("year to September 2013")) == "year to September 2013"
    assert str(Period.parse("undated")) == "undated"
    assert str(Period.parse("2014-M03-31")) == "31 March 2014"
    assert str(Period.parse("2013-M09")) == str(Period.parse("2013-09 to 2013-09"))
    assert str(Period.parse("2013-M09")) == "September 2013"
    assert str(Period.parse("2013-M04 to 2013-M09")) == "April 2013 to September 2013"


# Each with the same time a year earlier.
BEFORE = {
    "undated": "undated",
    "2013": "2012",
    "2013-14": "2012-13",
    "2010-11": "2009-10",
    "year to September 2013": "year to September 2012",
    "2013-M09": "2012-M09",
    "2013-M11 to 2014-M02": "2012-M11 to 2013-M02",
    "2014-M03-31": "2013-M03-31",
    # The end of February stays its end, in either direction.
    "2012-M02": "2011-M02",
    "2013-M02": "2012-M02",
    "2012-M02-29": "2011-M02-28",
    "2013-M02-28": "2012-M02-29",
    "2012-M02-28": "2011-M02-28",
    "year to February 2013": "year to February 2012",
}


@pytest.mark.parametrize("text", BEFORE)
def test_the_period_before_is_the_same_time_a_year_earlier(text):
    """Its dates, and what is printed of it."""
    before = Period.parse(text).before
    assert before == Period.parse(BEFORE[text])
    assert str(before) == str(Period.parse(BEFORE[text]))


@given(years)
def test_the_period_before_a_reporting_year_is_the_year_before(year):
    """However the year is written: as a span of months too."""
    of_year = Period.of_year(year)
    assert (str(of_year), of_year) == (str(year), Period.parse(str(year)))
    assert of_year.before == Period.of_year(year.previous)
    months = Period.parse(f"{year.first}-M04 to {year.first + 1}-M03")
    assert (months, months.before) == (of_year, of_year.before)


@given(st.sampled_from([*SPANS]), st.integers(1, 4))
def test_a_period_is_later_by_years_than_the_same_time_of_each_year_before(text, ago):
    now = then = Period.parse(text)
    for _ in range(ago):
        then = then.before
    assert now.is_later_by_years(then) == now.is_dated
    assert not then.is_later_by_years(now)
    assert not now.is_later_by_years(now)


@given(st.sampled_from([*SPANS]), st.sampled_from([*SPANS]))
def test_no_period_is_later_by_years_than_another_kind_of_time(one, other):
    left, right = Period.parse(one), Period.parse(other)
    if {(p.first.month, p.first.day) for p in (left, right)} == {(4, 1), (1, 1)}:
        assert not left.is_later_by_years(right)


@given(st.sampled_from([*SPANS]), st.sampled_from([*SPANS]))
def test_two_periods_overlap_if_a_day_lies_in_both(one, other):
    """In what is not dated none does, not even in itself."""
    left, right = Period.parse(one), Period.parse(other)
    assert left.overlaps(right) == right.overlaps(left)
    assert left.overlaps(left) == left.is_dated == (one != "undated")
    days = set(days_of(left)) & set(days_of(right))
    assert left.overlaps(right) == bool(days)


def days_of(period):
    """Return every day of a period, none of what is not dated."""
    if not period.is_dated:
        return []
    return [period.first + timedelta(n) for n in range((period.last - period.first).days + 1)]


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
