"""Words for messages: nothing that a terminal might obey, the nearest names, lists."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.wording import counted, first_upper, nearest, quoted, slugs, suggestion


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


@given(st.lists(st.text(max_size=8)))
def test_each_text_has_a_part_of_a_name_of_its_own(texts: list[str]) -> None:
    found = slugs(texts)
    assert list(found) == list(dict.fromkeys(texts))
    assert len(set(found.values())) == len(found)
    assert all(re.fullmatch("[a-z0-9_]+", name) for name in found.values())


def test_twins_and_other_letters_are_told_apart_by_numbers() -> None:
    lines = ["Staff costs", "Staff & costs", "Связь"]
    assert list(slugs(lines).values()) == ["staff_costs", "staff_costs_2", "line_3"]
