"""Which facts each chapter puts into the ledger. To add one, add a line.

A fact is an id, a label, a unit, the measure that works it out, and what the measure is given.
"""
# One fact a line reads as a table, so lines may be long here.
# fmt: off
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hscb_report.facts.ledger import Fact, Ledger, fact
from hscb_report.measures import (
    agencies,
    audits,
    budget,
    case_reviews,
    child_deaths,
    context,
    coverage,
    covering,
    golden_thread,
    membership,
    performance,
    plan,
    priorities,
    tracker,
    training,
)
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.journey import MeasureValue
from hscb_report.units import (
    MONTHS,
    PERCENT,
    POUNDS,
    POUNDS_AND_PENCE,
    RATIO,
    WHOLE_PERCENT,
    YEARS,
    count_of,
)
from hscb_report.years import ReportingYear

UNIT_LINE = "Business Unit Staff and Costs"


def ledger(
    tables: Tables,
    year: ReportingYear,
    area: str,
    local_authority: str,
    as_at: date,
    meeting: date,
) -> Ledger:
    """Return every fact of a year.

    `area` and `local_authority` are the board's own. The plan's actions are looked at as they stand
    at `as_at`; `meeting` is the day on which the plan is presented.
    """
    return Ledger(
        [
            *_budget(tables, area, local_authority),
            *_case_reviews(tables, year),
            *_child_deaths(tables),
            *_training(tables),
            *_audits(tables),
            *_context(tables, area),
            *_membership(tables),
            *_performance(tables),
            *_priorities(tables),
            *_coverage(tables),
            *_plan(tables, year, as_at, meeting),
            *_golden_thread(tables),
            *_covering(tables),
        ]
    )


def _budget(tables: Tables, area: str, local_authority: str) -> Iterator[Fact]:
    income = tables.contributions, tables.fund_balances
    spent = tables.expenditure
    yield fact("budget.contributions", "Agencies' contributions", POUNDS, budget.contributions_total, tables.contributions)
    yield fact("budget.contributors", "Agencies that contributed", count_of("agencies"), budget.contributors, tables.contributions)
    yield fact("budget.brought_forward", "Brought forward", POUNDS, budget.balance, tables.fund_balances, "brought_forward")
    yield fact("budget.total_income", "Total income", POUNDS, budget.total_income, *income)
    yield fact("budget.spend", "Spend in the year", POUNDS, budget.spend, spent)
    yield fact("budget.carried_forward", "Carried forward", POUNDS, budget.balance, tables.fund_balances, "carried_forward")
    yield fact("budget.total_expenditure", "Spend and carried forward", POUNDS, budget.total_expenditure, spent, tables.fund_balances)
    yield fact("budget.in_year_balance", "Contributions less spend", POUNDS, budget.in_year_balance, tables.contributions, spent)
    yield fact("budget.in_year_deficit", "Spend less contributions", POUNDS, budget.in_year_deficit, tables.contributions, spent)
    yield fact("budget.runway_years", "Years the balance would last at this deficit", YEARS, budget.runway_years, tables.contributions, spent, tables.fund_balances)
    yield fact("budget.council_contribution", "The Council's contribution", POUNDS, budget.contribution_of, tables.contributions, local_authority)
    yield fact("budget.council_share_of_contributions", "The Council's share of contributions", PERCENT, budget.share_of_contributions, tables.contributions, local_authority)
    yield fact("budget.council_share_of_income", "The Council's share of all income", PERCENT, budget.share_of_income, *income, local_authority)
    yield fact("budget.unit_share_of_spend", "The Business Unit's share of spend", PERCENT, budget.share_of_spend, spent, UNIT_LINE)
    yield fact("budget.largest_three_share", "The three largest contributors' share of contributions", PERCENT, budget.largest_share, tables.contributions, 3)
    yield fact("budget.herfindahl", "Concentration of contributions (Herfindahl index)", RATIO, budget.concentration, tables.contributions)
    yield fact("budget.members_without_contribution", "Member bodies that contribute nothing", count_of("agencies"), agencies.members_without_contribution, tables.agencies, tables.membership, tables.contributions)
    yield fact("budget.contribution_per_child", "Contributions per child in the area", POUNDS_AND_PENCE, budget.contribution_per_child, tables.contributions, tables.measure_values, area)
    yield fact("budget.cost_per_child", "Spend per child in the area", POUNDS_AND_PENCE, budget.cost_per_child, spent, tables.measure_values, area)


