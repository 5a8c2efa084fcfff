"""The ledger: every number of the report under one name, exact, with its rows."""

import csv
import importlib
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

import hscb_report
from hscb_report.errors import UnknownNameError
from hscb_report.figures import Figure
from hscb_report.report import DEFAULT_DATA, open_report
from hscb_report.results.fact import Earlier, Fact, Ledger, Provenance, fact
from hscb_report.schema import Place
from hscb_report.schema import vocabularies as words
from hscb_report.units import PERCENT, POUNDS, count_of
from hscb_report.years import Period

# What the source prints, or what follows from it: as the report prints it, and as JSON.
EXPECTED = {
    "journey.areas": ("7", 7),
    "context.population": ("184,900", 184900),
    "context.under_18": ("approximately 36,100", 36100),
    "context.carers_register": ("301", 301),
    "context.first_time_entrants": ("176", 176),
    "context.first_time_entrant_rate": ("589", 589),
    "context.first_time_entrant_rate_england": ("464", 464),
    "context.homeless_children": ("201", 201),
    "context.placed_by_other_authorities": ("over 200", 200),
    "context.senior_escalations": ("2", 2),
    "context.under_18_share": ("about 20%", 19.524067),
    "performance.reports_quarterly": ("8", 8),
    "performance.reports_termly": ("1", 1),
    "performance.reports_annual": ("10", 10),
    "performance.headlines": ("10", 10),
    "performance.headlines_with_value": ("0", 0),
    "audits.number_thematic": ("8", 8),
    "audits.cases_thematic": ("40", 40),
    "audits.number_individual": ("4", 4),
    "audits.number_case_review": ("4", 4),
    "audits.number_child_death_review": ("5", 5),
    "audits.findings": ("7", 7),
    "audits.findings_resolved": ("1", 1),
    "audits.findings_improved": ("3", 3),
    "audits.findings_partial": ("1", 1),
    "audits.findings_process_only": ("1", 1),
    "audits.findings_not_improved": ("1", 1),
    "audits.findings_not_reviewed": ("0", 0),
    "audits.closed": ("4", 4),
    "audits.not_closed": ("3", 3),
    "audits.fewest_months_to_review_front_door": ("5", 5),
    "audits.most_months_to_review_front_door": ("6", 6),
    "audits.fewest_months_to_review_conferences": ("5", 5),
    "audits.most_months_to_review_conferences": ("7", 7),
    "case_reviews.referrals": ("11", 11),
    "case_reviews.referrals_children": ("7", 7),
    "case_reviews.referrals_adults": ("3", 3),
    "case_reviews.referrals_dhr": ("1", 1),
    "case_reviews.outcome_serious_case_review": ("1", 1),
    "case_reviews.outcome_independent_multi_agency": ("4", 4),
    "case_reviews.outcome_internal_multi_agency": ("0", 0),
    "case_reviews.outcome_single_agency": ("1", 1),
    "case_reviews.outcome_not_met": ("5", 5),
    "case_reviews.outcome_open": ("0", 0),
    "case_reviews.independent": ("5", 5),
    "case_reviews.independent_children": ("3", 3),
    "case_reviews.independent_adults": ("2", 2),
    "case_reviews.independent_dhr": ("0", 0),
    "case_reviews.carried_over": ("1", 1),
    "training.practitioners": ("1,583", 1583),
    "training.attended_set_events": ("249", 249),
    "training.sessions_set_events": ("2", 2),
    "training.attended_set_e_learning": ("177", 177),
    "training.attended_set_module": ("212", 212),
    "training.attended_set_specialist": ("77", 77),
    "training.sessions_set_specialist": ("5", 5),
    "training.establishments_set_specialist": ("22", 22),
    "child_deaths.deaths": ("11", 11),
    "child_deaths.reviews": ("5", 5),
    "child_deaths.reviews_male": ("3", 3),
    "child_deaths.reviews_female": ("2", 2),
    "child_deaths.reviews_modifiable": ("1", 1),
    "child_deaths.lessons": ("3", 3),
    "policies.developed": ("4", 4),
    "policies.scheduled": ("6", 6),
    "priorities.said": ("12", 12),
    "priorities.did": ("15", 15),
    "priorities.differences": ("10", 10),
    "priorities.differences_with_figures": ("0", 0),
    "priorities.claims_of_increase": ("4", 4),
    "membership.seats": ("21", 21),
    "membership.people": ("23", 23),
    "budget.contributions": ("£208,191", 208191),
    "budget.contributors": ("6", 6),
    "budget.brought_forward": ("£39,306", 39306),
    "budget.total_income": ("£247,497", 247497),
    "budget.spend": ("£220,518", 220518),
    "budget.carried_forward": ("£26,979", 26979),
    "budget.total_expenditure": ("£247,497", 247497),
    "budget.in_year_balance": ("−£12,327", -12327),
    "budget.in_year_deficit": ("£12,327", 12327),
    "budget.left_after_another_such_year": ("£14,652", 14652),
    "budget.council_contribution": ("£127,016", 127016),
    "budget.council_share_of_contributions": ("61.0%", 61.009362),
    "budget.council_share_of_income": ("51.3%", 51.320218),
    "budget.contribution_herefordshire_council": ("£127,016", 127016),
    "budget.share_of_contributions_herefordshire_council": ("61.0%", 61.009362),
    "budget.contribution_nhs_herefordshire": ("£45,203", 45203),
    "budget.share_of_contributions_nhs_herefordshire": ("21.7%", 21.712274),
    "budget.contribution_west_mercia_police": ("£30,165", 30165),
    "budget.share_of_contributions_west_mercia_police": ("14.5%", 14.489099),
    "budget.contribution_youth_offending_service": ("£645", 645),
    "budget.share_of_contributions_youth_offending_service": ("0.3%", 0.309812),
    "budget.contribution_west_mercia_probation": ("£4,612", 4612),
    "budget.share_of_contributions_west_mercia_probation": ("2.2%", 2.215273),
    "budget.contribution_cafcass": ("£550", 550),
    "budget.share_of_contributions_cafcass": ("0.3%", 0.26418),
    "budget.spend_independent_chair": ("£22,000", 22000),
    "budget.share_of_spend_independent_chair": ("10.0%", 9.97651),
    "budget.spend_business_unit_staff_and_costs": ("£142,512", 142512),
    "budget.share_of_spend_business_unit_staff_and_costs": ("64.6%", 64.626017),
    "budget.spend_additional_business_costs": ("£7,478", 7478),
    "budget.share_of_spend_additional_business_costs": ("3.4%", 3.391106),
    "budget.spend_training_and_development_including_hscb_multi_agency_trainer": ("£20,192", 20192),
    "budget.share_of_spend_training_and_development_including_hscb_multi_agency_trainer": (
        "9.2%",
        9.156622,
    ),
    "budget.spend_independently_authored_case_reviews": ("£20,928", 20928),
    "budget.share_of_spend_independently_authored_case_reviews": ("9.5%", 9.490382),
    "budget.spend_meeting_expenses": ("£778", 778),
    "budget.share_of_spend_meeting_expenses": ("0.4%", 0.352806),
    "budget.spend_publicity_information_provision_and_participation": ("£6,630", 6630),
    "budget.share_of_spend_publicity_information_provision_and_participation": ("3.0%", 3.006557),
    "budget.spend_under_case_reviews": ("£20,928", 20928),
    "budget.spend_under_training": ("£20,192", 20192),
    "budget.spend_under_other": ("£179,398", 179398),
    "budget.largest_three_share": ("97.2%", 97.210734),
    "budget.members_without_contribution": ("6", 6),
    "budget.contribution_per_child": ("£6", 5.767064),
    "budget.cost_per_child": ("£6", 6.108532),
    "plan.development_areas": ("4", 4),
    "plan.action_areas": ("15", 15),
    "plan.groups": ("9", 9),
    "plan.objectives": ("21", 21),
    "plan.objectives_without_area": ("6", 6),
    "plan.actions": ("49", 49),
    "plan.actions_in_area_1": ("14", 14),
    "plan.actions_in_area_2": ("6", 6),
    "plan.actions_in_area_3": ("10", 10),
    "plan.actions_in_area_4": ("19", 19),
    "plan.complete": ("0", 0),
    "plan.open": ("0", 0),
    "plan.unknown": ("49", 49),
    "plan.on_target": ("0", 0),
    "plan.at_risk": ("0", 0),
    "plan.overdue": ("0", 0),
    "plan.overdue_on_target": ("0", 0),
    "plan.passed_unknown": ("13", 13),
    "plan.no_owner": ("3", 3),
    "plan.undated": ("2", 2),
    "plan.illegible": ("2", 2),
    "plan.outside_year": ("1", 1),
    "plan.outside_timescale": ("0", 0),
    "plan.unrated": ("4", 4),
    "plan.code_unknown": ("45", 45),
    "plan.published_code_unknown": ("45", 45),
    "plan.due_before_meeting": ("13", 13),
    "plan.due_before_meeting_as_printed": ("15", 15),
    "plan.outside_year_as_printed": ("3", 3),
    "golden_thread.origins": ("39", 39),
    "golden_thread.orphans": ("5", 5),
    "golden_thread.stated_priorities": ("19", 19),
    "golden_thread.priorities_without_action": ("2", 2),
    "covering_report.council_contribution": ("£127,016", 127016),
    "covering_report.recommendations": ("4", 4),
    "coverage.requirements": ("19", 19),
    "coverage.by_evidence": ("4", 4),
    "coverage.partly": ("8", 8),
    "coverage.by_narrative": ("5", 5),
    "coverage.not_met": ("2", 2),
}
PER_CHILD = {"budget.cost_per_child", "budget.contribution_per_child"}


