"""Charts: their data, their words, and an SVG that is the same each time; trees and waterfalls."""

import json
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import altair as alt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hscb_report.display import (
    chart_data,
    show_chart,
    show_charts,
    tidy_data,
    tree_data,
    waterfall_data,
)
from hscb_report.display.charts import ShownChart, text_alternative
from hscb_report.display.drawable import WIDTHS
from hscb_report.display.mime import CHART
from hscb_report.display.shown import ShownTable
from hscb_report.errors import UnknownNameError
from hscb_report.figures import Figure, to_come, withheld
from hscb_report.results.exhibit import Column, Quantity, exhibit
from hscb_report.units import POUNDS, count_of, count_out_of
from tests.strategies import exhibits as drawn_exhibits


def bars(found, column="Amount", name="Agency"):
    return (
        alt.Chart(alt.Data(values=chart_data(found)))
        .mark_bar()
        .encode(x=alt.X(f"{column}:Q"), y=alt.Y(f"{name}:N", sort=None))
    )


@pytest.fixture(scope="module")
def amounts():
    return exhibit(
        "amounts",
        "Amounts",
        [Column("Agency"), Column("Amount", POUNDS)],
        [
            ("Council", Figure(10)),
            ("Police", Figure(2)),
            ("NHS", Figure(None)),
            ("Total", Figure(12)),
            ("Fire", Figure(0)),
        ],
        title="Council paid £10 of £12",
    )


@pytest.fixture(scope="module")
def shown(amounts):
    return show_chart(bars(amounts), amounts, "Amount", "Who pays")


def test_the_data_of_a_chart_are_numbers_with_their_texts(amounts):
    assert chart_data(amounts, "Total") == [
        {"Agency": "Council", "Agency text": "Council", "Amount": 10.0, "Amount text": "£10"},
        {"Agency": "Police", "Agency text": "Police", "Amount": 2.0, "Amount text": "£2"},
        {"Agency": "NHS", "Agency text": "NHS", "Amount": None, "Amount text": "not stated"},
        {"Agency": "Fire", "Agency text": "Fire", "Amount": 0.0, "Amount text": "£0"},
    ]


def test_the_data_of_a_chart_are_valid_json_without_infinities(report):
    for found in report.exhibits:
        for row in json.loads(json.dumps(chart_data(found), allow_nan=False)):
            assert all(math.isfinite(value) for value in row.values() if isinstance(value, float))


@given(drawn_exhibits())
def test_the_tidy_data_of_a_column_are_its_rows_under_names_that_no_board_changes(found):
    """Each row's name, value and text, for a chart of columns whose headings are data."""
    for column in found.columns:
        chosen = replace(found, columns=tuple(_called_otherwise(c) for c in found.columns))
        assert tidy_data(chosen, column.name) == [
            {
                "row": row[found.columns[0].name],
                "value": drawn_value(row[column.name]),
                "text": text,
            }
            for row, text in zip(found.records(), column_texts(found, column), strict=True)
        ]


def _called_otherwise(column):
    """Return a column as a board has renamed it; charts know it by its usual heading."""
    return replace(column, heading=f"Our {column.heading}", usual=column.heading)


def drawn_value(value):
    return value if isinstance(value, str) or value is None else float(value)


def column_texts(found, column):
    return [row[found.columns.index(column)] for row in found.texts()]


def test_tidy_data_leave_out_the_rows_that_are_named(amounts):
    assert tidy_data(amounts, "Amount", "Total", "Police") == [
        {"row": "Council", "value": 10.0, "text": "£10"},
        {"row": "NHS", "value": None, "text": "not stated"},
        {"row": "Fire", "value": 0.0, "text": "£0"},
    ]


def paid(*values, label="paid"):
    """Return a table of amounts."""
    columns = [Column("Agency"), Column("Amount", POUNDS)]
    rows = [(f"Agency {number}", Figure(value)) for number, value in enumerate(values)]
    return exhibit(label, "Paid", columns, rows)


def test_of_a_table_without_rows_nothing_is_shown():
    """Nor an empty chart, whose number the book would count."""
    assert show_chart(bars(paid()), paid(), "Amount", "Who pays") is None


