"""Child deaths: breakdowns that make their wholes, and reviews counted once."""

from dataclasses import replace

import pytest

from hscb_report.chapters import child_deaths
from hscb_report.chapters.child_deaths import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.schema.cases import ChildDeath
from hscb_report.schema.learning import AuditActivity
from hscb_report.years import ReportingYear
from tests import in_force
from tests.made_up import YEAR, placed, result_of, tables_of, with_tables, year_of

R10, R11, R12, R48 = CHAPTER.rules
FILE = "2013-14/child_deaths.csv"


def counted(whole, counts, *, dimension="sex", what="reviews"):
    """Return tables with a whole and the counts of some categories of a dimension."""
    rows = [("total", "all", whole), *((dimension, c, n) for c, n in counts.items())]
    columns = ("dimension", "category", "children")
    cells = [{"counted": what, **dict(zip(columns, row, strict=True))} for row in rows]
    return tables_of(child_deaths=placed(FILE, cells, ChildDeath))


def told(rule, tables):
    return [(f.severity, f.file, f.row, f.column) for f in result_of(rule, tables).findings]


def test_the_committed_counts_keep_every_rule(given):
    """Nobody counted how many waited for a review."""
    outcomes = {result.rule.code: result.outcome for result in run_rules(CHAPTER.rules, given)}
    assert outcomes == {**dict.fromkeys(("R10", "R11", "R12"), "passed"), "R48": "not_run"}


def test_the_programme_has_as_many_reviews_as_the_panel(given, after):
    for change in ((AuditActivity, 5, "number", "6"), (ChildDeath, 3, "children", "6")):
        (found,) = after(R10, change)
        assert (found.severity, found.file) == ("error", "2013-14/audit_programme.csv")
        assert (found.row, found.column) == (5, "number")
        assert "child_deaths.csv row 3" in found.message
    without = with_tables(given.tables, child_deaths=given.tables[ChildDeath][:1])
    assert result_of(R10, without).outcome == "not_run"


def test_sexes_and_ages_make_the_whole_wherever_one_of_them_is_counted():
    """Of deaths and of reviews alike; what is not broken down is not asked for."""
    first, second, third = "0 to 27 days", "28 to 364 days", "15 to 17 years"
    for what in ("deaths", "reviews"):
        for dimension, counts in (
            ("sex", {"male": 3, "female": 1, "sex_unknown": 1}),
            ("age_band", {first: 1, second: 2, third: 2}),
        ):
            assert told(R11, counted(5, counts, dimension=dimension, what=what)) == []
            for wrong in (4, 6):
                tables = counted(wrong, counts, dimension=dimension, what=what)
                assert told(R11, tables) == [("error", FILE, 3, "children")]
                (found,) = result_of(R11, tables).findings
                assert "(child_deaths.csv rows 3 to 5)" in found.message
    assert told(R11, counted(5, {})) == []


def test_modifiable_factors_make_the_whole_once_their_absence_is_counted():
    """1 and 5 and 4 of 5; but where only those with factors are told, the rest is unknown."""
    for whole, counts, is_sound in (
        (5, {"modifiable": 1, "not_modifiable": 5, "insufficient": 4}, False),
        (5, {"modifiable": 1, "not_modifiable": 3, "insufficient": 1}, True),
        (5, {"modifiable": 1, "not_modifiable": 3}, False),
        (5, {"modifiable": 1}, True),
        (5, {"modifiable": 1, "insufficient": 4}, True),
        (5, {"modifiable": 2, "insufficient": 4}, False),
    ):
        expected = [] if is_sound else [("error", FILE, 3, "children")]
        assert told(R11, counted(whole, counts, dimension="modifiable")) == expected


def test_reviews_with_modifiable_factors_are_at_most_the_reviews():
    """All of them may have such factors; deaths with them are another count."""
    for number, expected in ((5, []), (6, [("error", FILE, 3, "children")])):
        tables = counted(5, {"modifiable": number}, dimension="modifiable")
        assert told(R12, tables) == expected
    assert told(R12, counted(5, {"male": 6})) == []
    reviews = counted(5, {}).named("child_deaths")
    deaths = counted(11, {"modifiable": 6}, dimension="modifiable", what="deaths")
    both = with_tables(deaths, child_deaths=(*reviews, *deaths.named("child_deaths")))
    assert told(R12, both) == []


