"""Tables on pages: what a screen reader and a phone need of them, and their data to download.

Where its place is too narrow for a table, its rows become blocks, one below the other, each cell
with its heading. How wide it has to be follows from its longest words, and is measured in the size
of its text, so that it holds for small screens and for large letters alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import fsum
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from hscb_report.outputs.book.exhibit_nodes import REPORTING_YEAR
from hscb_report.outputs.pdf.writer import SOURCES

STEPS = (14, 20, 26, 32, 40, 50, 56, 62, 99)
"""The widths, in the size of the text, below which a table can be told to stack: report.css.

No page is wider than 63: a table that needs more is stacked on every screen.
"""
FEW_COLUMNS = 3
"""A table of so many columns stays one on a phone."""
_ON_A_PHONE = 14
_SHORT_WORDS = 20
"""Few columns that need no more than so much do not break a word on any phone."""
_COLUMN_OF_TEXT = 42
"""A table that needs more than the column of text takes the margin too."""
_LETTER, _GAP = 0.49, 0.9
"""At most how wide a letter and the room between two columns are, as measured in a browser."""
_LONG, _LONG_WORDS = 60, 11.0
_UNBROKEN = 24
_LABEL = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*[a-z]?")
"""The label of a row, and no name: what it is the label of stands beside it."""
_SHORT_MARK = 12
_MONTH = re.compile(r"[A-Z][a-z]{2,8} (?:[0-9]{2}|[0-9]{4})")
_BETWEEN_WORDS = re.compile(r"[\s/-]+")
_TOTAL = "Total"
_LINE_OF_A_NOTE, _LINES_OF_A_ROW, _LINES_OF_A_CAPTION = 34, 2, 8
"""The letters of a note in a line of the margin; how high a table is there, in such lines."""
_STRIPES = re.compile(r' class="row-(?:odd|even)"| row-(?:odd|even)(?=")|(?<=")row-(?:odd|even) ')


class TablesOfPages(SphinxPostTransform):
    """Fits the tables of the HTML: where they stack, notes in the margin, the data to download."""

    default_priority = 500
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Change the tables of a page."""
        for table in list(self.document.findall(nodes.table)):
            width = least_width(table)
            table["classes"].append(f"stack-{_step(width, _columns(table))}")
            _mark_rows_and_cells(table)
            box = table.parent
            if isinstance(box, nodes.container) and "exhibit" in box["classes"]:
                if width > _COLUMN_OF_TEXT:
                    box["classes"].append("full")
                self._beside(table, box)
        for sentence in list(self.document.findall(nodes.paragraph)):
            if "missing" in sentence["classes"]:
                self._offer(sentence, sentence.astext(), sentence)

    def _beside(self, table: nodes.table, box: nodes.container) -> None:
        """Put its notes below a table or into the margin, and then the link to its data."""
        after = [node for node in box.children if node is not table]
        notes = [node for node in after if "exhibit-note" in _classes(node)]
        others = [node for node in after if node not in notes]
        box[:] = [table, *others]
        if notes and _stand_beside(notes, table):
            box += nodes.container("", *notes, classes=["side"])
        else:
            box += notes
        self._offer(table, caption_of(table), box.children[-1])

    def _offer(self, shown: nodes.Element, name: str, last: nodes.Node) -> None:
        """Put a link to the data of what has the label of a table below the last of it."""
        names = (*shown["names"], *shown["ids"])
        if label := next((name for name in names if name in self.config.hscb_exhibits), ""):
            place = shown.parent.index(last) + 1
            shown.parent.insert(place, self._download(label, name))

    def _download(self, label: str, name: str) -> nodes.Element:
        named = nodes.inline("", f": {name}", classes=["vh"])
        up = "../" * (self.env.docname.count("/") + 1)
        words = nodes.Text("Download CSV")
        links = [nodes.reference("", "", words, named, refuri=f"{up}data/{label}.csv")]
        if address := sources_address(self.config, label, self.env.docname):
            whose = nodes.inline("", f" of: {name}", classes=["vh"])
            links.append(nodes.reference("", "", nodes.Text("Sources"), whose, refuri=address))
        return nodes.paragraph("", "", *links, classes=["tools"], support_smartquotes=False)


