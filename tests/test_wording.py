"""Words for messages: nothing that a terminal might obey, the nearest names, lists."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.wording import (
    counted,
    first_lower,
    first_upper,
    nearest,
    one_line,
    quoted,
    slug,
    suggestion,
)


@given(st.text(st.characters(), max_size=200))
def test_quoted_text_holds_no_control_character_and_is_not_long(text: str) -> None:
    shown = quoted(text)
    assert len(shown) <= 82
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs"}


def test_the_nearest_names_come_first_whatever_their_case() -> None:
    assert nearest("Contribution", ["agencies", "contributions"]) == ["contributions"]
    assert suggestion("contributons", ["contributions", "x"]) == 'Did you mean "contributions"?'
    assert suggestion("zzz", ["b", "a"]) == "Known: a, b."
    assert suggestion("zzz", []) == "None are known."


def test_numbers_and_first_letters() -> None:
    assert (counted(1, "error"), counted(2, "error")) == ("1 error", "2 errors")
    assert first_upper("as MASH says") == "As MASH says"
    assert first_upper("") == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Business Unit", "business_unit"),
        ("Training (1)", "training_1"),
        ("Llanfair Caereinion â", "llanfair_caereinion_a"),
        ("Связь", ""),
    ],
)
def test_a_text_as_a_part_of_a_name(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text())
def test_a_part_of_a_name_is_one_whatever_the_text(text: str) -> None:
    assert re.fullmatch("(?:[a-z0-9]+(?:_[a-z0-9]+)*)?", slug(text))


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Half-day event", "half-day event"),
        ("White British", "White British"),
        ("DHR", "DHR"),
        ("", ""),
    ],
)
def test_a_label_within_a_line_keeps_the_capitals_of_names(text: str, within: str) -> None:
    assert first_lower(text) == within


def test_no_terminal_obeys_the_name_of_a_file():
    assert one_line("2013-14/Bär 1.md") == "2013-14/Bär 1.md"
    assert one_line("a\x1b[2J\n\u202e\udcff.md") == "a<U+001B>[2J⏎<U+202E><U+DCFF>.md"
