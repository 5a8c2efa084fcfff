"""How the report meets what is asked of it, by the guidance of its year and by the Board."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.coverage import (
    asked_of,
    coverage,
    is_given,
    regime_of,
    requirements,
    requirements_met,
)
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.reference import OwnRequirement, Regime, StatutoryRequirement
from hscb_report.years import ReportingYear
from tests.made_up import YEAR, only_own
from tests.strategies import TABLES_GIVING, few, years
from tests.strategies import requirements as drawn_requirements


def asked_in(tables, year=YEAR):
    """Return what is asked of a year's report by the committed tables."""
    regime = regime_of(year, tables[Regime])
    return asked_of(year, regime, tables[StatutoryRequirement], tables[OwnRequirement])


def test_the_requirements_are_met_as_the_grading_says(tables):
    """Spend on child death reviews is not met: the budget has no such line."""
    rows, places = asked_in(tables), tables[RequirementCoverage]
    found: dict[str, list[str]] = {}
    for met in coverage(rows, places, ()):
        found.setdefault(met.coverage, []).append(met.requirement.requirement)
    assert found == {
        "evidence": ["contributions", "spend", "spend_learning", "use_policies"],
        "partly": [
            *("rigorous_assessment", "weaknesses", "lessons", "spend_serious_case_reviews"),
            *("shared_cost", "panel_report", "use_communication", "use_child_deaths"),
        ],
        "narrative": [
            *("annual_report", "preceding_year", "recipients", "effectiveness"),
            "chair_publishes",
        ],
        "not_met": ["spend_child_death_reviews", "use_unexpected_deaths"],
    }
    assert requirements(rows).value == 19


@few
@given(
    drawn_requirements(),
    st.sets(st.sampled_from(TABLES_GIVING)),
    st.randoms(use_true_random=False),
)
def test_each_requirement_has_the_best_of_its_coverages_and_they_sum_to_all(drawn, given_, random):
    """By evidence before partly, partly before narrative.

    What no row names is met by evidence if the table that gives it holds rows, else not at all.
    """
    rows, places = drawn
    mixed = random.sample(places, len(places))
    found = coverage(rows, iter(mixed), given_)
    assert [met.requirement for met in found] == list(rows)
    for met in found:
        own = [row for row in mixed if row.requirement == met.requirement.requirement]
        is_evident = not own and met.requirement.given_by in given_
        where = [(place.page, place.how) for place in met.places]
        assert where[: len(own)] == [(row.page, row.how) for row in own]
        assert len(where) == len(own) + is_evident
        kinds = (
            {row.coverage for row in own} | {"not_met"} | ({"evidence"} if is_evident else set())
        )
        assert met.coverage == next(
            kind for kind in ("evidence", "partly", "narrative", "not_met") if kind in kinds
        )
    for how in words.COVERAGE:
        places_met = tuple(met.requirement.place for met in found if met.coverage == how)
        assert requirements_met(rows, places, given_, how).rows == places_met
    counted = [requirements_met(rows, places, given_, how).value for how in words.COVERAGE]
    assert sum(counted) == requirements(rows).value == len(rows)


def test_a_table_with_rows_is_shown_where_the_list_says_but_a_grading_by_hand_goes_before(tables):
    asked = {row.requirement: row for row in asked_in(tables)}
    spend, chair = asked["spend"], asked["chair_publishes"]
    (met,) = coverage([spend], (), {"expenditure"})
    assert (met.coverage, [place.page for place in met.places]) == (
        *("evidence", ["chapters/budget"]),
    )
    poor = next(row for row in tables[RequirementCoverage] if row.requirement == "spend")
    poor = poor.model_copy(update={"coverage": "not_met"})
    (met,) = coverage([spend], [poor], {"expenditure"})
    assert (met.coverage, len(met.places)) == ("not_met", 1)
    assert is_given(spend, {"expenditure"})
    assert not is_given(spend, {"contributions"})
    assert not is_given(chair, {"expenditure", "contributions"})


def test_of_what_the_board_asks_itself_no_table_is_evidence_unsaid(tables):
    own = [row for row in asked_in(tables) if isinstance(row, OwnRequirement)]
    assert own
    assert not any(is_given(row, TABLES_GIVING) for row in own)


# Which guidance holds ---------------------------------------------------------------------------


def regimes(*spans):
    """Return regimes a, b and so on, each from a first to a last year, or None."""
    rows = [
        {"regime": code, "title": code.upper(), "first_year": first, "last_year": last}
        for code, (first, last) in zip("abc", spans, strict=False)
    ]
    return only_own("common/regimes.csv", rows, Regime)


def code_of(found):
    return found.regime if found else None


@given(years, years, years)
def test_a_regime_holds_from_its_first_year_to_its_last_both_included(first, last, year):
    """Without a first it has held from ever, without a last it still holds."""
    for begins, ends in ((first, last), (None, last), (first, None), (None, None)):
        holds = (begins is None or begins <= year) and (ends is None or year <= ends)
        assert code_of(regime_of(year, regimes((begins, ends)))) == ("a" if holds else None)


def test_each_year_has_the_regime_of_its_years_and_one_outside_all_has_none():
    y = ReportingYear
    known = regimes((y(2012), y(2013)), (y(2014), y(2018)), (y(2019), None))
    found = [code_of(regime_of(y(first), iter(known))) for first in (2011, 2012, 2013, 2014)]
    assert found == [None, "a", "a", "b"]
    assert [code_of(regime_of(y(first), known)) for first in (2018, 2019, 2090)] == ["b", "c", "c"]


@given(years)
def test_the_guidance_that_is_named_holds_whatever_the_year_and_an_unknown_one_does_not(year):
    known = regimes((year, year), (year.next, None))
    assert code_of(regime_of(year, known, "b")) == "b"
    assert code_of(regime_of(year, known)) == "a"
    assert regime_of(year, known, "unheard_of") is None


def test_the_committed_regimes_follow_each_other_without_gap_or_overlap(tables):
    listed = tables[Regime]
    for before, after in pairwise(listed):
        assert before.last_year.next == after.first_year
    assert listed[-1].last_year is None
    assert {row.profile for row in tables[StatutoryRequirement]} == {row.regime for row in listed}


@pytest.mark.parametrize(
    ("year", "regime"),
    [
        ("2011-12", None),
        ("2013-14", "working_together_2013"),
        ("2014-15", "working_together_2015"),
        ("2019-20", "working_together_2018"),
        ("2025-26", "working_together_2023"),
    ],
)
def test_a_report_is_asked_what_the_guidance_of_its_year_asks_and_then_what_the_board_does(
    tables, year, regime
):
    asked = asked_in(tables, ReportingYear.parse(year))
    national = [row for row in asked if isinstance(row, StatutoryRequirement)]
    assert {row.profile for row in national} == ({regime} if regime else set())
    assert list(asked[: len(national)]) == national
    assert all(isinstance(row, OwnRequirement) for row in asked[len(national) :])


@given(years, st.none() | years, st.none() | years)
def test_what_a_board_asks_of_itself_it_asks_in_the_years_that_it_says(year, first, last):
    cells = {"requirement": "own", "asks_for": "A thing", "authority": "The Board"}
    rows = only_own(
        "reference/own_requirements.csv",
        [{**cells, "first_year": first, "last_year": last}],
        OwnRequirement,
    )
    holds = (first is None or first <= year) and (last is None or year <= last)
    assert asked_of(year, None, (), iter(rows)) == (rows if holds else ())
