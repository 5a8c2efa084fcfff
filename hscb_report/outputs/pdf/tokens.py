"""How everything looks, as the Typst template is given it: colours, sizes, and the columns."""

from hscb_report.look import FONT, LIGHT, PRINT
from hscb_report.outputs.pdf.text import string_literal

TEXT, MARGIN, GAP, EDGE = 122.0, 44.0, 8.0, 18.0
"""The columns of an upright A4 page, in millimetres: text, notes, between them, and outside."""
FULL = TEXT + GAP + MARGIN
TURNED = 297 - 2 * EDGE
"""The widths that a table may take, in millimetres: both columns, and a turned page."""
NAME = "look.typ"
_POINTS = 72 / 25.4


def look_source(colour: str) -> str:
    """Return the Typst markup that names colours, sizes and widths; `colour` is the Board's."""
    colours = {**LIGHT, "board": colour}
    places = {"text": TEXT, "margin": MARGIN, "gap": GAP, "edge": EDGE}
    places |= {"full": FULL, "turned": TURNED}
    lines = (
        _named("colours", {name: f"rgb({string_literal(c)})" for name, c in colours.items()}),
        _named("sizes", {name: f"{size:g}pt" for name, size in PRINT.items()}),
        _named("widths", {name: f"{width:g}mm" for name, width in places.items()}),
        f"#let font = {string_literal(FONT)}",
    )
    return "\n".join(lines) + "\n"


def in_ems(width: float) -> float:
    """Return a width in millimetres in em of the text of tables."""
    return width * _POINTS / PRINT["table"]


def _named(name: str, values: dict[str, str]) -> str:
    """Return the markup of a dictionary of a name, its values as Typst writes them."""
    pairs = ", ".join(f"{string_literal(key)}: {value}" for key, value in values.items())
    return f"#let {name} = ({pairs})"
