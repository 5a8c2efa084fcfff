"""The Board's budget: what came in, what was spent, what is left.

Income is the agencies' contributions, any other income and the balance brought forward; help in
kind is none. A board's account may print a "total expenditure" of spend and the balance carried
forward; that is not what was spent, so the two are kept apart here. Working Together to Safeguard
Children (2013), chapter 3, asks for contributions and spend to be listed. All amounts are in pounds
and exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from hscb_report.figures import MISSING, Figure, cell, count_by, one, sum_of, total_of_some
from hscb_report.schema.finance import (
    Contribution,
    Expenditure,
    FundBalance,
    HelpInKind,
    OtherIncome,
)

AmountRow = TypeVar("AmountRow", Contribution, Expenditure)
Line = Contribution | OtherIncome | Expenditure
TOTAL = "Total"


@dataclass(frozen=True)
class Share(Generic[AmountRow]):
    """A row's amount and its part of a total, the denominator."""

    row: AmountRow
    amount: Figure
    share: Figure


@dataclass(frozen=True)
class AccountLine:
    """A line of the account, or the total of a part of it: agreed, actual, agreed for next year."""

    part: str
    name: str
    budget: Figure
    actual: Figure
    next_year: Figure

    @property
    def difference(self) -> Figure:
        """The actual amount less that of the budget."""
        return self.actual - self.budget

    def less(self, other: AccountLine, part: str) -> AccountLine:
        """Return this line less another one, as a line of a part of its own."""
        return AccountLine(
            part,
            self.name,
            self.budget - other.budget,
            self.actual - other.actual,
            self.next_year - other.next_year,
        )


def contributions_total(contributions: Iterable[Contribution]) -> Figure:
    """Return what the agencies paid in the year, in pounds; balances are not contributions.

    Missing, not 0, where no contribution is listed at all.
    """
    return total_of_some(contributions, "amount")


def contributors(contributions: Iterable[Contribution]) -> Figure:
    """Return the number of agencies that paid something; missing where none is listed at all."""
    listed = tuple(contributions)
    return count_by(listed, "amount", lambda paid: paid != 0) if listed else MISSING


def contribution_of(contributions: Iterable[Contribution], agency: str) -> Figure:
    """Return what one agency paid, in pounds; missing if it is not listed."""
    return one(
        contributions, "amount", lambda row: row.agency == agency, named=f'agency "{agency}"'
    )


def balance(fund_balances: Iterable[FundBalance], which: str) -> Figure:
    """Return the balance "brought_forward" or "carried_forward", in pounds."""
    return one(
        fund_balances, "amount", lambda row: row.balance == which, named=f'balance "{which}"'
    )


def other_income_total(other_income: Iterable[OtherIncome]) -> Figure:
    """Return what came in in the year beside contributions and the balance brought forward.

    Missing, not 0, where no other income is listed at all.
    """
    return total_of_some(other_income, "amount")


def other_income_from(other_income: Iterable[OtherIncome], line: str) -> Figure:
    """Return the income of one line that is no contribution, in pounds."""
    return one(other_income, "amount", lambda row: row.line == line, named=f'line "{line}"')


def in_year_income(
    contributions: Iterable[Contribution], other_income: Iterable[OtherIncome] = ()
) -> Figure:
    """Return contributions and any other income, in pounds; the balance brought forward is none.

    A board that lists no other income is taken to have none.
    """
    other = tuple(other_income)
    paid = contributions_total(contributions)
    return paid + other_income_total(other) if other else paid


def total_income(
    contributions: Iterable[Contribution],
    fund_balances: Iterable[FundBalance],
    other_income: Iterable[OtherIncome] = (),
) -> Figure:
    """Return contributions, any other income and the balance brought forward, in pounds."""
    return in_year_income(contributions, other_income) + balance(fund_balances, "brought_forward")


def spend(expenditure: Iterable[Expenditure]) -> Figure:
    """Return what was spent in the year, in pounds; the balance carried forward is no spend.

    Missing, not 0, where no line of expenditure is listed at all.
    """
    return total_of_some(expenditure, "amount")


def total_expenditure(
    expenditure: Iterable[Expenditure], fund_balances: Iterable[FundBalance]
) -> Figure:
    """Return spend and the balance carried forward, in pounds: the total of an account."""
    return spend(expenditure) + balance(fund_balances, "carried_forward")