def _case_reviews(tables: Tables, year: ReportingYear) -> Iterator[Fact]:
    referrals, reviews = count_of("referrals"), count_of("reviews")
    outcomes = tables.referral_outcomes
    yield fact("case_reviews.referrals", "Referrals received", referrals, case_reviews.referrals_received, tables.referrals)
    for stream, label in words.STREAM.items():
        yield fact(f"case_reviews.referrals_{stream}", f"Referrals received: {label}", referrals, case_reviews.referrals_received, tables.referrals, stream)
    yield fact("case_reviews.referrals_previous_year", "Referrals the year before", referrals, case_reviews.stated_referrals, tables.referral_totals, year.previous)
    yield fact("case_reviews.change_on_previous_year", "Change in referrals on the year before", referrals, case_reviews.change_on_previous_year, tables.referrals, tables.referral_totals, year)
    yield fact("case_reviews.serious_case_reviews", "Serious Case Reviews", reviews, case_reviews.referrals_with_outcome, outcomes, "serious_case_review")
    yield fact("case_reviews.independent_reviews", "Independently chaired multi-agency reviews", reviews, case_reviews.referrals_with_outcome, outcomes, "independent_multi_agency")
    yield fact("case_reviews.single_agency", "Single agency reviews", reviews, case_reviews.referrals_with_outcome, outcomes, "single_agency")
    yield fact("case_reviews.not_met", "Referrals that did not meet the criteria", referrals, case_reviews.referrals_with_outcome, outcomes, "not_met")
    yield fact("case_reviews.independent_share", "Share of referrals that led to an independently chaired review", WHOLE_PERCENT, case_reviews.independent_share, tables.referrals, outcomes)
    yield fact("case_reviews.carried_over", "Reviews completed on earlier referrals", reviews, case_reviews.reviews_carried_over, tables.reviews_carried_over)


def _child_deaths(tables: Tables) -> Iterator[Fact]:
    rows, children = tables.child_deaths, count_of("children")
    yield fact("child_deaths.deaths", "Deaths of children in the year", children, child_deaths.deaths, rows)
    yield fact("child_deaths.reviews", "Reviews completed in the year", count_of("reviews"), child_deaths.reviews, rows)
    yield fact("child_deaths.reviews_male", "Reviews completed: male", children, child_deaths.reviews_by, rows, "sex", "male")
    yield fact("child_deaths.reviews_female", "Reviews completed: female", children, child_deaths.reviews_by, rows, "sex", "female")
    yield fact("child_deaths.modifiable", "Reviews that found modifiable factors", children, child_deaths.reviews_by, rows, "modifiable", "modifiable")
    yield fact("child_deaths.modifiable_share", "Share of reviews that found modifiable factors", WHOLE_PERCENT, child_deaths.modifiable_share, rows)
    yield fact("child_deaths.modifiable_share_low", "Lowest share the count is compatible with (95%)", WHOLE_PERCENT, child_deaths.modifiable_share_low, rows)
    yield fact("child_deaths.modifiable_share_high", "Highest share the count is compatible with (95%)", WHOLE_PERCENT, child_deaths.modifiable_share_high, rows)
    yield fact("child_deaths.lessons", "Lessons learnt", count_of("lessons"), child_deaths.lessons, tables.cdop_lessons)


def _training(tables: Tables) -> Iterator[Fact]:
    people, given = count_of("people"), tables.training_deliveries
    yield fact("training.practitioners", "Practitioners trained", count_of("practitioners"), training.practitioners, tables.training_totals)
    for name, label, offer in (
        ("event_attendees", "Attendees of the half-day events", "set_events"),
        ("e_learning", "Practitioners who took the e-learning", "set_e_learning"),
        ("module", "Practitioners who had the module", "set_module"),
        ("specialist_trainees", "Trainees of the specialist courses", "set_specialist"),
    ):
        yield fact(f"training.{name}", label, people, training.attended, given, offer)
    yield fact("training.events", "Half-day events", count_of("events"), training.sessions, given, "set_events")
    yield fact("training.specialist_courses", "Specialist courses", count_of("courses"), training.sessions, given, "set_specialist")
    yield fact("training.establishments", "Establishments represented at the specialist courses", count_of("establishments"), training.establishments_represented, tables.establishment_coverage, "set_specialist")


