"""What no check may let through, looked for by ourselves: in cells that were read, and in texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hscb_report.schema import Row

_ERROR_VALUE = re.compile(r"#(?:VALUE!|REF!|DIV/0!|N/A|NAME\?|NUM!|NULL!)")
_MOJIBAKE = re.compile(r"â€|Ã[\x80-\xbf©¨¼¶¤]|Â[£ ]|ï»¿|�")
_FORBIDDEN = re.compile(r"\{(include|literalinclude|raw|eval-rst|code-cell|download)\}")
_OUTSIDE = re.compile(r"(?i)(?:javascript|file|data|vbscript):|/etc/|(?:\.\./){2}|.*\.toml$")
_PARSER = MarkdownIt("commonmark")
LONGEST = 20_000
"""Texts longer than this are not parsed here: repetition alone makes them so."""


def in_cells(rows: Iterable[Row]) -> Iterator[str]:
    """Yield what stands in text cells that are read, and is no text that somebody wrote."""
    for row in rows:
        for name, value in row:
            if isinstance(value, str) and (found := _strange(value)):
                yield f"{found}, column {name}: {value[:60]!r}"


def _strange(text: str) -> str:
    if _ERROR_VALUE.search(text):
        return "an error value"
    if _MOJIBAKE.search(text):
        return "mojibake"
    categories = {unicodedata.category(c) for c in text} - {"Cc"}
    # Joiners hold emoji and some scripts together; nothing else of this kind can be seen.
    invisible = {c for c in text if unicodedata.category(c) in {"Cf", "Zl", "Zp"}} - {"\u200d"}
    if invisible:
        return "an invisible character"
    return "no character" if categories & {"Cn", "Co", "Cs"} else ""


def in_text(text: str) -> Iterator[str]:
    """Yield the constructs of a Markdown text that no page may have."""
    if len(text) > LONGEST:
        return
    if text.startswith("---\n") and "\n---" in text[3:]:
        yield "front matter"
    for token in _PARSER.parse(text):
        for part in (token, *(token.children or ())):
            if found := _forbidden(part):
                yield found


def _forbidden(token: Token) -> str:
    if token.type in ("html_block", "html_inline"):
        return "" if token.content.lstrip().startswith("<!--") else "inline HTML"
    if token.type == "fence" and (match := _FORBIDDEN.match(token.info.strip())):
        return f"the directive {match[1]}"
    address = str(token.attrs.get("src") or token.attrs.get("href") or "")
    if token.type == "image" and "://" in address:
        return "a remote picture"
    return "a link out of the book" if _OUTSIDE.match(address) else ""