def in_year_balance(
    contributions: Iterable[Contribution],
    expenditure: Iterable[Expenditure],
    other_income: Iterable[OtherIncome] = (),
) -> Figure:
    """Return contributions and any other income less spend, in pounds; a deficit is negative."""
    return in_year_income(contributions, other_income) - spend(expenditure)


def in_year_deficit(
    contributions: Iterable[Contribution],
    expenditure: Iterable[Expenditure],
    other_income: Iterable[OtherIncome] = (),
) -> Figure:
    """Return spend less contributions and any other income, in pounds; a surplus is negative."""
    return -in_year_balance(contributions, expenditure, other_income)


def contribution_shares(contributions: Sequence[Contribution]) -> tuple[Share[Contribution], ...]:
    """Return each agency's part of all contributions (brought forward left out), largest first."""
    return _shares(contributions, contributions_total(contributions))


def spend_shares(expenditure: Sequence[Expenditure]) -> tuple[Share[Expenditure], ...]:
    """Return each line's part of all spend (carried forward left out), largest first."""
    return _shares(expenditure, spend(expenditure))


def share_of_contributions(contributions: Sequence[Contribution], agency: str) -> Figure:
    """Return one agency's part of all contributions."""
    return contribution_of(contributions, agency) / contributions_total(contributions)


def share_of_income(
    contributions: Sequence[Contribution],
    fund_balances: Sequence[FundBalance],
    agency: str,
    other_income: Iterable[OtherIncome] = (),
) -> Figure:
    """Return one agency's part of all income, the balance brought forward included."""
    income = total_income(contributions, fund_balances, other_income)
    return contribution_of(contributions, agency) / income


def share_of_spend(expenditure: Sequence[Expenditure], line: str) -> Figure:
    """Return one line's part of all spend."""
    return spend_on(expenditure, line) / spend(expenditure)


def spend_on(expenditure: Sequence[Expenditure], line: str) -> Figure:
    """Return what was spent on one line of the budget, in pounds."""
    return one(expenditure, "amount", lambda row: row.line == line, named=f'line "{line}"')


def cost_per_child(expenditure: Iterable[Expenditure], children: Figure) -> Figure:
    """Return spend divided by the number of children in the area, in pounds: a rough size."""
    return spend(expenditure) / children


def largest_share(contributions: Sequence[Contribution], number: int) -> Figure:
    """Return the part of all contributions that the `number` largest contributors pay."""
    return sum_of(share.share for share in contribution_shares(contributions)[:number])


def contribution_per_child(contributions: Iterable[Contribution], children: Figure) -> Figure:
    """Return contributions divided by the number of children in the area, in pounds."""
    return contributions_total(contributions) / children


def spend_under(expenditure: Iterable[Expenditure], heading: str) -> Figure:
    """Return the spend under a statutory heading, in pounds; missing if no line is.

    Missing is not zero: that no line is headed "child death reviews" does not say that nothing
    was spent on them.
    """
    return total_of_some(
        expenditure,
        "amount",
        lambda row: row.statutory_heading == heading,
        named=f'statutory_heading "{heading}"',
    )


def help_in_kind_value(help_in_kind: Iterable[HelpInKind]) -> Figure:
    """Return what the help in kind that has a value would have cost, as the agencies put it.

    It is no income. Help without a value is left out; missing, not 0, where none has one.
    """
    return total_of_some(help_in_kind, "value", lambda row: row.value is not None)


# Budget beside actual ------------------------------------------------------------------------


def agreed(lines: Iterable[Line], column: str) -> Figure:
    """Return the sum of a column of agreed amounts, "budget" or "next_year", in pounds.

    Missing where a line lacks one: the others are not the whole. Where no line has one at all
    nothing was agreed, and the figure rests on no row.
    """
    listed = tuple(lines)
    if all(getattr(row, column) is None for row in listed):
        return MISSING
    return sum_of(cell(row, column) for row in listed)


def budgeted_income(
    contributions: Iterable[Contribution], other_income: Iterable[OtherIncome] = ()
) -> Figure:
    """Return the contributions and any other income of the budget agreed for the year."""
    return _agreed_income(contributions, other_income, "budget")


def budgeted_spend(expenditure: Iterable[Expenditure]) -> Figure:
    """Return the spend of the budget agreed for the year, in pounds."""
    return agreed(expenditure, "budget")


