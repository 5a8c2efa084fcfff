"""Histories: what a number was in earlier periods, by whom told, and whether they agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import MISSING, Figure, withheld
from hscb_report.results.fact import Earlier, Fact, Ledger
from hscb_report.results.history import (
    BEHIND_A_FACT,
    PastYear,
    disagreements,
    periods_of,
    phrase_names,
    stated_figures,
    told_in_prose,
    unknown_figures,
    unsound,
    with_histories,
)
from hscb_report.schema import Place
from hscb_report.schema.own import EarlierFigure
from hscb_report.units import PERCENT, POUNDS, count_of
from hscb_report.years import Period, ReportingYear
from tests.made_up import placed

YEAR = ReportingYear(2013)
REFERRALS = count_of("referrals")
THERE = Place("2013-14/referral_totals.csv", 3)
UNDATED = Period.parse("undated")


def period(year):
    return Period.of_year(ReportingYear(year))


def number(value, when=None, name="a.b", **other):
    """Return a fact of a value, of 2013-14 unless another period is given."""
    figure = value if isinstance(value, Figure) else Figure(value, (THERE,))
    unit = other.pop("unit", REFERRALS)
    return Fact(name, "Referrals", figure, unit, "f", period=when or period(2013), **other)


def past(year, *facts):
    return PastYear(ReportingYear(year), Ledger(facts))


def stated(when, value, revision=None):
    return Earlier(when, Figure(value, (THERE,)), revision=revision)


def history(fact, *years):
    """Return the history of a fact: each period with its value."""
    (found,) = with_histories(Ledger((fact,)), years)
    return [(str(earlier.period), earlier.figure.value) for earlier in found.earlier]


# What a history is made of ----------------------------------------------------------------------


@given(st.dictionaries(st.integers(2005, 2012), st.integers(0, 99)))
def test_a_history_has_the_value_of_every_year_that_there_is_the_oldest_first(values):
    """A year that is not there leaves a gap, and is nobody's year before."""
    years = [past(year, number(value, period(year))) for year, value in sorted(values.items())]
    (found,) = with_histories(Ledger((number(7),)), years)
    assert [(e.period, e.figure.value) for e in found.earlier] == [
        (period(year), value) for year, value in sorted(values.items())
    ]
    assert (found.before.figure.value if found.before else None) == values.get(2012)


def test_a_number_has_the_history_of_its_own_name_only():
    others = past(2012, number(3, period(2012), name="a.other"))
    assert history(number(7), others) == []
    assert history(number(7)) == []


def test_what_a_year_does_not_say_leaves_a_gap():
    assert history(number(7), past(2012, number(MISSING, period(2012)))) == []


def test_what_is_of_no_earlier_period_is_no_history():
    """The same population may stand in two reports; a forecast in the one before."""
    population = period(2012)
    for when in (population, period(2013), period(2014)):
        assert history(number(7, population), past(2012, number(6, when))) == []
    earlier = past(2012, number(6, Period.parse("2011")))
    assert history(number(7, Period.parse("2012")), earlier) == [("2011", 6)]


def test_a_part_of_a_year_and_another_form_of_time_are_no_history():
    """A quarter of the year before is nobody's year before."""
    quarter, calendar = Period.parse("2012-M04 to 2012-M06"), Period.parse("2012")
    told = number(7, stated=(stated(quarter, 2), stated(calendar, 3), stated(period(2011), 5)))
    assert history(told) == [("2011-12", 5)]


def test_of_a_period_that_several_tell_the_latest_that_was_told_holds():
    """What this year's tables state, else what the latest of the earlier years told of it."""
    first = past(2011, number(5, period(2011)))
    second = past(2012, number(6, period(2012), stated=(stated(period(2011), 4),)))
    assert history(number(7), first, second) == [("2011-12", 4), ("2012-13", 6)]
    told = number(7, stated=(stated(period(2011), 3), stated(period(2010), 2)))
    assert history(told, first, second) == [("2010-11", 2), ("2011-12", 3), ("2012-13", 6)]


