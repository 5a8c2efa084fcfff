"""The Board's budget: what came in, what was spent, what is left.

Income is the agencies' contributions and the balance brought forward. A board's account may print
a "total expenditure" of spend and the balance carried forward; that is not what was spent, so the
two are kept apart here. Working Together to Safeguard Children (2013), chapter 3, asks for
contributions and spend to be listed. All amounts are in pounds and exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hscb_report.figures import MISSING, Figure, cell, count, one, sum_of, total_of_some
from hscb_report.schema.finance import Contribution, Expenditure, FundBalance

AmountRow = TypeVar("AmountRow", Contribution, Expenditure)


@dataclass(frozen=True)
class Share(Generic[AmountRow]):
    """A row's amount and its part of a total, the denominator."""

    row: AmountRow
    amount: Figure
    share: Figure


def contributions_total(contributions: Iterable[Contribution]) -> Figure:
    """Return what the agencies paid in the year, in pounds; balances are not contributions.

    Missing, not 0, where no contribution is listed at all.
    """
    return total_of_some(contributions, "amount")


def contributors(contributions: Iterable[Contribution]) -> Figure:
    """Return the number of agencies that paid something; missing where none is listed at all."""
    listed = tuple(contributions)
    return count(listed, lambda row: row.amount != 0) if listed else MISSING


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


def total_income(
    contributions: Iterable[Contribution], fund_balances: Iterable[FundBalance]
) -> Figure:
    """Return contributions and the balance brought forward, in pounds."""
    return contributions_total(contributions) + balance(fund_balances, "brought_forward")


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
    contributions: Iterable[Contribution], expenditure: Iterable[Expenditure]
) -> Figure:
    """Return contributions less spend, in pounds; a deficit is negative."""
    return contributions_total(contributions) - spend(expenditure)


def in_year_deficit(
    contributions: Iterable[Contribution], expenditure: Iterable[Expenditure]
) -> Figure:
    """Return spend less contributions, in pounds; a surplus is negative."""
    return -in_year_balance(contributions, expenditure)


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
    contributions: Sequence[Contribution], fund_balances: Sequence[FundBalance], agency: str
) -> Figure:
    """Return one agency's part of all income, the balance brought forward included."""
    return contribution_of(contributions, agency) / total_income(contributions, fund_balances)


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


def _shares(rows: Sequence[AmountRow], denominator: Figure) -> tuple[Share[AmountRow], ...]:
    amounts = [(row, cell(row, "amount")) for row in rows]
    shares = [Share(row, amount, amount / denominator) for row, amount in amounts]
    return tuple(sorted(shares, key=lambda share: -(share.amount.value or 0)))
