"""Records of child deaths become counts: of the year by its days, and each child once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.records.child_deaths import (
    days_to_notification,
    days_to_review,
    deaths_in,
    deaths_told,
    deaths_worked_out,
    later,
    of_no_count,
    pooled,
    reviews_in,
    waiting_at,
)
from hscb_report.schema.cases import ChildDeath
from hscb_report.schema.records import ChildDeathRecord
from hscb_report.years import ReportingYear
from tests.in_force import IN_FORCE
from tests.made_up_records import row_of

YEAR = ReportingYear(2016)
CATEGORIES = IN_FORCE["death_category"]
SEXES = CATEGORIES.within("sex")
days = st.integers(-800, 500).map(lambda n: YEAR.start + timedelta(days=n))


def child(number, died, to_review=None, to_notification=None, sex="male", modifiable=None):
    def after(span):
        return None if span is None else died + timedelta(days=span)

    return row_of(
        ChildDeathRecord,
        child=str(number),
        died=died,
        reviewed=after(to_review),
        notified=after(to_notification),
        sex=sex,
        modifiable=modifiable if to_review is not None else None,
    )


children = st.lists(
    st.builds(
        child,
        st.integers(1, 99),
        days,
        st.none() | st.integers(0, 900),
        st.none() | st.integers(0, 90),
        st.sampled_from(SEXES),
        st.sampled_from(("modifiable", "not_modifiable")),
    ),
    unique_by=lambda row: row.child,
)


def rows_of(listed):
    return [
        row for worked_out in deaths_worked_out(listed, YEAR, CATEGORIES) for row in worked_out.rows
    ]


def number(rows, counted, dimension):
    own = [r for r in rows if (r["counted"], r["dimension"]) == (counted, dimension)]
    return sum(int(row["children"]) for row in own)


def test_of_no_records_nothing_is_given():
    assert deaths_worked_out([], YEAR, CATEGORIES) == ()
    assert [*deaths_told({YEAR: []}, YEAR, CATEGORIES)] == []


@given(children.filter(bool))
def test_breakdowns_sum_to_what_is_counted(listed):
    rows = rows_of(listed)
    counts = {
        "deaths": len([r for r in listed if YEAR.start <= r.died <= YEAR.end]),
        "reviews": len([r for r in listed if r.reviewed and YEAR.contains(r.reviewed)]),
    }
    for counted, expected in counts.items():
        assert number(rows, counted, "total") == expected
        assert number(rows, counted, "sex") == expected
    assert number(rows, "reviews", "modifiable") == counts["reviews"]
    assert number(rows, "reviews", "timeliness") == counts["reviews"]
    assert len({(r["counted"], r["category"]) for r in rows}) == len(rows)


@given(children)
def test_who_waits_follows_from_the_year_before(listed):
    """Those who waited, and the year's deaths, less the reviews completed."""
    before = waiting_at(listed, YEAR.previous.end)
    now = len(before) + len(deaths_in(listed, YEAR)) - len(reviews_in(listed, YEAR))
    assert len(waiting_at(listed, YEAR.end)) == now


@given(children)
def test_a_record_is_counted_or_out_of_place(listed):
    counted = {
        row.child
        for rows in (
            deaths_in(listed, YEAR),
            reviews_in(listed, YEAR),
            waiting_at(listed, YEAR.end),
        )
        for row in rows
    }
    assert {row.child for row in of_no_count(listed, YEAR)} == {r.child for r in listed} - counted


@given(st.data())
def test_the_order_of_rows_does_not_matter(data):
    listed = data.draw(children)
    shuffled = data.draw(st.permutations(listed))
    assert rows_of(listed) == rows_of(shuffled)
    told = [[*deaths_told({YEAR: rows}, YEAR, CATEGORIES)] for rows in (listed, shuffled)]
    assert told[0] == told[1]


def test_what_is_not_recorded_of_every_child_breaks_nothing_down():
    """If one child's sex is not said, the parts would not be the whole."""
    listed = [child(1, date(2016, 5, 1)), child(2, date(2016, 5, 1), sex=None)]
    dimensions = {(r["counted"], r["dimension"]) for r in rows_of(listed)}
    assert dimensions == {(c, "total") for c in ("deaths", "reviews", "waiting")}