def income_against_budget(
    contributions: Sequence[Contribution], other_income: Sequence[OtherIncome] = ()
) -> Figure:
    """Return the income of the year less that of its budget; below zero, less came in."""
    actual = in_year_income(contributions, other_income)
    return _less_agreed(actual, budgeted_income(contributions, other_income))


def spend_against_budget(expenditure: Sequence[Expenditure]) -> Figure:
    """Return the spend of the year less that of its budget; below zero, less was spent."""
    return _less_agreed(spend(expenditure), budgeted_spend(expenditure))


def next_year_income(
    contributions: Iterable[Contribution], other_income: Iterable[OtherIncome] = ()
) -> Figure:
    """Return the contributions and any other income agreed for the next year, in pounds."""
    return _agreed_income(contributions, other_income, "next_year")


def next_year_spend(expenditure: Iterable[Expenditure]) -> Figure:
    """Return the spend agreed for the next year, in pounds."""
    return agreed(expenditure, "next_year")


def next_year_balance(
    contributions: Iterable[Contribution],
    expenditure: Iterable[Expenditure],
    other_income: Iterable[OtherIncome] = (),
) -> Figure:
    """Return the income less the spend agreed for the next year; a deficit is negative."""
    return next_year_income(contributions, other_income) - next_year_spend(expenditure)


def next_year_carried_forward(
    contributions: Iterable[Contribution],
    expenditure: Iterable[Expenditure],
    fund_balances: Iterable[FundBalance],
    other_income: Iterable[OtherIncome] = (),
) -> Figure:
    """Return what is left at the next year's end if all goes as agreed, in pounds."""
    added = next_year_balance(contributions, expenditure, other_income)
    return balance(fund_balances, "carried_forward") + added if added.rows else MISSING


def left_after_another_such_year(
    contributions: Iterable[Contribution],
    expenditure: Iterable[Expenditure],
    fund_balances: Iterable[FundBalance],
    other_income: Iterable[OtherIncome] = (),
) -> Figure:
    """Return what would be left a year later if as much came in and was spent again, in pounds."""
    left = balance(fund_balances, "carried_forward")
    return left + in_year_balance(contributions, expenditure, other_income)


def account(
    contributions: Sequence[Contribution],
    other_income: Sequence[OtherIncome],
    expenditure: Sequence[Expenditure],
) -> Iterator[AccountLine]:
    """Yield each line of the account, the total of each part, and last income less spend."""
    paid, other = tuple(contributions), tuple(other_income)
    income = AccountLine(
        "Income",
        TOTAL,
        budgeted_income(paid, other),
        in_year_income(paid, other),
        next_year_income(paid, other),
    )
    yield from _part("Contributions", [(row.organisation, row) for row in paid])
    yield from _part("Other income", [(row.line, row) for row in other])
    if other:
        yield income
    spent = tuple(_part("Spend", [(row.line, row) for row in expenditure]))
    yield from spent
    if spent:
        yield income.less(spent[-1], "Income less spend")


def _part(part: str, lines: Sequence[tuple[str, Line]]) -> Iterator[AccountLine]:
    """Yield the lines of a part of the account and their total; nothing of a part without any."""
    rows = [row for _, row in lines]
    for name, row in lines:
        amounts = (cell(row, column) for column in ("budget", "amount", "next_year"))
        yield AccountLine(part, name, *amounts)
    if rows:
        whole = agreed(rows, "budget"), total_of_some(rows, "amount"), agreed(rows, "next_year")
        yield AccountLine(part, TOTAL, *whole)


def _agreed_income(
    contributions: Iterable[Contribution], other_income: Iterable[OtherIncome], column: str
) -> Figure:
    """Return the income of a column of agreed amounts, missing where no contribution is listed."""
    paid = tuple(contributions)
    found = agreed((*paid, *other_income), column)
    return found if paid else replace(found, value=None)


def _less_agreed(actual: Figure, agreed_for: Figure) -> Figure:
    """Return what differs from what was agreed, resting on no row where nothing was."""
    return actual - agreed_for if agreed_for.rows else MISSING


def _shares(rows: Sequence[AmountRow], denominator: Figure) -> tuple[Share[AmountRow], ...]:
    amounts = [(row, cell(row, "amount")) for row in rows]
    shares = [Share(row, amount, amount / denominator) for row, amount in amounts]
    return tuple(sorted(shares, key=lambda share: -(share.amount.value or 0)))