@pytest.mark.parametrize("unknown", [Figure(None), withheld(Figure(3)), to_come(Figure(None))])
def test_what_no_chart_may_be_drawn_of_is_shown_as_the_table_with_the_reason(unknown):
    """The reason is for who looks at the notebook; the book has the table alone."""
    found = paid(1, 2, 3)
    found = replace(found, rows=(*found.rows, ("Agency 3", unknown)))
    shown = show_chart(bars(found), found, "Amount")
    assert shown == ShownTable(found, "No chart: fewer than 4 values are known.")
    assert "No chart" in shown._repr_mimebundle_()["text/html"]
    assert show_chart(bars(found), found, "Amount", beside=True) is None


def test_rows_that_are_left_out_are_not_counted():
    found = paid(1, 2, 3, 4)
    assert isinstance(show_chart(bars(found), found, "Amount"), ShownChart)
    assert isinstance(show_chart(bars(found), found, "Amount", "", "Agency 3"), ShownTable)


def test_a_column_that_the_table_has_not_is_told_with_the_nearest():
    with pytest.raises(UnknownNameError, match="Amount"):
        show_chart(bars(paid(1, 2, 3, 4)), paid(1, 2, 3, 4), "Amuont")


def test_of_several_columns_the_values_are_counted_together():
    columns = [Column("Day"), Column("Open", count_of("x")), Column("Due", count_of("x"))]
    days = [("Monday", Figure(12), Figure(3)), ("Tuesday", Figure(2), Figure(3))]
    found = exhibit("course", "Course", columns, days)
    assert isinstance(show_chart(bars(found, "Due", "Day"), found, "Open", "c"), ShownTable)
    shown = show_chart(bars(found, "Due", "Day"), found, ["Open", "Due"], "c")
    said = "Chart of 4 values. c. Monday: 12 open, 3 due; Tuesday: 2 open, 3 due."
    assert shown.alternative == said


def test_the_text_alternative_holds_every_value_that_is_drawn(report):
    for found in report.exhibits:
        for position, column in enumerate(found.columns):
            if column.unit and not any(isinstance(row[position], str) for row in found.rows):
                told = text_alternative(found, [column.name], "A caption")
                drawn = [
                    f"{texts[0]}: {texts[position]}"
                    for texts, cells in zip(found.texts(), found.rows, strict=True)
                    if cells[position].value is not None
                ]
                assert told == f"Chart of {len(drawn)} values. A caption. {'; '.join(drawn)}."


def test_the_text_alternative_leaves_out_what_is_not_drawn(amounts):
    """Missing values and the rows that the caller names are not drawn."""
    assert text_alternative(amounts, ["Amount"], "Who pays", ["Total"]) == (
        "Chart of 3 values. Who pays. Council: £10; Police: £2; Fire: £0."
    )


def test_the_text_alternative_begins_with_what_the_chart_says(amounts):
    told = text_alternative(amounts, ["Amount"], "Who pays", ["Total"], "Council pays most")
    assert told.startswith("Chart of 3 values. Council pays most. Who pays. Council: £10;")


def test_the_text_alternative_says_of_which_rows_a_value_is_still_to_come():
    columns = (Column("Who"), Column("Amount", POUNDS), Column("Share", POUNDS))
    waiting = to_come(Figure(None))
    rows = [
        ("Council", Figure(10), waiting),
        ("Police", waiting, Figure(1)),
        ("Fire", Quantity(waiting, POUNDS), Figure(1)),
        ("Total", waiting, waiting),
    ]
    found = exhibit("paid", "Paid", columns, rows)
    assert text_alternative(found, ["Amount"], "Who pays", ["Total"]) == (
        "Chart of 1 values. Who pays. Council: £10. Still to come: Police; Fire."
    )
    assert chart_data(found)[1]["Amount"] is None


def test_words_in_a_column_of_figures_are_no_values_and_in_a_column_of_words_they_are():
    columns = (Column("Day"), Column("Open", count_of("x")), Column("Under"))
    rows = [("Monday", Figure(4), "a"), ("Tuesday", "no figure", "b")]
    found = exhibit("course", "The course", columns, rows)
    assert text_alternative(found, ["Open"], "c") == "Chart of 1 values. c. Monday: 4."
    assert text_alternative(found, ["Under"], "c") == (
        "Chart of 2 values. c. Monday: a; Tuesday: b."
    )


