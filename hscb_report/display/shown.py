"""A table or commentary as JupyterLab shows it, with the typed JSON that the book is made from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from hscb_report.display.mime import COMMENTARY, TABLE, VALUE
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.fact import Fact
from hscb_report.results.published import Commentary
from hscb_report.units import NOT_STATED

SHOW_FRAME = 'show_frame(frame, "what it shows", unit="pounds", source="the table spend-shares")'
"""What an analyst is told to write to show a data frame."""
_LEFT, _RIGHT = (f' style="text-align: {side}"' for side in ("left", "right"))


@dataclass(frozen=True)
class ShownTable:
    """What a notebook cell returns to show a table; a `remark` is for the notebook's reader."""

    exhibit: Exhibit
    remark: str = ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        remark = f"\n<p><em>{escape(self.remark)}</em></p>" if self.remark else ""
        return {
            TABLE: self.exhibit.as_json(),
            "text/html": f"{table_html(self.exhibit)}{remark}",
            "text/plain": "\n".join(filter(None, (table_text(self.exhibit), self.remark))),
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
class ShownValue:
    """What a notebook cell returns to show a value, as a line of its own."""

    text: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {VALUE: {"text": self.text}, "text/plain": self.text}


@dataclass(frozen=True)
class ShownSeveral:
    """What a notebook cell returns to show several tables or charts, one below the other."""

    parts: tuple[Any, ...]

    def _ipython_display_(self) -> None:
        from IPython.display import display  # in a notebook it is there already

        for part in self.parts:
            display(part)  # type: ignore[no-untyped-call]


Given = Exhibit | Commentary | Fact | str | int | float | Decimal | tuple[Exhibit, ...]
Shown = ShownTable | ShownSeveral | ShownCommentary | ShownValue


def show(given: Given) -> Shown | None:
    """Show a table, a group of tables, a commentary or a value; a cell's last line.

    Of what a year has nothing to say of, nothing is shown. Raises TypeError for anything else.
    """
    if isinstance(given, Exhibit):
        return ShownTable(given) if given.rows else None
    if isinstance(given, Commentary):
        return ShownCommentary(given) if given.text.strip() else None
    if isinstance(given, tuple) and all(isinstance(part, Exhibit) for part in given):
        return ShownSeveral(tuple(map(ShownTable, given))) if given else None
    if isinstance(given, Fact):
        return ShownValue(given.text)
    if isinstance(given, str | int | float | Decimal):
        return ShownValue(printed(given))
    if hasattr(given, "itertuples"):
        raise TypeError(f"a data frame is shown with {SHOW_FRAME}.")
    kinds = "a table, tables, a commentary, a fact, a text or a number"
    raise TypeError(f"show() shows {kinds}; this is a {type(given).__name__}.")


def table_html(exhibit: Exhibit) -> str:
    """Return the table as HTML with caption, header cells and notes; every cell escaped."""
    return _html(exhibit.as_json(), [column.is_numeric for column in exhibit.columns])


def table_text(exhibit: Exhibit) -> str:
    """Return the table as plain text: a line a row."""
    return _text(exhibit.as_json())


def _html(table: dict[str, Any], numeric: list[bool]) -> str:
    """Return a table as JupyterLab shows it, text to the left and numbers to the right.

    So the book has it; JupyterLab itself would set row headers to the right.
    """
    sides = [
        _LEFT if n < table["row_headers"] or not is_so else _RIGHT
        for n, is_so in enumerate(numeric)
    ]
    headings = zip(sides, (column["heading"] for column in table["columns"]), strict=True)
    head = "".join(f'<th scope="col"{side}>{escape(heading)}</th>' for side, heading in headings)
    body = "\n".join(
        f"<tr>{_row_html(row, table['row_headers'], sides)}</tr>" for row in table["rows"]
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in table["notes"])
    return (
        f"<table><caption{_LEFT}>{escape(_told(table))}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>\n{notes}"
    )


def _row_html(row: list[str], row_headers: int, sides: list[str]) -> str:
    cells = []
    for number, (text, side) in enumerate(zip(row, sides, strict=True)):
        if number < row_headers:
            cells.append(f'<th scope="row"{side}>{escape(text)}</th>')
        else:
            cells.append(f"<td{side}>{escape(text)}</td>")
    return "".join(cells)


def _text(table: dict[str, Any]) -> str:
    heading = " | ".join(column["heading"] for column in table["columns"])
    lines = [" | ".join(row) for row in table["rows"]]
    return "\n".join([_told(table), heading, *lines, *table["notes"]])


def _told(table: dict[str, Any]) -> str:
    """Return what a table shows and what it measures, as one line."""
    return f"{table['title']}: {table['caption']}" if table["title"] else str(table["caption"])


def printed(value: Any) -> str:
    """Return a value as it is printed: numbers with commas, what is missing as "not stated"."""
    if value is None or value != value:  # a number that is none does not equal itself
        return NOT_STATED
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return f"{value:,}" if not isinstance(value, float) else f"{value:,.10g}"
