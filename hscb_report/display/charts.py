"""A chart as static SVG, with a text alternative worked out from the data that it draws.

A chart stands in the place of its table: both have one number, title and label, and the page shows
the table on demand. It is drawn twice, for a narrow page and for a wide one: text of a drawing that
is made smaller would be too small to read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from hscb_report.display.drawable import LEAST_VALUES, WIDTHS, why_no_chart
from hscb_report.display.mime import CHART, DRAWING
from hscb_report.display.shown import ShownSeveral, ShownTable
from hscb_report.display.svg import drawn_svg, with_own_font
from hscb_report.errors import UnknownNameError
from hscb_report.figures import Value
from hscb_report.results.exhibit import Exhibit
from hscb_report.wording import first_lower

ROWS = "rows"
"""The name of the data of a chart that is drawn for several tables: `alt.NamedData("rows")`."""
_PARTED = ("hconcat", "vconcat", "concat", "facet", "repeat", "spec")


class Chart(Protocol):
    """An Altair chart, or anything else that gives a Vega-Lite specification."""

    def to_dict(self) -> dict[str, Any]:
        """Return the specification."""


Drawing = Chart | Callable[[int], Chart]
"""A chart, or what gives it for a width."""


@dataclass(frozen=True)
class ShownChart:
    """What a notebook cell returns to show a chart: drawn wide and narrow, with its table."""

    label: str
    title: str
    caption: str
    alternative: str
    svg: str
    narrow: str
    table: dict[str, Any] | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            CHART: {
                "label": self.label,
                "title": self.title,
                "caption": self.caption,
                "alternative": self.alternative,
                "narrow": self.narrow,
                "table": self.table,
            },
            DRAWING: self.svg,
            "text/plain": self.alternative,
        }

    def with_own_font(self) -> dict[str, Any]:
        """Return what is shown where a drawing has no font but what it brings: in JupyterLab."""
        return {**self._repr_mimebundle_(), DRAWING: with_own_font(self.svg)}


@dataclass(frozen=True)
class _Filled:
    """A chart of data that it only names, with the data that it is to draw."""

    chart: Chart
    values: Sequence[dict[str, Any]]

    def to_dict(self) -> dict[str, Any]:
        return {**self.chart.to_dict(), "datasets": {ROWS: [*self.values]}}


def chart_data(exhibit: Exhibit, *without: str) -> list[dict[str, Any]]:
    """Return a table's rows for `alt.Data(values=...)`; rows named in `without` are left out.

    A column of figures comes twice: as numbers under its heading, and as printed under the
    heading and " text", for labels.
    """
    rows = []
    for texts, record in zip(exhibit.texts(), exhibit.records(), strict=True):
        if texts[0] in without:
            continue
        row: dict[str, Any] = {}
        for text, (heading, value) in zip(texts, record.items(), strict=True):
            row[heading] = value if isinstance(value, str) or value is None else float(value)
            row[f"{heading} text"] = text
        rows.append(row)
    return rows


def tidy_data(exhibit: Exhibit, column: str, *without: str) -> list[dict[str, Any]]:
    """Return one column of a table for a chart: each row's name, value and printed text.

    The keys are "row", "value" and "text", whatever the column is called.
    """
    named = exhibit.columns[0].name if exhibit.columns else ""
    return [
        {"row": row[named], "value": row[column], "text": row[f"{column} text"]}
        for row in chart_data(exhibit, *without)
    ]


def waterfall_data(exhibit: Exhibit, column: str) -> list[dict[str, Any]]:
    """Return a table's rows for a waterfall: where each bar starts ("from") and ends ("to").

    The first and last rows are balances, drawn from nought; those between are changes, drawn from
    where the row before ended. `top` is the higher end, `kind` is "balance" or "change". Where a
    value is missing, nobody knows where the changes after it begin: they have no ends.
    """
    rows = chart_data(exhibit)
    level: float | None = 0.0
    for number, row in enumerate(rows):
        is_balance = number in (0, len(rows) - 1)
        start = 0.0 if is_balance else level
        level = None if start is None or row[column] is None else start + row[column]
        top = None if start is None or level is None else max(start, level)
        kind = "balance" if is_balance else "change"
        row.update({"from": start, "to": level, "top": top, "kind": kind})
    return rows


def tree_data(exhibit: Exhibit, name: str, under: str) -> list[dict[str, Any]]:
    """Return a table's rows for a tree, drawn as an indented list: each below what it stands under.

    `name` and `under` are columns of text. `row` counts from the top, `depth` from the root; a row
    that stands under another has that one's as `row above` and `depth above`. What stands under
    nothing in the table, or only under itself in a circle, is a root.
    """
    columns = [column.name for column in exhibit.columns]
    pairs = [(row[columns.index(name)], row[columns.index(under)]) for row in exhibit.texts()]
    names = [child for child, _ in pairs]
    drawn: dict[str, dict[str, Any]] = {}

    def draw(child: str, above: dict[str, Any] | None) -> None:
        if child in drawn:
            return
        place: dict[str, Any] = {"name": child, "row": len(drawn)}
        place["depth"] = above["depth"] + 1 if above else 0
        if above:
            place |= {"row above": above["row"], "depth above": above["depth"]}
        drawn[child] = place
        for other, parent in pairs:
            if parent == child:
                draw(other, place)

    for child, parent in pairs:
        if parent not in names:
            draw(child, None)
    above_of = dict(pairs)
    for child in names:  # what is left stands in a circle, or under one
        met: list[str] = []
        while child not in drawn and child not in met:
            met.append(child)
            child = above_of[child]
        draw(child, None)
    return list(drawn.values())


def show_chart(
    chart: Drawing,
    of: Exhibit,
    column: str | Sequence[str],
    caption: str = "",
    *without: str,
    title: str = "",
    beside: bool = False,
    least: int = LEAST_VALUES,
) -> ShownChart | ShownTable | None:
    """Show a chart of a column of a table, or of several, in the table's place: a cell's last line.

    It has the table's title, caption and label, unless others are given; the page shows the table
    on demand. One that stands `beside` its table, which says more, has a label of its own. The text
    alternative says what is drawn: each row and its value, as the table prints them.

    What no chart may be drawn of (see `why_no_chart`) is shown as the table that it is; beside it,
    nothing is shown, nor of a table without rows. It has `least` values.

    Raises UnknownNameError if the table has no such column.
    """
    columns = [column] if isinstance(column, str) else list(column)
    check_columns(of, columns)
    if why := why_no_chart(of, columns, without, least):
        return ShownTable(of, f"No chart: {why}") if of.rows and not beside else None
    told, title = caption or of.caption, title or of.title
    alternative = text_alternative(of, columns, told, without, title)
    label = f"{of.label}-chart" if beside else of.label
    wide, narrow = (_svg(chart, width, f"{label}-{name}") for name, width in WIDTHS.items())
    table = None if beside else replace(of, title="").as_json()
    return ShownChart(label, title, told, alternative, wide, narrow, table)


def check_columns(of: Exhibit, columns: Sequence[str]) -> None:
    """Raise UnknownNameError if a table with rows lacks a column; it suggests the nearest."""
    known = [found.name for found in of.columns]
    for name in columns if of.rows else ():
        if name not in known:
            raise UnknownNameError(f"column of {of.label}", name, known)


def show_charts(chart: Chart, of: Sequence[Exhibit], column: str) -> ShownSeveral | None:
    """Show one chart, made of `alt.NamedData("rows")`, of a column of each table of a group.

    Each stands beside its table, and has its caption; a row whose cell has words in the place of a
    number is left out.
    """
    shown = []
    for table in of:
        drawn = [row for row in chart_data(table) if isinstance(row[column], float)]
        names = {row[table.columns[0].name] for row in drawn}
        without = [texts[0] for texts in table.texts() if texts[0] not in names]
        filled = _Filled(chart, drawn)
        shown.append(show_chart(filled, table, column, "", *without, beside=True))
    parts = tuple(filter(None, shown))
    return ShownSeveral(parts) if parts else None


def text_alternative(
    exhibit: Exhibit,
    columns: Sequence[str],
    caption: str,
    without: Sequence[str] = (),
    title: str = "",
) -> str:
    """Return a chart's content in words: its title and caption, then each row and its values.

    Last, of a draft, for which rows a value is still to come and is not drawn.
    """
    headings = [c.name for c in exhibit.columns]
    of_figures = {column.name for column in exhibit.columns if column.is_numeric}
    drawn = [
        (
            texts[0],
            [
                (name, texts[headings.index(name)])
                for name in columns
                if _is_drawn(record[name], name in of_figures)
            ],
        )
        for texts, record in zip(exhibit.texts(), exhibit.records(), strict=True)
        if texts[0] not in without
    ]
    count = sum(len(values) for _, values in drawn)
    told = "; ".join(
        f"{name}: {_in_words(values, len(columns) > 1)}" for name, values in drawn if values
    )
    waiting = _waiting(exhibit, [headings.index(name) for name in columns], without)
    said = f"{title}. {caption}" if title else caption
    return f"Chart of {count} values. {said}. {told}.{waiting}"


def _waiting(exhibit: Exhibit, columns: Sequence[int], without: Sequence[str]) -> str:
    """Return the rows of which a value is still to come, as a sentence; "" for none."""
    names = dict.fromkeys(
        texts[0]
        for number, texts in enumerate(exhibit.texts())
        if texts[0] not in without and any(exhibit.is_to_come(number, column) for column in columns)
    )
    return f" Still to come: {'; '.join(names)}." if names else ""


def _is_drawn(value: Value | str | None, is_figure: bool) -> bool:
    """Whether a cell is drawn: words that stand in the place of a figure, "no figure", are not."""
    return value is not None and not (is_figure and isinstance(value, str))


def _in_words(values: Sequence[tuple[str, str]], is_named: bool) -> str:
    """Return the values of a row, each with its column's heading if there are several columns."""
    if not is_named:
        return values[0][1]
    return ", ".join(f"{text} {first_lower(heading)}" for heading, text in values)


def _svg(chart: Drawing, width: int, prefix: str) -> str:
    """Return a chart as SVG of a width; one of several parts keeps its own."""
    made = chart(width) if callable(chart) else chart
    specification = made.to_dict()
    if not callable(chart) and not any(part in specification for part in _PARTED):
        specification["width"] = width
        specification["autosize"] = {"type": "fit-x", "contains": "padding"}
    return drawn_svg(specification, prefix)
