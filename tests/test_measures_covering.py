"""The measures of the covering report."""

from decimal import Decimal

import pytest

from hscb_report.measures import budget, covering
from hscb_report.schema.scrutiny import CoveringItem
from tests.strategies import placed


@pytest.mark.parametrize(
    ("section", "number"),
    [("recommendation", 4), ("priority", 4), ("focus", 8), ("consultee", 3), ("appendix", 2)],
)
def test_the_lists_of_the_covering_report_are_those_of_the_source(tables, section, number):
    assert covering.items(tables.covering_report, section).value == number


def test_the_amount_named_is_the_council_s_contribution_to_the_pound(tables):
    named = covering.amount_named(tables.covering_report)
    assert named.value == Decimal(127016)
    paid = budget.contribution_of(tables.contributions, "herefordshire_council")
    assert named.value == paid.value


def item(section, position, amount):
    return {"section": section, "position": position, "text": "Text", "amount": amount}


def test_the_first_amount_of_the_financial_implications_counts():
    rows = placed(
        "2013-14/covering_report.csv",
        [
            item("legal", 1, Decimal(1)),
            item("financial", 1, None),
            item("financial", 2, Decimal(2)),
            item("financial", 3, Decimal(3)),
        ],
        CoveringItem,
    )
    assert covering.amount_named(rows).value == 2
    assert covering.amount_named(rows).rows == (rows[2].place,)
    assert covering.amount_named(rows[:2]).value is None