def test_more_reviews_than_deaths_are_allowed(after):
    """A review may concern a death of an earlier year."""
    change = (ChildDeath, 2, "children", "3")
    assert [found for rule in CHAPTER.rules for found in after(rule, change)] == []


def test_deaths_and_reviews_are_told_as_counts_and_apart(report):
    assert report.exhibit("child-deaths-and-reviews").texts() == (
        ("Deaths in the year", "11"),
        ("Reviews completed in the year", "5"),
        ("Reviews completed in the year: male", "3"),
        ("Reviews completed in the year: female", "2"),
        ("Reviews completed in the year: modifiable factors identified", "1"),
    )


def test_a_count_that_is_not_published_is_not_stated(given):
    """Of a category nothing is told at all, and of deaths or reviews that they are not stated."""
    kept = [row for row in given.tables[ChildDeath] if row.counted == "reviews"]
    facts = child_deaths.facts(year_of(with_tables(given.tables, child_deaths=kept[:1])))
    texts = {fact.id: fact.text for fact in facts}
    assert texts == {
        "child_deaths.deaths": "not stated",
        "child_deaths.reviews": "5",
        "child_deaths.lessons": "3",
    }


def test_every_category_that_is_counted_is_a_fact_by_its_code(report):
    assert {fact.id: fact.text for fact in report.facts if fact.chapter == "child_deaths"} == {
        "child_deaths.deaths": "11",
        "child_deaths.reviews": "5",
        "child_deaths.reviews_male": "3",
        "child_deaths.reviews_female": "2",
        "child_deaths.reviews_modifiable": "1",
        "child_deaths.lessons": "3",
    }


# What is known of deaths and reviews --------------------------------------------------------------


def rows_of(year, *cells):
    """Return the counts of a year, each given as counted, dimension, category and number."""
    columns = ("counted", "dimension", "category", "children")
    rows = [dict(zip(columns, row, strict=True)) for row in cells]
    return placed(f"{year}/child_deaths.csv", rows, ChildDeath)


@pytest.fixture
def made(given):
    """Return a function from a year to its tables by their labels and its facts by their names."""

    def of(data):
        data = replace(data, settings=given.settings)
        tables = {table.label: table for table in child_deaths.exhibits(data)}
        return tables, {fact.id: fact for fact in child_deaths.facts(data)}

    return of


def year_with(first, *cells, earlier=()):
    year = ReportingYear(first)
    tables = tables_of(child_deaths=rows_of(year, *cells))
    return year_of(tables, year=year, earlier=tuple(earlier))


MANY = (
    ("deaths", "total", "all", 7),
    ("deaths", "sex", "male", 4),
    ("deaths", "sex", "female", 3),
    ("reviews", "total", "all", 5),
    ("reviews", "sex", "female", 1),
    ("reviews", "sex", "male", 3),
    ("reviews", "sex", "sex_unknown", 1),
    ("reviews", "modifiable", "modifiable", 2),
    ("waiting", "total", "all", 6),
)


def test_few_counts_stand_in_one_table(made):
    tables, facts = made(year_with(2013, *MANY[:4], *MANY[7:]))
    assert [label for label, table in tables.items() if table.group] == []
    eight, _ = made(year_with(2013, *MANY[:8]))
    assert len(eight["child-deaths-and-reviews"].rows) == 8
    assert tables["child-deaths-and-reviews"].texts() == (
        ("Deaths in the year", "7"),
        ("Deaths in the year: male", "4"),
        ("Deaths in the year: female", "3"),
        ("Reviews completed in the year", "5"),
        ("Reviews completed in the year: modifiable factors identified", "2"),
        ("Deaths waiting for a review at the year's end", "6"),
    )
    assert facts["child_deaths.waiting"].text == "6"


