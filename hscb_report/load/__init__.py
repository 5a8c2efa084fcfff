"""The one place that reads data: bytes in, typed rows or every problem out."""

from hscb_report.load.table_file import Input
from hscb_report.load.year import RULES, Loaded, available_years, load_year

__all__ = ["RULES", "Input", "Loaded", "available_years", "load_year"]
