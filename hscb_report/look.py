"""How everything looks, said once: the colours of pages, charts, PDFs and workbook, and sizes.

The Board's own colour comes from its settings; what it needs on a dark ground is worked out. A
colour of text stands out from its ground by at least 4.5 to 1, a mark or an edge by 3 to 1, the
Board's colour from white by 7 to 1: definition and limits are those of WCAG 2.2 (1.4.3, 1.4.6,
1.4.11).
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from types import MappingProxyType

FONT = "Source Sans Pro"
OFFICE_FONT = "Arial"
"""The font of the workbook: one that is on every reader's machine, for a workbook brings none."""
BOARD_COLOUR = "#0f5261"
"""The colour of a board that has chosen none."""
LEAST_FOR_TEXT, LEAST_FOR_MARKS, LEAST_FOR_BOARD = 4.5, 3.0, 7.0

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "ground": "#ffffff",
        "panel": "#f5f3ef",
        "text": "#1c2329",
        "muted": "#525c66",
        "rule": "#d6d2ca",
        "edge": "#767f87",
        "on-band": "#ffffff",
        "mark-other": "#7d868e",
        "done": "#1d6a3c",
        "ontrack": "#1c5a96",
        "risk": "#8f5200",
        "late": "#a3262b",
        "unknown": "#5b4a86",
        "idle": "#525c66",
    }
)
"""The colours on a light ground, by name; PDFs, charts and the workbook have these."""
DARK: Mapping[str, str] = MappingProxyType(
    {
        "ground": "#14181c",
        "panel": "#1e242a",
        "text": "#ebe8e2",
        "muted": "#adb6bd",
        "rule": "#39424a",
        "edge": "#838d96",
        "on-band": "#ffffff",
        "mark-other": "#87919a",
        "done": "#74c48f",
        "ontrack": "#86b8ea",
        "risk": "#e9b15c",
        "late": "#f0908f",
        "unknown": "#b9a8e6",
        "idle": "#adb6bd",
    }
)
"""The same colours on a dark ground, which only pages have."""
PRINT: Mapping[str, float] = MappingProxyType(
    {"h1": 22, "h2": 15, "h3": 12, "body": 11, "table": 9.5, "note": 9}
)
"""The sizes of text on paper, in points."""
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_STEPS = 400


def is_colour(text: str) -> bool:
    """Whether a text is a colour as it is written on pages: # and six hexadecimal digits."""
    return bool(_COLOUR.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand apart, from 1 to 21: the contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on_white(colour: str) -> str:
    """Return the colour, or the nearest darker one of its hue that can be the Board's on white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(_STEPS + 1):
        tried = _colour(hue, lightness * (1 - step / _STEPS), saturation)
        if contrast(tried, LIGHT["ground"]) >= LEAST_FOR_BOARD:
            return tried
    return LIGHT["text"]


def on_dark(colour: str) -> str:
    """Return the colour of the same hue that stands for the Board's on a dark ground."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(_STEPS + 1):
        raised = lightness + (1 - lightness) * step / _STEPS
        tried = _colour(hue, raised, min(saturation, 0.5))
        if contrast(tried, DARK["panel"]) >= LEAST_FOR_BOARD:
            return tried
    return DARK["text"]


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _colour(hue: float, lightness: float, saturation: float) -> str:
    parts = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
