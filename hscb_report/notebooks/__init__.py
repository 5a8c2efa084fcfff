"""The notebooks: running them for a year, what they may show, and storing their outputs."""

from hscb_report.notebooks.files import (
    declared_parameters,
    notebook_paths,
    stored_year,
)
from hscb_report.notebooks.running import Executed, Keeper, report_parameters, run_notebooks
from hscb_report.notebooks.storing import refresh_stored_outputs
from hscb_report.report import NOTEBOOKS

__all__ = [
    "NOTEBOOKS",
    "Executed",
    "Keeper",
    "declared_parameters",
    "notebook_paths",
    "refresh_stored_outputs",
    "report_parameters",
    "run_notebooks",
    "stored_year",
]
