"""The budget."""

from __future__ import annotations

from decimal import Decimal

from hscb_report.schema import vocabularies as words
from hscb_report.schema.columns import MONEY, TEXT, code, column
from hscb_report.schema.row import AGENCY, SourcedRow, TableInfo


class Contribution(SourcedRow):
    """What an agency paid to the Board in the year."""

    info = TableInfo("Agencies' contributions", keys=("agency",))
    agency: str = column(AGENCY, "The agency that pays")
    organisation: str = column(TEXT, "The agency as printed")
    amount: Decimal = column(MONEY, "What it paid in the year", unit="pounds")


class Expenditure(SourcedRow):
    """What the Board spent on one thing in the year."""

    info = TableInfo("Expenditure", keys=("line",))
    line: str = column(TEXT, "What the money was spent on, as the budget calls it")
    statutory_heading: str = column(
        code(words.STATUTORY_HEADING),
        "The heading under which Working Together 2013 asks for spend; our coding",
    )
    amount: Decimal = column(MONEY, "What was spent in the year", unit="pounds")


class FundBalance(SourcedRow):
    """Money carried over a year's end."""

    info = TableInfo("Fund balances", keys=("balance",))
    balance: str = column(code(words.BALANCE), "Which year's end")
    amount: Decimal = column(MONEY, "The balance", unit="pounds")


class BudgetTotal(SourcedRow):
    """A total that the source prints, kept apart from the totals that we work out."""

    info = TableInfo("Budget totals as printed", keys=("total",))
    total: str = column(code(words.BUDGET_TOTAL), "Which total")
    amount: Decimal = column(MONEY, "The total as printed", unit="pounds")
