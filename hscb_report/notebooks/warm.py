"""Imported once, by the process that kernels are copies of: what every notebook and kernel needs.

Without it each kernel would import these for itself, which takes a second of its processor time.
"""

import os

# The debugger, which ipykernel imports whether it is used or not, would warn of its own.
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

import altair  # noqa: F401
import ipykernel.debugger
import ipykernel.ipkernel
import ipykernel.kernelapp  # noqa: F401
import IPython.core.completerlib
import IPython.core.oinspect
import IPython.extensions.storemagic  # noqa: F401

import hscb_report.display
import hscb_report.report  # noqa: F401
