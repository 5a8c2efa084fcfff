"""How wide the tables of a document are: one width for those of the same columns."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from hscb_report.outputs.pdf.blocks import on_the_page_itself
from hscb_report.outputs.pdf.table_layout import Grid, Widths, column_widths, families, grid
from hscb_report.outputs.pdf.tokens import TEXT

_UPRIGHT, _TURNED = 252.0, 170.0
"""The height of the text on an upright and on a turned page, in millimetres."""
_SHORT = 15
"""A table of up to so many rows stays whole, wherever that leaves no page empty."""


@dataclass(frozen=True)
class Layout:
    """How an exhibit stands on its page: its width and what the page holds, in millimetres."""

    width: float
    height: float
    is_short: bool
    turns: bool


class TableWidths:
    """The widths of each table of a document, found once for all of the same columns.

    `turned` are the pages of the book that are turned as a whole.
    """

    def __init__(self, document: nodes.document, turned: Collection[str]) -> None:
        self.turned = turned
        self._found: dict[int, Widths] = {}
        tables = list(_tables(document, document["docname"] in turned, turned))
        for on_turned, group in groupby(tables, key=lambda found: found[1]):
            self._note([table for table, _ in group], on_turned)

    def _note(self, tables: list[nodes.table], on_turned: bool) -> None:
        grids = [grid(table) for table in tables]
        for places in families(grids):
            wide = all(_may_turn(tables[place]) for place in places)
            some = [grids[place] for place in places]
            widths = column_widths(some, on_turned=on_turned, may_turn=wide)
            self._found.update({id(tables[place]): widths for place in places})

    def of_table(self, table: nodes.table) -> Widths:
        """Return the widths of a table of the document."""
        return self._found[id(table)]

    def of(self, exhibit: nodes.Element, *, is_turned: bool) -> Layout:
        """Return how an exhibit stands on its page, by the tables in it."""
        tables = list(exhibit.findall(nodes.table))
        widths = [self.of_table(table) for table in tables]
        turns = any(found.turns for found in widths) and not is_turned
        return Layout(
            width=max((found.room for found in widths), default=TEXT),
            height=_TURNED if turns or is_turned else _UPRIGHT,
            is_short=all(_rows(grid(table)) <= _SHORT for table in tables),
            turns=turns,
        )


def turned_pages(env: BuildEnvironment) -> frozenset[str]:
    """Return the pages of a book that are turned: those that say so, or have to be.

    A page of the orientation "wide" is turned if the longest words of a table of it need the room.
    """
    asked = {page: found.get("orientation") for page, found in env.metadata.items()}
    return frozenset(
        page
        for page, orientation in asked.items()
        if orientation == "landscape" or (orientation == "wide" and _needs_turning(env, page))
    )


def _needs_turning(env: BuildEnvironment, page: str) -> bool:
    tables = env.get_doctree(page).findall(nodes.table)
    return any(column_widths([grid(table)], may_turn=True).turns for table in tables)


def _tables(
    node: nodes.Element, on_turned: bool, turned: Collection[str]
) -> list[tuple[nodes.table, bool]]:
    """Return the tables below a node, in their order, each with whether its page is turned."""
    if isinstance(node, addnodes.start_of_file):
        on_turned = on_turned or node["docname"] in turned
    found = [(node, on_turned)] if isinstance(node, nodes.table) else []
    for child in node.children:
        if isinstance(child, nodes.Element):
            found += _tables(child, on_turned, turned)
    return found


def _may_turn(table: nodes.table) -> bool:
    return "landscape" in table["classes"] and on_the_page_itself(table)


def _rows(table: Grid) -> int:
    return table.rows - table.header_rows
