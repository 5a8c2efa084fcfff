"""In JupyterLab: code that is changed is seen at the next run of a cell, charts have their font."""

from __future__ import annotations

import os
import sys
from typing import Any

from hscb_report.display.charts import ShownChart
from hscb_report.noting import VARIABLE

LAB = "HSCB_REPORT_LAB"
"""Set by `make lab`, which takes out of what it saves whatever is for the screen alone."""


def work_with_somebody() -> None:
    """Make a kernel that somebody works with fit for it.

    Changed modules are loaded again before each cell; charts bring their font where `make lab`
    was started. A kernel of a run has its code from the run; without a kernel there is nothing to
    be done.
    """
    shell: Any = _shell()
    if shell is None or VARIABLE in os.environ:
        return
    if LAB in os.environ:
        formatter = shell.display_formatter.mimebundle_formatter
        formatter.for_type(ShownChart, ShownChart.with_own_font)
    manager = shell.extension_manager
    if "autoreload" not in manager.loaded:
        manager.load_extension("autoreload")
        shell.run_line_magic("autoreload", "2")


def _shell() -> Any:
    """Return the kernel's shell, None outside of one."""
    if "ipykernel" not in sys.modules:
        return None
    from IPython.core.getipython import get_ipython

    return get_ipython()
