"""The covering report: its lists, and the sum of money that it names."""

from decimal import Decimal

import pytest

from hscb_report.calculations import budget, covering_report
from hscb_report.schema.finance import Contribution
from hscb_report.schema.scrutiny import CoveringItem
from tests import in_force
from tests.made_up import placed

FINANCIAL = in_force.COVERING_SECTION.meaning("contribution")


@pytest.mark.parametrize(
    ("section", "number"),
    [("recommendation", 4), ("priority", 4), ("focus", 8), ("consultee", 3), ("appendix", 2)],
)
def test_the_lists_are_those_of_the_source(tables, section, number):
    assert covering_report.items(tables[CoveringItem], (section,)).value == number


def test_the_amount_named_is_the_council_s_contribution_to_the_pound(tables):
    named = covering_report.amount_named(tables[CoveringItem], FINANCIAL)
    paid = budget.contribution_of(tables[Contribution], "herefordshire_council")
    assert named.value == paid.value == Decimal(127016)


def test_the_first_amount_of_the_financial_implications_counts():
    cells = (("legal", 1, 1), ("financial", 1, None), ("financial", 2, 2), ("financial", 3, 3))
    rows = placed(
        "2013-14/covering_report.csv",
        [
            {"section": section, "position": number, "text": "Text", "amount": amount}
            for section, number, amount in cells
        ],
        CoveringItem,
    )
    named = covering_report.amount_named(rows, FINANCIAL)
    assert (named.value, named.rows) == (2, (rows[2].place,))
    none = covering_report.amount_named(iter(rows[:2]), FINANCIAL)
    assert (none.value, none.searched) == (None, ("2013-14/covering_report.csv",))
    assert covering_report.amount_named(rows, ("legal", "financial")).value == 1
    assert covering_report.amount_named(rows, ()).value is None


def test_items_of_several_headings_are_counted_together_and_those_of_none_are_none(tables):
    rows = tables[CoveringItem]
    assert covering_report.items(iter(rows), ("recommendation", "focus")).value == 12
    assert covering_report.items(iter(rows), ()).value == 0
