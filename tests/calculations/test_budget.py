"""The budget: what came in, what was spent, and who bears it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import budget
from hscb_report.figures import MISSING, cell
from hscb_report.schema.finance import Contribution, Expenditure, FundBalance, OtherIncome
from hscb_report.schema.measurements import Measurement
from tests.made_up import placed
from tests.strategies import (
    contributions,
    expenditure,
    few,
    fund_balances,
    help_in_kind,
    measurements,
    other_income,
    with_agreed,
)

TO_THE_PENNY = Decimal("1e-12")
COUNCIL = "herefordshire_council"


def children_of(rows, area):
    """Return the latest number of children in an area, missing where there is none."""
    own = [row for row in rows if (row.measure, row.area) == ("under_18", area)]
    latest = max(own, key=lambda row: row.period, default=None)
    return cell(latest, "value") if latest else MISSING


# The account of 2013-14 -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agency", "pounds"),
    [
        ("herefordshire_council", 127016),
        ("nhs_herefordshire", 45203),
        ("west_mercia_police", 30165),
        ("youth_offending_service", 645),
        ("west_mercia_probation", 4612),
        ("cafcass", 550),
        ("hoople", None),
    ],
)
def test_an_agency_paid_what_the_source_prints_and_one_not_listed_is_missing(
    tables, agency, pounds
):
    """Not listed is missing, not zero."""
    paid = tables[Contribution]
    assert budget.contribution_of(paid, agency).value == pounds
    assert budget.contribution_of(paid, agency).lacks == (
        () if pounds is not None else (f'agency "{agency}"',)
    )
    share = budget.share_of_contributions(paid, agency).value
    assert share == (None if pounds is None else Decimal(pounds) / 208191)


def test_the_account_is_that_of_the_source(tables):
    paid, spent, balances = tables[Contribution], tables[Expenditure], tables[FundBalance]
    assert budget.total_income(paid, balances).value == 247497
    assert budget.total_expenditure(spent, balances).value == 247497
    assert budget.balance(balances, "brought_forward").value == 39306
    assert budget.balance(balances, "carried_forward").value == 26979
    assert [int(row.amount) for row in spent] == [*(22000, 142512, 7478, 20192, 20928, 778, 6630)]


def test_what_the_source_never_states_is_worked_out_from_it(tables):
    paid, spent = tables[Contribution], tables[Expenditure]
    assert budget.contributions_total(paid).value == 208191
    assert budget.contributors(paid).value == 6
    assert budget.spend(spent).value == 220518
    assert budget.in_year_deficit(paid, spent).value == 12327
    assert budget.in_year_balance(paid, spent).value == -12327


def test_a_share_names_its_denominator(tables):
    """The Council pays 61.01 % of contributions, which is 51.32 % of all income."""
    paid, spent, balances = tables[Contribution], tables[Expenditure], tables[FundBalance]
    council = "herefordshire_council"
    shares = (
        budget.share_of_contributions(paid, council),
        budget.share_of_income(paid, balances, council),
        budget.share_of_spend(spent, "Business Unit Staff and Costs"),
        budget.largest_share(paid, 1),
        budget.largest_share(paid, 3),
    )
    percent = [round(share.value * 100, 2) for share in shares]
    assert budget.spend_on(spent, "Business Unit Staff and Costs").value == 142512
    assert budget.share_of_spend(spent, "Rent").lacks == ('line "Rent"',)
    assert percent == [Decimal(told) for told in ("61.01", "51.32", "64.63", "61.01", "97.21")]


@pytest.mark.parametrize(
    ("heading", "pounds"),
    [
        ("case_reviews", 20928),
        ("training", 20192),
        ("other", 179398),
        ("child_death_reviews", None),
    ],
)
def test_spend_under_a_heading_is_that_of_its_lines_and_missing_without_a_line(
    tables, heading, pounds
):
    """No line for child death reviews is missing, not nought; the file is still named."""
    found = budget.spend_under(iter(tables[Expenditure]), heading)
    assert (found.value, found.files) == (pounds, ("2013-14/expenditure.csv",))
    assert found.lacks == (() if pounds is not None else (f'statutory_heading "{heading}"',))


def test_pounds_per_child_are_over_the_population_under_18(tables):
    children = children_of(tables[Measurement], "Herefordshire")
    cost = budget.cost_per_child(tables[Expenditure], children)
    assert cost.value == Decimal(220518) / 36100
    assert cost.files == ("2013-14/expenditure.csv", "2013-14/measurements.csv")
    paid = budget.contribution_per_child(tables[Contribution], children)
    assert paid.value == Decimal(208191) / 36100
    assert paid.files == ("2013-14/contributions.csv", "2013-14/measurements.csv")


# Any account ------------------------------------------------------------------------------------


def test_who_paid_nothing_is_no_contributor_and_a_line_of_nothing_is_nought(tables):
    unpaid = tables[Contribution][0].model_copy(update={"amount": Decimal(0)})
    assert budget.contributors((unpaid, *tables[Contribution][1:])).value == 5
    line = tables[Expenditure][0].model_copy(
        update={"statutory_heading": "child_death_reviews", "amount": Decimal(0)}
    )
    assert budget.spend_under([line], "child_death_reviews").value == 0


def summed(rows):
    """Return the sum of the amounts of some rows, None of none."""
    return sum(row.amount for row in rows) if rows else None


@given(contributions, expenditure, fund_balances, st.randoms(use_true_random=False))
def test_the_account_sums_up_from_its_own_rows_in_any_order(paid, spent, balances, random):
    """A balance brought forward is income and no contribution; one carried forward no spend.

    Of a side without any line nothing is known: it is missing, not nought, and so is its total.
    """
    paid_in, spent_out = (random.sample(rows, len(rows)) for rows in (paid, spent))
    forward, carried = balances
    income = budget.total_income(iter(paid_in), balances[::-1])
    assert income.value == (summed(paid) + forward.amount if paid else None)
    assert income.rows == tuple(sorted(row.place for row in (*paid, forward)))
    account = budget.total_expenditure(iter(spent_out), balances[::-1])
    assert account.value == (summed(spent) + carried.amount if spent else None)
    assert account.rows == tuple(sorted(row.place for row in (*spent, carried)))
    deficit = budget.in_year_deficit(paid_in, spent_out)
    assert deficit == -budget.in_year_balance(paid, spent)
    assert deficit.value == (summed(spent) - summed(paid) if paid and spent else None)
    assert budget.spend(iter(spent)).value == summed(spent)
    assert budget.contributions_total(iter(paid)).value == summed(paid)
    payers = [row for row in paid if row.amount]
    assert budget.contributors(iter(paid)).value == (len(payers) if paid else None)
    assert budget.spend_under(spent_out, "other").value == summed(spent)


@given(contributions, expenditure)
def test_shares_sum_to_one_or_are_missing_the_largest_first(paid, spent):
    """Each comes from every row of its denominator; the rows given stay as they are."""
    for rows, shares_of in ((paid, budget.contribution_shares), (spent, budget.spend_shares)):
        given_rows = list(rows)
        shares = shares_of(given_rows)
        assert given_rows == list(rows)
        assert [share.amount.value for share in shares] == sorted(
            (row.amount for row in rows), reverse=True
        )
        for share in shares:
            assert share.share.rows == tuple(sorted(row.place for row in rows))
            assert share.amount.rows == (share.row.place,)
            assert share.amount.value == share.row.amount
        parts = [share.share.value for share in shares]
        if sum(row.amount for row in rows):
            assert abs(sum(parts) - 1) < TO_THE_PENNY
        else:
            assert set(parts) <= {None}


@given(contributions.filter(lambda rows: any(row.amount for row in rows)), st.integers(1, 8))
def test_the_largest_share_grows_to_all(rows, number):
    """Each further contributor adds to the share, and all of them pay it all."""
    whole = sum(row.amount for row in rows)
    largest = sorted((row.amount for row in rows), reverse=True)
    less, more = (budget.largest_share(rows, n).value for n in (number, number + 1))
    assert abs(less - sum(largest[:number]) / whole) < TO_THE_PENNY
    assert less <= more <= 1 + TO_THE_PENNY
    assert abs(budget.largest_share(rows, len(rows)).value - 1) < TO_THE_PENNY


@few
@given(contributions, expenditure, measurements)
def test_without_children_pounds_per_child_are_missing(paid, spent, values):
    """Or without pounds, or where there are no children."""
    children = children_of(values, "Here")
    for pounds, found in (
        (summed(spent), budget.cost_per_child(iter(spent), children)),
        (summed(paid), budget.contribution_per_child(iter(paid), children)),
    ):
        is_known = pounds is not None and children.value
        expected = pounds / children.value if is_known else None
        assert set(found.rows) >= set(children.rows)
        assert found.value == expected


# Other income, and help in kind ---------------------------------------------------------------


@given(contributions, other_income, expenditure, fund_balances)
def test_other_income_is_income_and_no_contribution(paid, other, spent, balances):
    """It may be below zero, where more was paid back; a board that lists none has none."""
    came_in = summed(paid) + (summed(other) or 0) if paid else None
    assert budget.other_income_total(iter(other)).value == summed(other)
    assert budget.in_year_income(iter(paid), iter(other)).value == came_in
    income = budget.total_income(iter(paid), balances, iter(other))
    assert income.value == (came_in + balances[0].amount if paid else None)
    assert income.rows == tuple(sorted(row.place for row in (*paid, *other, balances[0])))
    left = budget.in_year_balance(paid, spent, other)
    assert left.value == (came_in - summed(spent) if paid and spent else None)
    assert budget.in_year_deficit(paid, spent, iter(other)) == -left
    if not other:
        assert budget.in_year_income(paid) == budget.contributions_total(paid)
        assert income == budget.total_income(paid, balances)
        assert left == budget.in_year_balance(paid, spent)


def test_a_share_of_all_income_is_smaller_where_other_income_came_in(tables):
    paid, balances, council = (*(tables[t] for t in (Contribution, FundBalance)), COUNCIL)
    other = lines_of_other_income(Charges=2503)
    share = budget.share_of_income(paid, balances, council, other)
    assert share.value == Decimal(127016) / 250000
    assert budget.other_income_from(other, "Charges").value == 2503
    assert budget.other_income_from(other, "Grant").lacks == ('line "Grant"',)


@given(help_in_kind)
def test_help_without_a_value_is_no_nought(given_help):
    """Of help of which no value is told at all, none is known."""
    told = [row for row in given_help if row.value is not None]
    value = budget.help_in_kind_value(iter(given_help))
    assert value.value == (sum(row.value for row in told) if told else None)
    assert value.rows == tuple(row.place for row in told)


# Budget beside actual -------------------------------------------------------------------------


def lines_of_other_income(**amounts):
    rows = [{"line": line, "kind": "grant", "amount": Decimal(a)} for line, a in amounts.items()]
    return placed("2013-14/other_income.csv", rows, OtherIncome)


def whole(rows, column):
    """Return the sum of a column, None where a row lacks it."""
    found = [getattr(row, column) for row in rows]
    return None if None in found else sum(found)


@given(with_agreed(contributions), with_agreed(other_income), with_agreed(expenditure))
def test_what_was_agreed_is_told_where_every_line_has_it(paid, other, spent):
    """Where no line has it nothing was agreed: then no row gives it, and no number is told."""
    income = (*paid, *other)
    for rows, column, found in (
        (income, "budget", budget.budgeted_income(iter(paid), iter(other))),
        (spent, "budget", budget.budgeted_spend(iter(spent))),
        (income, "next_year", budget.next_year_income(iter(paid), iter(other))),
        (spent, "next_year", budget.next_year_spend(iter(spent))),
    ):
        is_begun = any(getattr(row, column) is not None for row in rows)
        is_known = is_begun and (rows is spent or paid)
        assert found.value == (whole(rows, column) if is_known else None)
        assert found.rows == (tuple(sorted(row.place for row in rows)) if is_begun else ())
        assert found.files or not is_begun


@given(with_agreed(contributions), with_agreed(other_income), with_agreed(expenditure))
def test_what_differs_from_the_budget_is_actual_less_agreed(paid, other, spent):
    for actual, agreed, found in (
        (
            budget.in_year_income(paid, other),
            budget.budgeted_income(paid, other),
            budget.income_against_budget(paid, other),
        ),
        (budget.spend(spent), budget.budgeted_spend(spent), budget.spend_against_budget(spent)),
    ):
        assert found == (actual - agreed if agreed.rows else MISSING)


@given(
    with_agreed(contributions), with_agreed(other_income), with_agreed(expenditure), fund_balances
)
def test_the_next_year_ends_with_what_is_left_and_what_is_added(paid, other, spent, balances):
    income, spend = (
        budget.next_year_income(paid, other),
        budget.next_year_spend(spent),
    )
    added = budget.next_year_balance(iter(paid), iter(spent), iter(other))
    assert added == income - spend
    left = budget.next_year_carried_forward(iter(paid), iter(spent), balances, iter(other))
    if added.value is None:
        assert left.value is None
        assert bool(left.files) == bool(added.files)
    else:
        assert left.value == balances[1].amount + added.value
        assert left.rows == tuple(sorted({*added.rows, balances[1].place}))


@given(with_agreed(contributions), with_agreed(other_income), with_agreed(expenditure))
def test_the_account_has_every_line_once_and_the_total_of_each_part(paid, other, spent):
    lines = list(budget.account(paid, other, spent))
    own = [line for line in lines if line.name != budget.TOTAL]
    assert [line.actual.value for line in own] == [r.amount for r in (*paid, *other, *spent)]
    for line in lines:
        assert line.difference == line.actual - line.budget
    totals = {line.part: line for line in lines if line.name == budget.TOTAL}
    for part, rows in (("Contributions", paid), ("Other income", other), ("Spend", spent)):
        assert (part in totals) == bool(rows)
        if rows:
            assert totals[part].actual.value == summed(rows)
            assert totals[part].budget.value == whole(rows, "budget")
            assert totals[part].next_year.value == whole(rows, "next_year")
    assert ("Income" in totals) == bool(other)
    if other:
        assert totals["Income"].actual == budget.in_year_income(paid, other)
        assert totals["Income"].budget == budget.budgeted_income(paid, other)
        assert totals["Income"].next_year == budget.next_year_income(paid, other)
    if spent:
        last = lines[-1]
        assert (last.part, last.name) == ("Income less spend", budget.TOTAL)
        assert last.actual == budget.in_year_balance(paid, spent, other)
        assert last.next_year == budget.next_year_balance(paid, spent, other)
        income, spend = budget.budgeted_income(paid, other), budget.budgeted_spend(spent)
        assert last.budget.value == (income - spend).value
