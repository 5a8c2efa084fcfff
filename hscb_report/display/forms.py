"""The usual forms of a chart, a line of a notebook each: bars, dots, steps, a tree, a status bar.

Each takes a table, or all tables of a group. Names and values stand above what is drawn, so that
nothing is cut off on a phone and no colour or axis has to be looked up; where the page is wide and
the names are short, they stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec

from hscb_report.display.charts import (
    ShownChart,
    chart_data,
    check_columns,
    show_chart,
    tree_data,
    waterfall_data,
)
from hscb_report.display.drawing import (
    Bar,
    Status,
    bars_drawn,
    dots_drawn,
    status_bar_drawn,
    tree_drawn,
)
from hscb_report.display.shown import ShownSeveral, ShownTable
from hscb_report.results.exhibit import Exhibit, Mark
from hscb_report.results.titles import changed, year_before

Of = Exhibit | Sequence[Exhibit]
Shown = ShownChart | ShownTable | ShownSeveral | None
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}(?:[-/][0-9]{2})?\b")
P = ParamSpec("P")


def _of_each(form: Callable[Concatenate[Exhibit, P], Shown]) -> Callable[Concatenate[Of, P], Shown]:
    """Let a form that shows a table show all tables of a group too, one below the other."""

    @wraps(form)
    def shown(of: Of, /, *named: P.args, **asked: P.kwargs) -> Shown:
        if isinstance(of, Exhibit):
            return form(of, *named, **asked)
        parts = tuple(filter(None, (form(one, *named, **asked) for one in of)))
        return ShownSeveral(parts) if parts else None

    return shown


@_of_each
def bars(
    of: Exhibit,
    column: str,
    *without: str,
    also: str = "",
    caption: str = "",
    title: str = "",
    beside: bool = False,
) -> Shown:
    """Show a column as bars; a line across marks the year before, where the table has it.

    The rows that the title names have the Board's colour, the others are grey; all have it where
    none is named. `also` is a column that is printed in brackets. For the rest see `show_chart`.
    """
    rows = _rows(of, column, without, also, title or of.title, are_all=not beside)
    told, columns = caption or of.caption, [column]
    if year := _year_before(of, column):
        told, columns = f"{told}; lines across mark {year}", [column, year_before(column)]
    return show_chart(
        lambda width: bars_drawn(rows, width),
        of,
        columns,
        told,
        *without,
        title=title,
        beside=beside,
    )


@_of_each
def dots(
    of: Exhibit,
    column: str,
    *without: str,
    also: str = "",
    caption: str = "",
    title: str = "",
    beside: bool = False,
) -> Shown:
    """Show a column and that of the year before: a dot for this year, a ring for the one before.

    Its title says what changed most. Without a year before there are bars.
    """
    year = _year_before(of, column)
    if not year:
        return bars(of, column, *without, also=also, caption=caption, title=title, beside=beside)
    rows = _rows(of, column, without, also, "", are_all=not beside)
    told = f"{caption or of.caption}; rings show {year}"
    return show_chart(
        lambda width: dots_drawn(rows, width),
        of,
        [column, year_before(column)],
        told,
        *without,
        title=title or changed(of, column, *without) or of.title,
        beside=beside,
    )


def steps(of: Exhibit, column: str, *, caption: str = "", title: str = "") -> Shown:
    """Show how the first row of a table becomes the last one, step by step."""
    check_columns(of, [column])
    rows = [
        Bar(
            *(row[of.columns[0].name], row[f"{column} text"]),
            start=row["from"] or 0.0,
            end=None if row["from"] is None else row["to"],
            is_own=row["kind"] == "balance",
        )
        for row in (waterfall_data(of, column) if of.rows else ())
    ]
    return show_chart(lambda width: bars_drawn(rows, width), of, column, caption, title=title)


def status_bar(
    of: Exhibit, column: str, *without: str, also: str = "", caption: str = "", title: str = ""
) -> Shown:
    """Show how many there are of each status as one bar, with number, shape and word of each.

    `also` is a column of words that are printed below them. Two statuses are enough for a bar.
    """
    check_columns(of, [column, also] if also else [column])
    marks = [row[0] for row in of.rows]
    texts = of.texts()
    found = [
        Status(
            mark if isinstance(mark, Mark) else Mark(text[0]),
            row[column] if isinstance(row[column], float) else None,
            row[f"{column} text"],
            str(row[also]) if also else "",
        )
        for mark, text, row in zip(marks, texts, chart_data(of), strict=True)
        if text[0] not in without
    ]
    return show_chart(
        lambda width: status_bar_drawn(found, width),
        of,
        [column, also] if also else column,
        caption,
        *without,
        title=title,
        least=2,
    )


def tree(of: Exhibit, name: str, under: str, *, caption: str = "", title: str = "") -> Shown:
    """Show what stands under what as an indented list, beside its table."""
    check_columns(of, [name, under])
    places = tree_data(of, name, under) if of.rows else []
    return show_chart(
        lambda width: tree_drawn(places, width), of, under, caption, title=title, beside=True
    )


def _year_before(of: Exhibit, column: str) -> str:
    """Return which year the column of the year before is of; "" if there is none with a value."""
    before = year_before(column)
    heading = next((found.heading for found in of.columns if found.name == before), "")
    if not heading or not any(isinstance(row[before], float) for row in chart_data(of)):
        return ""
    year = _YEAR.search(heading)
    return year[0] if year else "the year before"


def _rows(
    of: Exhibit, column: str, without: Sequence[str], also: str, title: str, *, are_all: bool
) -> list[Bar]:
    """Return the rows that are drawn; `are_all` says that one without a value is named too."""
    check_columns(of, [column, also] if also else [column])
    if not of.rows:
        return []
    named = of.columns[0].name
    data = [row for row in chart_data(of) if row[f"{named} text"] not in without]
    told = [row[f"{named} text"] for row in data if row[f"{named} text"] in title]
    rows = []
    for row in data:
        name, value, text = row[f"{named} text"], row[column], row[f"{column} text"]
        is_known = isinstance(value, float)
        more = f"({row[f'{also} text']})" if is_known and also else ""
        before, moved = row.get(year_before(column)), ""
        if is_known and isinstance(before, float):
            moved = _moved(value, before, text, row[f"{year_before(column)} text"])
        is_own = not told or name in told
        if is_known or are_all:
            end, then = value if is_known else None, before if isinstance(before, float) else None
            rows.append(Bar(name, text, more, moved, end=end, before=then, is_own=is_own))
    return rows


def _moved(now: float, before: float, text: str, text_before: str) -> str:
    if text.partition(" (")[0] == text_before.partition(" (")[0]:
        return "unchanged"
    if now == before:
        return f"compared with {text_before}"
    return f"{'up' if now > before else 'down'} from {text_before}"
