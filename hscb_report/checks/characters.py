"""Characters: which of them can be printed, and what to do about one that cannot.

The report's font and those that come with the PDF's compiler hold the letters of every European
language, and the usual signs. The list is kept here, since to read it from the fonts at each check
would be slow; a test holds it to what the compiler prints.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from hscb_report.checks.rule import Rule
from hscb_report.findings import Finding
from hscb_report.wording import character_named

PRINTABLE = Rule("L10", "Every character can be printed")
_PRINTED = (
    # Latin, with the phonetic letters and the marks that stand above or below; Greek, Cyrillic
    "9-A 20-7E A0-AC AE-304 306 308-30A 30C 323 328 370-482 48A-4FF 1E00-1FFF FB00-FB06 "
    # Armenian, Georgian
    "531-58F 10D0-10FF "
    # spaces, dashes, quotation marks; raised and lowered numbers, currencies, letterlike signs
    "2000-200A 2010-2027 202F-2040 2042 2044-2052 2054-205F 2070-209C 20A0-20C0 "
    "2100-211E 2120 2122 2124 2126-214F 2150-2184 "
    # arrows, mathematics, shapes, ticks and crosses
    "2190-22FF 25A0-25FF 2610-2611 2713-2714 2717-2718"
)
"""What HTML, charts and PDF can show, from a code to a code."""
_OF_ITS_OWN = (
    "20-7E A0-AC AE-17E 218-21B 384-3CE 400-45F 490-493 1E80-1E85 1EA0-1EF9 2012-2016 2018-201A "
    "201C-201E 2020-2022 2026 202F-2030 2032-2033 2039-203A 2044 20AC 2116 2122 2190-2193 2212 "
    "2248 2260 2264-2265 25A0 25B2 25B6 2713"
)
"""What the report's own font shows, in each of its styles but the italic ones."""
_LINE_BREAKS = "\n\r\u0085\u2028\u2029"
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def _characters(ranges: str) -> frozenset[str]:
    """Return the characters of ranges such as "20-7E AC", those that there are."""
    ends = ([int(end, 16) for end in part.split("-")] for part in ranges.split())
    every = (chr(code) for span in ends for code in range(span[0], span[-1] + 1))
    return frozenset(c for c in every if unicodedata.category(c) != "Cn")


@cache
def printed() -> frozenset[str]:
    """Return every character that HTML, charts and PDF can show, tabs and line ends among them."""
    return _characters(_PRINTED) | {"\r"}


@cache
def own_characters() -> frozenset[str]:
    """Return what the report's own font shows; what else is printed is shown in another one."""
    return _characters(_OF_ITS_OWN)


def unprintable(text: str) -> tuple[str, ...]:
    """Return the characters of a text that cannot be printed, each once, in their order.

    A letter whose marks are characters of their own, as a Mac writes them, counts as one letter.
    """
    if text.isascii() and text.isprintable():
        return ()
    strange = set(unicodedata.normalize("NFC", text)) - printed()
    return tuple(sorted(strange, key=text.find)) if strange else ()


def characters_named(characters: Iterable[str], limit: int = 3) -> str:
    """Return characters by their codes and names, up to a number of them."""
    named = [character_named(character) for character in characters]
    more = [f"and {len(named) - limit} more"] if len(named) > limit else []
    return ", ".join([*named[:limit], *more])


def unprintable_found(
    file: str, text: str, row: int | None, column: str | None = None, where: str = ""
) -> Finding | None:
    """Return a finding that names the characters of a cell or a line that cannot be printed.

    `where` may say more of the place than its row and column do. None if all can be printed.
    """
    strange = unprintable(text)
    if not strange:
        return None
    what = f"{where}{'this' if len(strange) == 1 else 'these'} cannot be printed."
    hint = " ".join(dict.fromkeys(map(to_do, strange)))
    found = characters_named(strange)
    return Finding(PRINTABLE.code, PRINTABLE.severity, file, what, hint, row, column, found)


def to_do(character: str) -> str:
    """Return what to do about a character that cannot be printed."""
    category = unicodedata.category(character)
    if unicodedata.bidirectional(character) in _RIGHT_TO_LEFT:
        return "No script that runs from right to left can be printed: use Latin letters."
    if character in _LINE_BREAKS:
        return "It is a line break that a word processor left: type it anew."
    if character == "\ufffd":
        return "A character was lost here when the text was converted: take it from its source."
    if category == "Co":
        return "It belongs to a font of signs, as Word's bullets do: type another sign, such as •."
    if category in {"Cc", "Cf", "Cn", "Cs"}:
        return "It cannot be seen: delete it, and type anew what stands there."
    if category.startswith("L"):
        return "The fonts hold the letters of European languages: write it in those."
    return "No font of the report has it: use a word, or another sign."
