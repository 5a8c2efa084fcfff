"""Showing tables, charts and commentaries in a notebook."""

from hscb_report.display.charts import (
    chart_data,
    show_chart,
    show_charts,
    tidy_data,
    tree_data,
    waterfall_data,
)
from hscb_report.display.forms import bars, dots, status_bar, steps, tree
from hscb_report.display.frames import show_frame
from hscb_report.display.shown import show
from hscb_report.display.trends import lines, show_measures, show_trend

__all__ = [
    "bars",
    "chart_data",
    "dots",
    "lines",
    "show",
    "show_chart",
    "show_charts",
    "show_frame",
    "show_measures",
    "show_trend",
    "status_bar",
    "steps",
    "tidy_data",
    "tree",
    "tree_data",
    "waterfall_data",
]