def test_the_text_alternative_of_several_columns_names_each():
    found = exhibit(
        "course",
        "The course",
        (Column("Day"), Column("Open", count_of("x")), Column("Due", count_of("x"))),
        [("Monday", Figure(4), Figure(3)), ("Tuesday", Figure(2), Figure(None))],
    )
    assert text_alternative(found, ["Open", "Due"], "How it went") == (
        "Chart of 3 values. How it went. Monday: 4 open, 3 due; Tuesday: 2 open."
    )


def test_the_outputs_of_a_shown_chart_are_typed_json_svg_and_words(amounts, shown):
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {CHART, "image/svg+xml", "text/plain"}
    assert bundle[CHART] == {
        "label": "amounts",
        "title": "Council paid £10 of £12",
        "caption": "Who pays",
        "alternative": "Chart of 4 values. Council paid £10 of £12. Who pays. "
        "Council: £10; Police: £2; Total: £12; Fire: £0.",
        "narrow": shown.narrow,
        "table": replace(amounts, title="").as_json(),
    }
    assert bundle["text/plain"] == bundle[CHART]["alternative"]


def test_a_chart_beside_its_table_has_a_label_of_its_own_and_no_table(amounts):
    shown = show_chart(bars(amounts), amounts, "Amount", beside=True)
    assert (shown.label, shown.table) == ("amounts-chart", None)


def test_a_chart_has_the_words_of_its_table_unless_it_is_given_others(amounts):
    shown = show_chart(bars(amounts), amounts, "Amount")
    assert (shown.title, shown.caption) == (amounts.title, amounts.caption)
    other = show_chart(bars(amounts), amounts, "Amount", title="Police pays least")
    assert other.title == "Police pays least"


def test_a_chart_is_drawn_wide_and_narrow_and_each_fills_its_width(shown):
    for svg, width in zip((shown.svg, shown.narrow), WIDTHS.values(), strict=True):
        root = ET.fromstring(svg)
        assert float(root.get("width")) == width
        assert root.get("viewBox").split()[2] == root.get("width")


def test_a_chart_is_drawn_twice_alike(amounts, shown):
    assert show_chart(bars(amounts), amounts, "Amount", "Who pays") == shown


def test_a_chart_asks_nothing_of_the_network_and_runs_no_script(shown):
    root = ET.fromstring(shown.svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "image", "foreignObject", "iframe", "a"}
    links = [
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if name.rpartition("}")[2] in {"href", "src"}
    ]
    assert all(link.startswith("#") for link in links)
    assert "Source Sans Pro" in shown.svg


