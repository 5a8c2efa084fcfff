"""The usual forms of a chart: what each prints and draws, of one table or of a group."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.display import bars, dots, status_bar, steps, tree
from hscb_report.display.charts import ShownChart
from hscb_report.display.drawing import Bar, Status, bars_drawn, dots_drawn, status_bar_drawn
from hscb_report.display.paper import ACCENT, OTHER
from hscb_report.display.shown import ShownTable
from hscb_report.errors import UnknownNameError
from hscb_report.figures import MISSING, Figure, to_come
from hscb_report.look import LIGHT
from hscb_report.results.exhibit import Column, Mark, Quantity, exhibit
from hscb_report.results.titles import year_before
from hscb_report.units import POUNDS, count_of

ACTIONS = count_of("actions")
NAMES = ("Council", "Health", "Police", "Fire", "Probation", "Schools")
LONG = "Training and development (including the trainer of all agencies together)"


def table(*values, title="", label="paid", before=()):
    """Return a table of amounts, beside those of the year before if there are some."""
    columns = [Column("Agency"), Column("Amount", POUNDS)]
    figures = [value if isinstance(value, Figure) else Figure(value) for value in values]
    rows = list(zip(NAMES, figures, strict=False))
    if before:
        columns.append(Column("2012-13", POUNDS, usual=year_before("Amount")))
        rows = [(*row, Figure(then)) for row, then in zip(rows, before, strict=True)]
    return exhibit(label, "Amounts, 2013-14", columns, rows, title=title)


def texts(svg):
    found = (part for part in ET.fromstring(svg).iter() if part.tag.endswith("text"))
    return ["".join(text.itertext()) for text in found]


def fills(svg):
    return re.findall(r'<path [^<>]*fill="(#\w+)"', svg)


# Bars -------------------------------------------------------------------------------------------


def test_what_is_told_otherwise_and_is_as_large_as_before_has_not_moved():
    """As "over £40", which was "£40"."""
    over = Quantity(Figure(40), POUNDS.said("over ", ""))
    columns = [
        *(Column("Agency"), Column("Paid", mixed=True)),
        Column("2012-13", POUNDS, usual=year_before("Paid")),
    ]
    amounts = (over, *(Quantity(Figure(n), POUNDS) for n in (30, 20, 10)))
    rows = [(name, now, Figure(40)) for name, now in zip(NAMES, amounts, strict=False)]
    shown = dots(exhibit("paid", "Paid, 2013-14", columns, rows), "Paid")
    first, second, *_ = (text for text in texts(shown.svg) if "£" in text)
    assert first.endswith("compared with £40")
    assert second.endswith("down from £40")


def test_name_and_value_of_each_bar_stand_above_it_or_beside_it():
    shown = bars(table(40, 30, 20, 10), "Amount")
    assert texts(shown.narrow) == ["Council £40", "Health £30", "Police £20", "Fire £10"]
    assert texts(shown.svg) == ["Council", "£40", "Health", "£30", "Police", "£20", "Fire", "£10"]
    assert fills(shown.svg) == [ACCENT] * 4


def test_the_rows_that_the_title_names_have_the_boards_colour_the_others_are_grey():
    shown = bars(table(40, 30, 20, 10, title="70% came from Council and Health"), "Amount")
    assert fills(shown.svg) == [ACCENT, ACCENT, OTHER, OTHER]
    nobody = bars(table(40, 30, 20, 10, title="All of it came"), "Amount")
    assert fills(nobody.svg) == [ACCENT] * 4


def test_a_row_without_a_value_is_named_where_no_table_stands_beside():
    found = table(40, 30, 20, 10, MISSING, to_come(MISSING))
    shown = bars(found, "Amount")
    assert texts(shown.narrow)[-2:] == ["Probation not stated", "Schools to come"]
    assert len(fills(shown.narrow)) == 4
    assert "Probation" not in "".join(texts(bars(found, "Amount", beside=True).narrow))


def test_another_column_is_printed_in_brackets_and_rows_are_left_out():
    found = table(40, 30, 20, 10, 100)
    columns = (*found.columns, Column("Share", ACTIONS))
    found = replace(found, columns=columns, rows=tuple((*row, Figure(7)) for row in found.rows))
    shown = bars(found, "Amount", "Probation", also="Share")
    assert texts(shown.narrow)[0] == "Council £40 (7)"
    assert "Probation" not in shown.alternative + shown.svg


def test_beside_the_year_before_each_bar_says_where_it_comes_from_and_marks_it():
    shown = bars(table(40, 30, 20, 10, before=(20, 30, 40, 10)), "Amount")
    assert texts(shown.narrow) == [
        "Council £40 up from £20",
        "Health £30 unchanged",
        "Police £20 down from £40",
        "Fire £10 unchanged",
    ]
    assert fills(shown.narrow).count(LIGHT["text"]) == 2
    assert shown.caption == "Amounts, 2013-14; lines across mark 2012-13"
    assert "Council: £40 amount, £20 amount, year before" in shown.alternative


def test_a_group_of_tables_has_a_chart_each():
    group = (table(40, 30, 20, 10), table(4, 3, 2, 1, label="other"))
    shown = bars(group, "Amount", beside=True)
    assert [chart.label for chart in shown.parts] == ["paid-chart", "other-chart"]
    assert bars((), "Amount") is None
    few = bars((table(1, 2),), "Amount", beside=True)
    assert few is None


@pytest.mark.parametrize("form", [bars, dots, status_bar])
def test_a_column_that_is_not_there_is_told(form):
    with pytest.raises(UnknownNameError, match="Amount"):
        form(table(40, 30, 20, 10), "Amuont")


@pytest.mark.parametrize("form", [bars, dots, status_bar])
def test_of_a_table_without_rows_nothing_is_shown_whatever_the_column(form):
    assert form(table(), "Amount") is None
    assert form(table(), "") is None


def test_of_too_few_values_the_table_is_shown():
    assert isinstance(bars(table(1, 2, 3), "Amount"), ShownTable)
    assert bars(table(1, 2, 3), "Amount", beside=True) is None


# Dots -------------------------------------------------------------------------------------------


def test_dots_say_in_their_title_what_changed_most_and_show_rings_for_the_year_before():
    shown = dots(table(40, 30, 20, 10, before=(20, 30, 39, 10), title="x"), "Amount")
    assert shown.title == "Most changed: Council, up 100% from £20"
    assert shown.caption == "Amounts, 2013-14; rings show 2012-13"
    assert texts(shown.svg)[0] == "Council £40 up from £20"
    assert fills(shown.svg).count(LIGHT["ground"]) == 4


def test_where_nothing_can_be_said_of_the_change_dots_have_the_title_of_the_table():
    found = table(40, 30, 20, 10, before=(30, 20, 20, 10), title="Council pays most")
    assert dots(found, "Amount").title == "Council pays most"
    assert dots(found, "Amount", title="Ours").title == "Ours"


def test_without_a_year_before_dots_are_bars():
    assert dots(table(40, 30, 20, 10), "Amount") == bars(table(40, 30, 20, 10), "Amount")


# Steps, statuses, trees -------------------------------------------------------------------------


def test_steps_lead_from_the_first_row_to_the_last():
    shown = steps(table(50, 30, -20, 60), "Amount")
    assert texts(shown.narrow) == ["Council £50", "Health £30", "Police −£20", "Fire £60"]
    assert fills(shown.narrow) == [ACCENT, OTHER, OTHER, ACCENT]
    unknown = steps(table(50, MISSING, -20, 60, 60), "Amount")
    assert len(fills(unknown.narrow)) == 2
    assert steps(table(), "Amount") is None


def statuses(*counts):
    marks = [Mark("Complete", "✓", "good"), Mark("On target", "▶"), Mark("At risk", "▲")]
    marks += [Mark("Overdue", "■"), Mark("Not rated", "–")]
    rows = [(mark, Figure(count)) for mark, count in zip(marks, counts, strict=False)]
    return exhibit("ratings", "Ratings", [Column("Rating"), Column("Actions", ACTIONS)], rows)


def test_a_status_bar_prints_number_shape_and_word_of_each_and_draws_those_that_there_are():
    shown = status_bar(statuses(14, 0, 3, 2, 1), "Actions")
    assert texts(shown.narrow) == [
        *("✓", "14 Complete", "▶", "0 On target", "▲", "3 At risk"),
        *("■", "2 Overdue", "–", "1 Not rated"),
    ]
    assert fills(shown.svg) == [LIGHT[name] for name in ("done", "risk", "late", "idle")]
    assert "✓ Complete: 14; ▶ On target: 0" in shown.alternative


def test_a_status_bar_of_two_says_what_more_is_known_of_each():
    columns = [Column("Rating"), Column("Actions", ACTIONS), Column("Known")]
    rows = [
        (Mark("Complete", "✓", "good"), Figure(14), "2 recorded late"),
        (Mark("No date", "–"), Figure(3), "1 to be confirmed"),
    ]
    shown = status_bar(exhibit("two", "Two", columns, rows), "Actions", also="Known")
    for drawing in (shown.narrow, shown.svg):
        assert texts(drawing) == [
            *("✓", "14 Complete", "2 recorded late", "–", "3 No date", "1 to be confirmed")
        ]
    assert "14 actions, 2 recorded late known" in shown.alternative


@given(st.lists(st.integers(0, 60), min_size=1, max_size=5), st.sampled_from((320, 640)))
def test_the_parts_of_a_status_bar_stand_side_by_side_and_fill_it(counts, width):
    found = [Status(Mark(f"s{n}"), float(count), str(count)) for n, count in enumerate(counts)]
    made = status_bar_drawn(found, width).to_dict()
    layers = [layer for layer in made["layer"] if layer["mark"]["type"] == "rect"]
    parts = [row for layer in layers for row in layer.get("data", made.get("data"))["values"]]
    assert len(parts) == sum(count > 0 for count in counts)
    assert all(a["x2"] <= b["x"] + 1 for a, b in pairwise(parts))
    assert not parts or parts[-1]["x2"] == pytest.approx(width, abs=3)


GROUPS = exhibit(
    "groups",
    "Groups",
    [Column("Group"), Column("Answers to")],
    [("Board", "nobody"), (LONG, "Board"), ("Audit", "Board"), ("Panel", "Audit")],
)


def test_a_tree_stands_beside_its_table_and_breaks_long_names():
    shown = tree(GROUPS, "Group", "Answers to")
    assert (shown.label, shown.table) == ("groups-chart", None)
    assert " ".join(texts(shown.narrow)) == f"Board {LONG} Audit Panel"
    assert len(texts(shown.narrow)) > len(texts(shown.svg)) == 4
    assert tree(replace(GROUPS, rows=()), "Group", "Answers to") is None


# Whatever is drawn ------------------------------------------------------------------------------

rows = st.lists(
    st.builds(
        Bar,
        st.sampled_from((*NAMES, LONG)),
        st.sampled_from(("£1", "£127,016")),
        st.sampled_from(("", "(61.0%)", "(61.0%) up from £123,456")),
        end=st.none() | st.floats(-1000, 1000),
        before=st.none() | st.floats(-1000, 1000),
    ),
    max_size=6,
)


@given(rows, st.sampled_from((320, 640)), st.sampled_from((bars_drawn, dots_drawn)))
def test_nothing_leaves_the_drawing_whatever_is_drawn(found, width, draw):
    made = draw(found, width).to_dict()
    one = made.get("data", {"values": []})  # of a single layer
    for row in (row for layer in made["layer"] for row in layer.get("data", one)["values"]):
        assert min(row["x"], row.get("x2", row["x"])) >= -3
        assert max(row["x"], row.get("x2", row["x"])) <= width + 3
        assert -3 <= row["y"] <= made["height"] + 3


def test_a_chart_of_a_form_is_the_same_each_time():
    shown = bars(table(40, 30, 20, 10), "Amount")
    assert isinstance(shown, ShownChart)
    assert shown == bars(table(40, 30, 20, 10), "Amount")


def test_bars_with_long_names_and_short_values_stand_beside_their_names_in_two_lines() -> None:
    """With long values they have the room above them; what is said stays the same."""
    name = "Working together to safeguard children in every school"
    short, long = ([Bar(name, f"{n}0", more, end=n) for n in (1, 2)] for more in ("", "up" * 40))
    below, above = (bars_drawn(rows, 640).to_dict() for rows in (short, long))
    boxes = [
        [row["x"] for layer in drawn["layer"] for row in layer["data"]["values"] if "y2" in row]
        for drawn in (below, above)
    ]
    assert min(boxes[0]) > 200
    assert max(boxes[1]) == 0
    said = {row.get("text") for layer in below["layer"] for row in layer["data"]["values"]}
    lines = [text for text in said if text and text in name]
    assert len(lines) == 2
    assert sorted(" ".join(lines).split()) == sorted(name.split())
