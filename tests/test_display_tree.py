"""A table as a tree: every name once, each below what it stands under."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from hscb_report.display import tree_data
from hscb_report.exhibits import Column, exhibit

NAMES = ("Board", "Steering", "Training", "Audit", "Panel", "Unit")


def tree(*pairs):
    """Return the tree of a table whose rows are a name and what it stands under."""
    columns = (Column("Purpose"), Column("Group"), Column("Answers to"))
    rows = [(f"For {name}", name, under) for name, under in pairs]
    return tree_data(exhibit("groups", "Groups", columns, rows), "Group", "Answers to")


def outline(*pairs):
    return [(place["name"], place["depth"]) for place in tree(*pairs)]


# Promises on any table --------------------------------------------------------------------------


@st.composite
def drawn(draw):
    """Draw names, each under another, under itself, in circles, or under nothing listed."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    under = st.sampled_from((*names, "nobody"))
    return [(name, draw(under)) for name in names]


def circled(pairs):
    """Return the names that stand under themselves, in however many steps."""
    above = dict(pairs)
    found = set()
    for name in above:
        seen, at = set(), above.get(name)
        while at in above and at not in seen and at != name:
            seen.add(at)
            at = above[at]
        if at == name:
            found.add(name)
    return found


@given(drawn())
def test_every_name_stands_in_the_tree_exactly_once_in_rows_from_the_top(pairs):
    places = tree(*pairs)
    assert sorted(place["name"] for place in places) == sorted(name for name, _ in pairs)
    assert [place["row"] for place in places] == list(range(len(pairs)))


@given(drawn())
def test_a_place_stands_below_the_one_it_is_joined_to_and_a_root_is_joined_to_none(pairs):
    above = dict(pairs)
    places = tree(*pairs)
    for place in places:
        if "row above" not in place:
            assert place["depth"] == 0
            assert "depth above" not in place
            continue
        parent = places[place["row above"]]
        assert parent["name"] == above[place["name"]]
        assert parent["row"] < place["row"]
        assert place["depth above"] == parent["depth"] == place["depth"] - 1


@given(drawn())
@example([("Audit", "Board"), ("Board", "Steering"), ("Steering", "Board")])
def test_only_what_stands_under_nothing_listed_or_in_a_circle_is_a_root(pairs):
    """What hangs on a circle is in none, and stands below it."""
    allowed = circled(pairs) | {name for name, under in pairs if under not in dict(pairs)}
    roots = {place["name"] for place in tree(*pairs) if "row above" not in place}
    assert {name for name, under in pairs if under not in dict(pairs)} <= roots <= allowed


@given(drawn())
def test_between_a_row_and_the_one_above_it_stand_only_rows_below_that_one(pairs):
    """An indented list is read from the top: nothing of another branch comes between."""
    places = tree(*pairs)
    for place in places:
        if "row above" in place:
            between = places[place["row above"] + 1 : place["row"]]
            assert all(other["depth"] > place["depth above"] for other in between)


@given(drawn())
def test_a_tree_is_made_twice_alike_and_is_json(pairs):
    assert tree(*pairs) == json.loads(json.dumps(tree(*pairs)))


# Examples ---------------------------------------------------------------------------------------


def test_children_follow_their_parent_in_the_order_of_the_table():
    assert outline(
        ("Unit", "Audit"),
        ("Training", "Board"),
        ("Board", "nobody"),
        ("Audit", "Board"),
        ("Panel", "Audit"),
    ) == [("Board", 0), ("Training", 1), ("Audit", 1), ("Unit", 2), ("Panel", 2)]


def test_roots_keep_the_order_of_the_table():
    rows = ("Panel", ""), ("Audit", "Panel"), ("Board", "no group of the Board")
    assert outline(*rows) == [("Panel", 0), ("Audit", 1), ("Board", 0)]


def test_what_stands_under_itself_is_a_root():
    assert outline(("Board", "Board"), ("Audit", "Board")) == [("Board", 0), ("Audit", 1)]


def test_a_circle_begins_at_its_first_row_and_ends():
    rows = ("Audit", "Board"), ("Board", "Panel"), ("Panel", "Audit")
    assert outline(*rows) == [("Audit", 0), ("Panel", 1), ("Board", 2)]


def test_a_circle_does_not_disturb_the_rest():
    rows = ("Unit", "Unit"), ("Audit", "Panel"), ("Panel", "Audit"), ("Board", "nobody")
    assert outline(*rows) == [("Board", 0), ("Unit", 0), ("Audit", 0), ("Panel", 1)]


def test_a_table_without_rows_is_a_tree_without_places():
    assert tree() == []


def test_the_groups_of_the_plan_stand_under_the_board(tables, report):
    places = tree_data(report.table("plan-groups"), "Group", "Answers to")
    assert len(places) == len(tables.plan_groups) == 9
    by_name = {place["name"]: place for place in places}
    assert [place["name"] for place in places if place["depth"] == 0] == ["Strategic Board"]
    names = {row.group: row.name for row in tables.plan_groups}
    for row in tables.plan_groups:
        if row.accountable_to:
            above = by_name[names[row.accountable_to]]
            assert by_name[row.name]["row above"] == above["row"]
