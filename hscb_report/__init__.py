"""A safeguarding children board's annual report, made from its data."""

from hscb_report.report import open_report

__all__ = ["open_report"]
