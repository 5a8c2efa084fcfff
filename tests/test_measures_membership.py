"""The measures of membership."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.measures import membership
from tests.strategies import membership as drawn_membership


def test_twenty_one_roles_are_held_by_twenty_three_people(tables):
    """Three lay members share one role."""
    assert membership.seats(tables.membership).value == 21
    assert membership.people(tables.membership).value == 23


@given(drawn_membership, st.randoms(use_true_random=False))
def test_people_are_the_sum_over_roles_in_any_order_and_rows_are_not_changed(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    before = list(mixed)
    assert membership.people(mixed).value == sum(row.people for row in rows)
    assert membership.seats(mixed).value == len(rows)
    assert mixed == before


@given(drawn_membership)
def test_people_come_from_every_row(rows):
    assert membership.people(rows).rows == tuple(sorted(row.place for row in rows))
