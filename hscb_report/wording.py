"""Words for messages: text in quotation marks, names that look alike, lists."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable


def quoted(text: str, limit: int = 80) -> str:
    """Return text in quotation marks, cut to a limit, with nothing that a terminal might obey."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return '"' + "".join("�" if _is_control(c) else c for c in shown.replace("\n", "⏎")) + '"'


def visible(name: str) -> str:
    """Return the name of a file as it may be shown: a terminal obeys nothing in it."""
    return "".join(c if c.isprintable() else "�" for c in name)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}


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
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"Known: {shown}." if names else "None are known."


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


def counted(number: int, what: str) -> str:
    """Return a number with the name of what it counts: "1 error", "2 errors"."""
    return f"{number} {what}{'' if number == 1 else 's'}"
