"""Text as Typst reads it: every piece of content becomes a quoted string, never markup.

A string in Typst has four special characters; its markup has some twenty, some of them special only
at the start of a line or between digits. Quoting leaves nothing to forget, and it keeps Typst from
turning quotes, hyphens and dots into typographer's ones.
"""

import re
import unicodedata

_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029]')
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_UNPRINTABLE = {"Cc", "Cs"}
_BREAK = "\u200b"


def string_literal(text: str) -> str:
    """Return `text` as a Typst string in double quotes, which evaluates to the same text."""
    return f'"{_TO_ESCAPE.sub(_escaped, text)}"'


def inline(text: str) -> str:
    """Return markup that shows `text` literally, with runs of ordinary white space as one space.

    Non-breaking spaces stay. A character that no font can show (a control character, half a
    surrogate pair) becomes U+FFFD, the replacement character, so that a reader sees it was there.
    """
    return f"#{string_literal(printable(_SPACES.sub(' ', text)))};"


def printable(text: str) -> str:
    """Return `text` with U+FFFD for every character that cannot be printed, line ends excepted."""
    if text.isprintable():
        return text
    return "".join(_printable_character(character) for character in text)


def breakable(text: str, longest: int) -> str:
    """Return `text` with break opportunities in words longer than `longest` characters."""
    pattern = rf"(\S{{{longest}}})(?=\S)"
    return re.sub(pattern, rf"\1{_BREAK}", text)


def label(docname: str, identifier: str) -> str:
    """Return the Typst label of an element, unique over all documents of the book."""
    return f"label({string_literal(f'{docname}#{identifier}')})"


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT_ESCAPES.get(character) or f"\\u{{{ord(character):x}}}"


def _printable_character(character: str) -> str:
    if character not in "\n\t" and unicodedata.category(character) in _UNPRINTABLE:
        return "\ufffd"
    return character
