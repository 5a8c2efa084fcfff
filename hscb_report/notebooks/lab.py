"""`make lab`: JupyterLab over the whole project, which saves notebooks as a run stores them."""

from __future__ import annotations

import os
import sys

from hscb_report.interactive import LAB
from hscb_report.report import NOTEBOOKS, PROJECT

ARGUMENTS = (
    f"--ServerApp.root_dir={PROJECT}",
    f"--FileContentsManager.preferred_dir={NOTEBOOKS}",
    "--ContentsManager.pre_save_hook=hscb_report.notebooks.saving.as_stored",
)


def main() -> None:
    """Become JupyterLab, with the options that are given besides."""
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    os.chdir(PROJECT)
    os.environ[LAB] = "1"
    command = [sys.executable, "-m", "jupyterlab", *ARGUMENTS, *as_root, *sys.argv[1:]]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main()
