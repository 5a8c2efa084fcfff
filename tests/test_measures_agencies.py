"""Agencies under their several names."""

from decimal import Decimal

import pytest
from hypothesis import given

from hscb_report.measures.agencies import (
    bodies,
    members_without_contribution,
    without_counterpart,
)
from hscb_report.schema.reference import Agency
from tests.strategies import agencies as drawn_agencies
from tests.strategies import only_own


def agencies(**rows):
    """Return agencies: code=(part_of, successor); the name of each is its code in capitals."""
    listed = [
        {"agency": code, "name": code.upper(), "part_of": whole, "successor": successor}
        for code, (whole, successor) in rows.items()
    ]
    return only_own("reference/agencies.csv", listed, Agency)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"a": (None, None)}, {"a": "a"}),
        ({"a": (None, None), "b": ("a", None)}, {"a": "a", "b": "a"}),
        ({"a": (None, None), "b": (None, "A")}, {"a": "a", "b": "a"}),
        (
            {"a": (None, None), "b": ("a", None), "c": ("b", None)},
            {"a": "a", "b": "a", "c": "a"},
        ),
        (
            {"a": (None, None), "b": (None, "A"), "c": ("b", None)},
            {"a": "a", "b": "a", "c": "a"},
        ),
        ({"a": (None, "Somebody else")}, {"a": "a"}),
        ({"a": ("a", None)}, {"a": "a"}),
    ],
    ids=[
        "alone",
        "a part",
        "succeeded",
        "a part of a part",
        "a part of what was succeeded",
        "a successor that is not listed",
        "a part of itself",
    ],
)
def test_a_body_answers_for_its_parts_and_for_what_it_took_over(rows, expected):
    assert bodies(agencies(**rows)) == expected


def test_being_a_part_counts_before_being_succeeded():
    rows = {"a": (None, None), "b": (None, None), "c": ("a", "B")}
    assert bodies(agencies(**rows))["c"] == "a"


def test_a_circle_ends():
    rows = {"a": ("b", None), "b": ("c", None), "c": ("a", None), "d": ("a", None)}
    assert set(bodies(agencies(**rows)).values()) <= set("abc")


@given(drawn_agencies())
def test_every_agency_has_a_body_that_is_listed_or_named_whatever_the_circles(rows):
    found = bodies(rows)
    assert set(found) == {row.agency for row in rows}
    named = {row.part_of for row in rows} | set(found)
    assert set(found.values()) <= named


@given(drawn_agencies())
def test_who_is_no_part_and_has_no_successor_of_the_list_answers_for_itself(rows):
    names = {row.name for row in rows}
    for row in rows:
        if row.part_of is None and row.successor not in names:
            assert bodies(rows)[row.agency] == row.agency


def test_the_parts_of_the_council_are_the_council(tables):
    found = bodies(tables.agencies)
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
    assert found["nhs_herefordshire"] == found["herefordshire_ccg"] == "herefordshire_ccg"


def test_a_successor_of_two_bodies_is_neither(tables):
    """The Probation Trust was split up; at the year's end it was still there."""
    assert bodies(tables.agencies)["west_mercia_probation"] == "west_mercia_probation"


def test_six_member_bodies_contribute_nothing(tables):
    found = members_without_contribution(tables.agencies, tables.membership, tables.contributions)
    assert found.value == 6
    by_place = {row.place: row.agency for row in tables.membership}
    assert {by_place[place] for place in found.rows} == {
        "two_gether_trust",
        "brookfield_school",
        "nhs_england_area_team",
        "ministry_of_defence",
        "west_mercia_womens_aid",
        "wye_valley_trust",
    }


def test_a_body_with_several_seats_is_counted_once(tables):
    """The Council has six seats in five names, the clinical group three."""
    none = members_without_contribution(tables.agencies, tables.membership, ())
    seats = {row.agency for row in tables.membership} - {"hscb"}
    assert none.value == len({bodies(tables.agencies)[code] for code in seats}) == 12
    assert len(none.rows) == 19


def test_a_contribution_of_nothing_is_no_contribution(tables):
    """Listed with £0 is not paying."""
    police = next(r for r in tables.contributions if r.agency == "west_mercia_police")
    unpaid = police.model_copy(update={"amount": Decimal(0)})
    paid = [unpaid if row is police else row for row in tables.contributions]
    found = members_without_contribution(tables.agencies, tables.membership, paid)
    assert found.value == 7


def test_the_board_itself_is_no_member_body(tables):
    rows = [row for row in tables.membership if row.agency == "hscb"]
    assert members_without_contribution(tables.agencies, rows, ()).value == 0


def test_rows_with_a_counterpart_are_left_out_in_order(tables):
    found = without_counterpart(tables.agencies, tables.attendance_agencies, tables.membership)
    assert [row.agency for row in found] == ["education_establishments", "third_sector"]
