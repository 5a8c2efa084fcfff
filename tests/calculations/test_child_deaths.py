"""Child deaths and their reviews."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import child_deaths
from hscb_report.schema.cases import CdopLesson, ChildDeath
from tests import in_force
from tests.strategies import deaths

WHOLE = in_force.DEATH_CATEGORY.meaning("whole")


def test_the_counts_are_those_of_the_source(tables):
    rows = tables[ChildDeath]
    assert child_deaths.deaths(rows, WHOLE).value == 11
    assert child_deaths.reviews(rows, WHOLE).value == 5
    assert child_deaths.counted_by(rows, "reviews", "male").value == 3
    assert child_deaths.counted_by(rows, "reviews", "female").value == 2
    assert child_deaths.counted_by(rows, "reviews", "modifiable").value == 1
    assert child_deaths.lessons(tables[CdopLesson]).value == 3


def test_what_the_extraction_lost_is_missing_not_zero_and_names_where_it_was_looked_for(tables):
    for category in ("1 to 4 years", "insufficient"):
        lost = child_deaths.counted_by(tables[ChildDeath], "reviews", category)
        assert (lost.value, lost.searched) == (None, ("2013-14/child_deaths.csv",))
        assert lost.lacks == (f'counted "reviews", category "{category}"',)
    nothing = child_deaths.deaths((), ("all", "every"))
    assert nothing.lacks == ('counted "deaths", category "all or every"',)


@given(deaths, st.randoms(use_true_random=False))
def test_deaths_reviews_and_their_categories_are_never_mixed(rows, random):
    """Each count is the one cell of its own row, or missing, in whatever order the rows stand."""
    mixed = random.sample(rows, len(rows))
    cells = {(row.counted, row.category): row for row in rows}
    for figure, key in (
        (child_deaths.deaths(mixed, WHOLE), ("deaths", "all")),
        (child_deaths.reviews(mixed, WHOLE), ("reviews", "all")),
        (child_deaths.counted_by(mixed, "reviews", "male"), ("reviews", "male")),
        (child_deaths.counted_by(mixed, "deaths", "male"), ("deaths", "male")),
        (child_deaths.deaths(mixed, ("female",)), ("deaths", "female")),
    ):
        row = cells.get(key)
        assert figure.value == (row.children if row else None)
        assert figure.rows == ((row.place,) if row else ())