def sources_address(config: Any, label: str, docname: str) -> str:
    """Return where a page leads to the sources of a table; "" for one that has none told."""
    sources = config.hscb_exhibits.get(label, {}).get("sources", "")
    return f"{'../' * docname.count('/')}{SOURCES}.html#{sources}" if sources else ""


def _stand_beside(notes: Sequence[nodes.Node], table: nodes.table) -> bool:
    """Whether notes are no longer than the table in whose margin they would stand, or little."""
    lines = sum(len(note.astext()) // _LINE_OF_A_NOTE + 2 for note in notes)
    return lines <= _LINES_OF_A_ROW * len(list(table.findall(nodes.row))) + _LINES_OF_A_CAPTION


def caption_of(table: nodes.Element) -> str:
    """Return what a table shows in short: its caption without what is measured; "" without one."""
    title = next((node for node in table.children if isinstance(node, nodes.title)), None)
    if title is None:
        return ""
    parts = (node for node in title.children if "measured" not in _classes(node))
    return " ".join("".join(part.astext() for part in parts).split())


def least_width(table: nodes.table) -> float:
    """Return about how wide a table has to be, in the size of its text, to break no word."""
    columns: dict[int, list[nodes.entry]] = {}
    for row in table.findall(nodes.row):
        for place, cell in enumerate(row.findall(nodes.entry)):
            columns.setdefault(place, []).append(cell)
    return fsum(map(_width, columns.values()))


def _mark_rows_and_cells(table: nodes.table) -> None:
    """Say which row is the total, and what the cells hold.

    Of a word that has to be broken anywhere, and of a month or a short mark, which is not broken;
    and of what the rows are about, where they are headed by labels alone: it needs no heading on a
    phone.
    """
    rows = list(table.findall(nodes.row))
    if rows[-1][0].astext().startswith(_TOTAL):
        rows[-1]["classes"].append("total")
    for cell in table.findall(nodes.entry):
        if _longest_word(cell.astext()) > _UNBROKEN:
            cell["classes"].append("breaks")
        elif _is_kept_whole(cell):
            cell["classes"].append("whole")
    listed: list[Any] = [row for row in rows if isinstance(row.parent, nodes.tbody)]
    for row in listed if _are_labelled(listed) else ():
        row[1]["classes"].append("named")


def _is_kept_whole(cell: nodes.entry) -> bool:
    """Whether a cell is a month, or a mark of one or two words."""
    text = cell.astext()
    is_mark = any(name.startswith("tone-") for name in cell["classes"])
    return bool(_MONTH.fullmatch(text)) or (is_mark and len(text) <= _SHORT_MARK)


def _are_labelled(rows: Sequence[Any]) -> bool:
    """Whether each row has a label and, beside it, the text that it is the label of."""
    labels = (_LABEL.fullmatch(row[0].astext()) for row in rows)
    is_any_long = any(len(row.children) > 1 and len(row[1].astext()) > _LONG for row in rows)
    return all(labels) and is_any_long


def _longest_word(text: str) -> int:
    """Return how long its longest word is; a reporting year is one, and is not parted."""
    words = _BETWEEN_WORDS.split(REPORTING_YEAR.sub(lambda year: "0" * len(year[0]), text))
    return max(map(len, words))


def _width(cells: Sequence[nodes.entry]) -> float:
    words = (_unbroken(cell) for cell in cells)
    longest = min(max(words), _UNBROKEN)
    has_long = max(len(cell.astext()) for cell in cells) > _LONG
    return max(longest * _LETTER, _LONG_WORDS if has_long else 0) + _GAP


def _unbroken(cell: nodes.entry) -> int:
    """Return how much of a cell stands in one line, whatever room it has."""
    text = cell.astext()
    is_number = "right" in cell["classes"] and isinstance(cell.parent.parent, nodes.tbody)
    return len(text) if is_number or _is_kept_whole(cell) else _longest_word(text)


def _step(width: float, columns: int) -> int:
    """Return the first of the steps that is enough; few columns of short words stay on a phone."""
    if columns <= FEW_COLUMNS and width <= _SHORT_WORDS:
        return _ON_A_PHONE
    return next((step for step in STEPS if step >= width), STEPS[-1])


def _columns(table: nodes.table) -> int:
    return len(next(iter(table.findall(nodes.row))).children)


def _classes(node: nodes.Node) -> list[str]:
    return node["classes"] if isinstance(node, nodes.Element) else []