@pytest.fixture(scope="module")
def board():
    """Return the facts of the edition that tells rows, by their names, as JSON."""
    told = json.loads(json.dumps(open_report("2013-14", "board").facts.as_json()))
    return {row["id"]: row for row in told}


def test_every_fact_is_exactly_that_of_the_source(report):
    told = {row["id"]: row for row in json.loads(json.dumps(report.facts.as_json()))}
    assert {name: row["text"] for name, row in told.items()} == {
        name: text for name, (text, _) in EXPECTED.items()
    }
    for name, (_, value) in EXPECTED.items():
        assert told[name]["value"] == pytest.approx(value, abs=1e-6), name


def test_a_fact_is_a_number_with_exactly_the_promised_fields(board):
    for name, row in board.items():
        assert list(row) == [
            *(
                "id",
                "label",
                "value",
                "unit",
                "text",
                "period",
                "earlier",
                "basis",
                "sources",
                "function",
            ),
        ]
        assert re.fullmatch(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*", name)
        assert row["label"]
        assert type(row["value"]) in (int, float), name
        if row["unit"] == "pounds" and name not in PER_CHILD:
            assert type(row["value"]) is int
        for source in row["sources"]:
            assert set(source) == {"file", "rows"}


def test_the_basis_is_the_cell_s_own_or_derived(board):
    assert {row["basis"] for row in board.values()} <= set(words.BASIS)
    for name, basis in (
        ("budget.brought_forward", "verbatim"),
        ("budget.total_income", "derived"),
        ("audits.number_thematic", "inferred"),
        ("context.first_time_entrant_rate", "corrected"),
    ):
        assert board[name]["basis"] == basis


def test_the_rows_of_every_fact_exist_and_a_count_of_nothing_names_where_it_looked(board):
    last = {}
    for name, row in board.items():
        assert row["sources"], name
        for source in row["sources"]:
            if source["file"] not in last:
                common = source["file"].startswith("common/")
                root = Path(hscb_report.__file__).parent if common else DEFAULT_DATA
                with (root / source["file"]).open(encoding="utf-8", newline="") as file:
                    last[source["file"]] = len(list(csv.reader(file)))
            assert source["rows"] == sorted(set(source["rows"]))
            assert all(2 <= number <= last[source["file"]] for number in source["rows"])
        assert any(source["rows"] for source in row["sources"]) or row["value"] == 0, name
    assert board["budget.total_income"]["sources"] == [
        {"file": "2013-14/contributions.csv", "rows": [2, 3, 4, 5, 6, 7]},
        {"file": "2013-14/fund_balances.csv", "rows": [2]},
    ]


def test_the_function_of_a_fact_is_a_calculation_whose_docstring_defines_it(report):
    for found in report.facts:
        module, _, function = found.function.rpartition(".")
        assert module.startswith("hscb_report.calculations.")
        said = getattr(importlib.import_module(module), function).__doc__
        assert found.definition.split()[1:4] == said.removeprefix("Return ").split()[1:4]
        assert found.definition[:1].isupper()
        assert "\n" not in found.definition


def test_a_fact_is_of_the_year_unless_its_chapter_looks_ahead_or_its_table_says_when(report):
    """What stands in the plan is of the plan's year."""
    of_plan = {"plan", "golden_thread"}
    periods = {fact.id: str(fact.own_period) for fact in report.facts}
    for name, period in periods.items():
        if name.split(".")[0] in of_plan:
            assert period == "2014-15", name
        elif not name.startswith("context."):
            assert period == "2013-14", name
    assert periods["context.under_18"] == periods["context.under_18_share"] == "2012"
    assert periods["context.first_time_entrant_rate"] == "year to September 2013"


def test_what_the_source_prints_of_the_year_before_is_named_by_a_phrase(report):
    assert report.names["case_reviews.referrals.previous"] == "7"
    assert report.names["case_reviews.referrals.change"] == "4 more"


# A fact as such -------------------------------------------------------------------------------


def doubled(number, rows=()):
    """Return twice a number.

    And more that is no definition.
    """
    return Figure(None if number is None else 2 * number, rows)


def test_a_fact_is_what_calling_its_function_gives():
    made = fact("one.two", "Two", POUNDS, doubled, 3, prefix="about")
    assert (made.figure, made.text) == (Figure(6), "about £6")
    assert made.function == f"{__name__}.doubled"
    assert made.definition == "Twice a number."
    assert (made.chapter, made.anchor) == ("one", "fact-one-two")


def test_a_missing_value_is_null_in_json_and_said_in_words_without_a_qualifier():
    """Nothing is over, or approximately, "not stated"."""
    missing = fact("x.y", "Missing", count_of("children"), doubled, None, prefix="over")
    assert missing.as_json()["value"] is None
    assert missing.text == missing.as_json()["text"] == "not stated"


def test_sources_are_those_that_an_edition_tells_and_not_the_rows_of_the_figure():
    made = fact("x.y", "Y", POUNDS, doubled, 1, (Place("secret.csv", 7),))
    assert made.as_json()["sources"] == []
    told = type(made)(**{**vars(made), "provenance": (Provenance("a.csv", None),)})
    assert told.as_json()["sources"] == [{"file": "a.csv", "rows": []}]


# The ledger -----------------------------------------------------------------------------------


def test_an_unknown_name_suggests_the_nearest_or_some_that_exist(report):
    for wrong, says in (
        ("budget.total_incom", '"budget.total_income"'),
        ("Budget.Total_Income", '"budget.total_income"'),
        ("child_death.reviews", '"child_deaths.reviews"'),
        ("zzz", "Known: audits"),
    ):
        with pytest.raises(UnknownNameError, match=f'Unknown fact "{wrong}".*{says}') as unknown:
            report.facts[wrong]
        assert unknown.value.exit_code == 1


def test_of_two_facts_of_one_name_the_first_is_kept():
    """That there are two is a finding of its own."""
    first, second = (fact("x.y", label, PERCENT, doubled, 1) for label in ("One", "Two"))
    assert list(Ledger.of([first, second])) == [first]


def test_a_ledger_knows_its_facts(report):
    assert len(report.facts) == len(EXPECTED) == len(set(EXPECTED))
    assert "budget.spend" in report.facts
    assert "budget.nothing" not in report.facts


def test_the_earlier_values_of_a_fact_are_told_in_its_unit():
    then = Earlier(Period.parse("2012-13"), Figure(Decimal("0.5")), revision="A late return")
    share = Fact("a.share", "A share", Figure(Decimal("0.61")), PERCENT, "f", earlier=(then,))
    assert share.as_json()["earlier"] == [
        {"period": "2012-13", "value": 50, "revision": "A late return"}
    ]


def test_a_part_is_of_another_number_of_its_chapter_and_never_above_it(report):
    parts = [fact for fact in report.facts if fact.whole]
    assert len(parts) > 40
    for part in parts:
        whole = report.facts[part.whole]
        assert whole.chapter == part.chapter
        assert (part.figure.value or 0) <= whole.figure.value, part.id


def test_parts_of_a_year_are_told_beside_their_wholes(report):
    assert report.names["audits.closed.of_all"] == "4 of 7 findings"
    assert report.names["plan.no_owner.of_all"] == "3 of 49 actions"
    assert report.names["child_deaths.reviews_modifiable.of_all"] == "1 of 5 children"
    assert report.names["priorities.differences_with_figures.Of_all"] == (
        "None of the 10 differences"
    )
    assert report.names["performance.headlines_with_value.Of_all"] == (
        "None of the 10 headline measures"
    )
    assert report.names["child_deaths.deaths.Counted"] == "Eleven children"
