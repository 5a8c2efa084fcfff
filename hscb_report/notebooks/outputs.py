"""What a notebook shows: tables, charts, Markdown and values. What else it writes is left out.

Of what is left out, some was meant for the analyst alone (printed text, warnings, the value of a
last line): it is told in the log. Some was meant to be shown, but by a way that the book cannot
follow to the PDF and to a screen reader (a data frame, a chart, a picture, HTML, a widget): it
stops the run, with the line that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hscb_report.checks.markup import markup_of
from hscb_report.display.mime import CHART, COMMENTARY, READING, TABLE, VALUE
from hscb_report.display.shown import SHOW_FRAME
from hscb_report.notebooks.files import code_cell
from hscb_report.wording import counted, quoted

_SHOWN = (TABLE, CHART, COMMENTARY, VALUE)
_MARKDOWN, _PLAIN = "text/markdown", "text/plain"
_FRAME = re.compile(r"<table[^>]*\bdataframe\b|<style[^>]*>\s*</style>\s*<table", re.IGNORECASE)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


@dataclass(frozen=True)
class Sorted:
    """What was found among the outputs: lines for the log, and lines for which the run stops."""

    told: tuple[str, ...]
    refused: tuple[str, ...]


def keep_what_is_shown(name: str, notebook: Any) -> Sorted:
    """Take out of a run notebook, in place, every output that the book is not to show."""
    told: list[str] = []
    refused: list[str] = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        where = f"notebooks/{name}, {code_cell(notebook, index)}"
        outputs = cell.outputs
        cell.outputs = [output for output in outputs if _is_shown(output)]
        told += (f"{where}: {what}" for what in _left_out(outputs))
        refused += (f"{where}: {what}" for output in outputs if (what := _refusal(output)))
    return Sorted(tuple(told), tuple(refused))


def without_colours(text: str) -> str:
    """Return text without the signs by which a terminal colours it."""
    return _ANSI.sub("", text)


def _first_line(text: str) -> str:
    """Return the first line with anything in it, as it may be told."""
    lines = [line.strip() for line in without_colours(text).splitlines() if line.strip()]
    return quoted(lines[0] if lines else "")


def _data(output: Any) -> dict[str, Any]:
    data: dict[str, Any] = output.get("data", {})
    return data


def _is_shown(output: Any) -> bool:
    if READING in _data(output):
        return False
    return any(mime in _data(output) for mime in (*_SHOWN, _MARKDOWN))


def _left_out(outputs: Sequence[Any]) -> Iterator[str]:
    """Yield what is told of the outputs that are meant for the analyst alone."""
    for stream, what in (("stdout", "printed text"), ("stderr", "a warning or message")):
        text = "".join(o.text for o in outputs if o.output_type == "stream" and o.name == stream)
        if text.strip():
            number = counted(len(text.strip().splitlines()), "line")
            yield f"{what} is left out of the book, {number}: {_first_line(text)}"
    for output in outputs:
        if not _is_shown(output) and set(_data(output)) == {_PLAIN}:
            value = _first_line("".join(_data(output)[_PLAIN]))
            yield f"the value of the last line is left out: {value}; show(...) would show it."


def _refusal(output: Any) -> str | None:
    """Say why an output stops the run, and what to write; None if it does not."""
    data = _data(output)
    if READING in data or any(mime in data for mime in _SHOWN) or set(data) <= {_PLAIN}:
        return None
    if _MARKDOWN in data:
        problems = markup_of("".join(data[_MARKDOWN])).problems
        return next(
            (f"{quoted(p.found)} is shown as text: {p.what} {p.hint}" for p in problems), None
        )
    html = "".join(data.get("text/html", ""))
    if any("vegalite" in mime or "vega" in mime for mime in data) or "vega" in html.lower():
        line = 'show_chart(chart, report.exhibit("…"), "its column")'
        return f"an Altair chart is shown as it is, which has no words for a listener. Use {line}."
    if _FRAME.search(html):
        said = "a data frame is shown as it is, without header cells and caption."
        return f"{said} Use {SHOW_FRAME}."
    kinds = ", ".join(sorted(mime for mime in data if mime != _PLAIN))
    return (
        f"the book cannot hold this output ({kinds}). Show a table, a chart, a value or a data "
        "frame with show(...) or show_chart(...), or text with display(Markdown(...))."
    )