def test_a_history_keeps_what_a_value_is_said_to_be():
    """Over 200 stays over 200."""
    earlier = past(2012, number(200, period(2012), prefix="over"))
    (found,) = with_histories(Ledger((number(210),)), [earlier])
    assert found.before.prefix == "over"


# Whether they agree -----------------------------------------------------------------------------


def told(fact, *years):
    found = list(disagreements([fact], years))
    assert all((f.rule, f.severity) == ("H1", "error") for f in found)
    return found


@pytest.mark.parametrize(
    ("value", "revision", "is_told"), [(6, None, False), (5, None, True), (5, "Recounted", False)]
)
def test_a_figure_of_an_earlier_year_is_that_year_s_own_or_its_revision_is_noted(
    value, revision, is_told
):
    years = past(2011, number(9, period(2011))), past(2012, number(6, period(2012)))
    found = told(number(7, stated=(stated(period(2012), value, revision),)), *years)
    assert bool(found) == is_told
    for each in found:
        assert (each.file, each.row) == (THERE.file, THERE.row)
        what = "a.b for 2012-13 is 5 here, and 6 in the report for 2012-13."
        assert each.message == what
        assert each.hint == "Correct it, or say in the column revision why it differs."


@pytest.mark.parametrize("revision", [None, "A later estimate"])
def test_the_same_period_in_two_reports_has_the_same_value(revision):
    """As of a population that both take from the same estimate."""
    when = Period.parse("2012")
    found = told(number(7, when, revision=revision), past(2012, number(6, when)))
    assert [f.message for f in found] == (
        [] if revision else ["a.b for 2012 is 7 here, and 6 in the report for 2012-13."]
    )
    assert told(number(6, when), past(2012, number(6, when))) == []


def test_a_disagreement_with_several_reports_is_told_once():
    when = Period.parse("2010")
    years = [past(year, number(6, when)) for year in (2010, 2011, 2012)]
    assert len(told(number(7, when), *years)) == 1


def test_a_value_that_was_stated_as_printed_agrees_with_the_exact_one():
    """Who copies 61.0% from a printed report has copied what that year has."""
    exact = past(2012, number(Decimal("0.610093"), period(2012), unit=PERCENT))
    for value, is_told in (("0.61", False), ("0.611", True)):
        given = number(1, unit=PERCENT, stated=(stated(period(2012), Decimal(value)),))
        assert bool(told(given, exact)) == is_told


@pytest.mark.parametrize("value", [MISSING, withheld(Figure(3))])
def test_what_is_not_known_disagrees_with_nothing(value):
    given = number(7, stated=(stated(period(2012), 5),))
    assert told(given, past(2012, number(value, period(2012)))) == []
    assert (
        told(number(value, Period.parse("2012")), past(2012, number(6, Period.parse("2012")))) == []
    )


def test_two_values_without_a_date_may_differ():
    """Nobody knows that they are of the same time."""
    assert told(number(7, UNDATED), past(2012, number(6, UNDATED))) == []


@pytest.mark.parametrize("protected", [("now",), ("then",), ("now", "then")])
def test_a_disagreement_over_a_count_of_children_tells_no_number(protected):
    """Whichever of the two years keeps it in a protected table."""
    now = number(7, stated=(stated(period(2012), 5),), is_protected="now" in protected)
    then = number(6, period(2012), is_protected="then" in protected)
    (found,) = told(now, past(2012, then))
    assert found.message == "a.b for 2012-13 is not what the report for 2012-13 has."


# What is stated of earlier years ----------------------------------------------------------------


def earlier_figures(*rows):
    cells = [
        {"fact": fact, "period": Period.parse(when), "value": Decimal(7)} for fact, when in rows
    ]
    return placed("2013-14/earlier_figures.csv", cells, EarlierFigure)


