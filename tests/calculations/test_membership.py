"""The Board's membership."""

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.calculations import membership
from hscb_report.schema.board import Membership
from hscb_report.schema.reference import Agency
from tests.made_up import only_own, placed
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


# Since the year before ------------------------------------------------------------------------

AGENCIES = only_own(
    "reference/agencies.csv",
    [
        {"agency": code, "name": code.upper(), **cells}
        for code, cells in {
            "a": {"successor": "C"},
            "b": {"successor": "C"},
            "c": {},
            "d": {"part_of": "c"},
        }.items()
    ],
    Agency,
)


def seats(year, *rows):
    """Return a list of members, each an agency's code, a role and how many people have it."""
    cells = [
        {"agency": agency, "role": role, "people": people, "organisation": agency.upper()}
        for agency, role, people in rows
    ]
    return placed(f"{year}/membership.csv", cells, Membership)


def told(now, before):
    """Return each seat as who it is of, with its people before and now."""
    pairs = membership.seats_beside(AGENCIES, seats("2013-14", *now), seats("2012-13", *before))
    return [
        (
            seat.row.agency,
            seat.row.role,
            seat.before and seat.before.people,
            seat.now and seat.now.people,
        )
        for seat in pairs
    ]


def test_a_seat_is_an_agency_s_and_a_role_s():
    now = [("c", "Nurse", 2), ("d", "Nurse", 1)]
    before = [("c", "Doctor", 1), ("c", " nurse", 1), ("d", "Nurse", 1)]
    assert told(now, before) == [
        ("c", "Nurse", 1, 2),
        ("d", "Nurse", 1, 1),
        ("c", "Doctor", 1, None),
    ]


def test_the_seat_of_an_agency_goes_to_the_one_that_took_over_from_it():
    """Two seats become one: one of them has left. Being a part of an agency is no succession."""
    assert told([("c", "Nurse", 1)], [("a", "Nurse", 1), ("b", "Nurse", 1)]) == [
        ("c", "Nurse", 1, 1),
        ("b", "Nurse", 1, None),
    ]
    assert told([("c", "Nurse", 1)], [("d", "Nurse", 1)]) == [
        ("c", "Nurse", None, 1),
        ("d", "Nurse", 1, None),
    ]


def test_one_seat_goes_to_one_seat():
    """Though the successor writes the role in two ways."""
    now = [("c", "Nurse", 1), ("c", "nurse", 1)]
    assert told(now, [("a", "Nurse", 3)]) == [("c", "Nurse", 3, 1), ("c", "nurse", None, 1)]


def test_a_successor_s_own_seat_comes_before_one_that_it_took_over():
    found = told([("c", "Nurse", 1)], [("a", "Nurse", 3), ("c", "Nurse", 2)])
    assert found == [("c", "Nurse", 2, 1), ("a", "Nurse", 3, None)]


def test_without_a_list_of_the_year_before_nothing_is_said():
    now = seats("2013-14", ("a", "Nurse", 1))
    for count in (membership.joined, membership.left):
        assert (count(AGENCIES, now, ()).value, count(AGENCIES, now, ()).files) == (None, ())


listed = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(("Nurse", "Doctor")), st.just(1)),
    min_size=1,
    unique=True,
)


@given(listed, listed)
def test_who_joined_and_who_left_make_up_the_difference(now, before):
    """Recounted: seats now are those before, less those that left, and those that joined."""
    rows, then = seats("2013-14", *now), seats("2012-13", *before)
    joined = membership.joined(AGENCIES, rows, then)
    left = membership.left(AGENCIES, rows, then)
    assert len(now) == len(before) - left.value + joined.value
    assert {place.file for place in joined.rows} <= {"2013-14/membership.csv"}
    assert {place.file for place in left.rows} <= {"2012-13/membership.csv"}
    assert joined.files == left.files == ("2012-13/membership.csv", "2013-14/membership.csv")
    alone = {(a, r) for a, r, _ in before} & {(a, r) for a, r, _ in now}
    kept = {
        (s.now.agency, s.now.role)
        for s in membership.seats_beside(AGENCIES, rows, then)
        if s.now and s.before
    }
    assert alone <= kept
