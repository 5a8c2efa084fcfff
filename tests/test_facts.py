"""The ledger: every number of the report under one name, exact, with its rows."""

import csv
import importlib
import json
import re

import pytest

from hscb_report.errors import UnknownNameError
from hscb_report.facts import Ledger
from hscb_report.facts.ledger import fact
from hscb_report.figures import Figure
from hscb_report.report import DEFAULT_DATA
from hscb_report.schema import vocabularies as words
from hscb_report.units import PERCENT, count_of

# What the specification derives or prints, as the report prints it and as JSON.
EXPECTED = {
    "budget.contributions": ("£208,191", 208191),
    "budget.contributors": ("6", 6),
    "budget.brought_forward": ("£39,306", 39306),
    "budget.total_income": ("£247,497", 247497),
    "budget.spend": ("£220,518", 220518),
    "budget.carried_forward": ("£26,979", 26979),
    "budget.total_expenditure": ("£247,497", 247497),
    "budget.in_year_balance": ("−£12,327", -12327),
    "budget.in_year_deficit": ("£12,327", 12327),
    "budget.runway_years": ("2.19", 2.188610),
    "budget.council_contribution": ("£127,016", 127016),
    "budget.council_share_of_contributions": ("61.01%", 61.009362),
    "budget.council_share_of_income": ("51.32%", 51.320218),
    "budget.unit_share_of_spend": ("64.63%", 64.626017),
    "budget.largest_three_share": ("97.21%", 97.210734),
    "budget.herfindahl": ("0.44", 0.440857),
    "budget.members_without_contribution": ("6", 6),
    "budget.contribution_per_child": ("£5.77", 5.767064),
    "budget.cost_per_child": ("£6.11", 6.108532),
    "case_reviews.referrals": ("11", 11),
    "case_reviews.referrals_children": ("7", 7),
    "case_reviews.referrals_adults": ("3", 3),
    "case_reviews.referrals_dhr": ("1", 1),
    "case_reviews.referrals_previous_year": ("7", 7),
    "case_reviews.change_on_previous_year": ("4", 4),
    "case_reviews.serious_case_reviews": ("1", 1),
    "case_reviews.independent_reviews": ("4", 4),
    "case_reviews.single_agency": ("1", 1),
    "case_reviews.not_met": ("5", 5),
    "case_reviews.independent_share": ("45%", 45.454545),
    "case_reviews.carried_over": ("1", 1),
    "child_deaths.deaths": ("11", 11),
    "child_deaths.reviews": ("5", 5),
    "child_deaths.reviews_male": ("3", 3),
    "child_deaths.reviews_female": ("2", 2),
    "child_deaths.modifiable": ("1", 1),
    "child_deaths.modifiable_share": ("20%", 20),
    "child_deaths.modifiable_share_low": ("4%", 3.622411),
    "child_deaths.modifiable_share_high": ("62%", 62.446536),
    "child_deaths.lessons": ("3", 3),
    "training.practitioners": ("1,583", 1583),
    "training.event_attendees": ("249", 249),
    "training.e_learning": ("177", 177),
    "training.module": ("212", 212),
    "training.specialist_trainees": ("77", 77),
    "training.events": ("2", 2),
    "training.specialist_courses": ("5", 5),
    "training.establishments": ("22", 22),
    "audits.thematic_audits": ("8", 8),
    "audits.individual_audits": ("4", 4),
    "audits.case_learning_processes": ("4", 4),
    "audits.child_death_reviews": ("5", 5),
    "audits.thematic_cases": ("40", 40),
    "audits.findings": ("7", 7),
    "audits.findings_resolved": ("1", 1),
    "audits.findings_improved": ("3", 3),
    "audits.findings_partial": ("1", 1),
    "audits.findings_process_only": ("1", 1),
    "audits.findings_not_improved": ("1", 1),
    "audits.findings_not_reviewed": ("0", 0),
    "audits.closure_share": ("57%", 57.142857),
    "audits.process_only_share": ("14%", 14.285714),
    "audits.months_to_review_front_door": ("6", 6),
    "audits.months_to_review_conferences": ("7", 7),
    "context.population": ("184,900", 184900),
    "context.under_18": ("approximately 36,100", 36100),
    "context.carers_register": ("301", 301),
    "context.first_time_entrants": ("176", 176),
    "context.first_time_entrant_rate": ("589", 589),
    "context.first_time_entrant_rate_england": ("464", 464),
    "context.homeless_children": ("201", 201),
    "context.placed_by_other_authorities": ("over 200", 200),
    "context.senior_escalations": ("2", 2),
    "context.under_18_share": ("19.52%", 19.524067),
    "membership.seats": ("21", 21),
    "membership.people": ("23", 23),
    "performance.quarterly_reports": ("9", 9),
    "performance.annual_reports": ("10", 10),
    "performance.headlines": ("10", 10),
    "performance.headlines_with_value": ("0", 0),
    "policies.developed": ("4", 4),
    "policies.scheduled": ("6", 6),
    "journey.areas": ("7", 7),
    "priorities.said": ("12", 12),
    "priorities.did": ("15", 15),
    "priorities.differences": ("10", 10),
    "priorities.differences_with_figures": ("0", 0),
    "priorities.claims_of_increase": ("4", 4),
    "coverage.requirements": ("12", 12),
    "coverage.by_evidence": ("6", 6),
    "coverage.by_narrative": ("5", 5),
    "coverage.not_met": ("1", 1),
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
    "plan.open": ("49", 49),
    "plan.on_target": ("0", 0),
    "plan.at_risk": ("0", 0),
    "plan.overdue": ("13", 13),
    "plan.overdue_on_target": ("0", 0),
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
    "golden_thread.origins": ("38", 38),
    "golden_thread.orphans": ("5", 5),
    "golden_thread.stated_priorities": ("18", 18),
    "golden_thread.priorities_without_action": ("2", 2),
    "covering.council_contribution": ("£127,016", 127016),
    "covering.recommendations": ("4", 4),
}
PER_CHILD = {"budget.cost_per_child", "budget.contribution_per_child"}
FIELDS = ["id", "label", "value", "unit", "text", "basis", "sources", "function"]


