"""A table or commentary as JupyterLab shows it, with the typed JSON that the book is made from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from hscb_report.display.mime import COMMENTARY, TABLE, VALUE
from hscb_report.results.exhibit import Column, Exhibit
from hscb_report.results.fact import Fact
from hscb_report.results.published import Commentary
from hscb_report.units import NOT_STATED
from hscb_report.wording import address

if TYPE_CHECKING:
    import pandas


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
class ShownFrame:
    """What a notebook cell returns to show a data frame, as a table with caption and headers."""

    table: dict[str, Any]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        numeric = [column["numeric"] for column in self.table["columns"]]
        return {
            TABLE: self.table,
            "text/html": _html(self.table, numeric),
            "text/plain": _text(self.table),
        }


@dataclass(frozen=True)
class ShownSeveral:
    """What a notebook cell returns to show several tables or charts, one below the other."""

    parts: tuple[Any, ...]

    def _ipython_display_(self) -> None:
        from IPython.display import display  # in a notebook it is there already

        for part in self.parts:
            display(part)  # type: ignore[no-untyped-call]


Given = Exhibit | Commentary | Fact | str | int | float | Decimal | tuple[Exhibit, ...]
Shown = ShownTable | ShownSeveral | ShownCommentary | ShownValue | ShownFrame


def show(given: Given | pandas.DataFrame, caption: str = "") -> Shown | None:
    """Show a table, a group of tables, a commentary, a value or a data frame; a cell's last line.

    Of what a year has nothing to say of, nothing is shown. A data frame needs a caption. Raises
    TypeError for anything else.
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
        return ShownValue(_printed(given))
    if hasattr(given, "itertuples"):
        return _shown_frame(given, caption)
    kinds = "a table, tables, a commentary, a fact, a text, a number or a data frame"
    raise TypeError(f"show() shows {kinds}; this is a {type(given).__name__}.")


def frame(exhibit: Exhibit) -> pandas.DataFrame:
    """Return a table as a pandas DataFrame, figures unrounded, for exploring it further."""
    import pandas

    return pandas.DataFrame(exhibit.records())


def table_html(exhibit: Exhibit) -> str:
    """Return the table as HTML with caption, header cells and notes; every cell escaped."""
    return _html(exhibit.as_json(), [column.is_numeric for column in exhibit.columns])


def table_text(exhibit: Exhibit) -> str:
    """Return the table as plain text: a line a row."""
    return _text(exhibit.as_json())


def _html(table: dict[str, Any], numeric: list[bool]) -> str:
    headings = (column["heading"] for column in table["columns"])
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    headers = table["row_headers"]
    body = "\n".join(f"<tr>{_row_html(row, headers, numeric)}</tr>" for row in table["rows"])
    notes = "".join(f"<p>{escape(note)}</p>" for note in table["notes"])
    return (
        f"<table><caption>{escape(_told(table))}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>\n{notes}"
    )


def _row_html(row: list[str], row_headers: int, numeric: list[bool]) -> str:
    cells = []
    for number, text in enumerate(row):
        if number < row_headers:
            cells.append(f'<th scope="row">{escape(text)}</th>')
        else:
            align = ' style="text-align: right"' if numeric[number] else ""
            cells.append(f"<td{align}>{escape(text)}</td>")
    return "".join(cells)


def _text(table: dict[str, Any]) -> str:
    heading = " | ".join(column["heading"] for column in table["columns"])
    lines = [" | ".join(row) for row in table["rows"]]
    return "\n".join([_told(table), heading, *lines, *table["notes"]])


def _told(table: dict[str, Any]) -> str:
    """Return what a table shows and what it measures, as one line."""
    return f"{table['title']}: {table['caption']}" if table["title"] else str(table["caption"])


def _shown_frame(frame: pandas.DataFrame, caption: str) -> ShownFrame | None:
    """Return a data frame to be shown; its index heads the rows, its first column if it has none.

    Raises ValueError without a caption, by which a listener tells one table from another.
    """
    from pandas import RangeIndex
    from pandas.api.types import is_numeric_dtype

    if not caption.strip():
        raise ValueError('a data frame is shown with a caption: show(frame, "what it shows")')
    if frame.empty:
        return None
    given = frame if isinstance(frame.index, RangeIndex) else frame.reset_index()
    cells = [[_printed(value) for value in row] for row in given.itertuples(index=False)]
    kinds = given.dtypes
    headings = [_heading(name) for name in given.columns]
    levels = 1 if isinstance(frame.index, RangeIndex) else frame.index.nlevels
    shown = Exhibit(
        label=f"frame-{address(caption)}",
        caption=caption,
        columns=tuple(Column(heading) for heading in headings),
        rows=tuple(map(tuple, cells)),
        row_headers=levels,
    ).as_json()
    for column, kind in zip(shown["columns"], kinds, strict=True):
        column["numeric"] = is_numeric_dtype(kind)
    return ShownFrame(shown)


def _heading(name: Any) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return ", ".join(str(part) for part in parts if str(part)) or NOT_STATED


def _printed(value: Any) -> str:
    """Return a value as it is printed: numbers with commas, what is missing as "not stated"."""
    if value is None or value != value:  # a number that is none does not equal itself
        return NOT_STATED
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return f"{value:,}" if not isinstance(value, float) else f"{value:,.10g}"
