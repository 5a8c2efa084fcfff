"""The budget: who pays, what it is spent on, what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hscb_report.calculations import agencies, budget
from hscb_report.checks.rule import (
    COMPARE,
    Breach,
    Breaches,
    NothingToCheck,
    Rule,
    addends,
    compared,
)
from hscb_report.figures import Figure, cell, one, sum_of
from hscb_report.results.chapter import APPENDICES, THE_DATA, Chapter, Page, notebook_page
from hscb_report.results.exhibit import Column, Exhibit, Quantity, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.results.measured import own_figure
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.board import Membership
from hscb_report.schema.finance import BudgetTotal, Contribution, Expenditure, FundBalance
from hscb_report.schema.measurements import MEASURING
from hscb_report.schema.reference import Agency
from hscb_report.units import PERCENT, POUNDS, WHOLE_POUNDS, count_of
from hscb_report.wording import slug


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    paid, spent, balances = data.tables[Contribution], data.tables[Expenditure], data.tables[FundBalance]
    council = data.local_authority
    called = {row.agency: row.organisation for row in paid}
    yield fact("budget.contributions", "Agencies' contributions", POUNDS, budget.contributions_total, paid)
    yield fact("budget.contributors", "Agencies that contributed", count_of("agencies"), budget.contributors, paid)
    yield fact("budget.brought_forward", "Brought forward", POUNDS, budget.balance, balances, "brought_forward")
    yield fact("budget.total_income", "Total income", POUNDS, budget.total_income, paid, balances)
    yield fact("budget.spend", "Spend in the year", POUNDS, budget.spend, spent)
    yield fact("budget.carried_forward", "Carried forward", POUNDS, budget.balance, balances, "carried_forward")
    yield fact("budget.total_expenditure", "Spend and carried forward", POUNDS, budget.total_expenditure, spent, balances)
    yield fact("budget.in_year_balance", "Contributions less spend", POUNDS, budget.in_year_balance, paid, spent)
    yield fact("budget.in_year_deficit", "Spend less contributions", POUNDS, budget.in_year_deficit, paid, spent)
    if council:
        yield fact("budget.council_contribution", "The Council's contribution", POUNDS, budget.contribution_of, paid, council)
        yield fact("budget.council_share_of_contributions", "The Council's share of contributions", PERCENT, budget.share_of_contributions, paid, council)
        yield fact("budget.council_share_of_income", "The Council's share of all income", PERCENT, budget.share_of_income, paid, balances, council)
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
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the budget chapter and of its appendix."""
    yield _shares(
        "contribution-shares",
        f"Agencies' contributions and their share of all contributions, {data.year}",
        "Agency",
        "Contribution",
        [
            (s.row.organisation, s.amount, s.share)
            for s in budget.contribution_shares(data.tables[Contribution])
        ],
        "The denominator is all contributions; the balance brought forward is not a contribution.",
    )
    yield _shares(
        "spend-shares",
        f"Spend and its share of all spend, {data.year}",
        "Spend on",
        "Spend",
        [
            (share.row.line, share.amount, share.share)
            for share in budget.spend_shares(data.tables[Expenditure])
        ],
        "The denominator is all spend; the balance carried forward is not spend.",
    )
    yield exhibit(
        "budget-balance",
        f"From the balance brought forward to the balance carried forward, {data.year}",
        (Column("Step"), Column("Amount", POUNDS)),
        (
            ("Brought forward", budget.balance(data.tables[FundBalance], "brought_forward")),
            ("Contributions", budget.contributions_total(data.tables[Contribution])),
            ("Spend", -budget.spend(data.tables[Expenditure])),
            ("Carried forward", budget.balance(data.tables[FundBalance], "carried_forward")),
        )
        if data.tables[FundBalance]
        else (),
        "Spend is shown as a negative amount: the four add up.",
    )
    yield _headings(data)
    yield _burden(data)
    yield _income(data)
    yield _expenditure(data)


