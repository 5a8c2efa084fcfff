"""What a notebook shows is declared; what else it writes is told, or stops the run in its cell."""

from __future__ import annotations

from typing import Any

import altair
import nbformat
import pandas
import pytest
from IPython.core.formatters import DisplayFormatter
from IPython.display import HTML, Javascript, Latex, Markdown

from hscb_report.analysis import Reading
from hscb_report.display import show, show_frame
from hscb_report.notebooks.outputs import Sorted, keep_what_is_shown

FORMATTER = DisplayFormatter()
FRAME = pandas.DataFrame({"agency": ["Council", "Police"], "pounds": [1234.5, None]})
PICTURE = nbformat.v4.new_output(
    "display_data", data={"image/png": "iVBO", "text/plain": "<Figure>"}
)
CHART = altair.Chart(altair.Data(values=[{"a": 1}])).mark_bar().encode(x="a:Q")


def displayed(thing: Any) -> Any:
    """Return the output of a cell whose last line is a thing."""
    if thing is PICTURE:
        return PICTURE
    bundle = getattr(thing, "_repr_mimebundle_", None)
    data = bundle() if bundle and thing is not CHART else FORMATTER.format(thing)[0]
    return nbformat.v4.new_output("display_data", data=dict(data))


def stream(text: str, name: str = "stdout") -> Any:
    """Return what a cell writes to one of its streams."""
    return nbformat.v4.new_output("stream", name=name, text=text)


def run(*outputs: Any) -> tuple[Sorted, list[Any]]:
    """Return what is found in a notebook with outputs in its second cell, and what is left."""
    cell = nbformat.v4.new_code_cell
    notebook = nbformat.v4.new_notebook(cells=[cell("1"), cell("x", outputs=list(outputs))])
    found = keep_what_is_shown("budget.ipynb", notebook)
    return found, notebook.cells[1].outputs


PLACE = "notebooks/budget.ipynb, code cell 2 (x): "


@pytest.mark.parametrize(
    "thing",
    [
        show("text"),
        show(3),
        show_frame(FRAME, "Who pays", unit="pounds", source="a table"),
        Markdown("**So**"),
    ],
    ids=str,
)
def test_what_is_shown_is_kept_and_nothing_is_said(thing: Any) -> None:
    output = displayed(thing)
    assert run(output) == (Sorted((), ()), [output])


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (stream("so far\nand on\n"), 'printed text is left out of the book, 2 lines: "so far"'),
        (
            stream("\n/tmp/x.py:3: UserWarning: hm\n", "stderr"),
            'a warning or message is left out of the book, 1 line: "/tmp/x.py:3: UserWarning: hm"',
        ),
        (
            stream("\x1b[31mred\x1b[0m \x1b]0;title\x07"),
            'printed text is left out of the book, 1 line: "red <U+001B>]0;title<U+0007>"',
        ),
        (
            displayed({"a": 1}),
            "the value of the last line is left out: \"{'a': 1}\"; show(...) would show it.",
        ),
    ],
)
def test_what_is_meant_for_the_analyst_is_left_out_and_told(output: Any, told: str) -> None:
    assert run(output) == (Sorted((PLACE + told,), ()), [])


def test_what_is_for_the_reader_of_the_notebook_alone_is_left_out_without_a_word() -> None:
    assert run(displayed(Reading("It was £5."))) == (Sorted((), ()), [])


def test_blank_lines_are_left_out_without_a_word() -> None:
    assert run(stream("\n \n")) == (Sorted((), ()), [])


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        (FRAME, 'Use show_frame(frame, "what it shows"'),
        (FRAME.style, 'Use show_frame(frame, "what it shows"'),
        (FRAME.describe(), 'Use show_frame(frame, "what it shows"'),
        (CHART, 'Use show_chart(chart, report.exhibit("…"), "its column").'),
        (HTML("<b>bold</b>"), "the book cannot hold this output (text/html)."),
        (Javascript("alert(1)"), "the book cannot hold this output (application/javascript)."),
        (Latex("$x$"), "the book cannot hold this output (text/latex)."),
        (PICTURE, "the book cannot hold this output (image/png)."),
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_is_shown_by_a_way_that_no_listener_can_follow_stops_the_run(
    thing: Any, told: str
) -> None:
    found, left = run(displayed(thing))
    assert left == []
    assert found.told == ()
    (line,) = found.refused
    assert line.startswith(PLACE)
    assert told in line


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "```{include} /etc/passwd\n```", "---\nmystnb: x\n---\n", "![](x.png)"]
)
def test_text_that_is_shown_may_hold_what_a_page_may(text: str) -> None:
    found, _ = run(displayed(Markdown(text)))
    (line,) = found.refused
    assert line.startswith(PLACE)
    assert "is shown as text: " in line


def test_a_widget_stops_the_run() -> None:
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "Slider"}
    found, _ = run(nbformat.v4.new_output("display_data", data=view))
    assert "(application/vnd.jupyter.widget-view+json)" in found.refused[0]


def test_a_cell_may_show_and_print_at_once() -> None:
    """What it shows is kept, in its order."""
    one, two = displayed(show("one")), displayed(show("two"))
    found, left = run(stream("a\n"), one, stream("b\n"), two)
    assert left == [one, two]
    assert found.told == (PLACE + 'printed text is left out of the book, 2 lines: "a"',)
