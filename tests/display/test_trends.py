"""Charts of measures: lines over time, bars beside others, breaks, targets, and their words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.display import lines, show_measures, show_trend
from hscb_report.display import trends as of
from hscb_report.display.charts import ShownChart
from hscb_report.display.paper import ACCENT, INK, OTHER, QUIET
from hscb_report.display.shown import ShownTable
from hscb_report.display.svg import STRONG
from hscb_report.errors import UnknownNameError
from hscb_report.figures import Figure, withheld
from hscb_report.results.exhibit import Column, Quantity, Trend, exhibit
from hscb_report.schema import vocabularies as words
from hscb_report.units import PERCENT, count_of, measured_in

YEARS = ("2011-12", "2012-13", "2013-14")
CHILDREN = count_of("children")
RATE = measured_in("children", 10_000)
POINTS = measured_in("percent", None)
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


def shown_course(found):
    """Return what is drawn of a table: its lines, times, breaks and target."""
    return of._course(found, [c.name for c in found.columns[1:] if c.name != found.trend.together])


def words_of(svg):
    """Return the lines of text in a chart, in the order in which they are drawn."""
    texts = (part for part in ET.fromstring(svg).iter() if part.tag.endswith("text"))
    return ["".join(text.itertext()) for text in texts]


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
    shown = show_trend(table(lines, unit=unit))
    assert isinstance(shown, ShownChart) == is_shown
    assert isinstance(shown, ShownTable) == (bool(lines) and not is_shown)


def test_a_table_that_is_not_over_time_is_shown_as_it_is():
    found = replace(table(OURS), trend=None)
    assert show_trend(found) == ShownTable(found)
    assert show_trend(replace(found, rows=())) is None


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
    assert shown.label == "trend-plans"
    assert shown.caption == "Plans, by year"
    assert shown.table["rows"][0] == ["Here", "30", "20", "25"]
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


def line(kind, *values):
    return of.Line("Here", kind, values, tuple(map(str, values)))


def test_ours_is_thick_and_coloured_neighbours_thin_the_country_dashed():
    assert line("own").colour == line("part").colour == ACCENT
    assert line("own").size > line("nation").size > line("neighbour").size
    dashes = {kind: line(kind).dash for kind in KINDS}
    assert len({dashes[kind] for kind in ("own", "part", "region", "nation")}) == 4


@pytest.mark.parametrize(
    ("kind", "values", "breaks", "stretches"),
    [
        ("own", (1, 2, 3), (), [[0, 1, 2]]),
        ("own", (1, 2, 3), (1,), [[0], [1, 2]]),
        ("part", (1, 2, 3), (1, 2), [[0], [1], [2]]),
        ("nation", (1, 2, 3), (1,), [[0, 1, 2]]),
        ("own", (1, None, 3), (), [[0], [2]]),
        ("own", (1, None, 3, 4), (2,), [[0], [2, 3]]),
        ("own", (None, None), (), []),
    ],
)
def test_a_line_breaks_where_a_value_is_missing_and_ours_where_counting_changed(
    kind, values, breaks, stretches
):
    assert list(line(kind, *values).segments(breaks)) == stretches


@given(st.lists(st.none() | st.integers(0, 9), max_size=8), st.sets(st.integers(0, 7)))
def test_the_stretches_of_a_line_have_every_known_value_once_and_no_break(values, breaks):
    stretches = list(line("own", *values).segments(tuple(breaks)))
    every = [time for stretch in stretches for time in stretch]
    assert every == [time for time, value in enumerate(values) if value is not None]
    assert not any(time in breaks for stretch in stretches for time in stretch[1:])


def test_a_break_is_told_once_and_not_at_the_first_time_where_nothing_is_to_break():
    for breaks, told in (
        ((), 0),
        (("2013-14",), 1),
        (("2011-12",), 0),
        (("2011-12", "2012-13"), 1),
        (("2012-13", "2013-14"), 1),
        (("1999",), 0),
    ):
        shown = show_trend(table(OURS, breaks=breaks))
        for svg in (shown.svg, shown.narrow):
            assert words_of(svg).count("counted otherwise") == told


def test_a_target_is_told_with_its_value_at_the_end_of_its_line():
    shown = show_trend(table(OURS, target=Decimal("38.5")))
    assert "Target 38.5" in words_of(shown.svg)
    assert "Target 90%" in words_of(show_trend(table(OURS, unit=POINTS, target=90)).svg)
    assert not any("Target" in text for text in words_of(show_trend(table(OURS)).svg))


def of_values(values, target=None, unit=POINTS):
    own = of.Line("Here", "own", tuple(map(float, values)), tuple(map(str, values)))
    return of.Course((own,), ("x",) * len(values), unit, (), target)


@given(
    st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=9),
    st.none() | st.integers(-10_000, 10_000),
    st.sampled_from([PERCENT, CHILDREN, RATE, None]),
)
def test_the_axis_holds_every_value_and_the_target_and_has_a_height(values, target, unit):
    least, largest = of.extent(of_values(values, target, unit))
    every = [*values, *([] if target is None else [target])]
    assert least <= min(every)
    assert largest >= max(every)
    assert least < largest


@given(st.floats(-1e6, 1e6), st.floats(0.2, 1e6), st.sampled_from([PERCENT, CHILDREN, RATE, None]))
def test_the_ticks_of_an_axis_are_few_lie_within_it_and_are_told_apart(least, height, unit):
    ticks = of.ticks_of(least, least + height, unit)
    assert len(ticks) <= 6
    room = height * 1e-6
    assert all(least - room <= value <= least + height + room for value, _ in ticks)
    assert len({text for _, text in ticks}) == len(ticks)


@pytest.mark.parametrize(
    ("values", "least"),
    [((50, 50, 50, 50), 0), ((0, 90), 0), ((40, 90), 0), ((80, 90), 0), ((-5, 90), -5)],
)
def test_the_axis_of_counts_begins_at_nought_whatever_they_are(values, least):
    assert of.extent(of_values(values, unit=CHILDREN))[0] == least


def test_far_from_nought_the_axis_of_percentages_begins_a_little_below_and_shows_ten_points():
    least, largest = of.extent(of_values((80, 95)))
    assert 70 <= least < 80
    assert largest > 95
    least, largest = of.extent(of_values((93, 93.4)))
    assert largest - least >= 10
    assert of.extent(of_values((40, 93)))[0] == 0
    assert of.extent(of_values((6, 9)))[0] == 0


def test_names_stand_at_the_ends_of_the_lines_with_the_last_value_and_the_neighbours_have_none():
    lines = {
        "Here": ("own", 30, 20, 25),
        "Statistical neighbours (median of 1)": ("middle", 30, 20, 24),
        "England": ("nation", 30, 23, None),
        "Nearby": ("neighbour", 1, 2, 25),
    }
    ends = of._ends(shown_course(table(lines)), 300)
    assert [end.value for end in ends] == [25, 24, 23]
    told = [" ".join(end.lines).replace(STRONG, "") for end in ends]
    assert told == ["Here 25", "Neighbours’ median 24", "England 23"]
    assert [end.colour for end in ends] == [ACCENT, INK, INK]


def test_ours_has_its_values_at_its_points_where_the_page_is_wide():
    shown = show_trend(table(OURS))
    assert {"30", "20", "Here 25", "England 42"} <= set(words_of(shown.svg))
    assert not {"30", "20"} & set(words_of(show_trend(table(OURS, unit=RATE)).narrow)) - {"20"}


@given(st.integers(1, 12), st.sampled_from([320, 640]))
def test_no_text_of_lines_leaves_the_drawing_and_times_are_apart(count, width):
    times = tuple(f"year to September {2000 + n}" for n in range(count))
    values = tuple(float(n) for n in range(count))
    own = of.Line("A Board of a long name", "own", values, tuple(f"{v:,}" for v in values))
    drawn = of.lines_drawn(of.Course((own,), times, RATE), width).to_dict()
    texts = [row for layer in drawn["layer"] for row in layer["data"]["values"] if "text" in row]
    told = [row for row in texts if row["text"].startswith("20")]
    assert all(0 <= row["x"] <= width and 0 <= row["y"] <= drawn["height"] for row in texts)
    assert told[-1]["text"] == times[-1][-4:] if count > 1 else told
    assert all(b["x"] - a["x"] >= 32 for a, b in pairwise(told))


# Columns as lines -------------------------------------------------------------------------------

DAYS = exhibit(
    "course",
    "Actions not complete",
    [Column("Day"), Column("Open", CHILDREN), Column("Due", CHILDREN)],
    [("1 May 2025", Figure(15), Figure(15)), ("1 June 2025", Figure(12), "none")],
)


def test_columns_are_drawn_as_lines_over_the_rows():
    days = replace(DAYS, rows=(*DAYS.rows, ("1 July 2025", Figure(9), Figure(8))))
    shown = lines(days, "Open", "Due")
    assert {"Open 9", "Due 8", "15", "12"} <= set(words_of(shown.svg))
    assert shown.label == "course"
    assert "1 June 2025: 12 open;" in shown.alternative


def test_of_too_few_values_columns_are_the_table():
    assert lines(DAYS, "Open", "Due") == ShownTable(
        DAYS, "No chart: fewer than 4 values are known."
    )
    assert lines(replace(DAYS, rows=()), "Open") is None
    with pytest.raises(UnknownNameError):
        lines(DAYS, "Opne")


# Bars -------------------------------------------------------------------------------------------


def test_of_a_single_time_areas_are_bars_in_the_order_of_the_table():
    kinds = {"Here": "own", "Hills": "part", "Nearby": "neighbour", "England": "nation"}
    lines = {area: (kind, 10 + n) for n, (area, kind) in enumerate(kinds.items())}
    shown = show_trend(table(lines, times=("2013-14",)))
    assert words_of(shown.narrow) == ["Here 10", "Hills 11", "Nearby 12", "England 13"]
    assert re.findall(r'<path [^<>]*fill="(#\w+)"', shown.narrow) == [ACCENT] * 2 + [OTHER] * 2
    assert shown.alternative == (
        "Chart of 4 values. Plans, by year. Here: 10; Hills: 11; Nearby: 12; England: 13."
    )


# As a chapter shows them ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_area_can_be_drawn(kind):
    assert show_trend(table({"Here": (kind, 30, 20, 25), "There": (kind, 1, 2, 3)}))
    four = dict.fromkeys("ABCD", (kind, 10))
    assert show_trend(table(four, times=("2013-14",)))


def test_all_measures_of_a_chapter_are_shown_each_as_chart_or_table(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    with_chart, without = table(OURS), replace(table(OURS), trend=None)
    show_measures(iter((with_chart, without)))._ipython_display_()
    assert [type(item).__name__ for item in shown] == ["ShownChart", "ShownTable"]
    assert show_measures(iter(())) is None


def test_a_chart_is_the_same_each_time():
    found = table({**OURS, "Nearby": ("neighbour", 3, 4, 5)}, target=40, breaks=("2013-14",))
    first, second = show_trend(found), show_trend(found)
    assert first == second
    assert QUIET in first.svg
