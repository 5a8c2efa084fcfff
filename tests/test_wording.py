"""Words for messages: nothing that a terminal might obey, the nearest names, lists."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.wording import counted, first_upper, nearest, quoted, suggestion


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
