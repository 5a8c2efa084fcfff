"""Rule 4: what one year carries forward, the next brings forward."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hscb_report.report import check_year
from hscb_report.rules import Context, all_rules, run_rules
from hscb_report.schema.finance import FundBalance
from tests.strategies import placed

BALANCES = "2012-13/fund_balances.csv"
HEADER = "balance,amount,source,locator,basis,as_printed,note\n"


def balances(**amounts):
    rows = [{"balance": name, "amount": Decimal(pounds)} for name, pounds in amounts.items()]
    return placed(BALANCES, rows, FundBalance)


def continuity(tables, before):
    rule = next(rule for rule in all_rules(Context(balances_before=before)) if rule.code == "R4")
    return run_rules([rule], tables)[0]


def test_a_balance_brought_forward_as_it_was_carried_forward_passes(tables):
    result = continuity(tables, balances(brought_forward=1, carried_forward=39306))
    assert (result.outcome, result.findings) == ("passed", ())


def test_another_balance_is_an_error_at_the_amount_brought_forward(tables):
    result = continuity(tables, balances(brought_forward=39306, carried_forward="39305.99"))
    (found,) = result.findings
    assert (found.rule, found.severity) == ("R4", "error")
    assert (found.file, found.row, found.column) == ("2013-14/fund_balances.csv", 2, "amount")
    assert found.found == "39306"
    assert "£39,305.99" in found.message
    assert "fund_balances.csv row 3" in found.message


@pytest.mark.parametrize("before", [(), balances(brought_forward=39306)])
def test_without_a_balance_of_the_year_before_the_rule_is_not_run(tables, before):
    assert continuity(tables, before).outcome == "not_run"


def test_a_balance_not_brought_forward_is_not_run(tables):
    """There is nothing to compare; a missing balance is no contradiction."""
    without = replace(tables, fund_balances=tables.fund_balances[1:])
    assert continuity(without, balances(carried_forward=39306)).outcome == "not_run"


def outcome_with(data, rows):
    (data / "2012-13").mkdir()
    (data / BALANCES).write_text(HEADER + "".join(f"{row},ar,L1,verbatim,,\n" for row in rows))
    checks = check_year("2013-14", data)
    return next(result for result in checks.results if result.rule.code == "R4")


@pytest.mark.parametrize(("amount", "outcome"), [("39306", "passed"), ("40000", "failed")])
def test_the_year_before_is_read_from_its_own_folder(data, amount, outcome):
    assert outcome_with(data, [f"carried_forward,{amount}"]).outcome == outcome


@pytest.mark.parametrize(
    "rows",
    [
        ["carried_forward,lots"],
        ["carried_forward,39306", "carried_forward,40000"],
        [],
    ],
    ids=["an amount that is none", "two balances of one name", "no rows"],
)
def test_a_damaged_year_before_is_not_compared_with(data, rows):
    """Its own check tells what is wrong; here the rule is not run, and is not defective."""
    result = outcome_with(data, rows)
    assert (result.outcome, result.findings) == ("not_run", ())
