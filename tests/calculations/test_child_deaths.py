"""Child deaths and their reviews."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import child_deaths
from hscb_report.schema.cases import CdopLesson, ChildDeath
from tests.strategies import deaths


def test_the_counts_are_those_of_the_source(tables):
    rows = tables[ChildDeath]
    assert child_deaths.deaths(rows).value == 11
    assert child_deaths.reviews(rows).value == 5
    assert child_deaths.reviews_by(rows, "sex", "male").value == 3
    assert child_deaths.reviews_by(rows, "sex", "female").value == 2
    assert child_deaths.reviews_by(rows, "modifiable", "modifiable").value == 1
    assert child_deaths.lessons(tables[CdopLesson]).value == 3


def test_what_the_extraction_lost_is_missing_not_zero_and_names_where_it_was_looked_for(tables):
    for dimension, category in (("age_band", "1 to 4 years"), ("modifiable", "insufficient")):
        lost = child_deaths.reviews_by(tables[ChildDeath], dimension, category)
        assert (lost.value, lost.searched) == (None, ("2013-14/child_deaths.csv",))


@given(deaths, st.randoms(use_true_random=False))
def test_deaths_reviews_and_their_categories_are_never_mixed(rows, random):
    """Each count is the one cell of its own row, or missing, in whatever order the rows stand."""
    mixed = random.sample(rows, len(rows))
    cells = {(row.counted, row.dimension, row.category): row for row in rows}
    for figure, key in (
        (child_deaths.deaths(mixed), ("deaths", "total", "all")),
        (child_deaths.reviews(mixed), ("reviews", "total", "all")),
        (child_deaths.reviews_by(mixed, "sex", "male"), ("reviews", "sex", "male")),
    ):
        row = cells.get(key)
        assert figure.value == (row.children if row else None)
        assert figure.rows == ((row.place,) if row else ())
