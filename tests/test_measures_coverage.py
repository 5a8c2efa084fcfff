"""How the report meets what the guidance asks of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures.coverage import coverage, requirements, requirements_met
from hscb_report.schema import vocabularies as words
from tests.strategies import requirements as drawn_requirements


@pytest.mark.parametrize(
    ("how", "asked"),
    [
        (
            "evidence",
            [
                *("weaknesses", "lessons", "contributions", "spend"),
                *("spend_serious_case_reviews", "spend_learning"),
            ],
        ),
        (
            "narrative",
            [
                *("annual_report", "preceding_year", "recipients", "effectiveness"),
                "rigorous_assessment",
            ],
        ),
        ("not_met", ["spend_child_death_reviews"]),
    ],
)
def test_the_requirements_are_met_as_the_grading_says(tables, how, asked):
    """Spend on child death reviews is not met: the budget has no such line (I-10)."""
    rows, places = tables.requirements, tables.requirement_coverage
    found = [met.requirement.requirement for met in coverage(rows, places) if met.coverage == how]
    assert found == asked
    assert requirements_met(rows, places, how).value == len(asked)


def test_twelve_requirements_are_counted(tables):
    assert requirements(tables.requirements).value == 12


@given(drawn_requirements(), st.randoms(use_true_random=False))
def test_each_requirement_has_the_best_of_its_coverages_and_they_sum_to_all(drawn, random):
    rows, places = drawn
    mixed = list(places)
    random.shuffle(mixed)
    for met in coverage(rows, mixed):
        kinds = {
            place.coverage
            for place in places
            if (place.profile, place.requirement) == ("p", met.requirement.requirement)
        }
        best = "evidence" if "evidence" in kinds else "narrative" if "narrative" in kinds else None
        assert met.coverage == (best or "not_met")
        assert {place.coverage for place in met.places} == kinds
    counted = [requirements_met(rows, places, how).value for how in words.COVERAGE]
    assert sum(counted) == requirements(rows).value == len(rows)


def test_a_requirement_that_no_row_names_is_not_met(tables):
    (met,) = coverage(tables.requirements[:1], ())
    assert (met.coverage, met.places) == ("not_met", ())