def _audits(tables: Tables) -> Iterator[Fact]:
    programme, findings = tables.audit_programme, count_of("findings")
    for name, label, activity in (
        ("thematic_audits", "Thematic audits", "thematic"),
        ("individual_audits", "Multi-agency individual case audits", "individual"),
        ("case_learning_processes", "Case learning processes", "case_review"),
        ("child_death_reviews", "Child death reviews", "child_death_review"),
    ):
        yield fact(f"audits.{name}", label, count_of("audits"), audits.programme_number, programme, activity)
    yield fact("audits.thematic_cases", "Cases in the thematic audits", count_of("cases"), audits.programme_cases, programme, "thematic")
    yield fact("audits.findings", "Findings reviewed", findings, audits.findings_total, tables.audit_findings)
    for status, label in words.FINDING_STATUS.items():
        yield fact(f"audits.findings_{status}", f"Findings at review: {label.lower()}", findings, audits.findings_with_status, tables.audit_findings, status)
    yield fact("audits.closure_share", "Share of findings resolved or improved", WHOLE_PERCENT, audits.closure_share, tables.audit_findings)
    yield fact("audits.process_only_share", "Share of findings with a better process only", WHOLE_PERCENT, audits.process_only_share, tables.audit_findings)
    for programme_code, title in {row.programme: row.programme_title for row in tables.audits}.items():
        yield fact(f"audits.months_to_review_{programme_code}", f"Months from first audit to review: {title}", MONTHS, audits.months_to_review, tables.audits, programme_code)


def _context(tables: Tables, area: str) -> Iterator[Fact]:
    measures = {row.measure: row for row in tables.measures}
    latest = {_context_name(row, area): row for row in tables.measure_values}
    for name, row in latest.items():
        measure = measures[row.measure]
        label = measure.name if row.area == area else f"{measure.name}: {row.area}"
        prefix = "" if row.qualifier == "exact" else words.VALUE_QUALIFIER[row.qualifier]
        yield fact(f"context.{name}", label, count_of(measure.unit), context.measure_value, tables.measure_values, row.measure, row.area, prefix=prefix)
    yield fact("context.under_18_share", "Share of the population under 18", PERCENT, context.share_under_18, tables.measure_values, area)


def _context_name(row: MeasureValue, area: str) -> str:
    """Return a value's part of a fact id: the measure, and the area where it is not the board's."""
    elsewhere = re.sub(r"[^a-z0-9]+", "_", row.area.lower()).strip("_")
    return row.measure if row.area == area else f"{row.measure}_{elsewhere}"


def _membership(tables: Tables) -> Iterator[Fact]:
    yield fact("membership.seats", "Roles with a seat on the Board", count_of("seats"), membership.seats, tables.membership)
    yield fact("membership.people", "People in those roles", count_of("people"), membership.people, tables.membership)


def _performance(tables: Tables) -> Iterator[Fact]:
    reports, headlines = count_of("reports"), count_of("measures")
    yield fact("performance.quarterly_reports", "Reports received quarterly or each term", reports, performance.reports_received, tables.periodic_reports, "quarterly", "termly")
    yield fact("performance.annual_reports", "Reports received once a year", reports, performance.reports_received, tables.periodic_reports, "annual")
    yield fact("performance.headlines", "Headline measures", headlines, performance.headline_measures, tables.headline_measures)
    yield fact("performance.headlines_with_value", "Headline measures with a published value", headlines, performance.headlines_with_value, tables.headline_measures)
    for status, label in words.POLICY_STATUS.items():
        yield fact(f"policies.{status}", f"Policies and procedures: {label.lower()}", count_of("policies"), performance.policies_with_status, tables.policies, status)
    yield fact("journey.areas", "Areas of the improvement journey", count_of("areas"), performance.journey_areas, tables.inspection_statements)


