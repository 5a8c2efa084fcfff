"""The budget's tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hscb_report.exhibits.exhibit import Column, Exhibit, Quantity, exhibit
from hscb_report.figures import Figure, cell, sum_of
from hscb_report.measures import agencies, budget
from hscb_report.schema import Tables
from hscb_report.schema import vocabularies as words
from hscb_report.units import PERCENT, POUNDS, POUNDS_AND_PENCE, RATIO, count_of
from hscb_report.years import ReportingYear


def exhibits(tables: Tables, year: ReportingYear, area: str) -> Iterator[Exhibit]:
    """Yield the tables of the budget chapter and of its appendix."""
    yield _shares(
        "contribution-shares",
        f"Agencies' contributions and their share of all contributions, {year}",
        "Agency",
        "Contribution",
        [
            (s.row.organisation, s.amount, s.share)
            for s in budget.contribution_shares(tables.contributions)
        ],
        "The denominator is all contributions; the balance brought forward is not a contribution.",
    )
    yield _shares(
        "spend-shares",
        f"Spend and its share of all spend, {year}",
        "Spend on",
        "Spend",
        [
            (share.row.line, share.amount, share.share)
            for share in budget.spend_shares(tables.expenditure)
        ],
        "The denominator is all spend; the balance carried forward is not spend.",
    )
    yield exhibit(
        "budget-balance",
        f"From the balance brought forward to the balance carried forward, {year}",
        (Column("Step"), Column("Amount", POUNDS)),
        (
            ("Brought forward", budget.balance(tables.fund_balances, "brought_forward")),
            ("Contributions", budget.contributions_total(tables.contributions)),
            ("Spend", -budget.spend(tables.expenditure)),
            ("Carried forward", budget.balance(tables.fund_balances, "carried_forward")),
        ),
        "Spend is shown as a negative amount: the four add up.",
    )
    yield _headings(tables, year)
    yield _burden(tables, year, area)
    yield _income(tables, year)
    yield _expenditure(tables, year)


def _headings(tables: Tables, year: ReportingYear) -> Exhibit:
    whole = budget.spend(tables.expenditure)
    rows = [
        (label, budget.spend_under(tables.expenditure, heading))
        for heading, label in words.STATUTORY_HEADING.items()
    ]
    return exhibit(
        "spend-by-heading",
        f"Spend under the headings that the guidance asks for, {year}",
        (Column("Statutory heading"), Column("Spend", POUNDS), Column("Share", PERCENT)),
        [
            *((label, spent, spent / whole) for label, spent in rows),
            ("Total", whole, whole / whole),
        ],
        "Which line belongs under which heading is this project's coding. Not stated is not zero: "
        "the cost may be inside another line.",
    )


def _burden(tables: Tables, year: ReportingYear, area: str) -> Exhibit:
    paid, values = tables.contributions, tables.measure_values
    silent = agencies.members_without_contribution(tables.agencies, tables.membership, paid)
    return exhibit(
        "contribution-burden",
        f"How the burden of contributions is shared, {year}",
        (Column("Measure"), Column("Value", mixed=True)),
        [
            ("Largest contributor's share", Quantity(budget.largest_share(paid, 1), PERCENT)),
            ("Three largest contributors' share", Quantity(budget.largest_share(paid, 3), PERCENT)),
            ("Concentration (Herfindahl index)", Quantity(budget.concentration(paid), RATIO)),
            ("Agencies that contribute", Quantity(budget.contributors(paid), count_of("agencies"))),
            ("Member bodies that contribute nothing", Quantity(silent, count_of("agencies"))),
            (
                "Contributions per child",
                Quantity(budget.contribution_per_child(paid, values, area), POUNDS_AND_PENCE),
            ),
            (
                "Spend per child",
                Quantity(budget.cost_per_child(tables.expenditure, values, area), POUNDS_AND_PENCE),
            ),
        ],
        "The index is the sum of squared shares: 1 means that one agency pays all.",
        "Per child is a rough size: the population is approximate and of an earlier year.",
        "Parts of the council count as the council, and a body as the one that took over from it.",
    )


def _shares(
    label: str,
    caption: str,
    what: str,
    amount: str,
    shares: Sequence[tuple[str, Figure, Figure]],
    note: str,
) -> Exhibit:
    totals = sum_of(amount for _, amount, _ in shares), sum_of(share for _, _, share in shares)
    columns = (Column(what), Column(amount, POUNDS), Column("Share", PERCENT))
    return exhibit(label, caption, columns, [*shares, ("Total", *totals)], note)


def _income(tables: Tables, year: ReportingYear) -> Exhibit:
    brought = [row for row in tables.fund_balances if row.balance == "brought_forward"]
    printed = [row for row in tables.budget_totals if row.total == "income"]
    return exhibit(
        "budget-income",
        f"Income as the Board prints it, {year}",
        (Column("Agency contributions"), Column(_printed(year), POUNDS)),
        [
            *((row.organisation, cell(row, "amount")) for row in tables.contributions),
            *(("Funding carried forward", cell(row, "amount")) for row in brought),
            *((words.BUDGET_TOTAL[row.total], cell(row, "amount")) for row in printed),
        ],
        '"Funding carried forward" on this side is the balance brought forward from the '
        "year before.",
    )


def _expenditure(tables: Tables, year: ReportingYear) -> Exhibit:
    carried = [row for row in tables.fund_balances if row.balance == "carried_forward"]
    printed = [row for row in tables.budget_totals if row.total == "expenditure"]
    return exhibit(
        "budget-expenditure",
        f"Expenditure as the Board prints it, {year}",
        (Column("Expenditure"), Column(_printed(year), POUNDS)),
        [
            *((row.line, cell(row, "amount")) for row in tables.expenditure),
            *(("Funding carried forward", cell(row, "amount")) for row in carried),
            *((words.BUDGET_TOTAL[row.total], cell(row, "amount")) for row in printed),
        ],
        "The printed total includes the balance carried forward, which has not been spent.",
    )


def _printed(year: ReportingYear) -> str:
    """Return the year as the Board's budget heads its column, 2013/14."""
    return str(year).replace("-", "/")
