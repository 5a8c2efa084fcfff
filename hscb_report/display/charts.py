"""A chart as static SVG, with a text alternative worked out from the data that it draws."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from typing import Any, Protocol

from hscb_report.checks.characters import own_characters
from hscb_report.display.mime import CHART
from hscb_report.display.shown import ShownSeveral
from hscb_report.figures import Value
from hscb_report.fonts import FAMILY, OTHER_FAMILY, font_folder
from hscb_report.results.exhibit import Exhibit

_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")+>')
_WORDS = re.compile(r"(?<=>)[^<>]*[^\x00-\x7f<>][^<>]*(?=</text>)")
_LETTER = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]+|.", re.DOTALL)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
"""A letter with the marks above and below it, where these are characters of their own."""
ROWS = "rows"
"""The name of the data of a chart that is drawn for several tables: `alt.NamedData("rows")`."""
INK, QUIET, ACCENT = "#1d2a35", "#5c6b77", "#1f5f8b"
_STYLE: dict[str, Any] = {
    "font": FAMILY,
    "background": "transparent",
    "view": {"stroke": None},
    "bar": {"color": ACCENT},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": QUIET,
        "grid": False,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelLimit": 0,
    },
    "text": {"fontSize": 13, "color": INK},
}


class Chart(Protocol):
    """An Altair chart, or anything else that gives a Vega-Lite specification."""

    def to_dict(self) -> dict[str, Any]:
        """Return the specification."""


@dataclass(frozen=True)
class ShownChart:
    """What a notebook cell returns to show a chart."""

    label: str
    caption: str
    alternative: str
    svg: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            CHART: {
                "label": self.label,
                "caption": self.caption,
                "alternative": self.alternative,
                "svg": self.svg,
            },
            "image/svg+xml": self.svg,
            "text/plain": self.alternative,
        }


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
    chart: Chart, of: Exhibit, column: str | Sequence[str], caption: str, *without: str
) -> ShownChart | None:
    """Show a chart of a column of a table, or of several, as the last line of a cell.

    Of a table in which nothing is left to draw, no chart is shown. The text alternative says what
    is drawn: each row and its value, as the table prints them.
    """
    label = f"{of.label}-chart"
    columns = [column] if isinstance(column, str) else column
    if not any(row[name] is not None for row in chart_data(of, *without) for name in columns):
        return None
    alternative = text_alternative(of, columns, caption, without)
    return ShownChart(label, caption, alternative, _svg(chart, label))


def show_charts(
    chart: Chart, of: Sequence[Exhibit], column: str, least: int = 4
) -> ShownSeveral | None:
    """Show one chart, made of `alt.NamedData("rows")`, of a column of each table of a group.

    Each has the caption of its table. Of fewer values than `least` the table says as much, and no
    chart is shown; a row whose cell has words in the place of a number is left out.
    """
    shown = []
    for table in of:
        drawn = [row for row in chart_data(table) if isinstance(row[column], float)]
        names = {row[table.columns[0].name] for row in drawn}
        without = [texts[0] for texts in table.texts() if texts[0] not in names]
        if len(drawn) >= least:
            shown.append(show_chart(_Filled(chart, drawn), table, column, table.caption, *without))
    return ShownSeveral(tuple(filter(None, shown))) if shown else None


def text_alternative(
    exhibit: Exhibit, columns: Sequence[str], caption: str, without: Sequence[str] = ()
) -> str:
    """Return a chart's content in words: its caption, then each row and its values.

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
    return f"Chart of {count} values. {caption}. {told}.{waiting}"


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


def described_svg(svg: str, alternative: str) -> str:
    """Return a chart's SVG as it stands in a page of HTML, where it is read out as one image."""
    label = escape(alternative, quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _in_words(values: Sequence[tuple[str, str]], is_named: bool) -> str:
    """Return the values of a row, each with its column's heading if there are several columns."""
    if not is_named:
        return values[0][1]
    return ", ".join(f"{text} {heading[:1].lower()}{heading[1:]}" for heading, text in values)


def _svg(chart: Chart, prefix: str) -> str:
    """Return a chart as SVG, drawn with the bundled font; ids are made unique by `prefix`."""
    import vl_convert

    _register_font()
    specification = chart.to_dict()
    specification["config"] = {**specification.get("config", {}), **_STYLE}
    svg: str = vl_convert.vegalite_to_svg(specification)
    return _TAG.sub(lambda tag: _with_own_ids(tag[0], prefix), with_other_fonts(svg))


def with_other_fonts(svg: str) -> str:
    """Return an SVG in whose words what the report's font lacks is marked as in another one.

    The PDF's compiler would look for another font itself, but may give up where a letter of
    several marks stands beside it; and always where a ligature does that is a character.
    """
    return _WORDS.sub(_in_two_fonts, svg)


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


def _with_own_ids(tag: str, prefix: str) -> str:
    """Return a tag with its id, and what refers to ids, made the chart's own."""
    tag = re.sub(r'( id=")([^"]+")', rf"\1{prefix}-\2", tag)
    return re.sub(r'(="url\(#)([^)"]+\)")', rf"\1{prefix}-\2", tag)


@cache
def _register_font() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
