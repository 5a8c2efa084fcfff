"""The typed outputs of a notebook, beside what JupyterLab shows.

The book is made from the JSON of these MIME types and never from HTML, so that data is never read
as markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TABLE = "application/vnd.hscb.table+json"
COMMENTARY = "application/vnd.hscb.commentary+json"
CHART = "application/vnd.hscb.chart+json"
VALUE = "application/vnd.hscb.value+json"
READING = "application/vnd.hscb.reading+json"
"""Beside what is for the reader of a notebook alone: no output has it."""
DRAWING = "image/svg+xml"
"""A chart as JupyterLab shows it: its drawing for a wide page, which its JSON does not repeat."""


def chart_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an output says of its chart, with the drawing."""
    return {**data[CHART], "svg": "".join(data[DRAWING])}
