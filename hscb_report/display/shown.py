"""A table or commentary as JupyterLab shows it, with the typed JSON that the book is made from."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from hscb_report.display.mime import COMMENTARY, TABLE
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.published import Commentary

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class ShownTable:
    """What a notebook cell returns to show a table."""

    exhibit: Exhibit

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            TABLE: self.exhibit.as_json(),
            "text/html": table_html(self.exhibit),
            "text/plain": table_text(self.exhibit),
        }


@dataclass(frozen=True)
class ShownCommentary:
    """What a notebook cell returns to show what is said of its chapter."""

    commentary: Commentary

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            COMMENTARY: {"chapter": self.commentary.chapter, "text": self.commentary.text},
            "text/markdown": self.commentary.plain,
            "text/plain": self.commentary.plain,
        }


@dataclass(frozen=True)
class ShownSeveral:
    """What a notebook cell returns to show several tables or charts, one below the other."""

    parts: tuple[Any, ...]

    def _ipython_display_(self) -> None:
        from IPython.display import display  # in a notebook it is there already

        for part in self.parts:
            display(part)  # type: ignore[no-untyped-call]


def show(
    given: Exhibit | Commentary | tuple[Exhibit, ...],
) -> ShownTable | ShownSeveral | ShownCommentary | None:
    """Show a table, a group of tables or a commentary, as the last line of a cell.

    Of what a year has nothing to say of, nothing is shown.
    """
    if isinstance(given, Commentary):
        return ShownCommentary(given) if given.text.strip() else None
    if isinstance(given, tuple):
        return ShownSeveral(tuple(map(ShownTable, given))) if given else None
    return ShownTable(given) if given.rows else None


def frame(exhibit: Exhibit) -> pandas.DataFrame:
    """Return a table as a pandas DataFrame, figures unrounded, for exploring it further."""
    import pandas

    return pandas.DataFrame(exhibit.records())


def table_html(exhibit: Exhibit) -> str:
    """Return the table as HTML with caption, header cells and notes; every cell escaped."""
    head = "".join(f'<th scope="col">{escape(c.heading)}</th>' for c in exhibit.columns)
    body = "\n".join(f"<tr>{_row_html(exhibit, row)}</tr>" for row in exhibit.texts())
    notes = "".join(f"<p>{escape(note)}</p>" for note in exhibit.notes)
    return (
        f"<table><caption>{escape(exhibit.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>\n{notes}"
    )


def table_text(exhibit: Exhibit) -> str:
    """Return the table as plain text: a line a row."""
    heading = " | ".join(column.heading for column in exhibit.columns)
    lines = [" | ".join(row) for row in exhibit.texts()]
    return "\n".join([exhibit.caption, heading, *lines, *exhibit.notes])


def _row_html(exhibit: Exhibit, row: tuple[str, ...]) -> str:
    cells = []
    for number, text in enumerate(row):
        if number < exhibit.row_headers:
            cells.append(f'<th scope="row">{escape(text)}</th>')
        else:
            align = ' style="text-align: right"' if exhibit.columns[number].is_numeric else ""
            cells.append(f"<td{align}>{escape(text)}</td>")
    return "".join(cells)
