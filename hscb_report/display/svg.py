"""Charts as SVG: drawn from a specification, made small and its own, coloured for where it stands.

A chart is drawn in the plain colours of a light ground, and the Board's in the colour of a board
that has chosen none. On a page of HTML each is the page's own variable, which follows light and
dark; elsewhere the Board's takes its place.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from hscb_report.checks.characters import own_characters
from hscb_report.display.paper import ACCENT, INK, QUIET, SIZE
from hscb_report.fonts import FAMILY, OTHER_FAMILY, font_folder, web_font
from hscb_report.look import BOARD_COLOUR, LIGHT

_STYLE: dict[str, Any] = {
    "aria": False,
    "font": FAMILY,
    "background": "transparent",
    "view": {"stroke": None},
    "bar": {"color": ACCENT},
    "line": {"color": ACCENT},
    "point": {"color": ACCENT},
    "axis": {
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": QUIET,
        "grid": False,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelLimit": 0,
    },
    "text": {"fontSize": SIZE, "color": INK},
}
STRONG = "\u2063"
"""Before what is printed strong in a line of text: an invisible sign that no text of data keeps."""
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")+>')
_TEXT = re.compile(r"(<text\b[^<>]*>)([^<>]*)(?=</text>)")
_WORDS = re.compile(r"(?<=>)[^<>]*[^\x00-\x7f<>][^<>]*(?=</t(?:ext|span)>)")
_LETTER = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]+|.", re.DOTALL)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
"""A letter with the marks above and below it, where these are characters of their own."""
_NOTHING = re.compile(r'<path [^<>]*\bd="(?:M0,0h0v0h0Z)?"[^<>]*/>|<g>(?:<path [^<>]*d=""/>)?</g>')
_BACKGROUND = re.compile(r'<path d="M[\d.,]+h[\d.]+v[\d.]+h-[\d.]+Z"/>')
_LONG_NUMBER = re.compile(r"\d+\.\d{3,}")
_OWN_FONT = re.compile(r"<style>@font-face[^<>]*</style>")
_UNSEEN = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events|opacity|xmlns:xlink)="[^"]*"')
_HALO = re.compile(r"(<text\b(?=[^<>]* stroke=))")
_FAINT = re.compile(r' opacity="(?!1")')
_COLOUR = re.compile(r'\b(fill|stroke)="(#[0-9a-f]{6})"')
_VARIABLES = {colour: name for name, colour in reversed([*LIGHT.items()])} | {
    BOARD_COLOUR: "accent"
}
"""The names that the page's variables have, by the colour that they have on a light ground."""


def drawn_svg(specification: dict[str, Any], prefix: str) -> str:
    """Return a chart as SVG, drawn with the bundled font; ids are made unique by `prefix`."""
    import vl_convert

    _register_font()
    styled = {**specification, "config": {**specification.get("config", {}), **_STYLE}}
    svg: str = vl_convert.vegalite_to_svg(styled)
    small = _TAG.sub(lambda tag: _with_own_ids(_without_unseen(tag[0]), prefix), svg)
    bare = _BACKGROUND.sub("", _NOTHING.sub("", small))
    return with_other_fonts(_TEXT.sub(_with_strong, bare))


def drawing_for_page(wide: str, narrow: str, alternative: str) -> str:
    """Return a chart as it stands in a page of HTML: wide and narrow, of which a page shows one.

    The two are read out as one image, by its alternative.
    """
    label = escape(alternative, quote=True)
    drawn = svg_for_page(wide, "wide") + svg_for_page(narrow, "narrow")
    return f'<div class="drawing" role="img" aria-label="{label}">{drawn}</div>'


def svg_for_page(svg: str, name: str) -> str:
    """Return one drawing of a chart, of the page's own font and colours; `name` is its class."""
    coloured = _TAG.sub(lambda tag: _COLOUR.sub(_with_variable, tag[0]), svg)
    inherited = _TAG.sub(lambda tag: tag[0].replace(f' font-family="{FAMILY}"', ""), coloured)
    return inherited.replace("<svg ", f'<svg class="{name}" aria-hidden="true" ', 1)


def svg_in_colour(svg: str, colour: str) -> str:
    """Return a chart's SVG with a Board's own colour."""
    own = f'="{BOARD_COLOUR}"'
    return _TAG.sub(lambda tag: tag[0].replace(own, f'="{colour}"'), svg)


def with_own_font(svg: str) -> str:
    """Return an SVG that brings the font: an image of a page has none of the page's fonts."""
    return svg.replace(">", f">{_own_font()}", 1)


def without_own_font(svg: str) -> str:
    """Return an SVG as it was before it brought the font."""
    return _OWN_FONT.sub("", svg)


@cache
def _own_font() -> str:
    faces = (
        f"@font-face{{font-family:'{FAMILY.split(',')[0]}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{b64encode(web_font(style)).decode()})}}"
        for style, weight in (("Regular", 400), ("Semibold", 600))
    )
    return f"<style>{''.join(faces)}</style>"


def with_other_fonts(svg: str) -> str:
    """Return an SVG in whose words what the report's font lacks is marked as in another one.

    The PDF's compiler would look for another font itself, but may give up where a letter of
    several marks stands beside it; and always where a ligature does that is a character.
    """
    return _WORDS.sub(_in_two_fonts, svg)


def _with_variable(match: re.Match[str]) -> str:
    name = _VARIABLES.get(match[2])
    return f'{match[1]}="var(--{name}, {match[2]})"' if name else match[0]


def _with_strong(match: re.Match[str]) -> str:
    """Return a text of which what stands behind the sign for it is printed strong."""
    before, sign, strong = match[2].partition(STRONG)
    told, _, after = strong.partition(STRONG)
    if not sign:
        return match[0]
    gap = " " if before.strip() else ""
    quiet = f" <tspan>{after}</tspan>" if after else ""
    return f'{match[1]}{before.rstrip()}{gap}<tspan font-weight="600">{told}</tspan>{quiet}'


def _in_two_fonts(words: re.Match[str]) -> str:
    own = own_characters()
    apart = _LIGATURE.sub(_letters_of, words[0])
    letters = _LETTER.findall(unicodedata.normalize("NFC", apart))
    runs = groupby(letters, key=lambda letter: own.issuperset(letter))
    return "".join("".join(run) if is_own else _other("".join(run)) for is_own, run in runs)


def _letters_of(ligature: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", ligature[0])


def _other(words: str) -> str:
    return f'<tspan font-family="{OTHER_FAMILY}">{words}</tspan>'


def _without_unseen(tag: str) -> str:
    """Return a tag without what the eye does not see; the whole chart is described as one."""
    tag = _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}", tag)
    tag = _HALO.sub(r'\1 paint-order="stroke" stroke-linejoin="round"', tag)
    return tag if _FAINT.search(tag) else _UNSEEN.sub("", tag)


def _with_own_ids(tag: str, prefix: str) -> str:
    """Return a tag with its id, and what refers to ids, made the chart's own."""
    tag = re.sub(r'( id=")([^"]+")', rf"\1{prefix}-\2", tag)
    return re.sub(r'(="url\(#)([^)]+\)")', rf"\1{prefix}-\2", tag)


@cache
def _register_font() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
