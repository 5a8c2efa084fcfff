"""Reporting years: what is accepted as one, and which days it holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.errors import UsageError
from hscb_report.years import ReportingYear
from tests.strategies import years


@given(years)
def test_a_year_reads_back_as_it_is_written(year):
    assert ReportingYear.parse(str(year)) == year


@pytest.mark.parametrize("text", ["2013-14", "2008-09", "2099-00", "2000-01"])
def test_a_financial_year_is_accepted(text):
    assert str(ReportingYear.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "2013", "13-14", "2013/14", "2013-2014", "2013-14 ", " 2013-14", "2013-14\n"),
        *("../2013-14", "2013-14/..", "2013–14", "1913-14", "２０１３-14", "2013-M06", "-2013-14"),
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


@given(st.text(max_size=12))
def test_no_text_is_taken_for_a_year_that_is_not_written_like_it(text):
    try:
        year = ReportingYear.parse(text)
    except UsageError:
        return
    assert str(year) == text


def test_the_year_runs_from_april_to_march():
    year = ReportingYear.parse("2013-14")
    assert (year.start, year.end) == (date(2013, 4, 1), date(2014, 3, 31))


@given(years)
def test_the_first_and_the_last_day_belong_to_the_year_and_their_neighbours_do_not(year):
    day = timedelta(days=1)
    assert year.contains(year.start)
    assert year.contains(year.end)
    assert not year.contains(year.start - day)
    assert not year.contains(year.end + day)


@given(years)
def test_every_day_belongs_to_exactly_one_of_neighbouring_years(year):
    assert year.next.start - year.end == timedelta(days=1)
    assert year.next.previous == year
    assert year.previous < year < year.next
