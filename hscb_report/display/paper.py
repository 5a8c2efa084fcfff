"""Paper to draw a chart on: what is put at a place of it becomes marks of one Altair chart.

Places are counted in the units of the drawing, across and down from its upper left corner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hscb_report.look import BOARD_COLOUR, LIGHT

INK, QUIET, OTHER, ACCENT = LIGHT["text"], LIGHT["muted"], LIGHT["mark-other"], BOARD_COLOUR
"""Text, quieter text and lines, marks of others; what is the Board's own."""
SIZE, LINE = 15, 20
"""How large text is, and how high a line of it."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A chart that is drawn for one width."""

    specification: Row

    def to_dict(self) -> Row:
        """Return its specification."""
        return self.specification


class Paper:
    """Collects texts, boxes, rules, lines and points; later ones stand above earlier ones."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._layers: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        self._lines = 0

    def text(self, x: float, y: float, text: str, colour: str = INK, align: str = "left") -> None:
        """Put a line of text, its middle at a height; what is centred stands out from lines."""
        self._put(("text", align), x=x, y=y, text=text, colour=colour)

    def texts(self, x: float, y: float, lines: Iterable[str], colour: str = INK) -> float:
        """Put lines of text, one below the other from a height; return how high they are."""
        top = y
        for line in lines:
            self.text(x, y + LINE / 2, line, colour)
            y += LINE
        return y - top

    def box(self, x: float, x2: float, y: float, height: float, colour: str) -> None:
        """Put a filled box."""
        self._put(("box",), x=min(x, x2), x2=max(x, x2), y=y, y2=y + height, colour=colour)

    def rule(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str,
        size: float = 1,
        dash: tuple[int, ...] = (),
    ) -> None:
        """Put a straight line from a place to another."""
        (x, y), (x2, y2) = start, end
        self._put(("rule", size, dash), x=x, y=y, x2=x2, y2=y2, colour=colour)

    def line(
        self,
        places: Iterable[tuple[float, float]],
        colour: str,
        size: float,
        dash: tuple[int, ...] = (),
    ) -> None:
        """Put a line through places."""
        self._lines += 1
        for x, y in places:
            self._put(("line", size, dash, colour), x=x, y=y, line=self._lines)

    def point(self, x: float, y: float, fill: str, edge: str = ACCENT, size: float = 95) -> None:
        """Put a round point."""
        self._put(("point", fill, edge, size), x=x, y=y)

    def chart(self, height: float) -> Drawn:
        """Return what was put on the paper, as an Altair chart."""
        import altair as alt
        from altair.utils.schemapi import debug_mode

        with debug_mode(False):  # what is drawn here alone need not be checked each time
            layers = [_layer(kind, rows) for kind, rows in self._layers.items()]
            made = alt.layer(*layers).properties(
                width=self.width,
                height=max(height, LINE),
                padding=0,
                autosize=alt.AutoSizeParams(type="none"),
            )
            return Drawn(made.to_dict(validate=False))

    def _put(self, kind: tuple[Any, ...], **given: Any) -> None:
        self._layers[kind].append(
            {k: round(v, 1) if isinstance(v, float) else v for k, v in given.items()}
        )


def _layer(kind: tuple[Any, ...], rows: list[Row]) -> Any:
    import altair as alt

    base = alt.Chart(alt.Data(values=rows)).encode(  # type: ignore[no-untyped-call]
        x=alt.X("x:Q", axis=None, scale=None), y=alt.Y("y:Q", axis=None, scale=None)
    )
    mark, *look = kind
    if mark == "point":
        fill, edge, size = look
        return base.mark_point(
            shape="circle", size=size, fill=fill, stroke=edge, strokeWidth=2, opacity=1
        )
    if mark == "line":
        size, dash, colour = look
        drawn = base.mark_line(color=colour, strokeWidth=size, **_dashes(dash))
        return drawn.encode(alt.Detail("line:N"), alt.Order("x:Q"))
    coloured = base.encode(color=alt.Color("colour:N", scale=None))
    if mark == "text":
        is_centred = look[0] == "center"
        halo: dict[str, Any] = {"stroke": LIGHT["ground"], "strokeWidth": 4} if is_centred else {}
        texts = coloured.mark_text(align=look[0], baseline="middle", **halo)
        return texts.encode(alt.Text("text:N"))
    ends = coloured.encode(alt.X2("x2:Q"), alt.Y2("y2:Q"))
    if mark == "box":
        return ends.mark_rect()
    size, dash = look
    return ends.mark_rule(strokeWidth=size, **_dashes(dash))


def _dashes(dash: tuple[int, ...]) -> dict[str, Any]:
    return {"strokeDash": list(dash)} if dash else {}
