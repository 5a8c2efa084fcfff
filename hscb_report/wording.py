"""Words for messages: text in quotation marks, names that look alike, lists."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence


def quoted(text: str, limit: int = 80) -> str:
    """Return text in quotation marks, cut to a limit, every character of it to be seen.

    What a terminal might obey, and what nobody sees, is shown by its code, "<U+200B>".
    """
    shown = [_visible(character) for character in text[: limit + 1]]
    if len(text) > limit or sum(map(len, shown)) > limit:
        while sum(map(len, shown)) > limit - 1:
            shown.pop()
        shown.append("…")
    return f'"{"".join(shown)}"'


def plain(text: str) -> str:
    """Return text of several lines as a terminal may have it: nothing in it is obeyed or unseen."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(c if c == "\n" else _visible(c) for c in text)


def one_line(text: str) -> str:
    """Return text as one line that a terminal may have."""
    return plain(text.replace("\n", "⏎"))


def character_named(character: str) -> str:
    """Return a character by its code and name: "U+200B (zero width space)"."""
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
    return f"{code} ({name})" if name else code


def _visible(character: str) -> str:
    """Return a character, or the code of one that is no letter, mark or sign, "<U+001B>"."""
    if character == "\n":
        return "⏎"
    return character if character.isprintable() else f"<U+{ord(character):04X}>"


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return up to `count` of the known names that look like `name`, best first."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    close = difflib.get_close_matches(name.lower(), list(by_lower), n=count, cutoff=0.6)
    return [by_lower[match] for match in close]


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return "Did you mean …?" or, when nothing is near, a list of what is allowed."""
    names = sorted(set(known))
    close = nearest(name, names)
    if close:
        return "Did you mean " + " or ".join(f'"{match}"' for match in close) + "?"
    return f"Known: {few_of(names)}." if names else "None are known."


def few_of(names: Iterable[str], count: int = 12) -> str:
    """Return names between commas, the first ones of many."""
    listed = list(names)
    return ", ".join(listed[:count]) + (", …" if len(listed) > count else "")


def slug(text: str) -> str:
    """Return text as a part of a name: "Business Unit" as "business_unit"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")


def address(text: str) -> str:
    """Return text as a part of a table's label: "Business Unit" as "business-unit"."""
    return slug(text).replace("_", "-")


def first_lower(text: str) -> str:
    """Return text as it stands within a line: "Half-day event" as "half-day event".

    A name keeps its capitals: "White British", "DHR".
    """
    has_name = any(character.isupper() for character in text[1:])
    return text if has_name else text[:1].lower() + text[1:]


def first_upper(text: str) -> str:
    """Return text with its first letter in upper case, the others as they are."""
    return text[:1].upper() + text[1:]


def number_word(number: int) -> str:
    """Return a number from 0 to 20 in words, any other in digits."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)


def counted(number: int, what: str) -> str:
    """Return a number with the name of what it counts: "1 error", "2 errors"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def rows_told(rows: Iterable[int], unit: str = "row") -> str:
    """Return rows, or lines, in words: "row 7", "rows 2 to 17", "lines 2, 5 and 9 to 12"."""
    numbers = sorted(set(rows))
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    parts = [part for span in spans for part in _span_told(span)]
    return f"{unit}{'' if len(numbers) == 1 else 's'} {listed(parts)}"


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _span_told(span: list[int]) -> list[str]:
    is_long = len(span) > 2
    return [f"{span[0]} to {span[-1]}"] if is_long else [str(number) for number in span]


def shortened(text: str, room: int) -> str:
    """Return a text that has no more signs than there is room for, "…" for what is left out."""
    return text if len(text) <= room else f"{text[: max(room - 1, 0)].rstrip()}…"[: max(room, 0)]
