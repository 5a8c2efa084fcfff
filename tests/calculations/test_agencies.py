"""Agencies under their several names."""

from decimal import Decimal

import pytest
from hypothesis import given

from hscb_report.calculations.agencies import (
    bodies,
    continued_by,
    members_without_contribution,
    without_counterpart,
)
from hscb_report.schema.board import AttendanceAgency, Membership
from hscb_report.schema.finance import Contribution
from hscb_report.schema.reference import Agency
from tests.made_up import only_own
from tests.strategies import agencies as drawn_agencies
from tests.strategies import few

PART, FOR, AFTER = "part_of", "represents", "successor"


def body_of(code, **rows):
    """Return the body of an agency among some, whose names are their codes in capitals."""
    listed = [{"agency": code, "name": code.upper(), **cells} for code, cells in rows.items()]
    return bodies(only_own("reference/agencies.csv", listed, Agency))[code]


@pytest.mark.parametrize(
    ("rows", "body"),
    [
        ({"a": {}}, "a"),
        ({"a": {PART: "b"}, "b": {}}, "b"),
        ({"a": {FOR: "b"}, "b": {}}, "b"),
        ({"a": {AFTER: "B"}, "b": {}}, "b"),
        ({"a": {PART: "b"}, "b": {FOR: "c"}, "c": {AFTER: "D"}, "d": {}}, "d"),
        ({"a": {PART: "b", FOR: "c", AFTER: "D"}, "b": {}, "c": {}, "d": {}}, "b"),
        ({"a": {FOR: "c", AFTER: "D"}, "c": {}, "d": {}}, "c"),
        ({"a": {AFTER: "Somebody else"}}, "a"),
        ({"a": {PART: "a"}}, "a"),
        ({"a": {PART: "b"}, "b": {PART: "c"}, "c": {PART: "a"}}, "c"),
    ],
    ids=[
        "alone",
        "a part",
        "one that sits for another",
        "succeeded",
        "a part of what sits for what was succeeded",
        "being a part comes first",
        "sitting for another comes before being succeeded",
        "a successor that is not listed",
        "a part of itself",
        "a circle ends where it closes",
    ],
)
def test_a_body_answers_for_parts_seats_and_predecessors(rows, body):
    assert body_of("a", **rows) == body


@few
@given(drawn_agencies())
def test_every_agency_has_a_body_whatever_the_circles(rows):
    found = bodies(rows)
    assert set(found) == {row.agency for row in rows}
    named = {code for row in rows for code in (row.agency, row.part_of, row.represents)}
    assert set(found.values()) <= named
    names = {row.name for row in rows}
    for row in rows:
        if not (row.part_of or row.represents or row.successor in names):
            assert found[row.agency] == row.agency


def test_the_parts_of_the_council_are_the_council(tables):
    found = bodies(tables[Agency])
    parts = [code for code, body in found.items() if body == "herefordshire_council"]
    assert sorted(parts) == [
        "council_adults_wellbeing",
        "council_childrens_wellbeing",
        "council_education",
        "council_housing",
        "council_public_health",
        "council_sustainable_communities",
        "herefordshire_council",
    ]


def test_the_bodies_of_the_data_are_those_it_names(tables):
    """The Probation Trust was split up between two: neither of them answers for it."""
    found = bodies(tables[Agency])
    assert found["nhs_herefordshire"] == found["herefordshire_ccg"] == "herefordshire_ccg"
    assert found["brookfield_school"] == "education_establishments"
    assert found["west_mercia_probation"] == "west_mercia_probation"


# Members and contributions ----------------------------------------------------------------------


def members_without(tables, contributions, membership=None):
    seats = tables[Membership] if membership is None else membership
    return members_without_contribution(tables[Agency], seats, contributions, "hscb")


def test_six_member_bodies_contribute_nothing(tables):
    found = members_without(tables, tables[Contribution])
    assert found.value == 6
    by_place = {row.place: row.agency for row in tables[Membership]}
    assert {by_place[place] for place in found.rows} == {
        "two_gether_trust",
        "brookfield_school",
        "nhs_england_area_team",
        "ministry_of_defence",
        "west_mercia_womens_aid",
        "wye_valley_trust",
    }


def test_a_body_with_several_seats_is_counted_once(tables):
    """The Council has six seats in five names, the clinical group three; the Board's own none."""
    none = members_without(tables, ())
    assert none.value == 12
    assert len(none.rows) == 19


def test_who_is_listed_with_nothing_does_not_pay(tables):
    police = next(row for row in tables[Contribution] if row.agency == "west_mercia_police")
    unpaid = police.model_copy(update={"amount": Decimal(0)})
    paid = [unpaid if row is police else row for row in tables[Contribution]]
    assert members_without(tables, paid).value == 7


def test_the_board_itself_is_no_member_body_and_a_count_of_none_names_its_file(tables):
    own = [row for row in tables[Membership] if row.agency == "hscb"]
    found = members_without(tables, (), own)
    assert (found.value, found.searched) == (0, ("2013-14/membership.csv",))


def test_rows_with_a_counterpart_are_left_out_and_the_rest_keep_their_order(tables):
    """Every agency whose attendance is rated has a seat, schools and charities by a member's."""
    agencies, rated, seats = tables[Agency], tables[AttendanceAgency], tables[Membership]
    assert without_counterpart(agencies, rated, seats, "hscb") == ()
    sit_for_others = {"brookfield_school", "west_mercia_womens_aid"}
    others = [row for row in seats if row.agency not in sit_for_others]
    found = without_counterpart(agencies, rated[::-1], others, "hscb")
    assert [row.agency for row in found] == ["third_sector", "education_establishments"]


# Who goes on with an agency's work ----------------------------------------------------------------


def going_on(there, **rows):
    """Return who goes on with the work of each agency, whose names are their codes in capitals."""
    listed = [{"agency": code, "name": code.upper(), **cells} for code, cells in rows.items()]
    return continued_by(only_own("reference/agencies.csv", listed, Agency), there)


CHAIN = {"a": {AFTER: "B"}, "b": {AFTER: "C"}, "c": {}, "d": {PART: "c", FOR: "c"}}


def test_the_first_successor_that_is_there_goes_on_with_the_work():
    assert going_on({"c"}, **CHAIN) == {"a": "c", "b": "c", "c": "c", "d": "d"}
    assert going_on({"b", "c"}, **CHAIN)["a"] == "b"


def test_who_is_there_goes_on_alone_and_so_does_who_has_no_successor_there():
    assert going_on({"a", "c"}, **CHAIN)["a"] == "a"
    assert going_on({"d"}, **CHAIN) == {code: code for code in "abcd"}


def test_a_circle_of_successors_ends():
    circle = {"a": {AFTER: "B"}, "b": {AFTER: "A"}}
    assert going_on({"b"}, **circle) == {"a": "b", "b": "b"}
    assert going_on(set(), **circle) == {"a": "a", "b": "b"}