def test_of_many_counts_each_dimension_has_a_table_in_the_order_of_the_words(made):
    """A category that nobody counted is not listed; one that completes a whole without it is 0."""
    tables, _ = made(year_with(2013, *MANY))
    assert tables["child-deaths-and-reviews"].texts() == (
        ("Deaths in the year", "7"),
        ("Reviews completed in the year", "5"),
        ("Deaths waiting for a review at the year's end", "6"),
    )
    sex, modifiable = (tables[f"child-deaths-by-{name}"] for name in ("sex", "modifiable"))
    assert {table.label for table in tables.values() if table.group} == {
        sex.label,
        modifiable.label,
    }
    assert {sex.group, modifiable.group} == {"child-deaths-by"}
    assert sex.caption == "Deaths of children and reviews of them, 2013-14: sex"
    assert [column.heading for column in sex.columns] == [
        *("Sex", "Deaths in the year", "Reviews completed in the year"),
    ]
    assert sex.texts() == (("Male", "4", "3"), ("Female", "3", "1"), ("Sex not known", "0", "1"))
    assert modifiable.texts() == (("Modifiable factors identified", "2"),)


def test_every_usual_dimension_has_a_table_where_it_is_counted(made):
    cells = [("reviews", "total", "all", 1)]
    for dimension, categories in in_force.death_categories().items():
        if dimension != "total":
            cells += [("reviews", dimension, code, n == 0) for n, code in enumerate(categories)]
    data = year_with(2013, *((*cell[:3], int(cell[3])) for cell in cells))
    tables, facts = made(data)
    assert [label for label in tables if "-by-" in label] == [
        *("child-deaths-by-sex", "child-deaths-by-age-band", "child-deaths-by-category"),
        *("child-deaths-by-ethnicity", "child-deaths-by-expected", "child-deaths-by-modifiable"),
        "child-deaths-by-timeliness",
    ]
    assert len(tables["child-deaths-by-category"].rows) == 11
    assert facts["child_deaths.reviews_within_6_months"].text == "1"
    assert result_of(R11, data.tables).outcome == "passed"


# Several years ------------------------------------------------------------------------------------


def years_with(*years):
    """Return the data of the last of some years, each given by its first and its counts."""
    earlier = [year_with(first, *cells) for first, *cells in years[:-1]]
    first, *cells = years[-1]
    return year_with(first, *cells, earlier=earlier)


def reviewed(male, female, modifiable=1):
    return (
        ("reviews", "total", "all", male + female),
        ("reviews", "sex", "male", male),
        ("reviews", "sex", "female", female),
        ("reviews", "modifiable", "modifiable", modifiable),
    )


def test_years_are_told_together_beside_the_year_itself(made):
    tables, facts = made(
        years_with(
            (2012, ("deaths", "total", "all", 4), *reviewed(1, 2)),
            (2013, ("deaths", "total", "all", 6), *reviewed(3, 1, 2)),
        )
    )
    assert {table.group for label, table in tables.items() if "pooled" in label} == {
        "child-deaths-pooled"
    }
    whole, sex = (tables[f"child-deaths-pooled-{name}"] for name in ("total", "sex"))
    assert [column.heading for column in whole.columns] == [
        "Children",
        *("Deaths, 2013-14", "Deaths, 2012-13 to 2013-14 together"),
        *("Reviews, 2013-14", "Reviews, 2012-13 to 2013-14 together"),
    ]
    assert whole.texts() == (("All", "6", "10", "4", "7"),)
    assert sex.texts() == (("Male", "3", "4"), ("Female", "1", "3"))
    assert sex.notes == whole.notes == ("Told together: 2012-13 and 2013-14.",)
    told = {id_: (f.text, str(f.period)) for id_, f in facts.items() if "pooled" in id_}
    assert told == {
        "child_deaths.deaths_pooled": ("10", "April 2012 to March 2014"),
        "child_deaths.reviews_pooled": ("7", "April 2012 to March 2014"),
        "child_deaths.reviews_modifiable_pooled": ("3", "April 2012 to March 2014"),
    }


