"""Child deaths: breakdowns that make their wholes, and reviews counted once."""

from hscb_report.chapters import child_deaths
from hscb_report.chapters.child_deaths import CHAPTER
from hscb_report.checks.rule import run_rules
from hscb_report.schema.cases import ChildDeath
from hscb_report.schema.learning import AuditActivity
from tests.made_up import placed, result_of, tables_of, with_tables, year_of

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
