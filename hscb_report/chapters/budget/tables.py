"""The tables of the budget chapter and of its appendix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hscb_report.calculations import agencies, budget
from hscb_report.chapters.budget.lines import AGREED, is_agreed
from hscb_report.chapters.budget.year_before import contributions_beside
from hscb_report.figures import Figure, cell, sum_of
from hscb_report.results.exhibit import Cell, Column, Exhibit, Quantity, exhibit
from hscb_report.results.measured import own_figure
from hscb_report.results.titles import largest
from hscb_report.results.told import against, lacking, moved, told
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import Membership
from hscb_report.schema.finance import (
    BudgetTotal,
    Contribution,
    Expenditure,
    FundBalance,
    HelpInKind,
    OtherIncome,
)
from hscb_report.schema.reference import Agency
from hscb_report.units import PERCENT, POUNDS, WHOLE_PERCENT, WHOLE_POUNDS, count_of
from hscb_report.wording import first_upper


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the budget chapter and of its appendix."""
    yield _shares(
        "contribution-shares",
        f"Contributions by agency, £ and share of all contributions, {data.year}",
        ("Agency", "Contribution", "contributions came from"),
        [
            (s.row.organisation, s.amount, s.share)
            for s in budget.contribution_shares(data.tables[Contribution])
        ],
        _not_contributions(data),
    )
    yield _shares(
        "spend-shares",
        f"Spend by what it went on, £ and share of all spend, {data.year}",
        ("Spend on", "Spend", "spend went on"),
        [
            (share.row.line, share.amount, share.share)
            for share in budget.spend_shares(data.tables[Expenditure])
        ],
        "The balance carried forward is not spend.",
    )
    yield contributions_beside(data)
    yield _balance(data)
    yield _other_income(data)
    yield _budget_and_actual(data)
    yield _help_in_kind(data)
    yield _headings(data)
    yield _burden(data)
    yield _income(data)
    yield _expenditure(data)


def _not_contributions(data: YearData) -> str:
    """Return the note on what the shares of contributions are shares of."""
    others = "the balance brought forward is not a contribution."
    if data.tables[OtherIncome]:
        others = "other income and the balance brought forward are not contributions."
    return first_upper(others)


def _balance(data: YearData) -> Exhibit:
    other, balances = data.tables[OtherIncome], data.tables[FundBalance]
    first, last = (
        budget.balance(balances, which) for which in ("brought_forward", "carried_forward")
    )
    steps = (
        ("Brought forward", first),
        ("Contributions", budget.contributions_total(data.tables[Contribution])),
        *([("Other income", budget.other_income_total(other))] if other else []),
        ("Spend", -budget.spend(data.tables[Expenditure])),
        ("Carried forward", last),
    )
    return exhibit(
        "budget-balance",
        f"From the balance brought forward to the balance carried forward, £, {data.year}",
        (Column("Step"), Column("Amount", POUNDS)),
        steps if balances else (),
        f"Spend is shown as a negative amount: the {'five' if other else 'four'} add up.",
        title=moved("The balance", first, last, POUNDS),
    )


def _other_income(data: YearData) -> Exhibit:
    kinds, other = data.vocabulary(words.INCOME_KIND), data.tables[OtherIncome]
    rows = [(row.line, kinds[row.kind], cell(row, "amount")) for row in other]
    is_below = any((cell(row, "amount").value or 0) < 0 for row in other)
    made = exhibit(
        "other-income",
        f"Income beside contributions, £, {data.year}",
        (Column("From"), Column("Kind of income"), Column("Amount", POUNDS)),
        [*rows, ("Total", "All kinds", budget.other_income_total(other))] if rows else [],
        *(["Below zero, more was paid back than came in."] if is_below else []),
    )
    return made.titled(largest(made, "Amount", "other income", "came from", "Total"))


