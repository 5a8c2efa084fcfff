"""Where the words of a chart stand: how wide they are, and how they break into lines."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

_NARROW, _WIDE = frozenset("ijltfr.,:;'|!()[]-I "), frozenset("mwMW%@—&")


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is in the report's font: rather a little more than less."""
    return fsum(_letter_width(letter) for letter in text) * size


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.35
    if letter in _WIDE:
        return 0.86
    return 0.64 if letter.isupper() else 0.54


def broken(text: str, room: float, size: float) -> list[str]:
    """Return a text in lines that are no wider than there is room; a long word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def apart(places: Sequence[tuple[float, float]], lowest: float) -> list[float]:
    """Return where things stand that want a place and are so high, so that none covers another.

    `places` are in their order from above: where the middle of each would be, and its height. None
    reaches below `lowest`, unless there is no room for all of them.
    """
    tops: list[float] = []
    reached = float("-inf")
    for middle, height in places:
        tops.append(max(middle - height / 2, reached))
        reached = tops[-1] + height
    floor = lowest
    for number in range(len(tops) - 1, -1, -1):
        tops[number] = min(tops[number], floor - places[number][1])
        floor = tops[number]
    return [top + height / 2 for top, (_, height) in zip(tops, places, strict=True)]
