"""Typed tables and charts as document nodes: the only way data enters the book.

Both the HTML and the PDF are written from these nodes. Data reaches them as text, never as markup.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from docutils import nodes

from hscb_report.display.mime import CHART, TABLE, VALUE
from hscb_report.display.svg import svg_in_colour
from hscb_report.outputs.book.missing import sentence_node
from hscb_report.schema.own import picture_label

# Below every MIME type that myst-nb knows, so that the typed output is always the one chosen.
_FIRST = -1
REPORTING_YEAR = re.compile(r"\b((?:19|20)[0-9]{2}[-/][0-9]{2})\b")
MEASURED = "measured"
"""The class of what a table or chart measures, below the title that says what it shows."""
TO_LOOK_UP = "to-look-up"
"""The class of a table to look up single cells in, which paper does without where it is long."""
# Quotation marks and dashes of data are not made typographic.
_AS_IT_IS: dict[str, Any] = {"support_smartquotes": False}


class table_on_demand(nodes.General, nodes.Element):  # noqa: N801
    """The table of a chart: HTML shows it on demand, paper leaves it out."""


class caption_for_listeners(nodes.General, nodes.Element):  # noqa: N801
    """What a listener is told of a table without a number, before its cells."""


class ExhibitRenderer:
    """The myst-nb plugin for our MIME types (entry point `myst_nb.mime_renderers`)."""

    mime_priority_overrides: ClassVar = [("*", mime, _FIRST) for mime in (TABLE, CHART, VALUE)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes of a typed output, None for any other MIME type."""
        document = renderer.renderer.document
        if inline or data.mime_type not in (TABLE, CHART, VALUE):
            return None
        if data.mime_type == TABLE:
            return [table_node(data.content, document)]
        if data.mime_type == VALUE:
            return [nodes.paragraph("", "", nodes.Text(data.content["text"]), **_AS_IT_IS)]
        svg = svg_in_colour(data.content["svg"], document.settings.env.config.hscb_colour)
        uri = renderer.write_file(
            [f"{data.content['label']}.svg"], svg.encode("utf-8"), overwrite=True
        )
        return [chart_node(data.content, uri, document)]


def table_node(exhibit: dict[str, Any], document: nodes.document) -> nodes.Element:
    """Return an exhibit's JSON as a numbered table with header cells, followed by its notes.

    Where most of it is missing, a sentence stands in its place.
    """
    if exhibit.get("instead"):
        return sentence_node(exhibit, document)
    table = _table(exhibit, nodes.title("", "", *_told(exhibit)))
    _anchor(table, exhibit["label"], document)
    return _with_notes(table, exhibit)


def _table(exhibit: dict[str, Any], title: nodes.Element) -> nodes.table:
    kinds = {"landscape": exhibit["wide"], TO_LOOK_UP: exhibit["to_look_up"]}
    table = nodes.table(
        classes=["exhibit-table", *(name for name, is_so in kinds.items() if is_so)]
    )
    table += title
    group = nodes.tgroup(cols=len(exhibit["columns"]))
    numeric = [column["numeric"] for column in exhibit["columns"]]
    for position in range(len(numeric)):
        column = nodes.colspec(colwidth=1)
        if position < exhibit["row_headers"]:
            column["stub"] = 1
        group += column
    headings = [column["heading"] for column in exhibit["columns"]]
    head = _row(headings, numeric)
    for paragraph in head.findall(nodes.paragraph):
        paragraph[:] = with_years_whole(paragraph.astext())
    group += nodes.thead("", head)
    rows = exhibit["rows"]
    anchors = exhibit["anchors"] or [""] * len(rows)
    tones = exhibit["tones"] or [[""] * len(numeric)] * len(rows)
    group += nodes.tbody(
        "",
        *(_row(*row) for row in zip(rows, [numeric] * len(rows), anchors, tones, strict=True)),
    )
    table += group
    return table


def _with_notes(table: nodes.table, exhibit: dict[str, Any]) -> nodes.container:
    notes = (
        nodes.paragraph("", "", nodes.Text(note), classes=["exhibit-note"])
        for note in exhibit["notes"]
    )
    return nodes.container("", table, *notes, classes=["exhibit"], **_AS_IT_IS)


def chart_node(chart: dict[str, Any], uri: str, document: nodes.document) -> nodes.Element:
    """Return a chart's JSON as a numbered figure: what it says, the drawing, its table on demand.

    The drawing has its text alternative, and is given wide and narrow.
    """
    image = nodes.image(uri=uri, alt=chart["alternative"], svg=chart["svg"], narrow=chart["narrow"])
    caption = nodes.caption("", "", *_told(chart))
    figure = nodes.figure("", caption, image, classes=["exhibit-chart"], **_AS_IT_IS)
    if chart["table"]:
        figure += _on_demand(chart["table"])
    _anchor(figure, chart["label"], document)
    return figure


def _on_demand(exhibit: dict[str, Any]) -> table_on_demand:
    """Return the table of a chart, which has no number or anchor of its own."""
    told = caption_for_listeners(told=exhibit["caption"])
    table = _table({**exhibit, "wide": False}, told)
    name, what = exhibit["label"], exhibit["caption"]
    return table_on_demand("", _with_notes(table, exhibit), label=name, what=what)


def picture_node(picture: dict[str, Any], document: nodes.document) -> nodes.Element:
    """Return a picture as a numbered figure with its words, caption and licence."""
    image = nodes.image(uri=f"/_pictures/{picture['file']}", alt=picture["alternative"])
    caption = nodes.caption("", "", nodes.Text(picture["caption"]))
    licence = nodes.legend("", _paragraph(picture["licence"]))
    figure = nodes.figure("", image, caption, licence, classes=["picture"], **_AS_IT_IS)
    _anchor(figure, picture_label(picture["name"]), document)
    return figure


def _told(shown: dict[str, Any]) -> list[nodes.Node]:
    """Return what a table or chart shows, and below it what is measured; else that alone."""
    if not shown.get("title"):
        return [nodes.Text(shown["caption"])]
    return [
        nodes.Text(f"{shown['title']} "),
        nodes.inline("", shown["caption"], classes=[MEASURED]),
    ]


def _row(
    cells: list[str], numeric: list[bool], anchor: str = "", tones: list[str] | None = None
) -> nodes.row:
    row = nodes.row("")
    told = tones or [""] * len(cells)
    for text, is_number, tone in zip(cells, numeric, told, strict=True):
        classes = [*(["right"] if is_number else []), *([f"tone-{tone}"] if tone else [])]
        row += nodes.entry("", _paragraph(text), classes=classes)
    if anchor:
        row.children[0].children[0]["ids"].append(anchor)  # type: ignore[index]
    return row


def with_years_whole(text: str) -> list[nodes.Node]:
    """Return a text in which no reporting year is parted at the end of a line."""
    parts = REPORTING_YEAR.split(text)
    return [
        nodes.inline("", part, classes=["whole"]) if place % 2 else nodes.Text(part)
        for place, part in enumerate(parts)
        if part
    ]


def _paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.Text(text))


def _anchor(node: nodes.Element, label: str, document: nodes.document) -> None:
    node["names"].append(label)
    document.note_explicit_target(node)