def _help_in_kind(data: YearData) -> Exhibit:
    given = data.tables[HelpInKind]
    valued = [row for row in given if row.value is not None]
    notes = ["Help in kind is no money, and no part of income or spend."]
    if valued:
        notes.append("A value is what the agency says that the help would have cost.")
    if valued and len(valued) < len(given):
        notes.append("The total is that of the values stated; not stated is not zero.")
    width = 3 if valued else 2
    rows: list[tuple[Cell, ...]] = [
        (row.organisation, row.help, cell(row, "value"))[:width] for row in given
    ]
    if valued:
        rows.append(("Total", "What has a value", budget.help_in_kind_value(given)))
    return exhibit(
        "help-in-kind",
        f"Help that agencies gave in kind{', with its value in £' * bool(valued)}, {data.year}",
        (Column("Agency"), Column("Help"), *([Column("Value", POUNDS)] if valued else [])),
        rows,
        *notes,
        title=told(
            Figure(len({row.organisation for row in given})),
            count_of("agencies"),
            "gave help in kind",
        ),
    )


# Budget beside actual -------------------------------------------------------------------------


def _budget_and_actual(data: YearData) -> Exhibit:
    """Return what was agreed beside what came in and was spent, where anything was agreed."""
    has_budget, has_next = (is_agreed(data, column) for column in AGREED)
    paid, other = data.tables[Contribution], data.tables[OtherIncome]
    rows: list[tuple[Cell, ...]] = [
        (
            *(line.part, line.name),
            *([line.budget] * has_budget),
            line.actual,
            *([line.difference] * has_budget),
            *([line.next_year] * has_next),
        )
        for line in budget.account(paid, other, data.tables[Expenditure])
    ]
    note = "Difference is actual less budget: above zero, more came in, or more was spent."
    return exhibit(
        "budget-and-actual",
        f"Budget and actual, £, {data.year}{f', and what is agreed for {data.year.next}' * has_next}",
        (
            *(Column("Part of the account"), Column("Line")),
            *([Column("Budget", POUNDS)] * has_budget),
            Column("Actual", POUNDS),
            *([Column("Difference", POUNDS)] * has_budget),
            *([Column("Next year", POUNDS)] * has_next),
        ),
        rows if has_budget or has_next else [],
        *([note] * has_budget),
        row_headers=2,
        title=against(
            "Spend",
            budget.spend(data.tables[Expenditure]),
            budget.budgeted_spend(data.tables[Expenditure]),
            POUNDS,
        )
        if has_budget
        else "",
    )


def _headings(data: YearData) -> Exhibit:
    whole, headings = (
        budget.spend(data.tables[Expenditure]),
        data.vocabulary(words.STATUTORY_HEADING),
    )
    spent_under = {
        heading: budget.spend_under(data.tables[Expenditure], heading) for heading in headings
    }
    return exhibit(
        "spend-by-heading",
        f"Spend by heading of the statutory guidance, £ and share of all spend, {data.year}",
        (Column("Statutory heading"), Column("Spend", POUNDS), Column("Share", PERCENT)),
        [
            *((headings[code], spent, spent / whole) for code, spent in spent_under.items()),
            ("Total", whole, whole / whole),
        ]
        if data.tables[Expenditure]
        else [],
        "Not stated is not zero: the cost may be inside another line.",
        title=_stated(spent for code, spent in spent_under.items() if headings.means.get(code)),
    )


def _stated(spent: Iterable[Figure]) -> str:
    """Return of how many headings no spend is stated; "" where that is withheld or to come."""
    listed = tuple(spent)
    if any(figure.withheld or figure.to_come for figure in listed):
        return ""
    lack = Figure(sum(figure.value is None for figure in listed))
    of = "headings of the guidance"
    return lacking(lack, Figure(len(listed)), of, "had no spend stated", "had spend stated")


def _burden(data: YearData) -> Exhibit:
    paid, spent = data.tables[Contribution], data.tables[Expenditure]
    children = own_figure(data, "under_18")
    silent = agencies.members_without_contribution(
        data.tables[Agency], data.tables[Membership], paid, data.board_agency
    )
    rows = [
        ("Largest contributor's share", Quantity(budget.largest_share(paid, 1), PERCENT)),
        ("Three largest contributors' share", Quantity(budget.largest_share(paid, 3), PERCENT)),
        ("Agencies that contribute", Quantity(budget.contributors(paid), count_of("agencies"))),
        (
            "Bodies with a member, not listed among the contributors",
            Quantity(silent, count_of("bodies")),
        ),
    ]
    notes = [
        "Parts of the council count as the council, a body as the one that took over from it, and "
        "one that sits for a sector as that sector."
    ]
    if children:
        number = children.figure
        given, used = (
            budget.contribution_per_child(paid, number),
            budget.cost_per_child(spent, number),
        )
        rows += [
            ("Contributions per child, roughly", Quantity(given, WHOLE_POUNDS)),
            ("Spend per child, roughly", Quantity(used, WHOLE_POUNDS)),
        ]
        exact = " approximate and" if children.qualifier else ""
        of_when = f"the number of children is{exact} of {children.period}."
        notes.insert(0, f"Per child is a rough size: {of_when}")
    return exhibit(
        "contribution-burden",
        f"How contributions are shared between agencies, and per child, {data.year}",
        (Column("Measure"), Column("Value", mixed=True)),
        rows if paid else [],
        *notes,
        title=_burden_told(budget.contributors(paid), budget.largest_share(paid, 3)),
    )


