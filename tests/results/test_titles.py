"""Titles worked out from the figures of a table: none says what the figures do not."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import MISSING, Figure, share, to_come, withheld
from hscb_report.results import titles
from hscb_report.results.exhibit import Column, Quantity, Trend, exhibit
from hscb_report.units import PERCENT, POUNDS, count_of, measured_in

ACTIONS = count_of("actions")
RATE = measured_in("children", 10_000)
NAMES = ("Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse")
UNKNOWN = (MISSING, withheld(Figure(3)), to_come(MISSING))


def table(values, unit=POUNDS, before=None):
    """Return a table of names and values, beside those of the year before if there are some."""
    figures = [v if isinstance(v, Figure | Quantity | str) else Figure(v) for v in values]
    columns, rows = [Column("Who"), Column("Paid", unit)], zip(NAMES, figures, strict=False)
    if before is not None:
        columns.append(Column("2012-13", unit, usual=titles.year_before("Paid")))
        then = [v if isinstance(v, Figure | str) else Figure(v) for v in before]
        rows = zip(NAMES, figures, then, strict=False)
    return exhibit("paid", "Paid", columns, list(rows))


def largest(*values, unit=POUNDS):
    return titles.largest(table(values, unit), "Paid", "money", "came from")


# The largest part -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((61, 22, 17), "61% of money came from Ash"),
        ((30, 22, 61), "54% of money came from Cedar"),
        ((30, 30, 20, 10, 10), "60% of money came from Ash and Birch"),
        ((30, 25, 20, 15, 10), "55% of money came from Ash and Birch"),
        ((20, 19, 18, 15, 14, 14), "57% of money came from Ash, Birch and Cedar"),
        ((0, 5, 0), "All money came from Birch"),
        ((0, 999, 1), "Almost all money came from Birch"),
        ((50, 50), ""),
        ((1, 1, 1, 1), ""),
        ((40, 35, 25), "40% of money came from Ash, the largest part"),
        ((0, 0), ""),
        ((5,), ""),
        ((), ""),
        ((-1, 5), ""),
    ],
)
def test_the_rows_that_make_up_most_are_named_with_their_part(values, said):
    assert largest(*values) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((0, 45, 4), "45 of 49 money came from Birch"),
        ((0, 1), ""),
        ((0, 2), "All money came from Birch"),
        ((900, 100), "90% of money came from Ash"),
    ],
)
def test_parts_of_a_small_count_are_told_as_counts(values, said):
    assert largest(*values, unit=ACTIONS) == said


@pytest.mark.parametrize("unit", [PERCENT, RATE])
def test_percentages_and_rates_are_not_added_up(unit):
    assert largest(61, 22, 17, unit=unit) == ""


@pytest.mark.parametrize("unknown", [*UNKNOWN, "no figure"])
def test_where_a_value_is_not_known_none_is_called_the_largest(unknown):
    assert largest(61, unknown, 17) == ""


def test_a_value_that_is_not_exact_is_no_part():
    over = Quantity(Figure(9), POUNDS.said("over ", ""))
    found = replace(table((61, 22)), rows=(("Ash", Figure(1)), ("Birch", over)))
    assert titles.largest(found, "Paid", "money", "came from") == ""


def test_a_total_is_no_part_and_a_column_that_is_not_there_says_nothing():
    found = table((61, 39, 100))
    assert titles.largest(found, "Paid", "money", "came from", "Cedar").startswith("61%")
    assert titles.largest(found, "Owed", "money", "came from") == ""


@given(st.lists(st.integers(0, 200), max_size=7), st.sampled_from((POUNDS, ACTIONS)))
def test_what_is_named_is_the_largest_and_its_part_is_right(values, unit):
    said = largest(*values, unit=unit)
    named = [value for value, name in zip(values, NAMES, strict=False) if name in said]
    others = [value for value, name in zip(values, NAMES, strict=False) if name not in said]
    if not said:
        return
    assert min(named) > max(others, default=-1)
    if found := re.match(r"(\d+)% of ", said):
        assert abs(Decimal(found[1]) - Decimal(100 * sum(named)) / sum(values)) <= Decimal("0.5")
        assert others
    elif found := re.match(r"(\d+) of (\d+) ", said):
        assert (int(found[1]), int(found[2])) == (sum(named), sum(values))
    elif said.startswith("All "):
        assert sum(named) == sum(values)
    else:
        assert said.startswith("Almost all ")
        assert 0.995 * sum(values) <= sum(named) < sum(values)


# A part of a whole ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "whole", "said"),
    [
        (31, 47, "31 of 47 actions were complete"),
        (1, 47, "1 of 47 actions was complete"),
        (0, 47, "None of the 47 actions was complete"),
        (47, 47, "All 47 actions were complete"),
        (2, 2, "Both actions were complete"),
        (0, 2, "Neither of the 2 actions was complete"),
        (1200, 2000, "1,200 of 2,000 actions were complete"),
        (0, 0, ""),
        (1, 1, ""),
        (3, 2, ""),
        (-1, 2, ""),
        (None, 2, ""),
        (1, None, ""),
    ],
)
def test_a_part_is_told_as_one_says_it(held, whole, said):
    assert titles.part(Figure(held), Figure(whole), "actions", "were complete") == said


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_a_part_that_is_not_known_is_not_told(unknown):
    assert titles.part(unknown, Figure(9), "actions", "were complete") == ""
    assert titles.part(Figure(9), unknown, "actions", "were complete") == ""


# The most of a count ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((5, 14, 26), "26 of 45 actions were due in Cedar"),
        ((1, 0, 0), ""),
        ((2, 1, 0), "2 of 3 actions were due in Ash"),
        ((14, 14, 3), ""),
        ((14, 3), ""),
        ((14, MISSING, 3), ""),
        ((), ""),
    ],
)
def test_the_row_with_the_most_is_named_where_it_is_alone(values, said):
    found = table(values, ACTIONS)
    assert titles.most(found, "Paid", "actions", "were due in") == said


def test_most_leaves_out_rows_that_are_no_part_and_says_nothing_of_money():
    found = table((40, 14, 5, 3), ACTIONS)
    assert titles.most(found, "Paid", "actions", "were due in", "Ash") == (
        "14 of 22 actions were due in Birch"
    )
    assert titles.most(table((5, 14, 26)), "Paid", "money", "came from") == ""


# Two years --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((30, 110), (25, 100), "Most changed: Birch, up 10% from £100"),
        ((30, 90), (25, 100), "Most changed: Birch, down 10% from £100"),
        ((30, 110), (30, 100), "Only one changed: Birch, up 10% from £100"),
        ((30, 110), (30, 110), "None changed on the year before"),
        ((30, 110), (20, 100), ""),
        ((30,), (20,), ""),
        ((30, MISSING), (20, 100), ""),
        ((30, 110), (20, "no figure"), ""),
    ],
)
def test_what_changed_most_is_named_with_how(now, before, said):
    assert titles.changed(table(now, before=before), "Paid") == said


def test_without_a_year_before_nothing_changed():
    assert titles.changed(table((30, 40)), "Paid") == ""


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6))
def test_what_changed_most_did(pairs):
    now, before = [a for a, _ in pairs], [b for _, b in pairs]
    said = titles.changed(table(now, before=before), "Paid")
    sizes = [abs(a - b) for a, b in pairs]
    if said.startswith("None"):
        assert not any(sizes)
    elif said:
        named = NAMES.index(re.search(r": (\w+), ", said)[1])
        assert sizes.count(sizes[named]) == 1
        assert sizes[named] == max(sizes)
        assert ("up" in said) == (now[named] > before[named])
        assert said.startswith("Only one") == (sum(map(bool, sizes)) == 1)


# Over time --------------------------------------------------------------------------------------

YEARS = ("2011-12", "2012-13", "2013-14")


def few(part, whole):
    return share(Figure(part), Figure(whole))


def over_time(lines, unit=RATE, times=YEARS, **trend):
    rows = [
        (name, *(v if isinstance(v, str | Figure) else Figure(v) for v in vs))
        for name, _, *vs in lines
    ]
    columns = [Column("Area"), *(Column(time, unit) for time in times)]
    kinds = tuple(kind for _, kind, *_ in lines)
    return exhibit("plans", "Plans", columns, rows, trend=Trend(kinds, **trend))


def own(*values, **given_too):
    return titles.course(over_time([("Here", "own", *values)], **given_too))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((7, 8, 9), "Up from 7 (2011-12) to 9 in Here"),
        ((9, 8, 7), "Down from 9 (2011-12) to 7 in Here"),
        ((7, 9, 7), "At 7 in Here, as in 2011-12"),
        ((7, 7, 7), "At 7 in Here since 2011-12"),
        (("no figure", 8, 9), "Up from 8 (2012-13) to 9 in Here"),
        ((7, 8, "no figure"), ""),
        ((7, 8, None), ""),
        (("no figure", "no figure", 9), ""),
    ],
)
def test_the_way_of_our_own_area_is_told_from_the_first_to_the_last_time(values, said):
    assert own(*values) == said


def test_a_value_that_is_provisional_is_the_value_that_it_is():
    """It has not moved from one that is printed alike, and says that it is provisional."""
    unsure = RATE.said("", " (provisional)")
    found = over_time([("Here", "own", 7, 7, 7), ("England", "nation", 1, 1, 7)])
    last = Quantity(Figure(Decimal("7")), unsure)
    found = replace(found, rows=(("Here", *found.rows[0][1:3], last), found.rows[1]))
    said = "At 7 (provisional) in Here since 2011-12, as in England"
    assert titles.course(found) == said


def test_nothing_is_compared_across_a_break():
    assert own(7, 8, 9, breaks=("2012-13",)) == "Up from 8 (2012-13) to 9 in Here"
    assert own(7, 8, 9, breaks=("2013-14",)) == ""
    assert own(7, 8, 9, breaks=("2011-12",)) == "Up from 7 (2011-12) to 9 in Here"


def test_what_is_of_all_times_together_is_none_of_them():
    said = own(7, 8, 9, 24, times=(*YEARS, "All"), together="All")
    assert said == "Up from 7 (2011-12) to 9 in Here"


@pytest.mark.parametrize(
    ("last", "beside"),
    [(8, ", above England (8)"), (10, ", below England (10)"), (9, ", as in England"), (None, "")],
)
def test_a_rate_is_set_beside_that_of_the_country_at_the_same_time(last, beside):
    lines = [("Here", "own", 7, 8, 9), ("England", "nation", 1, 1, last)]
    assert titles.course(over_time(lines)) == f"Up from 7 (2011-12) to 9 in Here{beside}"
    counts = over_time(lines, unit=count_of("plans"))
    assert titles.course(counts) == "Up from 7 (2011-12) to 9 in Here"


def test_equal_shares_of_few_are_not_told_as_a_move():
    """2 of 2 is no more than 1 of 1, whatever is printed; beside the country it is "as in"."""
    all_of_one, all_of_two = few(1, 1), few(2, 2)
    lines = [("Here", "own", all_of_one, all_of_one, all_of_two)]
    assert titles.course(over_time(lines, unit=PERCENT)) == ""
    nation = ("England", "nation", few(9, 9), few(9, 9), few(9, 9))
    said = titles.course(over_time([*lines, nation], unit=PERCENT))
    assert said == "2 of 2 in Here, as in England"


def test_a_share_of_few_is_not_said_to_have_moved_from_a_percentage():
    """A reader sees "10 of 18" and "55.0%", and not which is the more."""
    then = Figure(Decimal("0.55"))
    lines = [("Here", "own", then, then, few(10, 18))]
    said = "10 of 18 in Here, 55.0% in 2011-12"
    assert titles.course(over_time(lines, unit=PERCENT)) == said


def test_of_a_single_time_our_area_stands_beside_the_country_or_nothing_is_said():
    lines = [("Here", "own", 9), ("England", "nation", 8)]
    assert titles.course(over_time(lines, times=YEARS[:1])) == "9 in Here, above England (8)"
    assert titles.course(over_time(lines[:1], times=YEARS[:1])) == ""


def test_without_our_own_area_or_a_time_nothing_is_said():
    assert titles.course(over_time([("There", "neighbour", 1, 2, 3)])) == ""
    assert titles.course(over_time([("Here", "own")], times=())) == ""
    assert titles.course(table((1, 2))) == ""


@given(
    st.lists(st.integers(0, 9) | st.none(), min_size=3, max_size=3), st.sets(st.sampled_from(YEARS))
)
def test_the_way_that_is_told_is_between_known_values_of_one_definition(values, breaks):
    said = own(*values, breaks=tuple(breaks))
    if not said or (found := re.match(r"(Up|Down) from (\d) \((.*)\) to (\d)", said)) is None:
        return
    start = YEARS.index(found[3])
    assert (values[start], values[-1]) == (int(found[2]), int(found[4]))
    assert (found[1] == "Up") == (values[-1] > values[start])
    assert not breaks & {*YEARS[start + 1 :]}


# What an edition does not tell ------------------------------------------------------------------


def test_a_table_of_which_a_figure_is_withheld_loses_its_title():
    titled = replace(table((61, 39)), title="61% came from Ash")
    assert titled.with_figures(lambda figure: figure).title == "61% came from Ash"
    hidden = titled.with_figures(lambda f: withheld(f) if f.value == 39 else f)
    assert hidden.title == ""


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (["31 March 2023", "31 March 2024"], ["2023", "2024"]),
        (["2012-13", "2013-14"], ["2012-13", "2013-14"]),
        (["30 June 2025", "31 July 2025"], ["30 June 2025", "31 July 2025"]),
        (["year to June 2024"], ["2024"]),
        (["2024", "2024"], ["2024", "2024"]),
        ([], []),
    ],
)
def test_times_are_told_apart_by_what_differs(times, said):
    assert titles.distinct(times) == said
