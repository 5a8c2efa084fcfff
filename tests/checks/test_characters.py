"""Characters: what is said to be printed is printed, in text and charts; the others are named."""

import unicodedata
from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hscb_report.checks.characters import (
    characters_named,
    own_characters,
    printed,
    to_do,
    unprintable,
)
from hscb_report.display.svg import drawn_svg, with_other_fonts
from hscb_report.fonts import FAMILY
from hscb_report.outputs.pdf.pdf import compile_pdf
from hscb_report.outputs.pdf.text import inline
from hscb_report.wording import character_named

SHOWN = sorted(printed() - set("\t\n\r"))
NAMES = (
    *("Zoë Ångström", "Łódź", "Đặng Thị Hương", "Þórður", "Škoda", "Gwŷr", "İstanbul", "Ħal"),
    *("Αθήνα", "Київ", "Ђорђе", "Երևան", "თბილისი", "Ǩeevǥ", "Ḃaile", "first‑time, ﬁne‑tuned"),
    *("£ € ✓ ½ → ≥ “quoted” – …", "Zoe\u0308 o\u030b z\u0307 s\u0327 i\u0302"),
)


@pytest.fixture
def compiled(tmp_path):
    """Return a function that compiles Typst markup with the report's fonts, or raises."""

    def compiled(markup, chart=""):
        (tmp_path / "chart.svg").write_text(chart, "utf-8")
        source = tmp_path / "page.typ"
        head = '#set document(title: "x")\n#set text(font: "Source Sans Pro")\n'
        source.write_text(head + markup, "utf-8")
        compile_pdf(source, tmp_path / "page.pdf")

    return compiled


class Words:
    """A chart of words alone."""

    def __init__(self, words):
        self.words = words

    def to_dict(self):
        values = [{"words": words} for words in self.words]
        return {
            "data": {"values": values},
            "mark": "text",
            "encoding": {"y": {"field": "words"}, "text": {"field": "words"}},
        }


@pytest.mark.parametrize("style", ["normal", "italic"])
def test_what_is_said_to_be_printed_is_in_the_text_of_a_pdf(compiled, style):
    """A letter that no font had would stop the compiler."""
    words = "\n".join(inline(f"a{character}b") for character in SHOWN)
    compiled(f'#set text(style: "{style}")\n{words}')


@pytest.mark.parametrize("around", ["a{}b", "first {}é ﬁ"])
def test_what_is_said_to_be_printed_is_in_a_chart(compiled, around):
    """Also beside a ligature and a letter of another font."""
    words = (around.format(escape(character)) for character in SHOWN)
    lines = "".join(f'<text y="9" font-family="{FAMILY}">{line}</text>' for line in words)
    chart = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{lines}</svg>'
    compiled('#image("chart.svg", alt: "x")', with_other_fonts(chart))


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_what_is_said_to_be_the_font_s_own_is_so(compiled, weight):
    words = "\n".join(inline(f"a{character}b") for character in sorted(own_characters()))
    compiled(f"#set text(fallback: false, weight: {weight})\n{words}")


def test_names_of_all_europe_are_printed(compiled):
    assert [name for name in NAMES if unprintable(name)] == []
    text = "".join(inline(name) for name in NAMES)
    compiled(text + '#image("chart.svg", alt: "x")', drawn_svg(Words(NAMES).to_dict(), "x"))


@pytest.mark.parametrize(
    ("character", "named", "advice"),
    [
        ("中", "U+4E2D (cjk unified ideograph-4e2d)", "letters of European languages"),
        ("א", "U+05D0 (hebrew letter alef)", "from right to left"),
        ("ب", "U+0628 (arabic letter beh)", "from right to left"),
        ("\uf0b7", "U+F0B7", "as Word's bullets do"),
        ("😀", "U+1F600 (grinning face)", "use a word"),
        ("\u200b", "U+200B (zero width space)", "cannot be seen"),
        ("\u202e", "U+202E (right-to-left override)", "cannot be seen"),
        ("\u2028", "U+2028 (line separator)", "line break"),
        ("\ufffd", "U+FFFD (replacement character)", "lost"),
        *((c, f"U+{ord(c):04X}", "cannot be seen") for c in "\0\x07\ufffe\uffff\ud800"),
    ],
)
def test_what_cannot_be_printed_is_named_with_what_to_do(character, named, advice):
    assert unprintable(f"one {character} or {character}") == (character,)
    assert character_named(character) == named
    assert advice in to_do(character)


@given(st.text())
@example("e\u0301\u0302")
def test_of_any_text_what_cannot_be_printed_is_told_once_and_has_advice(text):
    found = unprintable(text)
    assert len(set(found)) == len(found)
    assert all(to_do(character).endswith(".") for character in found)
    assert unprintable("".join(SHOWN)) == ()
    assert not set(found) & printed()


def test_what_cannot_be_printed_stands_in_the_order_of_the_text_and_few_are_named():
    assert unprintable("b☃ a\u200b") == ("☃", "\u200b")
    assert characters_named("☃\u200b") == "U+2603 (snowman), U+200B (zero width space)"
    assert characters_named("☃\u200b中\0", 2).endswith("(zero width space), and 2 more")


def test_no_script_that_runs_from_right_to_left_is_said_to_be_printed():
    assert not [c for c in SHOWN if unicodedata.bidirectional(c) in {"R", "AL", "AN"}]
    assert not [c for c in SHOWN if unicodedata.category(c) in {"Cf", "Co", "Cs", "Cn"}]