def _burden_told(contributors: Figure, share: Figure) -> str:
    """Return what the three largest contributors paid, where there are enough others."""
    if share.value is None or not contributors.value or contributors.value < 5:
        return ""
    return f"The three largest contributors paid {WHOLE_PERCENT.text(share)} of contributions"


def _shares(
    label: str,
    caption: str,
    named: tuple[str, str, str],
    shares: Sequence[tuple[str, Figure, Figure]],
    note: str,
) -> Exhibit:
    """Return amounts with their shares; `named` are the two columns, and what a title says."""
    what, amount, told_of = named
    totals = sum_of(paid for _, paid, _ in shares), sum_of(share for _, _, share in shares)
    columns = (Column(what), Column(amount, POUNDS), Column("Share", PERCENT))
    made = exhibit(label, caption, columns, [*shares, ("Total", *totals)] if shares else [], note)
    of, _, said = told_of.partition(" ")
    return made.titled(largest(made, amount, of, said, "Total"))


_USUAL_INCOME = "Agency contributions"


def _income(data: YearData) -> Exhibit:
    other = data.tables[OtherIncome]
    heading = Column("Income", usual=_USUAL_INCOME) if other else Column(_USUAL_INCOME)
    brought = [row for row in data.tables[FundBalance] if row.balance == "brought_forward"]
    printed = [row for row in data.tables[BudgetTotal] if row.total == "income"]
    made = exhibit(
        "budget-income",
        f"Income{' as the Board prints it' * data.is_reconstruction}, £, {data.year}",
        (heading, Column(_printed(data), POUNDS, usual="Amount")),
        [
            *((row.organisation, cell(row, "amount")) for row in data.tables[Contribution]),
            *((row.line, cell(row, "amount")) for row in other),
            *((_called(row), cell(row, "amount")) for row in brought),
            *((words.BUDGET_TOTAL[row.total], cell(row, "amount")) for row in printed),
        ],
        *(
            f'"{row.called}" on this side is the balance brought forward from the year before.'
            for row in brought
            if row.called
        ),
    )
    totals = (words.BUDGET_TOTAL[row.total] for row in printed)
    title = largest(made, "Amount", "income", "came from", *totals)
    return made.titled("" if any(_called(row) in title for row in brought) else title)


def _called(row: FundBalance) -> str:
    return row.called or words.BALANCE[row.balance]


def _expenditure(data: YearData) -> Exhibit:
    carried = [row for row in data.tables[FundBalance] if row.balance == "carried_forward"]
    printed = [row for row in data.tables[BudgetTotal] if row.total == "expenditure"]
    made = exhibit(
        "budget-expenditure",
        f"Expenditure{' as the Board prints it' * data.is_reconstruction}, £, {data.year}",
        (Column("Expenditure"), Column(_printed(data), POUNDS, usual="Amount")),
        [
            *((row.line, cell(row, "amount")) for row in data.tables[Expenditure]),
            *((_called(row), cell(row, "amount")) for row in carried),
            *((words.BUDGET_TOTAL[row.total], cell(row, "amount")) for row in printed),
        ],
        *(
            ["The total includes the balance carried forward, which has not been spent."]
            if printed and carried
            else []
        ),
    )
    balances = (_called(row) for row in carried)
    totals = (words.BUDGET_TOTAL[row.total] for row in printed)
    return made.titled(largest(made, "Amount", "spend", "went on", *balances, *totals))


def _printed(data: YearData) -> str:
    """Return the year as the Board's budget heads its column, 2013/14."""
    return str(data.year).replace("-", "/")