@pytest.fixture(scope="module")
def as_json(report):
    return {row["id"]: row for row in json.loads(json.dumps(report.facts.as_json()))}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_fact_is_exactly_that_of_the_specification(report, as_json, name):
    text, value = EXPECTED[name]
    assert report.facts[name].text == text
    assert as_json[name]["text"] == text
    assert as_json[name]["value"] == pytest.approx(value, abs=1e-6)


def test_no_fact_of_the_ledger_is_left_unchecked_here(report):
    assert {found.id for found in report.facts} == set(EXPECTED)


def test_a_fact_has_exactly_the_promised_fields(as_json):
    for row in as_json.values():
        assert list(row) == FIELDS
        for source in row["sources"]:
            assert set(source) == {"file", "rows"}


def test_values_are_json_numbers(as_json):
    for row in as_json.values():
        assert type(row["value"]) in (int, float), row["id"]
        if row["unit"] == "pounds" and row["id"] not in PER_CHILD:
            assert type(row["value"]) is int


def test_a_missing_value_is_null_in_json_and_said_in_words():
    missing = fact("x.y", "Missing", PERCENT, lambda: Figure(None))
    assert missing.as_json()["value"] is None
    assert missing.text == missing.as_json()["text"] == "not stated"


def test_a_missing_value_has_no_qualifier():
    """Nothing is over, or approximately, "not stated"."""
    missing = fact("x.y", "Missing", count_of("children"), lambda: Figure(None), prefix="over")
    assert missing.text == "not stated"


def test_ids_are_a_chapter_and_a_name(report):
    for found in report.facts:
        assert re.fullmatch(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*", found.id)
        assert found.label


def test_the_basis_is_the_cell_s_own_or_derived(as_json):
    assert {row["basis"] for row in as_json.values()} <= set(words.BASIS)
    assert as_json["budget.brought_forward"]["basis"] == "verbatim"
    assert as_json["budget.total_income"]["basis"] == "derived"
    assert as_json["audits.thematic_audits"]["basis"] == "inferred"
    assert as_json["context.first_time_entrant_rate"]["basis"] == "corrected"


@pytest.mark.parametrize("name", EXPECTED)
def test_the_rows_of_a_fact_exist_in_its_files(as_json, name):
    for source in as_json[name]["sources"]:
        with (DEFAULT_DATA / source["file"]).open(encoding="utf-8", newline="") as file:
            last = len(list(csv.reader(file)))
        assert source["rows"] == sorted(set(source["rows"]))
        assert all(2 <= row <= last for row in source["rows"])


def test_every_fact_but_a_count_of_nothing_comes_from_rows(as_json):
    without = [name for name, row in as_json.items() if not row["sources"]]
    assert all(as_json[name]["value"] == 0 for name in without)
    assert without == [
        "audits.findings_not_reviewed",
        "performance.headlines_with_value",
        "priorities.differences_with_figures",
        "plan.complete",
        "plan.on_target",
        "plan.at_risk",
        "plan.overdue_on_target",
        "plan.outside_timescale",
    ]


def test_a_sum_comes_from_the_rows_summed(as_json):
    assert as_json["budget.total_income"]["sources"] == [
        {"file": "2013-14/contributions.csv", "rows": [2, 3, 4, 5, 6, 7]},
        {"file": "2013-14/fund_balances.csv", "rows": [2]},
    ]


def test_files_whose_rows_are_not_told_are_still_named(report):
    """Only their rows are left out, and nobody else's."""
    hidden = "2013-14/contributions.csv"
    for told, full in zip(report.facts.as_json({hidden}), report.facts.as_json(), strict=True):
        for source, whole in zip(told["sources"], full["sources"], strict=True):
            assert source["file"] == whole["file"]
            assert source["rows"] == ([] if source["file"] == hidden else whole["rows"])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_function_of_a_fact_is_a_measure_that_can_be_found(as_json, name):
    module, _, function = as_json[name]["function"].rpartition(".")
    assert module.startswith("hscb_report.measures.")
    assert callable(getattr(importlib.import_module(module), function))


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("budget.total_incom", "budget.total_income"),
        ("Budget.Total_Income", "budget.total_income"),
        ("child_death.reviews", "child_deaths.reviews"),
        ("budget.totalincome", "budget.total_income"),
    ],
)
def test_an_unknown_id_suggests_the_nearest(report, wrong, meant):
    with pytest.raises(UnknownNameError, match=f'Unknown fact "{wrong}".*"{meant}"') as unknown:
        report.facts[wrong]
    assert unknown.value.exit_code == 1


def test_an_id_like_no_other_is_answered_with_some_that_exist(report):
    with pytest.raises(UnknownNameError, match="Known: audits"):
        report.facts["zzz"]


def test_two_facts_of_one_name_are_refused():
    one = fact("x.y", "One", PERCENT, lambda: Figure(1))
    with pytest.raises(ValueError, match=r"two facts are called x\.y"):
        Ledger([one, one])


def test_a_ledger_knows_its_facts(report):
    assert len(report.facts) == len(EXPECTED)
    assert "budget.spend" in report.facts
    assert "budget.nothing" not in report.facts
