"""What a chart may be drawn of: decided once, for every chart of every year."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.display.drawable import LEAST_SIZE, LEAST_VALUES, why_no_chart
from hscb_report.figures import Figure, share, to_come, withheld
from hscb_report.results.exhibit import Column, Quantity, exhibit
from hscb_report.units import PERCENT, POUNDS, count_of, count_out_of, measured_in

ACTIONS = count_of("actions")
PER_CENT = measured_in("percent", None)
OUT_OF = count_out_of("standards", Figure(10))


def table(values, unit=ACTIONS, caption="Actions by group"):
    """Return a table of names and values of a unit."""
    rows = [(f"Group {n}", v if isinstance(v, str) else Figure(v)) for n, v in enumerate(values)]
    return exhibit("actions", caption, [Column("Group"), Column("Found", unit)], rows)


@pytest.mark.parametrize(
    ("values", "unit", "why"),
    [
        ((10, 1, 1, 1), ACTIONS, ""),
        ((9, 9, 9, 9), ACTIONS, "under 10"),
        ((-10, 1, 1, 1), ACTIONS, ""),
        ((0, 0, 0, 0), ACTIONS, "under 10"),
        ((10, 20, 30), ACTIONS, "fewer than 4"),
        ((10, 20, 30, None), ACTIONS, "fewer than 4"),
        ((10, 20, 30, "no figure"), ACTIONS, "fewer than 4"),
        ((), ACTIONS, "fewer than 4"),
        ((1, 2, 3, 4), POUNDS, ""),
        ((1, 2, 3, 4), PERCENT, ""),
        ((1, 2, 3, 4), PER_CENT, ""),
        ((1, 2, 3, 4), PER_CENT.said("", " (provisional)"), ""),
        ((1, 2, 3, 4), ACTIONS.said("over ", " (provisional)"), "under 10"),
        ((1, 2, 3, 4), measured_in("children", 10_000), ""),
        ((10, 20, 30, 40), count_of("deaths"), "deaths"),
        ((10, 20, 30, 40), measured_in("deaths", 10_000), "deaths"),
    ],
)
def test_four_values_that_are_not_all_the_smallest_counts_and_no_deaths(values, unit, why):
    found = why_no_chart(table(values, unit), ["Found"])
    assert why in found if why else not found


@pytest.mark.parametrize(
    "caption", ["Deaths of children", "Infant mortality", "Children who died", "Suicides, 2024"]
)
def test_nothing_that_is_said_to_be_about_deaths_is_drawn(caption):
    assert "deaths" in why_no_chart(table((10, 20, 30, 40), caption=caption), ["Found"])


def test_what_is_withheld_or_to_come_is_no_value():
    for hidden in (withheld(Figure(9)), to_come(Figure(None))):
        found = table((10, 20, 30))
        found = replace(found, rows=(*found.rows, ("Group 3", hidden)))
        assert "fewer than 4" in why_no_chart(found, ["Found"])


def test_shares_of_few_are_told_by_their_counts_and_not_drawn():
    rows = [
        (f"Agency {n}", share(Figure(n), Figure(whole))) for n, whole in enumerate((30, 30, 30, 9))
    ]
    found = exhibit("met", "Met", [Column("Agency"), Column("Found", PERCENT)], rows)
    assert "by their counts" in why_no_chart(found, ["Found"])
    assert why_no_chart(found, ["Found"], ["Agency 3"], 3) == ""


def test_counts_out_of_a_whole_are_counts():
    rows = [(f"Agency {n}", Quantity(Figure(met), OUT_OF)) for n, met in enumerate((9, 8, 7, 6))]
    found = exhibit("met", "Met", [Column("Agency"), Column("Met", mixed=True)], rows)
    assert "under 10" in why_no_chart(found, ["Met"])


def test_rows_left_out_are_not_counted_and_columns_are_counted_together():
    found = table((10, 20, 30, 40))
    assert "fewer than 4" in why_no_chart(found, ["Found"], ["Group 3"])
    columns = [Column("Day"), Column("Open", ACTIONS), Column("Due", ACTIONS)]
    days = [("1 May", Figure(12), Figure(1)), ("1 June", Figure(2), Figure(1))]
    assert why_no_chart(exhibit("c", "Course", columns, days), ["Open", "Due"]) == ""
    assert why_no_chart(exhibit("c", "Course", columns, days), ["Open"])


def test_a_chart_of_words_needs_as_many_rows():
    groups = exhibit("g", "Groups", [Column("Group"), Column("Under")], [("A", "B")] * 4)
    assert why_no_chart(groups, ["Under"]) == ""
    assert why_no_chart(replace(groups, rows=groups.rows[:3]), ["Under"])


@given(st.lists(st.none() | st.integers(-20, 20), max_size=8))
def test_whatever_is_drawn_has_enough_values_and_a_large_one(values):
    known = [value for value in values if value is not None]
    may = len(known) >= LEAST_VALUES and any(abs(value) >= LEAST_SIZE for value in known)
    assert (why_no_chart(table(values), ["Found"]) == "") == may
