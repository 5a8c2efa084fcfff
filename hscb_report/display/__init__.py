"""Showing tables, charts and commentaries in a notebook."""

from hscb_report.display.charts import (
    chart_data,
    show_chart,
    show_charts,
    tidy_data,
    tree_data,
    waterfall_data,
)
from hscb_report.display.shown import frame, show
from hscb_report.display.trends import show_measures, show_trend

__all__ = [
    "chart_data",
    "frame",
    "show",
    "show_chart",
    "show_charts",
    "show_measures",
    "show_trend",
    "tidy_data",
    "tree_data",
    "waterfall_data",
]
