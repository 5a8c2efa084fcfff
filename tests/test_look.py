"""The look: every colour can be read on its ground; a board's is refused where it cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report import look

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
OF_TEXT = ("text", "muted", "done", "ontrack", "risk", "late", "unknown", "idle")
OF_MARKS = ("edge", "mark-other")


@pytest.mark.parametrize("colours", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_every_colour_stands_out_from_page_and_panel(colours: dict[str, str]) -> None:
    for ground in ("ground", "panel"):
        for name in OF_TEXT:
            assert look.contrast(colours[name], colours[ground]) >= look.LEAST_FOR_TEXT, name
        for name in OF_MARKS:
            assert look.contrast(colours[name], colours[ground]) >= look.LEAST_FOR_MARKS, name


def test_both_grounds_have_the_same_colours() -> None:
    assert look.LIGHT.keys() == look.DARK.keys()


def test_contrast_is_that_of_wcag() -> None:
    assert look.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert look.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert look.contrast("#ffffff", "#ffffff") == pytest.approx(1)


@given(COLOURS)
def test_any_colour_has_one_that_can_be_read_on_either_ground(colour: str) -> None:
    assert look.is_colour(look.on_white(colour))
    assert look.contrast(look.on_white(colour), "#ffffff") >= look.LEAST_FOR_BOARD
    assert look.contrast(look.on_dark(colour), look.DARK["panel"]) >= look.LEAST_FOR_BOARD


def test_a_colour_that_can_be_read_stays_what_it_is() -> None:
    assert look.on_white(look.BOARD_COLOUR) == look.BOARD_COLOUR
    assert look.contrast(look.BOARD_COLOUR, "#ffffff") >= look.LEAST_FOR_BOARD
