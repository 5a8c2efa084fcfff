"""The published tables: rectangular, named, captioned, and never blank."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.figures import MISSING, Figure, share, to_come, withheld
from hscb_report.results.exhibit import Column, Mark, Quantity, Trend, exhibit
from hscb_report.schema import Place
from hscb_report.units import NOT_SHOWN, NOT_STATED, PERCENT, POUNDS, count_of
from tests.strategies import exhibits as drawn_exhibits
from tests.strategies import printable

# Every published table ------------------------------------------------------------------------


def test_every_row_has_a_cell_for_every_column_and_none_is_blank(report):
    """Who listens to a table cannot tell a blank cell from one that was left out."""
    for found in report.exhibits:
        assert found.rows, found.label
        assert {len(row) for row in found.texts()} == {len(found.columns)}
        assert all(text.strip() for row in found.texts() for text in row), found.label


def test_labels_are_unique_and_can_be_anchors_with_one_for_a_chart_beside_each(report):
    labels = [found.label for found in report.exhibits]
    assert [label for label, times in Counter(labels).items() if times > 1] == []
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", label) for label in labels)
    assert not set(labels) & {f"{label}-chart" for label in labels}


def test_captions_are_unique_and_say_the_year(report):
    """Inspections, priorities and the source's faults are of no one year.

    The plan is of the year after the report's; its tracker is of a day; a measure over time is of
    its own times.
    """
    captions = [found.caption for found in report.exhibits]
    assert [caption for caption, times in Counter(captions).items() if times > 1] == []
    assert all(re.fullmatch(r"\S.*[^.\s]", caption) for caption in captions)
    of_no_year = re.compile(r"inspection-journey|area-.+|priority-\d|discrepancies|trend-.+")
    for found in report.results.exhibits:
        if found.group.startswith("trends-"):
            assert re.search(r"20\d\d|undated", found.caption), found.label
        elif not found.label.startswith("tracker-"):
            says = bool(re.search(r"20(13-14|14-15)", found.caption))
            assert says != bool(of_no_year.fullmatch(found.label)), found.label


def test_headings_and_row_headers_tell_columns_and_rows_apart(report):
    for found in report.exhibits:
        headings = [column.heading for column in found.columns]
        assert len(headings) == len(set(headings)), found.label
        assert all(heading.strip() for heading in headings)
        assert 1 <= found.row_headers < len(found.columns)
        # Two findings may be of one cell: what tells them apart is what was found.
        heads = 3 if found.label == "assurance-findings" else found.row_headers
        names = [row[:heads] for row in found.texts()]
        assert len(names) == len(set(names)), found.label
        headers = [cell for row in found.rows for cell in row[: found.row_headers]]
        assert all(isinstance(cell, str | Mark) for cell in headers)


# Exhibits as such -----------------------------------------------------------------------------


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="a-label, row 2: 1 cells, 2 columns"):
        exhibit("a-label", "Caption", [Column("A"), Column("B")], [("a", "b"), ("a",)])


def test_what_is_missing_is_not_stated_and_what_is_not_told_is_not_shown():
    cells = [("", MISSING), ("a", withheld(Figure(3))), ("b", Figure(0))]
    found = exhibit("a-label", "Caption", [Column("A"), Column("B", POUNDS)], cells)
    assert [row[1] for row in found.texts()] == [NOT_STATED, NOT_SHOWN, "£0"]
    assert found.text(0, 0) == NOT_STATED


def test_records_hold_unrounded_values_in_their_unit_by_heading():
    columns = [Column("A"), Column("B", PERCENT), Column("C", mixed=True), Column("D")]
    pounds = Quantity(Figure(2), POUNDS)
    rows = [("a", Figure(2) / Figure(3), pounds, Mark("Late", "■")), ("b", MISSING, "none", "x")]
    first, second = exhibit("a-label", "Caption", columns, rows).records()
    assert str(first["B"]).startswith("66.6666666")
    assert (first["A"], first["C"], first["D"]) == ("a", 2, "Late")
    assert second == {"A": "b", "B": None, "C": "none", "D": "x"}


def test_a_column_of_figures_knows_the_unit_of_each_cell():
    columns = [Column("A"), Column("B", count_of("people")), Column("C", mixed=True)]
    quantity = Quantity(Figure(1), POUNDS)
    found = exhibit("a", "A", columns, [("a", Figure(1), quantity), ("b", "none", "none")])
    assert [found.units(column) for column in range(3)] == [
        *[("", ""), ("people", ""), ("pounds", "")],
    ]
    assert [column.is_numeric for column in columns] == [False, True, True]


def test_figures_are_decided_one_by_one_and_nothing_else_is_touched():
    columns = [Column("A"), Column("B", POUNDS), Column("C", mixed=True), Column("D")]
    figure = Figure(3, (Place("a.csv", 2),))
    found = exhibit(
        "a", "A", columns, [("a", figure, Quantity(figure, PERCENT), Mark("x"))], "Note"
    )
    decided = found.with_figures(withheld)
    assert decided.texts() == (("a", NOT_SHOWN, NOT_SHOWN, "x"),)
    assert (decided.columns, decided.notes) == (found.columns, found.notes)
    assert found.rows[0][1] is figure


drawn_words = printable.filter(str.strip).map(str.strip)
tones = st.sampled_from(("good", "watch", "alarm", "plain"))
marks = st.builds(Mark, drawn_words, st.sampled_from(("", "✓", "■")), tones)


@given(st.lists(st.tuples(drawn_words | marks, drawn_words | marks)))
def test_tones_are_of_the_shape_of_the_rows_or_none_at_all(rows):
    """A mark is printed as its shape and its word: nothing is told by colour alone."""
    told = exhibit("a", "A", (Column("One"), Column("Two")), rows).as_json()
    expected = [[cell.tone if isinstance(cell, Mark) else "" for cell in row] for row in rows]
    assert told["tones"] == (expected if any(map(any, expected)) else [])
    for row, texts in zip(rows, told["rows"], strict=True):
        for cell, text in zip(row, texts, strict=True):
            is_mark = isinstance(cell, Mark)
            assert text == (f"{cell.shape} {cell.word}".strip() if is_mark else cell)


@given(drawn_exhibits())
def test_texts_and_json_and_records_tell_of_the_same_cells(found):
    texts = found.texts()
    told = json.loads(json.dumps(found.as_json()))
    assert [tuple(row) for row in told["rows"]] == list(texts)
    assert len(texts) == len(found.rows) == len(found.records())
    assert told["columns"] == [
        {"heading": column.heading, "numeric": column.is_numeric} for column in found.columns
    ]
    for row, said in zip(found.rows, texts, strict=True):
        for cell, text in zip(row, said, strict=True):
            assert text == (cell or NOT_STATED) if isinstance(cell, str) else text


def test_what_a_chart_needs_of_a_table_over_time_stays_with_it_and_out_of_its_json():
    trend = Trend(("own",), 3, ("2013-14",))
    columns = (Column("Area"), Column("2013-14", POUNDS))
    found = exhibit("a", "A", columns, [("Here", Figure(1))], "A note", group="g", trend=trend)
    assert (found.trend, found.group, found.notes) == (trend, "g", ("A note",))
    assert found.with_figures(withheld).trend is trend
    assert "trend" not in found.as_json()
    assert exhibit("a", "A", columns, []).trend is None
    assert Trend(()) == Trend((), None, ())


def test_two_columns_of_one_heading_are_refused():
    """A row is told by its headings: one of the two would be lost."""
    with pytest.raises(ValueError, match="a-label: two columns have the same heading"):
        exhibit("a-label", "A table", (Column("What"), Column("What")), [("a", "b")])


# Shares of few ----------------------------------------------------------------------------------

MEETINGS = count_of("meetings")
OF_MEETINGS = (
    Column("Agency"),
    Column("Meetings", MEETINGS),
    Column("Attended", MEETINGS),
    Column("Share", PERCENT),
)


def attended(*rows):
    return exhibit(
        "attended",
        "Meetings attended, 2013-14",
        OF_MEETINGS,
        [
            (name, m, a, share(a, m))
            for name, m, a in ((n, Figure(m), Figure(a)) for n, m, a in rows)
        ],
    )


def test_a_column_of_shares_that_repeats_the_counts_beside_it_is_left_out():
    plain = attended(("Police", 4, 3), ("NHS", 0, 0), ("Schools", 6, 6)).without_repeated_shares()
    assert [column.heading for column in plain.columns] == ["Agency", "Meetings", "Attended"]
    assert plain.texts() == (("Police", "4", "3"), ("NHS", "0", "0"), ("Schools", "6", "6"))


def test_a_column_with_one_percentage_stays_and_tells_the_others_as_counts():
    table = attended(("Police", 4, 3), ("NHS", 20, 5))
    assert table.without_repeated_shares() == table
    assert [row[3] for row in table.texts()] == ["3 of 4", "25.0%"]
    assert [record["Share"] for record in table.records()] == [75, 25]


def test_shares_whose_counts_stand_nowhere_else_stay():
    columns = (Column("Agency"), Column("Share", PERCENT))
    table = exhibit("a", "A, 2013-14", columns, [("Police", share(Figure(3), Figure(4)))])
    assert table.without_repeated_shares() == table


@given(drawn_exhibits())
def test_of_a_table_without_shares_of_few_every_column_stays(table):
    assert table.without_repeated_shares() == table


# What is mostly missing ---------------------------------------------------------------------------


def valued(*values, asked=False, **other):
    """Return a table of a name, a note that is always there, and a value."""
    columns = (Column("Measure"), Column("Note"), Column("Value", POUNDS, is_asked=asked))
    rows = [(f"m{n}", "noted", Figure(value)) for n, value in enumerate(values)]
    return exhibit("values", "Values, 2013-14", columns, rows, **other)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([None], "Values, 2013-14: its one value is not known."),
        ([None, None, None], "Values, 2013-14: none of its 3 values is known."),
        ([None, None, None, 4], "Values, 2013-14: 1 of its 4 values is known."),
        ([None] * 7 + [0, 4], "Values, 2013-14: 2 of its 9 values are known."),
        ([None, None, 4], ""),
        ([0, 0, 0], ""),
        ([1, 2, None], ""),
        ([], ""),
    ],
)
def test_a_table_that_mostly_shows_what_is_missing_is_told_in_a_sentence(values, told):
    table = valued(*values)
    assert table.told_instead == table.as_json()["instead"] == told
    assert len(table.records()) == len(values)  # it is whole where it is taken from


def test_a_chapter_says_in_its_own_words_what_is_missing_and_which_column_matters():
    told = "None of the 2 measures has a value."
    assert valued(None, None, instead=told).told_instead == told
    assert valued(None, 3, instead=told).told_instead == ""
    columns = (Column("Measure"), Column("Counts", POUNDS), Column("Value", is_asked=True))
    rows = [("a", Figure(1), "no value published"), ("b", Figure(1), "not stated")]
    assert exhibit("a", "A, 2013-14", columns, rows).told_instead.startswith("A, 2013-14: none")


def test_of_a_table_without_figures_every_cell_counts():
    columns = (Column("Agency"), Column("Board"), Column("Group"))
    lost = exhibit("a", "A, 2013-14", columns, [("x", "lost", "lost"), ("y", "lost", "not known")])
    assert lost.told_instead == "A, 2013-14: none of its 4 values is known."
    half = exhibit("a", "A, 2013-14", columns, [("x", "lost", "attended")])
    assert half.told_instead == ""


def test_what_a_draft_waits_for_what_is_withheld_and_what_is_linked_to_stays_a_table():
    columns = (Column("Measure"), Column("Value", POUNDS))
    for figure in (to_come(MISSING), withheld(Figure(3))):
        assert exhibit("a", "A", columns, [("m", figure)]).told_instead == ""
    linked = exhibit("a", "A", columns, [("m", MISSING)], anchors=("row-m",))
    assert linked.told_instead == ""


def test_the_tables_of_the_year_that_are_mostly_missing(report):
    told = {found.label: found.told_instead for found in report.exhibits if found.told_instead}
    assert told == {
        "attendance": "The colours of all 162 cells of the attendance table are lost.",
        "headline-measures": "None of the 10 headline measures has a published value.",
    }
