"""Charts of measures: lines over time, bars beside others, breaks, targets, and their words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.display import show_measures, show_trend
from hscb_report.display import trends as of
from hscb_report.display.charts import ACCENT, INK, QUIET
from hscb_report.figures import Figure, withheld
from hscb_report.results.exhibit import Column, Quantity, Trend, exhibit
from hscb_report.schema import vocabularies as words
from hscb_report.units import PERCENT, count_of, measured_in

YEARS = ("2011-12", "2012-13", "2013-14")
CHILDREN = count_of("children")
RATE = measured_in("children", 10_000)
KINDS = (*list(words.AREA_KIND)[:2], "middle", *list(words.AREA_KIND)[2:])


def figure(value):
    return "no figure" if value is None else Figure(Decimal(str(value)))


def table(lines, times=YEARS, unit=CHILDREN, **trend):
    """Return a table over time: of each area its kind and its values."""
    return exhibit(
        "trend-plans",
        "Plans, by year",
        (Column("Area"), *(Column(time, unit) for time in times)),
        [(area, *map(figure, values)) for area, (_, *values) in lines.items()],
        group="trends-context",
        trend=Trend(tuple(kind for kind, *_ in lines.values()), **trend),
    )


OURS = {"Here": ("own", 30, 20, 25), "England": ("nation", 40, 41, 42)}


def drawn(found, monkeypatch):
    """Return the specification of the chart that is shown of a table."""
    specifications = []
    real = of.show_chart

    def keep(chart, *others):
        specifications.append(chart.to_dict())
        return real(chart, *others)

    monkeypatch.setattr(of, "show_chart", keep)
    assert show_trend(found)
    return specifications[0]


def inline(specification):
    """Return the rows of every set of data in a specification."""
    if isinstance(specification, dict):
        own = specification.get("data", {})
        found = [own["values"]] if isinstance(own, dict) and "values" in own else []
        return found + [rows for part in specification.values() for rows in inline(part)]
    if isinstance(specification, list):
        return [rows for part in specification for rows in inline(part)]
    return []


# Whether there is a chart -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "unit", "is_shown"),
    [
        (OURS, CHILDREN, True),
        ({"Here": ("own", 30, 20, 25)}, CHILDREN, False),
        ({"Here": ("own", 30, 20, 25), "England": ("nation", None, None, None)}, CHILDREN, False),
        ({"Here": ("own", 30, None, 25), "England": ("nation", 3, None, 4)}, CHILDREN, True),
        # such counts are told one by one, in the table; rates and shares are not
        ({"Here": ("own", 3, 2, 9), "There": ("part", 0, 1, "9.9")}, CHILDREN, False),
        ({"Here": ("own", 3, 2, 10), "There": ("part", 0, 1, 9)}, CHILDREN, True),
        ({"Here": ("own", -30, 2, 9), "There": ("part", 0, 1, 9)}, CHILDREN, True),
        ({"Here": ("own", 3, 2, 9), "There": ("part", 0, 1, 9)}, RATE, True),
        ({"Here": ("own", 3, 2, 9), "There": ("part", 0, 1, 9)}, PERCENT, True),
        ({}, CHILDREN, False),
    ],
)
def test_there_is_a_chart_of_four_values_and_not_of_the_smallest_counts(lines, unit, is_shown):
    assert bool(show_trend(table(lines, unit=unit))) == is_shown


def test_a_table_that_is_not_over_time_has_no_chart():
    assert show_trend(replace(table(OURS), trend=None)) is None


def test_the_column_of_all_times_together_is_no_time_of_the_chart():
    found = table({"Here": ("own", 13, 12, 11, 36), "X": ("other", 9, 9, 9, 27)}, (*YEARS, "All"))
    found = replace(found, trend=replace(found.trend, together="All"))
    assert show_trend(found).alternative.startswith("Chart of 6 values.")


def test_words_in_the_place_of_a_figure_are_not_drawn_nor_read_out_as_values():
    found = table({**OURS, "The North": ("region", None, 50, None)})
    shown = show_trend(found)
    assert shown.alternative.startswith("Chart of 7 values.")
    assert shown.alternative.endswith("; The North: 50 2012-13.")


def test_what_is_withheld_is_not_drawn_nor_read_out():
    found = table(OURS).with_figures(lambda f: withheld(f) if f.value == 41 else f)
    shown = show_trend(found)
    assert shown.alternative.startswith("Chart of 5 values.")
    assert "41" not in shown.alternative
    assert "not shown" not in shown.alternative


# Its words --------------------------------------------------------------------------------------


def test_the_text_alternative_tells_every_value_with_its_area_and_time():
    shown = show_trend(table(OURS))
    assert shown.label == "trend-plans-chart"
    assert shown.caption == "Plans, by year"
    assert shown.alternative == (
        "Chart of 6 values. Plans, by year. Here: 30 2011-12, 20 2012-13, 25 2013-14; "
        "England: 40 2011-12, 41 2012-13, 42 2013-14."
    )


def test_a_value_is_read_out_as_the_table_prints_it():
    unit = CHILDREN.said("over ", " (provisional)")
    found = table({**OURS, "There": ("part", None, 50, 60)})
    rows = [*found.rows[:2], ("There", "not available", Figure(50), Quantity(Figure(60), unit))]
    shown = show_trend(replace(found, rows=tuple(rows)))
    assert shown.alternative.startswith("Chart of 8 values.")
    assert shown.alternative.endswith("There: 50 2012-13, over 60 (provisional) 2013-14.")


def test_the_caption_says_what_the_thin_lines_are_where_there_are_any():
    nearby = {**OURS, "Nearby": ("neighbour", 1, 2, 3)}
    says = "; the thin lines are the neighbours"
    assert show_trend(table(nearby)).caption == f"Plans, by year{says}"
    assert says not in show_trend(table(OURS)).caption
    one = {area: values[:2] for area, values in nearby.items()} | {"X": ("other", 20)}
    assert says not in show_trend(table(one, times=YEARS[:1])).caption


# Lines ------------------------------------------------------------------------------------------


def test_ours_is_thick_and_coloured_neighbours_thin_the_country_dashed():
    assert of._line("own")["color"] == of._line("part")["color"] == ACCENT
    assert of._line("own")["strokeWidth"] > of._line("nation")["strokeWidth"]
    assert of._line("neighbour")["strokeWidth"] < of._line("nation")["strokeWidth"]
    dashes = {kind: tuple(of._line(kind)["strokeDash"]) for kind in KINDS}
    assert len({dashes[kind] for kind in ("own", "part", "region", "nation")}) == 4


@pytest.mark.parametrize(
    ("breaks", "segments"),
    [
        ((), {"Here": [0, 0, 0], "Hills": [0, 0, 0], "England": [0, 0, 0]}),
        (("2012-13",), {"Here": [0, 1, 1], "Hills": [0, 1, 1], "England": [0, 0, 0]}),
        (("2012-13", "2013-14"), {"Here": [0, 1, 2], "Hills": [0, 1, 2], "England": [0, 0, 0]}),
    ],
)
def test_where_what_is_counted_changed_our_line_breaks_and_no_other(breaks, segments):
    lines = {**OURS, "Hills": ("part", 11, 12, 13)}
    found = table(lines, breaks=breaks)
    points = of._points(found, found.trend, YEARS)
    for area, numbers in segments.items():
        own = [point["segment"] for point in points if point["area"] == area]
        assert own == [f"{area} {number}" for number in numbers]


def test_a_break_is_told_at_its_time_and_not_at_the_first_where_nothing_is_to_break(monkeypatch):
    for breaks, told in (
        ((), []),
        (("2013-14",), ["2013-14"]),
        (("2011-12",), []),
        (("2011-12", "2012-13"), ["2012-13"]),
        (("1999",), []),
    ):
        made = drawn(table(OURS, breaks=breaks), monkeypatch)
        every = [row for rows in inline(made) for row in rows]
        found = [row["when"] for row in every if row.get("name") == "counted otherwise"]
        assert sorted(set(found)) == told


def test_a_target_is_a_line_with_its_word(monkeypatch):
    made = drawn(table(OURS, target=Decimal("38.5")), monkeypatch)
    every = [row for rows in inline(made) for row in rows]
    (target,) = (row for row in every if row.get("name") == "Target")
    assert target["when"] == YEARS[-1]
    assert {"value": 38.5} in every
    without = drawn(table(OURS), monkeypatch)
    assert "Target" not in str(without)


@given(
    st.lists(st.decimals(-1000, 1000, places=1), min_size=1, max_size=9),
    st.none() | st.decimals(-1000, 1000, places=1),
)
def test_the_axis_holds_every_value_and_the_target_and_has_a_height(values, target):
    points = [{"value": float(value)} for value in values]
    least, largest = of._extent(points, Trend((), target), PERCENT)
    every = [float(value) for value in values] + ([] if target is None else [float(target)])
    assert least <= min(every)
    assert largest >= max(every)
    assert least < largest or set(every) == {0.0}


@pytest.mark.parametrize(
    ("values", "least"),
    [((50, 50, 50, 50), 0), ((0, 90), 0), ((40, 90), 0), ((80, 90), 0), ((-5, 90), -5)],
)
def test_the_axis_of_counts_begins_at_nought_whatever_they_are(values, least):
    points = [{"value": float(value)} for value in values]
    assert of._extent(points, Trend(()), CHILDREN)[0] == least


def test_far_from_nought_the_axis_of_percentages_begins_a_little_below_and_shows_ten_points():
    least, largest = of._extent([{"value": 80.0}, {"value": 95.0}], Trend(()), PERCENT)
    assert 70 < least < 80
    assert largest > 95
    least, largest = of._extent([{"value": 93.0}, {"value": 93.4}], Trend(()), PERCENT)
    assert largest - least >= 10
    assert of._extent([{"value": 40.0}, {"value": 93.0}], Trend(()), PERCENT)[0] == 0


def test_values_that_never_change_are_drawn_as_a_level_line_above_nought(monkeypatch):
    made = drawn(
        table({"Here": ("own", 50, 50, 50), "England": ("nation", 50, 50, 50)}), monkeypatch
    )
    assert made["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, 50.15]


def test_names_stand_at_the_ends_of_the_lines_with_the_last_value_and_apart():
    lines = {
        "Here": ("own", 30, 20, 25),
        "Median": ("middle", 30, 20, 25),
        "England": ("nation", 30, 25, None),
        "Nearby": ("neighbour", 1, 2, 25),
    }
    found = table(lines)
    ends = of._ends(of._points(found, found.trend, YEARS), found.trend, YEARS[-1], 100)
    names = {end["name"]: end for end in ends}
    assert set(names) == {"Here 25", "Median 25", "England 25"}
    assert names["England 25"]["when"] == "2012-13"
    assert names["Here 25"]["colour"] == ACCENT
    assert names["Median 25"]["colour"] == INK
    places = sorted(end["place"] for end in ends)
    gap = 100 * of._LABEL / of._HEIGHT
    assert all(b - a >= gap - 1e-9 for a, b in pairwise(places))


# Bars -------------------------------------------------------------------------------------------


def test_of_a_single_time_areas_are_bars_in_the_order_of_the_table(monkeypatch):
    kinds = {"Here": "own", "Hills": "part", "Nearby": "neighbour", "England": "nation"}
    lines = {area: (kind, 10 + n) for n, (area, kind) in enumerate(kinds.items())}
    found = table(lines, times=("2013-14",))
    made = drawn(found, monkeypatch)
    rows = inline(made)[0]
    assert [row["row"] for row in rows] == list(kinds)
    assert [row["colour"] for row in rows] == [ACCENT, ACCENT, of.FAINT, of.FAINT]
    assert show_trend(found).alternative == (
        "Chart of 4 values. Plans, by year. Here: 10; Hills: 11; Nearby: 12; England: 13."
    )


# As a chapter shows them ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_area_can_be_drawn(kind):
    assert show_trend(table({"Here": (kind, 30, 20, 25), "There": (kind, 1, 2, 3)}))
    four = dict.fromkeys("ABCD", (kind, 10))
    assert show_trend(table(four, times=("2013-14",)))


def test_all_measures_of_a_chapter_are_shown_each_chart_above_its_table(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    with_chart, without = table(OURS), replace(table({}), trend=None)
    show_measures(iter((with_chart, without)))._ipython_display_()
    assert [type(item).__name__ for item in shown] == ["ShownChart", "ShownTable", "ShownTable"]
    assert show_measures(iter(())) is None


def test_a_chart_is_the_same_each_time_and_all_its_ids_are_its_own():
    found = table({**OURS, "Nearby": ("neighbour", 3, 4, 5)}, target=40, breaks=("2013-14",))
    first, second = show_trend(found), show_trend(found)
    assert first == second
    assert QUIET in first.svg
    ids = re.findall(r' id="([^"]+)"', first.svg)
    assert all(found.startswith("trend-plans-chart-") for found in ids)
