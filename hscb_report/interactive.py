"""In JupyterLab: code that is changed is seen at the next run of a cell."""

from __future__ import annotations

import os
import sys
from typing import Any

from hscb_report.noting import VARIABLE


def see_changed_code() -> None:
    """Have a kernel that somebody works with load changed modules again before each cell.

    A kernel of a run has its code from the run; without a kernel there is nothing to be done.
    """
    shell: Any = _shell()
    if shell is None or VARIABLE in os.environ:
        return
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
