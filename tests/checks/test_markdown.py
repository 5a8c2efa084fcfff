"""Markdown: what of a text is prose, and that places in it stay what they are."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from hscb_report.checks.markdown import as_text, blanked, book_parser
from hscb_report.report import PROJECT
from tests.strategies import BLOCKS, markdown_pages

SIGNS = "\n\r\0\t\x0c\u2028 :`~-+*_#>|[]()<>{}\\!&;=^%.a1"


@pytest.mark.parametrize("block", BLOCKS)
def test_of_a_block_the_prose_is_left_and_nothing_else(block):
    prose = blanked(block)
    assert "lost" not in prose
    assert prose.count("kept") == block.count("kept")


@given(markdown_pages())
def test_of_blocks_in_blocks_the_prose_is_left_and_nothing_else(text):
    """In quotes, lists, definitions, footnotes and directives, to any depth."""
    prose = blanked(text)
    assert "lost" not in prose
    assert prose.count("kept") == text.count("kept")


@given(st.text() | st.text(SIGNS, max_size=40) | markdown_pages())
@example(":::\n ")
@example("```{note}\r\n\r\n\0 1\n")
def test_a_sign_stays_in_its_place_or_is_blank(text):
    """Whatever the text is, so that a finding can be told with its line."""
    prose = blanked(text)
    assert len(prose) == len(text)
    for sign, place in zip(prose, text, strict=True):
        assert sign in {"\n": "\n", "\r": " \n", "\0": " \ufffd"}.get(place, f" {place}")


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("12. 12", "    12"),
        ("[^1]: 1", "      1"),
        ("# 1 #", "  1  "),
        ("> 1 `1`", "  1    "),
        ("| 1 | `1` | 1 |\n|---|---|---|\n", "  1         1  \n             \n"),
        ("| `1` | 1 |\n|---|---|", "        1  \n         "),
        ("```{note}\n:a: 1\n1 `1` 1\n```", "         \n     \n1     1\n   "),
        ("- ```{note}\n  1\n  ```", "           \n  1\n     "),
        ("- ```{note}\n\t1 `1`\n  ```", "           \n 1    \n     "),
        ("&#163;5", "      5"),
        ("a\r\n1", "a \n1"),
    ],
)
def test_prose_stands_where_it_stood(text, prose):
    assert blanked(text) == prose


@pytest.mark.parametrize("text", ["| a \\| `1` |\n|---|", "```{note}\n---\n1\n```"])
def test_what_cannot_be_told_from_prose_is_prose(text):
    """A line that the parser rewrites, options that do not end: nothing escapes."""
    assert "1" in blanked(text)


def test_the_parser_reads_what_the_book_s_reads():
    """By the settings of the book: all but the metadata of a page, and with `{{ }}`.

    What stands in these is a role by the time that the book is made.
    """
    settings = yaml.safe_load((PROJECT / "book/_config.yml").read_text("utf-8"))
    extensions = settings["sphinx"]["config"]["myst_enable_extensions"]
    book = create_md_parser(
        MdParserConfig(enable_extensions=[*extensions, "substitution"]), RendererHTML
    )
    book.disable(["front_matter"])
    ours, theirs = book_parser().get_active_rules(), book.get_active_rules()
    assert (ours["block"], ours["inline"]) == (theirs["block"], theirs["inline"])


@given(st.text(SIGNS.translate({ord(c): None for c in "\n\r\0\t\x0c\u2028"}), max_size=20))
@example("1. x")
@example("12) x")
@example("- x")
@example("<b>x</b> {{ y }} [z](javascript:alert(1)) | `a` *b* &amp; $c$ \\d ~~e~~")
@example("{numref}`x`")
def test_data_in_markdown_is_the_text_that_it_is(text):
    """Wherever it stands in a paragraph; what would be markup is not taken for it."""
    said = " ".join(text.split())
    for before, after in (("", ""), ("x ", " y")):
        tokens = book_parser().parse(f"{before}{as_text(said)}{after}")
        if said or before:
            assert [token.type for token in tokens] == [
                "paragraph_open",
                "inline",
                "paragraph_close",
            ]
            shown = tokens[1].children
            assert {token.type for token in shown} <= {"text", "text_special"}
            assert "".join(token.content for token in shown) == f"{before}{said}{after}"
