"""Any text is text: nothing that is said in a book becomes Typst markup."""

import json
import re

import typst
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.outputs.pdf.text import breakable, inline, label, string_literal


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_typst_reads_any_text_back_from_its_literal(text):
    """A string literal evaluates to the text it was made from."""
    assert json.loads(typst.eval(b"", string_literal(text), ignore_system_fonts=True)) == text


@given(st.text())
def test_inline_markup_is_one_string_and_nothing_else(text):
    """Text cannot end its string: no bare quote or backslash, and no line end, is left in it."""
    inner = inline(text).removeprefix('#"').removesuffix('";')
    assert inline(text) == f'#"{inner}";'
    assert re.fullmatch(r'(?:[^"\\\n\r]|\\(?:["\\nrt]|u\{[0-9a-f]+\}))*', inner)


def test_white_space_is_one_space_but_non_breaking_spaces_stay():
    assert inline("a \n\t b\u00a0\u00a0c") == '#"a b\u00a0\u00a0c";'


def test_a_character_that_cannot_be_printed_shows_as_replacement_character():
    assert inline("a\x07b\ud800") == '#"a\ufffdb\ufffd";'


@given(st.text(), st.integers(1, 30))
def test_break_opportunities_change_nothing_that_shows(text, longest):
    broken = breakable(text, longest)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    assert all(len(word) <= longest for word in re.split(r"[\s\u200b]+", broken))


def test_a_label_is_unique_over_pages():
    assert label("a", "x") != label("b", "x")
