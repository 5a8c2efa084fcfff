"""What programs leave in a cell that nobody meant: characters nobody sees, error values, mojibake.

It is told by its own name, whatever the column may hold: no other message about it would help.
"""

from __future__ import annotations

import re

from hscb_report.wording import character_named

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Controls, marks of direction, spaces without width, soft hyphens, what is no character."""
_ERROR = re.compile(
    r"#(?:VALUE!|REF!|NAME\?|DIV/0!|N/A|NUM!|NULL!|SPILL!|CALC!|FIELD!|BUSY!|BLOCKED!|CONNECT!"
    r"|UNKNOWN!|GETTING_DATA|ERROR!|PYTHON!|EXTERNAL!)|Err:[0-9]{3}",
    re.IGNORECASE,
)
_TOO_NARROW = re.compile("#{3,}")
_LOST = "\ufffd"
_GARBLED = re.compile(
    "â€[\x80-\xff\u0100-\u2122]?|[ÂÃÄÅ][\u00a0-\u00bf\u0152-\u0192\u2020-\u203a]|ï»¿|ï¿½|â„¢"
)
"""Two or three characters of Windows that are the bytes of one in UTF-8: "â€“" for a dash.

(A capital before a closing quotation mark, É”, is none.)
"""


def damage_in(cell: str) -> tuple[str, str] | None:
    """Return what of a cell nobody meant, and what to do about it; None if nothing is."""
    if cell.isascii() and cell.isprintable() and cell[:1] not in "#eE":
        return None  # most cells: nothing to look for
    if unseen := _UNSEEN.search(cell):
        names = character_named(unseen[0])
        clean = _UNSEEN.sub("", cell).strip()
        return f"holds a character that nobody can see, {names}.", _anew(clean)
    if _ERROR.fullmatch(cell):
        return (
            "it is the error value of a formula that went wrong.",
            "Mend the formula in the workbook that it came from, or type the value.",
        )
    if _TOO_NARROW.fullmatch(cell):
        return (
            "a program saved what it showed, and its column was too narrow for the value.",
            "Widen the column there and save again, or type the value.",
        )
    if _LOST in cell:
        return (
            "a character was lost when the file was saved (U+FFFD stands in its place).",
            "Type it again.",
        )
    if _GARBLED.search(cell):
        return _garbled(cell)
    return None


def _anew(clean: str) -> str:
    return f'Type it anew: "{clean}".' if 0 < len(clean) <= 60 else "Type it anew."


def _garbled(cell: str) -> tuple[str, str]:
    found = _GARBLED.search(cell)
    sign = found[0] if found else ""
    what = f'"{sign}" is what is left of a character after a program read the file wrongly.'
    return what, f"{_meant(sign)}Save the file as CSV UTF-8 from where it was right, or retype it."


def _meant(sign: str) -> str:
    """Return what two or three characters were before they were read as those of Windows."""
    raw = b"".join(_byte(character) for character in sign)
    meant = raw.decode("utf-8", "ignore")
    return f'It was probably "{meant}". ' if meant.isprintable() and meant else ""


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(character)]) if ord(character) < 256 else b""
