"""Texts that a spreadsheet program takes for numbers, times or formulas, and saves as others.

`4.` becomes 4, `007` becomes 7, `June 2013` a day: tried with LibreOffice, and with what Excel says
that it does. Afterwards nobody can tell what was typed.
"""

from __future__ import annotations

import re

from hscb_report.schema.dates import day_reading, month_reading

_LONGEST = 30
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]*[1-9])?%?")
"""A number as a program itself writes it: it stays as it is."""
_NUMBER = re.compile(
    r"[-+(]?\s*[£$€]?(?=[.,]?[0-9])[0-9][0-9,]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?\s*[)%]?"
)
_FRACTION = re.compile(r"[-+]?\.[0-9]+%?")
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2})?(?:\s*[ap]m)?", re.IGNORECASE)
_DAY_OF_YEAR = re.compile(r"[0-9]{1,2}\s*[-/]\s*[0-9]{1,2}")
_NAMED = re.compile(r"([0-9]{1,2})[-/ ]?([A-Za-z]{3,9})|([A-Za-z]{3,9})[-/ ]([0-9]{1,2})")
_SAFE = re.compile(r"(?:19|20)[0-9]{2}-M[0-9]{2}(?:-[0-9]{2})?")
_FORMULA = re.compile(r"[=]|[+@-](?=[A-Za-z(])")


def is_rewritten(text: str) -> bool:
    """Whether a spreadsheet program would save a text as another, or take it for a formula."""
    if len(text) > _LONGEST:
        return text.startswith("=")
    if _PLAIN.fullmatch(text) or _SAFE.fullmatch(text):
        return False
    if text.lower() in ("true", "false") and text != text.upper():
        return True
    forms = (_NUMBER, _FRACTION, _TIME, _DAY_OF_YEAR)
    if _FORMULA.match(text) or any(form.fullmatch(text) for form in forms):
        return True
    if named := _NAMED.fullmatch(text):
        day, month = named[1] or named[4], named[2] or named[3]
        return bool(day_reading(f"{day} {month} 2000").days)
    return bool(day_reading(text).days or month_reading(text).days)
