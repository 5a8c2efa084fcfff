"""Charts as SVG: read out as one image, in the colours of where they stand, small, their own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from hypothesis import given

from hscb_report.display.paper import Paper
from hscb_report.display.svg import (
    STRONG,
    drawing_for_page,
    drawn_svg,
    svg_for_page,
    svg_in_colour,
    with_own_font,
    without_own_font,
)
from hscb_report.look import BOARD_COLOUR, DARK, LIGHT
from tests.strategies import cell_texts


def drawn(*texts, prefix="a"):
    paper = Paper(300)
    paper.texts(0, 0, texts)
    paper.box(0, 100, 50, 15, BOARD_COLOUR)
    return drawn_svg(paper.chart(80).to_dict(), prefix)


def test_a_chart_that_brings_its_font_is_the_same_without_it():
    """As an image of a page, which has no fonts but what it brings and what the machine has."""
    svg = drawn("Spend")
    brings = with_own_font(svg)
    assert {"400", "600"} <= set(re.findall(r"font-weight:(\d+)", brings))
    assert ET.fromstring(brings).tag == ET.fromstring(svg).tag
    assert without_own_font(brings) == svg
    assert without_own_font(svg) == svg


@given(cell_texts)
def test_a_chart_on_a_page_is_one_image_whose_alternative_is_read_as_it_is(told):
    """Once, whatever it says; the two drawings in it are passed over."""
    read = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, given: read.append((tag, dict(given)))
    parser.feed(drawing_for_page("<svg a='b'></svg>", "<svg a='c'></svg>", told))
    parser.close()
    assert read == [
        ("div", {"class": "drawing", "role": "img", "aria-label": told}),
        ("svg", {"class": "wide", "aria-hidden": "true", "a": "b"}),
        ("svg", {"class": "narrow", "aria-hidden": "true", "a": "c"}),
    ]


def test_on_a_page_each_colour_is_the_pages_own_variable_and_the_font_its_font():
    page = svg_for_page(drawn("Council"), "wide")
    assert f'fill="var(--accent, {BOARD_COLOUR})"' in page
    assert f'fill="var(--text, {LIGHT["text"]})"' in page
    assert "font-family" not in page
    assert page.startswith('<svg class="wide" aria-hidden="true" ')
    named = set(re.findall(r"var\(--([\w-]+),", page))
    assert named <= {"accent", *DARK}


def test_elsewhere_a_board_has_its_own_colour():
    svg = svg_in_colour(drawn("Council"), "#6a2c60")
    assert 'fill="#6a2c60"' in svg
    assert BOARD_COLOUR not in svg


def test_what_is_strong_in_a_line_is_marked_and_the_sign_for_it_is_gone():
    svg = drawn(f"Council {STRONG}£10{STRONG}(5%)", f"{STRONG}£2{STRONG}", "plain")
    assert STRONG not in svg
    texts = [element for element in ET.fromstring(svg).iter() if element.tag.endswith("text")]
    assert ["".join(text.itertext()) for text in texts] == ["Council £10 (5%)", "£2", "plain"]
    strong = [
        element.text for element in ET.fromstring(svg).iter() if element.get("font-weight") == "600"
    ]
    assert strong == ["£10", "£2"]


@pytest.mark.parametrize(
    "name", ["<b>x</b>", 'a "quoted" name', "x & y", "]]>", 'a>b fill="#1c2329"']
)
def test_a_name_is_the_text_that_it_is_strong_or_not(name):
    svg = svg_for_page(drawn(f"{name}{STRONG}{name}{STRONG}", name), "x")
    texts = [element for element in ET.fromstring(svg).iter() if element.tag.endswith("text")]
    assert ["".join(text.itertext()) for text in texts] == [f"{name} {name}", name]


def test_a_chart_carries_no_names_for_listeners_inside_and_no_empty_marks():
    svg = drawn("Council")
    assert not re.search(r' (?:aria-\w+|class|role)="', svg)
    assert 'd=""' not in svg
    assert svg == drawn("Council")


def test_letters_that_the_font_lacks_are_marked_also_where_they_are_strong():
    svg = drawn(f"{STRONG}一{STRONG}")
    assert "Libertinus" in svg_for_page(svg, "wide")