def _headings(data: YearData) -> Exhibit:
    whole = budget.spend(data.tables[Expenditure])
    rows = [
        (label, budget.spend_under(data.tables[Expenditure], heading))
        for heading, label in data.vocabulary(words.STATUTORY_HEADING).items()
    ]
    return exhibit(
        "spend-by-heading",
        f"Spend by statutory heading, {data.year}",
        (Column("Statutory heading"), Column("Spend", POUNDS), Column("Share", PERCENT)),
        [
            *((label, spent, spent / whole) for label, spent in rows),
            ("Total", whole, whole / whole),
        ]
        if data.tables[Expenditure]
        else [],
        f"{'Which line belongs under which heading is our coding. ' * data.is_reconstruction}"
        "Not stated is not zero: the cost may be inside another line.",
    )


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
        told = f"the number of children is{exact} of {children.period}."
        notes.insert(0, f"Per child is a rough size: {told}")
    return exhibit(
        "contribution-burden",
        f"How the burden of contributions is shared, {data.year}",
        (Column("Measure"), Column("Value", mixed=True)),
        rows if paid else [],
        *notes,
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
    return exhibit(label, caption, columns, [*shares, ("Total", *totals)] if shares else [], note)


def _income(data: YearData) -> Exhibit:
    brought = [row for row in data.tables[FundBalance] if row.balance == "brought_forward"]
    printed = [row for row in data.tables[BudgetTotal] if row.total == "income"]
    return exhibit(
        "budget-income",
        f"Income{' as the Board prints it' * data.is_reconstruction}, {data.year}",
        (Column("Agency contributions"), Column(_printed(data), POUNDS, usual="Amount")),
        [
            *((row.organisation, cell(row, "amount")) for row in data.tables[Contribution]),
            *((_called(row), cell(row, "amount")) for row in brought),
            *((words.BUDGET_TOTAL[row.total], cell(row, "amount")) for row in printed),
        ],
        *(
            f'"{row.called}" on this side is the balance brought forward from the year before.'
            for row in brought
            if row.called
        ),
    )


def _called(row: FundBalance) -> str:
    return row.called or words.BALANCE[row.balance]


def _expenditure(data: YearData) -> Exhibit:
    carried = [row for row in data.tables[FundBalance] if row.balance == "carried_forward"]
    printed = [row for row in data.tables[BudgetTotal] if row.total == "expenditure"]
    return exhibit(
        "budget-expenditure",
        f"Expenditure{' as the Board prints it' * data.is_reconstruction}, {data.year}",
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


def _printed(data: YearData) -> str:
    """Return the year as the Board's budget heads its column, 2013/14."""
    return str(data.year).replace("-", "/")


_ACCOUNT = (Contribution, Expenditure, FundBalance, BudgetTotal)


def _income_adds_up(data: YearData) -> Breaches:
    worked_out = budget.total_income(data.tables[Contribution], data.tables[FundBalance])
    yield from _against_printed(data, "income", worked_out, "contributions and brought forward")


def _expenditure_adds_up(data: YearData) -> Breaches:
    worked_out = budget.total_expenditure(data.tables[Expenditure], data.tables[FundBalance])
    yield from _against_printed(data, "expenditure", worked_out, "spend and carried forward")


def _against_printed(data: YearData, which: str, worked_out: Figure, what: str) -> Breaches:
    printed = one(data.tables[BudgetTotal], "amount", lambda row: row.total == which)
    compared(printed, worked_out)
    for row in data.tables[BudgetTotal]:
        if row.total == which and row.amount != worked_out.value:
            yield Breach(
                f"{what} come to {POUNDS.text(worked_out)} ({addends(worked_out)}), "
                f"the stated total is {POUNDS.text(cell(row, 'amount'))}.",
                COMPARE,
                row.place,
                "amount",
                str(row.amount),
            )


def _totals_agree(data: YearData) -> Breaches:
    printed = {row.total: row for row in data.tables[BudgetTotal]}
    if not {"income", "expenditure"} <= set(printed):
        raise NothingToCheck
    income, expenditure = printed["income"], printed["expenditure"]
    if income.amount != expenditure.amount:
        yield Breach(
            f"total income is {POUNDS.text(cell(income, 'amount'))} (row {income.place.row}), "
            f"total expenditure {POUNDS.text(cell(expenditure, 'amount'))}.",
            COMPARE,
            expenditure.place,
            "amount",
            str(expenditure.amount),
        )


def _balance_explains_deficit(data: YearData) -> Breaches:
    drawn = budget.balance(data.tables[FundBalance], "brought_forward") - budget.balance(
        data.tables[FundBalance], "carried_forward"
    )
    deficit = budget.in_year_deficit(data.tables[Contribution], data.tables[Expenditure])
    compared(drawn, deficit)
    if drawn.value != deficit.value:
        yield Breach(
            f"the balance fell by {POUNDS.text(drawn)} ({addends(drawn)}), but spend "
            f"exceeds contributions by {POUNDS.text(deficit)} ({addends(deficit)}).",
            COMPARE,
            data.tables[FundBalance][0].place,
            "amount",
        )


def _balance_continues(data: YearData) -> Breaches:
    before = data.year_before
    left = budget.balance(before.tables[FundBalance] if before else (), "carried_forward")
    found = budget.balance(data.tables[FundBalance], "brought_forward")
    compared(left, found)
    if left.value != found.value:
        yield Breach(
            f"the year before carried {POUNDS.text(left)} forward ({addends(left)}).",
            COMPARE,
            found.rows[0],
            "amount",
            str(found.value),
        )


def _lines_are_told_apart(data: YearData) -> Breaches:
    seen: dict[str, Expenditure] = {}
    for row in data.tables[Expenditure]:
        first = seen.setdefault(slug(row.line), row)
        if first is not row or not slug(row.line):
            like = f"reads like row {first.place.row}" if first is not row else "has no letter a-z"
            what = f"the line {like} in the names of facts (budget.spend_{slug(row.line)})."
            hint = "Word the line otherwise, so that it differs in letters or digits."
            yield Breach(what, hint, row.place, "line", row.line)


_RULES = (
    Rule(
        "R1",
        "Contributions and brought forward make total income",
        "error",
        (Contribution, FundBalance, BudgetTotal),
        _income_adds_up,
    ),
    Rule(
        "R2",
        "Spend and carried forward make the stated total",
        "error",
        (Expenditure, FundBalance, BudgetTotal),
        _expenditure_adds_up,
    ),
    Rule("R3", "Total income and total expenditure agree", "error", (BudgetTotal,), _totals_agree),
    Rule(
        "R4",
        "What one year carries forward, the next brings forward",
        "error",
        (FundBalance,),
        _balance_continues,
    ),
    Rule(
        "R39",
        "The lines of the budget can be told apart by their letters and digits",
        "error",
        (Expenditure,),
        _lines_are_told_apart,
    ),
    Rule(
        "R5",
        "The balance falls by what spend exceeds contributions",
        "error",
        _ACCOUNT[:3],
        _balance_explains_deficit,
    ),
)


CHAPTER = Chapter(
    name="budget",
    title="Budget",
    pages=(notebook_page("budget", THE_DATA), Page("pages/appendix-budget", APPENDICES)),
    about=(Contribution, Expenditure),
    reads=(*_ACCOUNT, Agency, Membership, *MEASURING),
    facts=facts,
    exhibits=exhibits,
    rules=_RULES,
)
