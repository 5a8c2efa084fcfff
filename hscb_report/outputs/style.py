"""What pages take from the look: its colours, light and dark, as CSS, and a small picture."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from hscb_report.look import DARK, LIGHT, on_dark, on_white

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="4" fill="{colour}"/><text x="16" y="23" font-family="sans-serif" font-size="20" '
    'font-weight="600" text-anchor="middle" fill="{letter}">{said}</text></svg>'
)


def colours_css(colour: str) -> str:
    """Return every colour as a variable of CSS, given the Board's: light, and dark where wanted.

    Nothing but the reader's own system decides which; nothing that a browser has kept does.
    """
    light, dark = on_white(colour), on_dark(colour)
    return (
        f":root {{ color-scheme: light dark; {_variables(LIGHT)} --band: {light}; "
        f"--accent: {light}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ "
        f":root {{ {_variables(DARK)} --accent: {dark}; }} }}\n"
        f"@media print {{ "
        f":root {{ color-scheme: light; {_variables(LIGHT)} --accent: {light}; }} }}\n"
    )


def favicon(colour: str, name: str) -> str:
    """Return the picture of a browser's tab as an address: a name's first letter on the colour."""
    icon = _ICON.format(colour=on_white(colour), letter=LIGHT["on-band"], said=escape(name[:1]))
    return f"data:image/svg+xml,{quote(icon)}"


def _variables(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())
