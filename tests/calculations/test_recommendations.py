"""Recommendations: at which day they are looked at, and how many stand how."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import recommendations as calculation
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from tests.made_up import YEAR
from tests.made_up_reviews import recommendations, statuses

CODES = tuple(f"r{number}" for number in range(1, 5))
days = st.integers(-400, 60).map(lambda days: YEAR.end + timedelta(days))
dues = st.none() | st.sampled_from((Month(2013, 6), Month(2014, 3), Month(2014, 4)))
said = st.fixed_dictionaries(
    {
        "recommendation": st.sampled_from(CODES),
        "as_at": days,
        "completion": st.none() | st.sampled_from(tuple(words.COMPLETION_RAG)),
    }
)


@pytest.mark.parametrize(
    ("recorded", "day"),
    [
        ((), YEAR.end),
        ((date(2013, 9, 1),), YEAR.end),
        ((date(2013, 9, 1), date(2014, 9, 1)), YEAR.end),
        ((YEAR.end,), YEAR.end),
        ((date(2014, 4, 1),), date(2014, 4, 1)),
        ((date(2014, 7, 1), date(2014, 6, 1)), date(2014, 7, 1)),
    ],
)
def test_they_are_looked_at_on_the_last_day_of_the_year_unless_all_that_is_known_is_later(
    recorded, day
):
    assert calculation.day_looked_at(statuses(*({"as_at": d} for d in recorded)), YEAR) == day


@given(st.lists(dues, min_size=4, max_size=4), st.lists(said, max_size=8), days)
def test_each_is_complete_open_or_unknown_and_is_overdue_only_when_open(due, records, day):
    """Whatever is recorded; and the ratings together are all of them."""
    asked = recommendations(*({"due": month} for month in due))
    states = calculation.states_at(day, asked, statuses(*records))
    counted = {
        what: calculation.followed_and(states, what).value
        for what in ("complete", "open", "overdue", "unknown", "passed_unknown")
    }
    assert calculation.followed(asked).value == 4
    assert counted["complete"] + counted["open"] + counted["unknown"] == 4
    assert counted["overdue"] <= counted["open"]
    assert counted["passed_unknown"] <= counted["unknown"]
    assert sum(calculation.rated(states, code).value for code in words.COMPLETION_RAG) == 4


def test_the_month_in_which_it_is_due_is_not_over_on_its_last_day():
    asked = recommendations({"due": "2014-M03"})
    records = statuses({"as_at": "2013-M12-01", "completion": "on_target"})
    for day, overdue in ((date(2014, 3, 31), 0), (date(2014, 4, 1), 1)):
        states = calculation.states_at(day, asked, records)
        assert calculation.followed_and(states, "overdue").value == overdue