def _priorities(tables: Tables) -> Iterator[Fact]:
    rows, statements = tables.priority_statements, count_of("statements")
    for name, kind in (("said", "said"), ("did", "did"), ("differences", "difference")):
        yield fact(f"priorities.{name}", f"Strategic priorities: {words.STATEMENT_KIND[kind].lower()}", statements, priorities.statements, rows, kind)
    yield fact("priorities.differences_with_figures", "Claimed differences with figures to compare", statements, priorities.differences_graded, rows, "figures")
    yield fact("priorities.claims_of_increase", "Claimed differences that claim an increase", statements, priorities.claims_of, rows, "increase")


def _coverage(tables: Tables) -> Iterator[Fact]:
    asked = count_of("requirements")
    yield fact("coverage.requirements", "Statutory requirements", asked, coverage.requirements, tables.requirements)
    for name, how in (("by_evidence", "evidence"), ("by_narrative", "narrative"), ("not_met", "not_met")):
        yield fact(f"coverage.{name}", f"Requirements met: {words.COVERAGE[how].lower()}", asked, coverage.requirements_met, tables.requirements, tables.requirement_coverage, how)


def _plan(tables: Tables, year: ReportingYear, as_at: date, meeting: date) -> Iterator[Fact]:
    actions, listed = count_of("actions"), tables.actions
    standing = tracker.standings(listed, tables.action_status, as_at, year.next)
    yield fact("plan.development_areas", "Development areas of the plan", count_of("areas"), plan.rows_total, tables.development_areas)
    yield fact("plan.action_areas", "Action areas of the plan", count_of("areas"), plan.rows_total, tables.action_areas)
    yield fact("plan.groups", "The Board and its groups, as the plan describes them", count_of("groups"), plan.rows_total, tables.plan_groups)
    yield fact("plan.objectives", "Objectives of the development areas", count_of("objectives"), plan.rows_total, tables.objectives)
    yield fact("plan.objectives_without_area", "Objectives that no action area takes up", count_of("objectives"), plan.objectives_without_area, tables.objectives)
    yield fact("plan.actions", "Actions of the plan", actions, plan.planned, listed)
    for row in tables.development_areas:
        yield fact(f"plan.actions_in_area_{row.area}", f"Actions: {row.title}", actions, plan.planned, listed, row.area)
    for what, label in words.TRACKED.items():
        if what != "planned":
            yield fact(f"plan.{what}", f"Actions: {label.lower()}", actions, tracker.tracked, standing, what)
    for code, label in words.COMPLETION_RAG.items():
        if code in ("outside_timescale", "unrated", "code_unknown"):
            yield fact(f"plan.{code}", f"Actions by completion: {label.lower()}", actions, tracker.rated, standing, "completion", code)
    first = min((row.as_at for row in tables.action_status), default=as_at)
    published = tracker.standings(listed, tables.action_status, first, year.next)
    yield fact("plan.published_code_unknown", "Actions whose completion has an unknown code in the plan as published", actions, tracker.rated, published, "completion", "code_unknown")
    yield fact("plan.due_before_meeting", "Actions due before the meeting", actions, plan.due_before, listed, meeting)
    yield fact("plan.due_before_meeting_as_printed", "Actions due before the meeting, by the years as printed", actions, plan.due_before, listed, meeting, True)
    yield fact("plan.outside_year_as_printed", "Actions due outside the plan year, by the years as printed", actions, plan.outside_year_as_printed, listed, year.next)


def _golden_thread(tables: Tables) -> Iterator[Fact]:
    found, starts = golden_thread.origins(tables), count_of("starts")
    yield fact("golden_thread.origins", "Findings, lessons, statements and priorities followed", starts, golden_thread.origins_total, found)
    yield fact("golden_thread.orphans", "Of them, those that no policy, training or action answers", starts, golden_thread.orphans, found)
    yield fact("golden_thread.stated_priorities", "What is called a priority or a focus of the plan", starts, golden_thread.origins_total, found, "priority")
    yield fact("golden_thread.priorities_without_action", "Of them, those without an action in the plan", starts, golden_thread.priorities_without_action, tables.stated_priorities, tables.golden_thread)


def _covering(tables: Tables) -> Iterator[Fact]:
    yield fact("covering.council_contribution", "The Council's contribution, as the covering report names it", POUNDS, covering.amount_named, tables.covering_report)
    yield fact("covering.recommendations", "Recommendations to the committee", count_of("recommendations"), covering.items, tables.covering_report, "recommendation")
