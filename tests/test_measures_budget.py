"""The budget's measures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import budget
from tests.strategies import (
    contributions,
    expenditure,
    fund_balances,
    population,
    some_contributions,
    some_expenditure,
)

TO_THE_PENNY = Decimal("1e-20")


def shuffled(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    return tuple(mixed)


@pytest.mark.parametrize(
    ("agency", "pounds"),
    [
        ("herefordshire_council", 127016),
        ("nhs_herefordshire", 45203),
        ("west_mercia_police", 30165),
        ("youth_offending_service", 645),
        ("west_mercia_probation", 4612),
        ("cafcass", 550),
    ],
)
def test_an_agency_paid_what_the_source_prints(tables, agency, pounds):
    assert budget.contribution_of(tables.contributions, agency).value == pounds


def test_the_account_is_that_of_the_source(tables):
    income = budget.total_income(tables.contributions, tables.fund_balances)
    spent = budget.total_expenditure(tables.expenditure, tables.fund_balances)
    assert income.value == spent.value == 247497
    assert budget.balance(tables.fund_balances, "brought_forward").value == 39306
    assert budget.balance(tables.fund_balances, "carried_forward").value == 26979


def test_the_expenditure_lines_are_those_of_the_source(tables):
    assert [int(row.amount) for row in tables.expenditure] == [
        *(22000, 142512, 7478, 20192, 20928, 778, 6630)
    ]


def test_what_the_source_never_states_is_worked_out_from_it(tables):
    assert budget.contributions_total(tables.contributions).value == 208191
    assert budget.contributors(tables.contributions).value == 6
    assert budget.spend(tables.expenditure).value == 220518
    assert budget.in_year_deficit(tables.contributions, tables.expenditure).value == 12327
    assert budget.in_year_balance(tables.contributions, tables.expenditure).value == -12327


def test_a_share_names_its_denominator(tables):
    """The Council pays 61.01 % of contributions, which is 51.32 % of all income."""
    of_contributions = budget.share_of_contributions(tables.contributions, "herefordshire_council")
    of_income = budget.share_of_income(
        tables.contributions, tables.fund_balances, "herefordshire_council"
    )
    unit = budget.share_of_spend(tables.expenditure, "Business Unit Staff and Costs")
    assert round(of_contributions.value * 100, 2) == Decimal("61.01")
    assert round(of_income.value * 100, 2) == Decimal("51.32")
    assert round(unit.value * 100, 2) == Decimal("64.63")


def test_the_balance_lasts_two_years_at_this_deficit(tables):
    years = budget.runway_years(tables.contributions, tables.expenditure, tables.fund_balances)
    assert round(years.value, 2) == Decimal("2.19")


def test_the_cost_per_child_is_spend_over_the_population_under_18(tables):
    cost = budget.cost_per_child(tables.expenditure, tables.measure_values, "Herefordshire")
    assert cost.value == Decimal(220518) / 36100
    assert {place.file for place in cost.rows} == {
        "2013-14/expenditure.csv",
        "2013-14/measure_values.csv",
    }


def test_the_largest_share_comes_first(tables):
    amounts = [share.amount.value for share in budget.contribution_shares(tables.contributions)]
    assert amounts == sorted(amounts, reverse=True)
    assert budget.spend_shares(tables.expenditure)[0].row.line == "Business Unit Staff and Costs"


def test_an_agency_that_is_not_listed_has_no_contribution(tables):
    """Not listed is missing, not zero."""
    assert budget.contribution_of(tables.contributions, "hoople").value is None
    assert budget.share_of_contributions(tables.contributions, "hoople").value is None


def test_an_agency_that_paid_nothing_is_no_contributor(tables):
    unpaid = tables.contributions[0].model_copy(update={"amount": Decimal(0)})
    assert budget.contributors((unpaid, *tables.contributions[1:])).value == 5


@given(contributions)
def test_contributions_sum_to_their_total_and_it_comes_from_every_row(rows):
    found = budget.contributions_total(rows)
    assert found.value == sum(row.amount for row in rows)
    assert found.rows == tuple(sorted(row.place for row in rows))


@given(expenditure, fund_balances)
def test_spend_and_carried_forward_make_the_total_from_their_own_rows(rows, balances):
    found = budget.total_expenditure(rows, balances)
    assert found.value == sum(row.amount for row in rows) + balances[1].amount
    assert found.rows == tuple(sorted([*(row.place for row in rows), balances[1].place]))


@given(contributions, fund_balances)
def test_income_comes_from_the_contributions_and_the_balance_brought_forward_alone(rows, balances):
    found = budget.total_income(rows, balances)
    assert found.value == sum(row.amount for row in rows) + balances[0].amount
    assert balances[0].place in found.rows
    assert balances[1].place not in found.rows


@given(some_contributions)
def test_shares_of_contributions_sum_to_one(rows):
    shares = [share.share.value for share in budget.contribution_shares(rows)]
    if any(row.amount for row in rows):
        assert abs(sum(shares) - 1) < TO_THE_PENNY
        assert all(0 <= share <= 1 for share in shares)
    else:
        assert set(shares) == {None}


@given(some_expenditure)
def test_shares_of_spend_sum_to_one_or_are_missing(rows):
    shares = [share.share.value for share in budget.spend_shares(rows)]
    if any(row.amount for row in rows):
        assert abs(sum(shares) - 1) < TO_THE_PENNY
    else:
        assert set(shares) == {None}


@given(some_contributions)
def test_each_share_comes_from_every_row_of_its_denominator(rows):
    for share in budget.contribution_shares(rows):
        assert share.share.rows == tuple(sorted(row.place for row in rows))
        assert share.amount.rows == (share.row.place,)


@given(contributions, expenditure, fund_balances, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(paid, spent, balances, random):
    mixed = shuffled(paid, random), shuffled(spent, random), shuffled(balances, random)
    assert budget.runway_years(*mixed) == budget.runway_years(paid, spent, balances)
    assert budget.total_income(mixed[0], mixed[2]) == budget.total_income(paid, balances)
    assert [share.share.value for share in budget.contribution_shares(mixed[0])] == [
        share.share.value for share in budget.contribution_shares(paid)
    ]


@given(some_contributions)
def test_the_rows_given_are_not_changed(rows):
    before = [(row.place, row.amount) for row in rows]
    kept = list(rows)
    budget.contribution_shares(kept)
    assert [(row.place, row.amount) for row in kept] == before


@given(contributions, expenditure)
def test_deficit_and_balance_of_the_year_are_opposites(paid, spent):
    deficit = budget.in_year_deficit(paid, spent).value
    assert deficit == -budget.in_year_balance(paid, spent).value


@given(contributions, expenditure, fund_balances)
def test_a_balance_runs_out_only_where_there_is_a_deficit(paid, spent, balances):
    years = budget.runway_years(paid, spent, balances).value
    deficit = budget.in_year_deficit(paid, spent).value
    assert (years is None) == (deficit <= 0)
    assert years is None or abs(years * deficit - balances[1].amount) < Decimal("0.000001")


@given(expenditure, population)
def test_no_children_give_a_missing_cost_per_child(spent, values):
    cost = budget.cost_per_child(spent, values, "Here")
    assert (cost.value is None) == (values[0].value == 0)


# Burden and headings --------------------------------------------------------------------------


def test_three_contributors_pay_nearly_all(tables):
    """£202,384 of £208,191, by the council, NHS Herefordshire and the police."""
    assert budget.largest_share(tables.contributions, 3).value == pytest.approx(
        Decimal(202384) / 208191
    )
    assert budget.largest_share(tables.contributions, 1).value == Decimal(127016) / 208191


def test_the_concentration_of_the_contributions_is_that_worked_out_by_hand(tables):
    assert round(budget.concentration(tables.contributions).value, 6) == Decimal("0.440857")


@given(some_contributions, st.integers(1, 8))
def test_the_largest_share_grows_to_all(rows, number):
    """Each further contributor adds to the share, and all of them pay it all."""
    if not any(row.amount for row in rows):
        assert budget.largest_share(rows, number).value is None
        return
    less, more = (budget.largest_share(rows, n).value for n in (number, number + 1))
    assert 0 < less <= more <= 1 + TO_THE_PENNY
    assert abs(budget.largest_share(rows, len(rows)).value - 1) < TO_THE_PENNY
    top = sum(sorted((row.amount for row in rows), reverse=True)[:number])
    assert abs(less - top / sum(row.amount for row in rows)) < TO_THE_PENNY


@given(some_contributions)
def test_concentration_lies_between_one_over_the_contributors_and_one(rows):
    found = budget.concentration(rows).value
    if not any(row.amount for row in rows):
        assert found is None
        return
    paying = budget.contributors(rows).value
    assert Decimal(1) / paying - TO_THE_PENNY <= found <= 1 + TO_THE_PENNY


def test_one_contributor_is_all_the_concentration_there_is(tables):
    assert budget.concentration(tables.contributions[:1]).value == 1


def test_equal_contributors_are_the_least_concentration(tables):
    equal = [row.model_copy(update={"amount": Decimal(7)}) for row in tables.contributions[:4]]
    assert budget.concentration(equal).value == Decimal("0.25")


@pytest.mark.parametrize(
    ("heading", "pounds"),
    [
        ("case_reviews", 20928),
        ("training", 20192),
        ("other", 179398),
        ("child_death_reviews", None),
    ],
)
def test_spend_under_a_statutory_heading_is_that_of_its_lines(tables, heading, pounds):
    """No line for child death reviews is missing, not nought (I-10)."""
    assert budget.spend_under(tables.expenditure, heading).value == pounds


def test_a_line_of_nothing_is_nought_and_no_line_is_missing(tables):
    line = tables.expenditure[0].model_copy(
        update={"statutory_heading": "child_death_reviews", "amount": Decimal(0)}
    )
    assert budget.spend_under([line], "child_death_reviews").value == 0
    assert budget.spend_under([], "child_death_reviews").value is None


def test_the_headings_sum_to_all_spend(tables):
    headings = {row.statutory_heading for row in tables.expenditure}
    under = [budget.spend_under(tables.expenditure, heading).value for heading in headings]
    assert sum(under) == budget.spend(tables.expenditure).value == 220518


def test_the_contribution_per_child_is_contributions_over_the_population_under_18(tables):
    found = budget.contribution_per_child(
        tables.contributions, tables.measure_values, "Herefordshire"
    )
    assert found.value == Decimal(208191) / 36100
    assert {place.file for place in found.rows} == {
        "2013-14/contributions.csv",
        "2013-14/measure_values.csv",
    }


@given(contributions, population)
def test_no_children_give_a_missing_contribution_per_child(paid, values):
    found = budget.contribution_per_child(paid, values, "Here")
    assert (found.value is None) == (values[0].value == 0)
    assert budget.contribution_per_child(paid, values, "Elsewhere").value is None
