"""Tables as Typst gets them: header cells counted, columns wide enough, tones where they belong."""

import re
from fractions import Fraction

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from hscb_report.fonts import font_folder
from hscb_report.outputs.pdf.table_layout import (
    column_widths,
    families,
    grid,
    table_source,
    text_width,
)
from hscb_report.outputs.pdf.tokens import FULL, TEXT, TURNED, in_ems
from tests.outputs.projects import docutils_table, entry

PROSE = "long prose about what was planned and done in the year, agency by agency"


def source_of(rows):
    table = grid(docutils_table(rows))
    return table_source(table, nodes.Element.astext, column_widths([table]))


def with_cells(*texts, heads="ABCDEFGHIJKL"):
    """Return a table of one row below its heads."""
    return grid(
        docutils_table([[entry(heads[n]) for n in range(len(texts))], [*map(entry, texts)]])
    )


def test_row_headers_are_counted_where_cells_span_rows():
    """A row whose header began above has none of its own."""
    rows = [
        [entry("Agency"), entry("Year"), entry("Sum")],
        [entry("Health", morerows=1), entry("2012"), entry("1")],
        [entry("2013"), entry("2")],
    ]
    found = grid(docutils_table(rows, stubs=1))
    assert found.row_headers() == (0, 1, 0)
    assert [(cell.row, cell.column) for cell in found.cells][-2:] == [(2, 1), (2, 2)]


def test_a_column_of_figures_is_set_right_with_its_header():
    rows = [
        [entry("Agency"), entry("Sum")],
        [entry("Health"), entry("1", classes=["num"])],
        [entry("Council"), entry("unknown", classes=["left"])],
        [entry("Police"), entry("2", classes=["right"])],
    ]
    source = source_of(rows)
    assert "align: (left, right,)" in source
    assert "table.cell(align: left)[unknown]" in source


def test_spans_are_kept():
    source = source_of([[entry("Both", morecols=1)], [entry("a"), entry("b")]])
    assert "table.cell(colspan: 2)" in source
    assert re.search(r"columns: \(1fr, [\d.]+em,\)", source)


def test_a_table_takes_the_text_s_width_if_that_holds_it_and_else_both_columns():
    narrow, wide = column_widths([with_cells("a", "1")]), column_widths([with_cells(*[PROSE] * 5)])
    assert (narrow.room, wide.room) == (TEXT, FULL)
    assert narrow.tracks[0] == "1fr"
    assert all(track.endswith("fr") for track in wide.tracks)


def test_a_table_turns_only_if_it_may_and_its_longest_words_need_the_room():
    """Long prose is broken into lines instead."""
    words = with_cells(*["Incomprehensibilities"] * 6)
    assert not column_widths([words]).turns
    assert column_widths([words], may_turn=True).turns
    assert column_widths([words], may_turn=True).room == TURNED
    assert not column_widths([with_cells(*[PROSE] * 6)], may_turn=True).turns


def test_tables_of_the_same_heads_that_follow_one_another_have_the_same_widths():
    tables = [with_cells("a", PROSE), with_cells(PROSE, "b"), with_cells("c", "d", heads="XY")]
    tables.append(with_cells("e", "f"))
    assert families(tables) == [[0, 1], [2], [3]]
    shared = column_widths(tables[:2])
    assert shared == column_widths(tables[1::-1])
    assert shared.room == FULL


def test_the_column_of_most_text_gets_most_room():
    shares = column_widths([with_cells("one", PROSE * 5, PROSE, "two")]).shares
    assert shares[1] > shares[2] > shares[0]
    assert sum(shares) == pytest.approx(in_ems(FULL))


def test_no_text_is_wider_than_it_is_taken_to_be():
    """Measured with the font itself: a column holds its longest word."""
    font = ImageFont.truetype(str(font_folder() / "SourceSansPro-Regular.ttf"), 1000)
    texts = ["Herefordshire Council", "£127,016", "HSCB", "Children's Services", "2013-14", "WM"]
    assert all(font.getlength(text) / 1000 <= text_width(text) for text in texts)


@given(st.lists(st.text(max_size=300), min_size=1, max_size=12))
def test_every_column_has_some_width(texts):
    rows = [[entry("H") for _ in texts], [entry(text) for text in texts]]
    widths = column_widths([grid(docutils_table(rows))])
    assert len(widths.tracks) == len(texts)
    assert all(share > 0 for share in widths.shares)


def test_a_tone_stands_in_its_cell_beside_the_cell_s_options():
    rows = [
        [entry("A"), entry("B")],
        [entry("a", morerows=1, classes=["right", "tone-alarm"]), entry("b")],
        [entry("c")],
    ]
    assert re.search(r'table\.cell\(rowspan: 2[^\[]*\)\[#tone\("alarm"\)\[a\]\]', source_of(rows))


def test_a_class_is_a_tone_only_if_it_is_one_of_ours():
    classes = ("tone-plain", "tone-nonesuch", "tone-", "tone-Good", "good", "exhibit", "")
    rows = [[entry("A"), entry("B")]]
    rows += [[entry("a", classes=[name]), entry("b", classes=["right"])] for name in classes]
    source = source_of(rows)
    assert "tone" not in source


def test_columns_stand_closer_before_a_word_is_broken():
    """And only where that does not help is one broken."""
    words = [with_cells(*["Incomprehens"] * count) for count in (6, 7, 8)]
    found = [column_widths([table]) for table in words]
    assert (found[0].close, found[0].tight) == (False, False)
    assert (found[1].close, found[1].tight) == (True, False)
    assert (found[2].close, found[2].tight) == (True, True)
    assert "close: true" in table_source(words[2], nodes.Element.astext, found[2])


@given(st.text(max_size=60))
def test_a_width_is_the_same_with_every_python(text: str) -> None:
    """It is the exact sum, rounded once: `sum` adds floats otherwise since Python 3.12."""
    assert text_width(text) == float(sum(Fraction(text_width(sign)) for sign in text))