@pytest.mark.parametrize(
    ("row", "column", "message", "hint"),
    [
        (("a.c", "2012-13"), "fact", "there is no such fact.", 'Did you mean "a.b"?'),
        *(
            (
                ("a.b", when),
                *("period", "not the time of an earlier year, as 2013-14 is the number's own."),
                "Write it as 2012-13, or remove the row.",
            )
            for when in ("2013-14", "2014", "2012", "year to September 2012", "2013-M03-31")
        ),
    ],
)
def test_a_figure_of_no_number_or_of_no_earlier_period_is_told_at_its_row(
    row, column, message, hint
):
    """Of another form of time it would take part in no comparison, and hide a contradiction."""
    rows = earlier_figures(("a.b", "2012-13"), ("a.b", "2011-12"), row)
    (found,) = unknown_figures(Ledger((number(7),)), rows)
    assert (found.rule, found.severity) == ("H3", "error")
    assert (found.file, found.row) == ("2013-14/earlier_figures.csv", 4)
    assert (found.column, found.message, found.hint) == (column, message, hint)


def test_a_stated_figure_is_told_in_the_unit_in_which_its_number_is_printed():
    """61 percent, where the number is a share of 0.61."""
    figures = {"a.b": (stated(period(2012), Decimal(61)),)}
    for unit, value in ((PERCENT, Decimal("0.61")), (POUNDS, Decimal(61))):
        (found,) = stated_figures(Ledger((number(1, unit=unit),)), figures)
        assert [e.figure.value for e in found.stated] == [value]
        assert found.stated[0].figure.rows == (THERE,)


def test_stated_figures_stand_beside_those_that_the_number_s_own_table_gives():
    given = number(7, stated=(stated(period(2012), 6),))
    (found,) = stated_figures(Ledger((given,)), {"a.b": (stated(period(2011), 5),)})
    assert [e.figure.value for e in found.stated] == [6, 5]
    assert stated_figures(Ledger((given,)), {"a.c": ()}) == Ledger((given,))


# Phrases in prose -------------------------------------------------------------------------------

OF_SEVEN = {
    "a.b.counted": "7 referrals",
    "a.b.Counted": "Seven referrals",
    "a.b.of_all": "7 referrals",
    "a.b.Of_all": "7 referrals",
    "a.b.words": "seven",
    "a.b.more_or_less": "7 more",
    "a.b.of_every_pound": "7",
    "a.b.were": "were",
    "a.b.are": "are",
    "a.b.have": "have",
    "a.b.period": "2013-14",
    "a.b.exact": "7",
}


def test_phrases_tell_a_sum_rounded_and_one_name_tells_it_exactly():
    now, then = number(26979, unit=POUNDS), number(39306, period(2012), unit=POUNDS)
    facts = with_histories(Ledger((now,)), [past(2012, then)])
    names = told_in_prose(facts, phrase_names(facts))
    assert names["a.b"] == "£27,000"
    assert names["a.b.trend"] == "down 31% from £39,300"
    assert names["a.b.change"] == "£12,300 less"
    assert names["a.b.exact"] == facts["a.b"].text == "£26,979"


def test_a_qualifier_says_that_a_number_is_rounded_already():
    fact = number(220_480, unit=POUNDS, prefix="over")
    names = told_in_prose(Ledger((fact,)), phrase_names(Ledger((fact,))))
    assert names["a.b"] == names["a.b.counted"] == names["a.b.exact"] == "over £220,480"


def test_a_part_is_told_beside_its_whole_where_the_year_has_it():
    part = replace(number(4), whole="a.c")
    whole = number(7, name="a.c")
    assert phrase_names(Ledger((part, whole)))["a.b.of_all"] == "4 of 7 referrals"
    assert phrase_names(Ledger((part,)))["a.b.of_all"] == "4 referrals"


def test_a_number_with_a_year_before_has_phrases_that_follow_it():
    (fact,) = with_histories(Ledger((number(7),)), [past(2012, number(5, period(2012)))])
    assert phrase_names(Ledger((fact,))) == {
        "a.b.previous": "5",
        "a.b.change": "2 more",
        "a.b.trend": "up from 5",
        **OF_SEVEN,
    }


