"""Tables as Typst gets them: header cells counted, columns wide enough, tones where they belong."""

import re

from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.outputs.pdf.table_layout import column_widths, grid, table_source
from tests.outputs.projects import docutils_table, entry


def source_of(rows):
    return table_source(grid(docutils_table(rows)), nodes.Element.astext)


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
    assert "columns: (1fr, auto,)" in source


def test_a_wide_table_takes_shares_of_the_page_and_a_narrow_one_less_than_the_page():
    words = "long prose about what was planned and done in the year, agency by agency"
    wide = grid(docutils_table([[entry("H")] * 5, [entry(words) for _ in range(5)]]))
    assert all(track.endswith("fr") for track in column_widths(wide).tracks)
    narrow = grid(docutils_table([[entry("A"), entry("B")], [entry("a"), entry("1")]]))
    assert column_widths(narrow).tracks == ("1fr", "auto")
    assert column_widths(narrow).narrow


@given(st.lists(st.text(max_size=300), min_size=1, max_size=12))
def test_every_column_has_some_width(texts):
    rows = [[entry("H") for _ in texts], [entry(text) for text in texts]]
    widths = column_widths(grid(docutils_table(rows)))
    assert len(widths.tracks) == len(texts)
    assert all(share > 0 for share in widths.shares)


def test_a_tone_stands_beside_the_cell_s_other_options():
    rows = [
        [entry("A"), entry("B")],
        [entry("a", morerows=1, classes=["right", "tone-alarm"]), entry("b")],
        [entry("c")],
    ]
    cell = re.search(r"table\.cell\(([^\[]*)\)\[a\]", source_of(rows))
    assert cell
    assert {"rowspan: 2", 'fill: tone("alarm")'} <= set(cell[1].split(", "))


def test_a_class_is_a_tone_only_if_it_is_one_of_ours():
    classes = ("tone-plain", "tone-nonesuch", "tone-", "tone-Good", "good", "exhibit", "")
    rows = [[entry("A"), entry("B")]]
    rows += [[entry("a", classes=[name]), entry("b", classes=["right"])] for name in classes]
    source = source_of(rows)
    assert "fill" not in source
    assert "tone" not in source
