"""How the report meets what the guidance asks of it."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations.coverage import coverage, requirements, requirements_met
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.reference import StatutoryRequirement
from tests.strategies import few
from tests.strategies import requirements as drawn_requirements


def test_the_requirements_are_met_as_the_grading_says(tables):
    """Spend on child death reviews is not met: the budget has no such line."""
    rows, places = tables[StatutoryRequirement], tables[RequirementCoverage]
    found: dict[str, list[str]] = {}
    for met in coverage(rows, places):
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
@given(drawn_requirements(), st.randoms(use_true_random=False))
def test_each_requirement_has_the_best_of_its_coverages_and_they_sum_to_all(drawn, random):
    """By evidence before partly, partly before narrative; what no row names is not met."""
    rows, places = drawn
    mixed = random.sample(places, len(places))
    found = coverage(rows, iter(mixed))
    assert [met.requirement for met in found] == list(rows)
    for met in found:
        own = [row for row in mixed if row.profile == "p"]
        own = [row for row in own if row.requirement == met.requirement.requirement]
        assert met.places == tuple(own)
        kinds = {row.coverage for row in own} | {"not_met"}
        assert met.coverage == next(
            kind for kind in ("evidence", "partly", "narrative", "not_met") if kind in kinds
        )
    for how in words.COVERAGE:
        places_met = tuple(met.requirement.place for met in found if met.coverage == how)
        assert requirements_met(rows, places, how).rows == places_met
    counted = [requirements_met(rows, places, how).value for how in words.COVERAGE]
    assert sum(counted) == requirements(rows).value == len(rows)