def test_what_is_told_of_several_years_has_no_second_table_of_the_year_alone(made):
    """What waits is of each year's end: it is never told together, and keeps its own."""
    waiting = (("waiting", "sex", "male", 2), ("waiting", "sex", "female", 1))
    tables, _ = made(years_with((2012, *MANY), (2013, *MANY, *waiting)))
    alone = {label: table for label, table in tables.items() if "child-deaths-by" in label}
    assert {label.replace("-by-", "-pooled-") for label in alone} & {*tables} == {
        "child-deaths-pooled-sex"
    }
    assert [column.heading for column in alone["child-deaths-by-sex"].columns][1:] == [
        "Deaths waiting for a review at the year's end"
    ]
    first, _ = made(years_with((2013, *MANY)))
    assert len([label for label in first if "child-deaths-by" in label]) > len(alone)


def test_five_years_at_most_are_told_together(made):
    years = [(first, *reviewed(1, 0)) for first in range(2005, 2014)]
    tables, _ = made(years_with(*years))
    table = tables["child-deaths-pooled-total"]
    assert table.columns[-1].heading == "Reviews, 2009-10 to 2013-14 together"
    assert table.texts() == (("All", "1", "5"),)


def test_a_year_that_is_missing_is_named_and_no_number_for_prose_passes_over_it(made):
    """Whether it has no folder, or has not the dimension."""
    whole = ("reviews", "total", "all", 2)
    tables, facts = made(
        years_with(
            (2009, *reviewed(1, 1)), (2011, whole), (2012, *reviewed(1, 1)), (2013, *reviewed(2, 0))
        )
    )
    assert tables["child-deaths-pooled-total"].notes == (
        "Told together: 2009-10, 2011-12, 2012-13 and 2013-14. There is no count for 2010-11.",
    )
    assert tables["child-deaths-pooled-sex"].notes == (
        "Told together: 2009-10, 2012-13 and 2013-14. There is no count for 2010-11 and 2011-12.",
    )
    assert not [id_ for id_ in facts if "pooled" in id_]


def test_deaths_and_reviews_of_other_years_are_told_apart(made):
    deaths = ("deaths", "total", "all", 4)
    tables, _ = made(
        years_with((2011, deaths), (2012, deaths, *reviewed(1, 1)), (2013, deaths, *reviewed(1, 1)))
    )
    assert tables["child-deaths-pooled-total"].notes == (
        "Deaths. Told together: 2011-12, 2012-13 and 2013-14.",
        "Reviews. Told together: 2012-13 and 2013-14.",
    )


def test_without_an_earlier_year_that_has_it_or_this_one_nothing_is_told_together(made):
    for years in (
        [(2013, *reviewed(1, 1))],
        [(2012, *MANY[:3]), (2013, *reviewed(1, 1))],
        [(2012, *reviewed(1, 1)), (2013, *MANY[:3])],
        [(2008, *reviewed(1, 1)), (2013, *reviewed(1, 1))],
        [(2012, ("waiting", "total", "all", 3)), (2013, ("waiting", "total", "all", 4))],
    ):
        tables, facts = made(years_with(*years))
        assert not [name for name in (*tables, *facts) if "pooled" in name]


# Waiting for a review -----------------------------------------------------------------------------


def test_deaths_that_wait_follow_from_those_of_the_year_before():
    """Told as a warning and by rows alone; where one of the counts is missing, not at all."""
    before = year_with(2012, ("waiting", "total", "all", 3))
    for waiting, is_sound in ((4, True), (3, False), (5, False)):
        counts = (
            *(("deaths", "total", "all", 6), ("reviews", "total", "all", 5)),
            ("waiting", "total", "all", waiting),
        )
        tables = tables_of(child_deaths=rows_of(YEAR, *counts))
        result = result_of(R48, tables, earlier=(before,))
        expected = [] if is_sound else [("warning", FILE, 4, "children")]
        assert [(f.severity, f.file, f.row, f.column) for f in result.findings] == expected
        for found in result.findings:
            assert "child_deaths.csv row 2 of 2012-13" in found.message
            assert "child_deaths.csv rows 2, 3)" in found.message
        for lacking in range(3):
            fewer = tables_of(
                child_deaths=rows_of(YEAR, *(*counts[:lacking], *counts[lacking + 1 :]))
            )
            assert result_of(R48, fewer, earlier=(before,)).outcome == "not_run"
        assert result_of(R48, tables).outcome == "not_run"
        other = year_with(2011, ("waiting", "total", "all", 3))
        assert result_of(R48, tables, earlier=(other,)).outcome == "not_run"