def test_without_the_year_before_the_phrases_say_so_whatever_else_is_known():
    """The year before is the one before the number's own period."""
    years = [past(2011, number(5, period(2011)))]
    (fact,) = with_histories(Ledger((number(7),)), years)
    assert phrase_names(Ledger((fact,)))["a.b.previous"] == "no figure for 2012-13"
    (fact,) = with_histories(Ledger((number(7, Period.parse("2012")),)), years)
    assert phrase_names(Ledger((fact,)))["a.b.previous"] == "no figure for 2011"
    (fact,) = with_histories(Ledger((number(7, UNDATED),)), years)
    assert phrase_names(Ledger((fact,)))["a.b.previous"] == "no figure for an earlier date"


def test_what_is_counted_otherwise_is_compared_with_nothing_and_keeps_its_history():
    """The earlier value stands in the history, and in no phrase."""
    fact = number(7, counted_anew="Also unborn children")
    (found,) = with_histories(Ledger((fact,)), [past(2012, number(5, period(2012)))])
    assert [earlier.figure.value for earlier in found.earlier] == [5]
    assert phrase_names(Ledger((found,))) == {
        "a.b.previous": "no comparable figure for 2012-13",
        "a.b.change": "no comparable figure for 2012-13 to compare with",
        "a.b.trend": "no comparable figure for 2012-13",
        **OF_SEVEN,
    }


def test_the_year_after_a_change_compares_again():
    before = number(5, period(2012), counted_anew="Also unborn children")
    (found,) = with_histories(Ledger((number(7),)), [past(2012, before)])
    assert phrase_names(Ledger((found,)))["a.b.change"] == "2 more"


def test_a_figure_that_was_counted_otherwise_then_is_still_that_year_s_own():
    """A break is no revision: what last year's report had must not change unsaid."""
    fact = number(7, stated=(stated(period(2012), 6),), counted_anew="Also unborn children")
    (found,) = told(fact, past(2012, number(5, period(2012))))
    assert found.row == THERE.row


def test_what_is_withheld_is_withheld_in_its_phrases():
    (fact,) = with_histories(Ledger((number(7),)), [past(2012, number(5, period(2012)))])
    hidden = replace(
        fact, earlier=tuple(replace(e, figure=withheld(e.figure)) for e in fact.earlier)
    )
    names = phrase_names(Ledger((hidden,)))
    assert {names[f"a.b.{name}"] for name in ("previous", "change", "trend")} == {"not shown"}


def test_every_name_that_tells_of_a_time_has_its_period():
    """That of the year before is of the year before; of what is not dated there is none."""
    facts = [number(7), number(7, Period.parse("2012"), name="c.d"), number(7, UNDATED, name="e.f")]
    periods = periods_of(facts)
    names = {"a.b", "c.d"}
    names |= {f"{name}.{phrase}" for name in ("a.b", "c.d") for phrase in BEHIND_A_FACT}
    assert set(periods) == names
    for fact in facts[:2]:
        before = periods.pop(f"{fact.id}.previous")
        assert before == fact.own_period.before
        assert {when for name, when in periods.items() if name.startswith(fact.id)} == {
            fact.own_period
        }


# A year that is left out ------------------------------------------------------------------------


def test_a_year_that_is_left_out_is_told_with_its_first_error():
    (first,) = told(number(7, Period.parse("2012")), past(2012, number(6, Period.parse("2012"))))
    found = unsound(YEAR, [first, first])
    assert (found.rule, found.severity, found.file) == ("H2", "warning", "2013-14")
    assert found.message == (
        f"2013-14 has 2 errors and is left out of every history. The first: {first}"
    )
    assert found.hint == "Check 2013-14 and mend it."
    assert "1 error and" in unsound(YEAR, [first]).message
