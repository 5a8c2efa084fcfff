"""Measures over time and beside other areas, as charts: one line shows each, or a whole chapter's.

The Board's own values have its colour and a thick line, those of its neighbours are thin and grey,
the country's are dashed; names and last values stand at the lines' ends, so that no colour has to
be looked up. Where what is counted changed, the line breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hscb_report.display.charts import ACCENT, INK, QUIET, ShownChart, show_chart, tidy_data
from hscb_report.display.shown import ShownSeveral, ShownTable
from hscb_report.results.exhibit import Exhibit, Trend
from hscb_report.results.phrases import is_count
from hscb_report.units import Unit

FAINT = "#b4bdc4"
_LEAST_VALUES = 4
_LEAST_SIZE = 10
_HEIGHT = 220
_LEAST_POINTS = 10
_LABEL = 16
_NAMED = ("own", "part", "middle", "region", "nation", "other")
_COLOURS = {"own": ACCENT, "part": ACCENT, "neighbour": FAINT}


def show_measures(exhibits: Iterable[Exhibit]) -> ShownSeveral | None:
    """Show measures over time, each with a chart above its table, as the last line of a cell."""
    pairs = ((show_trend(exhibit), ShownTable(exhibit)) for exhibit in exhibits)
    parts = tuple(part for pair in pairs for part in pair if part)
    return ShownSeveral(parts) if parts else None


def show_trend(exhibit: Exhibit) -> ShownChart | None:
    """Show a measure over time as lines, or of a single time as bars by area.

    No chart is shown of fewer than four values, nor of counts that are all under ten: such counts
    are told one by one.
    """
    trend, together = exhibit.trend, exhibit.trend.together if exhibit.trend else ""
    times = [column.name for column in exhibit.columns[1:] if column.name != together]
    drawn = [row for time in times for row in _known(exhibit, time)]
    units = [column.unit for column in exhibit.columns[1:] if column.unit]
    is_small = all(map(is_count, units)) and all(abs(row["value"]) < _LEAST_SIZE for row in drawn)
    if trend is None or len(drawn) < _LEAST_VALUES or is_small:
        return None
    made = _bars(exhibit, trend, times[0]) if len(times) == 1 else _lines(exhibit, trend, times)
    thin = "; the thin lines are the neighbours" if "neighbour" in trend.kinds else ""
    return show_chart(made, exhibit, times, f"{exhibit.caption}{thin if len(times) > 1 else ''}")


def _known(exhibit: Exhibit, time: str) -> list[dict[str, Any]]:
    return [row for row in tidy_data(exhibit, time) if isinstance(row["value"], float)]


def _bars(exhibit: Exhibit, trend: Trend, time: str) -> Any:
    import altair as alt

    kinds = dict(zip((row[0] for row in exhibit.texts()), trend.kinds, strict=True))
    values = [row | {"colour": _bar_colour(kinds[row["row"]])} for row in _known(exhibit, time)]
    bars = (
        alt.Chart(_data(values))
        .mark_bar()
        .encode(
            x=alt.X("value:Q", axis=None),
            y=alt.Y("row:N", sort=None, title=None),
            color=alt.Color("colour:N", scale=None),
        )
        .properties(width=340)
    )
    labels = bars.mark_text(align="left", dx=5).encode(text="text:N", color=alt.value(INK))
    return bars + labels


def _bar_colour(kind: str) -> str:
    return ACCENT if kind in ("own", "part") else FAINT


def _lines(exhibit: Exhibit, trend: Trend, times: Sequence[str]) -> Any:
    import altair as alt

    points = _points(exhibit, trend, times)
    unit = exhibit.columns[1].unit
    least, largest = _extent(points, trend, unit)
    # A word a line, so that long names of times do not meet.
    axis = alt.Axis(labelAngle=0, labelExpr="split(datum.value, ' ')")
    when = alt.X(
        "when:O", sort=list(times), scale=alt.Scale(domain=list(times)), title=None, axis=axis
    )
    scale = alt.Scale(domain=[least, largest], nice=False)
    ticks = (
        alt.Axis(tickCount=5, tickMinStep=1) if unit and is_count(unit) else alt.Axis(tickCount=5)
    )
    base = alt.Chart(_data(points)).encode(
        x=when,
        y=alt.Y("value:Q", title=unit.name if unit else None, scale=scale, axis=ticks),
    )
    layers = [
        base.transform_filter(f"datum.kind == {kind!r}")
        .mark_line(**_line(kind))
        .encode(detail="segment:N")
        for kind in ("neighbour", "other", "region", "nation", "middle", "part", "own")
        if kind in trend.kinds
    ]
    own = base.transform_filter("datum.kind == 'own' || datum.kind == 'part'")
    layers.append(own.mark_point(filled=True, size=50, color=ACCENT, opacity=1))
    ends = _ends(points, trend, times[-1], largest - least)
    named = alt.Chart(_data(ends)).encode(
        x=when,
        y=alt.Y("place:Q", scale=scale),
        text="name:N",
        color=alt.Color("colour:N", scale=None),
    )
    layers.append(named.mark_text(align="left", dx=10))
    layers += _marks(trend, times, when, scale)
    return alt.layer(*layers).properties(width=400, height=_HEIGHT)


def _extent(
    points: Sequence[dict[str, Any]], trend: Trend, unit: Unit | None
) -> tuple[float, float]:
    """Return where the axis begins and ends: at nought, but for percentages that lie far from it.

    Of those at least ten points are shown, so that a small change does not look like a large one.
    """
    values = [row["value"] for row in points]
    values += [] if trend.target is None else [float(trend.target)]
    least, largest = min(values), max(values)
    room = max(largest - least, 1.0) * 0.15
    if unit and unit.name == "percent" and least > largest / 2:
        return min(least - room, largest - _LEAST_POINTS), max(largest + room, least + 1)
    return min(0.0, least), max(0.0, largest + room)


def _data(values: Sequence[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=list(values))  # type: ignore[no-untyped-call]


def _line(kind: str) -> dict[str, Any]:
    """Return how the line of an area looks: width and dashes tell them apart, not colour alone."""
    width = {"own": 3, "part": 2, "neighbour": 1}.get(kind, 2)
    dash = {"nation": [6, 4], "region": [2, 3], "part": [8, 2]}.get(kind, [1, 0])
    return {
        "color": _COLOURS.get(kind, QUIET),
        "strokeWidth": width,
        "strokeDash": dash,
        "clip": False,
    }


def _points(exhibit: Exhibit, trend: Trend, times: Sequence[str]) -> list[dict[str, Any]]:
    """Return every known value; a line is of one segment as long as nothing breaks it."""
    kinds = dict(zip((row[0] for row in exhibit.texts()), trend.kinds, strict=True))
    points: list[dict[str, Any]] = []
    segments = dict.fromkeys(kinds, 0)
    for time in times:
        known = {row["row"]: row for row in _known(exhibit, time)}
        for area, kind in kinds.items():
            is_anew = time in trend.breaks and kind in ("own", "part")
            segments[area] += is_anew or area not in known
            if row := known.get(area):
                point = {"area": area, "when": time, "value": row["value"], "text": row["text"]}
                points.append({**point, "kind": kind, "segment": f"{area} {segments[area]}"})
    return points


def _ends(
    points: Sequence[dict[str, Any]], trend: Trend, when: str, height: float
) -> list[dict[str, Any]]:
    """Return the names that stand at the lines' ends, far enough apart to be read."""
    last = {point["area"]: point for point in points if point["kind"] in _NAMED}
    if trend.target is not None:
        target = {"area": "Target", "kind": "target", "text": "", "when": when}
        last["Target"] = {**target, "value": float(trend.target)}
    gap = height * _LABEL / _HEIGHT
    ends: list[dict[str, Any]] = []
    for point in sorted(last.values(), key=lambda point: point["value"]):
        lowest = ends[-1]["place"] + gap if ends else point["value"]
        name = f"{point['area']} {point['text']}".strip()
        colour = INK if point["kind"] not in ("own", "part") else ACCENT
        place = max(point["value"], lowest)
        ends.append({"when": point["when"], "place": place, "name": name, "colour": colour})
    return ends


def _marks(trend: Trend, times: Sequence[str], when: Any, scale: Any) -> list[Any]:
    """Return the target as a line across, and each break as a line down, with their words."""
    import altair as alt

    marks = []
    if trend.target is not None:
        target = alt.Chart(_data([{"value": float(trend.target)}]))
        target = target.encode(y=alt.Y("value:Q", scale=scale))
        marks.append(target.mark_rule(color=INK, strokeDash=[1, 3]))
    later = set(trend.breaks) & set(times[1:])  # before the first nothing is shown to break
    broken = [{"when": time, "name": "counted otherwise"} for time in times if time in later]
    if broken:
        rule = alt.Chart(_data(broken)).encode(x=when)
        marks.append(rule.mark_rule(color=QUIET, strokeDash=[2, 4], xOffset=-20))
        marks.append(rule.mark_text(align="left", dx=-16, y=8, color=QUIET).encode(text="name:N"))
    return marks
