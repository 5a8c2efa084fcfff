"""A data frame in the book: a table that says what it shows, in which unit, and from where."""

from __future__ import annotations

from typing import Any

import altair
import pandas
import pytest

from hscb_report.display import show_frame
from hscb_report.display.mime import CHART, TABLE

HOSTILE = '<img src=x onerror="alert(1)"> | `a` {{ b }}'
TOLD: dict[str, Any] = {"unit": "pounds", "source": "the table spend-shares"}


def shown(frame: pandas.DataFrame, caption: str = "Who pays", **told: Any) -> dict[str, Any]:
    made = show_frame(frame, caption, **{**TOLD, **told})
    assert made is not None
    return made._repr_mimebundle_()


def test_its_index_heads_the_rows_and_its_cells_are_text() -> None:
    given = pandas.DataFrame({"paid": [1234.5, None], "who": ["<b>", HOSTILE]}, ["Council", "X"])
    bundle = shown(given.rename_axis("agency"))
    table = bundle[TABLE]
    assert (table["label"], table["caption"]) == ("frame-who-pays", "Who pays")
    assert table["row_headers"] == 1
    assert [column["heading"] for column in table["columns"]] == ["agency", "paid", "who"]
    assert [column["numeric"] for column in table["columns"]] == [False, True, False]
    assert table["rows"] == [["Council", "£1,234.50", "<b>"], ["X", "not stated", HOSTILE]]
    assert table["notes"] == ["Source: the table spend-shares"]
    assert "<img" not in bundle["text/html"]


def test_rows_without_names_are_headed_by_their_first_column() -> None:
    table = shown(pandas.DataFrame({"agency": ["A"], "paid": [1]}))[TABLE]
    assert (table["rows"], table["row_headers"]) == ([["A", "£1"]], 1)


def test_headings_of_several_levels_are_told_in_one_and_every_index_heads_its_row() -> None:
    given = pandas.DataFrame({"a": ["x", "x"], "b": [1, 2], "c": [3, 4]})
    several = given.groupby(["a", "b"]).agg({"c": ["sum", "max"]})
    table = shown(several)[TABLE]
    assert [c["heading"] for c in table["columns"]] == ["a", "b", "c, sum", "c, max"]
    assert table["row_headers"] == 2
    assert table["rows"] == [["x", "1", "£3", "£3"], ["x", "2", "£4", "£4"]]


def test_each_column_may_have_a_unit_of_its_own() -> None:
    given = pandas.DataFrame({"agency": ["A"], "paid": [10], "share": [61.25], "cases": [3.5]})
    units = {"paid": "pounds", "share": "percent", "cases": "children"}
    assert shown(given, unit=units)[TABLE]["rows"] == [["A", "£10", "61.25%", "3.5"]]


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({"caption": " ", **TOLD}, "caption"),
        ({"caption": "Who pays", "unit": "pounds"}, "source"),
        ({"caption": "Who pays", "source": "a table"}, "unit"),
        ({"caption": "Who pays", "source": "a table", "unit": {"other": "pounds"}}, "unit"),
        ({}, "caption, unit, source"),
    ],
)
def test_what_is_not_told_is_named_with_the_whole_call(told: dict[str, Any], missing: str) -> None:
    given = pandas.DataFrame({"agency": ["A"], "paid": [1]})
    with pytest.raises(ValueError, match=rf"show_frame\(frame, .*; missing here: {missing}\."):
        show_frame(given, **told)


def test_a_frame_without_numbers_needs_no_unit() -> None:
    given = pandas.DataFrame({"agency": ["A"], "is there": [True]})
    assert shown(given, unit="")[TABLE]["rows"] == [["A", "True"]]


def test_of_an_empty_frame_nothing_is_shown() -> None:
    assert show_frame(pandas.DataFrame({"a": []}), "None", **TOLD) is None


def test_a_chart_stands_in_its_place_with_its_table_and_its_words() -> None:
    given = pandas.DataFrame({"agency": list("ABCD"), "paid": [10.0, 20.0, 30.0, 45.5]})
    chart = altair.Chart(given).mark_bar().encode(x="paid:Q", y="agency:N")
    drawn = shown(given, chart=chart)[CHART]
    assert "A: £10; B: £20; C: £30; D: £45.50" in drawn["alternative"]
    assert drawn["table"]["notes"] == ["Source: the table spend-shares"]
