"""What a refresh says: what each cell shows that it did not show before, in words."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from hscb_report.display.mime import CHART, COMMENTARY, DRAWING, TABLE
from hscb_report.notebooks import NOTEBOOKS
from hscb_report.notebooks.changes import changes

BUDGET = (NOTEBOOKS / "budget.ipynb").read_text("utf-8")
Cells = list[dict[str, Any]]


def cell_of(cells: Cells, words: str) -> dict[str, Any]:
    """Return the cell of code that has words."""
    (found,) = (
        cell for cell in cells if cell["cell_type"] == "code" and words in "".join(cell["source"])
    )
    return found


def data_of(cells: Cells, words: str) -> dict[str, Any]:
    data: dict[str, Any] = cell_of(cells, words)["outputs"][0]["data"]
    return data


def _cell(cells: Cells) -> None:
    data_of(cells, "spend-by-heading")[TABLE]["rows"][0][1] = "£999"


def _row(cells: Cells) -> None:
    table = data_of(cells, "spend-by-heading")[TABLE]
    table["rows"].append(table["rows"][0])


def _value_of_a_chart(cells: Cells) -> None:
    chart = data_of(cells, "bars(")[CHART]
    chart["table"]["rows"][0][1] = "£1"
    chart["alternative"] = chart["alternative"].replace("127,016", "1")


def _colour(cells: Cells) -> None:
    data_of(cells, "bars(")[DRAWING] = ["<svg/>"]


def _words(cells: Cells) -> None:
    data = data_of(cells, "commentary(")[COMMENTARY]
    data["text"] = data["text"].replace(" ", " otherwise ", 1)


def _gone(cells: Cells) -> None:
    cell_of(cells, "bars(")["outputs"] = []


def _form(cells: Cells) -> None:
    for cell in cells:
        cell["metadata"] = {"editable": True}


CASES: dict[str, tuple[Callable[[Cells], None], list[str]]] = {
    "nothing": (lambda _: None, []),
    "a cell": (_cell, ["the table spend-by-heading: 1 cell, “", "” became “£999”"]),
    "a row": (_row, ["the table spend-by-heading: 1 row more"]),
    "a value of a chart": (_value_of_a_chart, ["contribution-shares: 1 cell", "and its chart"]),
    "how a chart is drawn": (_colour, ["how the chart contribution-shares is drawn"]),
    "a text": (_words, ["the text: ", " became "]),
    "an output less": (_gone, ["no longer shows the chart contribution-shares"]),
    "the form of the file": (_form, []),
}


@pytest.mark.parametrize(("edit", "told"), CASES.values(), ids=CASES)
def test_what_is_shown_otherwise_is_told_by_cell(
    edit: Callable[[Cells], None], told: list[str]
) -> None:
    now = json.loads(BUDGET)
    edit(now["cells"])
    lines = [*changes(BUDGET, json.dumps(now))]
    assert len(lines) == bool(told)
    for words in told:
        assert words.replace("“", '"').replace("”", '"') in lines[0].replace("“", '"').replace(
            "”", '"'
        )
    assert all(line.startswith("code cell ") for line in lines)


def test_a_cell_is_found_again_wherever_it_stands_now() -> None:
    now = json.loads(BUDGET)
    new = copy.deepcopy(now["cells"][3])
    now["cells"].insert(3, {**new, "id": "another"})
    (line,) = changes(BUDGET, json.dumps(now))
    assert line.startswith("code cell 3 (show(report.commentary")
    assert line.endswith("shows a text")


@pytest.mark.parametrize("before", ["", "[]", '{"cells": 1}', "nothing"])
def test_of_a_file_that_was_no_notebook_everything_is_new(before: str) -> None:
    assert any("shows the chart" in line for line in changes(before, BUDGET))
