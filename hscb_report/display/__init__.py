"""Showing tables and charts in a notebook."""

from hscb_report.display.charts import chart_data, show_chart, tree_data, waterfall_data
from hscb_report.display.tables import frame, show

__all__ = ["chart_data", "frame", "show", "show_chart", "tree_data", "waterfall_data"]