def test_the_ids_of_two_charts_of_a_page_differ(amounts, shown):
    other = exhibit("others", "Others", amounts.columns, amounts.rows)
    drawn = [shown.svg, show_chart(bars(other), other, "Amount", "c").svg]
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in drawn]
    assert not ids[0] & ids[1]
    for svg, defined in zip(drawn, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= defined


def test_hostile_names_are_drawn_as_the_text_that_they_are():
    names = (
        "<script>alert(1)</script>",
        'Trust & "Co"',
        'The id="x" office',
        "See url(#there)",
        "]]> --> <![CDATA[",
        "{{ x }}",
    )
    columns = [Column("Agency"), Column("Amount", POUNDS)]
    found = exhibit("hostile", "Hostile", columns, [(name, Figure(1)) for name in names])
    root = ET.fromstring(show_chart(bars(found), found, "Amount", "c").svg)
    assert not any(element.tag.endswith("script") for element in root.iter())
    assert set(names) <= {element.text for element in root.iter()}


# Waterfalls ------------------------------------------------------------------------------------


def steps(*values):
    """Return the waterfall of some values."""
    columns = (Column("Step"), Column("Amount", POUNDS))
    rows = [(f"step {number}", Figure(value)) for number, value in enumerate(values)]
    return waterfall_data(exhibit("steps", "Steps", columns, rows), "Amount")


@given(st.lists(st.integers(-1000, 1000), max_size=6), st.integers(0, 1000))
def test_each_bar_of_a_waterfall_begins_where_the_one_before_ended(changes, opening):
    """The first and the last are balances and stand on the ground."""
    drawn = steps(opening, *changes, opening + sum(changes))
    assert [bar["kind"] for bar in drawn] == ["balance", *["change"] * len(changes), "balance"]
    assert [bar["from"] for bar in drawn] == [0, *(bar["to"] for bar in drawn[:-2]), 0]
    assert drawn[-2]["to"] == drawn[-1]["to"]
    assert all(bar["top"] == max(bar["from"], bar["to"]) for bar in drawn)


def test_after_a_missing_change_no_bar_is_drawn_where_it_does_not_belong():
    drawn = steps(5, None, 3, 9)
    assert [bar["to"] for bar in drawn] == [5, None, None, 9]
    assert [bar["top"] for bar in drawn] == [5, None, None, 9]


# Trees: every name once, each below what it stands under ---------------------------------------

NAMES = ("Board", "Steering", "Training", "Audit", "Panel", "Unit")


def tree(*pairs):
    """Return the tree of a table whose rows are a name and what it stands under."""
    columns = (Column("Purpose"), Column("Group"), Column("Answers to"))
    rows = [(f"For {name}", name, under) for name, under in pairs]
    return tree_data(exhibit("groups", "Groups", columns, rows), "Group", "Answers to")


def outline(*pairs):
    return [(place["name"], place["depth"]) for place in tree(*pairs)]


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
    places = tree_data(report.exhibit("plan-groups"), "Group", "Answers to")
    assert len(places) == len(tables.named("plan_groups")) == 9
    by_name = {place["name"]: place for place in places}
    assert [place["name"] for place in places if place["depth"] == 0] == ["Strategic Board"]
    names = {row.group: row.name for row in tables.named("plan_groups")}
    for row in tables.named("plan_groups"):
        if row.accountable_to:
            above = by_name[names[row.accountable_to]]
            assert by_name[row.name]["row above"] == above["row"]


# Charts of a group ----------------------------------------------------------------------------


def met_by(label, *found):
    """Return a table of agencies, each with how many of ten standards it meets, or with words."""
    unit = count_out_of("standards", Figure(10))
    return exhibit(
        label,
        f"Standards met: {label}",
        [Column("Agency"), Column("Met", mixed=True)],
        [
            (f"Agency {n}", Quantity(Figure(met), unit) if isinstance(met, int) else met)
            for n, met in enumerate(found)
        ],
    )


TEMPLATE = alt.Chart(alt.NamedData("rows")).mark_bar().encode(x="Met:Q", y="Agency:N")
LABELLED = TEMPLATE + TEMPLATE.mark_text().encode(text="Met text:N")


def test_each_table_of_a_group_has_a_chart_beside_it_with_its_caption():
    tables = met_by("one", 1, 2, 3, 14), met_by("two", 5, 6, 7, 18, "none applies")
    shown = show_charts(LABELLED, tables, "Met").parts
    assert [(chart.label, chart.caption) for chart in shown] == [
        ("one-chart", "Standards met: one"),
        ("two-chart", "Standards met: two"),
    ]
    assert "Agency 2: 7 of 10." not in shown[1].alternative
    assert "Agency 3: 18 of 10." in shown[1].alternative
    assert "none applies" not in shown[1].alternative + shown[1].svg
    assert "Chart of 4 values" in shown[1].alternative
    assert all(f"{met} of 10" in shown[1].svg for met in (5, 6, 7, 18))


def test_what_no_chart_may_be_drawn_of_has_none_in_a_group():
    few = met_by("few", 11, 2, 3, "none applies")
    small = met_by("small", 1, 2, 3, 9)
    assert show_charts(TEMPLATE, (few, small), "Met") is None
    assert show_charts(TEMPLATE, (), "Met") is None
    shown = show_charts(TEMPLATE, (few, met_by("enough", 1, 2, 3, 14)), "Met")
    assert [chart.label for chart in shown.parts] == ["enough-chart"]


def test_charts_of_a_group_are_shown_one_below_the_other(monkeypatch):
    told = []
    monkeypatch.setattr("IPython.display.display", told.append)
    shown = show_charts(TEMPLATE, (met_by("one", 1, 2, 3, 14),), "Met")
    shown._ipython_display_()
    assert told == list(shown.parts)