def test_a_category_without_a_child_is_compared_where_its_dimension_is_counted():
    listed = [child(1, date(2016, 5, 1))]
    (worked_out,) = deaths_worked_out(listed, YEAR, CATEGORIES)

    def counts_none(counted, dimension):
        return worked_out.counts_none(row_of(ChildDeath, counted=counted, dimension=dimension))

    assert counts_none("deaths", "sex")
    assert not counts_none("deaths", "ethnicity")
    assert counts_none("reviews", "ethnicity")  # of no review none is of any kind


@pytest.mark.parametrize(
    ("to_review", "category"),
    [
        (184, "within_6_months"),
        (185, "6_to_12_months"),
        (365, "6_to_12_months"),
        (366, "over_12_months"),
    ],
)
def test_the_time_to_review_ends_with_the_same_day_of_its_last_month(to_review, category):
    listed = [child(1, date(2016, 5, 1), to_review)]
    rows = deaths_worked_out(listed, ReportingYear(2017 - (to_review < 330)), CATEGORIES)[0].rows
    assert [r["category"] for r in rows if r["dimension"] == "timeliness"] == [category]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 24))
def test_a_later_month_has_the_same_day_or_its_last(day, months):
    found = later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_times_count_from_the_death():
    listed = [child(1, date(2016, 5, 1), 30, 2), child(2, date(2016, 5, 1))]
    assert days_to_review(listed) == [30]
    assert days_to_notification(listed) == [2]


def test_a_year_tells_its_backlog_and_its_times():
    listed = [
        child(1, date(2016, 5, 1), 100, 1),
        child(2, date(2016, 6, 1), 200, 3),
        child(3, date(2017, 3, 1), None, 2),
    ]
    assert [str(told) for told in deaths_told({YEAR: listed}, YEAR, CATEGORIES)] == [
        "Deaths waiting for a review at the year's end: 1",
        "Longest wait for a review at the year's end: 30 days since the death",
        "Time from death to review (2 reviewed): median 150 days, longest 200 days",
        "Time from death to notification (3 notified): median 2 days, longest 3 days",
    ]


# Several years together ------------------------------------------------------------------------


def years_of(number_of_years, **more):
    """Return records of the years up to YEAR: a death, reviewed in the year after."""
    found = {}
    for back in range(number_of_years):
        year = ReportingYear(YEAR.first - back)
        died = child(2 * year.first, date(year.first, 6, 1), 365, modifiable="modifiable", **more)
        before = ReportingYear(year.first - 1)
        reviewed = child(2 * before.first, date(before.first, 6, 1), 365, modifiable="modifiable")
        found[year] = [died, reviewed]
    return found


@pytest.mark.parametrize(("years", "told"), [(1, None), (2, None), (3, 3), (5, 5), (7, 5)])
def test_three_to_five_years_are_told_together(years, told):
    pool = pooled(years_of(years), YEAR, ["modifiable"])
    assert (pool and len(pool.years)) == told
    if pool:
        assert pool.years[-1] == YEAR
        assert (pool.deaths, pool.reviews, pool.modifiable) == (told, told, told)


def test_a_missing_year_ends_the_span():
    found = years_of(6)
    del found[ReportingYear(2014)]
    assert pooled(found, YEAR, ["modifiable"]) is None


def test_the_pool_names_its_years_and_their_number():
    lines = [str(told) for told in deaths_told(years_of(4), YEAR, CATEGORIES)]
    assert "Deaths, 2013-14 to 2016-17, 4 years together: 4" in lines
    assert "Reviews with modifiable factors, 2013-14 to 2016-17, 4 years together: 4 of 4" in lines


def test_factors_that_are_not_recorded_of_every_review_are_not_told():
    found = years_of(3)
    found[YEAR].append(child(7, date(2016, 5, 1), 10))
    pool = pooled(found, YEAR, ["modifiable"])
    assert pool
    assert pool.modifiable is None
