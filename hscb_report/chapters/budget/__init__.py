"""The budget: who pays, what it is spent on, what is left."""

from __future__ import annotations

from collections.abc import Iterator

from hscb_report.calculations import agencies, budget
from hscb_report.chapters.budget.rules import ACCOUNT, RULES
from hscb_report.chapters.budget.tables import exhibits
from hscb_report.chapters.budget.year_before import facts as facts_of_change
from hscb_report.results.chapter import (
    APPENDICES,
    THE_DATA,
    Chapter,
    Page,
    Taken,
    notebook_page,
)
from hscb_report.results.fact import Earlier, Fact, fact
from hscb_report.results.measured import own_figure
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import Membership
from hscb_report.schema.finance import (
    Contribution,
    Expenditure,
    FundBalance,
    HelpInKind,
    OtherIncome,
)
from hscb_report.schema.measurements import MEASURING
from hscb_report.schema.reference import Agency
from hscb_report.units import PERCENT, POUNDS, WHOLE_POUNDS, count_of
from hscb_report.wording import slug
from hscb_report.years import Period


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    paid, spent, balances = data.tables[Contribution], data.tables[Expenditure], data.tables[FundBalance]
    other, plan = data.tables[OtherIncome], Period.of_year(data.plan_year)
    income = "ontributions and other income" if other else "ontributions"
    council = data.local_authority
    called = {row.agency: row.organisation for row in paid}
    left_before = Earlier(Period.of_year(data.year.previous), budget.balance(balances, "brought_forward"))
    yield fact("budget.contributions", "Agencies' contributions", POUNDS, budget.contributions_total, paid)
    yield fact("budget.contributors", "Agencies that contributed", count_of("agencies"), budget.contributors, paid)
    yield fact("budget.brought_forward", "Brought forward", POUNDS, budget.balance, balances, "brought_forward")
    yield fact("budget.other_income", "Other income", POUNDS, budget.other_income_total, other)
    for name, line in {slug(row.line): row.line for row in reversed(other)}.items():
        yield fact(f"budget.other_income_{name}", f"Other income: {line}", POUNDS, budget.other_income_from, other, line)
    if other:
        yield fact("budget.in_year_income", "Contributions and other income", POUNDS, budget.in_year_income, paid, other)
    yield fact("budget.total_income", "Total income", POUNDS, budget.total_income, paid, balances, other)
    yield fact("budget.spend", "Spend in the year", POUNDS, budget.spend, spent)
    yield fact("budget.carried_forward", "Carried forward", POUNDS, budget.balance, balances, "carried_forward", stated=[left_before] if left_before.figure.value is not None else [])
    yield fact("budget.total_expenditure", "Spend and carried forward", POUNDS, budget.total_expenditure, spent, balances)
    yield fact("budget.in_year_balance", f"C{income} less spend", POUNDS, budget.in_year_balance, paid, spent, other)
    yield fact("budget.in_year_deficit", f"Spend less c{income}", POUNDS, budget.in_year_deficit, paid, spent, other)
    yield fact("budget.left_after_another_such_year", "Left after another year like this one", POUNDS, budget.left_after_another_such_year, paid, spent, balances, other)
    yield fact("budget.budgeted_income", "Income of the year's budget", POUNDS, budget.budgeted_income, paid, other)
    yield fact("budget.budgeted_spend", "Spend of the year's budget", POUNDS, budget.budgeted_spend, spent)
    yield fact("budget.income_against_budget", "Income of the year less that of its budget", POUNDS, budget.income_against_budget, paid, other)
    yield fact("budget.spend_against_budget", "Spend in the year less that of its budget", POUNDS, budget.spend_against_budget, spent)
    yield fact("budget.next_year_income", "Income agreed for the next year", POUNDS, budget.next_year_income, paid, other, period=plan)
    yield fact("budget.next_year_spend", "Spend agreed for the next year", POUNDS, budget.next_year_spend, spent, period=plan)
    yield fact("budget.next_year_balance", "Income less spend agreed for the next year", POUNDS, budget.next_year_balance, paid, spent, other, period=plan)
    yield fact("budget.next_year_carried_forward", "Left at the end of the next year, if all goes as agreed", POUNDS, budget.next_year_carried_forward, paid, spent, balances, other, period=plan)
    yield fact("budget.help_in_kind", "Help in kind that has a value", POUNDS, budget.help_in_kind_value, data.tables[HelpInKind])
    if council:
        yield fact("budget.council_contribution", "The Council's contribution", POUNDS, budget.contribution_of, paid, council)
        yield fact("budget.council_share_of_contributions", "The Council's share of contributions", PERCENT, budget.share_of_contributions, paid, council)
        yield fact("budget.council_share_of_income", "The Council's share of all income", PERCENT, budget.share_of_income, paid, balances, council, other)
    for agency, organisation in called.items():
        yield fact(f"budget.contribution_{agency}", f"Contribution: {organisation}", POUNDS, budget.contribution_of, paid, agency)
        yield fact(f"budget.share_of_contributions_{agency}", f"Share of contributions: {organisation}", PERCENT, budget.share_of_contributions, paid, agency)
    for name, line in {slug(row.line): row.line for row in reversed(spent)}.items():
        yield fact(f"budget.spend_{name}", f"Spend: {line}", POUNDS, budget.spend_on, spent, line)
        yield fact(f"budget.share_of_spend_{name}", f"Share of spend: {line}", PERCENT, budget.share_of_spend, spent, line)
    for heading, label in data.vocabulary(words.STATUTORY_HEADING).items():
        if any(row.statutory_heading == heading for row in spent):
            yield fact(f"budget.spend_under_{heading}", f"Spend under the heading: {label}", POUNDS, budget.spend_under, spent, heading)
    yield fact("budget.largest_three_share", "The three largest contributors' share of contributions", PERCENT, budget.largest_share, paid, 3)
    yield fact("budget.members_without_contribution", "Bodies with a member on the Board and no contribution listed", count_of("bodies"), agencies.members_without_contribution, data.tables[Agency], data.tables[Membership], paid, data.board_agency)
    if children := own_figure(data, "under_18"):
        number = children.figure
        yield fact("budget.contribution_per_child", f"Contributions per child in the area, by their number in {children.period}", WHOLE_POUNDS, budget.contribution_per_child, paid, number)
        yield fact("budget.cost_per_child", f"Spend per child in the area, by their number in {children.period}", WHOLE_POUNDS, budget.cost_per_child, spent, number)
    yield from facts_of_change(data)
# fmt: on


def _balances(data: YearData) -> Iterator[Taken]:
    """Yield the balance carried forward as the one brought forward, and its own line anew."""
    for row in data.tables[FundBalance]:
        if row.balance == "carried_forward":
            amount = "" if row.amount is None else str(row.amount)
            known = {"balance": "brought_forward", "called": "", "amount": amount}
            yield Taken(row.place.row, known)
            yield Taken(row.place.row)


CHAPTER = Chapter(
    name="budget",
    title="Budget",
    pages=(notebook_page("budget", THE_DATA), Page("pages/appendix-budget", APPENDICES)),
    about=(Contribution, Expenditure, OtherIncome, HelpInKind),
    reads=(*ACCOUNT, Agency, Membership, *MEASURING),
    facts=facts,
    exhibits=exhibits,
    rules=RULES,
    key_figures=("budget.contributions", "budget.spend", "budget.carried_forward"),
    carries={FundBalance: _balances},
)
