"""Child deaths and their reviews."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import child_deaths
from hscb_report.schema.cases import CdopLesson, ChildDeath
from tests import in_force
from tests.made_up import placed
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


# Several dimensions, several years ----------------------------------------------------------------


def counts(total, year="2013-14", dimension="sex", what="reviews", **categories):
    """Return the counts of a year: all of them, and those of some categories of a dimension."""
    cells = [("total", "all", total), *((dimension, c, n) for c, n in categories.items())]
    rows = [
        {"counted": what, "dimension": d, "category": c, "children": n}
        for d, c, n in cells
        if n is not None
    ]
    return placed(f"{year}/child_deaths.csv", rows, ChildDeath)


def test_what_is_left_of_a_whole_is_to_come_as_long_as_the_whole_or_a_part_is():
    """No category is nought by what nobody has entered yet."""
    for gap in range(2):
        rows = [*counts(1, male=1)]
        rows[gap] = rows[gap].model_copy(update={"children": None})
        assert child_deaths.in_category(rows, "reviews", "sex", "female", WHOLE).to_come
        assert child_deaths.in_category(rows, "reviews", "sex", "male", WHOLE).to_come is (gap == 1)


def test_a_category_without_a_row_is_nought_only_where_the_others_make_up_the_whole():
    """Else it is not known how many of the rest are of it."""
    for rows, value in (
        (counts(5, male=3, female=2), 0),
        (counts(5, male=3, female=1), None),
        (counts(5), None),
        (counts(0), None),
        (counts(None, male=3, female=2), None),
        (counts(5, male=3, female=1, sex_unknown=1), 1),
        (counts(5, what="deaths", male=3, female=2), None),
    ):
        found = child_deaths.in_category(rows, "reviews", "sex", "sex_unknown", WHOLE)
        assert found.value == value
    nought = child_deaths.in_category(counts(1, male=1), "reviews", "sex", "female", WHOLE)
    assert [place.row for place in nought.rows] == [2, 3]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5))
def test_years_together_are_the_sum_of_the_years_and_name_the_rows_of_each(numbers):
    years = [
        counts(m + f, f"{2009 + n}-{10 + n}", male=m, female=f) for n, (m, f) in enumerate(numbers)
    ]
    for column, category in enumerate(("male", "female")):
        found = child_deaths.pooled(years, "reviews", "sex", category, WHOLE)
        assert found.value == sum(pair[column] for pair in numbers)
        assert len(found.files) == len(numbers)
    whole = child_deaths.pooled(years, "reviews", "total", "all", WHOLE)
    assert whole.value == sum(map(sum, numbers))


def test_years_together_are_not_known_where_one_of_them_is_not():
    years = [counts(5, male=3, female=2), counts(5, male=3)]
    assert child_deaths.pooled(years, "reviews", "sex", "male", WHOLE).value == 6
    assert child_deaths.pooled(years, "reviews", "sex", "female", WHOLE).value is None
    assert child_deaths.pooled([], "reviews", "sex", "male", WHOLE).value is None


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_those_who_wait_are_those_who_waited_and_the_deaths_less_the_reviews(numbers):
    """Where one of the four is not known, nothing is expected."""
    waited, died, reviewed, _ = numbers
    before = counts(waited, "2012-13", what="waiting")
    now = (*counts(died, what="deaths"), *counts(reviewed))
    expected = child_deaths.waiting_expected(before, now, WHOLE)
    assert expected.value == waited + died - reviewed
    assert child_deaths.waiting(before, WHOLE).value == waited
    for lacking in (((), now), (before, now[:1]), (before, now[1:])):
        assert child_deaths.waiting_expected(*lacking, WHOLE).value is None
