"""Showing tables and charts: escaped, typed, in words, and the same each time."""

import json
import math
import re
import xml.etree.ElementTree as ET
from html import escape
from html.parser import HTMLParser

import altair as alt
import pytest
from hypothesis import given

from hscb_report.display import chart_data, frame, show, show_chart
from hscb_report.display.charts import text_alternative
from hscb_report.display.mime import CHART, TABLE
from hscb_report.display.tables import table_html, table_text
from hscb_report.exhibits import Column, exhibit
from hscb_report.figures import Figure
from hscb_report.report import open_report
from hscb_report.units import POUNDS, count_of
from tests.strategies import exhibits as drawn_exhibits

ALLOWED = {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
HOSTILE = '<script>alert("1")</script> & {{ x }} \'"><img src=x onerror=alert(1)>'


class Reader(HTMLParser):
    """Gathers the tags, attributes and texts that a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.texts.append("")

    def handle_data(self, data):
        if self.texts:
            self.texts[-1] += data


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


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
        ],
    )


# Tables ---------------------------------------------------------------------------------------


@given(drawn_exhibits())
def test_no_text_of_a_table_becomes_markup(found):
    reader = read(table_html(found))
    assert set(reader.tags) <= ALLOWED
    assert reader.attributes <= {"scope", "style"}


@given(drawn_exhibits())
def test_a_table_in_html_has_a_caption_column_headers_row_headers_and_every_cell(found):
    html = table_html(found)
    reader = read(html)
    assert reader.tags.count("caption") == 1
    assert html.count('<th scope="col">') == len(found.columns)
    assert html.count('<th scope="row">') == len(found.rows) * found.row_headers
    assert reader.tags.count("td") == len(found.rows) * (len(found.columns) - found.row_headers)
    for row in found.texts():
        assert all(escape(text) in html for text in row)


def test_hostile_cells_captions_and_notes_are_shown_as_text():
    found = exhibit("a", HOSTILE, [Column(HOSTILE), Column("B")], [(HOSTILE, HOSTILE)], HOSTILE)
    html = table_html(found)
    assert "<script" not in html
    assert "<img" not in html
    assert sum(HOSTILE in text for text in read(html).texts) == 5


def test_the_outputs_of_a_shown_table_are_typed_json_html_and_text(report):
    for found in report.exhibits:
        bundle = show(found)._repr_mimebundle_()
        assert set(bundle) == {TABLE, "text/html", "text/plain"}
        assert json.loads(json.dumps(bundle[TABLE])) == found.as_json()
        assert bundle["text/html"] == table_html(found)
        for row in found.texts():
            assert " | ".join(row) in bundle["text/plain"]


def test_a_table_is_shown_twice_alike(report):
    for first, second in zip(report.exhibits, open_report("2013-14").exhibits, strict=True):
        assert show(first)._repr_mimebundle_() == show(second)._repr_mimebundle_()


@given(drawn_exhibits())
def test_a_table_in_text_holds_caption_headings_cells_and_notes(found):
    text = table_text(found)
    assert text.startswith(found.caption)
    for row in found.texts():
        assert all(cell in text for cell in row)
    assert all(note in text for note in found.notes)


def test_the_typed_output_is_asked_for_by_any_front_end(amounts):
    """Jupyter passes `include` and `exclude`; they do not matter."""
    shown = show(amounts)
    assert shown._repr_mimebundle_(include=None, exclude=None) == shown._repr_mimebundle_()


def test_a_frame_holds_the_unrounded_values(report):
    found = frame(report.table("contribution-shares"))
    assert list(found.columns) == ["Agency", "Contribution", "Share"]
    assert int(found["Contribution"].iloc[-1]) == 208191
    assert float(found["Share"].iloc[0]) == pytest.approx(61.009362)


# Charts ---------------------------------------------------------------------------------------


def test_the_data_of_a_chart_are_numbers_with_their_texts(amounts):
    assert chart_data(amounts, "Total") == [
        {"Agency": "Council", "Agency text": "Council", "Amount": 10.0, "Amount text": "£10"},
        {"Agency": "Police", "Agency text": "Police", "Amount": 2.0, "Amount text": "£2"},
        {"Agency": "NHS", "Agency text": "NHS", "Amount": None, "Amount text": "not stated"},
    ]


def test_the_data_of_a_chart_are_valid_json_without_infinities(report):
    for found in report.exhibits:
        for row in json.loads(json.dumps(chart_data(found), allow_nan=False)):
            assert all(math.isfinite(value) for value in row.values() if isinstance(value, float))


def test_the_text_alternative_holds_every_value_that_is_drawn(report):
    for found in report.exhibits:
        for position, column in enumerate(found.columns):
            if column.unit and not any(isinstance(row[position], str) for row in found.rows):
                told = text_alternative(found, [column.heading], "A caption")
                drawn = [
                    f"{texts[0]}: {texts[position]}"
                    for texts, cells in zip(found.texts(), found.rows, strict=True)
                    if cells[position].value is not None
                ]
                assert told == f"Chart of {len(drawn)} values. A caption. {'; '.join(drawn)}."


def test_the_text_alternative_leaves_out_what_is_not_drawn(amounts):
    """Missing values and the rows that the caller names are not drawn."""
    assert text_alternative(amounts, ["Amount"], "Who pays", ["Total"]) == (
        "Chart of 2 values. Who pays. Council: £10; Police: £2."
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


def test_the_outputs_of_a_shown_chart_are_typed_json_svg_and_words(amounts):
    shown = show_chart(bars(amounts), amounts, "Amount", "Who pays")
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {CHART, "image/svg+xml", "text/plain"}
    assert bundle[CHART] == {
        "label": "amounts-chart",
        "caption": "Who pays",
        "alternative": "Chart of 3 values. Who pays. Council: £10; Police: £2; Total: £12.",
        "svg": bundle["image/svg+xml"],
    }
    assert bundle["text/plain"] == bundle[CHART]["alternative"]


def test_a_chart_is_drawn_twice_alike(amounts):
    first, second = (show_chart(bars(amounts), amounts, "Amount", "Who pays") for _ in range(2))
    assert first == second


def test_a_chart_asks_nothing_of_the_network_and_runs_no_script(amounts):
    svg = show_chart(bars(amounts), amounts, "Amount", "Who pays").svg
    root = ET.fromstring(svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "image", "foreignObject", "iframe", "a"}
    links = [
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if name.rpartition("}")[2] in {"href", "src"}
    ]
    assert all(link.startswith("#") for link in links)
    assert "Source Sans Pro" in svg


def test_the_ids_of_two_charts_of_a_page_differ(amounts):
    other = exhibit("others", "Others", amounts.columns, amounts.rows)
    drawn = [show_chart(bars(found), found, "Amount", "c").svg for found in (amounts, other)]
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in drawn]
    assert not ids[0] & ids[1]
    for svg, defined in zip(drawn, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= defined


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        'Trust & "Co"',
        'The id="x" office',
        "See url(#there)",
        "]]> --> <![CDATA[",
        "{{ x }}",
    ],
)
def test_hostile_names_are_drawn_as_the_text_that_they_are(name):
    found = exhibit(
        "hostile", "Hostile", [Column("Agency"), Column("Amount", POUNDS)], [(name, Figure(1))]
    )
    svg = show_chart(bars(found), found, "Amount", "c").svg
    root = ET.fromstring(svg)
    assert not any(element.tag.endswith("script") for element in root.iter())
    assert name in [element.text for element in root.iter()]
