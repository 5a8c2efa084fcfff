"""Colours of pages from the tokens of the look: the Board's own, light and dark."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from hscb_report.look import DARK, LEAST_FOR_BOARD, LIGHT, contrast
from hscb_report.outputs.style import colours_css, favicon


@pytest.mark.parametrize("colour", ["#0f5261", "#6a2c5b", "#ffe600"])
def test_the_board_s_colour_can_be_read_on_every_ground(colour: str) -> None:
    light, dark, paper = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule))
        for rule in colours_css(colour).strip().splitlines()
    )
    assert contrast(light["accent"], light["ground"]) >= LEAST_FOR_BOARD
    assert contrast(light["band"], light["on-band"]) >= LEAST_FOR_BOARD
    assert contrast(dark["accent"], dark["panel"]) >= LEAST_FOR_BOARD
    assert paper["ground"] == LIGHT["ground"]
    assert LIGHT.items() <= light.items()
    assert DARK.items() <= dark.items()


def test_nothing_but_the_reader_s_system_decides_whether_it_is_dark() -> None:
    _light, dark, paper = colours_css("#0f5261").strip().splitlines()
    assert dark.startswith("@media (prefers-color-scheme: dark)")
    assert paper.startswith("@media print")


def test_the_picture_of_the_tab_is_the_name_s_first_letter_and_asks_for_nothing() -> None:
    icon = favicon("#0f5261", "<hscb>")
    assert icon.startswith("data:image/svg+xml,%3Csvg")
    assert ">&lt;</text>" in unquote(icon)
    assert "#0f5261" in unquote(icon)
