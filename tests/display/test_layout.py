"""Where the words of a chart stand: they fit, and none covers another."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.display.layout import apart, broken, text_width

words = st.lists(st.text("abcmWi", min_size=1, max_size=12), max_size=8).map(" ".join)


@given(words, st.integers(20, 300))
def test_a_text_is_broken_between_words_and_each_line_fits_or_is_a_word(text, room):
    lines = broken(text, room, 15)
    assert " ".join(lines) == text
    assert all(text_width(line, 15) <= room or " " not in line for line in lines)


def test_a_name_is_as_wide_as_its_letters_and_capitals_are_wider():
    assert text_width("ill", 10) < text_width("abc", 10) < text_width("ABC", 10)
    assert text_width("abc", 20) == 2 * text_width("abc", 10)


@given(st.lists(st.tuples(st.floats(0, 200), st.sampled_from((20.0, 40.0))), max_size=6))
def test_what_wants_one_place_stands_apart_in_order_and_within_where_there_is_room(wanted):
    wanted.sort()
    places = apart(wanted, 300)
    assert places == sorted(places)
    for (a, (_, high)), (b, (_, low)) in pairwise(zip(places, wanted, strict=True)):
        assert b - a >= (high + low) / 2 - 1e-6
    assert all(p + height / 2 <= 300 + 1e-6 for p, (_, height) in zip(places, wanted, strict=True))


def test_what_has_its_place_to_itself_stays_there():
    assert apart([(10, 20), (60, 20)], 200) == [10, 60]
    assert apart([], 200) == []
