"""Check and a run read the cells of a notebook alike, and agree on what is none."""

from __future__ import annotations

import json

import pytest

from hscb_report.store.notebook_text import Cell, NoNotebookError, read_cells

CELL = {"cell_type": "code", "source": ["a\n", "b"], "metadata": {"tags": ["open"]}}


@pytest.mark.parametrize("format_", [{}, {"nbformat": 4}, {"nbformat": 4, "nbformat_minor": None}])
def test_a_cell_is_its_kind_its_text_and_its_tags(format_: dict[str, object]) -> None:
    """Whatever else programs have noted in the notebook."""
    raw = {"cell_type": "raw", "source": ""}
    text = json.dumps({"cells": [CELL, raw], "metadata": {"kernelspec": 1}, **format_})
    assert read_cells(text) == (Cell("code", "a\nb", ("open",)), Cell("raw", ""))


@pytest.mark.parametrize(
    "change",
    [
        {"nbformat": 3, "nbformat_minor": None},
        {"nbformat": 3},
        {"nbformat": 1},
        {"nbformat": True},
        {"nbformat": "4"},
        {"nbformat": None},
        {"cells": None},
        {"cells": [1]},
        {"cells": [{"cell_type": "heading", "source": ""}]},
        {"cells": [{"cell_type": "code"}]},
        {"cells": [{**CELL, "metadata": {"tags": [1]}}]},
        {"cells": [{**CELL, "metadata": []}]},
    ],
    ids=str,
)
def test_what_is_no_notebook_is_said_to_be_none(change: dict[str, object]) -> None:
    """Whatever else a reader of notebooks would trip over."""
    with pytest.raises(NoNotebookError):
        read_cells(json.dumps({"cells": [CELL], "nbformat": 4, **change}))
