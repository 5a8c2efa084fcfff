"""Rules 1 to 6: the account adds up, from year to year and into the covering report."""

from __future__ import annotations

from hscb_report.figures import Figure, one
from hscb_report.measures import budget
from hscb_report.rules.rule import Breach, Breaches, NothingToCheck, Rule, addends, compared
from hscb_report.schema import Tables
from hscb_report.schema.finance import FundBalance
from hscb_report.units import POUNDS

_TABLES = ("contributions", "expenditure", "fund_balances", "budget_totals")
_HINT = "One of these cells is wrong: compare each with its source."


def _income(tables: Tables) -> Breaches:
    worked_out = budget.total_income(tables.contributions, tables.fund_balances)
    yield from _against_printed(tables, "income", worked_out, "contributions and brought forward")


def _expenditure(tables: Tables) -> Breaches:
    worked_out = budget.total_expenditure(tables.expenditure, tables.fund_balances)
    yield from _against_printed(tables, "expenditure", worked_out, "spend and carried forward")


def _against_printed(tables: Tables, which: str, worked_out: Figure, what: str) -> Breaches:
    printed = one((row for row in tables.budget_totals if row.total == which), "amount")
    compared(printed, worked_out)
    for row in tables.budget_totals:
        if row.total == which and row.amount != worked_out.value:
            yield Breach(
                f"{what} come to {POUNDS.text(worked_out.value)} ({addends(worked_out)}), "
                f"the printed total is {POUNDS.text(row.amount)}.",
                _HINT,
                row.place,
                "amount",
                str(row.amount),
            )


def _totals_agree(tables: Tables) -> Breaches:
    printed = {row.total: row for row in tables.budget_totals}
    if not {"income", "expenditure"} <= set(printed):
        raise NothingToCheck
    income, expenditure = printed["income"], printed["expenditure"]
    if income.amount != expenditure.amount:
        yield Breach(
            f"total income is {POUNDS.text(income.amount)} (row {income.place.row}), "
            f"total expenditure {POUNDS.text(expenditure.amount)}.",
            _HINT,
            expenditure.place,
            "amount",
            str(expenditure.amount),
        )


def _balance_explains_deficit(tables: Tables) -> Breaches:
    drawn = budget.balance(tables.fund_balances, "brought_forward") - budget.balance(
        tables.fund_balances, "carried_forward"
    )
    deficit = budget.in_year_deficit(tables.contributions, tables.expenditure)
    compared(drawn, deficit)
    if drawn.value != deficit.value:
        yield Breach(
            f"the balance fell by {POUNDS.text(drawn.value)} ({addends(drawn)}), but spend "
            f"exceeds contributions by {POUNDS.text(deficit.value)} ({addends(deficit)}).",
            _HINT,
            tables.fund_balances[0].place,
            "amount",
        )


def continuity_rule(before: tuple[FundBalance, ...]) -> Rule:
    """Return rule 4, given the fund balances of the year before (none: it is not run)."""

    def check(tables: Tables) -> Breaches:
        left = budget.balance(before, "carried_forward")
        found = budget.balance(tables.fund_balances, "brought_forward")
        compared(left, found)
        if left.value != found.value:
            yield Breach(
                f"the year before carried {POUNDS.text(left.value)} forward ({addends(left)}).",
                _HINT,
                found.rows[0],
                "amount",
                str(found.value),
            )

    title = "What one year carries forward, the next brings forward"
    return Rule("R4", title, "error", ("fund_balances",), check)


def covering_rule(local_authority: str) -> Rule:
    """Return rule 6, given the council that the covering report speaks of."""

    def check(tables: Tables) -> Breaches:
        paid = budget.contribution_of(tables.contributions, local_authority)
        named = [
            row
            for row in tables.covering_report
            if row.section == "financial" and row.amount is not None
        ]
        compared(paid)
        if not named:
            raise NothingToCheck
        for row in named:
            if row.amount != paid.value:
                yield Breach(
                    f"the budget has the Council contribute {POUNDS.text(paid.value)} "
                    f"({addends(paid)}).",
                    _HINT,
                    row.place,
                    "amount",
                    str(row.amount),
                )

    title = "The covering report's figure for the Council is the budget's"
    return Rule("R6", title, "error", ("covering_report", "contributions"), check)


RULES = (
    Rule("R1", "Contributions and brought forward make total income", "error", _TABLES, _income),
    Rule("R2", "Spend and carried forward make the printed total", "error", _TABLES, _expenditure),
    Rule("R3", "Total income and total expenditure agree", "error", _TABLES[3:], _totals_agree),
    Rule(
        "R5",
        "The balance falls by what spend exceeds contributions",
        "error",
        _TABLES[:3],
        _balance_explains_deficit,
    ),
)
