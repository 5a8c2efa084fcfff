"""What has changed in what a notebook shows, in words: for whoever is about to commit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from hscb_report.display.mime import CHART, COMMENTARY, DRAWING, TABLE, VALUE
from hscb_report.notebooks.files import code_cell, notebook_of
from hscb_report.wording import counted, quoted, shortened

_LONGEST = 40
_TEXT = "text/markdown"


def changes(before: str, now: str) -> Iterator[str]:
    """Yield what the cells of a notebook show that they did not show before, each in a line.

    Both are the text of its file. Without a line, only the form of the file is another.
    """
    notebook = _notebook(now)
    shown = {cell.get("id"): _outputs(cell) for cell in _notebook(before).cells}
    for number, cell in enumerate(notebook.cells):
        was, is_now = shown.get(cell["id"], []), _outputs(cell)
        for one, other in zip_longest(was, is_now):
            if what := _change(one or {}, other or {}):
                yield f"{code_cell(notebook, number)}: {what}"


def _notebook(text: str) -> Any:
    """Return a notebook, one without cells where the text is none."""
    try:
        return notebook_of(text)
    except Exception:  # whatever is wrong with a file that is no notebook
        return notebook_of('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')


def _outputs(cell: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [output.get("data", {}) for output in cell.get("outputs", ())]


def _change(was: dict[str, Any], now: dict[str, Any]) -> str:
    """Return what is other in an output, "" if nothing is that anybody sees."""
    if not now:
        return f"no longer shows {_named(was)}"
    if not was:
        return f"shows {_named(now)}"
    if _kind(was) != _kind(now):
        return f"shows {_named(now)} in the place of {_named(was)}"
    kind = _kind(now)
    if kind == TABLE:
        told = _of_tables(was[TABLE], now[TABLE])
        is_set_anew = was.get("text/html") != now.get("text/html")
        return told or (f"how the table {now[TABLE]['label']} looks here" if is_set_anew else "")
    if kind == CHART:
        return _of_charts(was, now)
    if kind:
        one, other = _words(was[kind]), _words(now[kind])
        return f"the text: {_became(one, other)}" if one != other else ""
    return ""


def _kind(data: Mapping[str, Any]) -> str:
    return next((mime for mime in (TABLE, CHART, VALUE, COMMENTARY, _TEXT) if mime in data), "")


def _named(data: Mapping[str, Any]) -> str:
    """Return what an output is: the table or chart of a name, or a text."""
    for mime, kind in ((TABLE, "the table"), (CHART, "the chart")):
        if mime in data:
            return f"{kind} {data[mime]['label']}"
    return "a text"


def _of_charts(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    one, other = was[CHART], now[CHART]
    if one["label"] != other["label"]:
        return f"shows {_named(now)} in the place of {_named(was)}"
    told = _of_tables(one["table"], other["table"]) if one["table"] and other["table"] else ""
    if told:
        return f"{told}, and its chart"
    if one["alternative"] != other["alternative"]:
        return f"what the chart {other['label']} says: {_became(*_told(one, other))}"
    is_drawn_anew = was.get(DRAWING) != now.get(DRAWING) or one["narrow"] != other["narrow"]
    return f"how the chart {other['label']} is drawn" if is_drawn_anew else ""


def _told(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, str]:
    return str(one["alternative"]), str(other["alternative"])


def _of_tables(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if was["label"] != now["label"]:
        return f"shows the table {now['label']} in the place of the table {was['label']}"
    parts = []
    for name, what in (("title", "title"), ("caption", "caption"), ("notes", "notes")):
        if was[name] != now[name]:
            parts.append(f"its {what}")
    rows = len(now["rows"]) - len(was["rows"])
    if rows:
        parts.append(f"{counted(abs(rows), 'row')} {'more' if rows > 0 else 'less'}")
    elif cells := [*_cells_of(was, now)]:
        parts.append(f"{counted(len(cells), 'cell')}, {_became(*cells[0])}")
    if was["columns"] != now["columns"]:
        parts.append("its columns")
    if not parts and was != now:
        parts.append("how it is set")
    return f"the table {now['label']}: {'; '.join(parts)}" if parts else ""


def _cells_of(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for one, other in zip(was["rows"], now["rows"], strict=True):
        for before, after in zip_longest(one, other, fillvalue=""):
            if before != after:
                yield before, after


def _words(told: Any) -> str:
    if isinstance(told, Mapping):
        return str(told.get("text", told))
    return "".join(told)


def _became(was: str, now: str) -> str:
    """Return the words from which on two texts differ."""
    same = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), None)
    begin = min(len(was), len(now)) if same is None else same
    begin = was.rfind(" ", 0, begin) + 1
    one, other = (shortened(text[begin:].strip(), _LONGEST) or "nothing" for text in (was, now))
    return f"{quoted(one)} became {quoted(other)}"
