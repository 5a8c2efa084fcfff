"""The Board's membership."""

from hypothesis import given

from hscb_report.calculations import membership
from hscb_report.schema.board import Membership
from tests.strategies import membership as drawn_membership


def test_twenty_one_roles_are_held_by_twenty_three_people(tables):
    """Three lay members share one role."""
    assert membership.seats(tables[Membership]).value == 21
    assert membership.people(tables[Membership]).value == 23


@given(drawn_membership)
def test_people_are_the_sum_over_all_roles(rows):
    """A role is a seat though nobody holds it."""
    assert membership.people(rows).value == sum(row.people for row in rows)
    assert membership.seats(rows).value == len(rows)
    places = tuple(row.place for row in rows)
    assert membership.people(rows).rows == membership.seats(rows).rows == places
