"""The budget."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import MONEY, SIGNED_MONEY, TEXT, code, column
from hscb_report.schema.row import AGENCY, SourcedRow, TableInfo


class Contribution(SourcedRow):
    """What an agency paid to the Board in the year."""

    info = TableInfo("contributions", "Agencies' contributions", keys=("agency",), protected=False)
    agency: str = column(AGENCY, "The agency that pays")
    organisation: str = column(TEXT, "The agency as the budget names it")
    amount: Decimal = column(MONEY, "What it paid in the year", unit="pounds")
    budget: Decimal | None = column(
        MONEY,
        "What it was to pay, by the budget agreed for the year",
        unit="pounds",
        begins_as="next_year",
    )
    next_year: Decimal | None = column(
        MONEY, "What it is to pay in the next year, where that is agreed", unit="pounds"
    )


class OtherIncome(SourcedRow):
    """Income of the year that is neither a contribution nor brought forward."""

    info = TableInfo("other_income", "Other income", keys=("line",), protected=False)
    line: str = column(TEXT, "Where the money came from, as the budget calls it")
    kind: str = column(code(words.INCOME_KIND), "What kind of income it is")
    amount: Decimal = column(
        SIGNED_MONEY, "What came in in the year; negative: more was paid back", unit="pounds"
    )
    budget: Decimal | None = column(
        SIGNED_MONEY,
        "What was to come in, by the budget agreed for the year",
        unit="pounds",
        begins_as="next_year",
    )
    next_year: Decimal | None = column(
        SIGNED_MONEY, "What is to come in in the next year, where that is agreed", unit="pounds"
    )


class HelpInKind(SourcedRow):
    """What an agency gives the Board that is no money; it is never part of income."""

    info = TableInfo("help_in_kind", "Help in kind", keys=("agency", "help"), protected=False)
    agency: str = column(AGENCY, "The agency that gives it")
    organisation: str = column(TEXT, "The agency as the report names it")
    help: str = column(TEXT, "What it gives: a room, staff time")
    value: Decimal | None = column(
        MONEY, "What it would have cost, as the agency puts it, where it does", unit="pounds"
    )


class Expenditure(SourcedRow):
    """What the Board spent on one thing in the year."""

    info = TableInfo("expenditure", "Expenditure", keys=("line",), protected=False)
    line: str = column(TEXT, "What the money was spent on, as the budget calls it")
    statutory_heading: str = column(
        code(words.STATUTORY_HEADING),
        "The heading under which the guidance asks for spend",
    )
    amount: Decimal = column(
        SIGNED_MONEY, "What was spent in the year; negative: more came back", unit="pounds"
    )
    budget: Decimal | None = column(
        SIGNED_MONEY,
        "What was to be spent, by the budget agreed for the year",
        unit="pounds",
        begins_as="next_year",
    )
    next_year: Decimal | None = column(
        SIGNED_MONEY, "What is to be spent in the next year, where that is agreed", unit="pounds"
    )


class FundBalance(SourcedRow):
    """Money carried over a year's end."""

    info = TableInfo("fund_balances", "Fund balances", keys=("balance",), protected=False)
    balance: str = column(code(words.BALANCE), "Which year's end")
    called: str | None = column(TEXT, "What the account calls it, where it is another name")
    amount: Decimal = column(SIGNED_MONEY, "The balance; negative: a debt", unit="pounds")


class BudgetTotal(SourcedRow):
    """A total that the Board's account states, kept apart from the totals that are worked out."""

    info = TableInfo("budget_totals", "Budget totals as stated", keys=("total",), protected=False)
    total: str = column(code(words.BUDGET_TOTAL), "Which total")
    amount: Decimal = column(MONEY, "The total as stated", unit="pounds")
